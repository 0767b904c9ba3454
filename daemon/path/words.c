/* Steps and what a path gives, in words. */
#include "common/texts.h"
#include "daemon/path/path.h"

#include <string.h>

static const char *joined(const struct texts *t, const char *between, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < t->n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? between : "", t->v[i]);
	return all;
}

static const char *exam_text(const struct step *s, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < s->exam_count; i++) {
		const struct step_exam *x = &s->exams[i];
		all = arena_printf(a, "%s%s%s", all, i ? ", or " : "", x->code);
		if (x->score != SCORE_NOT_FOUND)
			all = arena_printf(a, "%s, at least %lld", all,
					   (long long)x->score);
	}
	return all;
}

static const char *credits_text(const struct step *s, struct arena *a)
{
	const char *all = arena_printf(a, "%lld semester hours",
				       (long long)(s->least / CREDIT_ONE));

	if (s->words.n)
		all = arena_printf(a, "%s of %s", all, s->words.v[0]);
	for (size_t i = 0; i < s->area_count; i++)
		all = arena_printf(a, "%s%s%lld of %s", all, i ? ", " : ": at least ",
				   (long long)(s->areas[i].exact / CREDIT_ONE),
				   s->areas[i].word);
	return all;
}

/* "program: library media", but "admission to the program" as it is. */
static const char *named_text(const char *noun, const struct step *s, struct arena *a)
{
	return strstr(s->what, noun) ? s->what : arena_printf(a, "%s: %s", noun, s->what);
}

static const char *plain_text(const struct step *s, struct arena *a)
{
	switch (s->verb) {
	case STEP_EXAM:
		return exam_text(s, a);
	case STEP_YEARS:
		return arena_printf(a, "%s%s%s", texts_span(a, s->least),
				    s->words.n ? " as " : " of work",
				    s->words.n ? s->words.v[0] : "");
	case STEP_CREDITS:
		return credits_text(s, a);
	case STEP_DEGREE:
		return arena_printf(a, "%s's degree%s%s", s->what, s->in.n ? " in " : "",
				    joined(&s->in, " or ", a));
	case STEP_PROGRAM:
		return named_text("program", s, a);
	case STEP_RECOMMENDATION:
		return named_text("recommendation", s, a);
	case STEP_PORTFOLIO:
		return named_text("portfolio", s, a);
	case STEP_COURSE:
		return named_text("course", s, a);
	case STEP_ALL_OF:
		return "all of";
	case STEP_ONE_OF:
		return "one of";
	case STEP_N_OF:
		return arena_printf(a, "%lld of", (long long)s->least);
	default:
		return s->what;
	}
}

const char *path_step_text(const struct step *s, struct arena *a)
{
	const char *text = s->title ? s->title : plain_text(s, a);

	if (s->title && s->verb == STEP_EXAM)
		text = arena_printf(a, "%s: %s", s->title, exam_text(s, a));
	if (s->within_months)
		text = arena_printf(a, "%s, within the last %s", text,
				    texts_span(a, s->within_months));
	return text;
}

const char *path_gives_text(const struct path *p, struct arena *a)
{
	const char *all = p->level ? p->level : "";

	if (p->term)
		all = arena_printf(a, "%s%sfor %s", all, *all ? ", " : "", p->term);
	if (p->renew)
		all = arena_printf(a, "%s%srenewed: %s", all, *all ? ", " : "", p->renew);
	if (p->ties.n)
		all = arena_printf(a, "%s%stied to %s", all, *all ? ", " : "",
				   joined(&p->ties, ", ", a));
	if (p->meanwhile.n)
		all = arena_printf(a, "%s%smeanwhile %s", all, *all ? ", " : "",
				   joined(&p->meanwhile, ", ", a));
	if (p->then)
		all = arena_printf(a, "%s%sthen pdh path --path %s", all,
				   *all ? ", " : "", p->then);
	return *all ? all : NULL;
}
