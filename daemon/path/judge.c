/* The verdict on one person: each step beside what the person has, and of several routes the one that lacks least. */
#include "daemon/path/match.h"

#include <stdlib.h>
#include <string.h>

static const char *const verb_words[] = {
	"hold",	     "degree",	  "program", "credits",	       "experience", "exam",
	"portfolio", "clearance", "course",  "recommendation", "induction",  "fee",
	"act",	     "note",	  "all of",  "one of",	       "n of",
};

struct judging {
	const struct path_case *c;
	struct path_verdict *v;
	struct texts met; /* ids */
};

/* What a route lacks: what is missing weighs more than any doubt. */
struct lack {
	int64_t missing, doubt;
};

static bool less(struct lack a, struct lack b)
{
	return a.missing != b.missing ? a.missing < b.missing : a.doubt < b.doubt;
}

static bool is_group(const struct step *s)
{
	return s->verb >= STEP_ALL_OF;
}

static bool is_later(const struct step *s)
{
	return s->by && strcmp(s->by, "application") != 0 &&
	       strcmp(s->by, "program") != 0;
}

static struct lack lack_of(const struct step *s, const struct path_case *c);

/* The members that are chosen: those that lack least, the earlier before the later. */
static void choose(const struct step *s, const struct path_case *c, bool *ret,
		   struct lack *ret_lack)
{
	struct lack *lacks = arena_array(c->a, s->n + 1, sizeof(*lacks));

	*ret_lack = (struct lack){0, 0};
	for (size_t i = 0; i < s->n; i++)
		lacks[i] = lack_of(&s->steps[i], c);
	for (int64_t k = 0; k < s->least; k++) {
		size_t best = s->n;
		for (size_t i = 0; i < s->n; i++)
			if (!ret[i] && (best == s->n || less(lacks[i], lacks[best])))
				best = i;
		ret[best] = true;
		ret_lack->missing += lacks[best].missing;
		ret_lack->doubt += lacks[best].doubt;
	}
}

static struct lack lack_of(const struct step *s, const struct path_case *c)
{
	struct matched m;
	struct lack ret;

	if (is_group(s)) {
		choose(s, c, arena_array(c->a, s->n + 1, sizeof(bool)), &ret);
		return ret;
	}
	if (is_later(s) || s->level == RULE_LEVEL_SHOULD)
		return (struct lack){0, 0};
	path_match(s, c, &m);
	return (struct lack){
		m.state == STEP_STATE_MISSING || m.state == STEP_STATE_RUNNING,
		m.state == STEP_STATE_UNSURE || m.state == STEP_STATE_ATTEST};
}

static struct path_step *add(struct judging *j, const struct step *s, int depth)
{
	struct path_verdict *v = j->v;

	v->steps = arena_grow(j->c->a, v->steps, v->n, sizeof(*v->steps));
	struct path_step *row = &v->steps[v->n++];
	shape_none(&shape_path_step, row);
	row->id = s->id;
	row->kind = verb_words[s->verb];
	row->text = path_step_text(s, j->c->a);
	row->depth = depth;
	row->level = s->level;
	row->why = s->why;
	row->by = s->by;
	if (s->cite) {
		row->cite = s->cite->title;
		row->url = s->cite->url;
		row->mark = s->cite->mark;
	}
	return row;
}

static void count(struct path_verdict *v, const struct path_step *row)
{
	v->of++;
	v->met += row->state == STEP_STATE_MET;
	v->missing +=
		row->state == STEP_STATE_MISSING || row->state == STEP_STATE_RUNNING;
	v->doubt += row->state == STEP_STATE_UNSURE || row->state == STEP_STATE_ATTEST;
	if (row->state == STEP_STATE_RUNNING && row->met_on != DATE_NONE &&
	    (v->earliest == DATE_NONE || row->met_on > v->earliest))
		v->earliest = row->met_on;
	if (row->state == STEP_STATE_MET && row->expires != DATE_NONE &&
	    (v->expires == DATE_NONE || row->expires < v->expires)) {
		v->expires = row->expires;
		v->expiring = row->text;
	}
}

static const char *both(const char *first, const char *second, struct arena *a)
{
	return !first	 ? second
	       : !second ? first
			 : arena_printf(a, "%s; %s", first, second);
}

static void judge_leaf(struct judging *j, const struct step *s, int depth, bool needed)
{
	struct path_step *row = add(j, s, depth);
	struct matched m;

	path_match(s, j->c, &m);
	row->have = m.have;
	row->why = both(m.why, s->why, j->c->a);
	row->met_on = m.met_on;
	row->expires = m.expires;
	row->state = m.state;
	if (m.state == STEP_STATE_MET && s->id)
		texts_add(&j->met, s->id, j->c->a);
	if (!needed || (s->level == RULE_LEVEL_SHOULD && m.state != STEP_STATE_MET))
		row->state = STEP_STATE_NOT_NEEDED;
	else if (is_later(s) && m.state != STEP_STATE_MET)
		row->state = STEP_STATE_LATER;
	else
		count(j->v, row);
}

static enum step_state group_state(struct lack lack)
{
	return lack.missing ? STEP_STATE_MISSING
	       : lack.doubt ? STEP_STATE_ATTEST
			    : STEP_STATE_MET;
}

static void judge_steps(struct judging *j, const struct step *steps, size_t n, int depth,
			const bool *chosen, bool needed)
{
	for (size_t i = 0; i < n; i++) {
		const struct step *s = &steps[i];
		bool here = needed && (!chosen || chosen[i]);
		if (!is_group(s)) {
			judge_leaf(j, s, depth, here);
			continue;
		}
		bool *among = arena_array(j->c->a, s->n + 1, sizeof(bool));
		struct lack lack;
		choose(s, j->c, among, &lack);
		add(j, s, depth)->state =
			here ? group_state(lack) : STEP_STATE_NOT_NEEDED;
		judge_steps(j, s->steps, s->n, depth + 1, among, here);
	}
}

/* What is to be done, and waits for nothing that is not done. */
static void mark_now(struct judging *j, const struct step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct step *s = &steps[i];
		bool waits = false;
		for (size_t k = 0; k < s->after.n; k++)
			waits = waits || !texts_has(&j->met, s->after.v[k]);
		for (size_t k = 0; s->id && !is_group(s) && k < j->v->n; k++) {
			struct path_step *row = &j->v->steps[k];
			if (row->id && strcmp(row->id, s->id) == 0 &&
			    row->state == STEP_STATE_MISSING)
				row->now = !waits;
		}
		mark_now(j, s->steps, s->n);
	}
}

void path_judge(const struct path *p, const struct path_case *c, struct path_verdict *ret)
{
	struct judging j = {.c = c, .v = ret};

	*ret = (struct path_verdict){.earliest = DATE_NONE, .expires = DATE_NONE};
	judge_steps(&j, p->steps, p->n, 0, NULL, true);
	mark_now(&j, p->steps, p->n);
}
