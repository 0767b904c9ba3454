/* The verbs that speak of periods: what is carried over, and what is asked of one person. */
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rule.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- carry ------------------------------------------------------------------------------ */

struct carry_reader {
	struct rule_text *t;
	struct carry carry;
};

static int read_most(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct carry_reader *cr = into;
	struct rule_text *t = cr->t;

	if (read_amount(t->rr, v, k->word, &t->rule.amount, &t->of_need) < 0)
		return -PDH_REFUSED;
	if (t->rule.amount.kind != AMOUNT_FIXED &&
	    t->rule.amount.kind != AMOUNT_OF_REQUIRED)
		return read_refuse(r, v, "most is an amount, or a share of required");
	cr->carry.unbounded = false;
	return 0;
}

/* "last 24 months" */
static int read_earned(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct window w;

	if (read_window(r, v, &w) < 0)
		return -PDH_REFUSED;
	if (w.kind != WINDOW_LAST)
		return read_refuse(r, v, "%s is such as last 24 months", k->word);
	((struct carry_reader *)into)->carry.earned_months = w.n;
	return 0;
}

static int read_as(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into)
{
	static const char *const words[] = {"general"};
	int ignored;

	((struct carry_reader *)into)->carry.as_general = true;
	return READ_WORD(r, v, k->word, words, &ignored);
}

/* Names of needs, which are looked up once all rules are known. `into` begins with the rule. */
static int read_names(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	(void)r;
	(void)k;
	(*(struct rule_text **)into)->names = v;
	return 0;
}

/* What is carried over lies on the first day of the period, so that it serves the first
 * year of it by itself. */
static int read_serves(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	static const char *const words[] = {"year 1"};
	int ignored;

	(void)into;
	return READ_WORD(r, v, k->word, words, &ignored);
}

/* One period is all that was met at any board: what is not used there is forfeited. */
static int read_lives(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	const char *text;

	(void)into;
	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	return strcmp(text, "1") == 0
		       ? 0
		       : read_refuse(r, v,
				     "lives is 1 in this version of pdh: what is carried "
				     "over serves the next period alone");
}

static int read_block(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const char *const words[] = {"carry-in used"};
	int ignored;

	((struct carry_reader *)into)->carry.block_if_used = true;
	return READ_WORD(r, v, k->word, words, &ignored);
}

struct part_reader {
	struct rules_reader *rr;
	struct carry_part part;
};

static int read_part_where(struct reader *r, const struct key *k, const struct yaml *v,
			   void *into)
{
	struct part_reader *pr = into;

	(void)r;
	(void)k;
	return read_selector(pr->rr, v, &pr->part.where);
}

static int read_parts(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const struct key keys[] = {
		{"where", true, read_part_where, 0, KIND_WORD},
		{"most", true, read_exact_at, offsetof(struct part_reader, part.most),
		 KIND_WORD},
	};
	struct carry_reader *cr = into;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	struct carry_part *parts = arena_array(r->arena, v->n, sizeof(*parts));
	cr->carry.parts = parts;
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct part_reader pr = {.rr = cr->t->rr};
		if (READ_MAP(r, m, "a part", keys, &pr) < 0)
			return -PDH_REFUSED;
		parts[cr->carry.part_count++] = pr.part;
	}
	return 0;
}

int carry_read(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	static const struct key keys[] = {
		{"most", false, read_most, 0, KIND_WORD},
		{"earned", false, read_earned, 0, KIND_WORD},
		{"as", false, read_as, 0, KIND_WORD},
		{"serves not", false, read_names, 0, KIND_WORD},
		{"serves", false, read_serves, 0, KIND_WORD},
		{"lives", false, read_lives, 0, KIND_WORD},
		{"block if", false, read_block, 0, KIND_WORD},
		{"parts", false, read_parts, 0, KIND_WORD},
	};
	struct rule_text *t = into;
	struct carry_reader cr = {t, {.unbounded = true}};

	if (verbs_take(r, v, into, RULE_CARRY) < 0 ||
	    READ_MAP(r, v, k->word, keys, &cr) < 0)
		return -PDH_REFUSED;
	struct carry *carry = arena_alloc(r->arena, sizeof(*carry));
	*carry = cr.carry;
	t->rule.carry = carry;
	t->ret_names = &carry->serves_not;
	return 0;
}

/* ---- adjust ----------------------------------------------------------------------------- */

struct adjust_reader {
	struct rule_text *t;
	struct adjust adjust;
	bool has_per;
};

/* A fact that is a number. */
static int read_number(struct adjust_reader *ar, const struct yaml *v, const char *what,
		       const char *name)
{
	struct rules_reader *rr = ar->t->rr;

	ar->adjust.by = name;
	if (when_check_fact(rr, v, name) < 0)
		return -PDH_REFUSED;
	return facts_is_number(facts_declared(rr->pack, name))
		       ? 0
		       : read_refuse(rr->r, v, "%s: \"%.40s\" is not a number", what,
				     name);
}

/* "months active of 60", "years practiced of 5" */
static int read_scale(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct adjust_reader *ar = into;
	const char *text, *of;
	struct err why;

	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	for (of = strstr(text, " of "); of && strstr(of + 1, " of ");)
		of = strstr(of + 1, " of ");
	if (!of || units_parse(of + 4, &ar->adjust.of, &why) < 0)
		return read_refuse(
			r, v,
			"scale is such as months active of 60, or a fact that is a "
			"number and what it is of; not \"%.40s\"",
			text);
	const char *name = arena_dup_n(r->arena, text, (size_t)(of - text));
	return strcmp(name, "months active") == 0 ? 0 : read_number(ar, v, k->word, name);
}

static int read_less_of(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	const char *name;

	if (read_text_of(r, v, k->word, KIND_WORD, &name) < 0)
		return -PDH_REFUSED;
	return read_number(into, v, k->word, name);
}

/* {each: 2, of: work years, is: 3, most: 6} */
static int read_less(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const struct key keys[] = {
		{"each", true, read_exact_at, offsetof(struct adjust_reader, adjust.each),
		 KIND_WORD},
		{"of", true, read_less_of, 0, KIND_WORD},
		{"is", true, read_exact_at, offsetof(struct adjust_reader, adjust.less),
		 KIND_WORD},
		{"most", false, read_exact_at,
		 offsetof(struct adjust_reader, adjust.less_most), KIND_WORD},
	};
	struct adjust_reader *ar = into;

	ar->adjust.less_most = INT64_MAX; /* not told */
	if (READ_MAP(r, v, k->word, keys, ar) < 0)
		return -PDH_REFUSED;
	if (!ar->adjust.each || !ar->adjust.less || !ar->adjust.less_most)
		return read_refuse(r, v, "less: each, is and most are more than zero");
	if (ar->adjust.less_most == INT64_MAX)
		ar->adjust.less_most = 0;
	return 0;
}

static int read_adjust_per(struct reader *r, const struct key *k, const struct yaml *v,
			   void *into)
{
	struct adjust_reader *ar = into;

	ar->has_per = true;
	return read_month_kind(r, v, k->word, &ar->adjust.month);
}

static int read_active(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct adjust_reader *ar = into;

	(void)r;
	return read_conditions(ar->t->rr, v, k->word, &ar->adjust.active);
}

/* To whole units; `step` says it for others. */
static int read_round(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct adjust_reader *ar = into;

	ar->adjust.step = CREDIT_ONE;
	return read_rounding(r, v, k->word, &ar->adjust.round);
}

static int read_adjust_step(struct reader *r, const struct key *k, const struct yaml *v,
			    void *into)
{
	struct adjust_reader *ar = into;
	struct worth_rule w = {0};

	if (read_step_map(r, v, k->word, &w) < 0)
		return -PDH_REFUSED;
	ar->adjust.step = w.step;
	ar->adjust.round = w.round;
	return 0;
}

static int read_floor(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const struct key keys[] = {
		{"below", true, read_exact_at, offsetof(struct adjust, floor_below),
		 KIND_WORD},
		{"is", true, read_exact_at, offsetof(struct adjust, floor_is), KIND_WORD},
	};

	return READ_MAP(r, v, k->word, keys, &((struct adjust_reader *)into)->adjust);
}

int carry_read_adjust(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const struct key keys[] = {
		{"scale", false, read_scale, 0, KIND_WORD},
		{"less", false, read_less, 0, KIND_WORD},
		{"per", false, read_adjust_per, 0, KIND_WORD},
		{"whole", false, read_span, offsetof(struct adjust_reader, adjust.whole),
		 KIND_WORD},
		{"active", false, read_active, 0, KIND_WORD},
		{"only", false, read_names, 0, KIND_WORD},
		{"round", false, read_round, 0, KIND_WORD},
		{"step", false, read_adjust_step, 0, KIND_WORD},
		{"floor", false, read_floor, 0, KIND_WORD},
		{"shift", false, read_span,
		 offsetof(struct adjust_reader, adjust.shift_months), KIND_WORD},
	};
	struct rule_text *t = into;
	struct adjust_reader ar = {.t = t};

	if (verbs_take(r, v, into, RULE_ADJUST) < 0 ||
	    READ_MAP(r, v, k->word, keys, &ar) < 0)
		return -PDH_REFUSED;
	if (!!ar.adjust.of + !!ar.adjust.each + !!ar.adjust.shift_months != 1)
		return read_refuse(r, v, "adjust has scale, less or shift, one of them");
	if (ar.adjust.each && (ar.adjust.step || ar.adjust.floor_below))
		return read_refuse(r, v, "round, step and floor go with scale");
	if ((ar.adjust.by && (ar.adjust.active.n || ar.adjust.whole)) ||
	    (ar.has_per && (ar.adjust.by || !ar.adjust.of)))
		return read_refuse(r, v, "active, per and whole go with months active");
	struct adjust *adjust = arena_alloc(r->arena, sizeof(*adjust));
	*adjust = ar.adjust;
	t->rule.adjust = adjust;
	t->ret_names = &adjust->only;
	return 0;
}
