/* The pieces of which rules in words are made. */
#pragma once

#include "daemon/rules/rules.h"

const char *words_of_month(enum month_kind kind); /* "calendar month" */

const char *words_of_number(int64_t exact, struct arena *a); /* "12.5", "200" */

/* "kind self-study or independent-study and topic law, but not format live" */
const char *words_of_selector(const struct where *w, struct arena *a);

/* "3 months after the last day of the cycle" */
const char *words_of_date(const struct rule_date *d, struct arena *a);

const char *words_of_worth(const struct ruleset *rules, const struct worth_rule *w,
			   struct arena *a);
const char *words_of_carry(const struct ruleset *rules, const struct rule *r,
			   struct arena *a);
const char *words_of_adjust(const struct ruleset *rules, const struct adjust *d,
			    struct arena *a);
const char *words_of_duty(const struct duty *d, struct arena *a);
