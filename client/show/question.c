/* What rules ask for and nobody told, and how it is told. */
#include "client/show/question.h"

#include "client/term/text.h"
#include "common/fact.h"

/* A value that shows how the answer is written. */
static const char *sample_of(const struct question *q)
{
	if (q->of.n)
		return q->of.v[0];
	if (show_is(q->type, "yes-no"))
		return "yes";
	if (show_is(q->type, "date"))
		return "2026-03-31";
	return show_is(q->type, "month") || show_is(q->type, "number") ? "3" : "...";
}

const char *show_question_flag(const struct show *v, const struct question *q)
{
	if (show_is(q->name, "issued"))
		return arena_printf(v->s.a, "--issued" NBSP "%s", sample_of(q));
	return arena_printf(v->s.a, "--fact" NBSP "\"%s=%s\"", q->name, sample_of(q));
}

const char *show_question(const struct show *v, const struct question *q)
{
	const char *ask = q->ask ? q->ask : q->name;

	return q->of.n ? arena_printf(v->s.a, "%s (%s)", ask,
				      fact_list(&q->of, "or", v->s.a))
		       : ask;
}

void show_unanswered(const struct show *v, const struct credential *c, int label)
{
	for (size_t i = 0; i < c->unanswered.n; i++) {
		const struct question *q = &c->unanswered.v[i];
		screen_field(&v->s, label, i ? "" : "not told",
			     arena_printf(v->s.a, "%s\npdh credential edit %s %s",
					  show_question(v, q), c->alias,
					  show_question_flag(v, q)));
	}
}
