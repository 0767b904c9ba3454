#include "common/texts.h"

#include <string.h>

bool texts_has(const struct texts *t, const char *text)
{
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i], text) == 0)
			return true;
	return false;
}

void texts_add(struct texts *t, const char *text, struct arena *a)
{
	t->v = arena_grow(a, t->n ? (void *)t->v : NULL, t->n, sizeof(*t->v));
	t->v[t->n++] = text;
}

const char *texts_credit(struct arena *a, struct credit c)
{
	char amount[CREDIT_TEXT_SIZE];

	credit_format(c.exact, amount);
	return arena_printf(a, "%s %s", amount, credit_unit_behind(c.unit, c.exact));
}

const char *texts_day(struct arena *a, civil_day d)
{
	char text[DATE_HUMAN_SIZE];

	date_format_human(d, text);
	return arena_dup(a, text + strlen("Fri "));
}

const char *texts_span(struct arena *a, int64_t months)
{
	enum { YEAR = 12 };
	const bool years = months % YEAR == 0;
	const int64_t n = years ? months / YEAR : months;

	return arena_printf(a, "%lld %s%s", (long long)n, years ? "year" : "month",
			    n == 1 ? "" : "s");
}
