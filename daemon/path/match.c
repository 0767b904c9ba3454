#include "daemon/path/match.h"

#include "common/ascii.h"
#include "common/similar.h"

#include <string.h>

static const enum have_kind kinds[] = {
	[STEP_HOLD] = HAVE_PAPER,	   [STEP_DEGREE] = HAVE_DEGREE,
	[STEP_PROGRAM] = HAVE_PROGRAM,	   [STEP_CREDITS] = HAVE_CREDITS,
	[STEP_YEARS] = HAVE_EXPERIENCE,	   [STEP_EXAM] = HAVE_EXAM,
	[STEP_PORTFOLIO] = HAVE_PORTFOLIO, [STEP_CLEARANCE] = HAVE_CLEARANCE,
	[STEP_COURSE] = HAVE_COURSE,	   [STEP_RECOMMENDATION] = HAVE_RECOMMENDATION,
	[STEP_INDUCTION] = HAVE_PROGRAM,
};

static bool has_words(const char *title, const char *word, struct arena *a)
{
	const char *in = arena_printf(a, " %s ", similar_words(title, a));
	const char *of = similar_words(word, a);

	return *of && strstr(in, arena_printf(a, " %s ", of));
}

bool path_is_called(const char *title, const char *what, const struct texts *words,
		    struct arena *a)
{
	if (!what && words->n == 0)
		return true;
	if (what && has_words(title, what, a))
		return true;
	for (size_t i = 0; i < words->n; i++)
		if (has_words(title, words->v[i], a))
			return true;
	return false;
}

const char *path_have_text(const struct have *h, struct arena *a)
{
	const char *text = h->title;

	if (h->score != INT_NONE)
		text = arena_printf(a, "%s, %lld", text, (long long)h->score);
	if (h->place)
		text = arena_printf(a, "%s, %s", text, h->place);
	if (date_is_day(h->on))
		text = arena_printf(a, "%s, %s", text, texts_day(a, h->on));
	return text;
}

/* ---- how long it is good ----------------------------------------------------------------- */

static civil_day good_until(const struct step *s, const struct have *h)
{
	civil_day own = date_is_day(h->expires) ? h->expires : DATE_NONE;
	civil_day rule = s->lasts_months && date_is_day(h->on)
				 ? date_months_last(h->on, s->lasts_months)
				 : DATE_NONE;

	return own == DATE_NONE ? rule : rule == DATE_NONE || own < rule ? own : rule;
}

/* Whether it serves on the day: it is not over, and recent enough. */
static bool is_good(const struct step *s, const struct have *h, const struct path_case *c,
		    struct matched *m)
{
	civil_day until = good_until(s, h);

	if (until != DATE_NONE && until < c->day) {
		m->why = arena_printf(c->a, "%s was good until %s",
				      path_have_text(h, c->a), texts_day(c->a, until));
		return false;
	}
	if (s->within_months && date_is_day(h->on) &&
	    h->on < date_add_months(c->day, -s->within_months)) {
		m->why =
			arena_printf(c->a, "%s is too long ago", path_have_text(h, c->a));
		return false;
	}
	return true;
}

static void take(struct matched *m, enum step_state state, const struct step *s,
		 const struct have *h, struct arena *a)
{
	m->state = state;
	m->have = path_have_text(h, a);
	m->expires = good_until(s, h);
	m->met_on = state == STEP_STATE_MET && date_is_day(h->on) ? h->on : DATE_NONE;
	m->why = NULL;
}

/* ---- one kind after the other ------------------------------------------------------------ */

static int rank(const char *degree)
{
	static const char *const degrees[] = {"associate", "bachelor", "master",
					      "specialist", "doctor"};

	for (int i = 0; degree && i < (int)(sizeof(degrees) / sizeof(degrees[0])); i++)
		if (ascii_same(degrees[i], degree))
			return i + 1;
	return 0;
}

/* A degree of that level or above; whether its field is the one, its title alone does not always say. */
static void match_degree(const struct step *s, const struct path_case *c,
			 struct matched *m)
{
	for (size_t i = 0; i < c->have_count && m->state != STEP_STATE_MET; i++) {
		const struct have *h = &c->haves[i];
		if (h->kind != HAVE_DEGREE || rank(h->level) < rank(s->what) ||
		    !is_good(s, h, c, m))
			continue;
		bool field =
			s->in.n == 0 || path_is_called(h->title, NULL, &s->in, c->a) ||
			(s->words.n && path_is_called(h->title, NULL, &s->words, c->a));
		take(m, field ? STEP_STATE_MET : STEP_STATE_ATTEST, s, h, c->a);
		if (!field)
			m->why =
				"whether its field is the one asked for, only you and the "
				"agency can tell";
	}
}

/* What one exam says: it may be of another code, too low, or of a score that nobody knows. */
static void match_score(const struct step *s, const struct step_exam *x,
			const struct have *h, const struct path_case *c,
			struct matched *m)
{
	if ((x->taken_from != DATE_NONE && date_is_day(h->on) && h->on < x->taken_from) ||
	    (x->taken_until != DATE_NONE && date_is_day(h->on) &&
	     h->on > x->taken_until)) {
		m->why = arena_printf(c->a, "%s was not accepted on that day",
				      path_have_text(h, c->a));
		return;
	}
	if (h->score != INT_NONE && x->score != SCORE_NOT_FOUND && h->score < x->score) {
		m->why = arena_printf(c->a, "%s: %lld are needed",
				      path_have_text(h, c->a), (long long)x->score);
		return;
	}
	if (!is_good(s, h, c, m))
		return;
	bool known = h->score != INT_NONE && x->score != SCORE_NOT_FOUND;
	take(m, known ? STEP_STATE_MET : STEP_STATE_UNSURE, s, h, c->a);
	if (!known)
		m->why = x->score == SCORE_NOT_FOUND
				 ? "the score that passes was not found"
				 : "its score is not entered";
}

static void match_exam(const struct step *s, const struct path_case *c, struct matched *m)
{
	const struct texts none = {0, NULL};

	for (size_t i = 0; i < c->have_count; i++)
		for (size_t k = 0; k < s->exam_count && m->state != STEP_STATE_MET; k++) {
			const struct have *h = &c->haves[i];
			const char *code = h->code ? h->code : h->title;
			if (h->kind == HAVE_EXAM &&
			    (ascii_same(code, s->exams[k].code) ||
			     path_is_called(h->title, s->exams[k].code, &none, c->a) ||
			     has_words(s->exams[k].code, code, c->a)))
				match_score(s, &s->exams[k], h, c, m);
		}
}

static bool is_paper(const struct step *s, const struct path_paper *p, struct arena *a)
{
	bool level = s->of_level.n == 0;

	for (size_t i = 0; i < s->of_level.n; i++)
		level = level || (p->level && ascii_same(p->level, s->of_level.v[i]));
	if (!level)
		return false;
	for (size_t i = 0; i < s->packs.n; i++)
		if (p->pack && strcmp(p->pack, s->packs.v[i]) == 0)
			return true;
	return path_is_called(p->title, s->what, &s->words, a);
}

static void match_paper(const struct step *s, const struct path_case *c,
			struct matched *m)
{
	for (size_t i = 0; i < c->paper_count && m->state != STEP_STATE_MET; i++) {
		const struct path_paper *p = &c->papers[i];
		if (!is_paper(s, p, c->a))
			continue;
		if (p->ends != DATE_NONE && p->ends < c->day && !s->ever) {
			m->why = arena_printf(c->a, "%s ended on %s", p->alias,
					      texts_day(c->a, p->ends));
			continue;
		}
		m->state = STEP_STATE_MET;
		m->have = arena_printf(c->a, "%s (%s)", p->title, p->alias);
		m->expires = s->ever ? DATE_NONE : p->ends;
		m->why = NULL;
	}
}

/* By its title; of the same kind and another title the person has to say whether it serves. */
static void match_title(const struct step *s, const struct path_case *c,
			struct matched *m)
{
	for (size_t i = 0; i < c->have_count && m->state != STEP_STATE_MET; i++) {
		const struct have *h = &c->haves[i];
		if (h->kind != kinds[s->verb] || !is_good(s, h, c, m))
			continue;
		bool called = path_is_called(h->title, s->what, &s->words, c->a) ||
			      (s->what && has_words(s->what, h->title, c->a));
		if (called)
			take(m, STEP_STATE_MET, s, h, c->a);
	}
}

void path_match(const struct step *s, const struct path_case *c, struct matched *ret)
{
	*ret = (struct matched){STEP_STATE_MISSING, NULL, NULL, DATE_NONE, DATE_NONE};
	if (s->id && texts_has(&c->done, s->id)) {
		ret->state = STEP_STATE_MET;
		ret->have = "done";
	}
	switch (ret->state == STEP_STATE_MET ? STEP_FEE : s->verb) {
	case STEP_DEGREE:
		match_degree(s, c, ret);
		break;
	case STEP_EXAM:
		match_exam(s, c, ret);
		break;
	case STEP_YEARS:
		path_match_years(s, c, ret);
		break;
	case STEP_CREDITS:
		path_match_credits(s, c, ret);
		break;
	case STEP_NOTE:
		ret->state = STEP_STATE_ATTEST;
		break;
	case STEP_FEE:
	case STEP_ACT:
		break;
	default:
		match_title(s, c, ret);
		if (s->verb == STEP_HOLD && ret->state != STEP_STATE_MET)
			match_paper(s, c, ret);
	}
	if (ret->state == STEP_STATE_MET && s->level == RULE_LEVEL_UNSURE &&
	    !(s->id && texts_has(&c->done, s->id))) {
		ret->state = STEP_STATE_UNSURE;
		ret->why = "you have it; whether it is what is asked for is not sure";
	}
}
