/* pdh path: a checklist with its sources. */
#include "client/show/answers.h"

#include "client/term/text.h"

#include <string.h>

enum { STATE_WIDTH = 10, ID_WIDTH = 14 };

static const char *state_text(const struct path_step *s)
{
	switch (s->state) {
	case STEP_STATE_MET:
		return "have";
	case STEP_STATE_RUNNING:
		return "running";
	case STEP_STATE_MISSING:
		return "missing";
	case STEP_STATE_UNSURE:
		return "not sure";
	case STEP_STATE_ATTEST:
		return "you tell";
	case STEP_STATE_LATER:
		return "later";
	default:
		return s->level == RULE_LEVEL_SHOULD ? "advice" : "-";
	}
}

static enum tint state_tint(enum step_state state)
{
	return state == STEP_STATE_MET					   ? TINT_GOOD
	       : state == STEP_STATE_MISSING				   ? TINT_BAD
	       : state == STEP_STATE_RUNNING || state == STEP_STATE_UNSURE ? TINT_WARN
									   : TINT_NONE;
}

/* "master's degree: MLIS, UNT, good until 3 May 2031; why; [19 TAC 239.60, second-hand]" */
static const char *step_line(const struct show *v, const struct path_step *s)
{
	struct arena *a = v->s.a;
	const char *text = s->text;

	if (s->have)
		text = arena_printf(a, "%s: %s", text, s->have);
	if (s->expires != DATE_NONE)
		text = arena_printf(a, "%s, good until %s", text,
				    show_day(v, s->expires));
	if (s->state == STEP_STATE_RUNNING && s->met_on != DATE_NONE)
		text = arena_printf(a, "%s, met on %s if it continues", text,
				    show_day(v, s->met_on));
	if (s->by && s->state != STEP_STATE_MET)
		text = arena_printf(a, "%s, by: %s", text, s->by);
	if (s->why)
		text = arena_printf(a, "%s (%s)", text, s->why);
	if (s->cite && s->mark != MARK_CONFIRMED)
		return arena_printf(a, "%s [%s, %s]", text, s->cite,
				    source_mark_word(s->mark));
	return s->cite ? arena_printf(a, "%s [%s]", text, s->cite) : text;
}

static void show_step(const struct show *v, const struct path_step *s)
{
	const int at = SHOW_INDENT * (1 + (int)s->depth);
	const bool group = !s->id && strstr(s->kind, "of");
	const struct piece pieces[] = {
		{.text = arena_printf(v->s.a, "%*s%s", at, "", state_text(s)),
		 .width = at + STATE_WIDTH,
		 .tint = state_tint(s->state)},
		{.text = group ? "" : s->id, .width = group ? 0 : ID_WIDTH},
	};
	int reached = screen_pieces(&v->s, 0, at, pieces, group ? 1 : 2);

	screen_beside(&v->s, reached, 1, at + SHOW_INDENT, step_line(v, s));
}

static void show_text(const struct show *v, const char *label, const char *text)
{
	if (text && *text)
		screen_field(&v->s, STATE_WIDTH, label, text);
}

static void show_one(const struct show *v, const struct path_judged *p)
{
	const char *sum =
		arena_printf(v->s.a, "%lld of %lld known, %lld missing",
			     (long long)p->met, (long long)p->of, (long long)p->missing);

	screen_ends(&v->s, p->title, &(struct piece){.text = sum});
	for (size_t i = 0; i < p->steps.n; i++)
		show_step(v, &p->steps.v[i]);
	show_text(v, "accepts", p->accepts);
	show_text(v, "waived", show_texts(v, &p->waives, ", "));
	show_text(v, "gives", p->gives);
	if (p->earliest != DATE_NONE)
		show_text(v, "earliest", show_day(v, p->earliest));
	show_text(v, "not found", show_texts(v, &p->not_found, "; "));
	show_text(v, "note", p->note);
	show_text(v, "first", p->first);
	screen_line(&v->s, "%s %s, path %s, compared with its sources on %s%s%s", p->pack,
		    p->version, p->path, show_day(v, p->read),
		    p->version_of ? "; rules of the day of " : "",
		    p->version_of ? p->version_of : "");
}

void show_paths(const struct show *v, const struct paths_judged *r)
{
	for (size_t i = 0; i < r->paths.n; i++) {
		if (i)
			screen_end(&v->s);
		show_one(v, &r->paths.v[i]);
	}
	if (r->others.n)
		screen_line(&v->s, "Others: %s", show_texts(v, &r->others, "; "));
	if (r->track)
		screen_line(&v->s, "Track it: %s", r->track);
	screen_line(&v->s, "The agency decides; this is a list made from your record.");
}
