#include "tests/docs/amounts.h"

const char *amounts_total(const struct ruleset *rules, struct arena *a)
{
	char text[CREDIT_TEXT_SIZE];

	if (rules->total % CREDIT_ONE)
		credit_format(rules->total, text);
	else
		credit_format_fixed(rules->total, 0, text);
	return arena_printf(a, "%s %s", text, credit_unit_brief(rules->unit));
}

const char *amounts_months(int months, struct arena *a)
{
	enum { YEAR = 12 };

	if (months % YEAR)
		return arena_printf(a, "%d months", months);
	return arena_printf(a, "%d year%s", months / YEAR, months == YEAR ? "" : "s");
}
