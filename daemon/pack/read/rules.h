/* The rules of a pack: selectors, conditions, windows, amounts, and the list itself. */
#pragma once

#include "daemon/pack/pack.h"
#include "daemon/pack/read/read.h"

/* What reading the rules of one pack needs and makes. */
struct rules_reader {
	struct reader *r;
	struct pack *pack;
	struct where *wheres; /* room for WHERES_MAX */
	size_t where_count;
	const char *exclusive[RULES_MAX]; /* names of groups, number - 1 */
	int exclusive_count;
};

/* Keys `kinds`, `formats` and `topics`: the words a pack knows, with other spellings. */
int read_vocabulary(struct reader *r, const struct key *k, const struct yaml *v,
		    void *pack);

/* {kind: [a, b], not: {topic: c}} */
int read_where(struct rules_reader *rr, const struct yaml *v, const char *what,
	       struct where *ret);

void where_add_word(struct arena *a, struct rule_words *w, const char *word);

/* The same as one of the pack's selectors; equal ones are one. */
int read_selector(struct rules_reader *rr, const struct yaml *v, int *ret);

/* {employment: part-time, issued: before 2010-01-01} */
int read_conditions(struct rules_reader *rr, const struct yaml *v, const char *what,
		    struct conditions *ret);

/* "each year", "last 36 months" */
int read_window(struct reader *r, const struct yaml *v, struct window *ret);

/* 200 | 20% of required | {by: position, table: {…}} | {fact: hours asked} | {per: month, is: 1}.
 * "of NEED-ID" stays a name in *ret_need (else NULL) until all rules are known. */
int read_amount(struct rules_reader *rr, const struct yaml *v, const char *what,
		struct amount *ret, const char **ret_need);

/* month, calendar month, full calendar month */
int read_month_kind(struct reader *r, const struct yaml *v, const char *what,
		    enum month_kind *ret);

/* An amount that may be nothing: "0". */
int read_exact(struct reader *r, const struct yaml *v, const char *what, int64_t *ret);

/* The same by a key: an int64_t at its offset. */
int read_exact_at(struct reader *r, const struct key *k, const struct yaml *v,
		  void *into);

/* period start, period end, activity, issue, now */
int read_by(struct reader *r, const struct yaml *v, const char *what, enum rule_by *ret);

/* down, up, nearest */
int read_rounding(struct reader *r, const struct yaml *v, const char *what,
		  enum rounding *ret);

/* {to: 0.5, round: down, first: 1, group: course} */
int read_step_map(struct reader *r, const struct yaml *v, const char *what,
		  struct worth_rule *ret);

/* Key `levels` of a struct pack whose facts and rules have been read. */
int read_levels(struct reader *r, const struct key *k, const struct yaml *v, void *pack);

/* Keys of `credit`. */
int read_worth(struct rules_reader *rr, const struct yaml *v, struct worth_rule *ret);

/* Key `rules` of a struct pack whose other parts have been read. */
int read_rules(struct reader *r, const struct key *k, const struct yaml *v, void *pack);

/* Key `examples` of a struct pack whose rules have been read. */
int read_examples(struct reader *r, const struct key *k, const struct yaml *v,
		  void *pack);

/* The fact of this name is declared, or one that every credential has. */
int when_check_fact(struct rules_reader *rr, const struct yaml *v, const char *name);
