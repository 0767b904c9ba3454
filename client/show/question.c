/* What rules ask for and nobody told, and how it is told. */
#include "client/show/question.h"

#include "client/term/text.h"
#include "common/fact.h"

#include <string.h>

/* A name that no line breaks in. */
static const char *unbroken(const char *name, struct arena *a)
{
	const char *all = "";

	for (size_t n; *name; name += n) {
		n = *name == ' ' ? 1 : strcspn(name, " ");
		all = arena_printf(a, "%s%.*s", all,
				   *name == ' ' ? (int)strlen(NBSP) : (int)n,
				   *name == ' ' ? NBSP : name);
	}
	return all;
}

const char *question_flag(const struct question *q, struct arena *a)
{
	if (show_is(q->name, rule_known_word(KNOWN_ISSUED)))
		return "--issued" NBSP "...";
	return arena_printf(a, "--fact" NBSP "\"%s=...\"", unbroken(q->name, a));
}

/* How an answer is written. */
static const char *form_of(const struct question *q, struct arena *a)
{
	static const struct {
		enum fact_type type;
		const char *form;
	} forms[] = {
		{FACT_MONTH, "such as March"},
		{FACT_DATE, "a date"},
		{FACT_NUMBER, "a number"},
		{FACT_YES_NO, "yes or no"},
	};

	/* "April or July?" names the months itself. */
	if (show_is(q->type, fact_types[FACT_MONTH]) && q->ask && strstr(q->ask, " or "))
		return NULL;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (show_is(q->type, fact_types[forms[i].type]))
			return forms[i].form;
	struct texts labels = {q->of.n, arena_array(a, q->of.n + 1, sizeof(*labels.v))};
	for (size_t i = 0; i < q->of.n; i++)
		labels.v[i] = fact_label(&q->of, &q->labels, i, a);
	return labels.n ? fact_list(&labels, "or", a) : NULL;
}

const char *question_text(const struct question *q, struct arena *a)
{
	const char *ask = q->ask ? q->ask : q->name, *form = form_of(q, a);

	return form ? arena_printf(a, "%s (%s)", ask, form) : ask;
}

void show_unanswered(const struct show *v, const struct credential *c, int label)
{
	for (size_t i = 0; i < c->unanswered.n; i++) {
		const struct question *q = &c->unanswered.v[i];
		screen_field(&v->s, label, i ? "" : "unanswered",
			     arena_printf(v->s.a,
					  "%s\npdh" NBSP "credential" NBSP "edit" NBSP
					  "%s" NBSP "%s",
					  question_text(q, v->s.a), c->alias,
					  question_flag(q, v->s.a)));
	}
}
