/* Rules in words, as every screen and answer says them: "at most 20 % of 200 h = 40.0 h a
 * cycle". One place, so that the same rule is the same sentence wherever it is told.
 *
 * What nobody has computed is left open: without numbers that limit is "at most 20 % of
 * what is required a cycle". Texts live in the arena. */
#pragma once

#include "daemon/rules/rules.h"

enum { RULE_NOT_KNOWN = -1 };

/* What a rule's amount comes to for a person in a cycle: of judged_need.need and
 * judged_limit.most, and of verdict.required. */
struct rule_numbers {
	int64_t required; /* RULE_NOT_KNOWN: not computed */
	int64_t amount;	  /* the same; a count where the rule's measure counts things */
};

/* What the rule says: "at most 20 % of 200 h = 40.0 h a cycle", "200 h a cycle",
 * "2 activities each year", "counts double, at most 16 h", "pay by 30 days before the last
 * day of the cycle". Not when, and not of which entries: see below. `known` may be NULL. */
const char *rules_words(const struct ruleset *rules, const struct rule *r,
			const struct rule_numbers *known, struct arena *a);

/* The amount of a need or limit alone: "20 % of 200 h = 40.0 h". */
const char *rules_amount_words(const struct ruleset *rules, const struct rule *r,
			       const struct rule_numbers *known, struct arena *a);

/* The entries a rule speaks of: "kind self-study", "topic law or ethics, but not format
 * live"; "" for all. */
const char *rules_where_words(const struct ruleset *rules, const struct rule *r,
			      struct arena *a);

/* "employment is not none and period number is at least 2"; "" for none. */
const char *rules_conditions_words(const struct conditions *all, struct arena *a);

/* "a cycle", "each year", "in the last 36 months". */
const char *rules_window_words(const struct window *w, struct arena *a);

/* An amount in the pack's unit: "40.0 h"; whole ones short: "200 h". */
const char *rules_credit_words(const struct ruleset *rules, int64_t exact,
			       struct arena *a);
const char *rules_short_words(const struct ruleset *rules, int64_t exact,
			      struct arena *a);

/* What a rule is called where a person reads it: its title, else its id. */
const char *rules_name(const struct rule *r);
