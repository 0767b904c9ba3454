/* How much rules ask for, and what credits do to an entry. */
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rules.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

int read_exact(struct reader *r, const struct yaml *v, const char *what, int64_t *ret)
{
	const char *text;
	struct err why;

	if (read_text_of(r, v, what, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	*ret = 0;
	if (strcmp(text, "0") != 0 && units_parse(text, ret, &why) < 0)
		return read_refuse(r, v, "%s: %s", what, why.message);
	return 0;
}

int read_exact_at(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	int64_t exact;
	int failed = read_exact(r, v, k->word, &exact);

	if (failed == 0)
		memcpy((char *)into + k->offset, &exact, sizeof(exact));
	return failed;
}

/* "20% of required" */
static int read_share(struct rules_reader *rr, const struct yaml *v, const char *what,
		      const char *text, struct amount *ret, const char **ret_need)
{
	const int64_t hundred = 100 * CREDIT_ONE;
	const char *sign = strchr(text, '%');
	const char *number = arena_dup_n(rr->r->arena, text, (size_t)(sign - text));
	int64_t exact;
	struct err why;

	if (units_parse(number, &exact, &why) < 0)
		return read_refuse(rr->r, v, "%s: %s", what, why.message);
	if (exact > hundred)
		return read_refuse(rr->r, v, "%s: at most 100%%, not \"%.40s\"", what,
				   text);
	if (strncmp(sign, "% of ", 5) != 0 || !sign[5])
		return read_refuse(
			rr->r, v,
			"%s: a share is of required, of counted or of a need, such as "
			"20%% of required; not \"%.40s\"",
			what, text);
	ret->share = ratio_of(exact, hundred);
	const char *base = sign + 5;
	if (strcmp(base, "required") == 0) {
		ret->kind = AMOUNT_OF_REQUIRED;
	} else if (strcmp(base, "counted") == 0) {
		ret->kind = AMOUNT_OF_COUNTED;
	} else {
		ret->kind = AMOUNT_OF_NEED;
		*ret_need = arena_dup(rr->r->arena, base);
	}
	return 0;
}

/* Which row, where the fact changed in the period. */
static int read_pick(struct reader *r, const struct yaml *v, enum pick *ret)
{
	static const char *const words[] = {"last", "longest", "highest"};
	int choice = 0, failed = READ_WORD(r, v, "pick", words, &choice);

	*ret = (enum pick)choice;
	return failed;
}

static const char *const month_words[] = {
#define X(name, word) word,
	RULE_MONTH_MAP(X)
#undef X
		"month lapsed"};

int read_month_kind(struct reader *r, const struct yaml *v, const char *what,
		    enum month_kind *ret)
{
	int choice = 0,
	    failed = read_word(r, v, what, month_words, MONTH_KIND_COUNT, &choice);

	*ret = (enum month_kind)choice;
	return failed;
}

/* {per: month, is: 1, most: 24} */
static int read_per(struct reader *r, const struct yaml *v, struct amount *ret)
{
	const struct yaml *per = yaml_get(v, "per"), *is = yaml_get(v, "is"),
			  *most = yaml_get(v, "most");
	int month;

	if (!is || v->n != (most ? 3 : 2))
		return read_refuse(r, v, "per goes with is, and most if need be");
	if (READ_WORD(r, per, "per", month_words, &month) < 0 ||
	    read_exact(r, is, "is", &ret->exact) < 0 ||
	    (most && read_exact(r, most, "most", &ret->most) < 0))
		return -PDH_REFUSED;
	ret->month = (enum month_kind)month;
	ret->kind = ret->month == MONTH_KIND_COUNT ? AMOUNT_PER_MONTH_LAPSED
						   : AMOUNT_PER_MONTH;
	return 0;
}

/* Of what is known of everybody a table can have rows for a level, a period's number or the
 * year in which it ends. */
static int check_rows(struct rules_reader *rr, const struct yaml *by, const char *name)
{
	enum rule_known known = rule_known_of(name);

	if (facts_declared(rr->pack, name) || known == KNOWN_LEVEL ||
	    known == KNOWN_PERIOD_NUMBER || known == KNOWN_YEAR_OF_EXPIRY)
		return 0;
	return read_refuse(rr->r, by, "a table cannot go by %.40s; say it with \"when\"",
			   name);
}

/* The rows of a table by years: nothing else is ever looked for. */
static int check_year(struct reader *r, const struct yaml *row, const char *word)
{
	enum { DIGITS = 4 };

	return !*word || (strlen(word) == DIGITS && strspn(word, "0123456789") == DIGITS)
		       ? 0
		       : read_refuse(r, row,
				     "\"%.40s\" is not a year; the rows are years such "
				     "as 2026, and otherwise",
				     word);
}

static int read_table(struct rules_reader *rr, const struct yaml *v, const char *what,
		      struct amount *ret)
{
	const struct yaml *by = yaml_get(v, "by"), *table = yaml_get(v, "table"),
			  *pick = yaml_get(v, "pick");

	if (!by || !table || v->n != (pick ? 3 : 2))
		return read_refuse(rr->r, v,
				   "%s takes {by: FACT, table: {…}}, and pick if need be",
				   what);
	if (read_text_of(rr->r, by, "by", KIND_WORD, &ret->fact) < 0 ||
	    when_check_fact(rr, by, ret->fact) < 0 || check_rows(rr, by, ret->fact) < 0)
		return -PDH_REFUSED;
	bool ordinal = rule_known_of(ret->fact) == KNOWN_PERIOD_NUMBER;
	bool years = rule_known_of(ret->fact) == KNOWN_YEAR_OF_EXPIRY;
	if (pick && years)
		return read_refuse(rr->r, pick, "pick does not go with year of expiry");
	if (pick && read_pick(rr->r, pick, &ret->pick) < 0)
		return -PDH_REFUSED;
	if (read_want(rr->r, table, "table", ordinal ? YAML_LIST : YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct amount_row *rows = arena_array(rr->r->arena, table->n, sizeof(*rows));
	ret->kind = AMOUNT_TABLE;
	ret->rows = rows;
	for (const struct yaml *m = table->first; m; m = m->next) {
		const char *word = m->key ? rules_fold(m->key, rr->r->arena) : "";
		rows[ret->n].word = strcmp(word, "otherwise") == 0 ? "" : word;
		if (read_exact(rr->r, m, m->key ? m->key : "table", &rows[ret->n].exact) <
		    0)
			return -PDH_REFUSED;
		if (!ordinal && !*rows[ret->n].word && m->next)
			return read_refuse(rr->r, m, "otherwise comes last");
		if (years && check_year(rr->r, m, rows[ret->n].word) < 0)
			return -PDH_REFUSED;
		ret->n++;
	}
	return ret->n ? 0 : read_refuse(rr->r, table, "table has no value");
}

/* {fact: hours asked}: of what is not a number there is no amount. */
static int read_fact_amount(struct rules_reader *rr, const struct yaml *v,
			    struct amount *ret)
{
	ret->kind = AMOUNT_FACT;
	if (read_text_of(rr->r, v, "fact", KIND_WORD, &ret->fact) < 0 ||
	    when_check_fact(rr, v, ret->fact) < 0)
		return -PDH_REFUSED;
	return facts_is_number(facts_declared(rr->pack, ret->fact))
		       ? 0
		       : read_refuse(rr->r, v, "fact: \"%.40s\" is not a number",
				     ret->fact);
}

static int read_map_amount(struct rules_reader *rr, const struct yaml *v,
			   const char *what, struct amount *ret)
{
	static const char *const words[] = {"by",  "table", "pick", "fact",
					    "per", "is",    "most"};
	const struct yaml *fact = yaml_get(v, "fact");

	if (yaml_get(v, "by") || yaml_get(v, "table"))
		return read_table(rr, v, what, ret);
	if (fact && v->n == 1)
		return read_fact_amount(rr, fact, ret);
	if (yaml_get(v, "per"))
		return read_per(rr->r, v, ret);
	if (!v->first)
		return read_refuse(rr->r, v, "%s has no value", what);
	return read_refuse_word(rr->r, v->first, what, v->first->key, words,
				COUNT(words));
}

int read_amount(struct rules_reader *rr, const struct yaml *v, const char *what,
		struct amount *ret, const char **ret_need)
{
	const char *text;

	*ret = (struct amount){.kind = AMOUNT_FIXED};
	*ret_need = NULL;
	if (v->kind == YAML_MAP)
		return read_map_amount(rr, v, what, ret);
	if (read_text_of(rr->r, v, what, KIND_TEXT, &text) < 0)
		return -PDH_REFUSED;
	return strchr(text, '%') ? read_share(rr, v, what, text, ret, ret_need)
				 : read_exact(rr->r, v, what, &ret->exact);
}

/* ---- credit ----------------------------------------------------------------------------- */

struct worth_reader {
	struct rules_reader *rr;
	struct worth_rule *worth;
};

static int read_times(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct worth_rule *w = ((struct worth_reader *)into)->worth;
	int64_t exact;

	if (read_exact(r, v, k->word, &exact) < 0)
		return -PDH_REFUSED;
	w->times = ratio_of(exact, CREDIT_ONE);
	return 0;
}

static int read_member(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	char *worth = (char *)((struct worth_reader *)into)->worth;
	int64_t exact;

	if (read_exact(r, v, k->word, &exact) < 0)
		return -PDH_REFUSED;
	if (exact == 0)
		return read_refuse(r, v, "%s is more than zero", k->word);
	memcpy(worth + k->offset, &exact, sizeof(exact));
	return 0;
}

int read_rounding(struct reader *r, const struct yaml *v, const char *what,
		  enum rounding *ret)
{
	static const char *const words[] = {
		[ROUND_DOWN] = "down", [ROUND_UP] = "up", [ROUND_NEAREST] = "nearest"};
	int choice = 0, failed = READ_WORD(r, v, what, words, &choice);

	*ret = (enum rounding)choice;
	return failed;
}

static int read_round(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	return read_rounding(r, v, k->word, &((struct worth_reader *)into)->worth->round);
}

/* Which entries are bounded and rounded together: those of one course, of one provider. */
static int read_group(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const char *const words[] = {
#define X(name, word) word,
		RULE_ATTR_MAP(X)
#undef X
			"organization",
		"subject",
		"organisation",
	};
	enum { BRITISH = PER_SUBJECT + 1 }; /* as packs before spelled it */
	int *per = &((struct worth_reader *)into)->worth->per;
	int failed = READ_WORD(r, v, k->word, words, per);

	/* "subject" stands where PER_SUBJECT is, and an organization is a provider. */
	if (*per == ATTR_COUNT || *per == BRITISH)
		*per = ATTR_PROVIDER;
	return failed;
}

static int read_step_keys(struct reader *r, const struct yaml *v, const char *what,
			  struct worth_reader *wr)
{
	static const struct key keys[] = {
		{"to", true, read_member, offsetof(struct worth_rule, step), KIND_WORD},
		{"round", true, read_round, 0, KIND_WORD},
		{"first", false, read_member, offsetof(struct worth_rule, first),
		 KIND_WORD},
		{"group", false, read_group, 0, KIND_WORD},
	};

	return READ_MAP(r, v, what, keys, wr);
}

int read_step_map(struct reader *r, const struct yaml *v, const char *what,
		  struct worth_rule *ret)
{
	struct worth_reader wr = {NULL, ret};

	return read_step_keys(r, v, what, &wr);
}

static int read_step(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	return read_step_keys(r, v, k->word, into);
}

/* What counts once in the period, or ever: the first of all activities that the rule takes,
 * or of those of one course, kind or provider. */
static int read_once(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const char *const words[] = {"course in period",	  "course ever",
					    "kind in period",	  "kind ever",
					    "provider in period", "provider ever",
					    "activity in period", "activity ever"};
	static const int by[] = {ATTR_COURSE, ATTR_KIND, ATTR_PROVIDER, ATTR_COUNT};
	struct worth_rule *w = ((struct worth_reader *)into)->worth;
	int choice;

	if (READ_WORD(r, v, k->word, words, &choice) < 0)
		return -PDH_REFUSED;
	w->once = choice % 2 == 0;
	w->once_ever = choice % 2 == 1;
	w->once_by = by[choice / 2];
	return 0;
}

static int read_gate(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct worth_reader *wr = into;
	struct where *where = arena_alloc(r->arena, sizeof(*where));

	if (read_where(wr->rr, v, k->word, where) < 0)
		return -PDH_REFUSED;
	memcpy((char *)wr->worth + k->offset, &where, sizeof(where));
	return 0;
}

int read_worth(struct rules_reader *rr, const struct yaml *v, struct worth_rule *ret)
{
#define MEMBER(m) offsetof(struct worth_rule, m), KIND_WORD
	static const struct key keys[] = {
		{"times", false, read_times, 0, KIND_WORD},
		{"fixed", false, read_member, MEMBER(fixed)},
		{"least", false, read_member, MEMBER(least)},
		{"floor", false, read_member, MEMBER(floor)},
		{"most", false, read_member, MEMBER(most)},
		{"step", false, read_step, 0, KIND_WORD},
		{"per", false, read_group, 0, KIND_WORD},
		{"once", false, read_once, 0, KIND_WORD},
		{"only if", false, read_gate, MEMBER(only_if)},
		{"unless", false, read_gate, MEMBER(unless)},
	};
	struct worth_reader wr = {rr, ret};

	if (v->kind == YAML_TEXT && strcmp(v->text, "0") == 0) {
		ret->times = (struct ratio){0, 1};
		return 0;
	}
	if (READ_MAP(rr->r, v, "credit", keys, &wr) < 0)
		return -PDH_REFUSED;
	return v->first ? 0 : read_refuse(rr->r, v, "credit has no value");
}
