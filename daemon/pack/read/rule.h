/* One rule while it is read: the rule, and the names in it that are only resolved once all
 * rules are known. */
#pragma once

#include "daemon/pack/read/rules.h"

struct rule_text {
	struct rules_reader *rr;
	struct rule rule;
	const char *cite, *toward, *of_need;
	const struct yaml *verb; /* its key: need, limit, credit, carry, adjust or duty */
	const struct yaml *alternatives;
	const struct yaml
		*names; /* the needs that a carry does not serve, or an adjust is for */
	uint64_t *ret_names; /* where their mask goes */
	struct rule_date due[2];
	size_t due_count;
};

struct rule_list {
	struct rule_text v[RULES_MAX];
	size_t n;
};

/* A rule has one verb. */
int verbs_take(struct reader *r, const struct yaml *v, void *into, enum rule_verb verb);

/* Keys of a rule, read into a struct rule_text: the verbs ... */
int verbs_read_need(struct reader *r, const struct key *k, const struct yaml *v,
		    void *into);
int verbs_read_limit(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into);
int verbs_read_credit(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into);
int carry_read(struct reader *r, const struct key *k, const struct yaml *v, void *into);
int carry_read_adjust(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into);
int duty_read(struct reader *r, const struct key *k, const struct yaml *v, void *into);

/* ... and what goes with a duty: `due`, which a need may have too, `open`, `late`, `every`
 * and `lasts`. */
int duty_read_due(struct reader *r, const struct key *k, const struct yaml *v,
		  void *into);
int duty_read_open(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into);
int duty_read_late(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into);
int duty_read_span(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into);

/* The references between rules, the total, and what follows from all of them. */
int links_make(struct rules_reader *rr, struct rule_list *l, struct ruleset *rules);
