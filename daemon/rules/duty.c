/* Dated acts: whether they are asked of this person, and by when. */
#include "daemon/rules/parts.h"

civil_day rules_due(const struct rules_case *c, const struct duty *d, struct arena *a)
{
	civil_day due = DATE_NONE;

	for (size_t i = 0; i < d->due_count; i++) {
		civil_day day = rules_day(c, &d->due[i], a);
		if (due == DATE_NONE || (day != DATE_NONE && day > due))
			due = day;
	}
	return due;
}

enum judged rules_duty(const struct rules_case *c, const struct rule *r, struct arena *a,
		       const char **ret_why)
{
	const struct judgement j = {.c = c, .a = a};

	switch (rule_applies(&j, r, ret_why)) {
	case NO:
		return JUDGED_NOT_APPLYING;
	case UNKNOWN:
		return JUDGED_UNDECIDED;
	case YES:
		break;
	}
	return JUDGED_SHORT;
}
