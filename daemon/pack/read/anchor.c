/* The calendar of a pack: how long a cycle is, and where it ends. */
#include "common/ascii.h"
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rules.h"

#include <stdlib.h>
#include <string.h>

/* The calendar while it is read, in the order of its keys: `end` needs the length. */
struct calendar_reader {
	struct pack *pack;
	struct pack_calendar c;
};

/* A fact of that type (FACT_TYPE_COUNT: of any), or the refusal. */
static int want_fact(struct reader *r, const struct yaml *v, const struct pack *p,
		     const char *name, enum fact_type type, const char **ret)
{
	const struct pack_fact *fact = facts_declared(p, name);

	if (!fact)
		return read_refuse(r, v, "%s: \"%.60s\" is not declared under facts",
				   v->key, name);
	if (type != FACT_TYPE_COUNT && !fact_is(fact, type))
		return read_refuse(r, v, "%s: \"%.60s\" is a %s and not a %s", v->key,
				   name, fact->type, fact_types[type]);
	*ret = fact->name;
	return 0;
}

/* ---- lengths ---------------------------------------------------------------------------- */

static int read_months(struct reader *r, const struct yaml *v, int *ret)
{
	const char *text;
	struct err why;

	if (read_text_of(r, v, v->key, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	return span_parse(text, ret, &why) < 0
		       ? read_refuse(r, v, "%s: %s", v->key, why.message)
		       : 0;
}

/* {by: employment, table: {full-time: 5 years, casual: 7 years}} */
static int read_fact_table(struct reader *r, const struct yaml *v, const struct pack *p,
			   const char **ret_fact, const struct yaml **ret_table)
{
	const struct yaml *by = yaml_get(v, "by"), *table = yaml_get(v, "table");
	const char *name;

	if (v->kind != YAML_MAP || !by || !table || v->n != 2)
		return read_refuse(r, v, "%s takes {by: FACT, table: {…}}", v->key);
	if (read_want(r, table, "table", YAML_MAP) < 0 ||
	    read_text_of(r, by, "by", KIND_WORD, &name) < 0)
		return -PDH_REFUSED;
	if (!table->first)
		return read_refuse(r, table, "table has no value");
	*ret_table = table;
	return want_fact(r, by, p, name, FACT_TYPE_COUNT, ret_fact);
}

static int read_length(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct calendar_reader *cr = into;
	const struct yaml *table;

	(void)k;
	if (v->kind != YAML_MAP)
		return read_months(r, v, &cr->c.length_months);
	if (read_fact_table(r, v, cr->pack, &cr->c.length_fact, &table) < 0)
		return -PDH_REFUSED;
	struct calendar_row *rows = arena_array(r->arena, table->n, sizeof(*rows));
	for (const struct yaml *m = table->first; m; m = m->next) {
		struct calendar_row *row = &rows[cr->c.length_count++];
		row->word = rules_fold(m->key, r->arena);
		if (read_months(r, m, &row->value) < 0)
			return -PDH_REFUSED;
	}
	cr->c.lengths = rows;
	cr->c.length_months = rows[0].value; /* until the fact is told */
	return 0;
}

/* ---- ends ------------------------------------------------------------------------------- */

/* Cuts " - 1 month" or " + 2 months" off the end of `text`. */
static int cut_offset(char *text)
{
	enum { MOST = 12 };
	char *sign = strrchr(text, '+'), *rest;

	if (!sign)
		sign = strrchr(text, '-');
	if (!sign || sign == text || sign[-1] != ' ')
		return 0;
	long months = strtol(sign + 1, &rest, 10);
	if (months < 1 || months > MOST ||
	    (strcmp(rest, " month") != 0 && strcmp(rest, " months") != 0))
		return 0;
	sign[-1] = '\0';
	return (int)(*sign == '-' ? -months : months);
}

static int refuse_end(struct reader *r, const struct yaml *v, const char *text)
{
	return read_refuse(
		r, v,
		"end is issue, end of issue month, a day such as 06-30, the end of a month "
		"the person knows, such as end of birth month, or a day the person knows, "
		"such as birthday; not \"%.60s\"",
		text);
}

static int parse_month_end(struct reader *r, const struct yaml *v, const char *text,
			   struct calendar_reader *cr)
{
	char *name = arena_dup(r->arena, text);

	cr->c.offset_months = cut_offset(name);
	cr->c.anchor = ANCHOR_MONTH_END_OF;
	return want_fact(r, v, cr->pack, name, FACT_MONTH, &cr->c.fact);
}

bool is_day_of_year(const char *text)
{
	static const char shape[] = "00-00";

	for (size_t i = 0; i < sizeof(shape); i++)
		if (ascii_is_digit(shape[i]) ? !ascii_is_digit(text[i])
					     : text[i] != shape[i])
			return false;
	return true;
}

/* A leap year has every day there is, but its 29 February does not come every year. */
int read_day_of_year(struct reader *r, const struct yaml *v, const char *text,
		     int *ret_month, int *ret_day)
{
	enum { LEAP = 2024, COMMON = 2023 };

	*ret_month = (text[0] - '0') * 10 + text[1] - '0';
	*ret_day = (text[3] - '0') * 10 + text[4] - '0';
	if (date_make(LEAP, *ret_month, *ret_day) == DATE_NONE)
		return read_refuse(r, v, "%s: no year has a day %s", v->key, text);
	if (date_make(COMMON, *ret_month, *ret_day) == DATE_NONE)
		return read_refuse(r, v, "%s: %s does not come every year", v->key, text);
	return 0;
}

static int parse_day(struct reader *r, const struct yaml *v, const char *text,
		     struct pack_calendar *c)
{
	if (!is_day_of_year(text))
		return refuse_end(r, v, text);
	c->anchor = ANCHOR_DAY;
	return read_day_of_year(r, v, text, &c->month, &c->day);
}

static int parse_end(struct reader *r, const struct yaml *v, const char *text,
		     struct calendar_reader *cr)
{
	if (facts_declared(cr->pack, text)) {
		cr->c.anchor = ANCHOR_DAY_OF;
		return want_fact(r, v, cr->pack, text, FACT_DATE, &cr->c.fact);
	}
	return strncmp(text, "end of ", 7) == 0 ? parse_month_end(r, v, text + 7, cr)
						: parse_day(r, v, text, &cr->c);
}

static int read_end(struct reader *r, const struct key *k, const struct yaml *v,
		    void *into)
{
	struct calendar_reader *cr = into;
	const char *text;

	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (strcmp(text, "issue") == 0 || strcmp(text, "end of issue month") == 0) {
		cr->c.anchor = strcmp(text, "issue") == 0 ? ANCHOR_ISSUE
							  : ANCHOR_ISSUE_MONTH_END;
		return 0;
	}
	int failed = parse_end(r, v, text, cr);
	for (size_t i = 0; failed == 0 && i <= cr->c.length_count; i++) {
		int months = i ? cr->c.lengths[i - 1].value : cr->c.length_months;
		if (months % 12)
			failed = read_refuse(r, v,
					     "length is whole years where a cycle ends "
					     "on a day or month of the year");
	}
	return failed;
}

/* ---- which years ------------------------------------------------------------------------ */

static int read_parity(struct reader *r, const struct yaml *v, int *ret)
{
	static const char *const words[] = {"even", "odd"};

	return READ_WORD(r, v, v->key, words, ret);
}

/* odd, even, or {by: surname, table: {a-m: even, n-z: odd}} */
static int read_phase(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct calendar_reader *cr = into;
	const struct yaml *table;
	enum { TWO_YEARS = 24 };

	if (cr->c.length_months != TWO_YEARS || cr->c.length_count)
		return read_refuse(r, v, "%s goes with a length of 2 years", k->word);
	if (cr->c.anchor != ANCHOR_DAY && cr->c.anchor != ANCHOR_MONTH_END_OF &&
	    cr->c.anchor != ANCHOR_DAY_OF)
		return read_refuse(r, v, "%s goes with an end on a day or month",
				   k->word);
	struct calendar_row *rows = arena_array(
		r->arena, v->kind == YAML_MAP ? v->n + RULES_MAX : 1, sizeof(*rows));
	cr->c.phases = rows;
	if (v->kind != YAML_MAP) {
		cr->c.phase_count = 1;
		rows[0].word = "";
		return read_parity(r, v, &rows[0].value);
	}
	if (read_fact_table(r, v, cr->pack, &cr->c.phase_fact, &table) < 0)
		return -PDH_REFUSED;
	if (table->n > RULES_MAX)
		return read_refuse(r, table, "table has more rows than there are words");
	for (const struct yaml *m = table->first; m; m = m->next) {
		struct calendar_row *row = &rows[cr->c.phase_count++];
		row->word = rules_fold(m->key, r->arena);
		if (read_parity(r, m, &row->value) < 0)
			return -PDH_REFUSED;
	}
	return 0;
}

/* stub: to the first such day after issue; or a length of its own. */
static int read_first(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct calendar_reader *cr = into;
	const char *text;

	cr->c.has_first = true;
	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	return strcmp(text, "stub") == 0 ? 0 : read_months(r, v, &cr->c.first_months);
}

static int read_early(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct calendar_reader *cr = into;

	(void)k;
	return read_months(r, v, &cr->pack->rules.early_months);
}

static int read_leap(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const char *const words[] = {"feb 28", "mar 1"};
	struct calendar_reader *cr = into;
	int choice;

	if (READ_WORD(r, v, k->word, words, &choice) < 0)
		return -PDH_REFUSED;
	if (cr->c.anchor != ANCHOR_DAY_OF)
		return read_refuse(r, v,
				   "leap goes with an end on a day the person knows");
	cr->c.leap_march = choice == 1;
	return 0;
}

/* ["2022-02-01 to 2025-03-29", …], each behind the one before. */
static int read_periods(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	struct calendar_reader *cr = into;
	struct window w;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	struct period *periods = arena_array(r->arena, v->n, sizeof(*periods));
	for (const struct yaml *m = v->first; m; m = m->next) {
		if (read_window(r, m, &w) < 0)
			return -PDH_REFUSED;
		if (w.kind != WINDOW_FIXED)
			return read_refuse(r, m,
					   "a period is its first and last day, such "
					   "as 2022-02-01 to 2025-03-29");
		if (cr->c.period_count &&
		    w.fixed.from != periods[cr->c.period_count - 1].to + 1)
			return read_refuse(r, m,
					   "a period begins where the one before it "
					   "has ended");
		periods[cr->c.period_count++] = w.fixed;
	}
	cr->c.periods = periods;
	return 0;
}

static int read_changed_end(struct reader *r, const struct key *k, const struct yaml *v,
			    void *into)
{
	struct pack_calendar *c = into;
	const char *text;

	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (!is_day_of_year(text))
		return read_refuse(r, v, "%s is a day of the year such as 09-30 here",
				   k->word);
	return read_day_of_year(r, v, text, &c->changed_month, &c->changed_day);
}

/* {from: 2025-07-01, end: 09-30}: another day of the year, for cycles that begin from then
 * on. Where all cycles end together it is not told when one began. */
static int read_changed(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	static const struct key keys[] = {
		{"from", true, read_date, offsetof(struct pack_calendar, changed_from),
		 KIND_DATE},
		{"end", true, read_changed_end, 0, KIND_WORD},
	};
	struct pack_calendar *c = &((struct calendar_reader *)into)->c;
	bool yearly = c->length_months == 12;

	for (size_t i = 0; i < c->length_count; i++)
		yearly = yearly || c->lengths[i].value == 12;
	if (c->anchor != ANCHOR_DAY || c->phase_count || c->has_first || yearly)
		return read_refuse(r, v,
				   "%s goes with an end such as 08-31 of cycles of two "
				   "years or more, and not with phase or first",
				   k->word);
	return READ_MAP(r, v, k->word, keys, c);
}

/* The pack of another credential: where that is held, a cycle ends with its own. */
static int read_follows(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	struct calendar_reader *cr = into;

	if (read_text_of(r, v, k->word, KIND_WORD, &cr->c.follows) < 0)
		return -PDH_REFUSED;
	if (cr->pack->id && strcmp(cr->c.follows, cr->pack->id) == 0)
		return read_refuse(r, v, "%s names another pack than this one", k->word);
	return read_check_id(r, v, k->word, cr->c.follows);
}

int read_calendar(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	static const struct key keys[] = {
		{"length", true, read_length, 0, KIND_WORD},
		{"end", false, read_end, 0, KIND_WORD},
		{"phase", false, read_phase, 0, KIND_WORD},
		{"first", false, read_first, 0, KIND_WORD},
		{"accept before", false, read_early, 0, KIND_WORD},
		{"leap", false, read_leap, 0, KIND_WORD},
		{"periods", false, read_periods, 0, KIND_WORD},
		{"changed", false, read_changed, 0, KIND_WORD},
		{"follows", false, read_follows, 0, KIND_WORD},
	};
	struct calendar_reader cr = {.pack = pack};

	int failed = READ_MAP(r, v, k->word, keys, &cr);
	if (failed == 0)
		cr.pack->calendar = cr.c;
	return failed;
}
