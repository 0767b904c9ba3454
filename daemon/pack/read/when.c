/* What rules ask of the person and of the days: conditions and windows. */
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rules.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* ---- conditions ------------------------------------------------------------------------- */

int when_check_fact(struct rules_reader *rr, const struct yaml *v, const char *name)
{
	const char *const *always = kind_words(KIND_KNOWN);
	const struct pack *p = rr->pack;
	const char **words =
		arena_array(rr->r->arena, p->fact_count + KNOWN_VALUES, sizeof(*words));
	size_t n = 0;

	for (; always[n]; n++)
		words[n] = always[n];
	for (size_t i = 0; i < p->fact_count; i++)
		words[n++] = p->facts[i].name;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], name) == 0)
			return 0;
	return read_refuse_word(rr->r, v, "facts", name, words, n);
}

static const char *after(const char *text, const char *word)
{
	size_t n = strlen(word);

	return strncmp(text, word, n) == 0 && text[n] == ' ' ? text + n + 1 : NULL;
}

static int read_day(struct reader *r, const struct yaml *v, const char *text,
		    civil_day *ret)
{
	struct err why;

	if (date_parse_iso(text, ret, &why) < 0)
		return read_refuse(r, v, "%s: %s", v->key ? v->key : "when", why.message);
	return 0;
}

static int read_bound(struct reader *r, const struct yaml *v, const char *text,
		      int64_t *ret)
{
	struct err why;

	*ret = 0;
	if (strcmp(text, "0") == 0 ||
	    (units_parse(text, ret, &why) == 0 && *ret <= 1000000 * CREDIT_ONE))
		return 0;
	return read_refuse(r, v, "\"%.40s\" is not a number to compare with", text);
}

/* A value that the fact can never have is a mistake, and one that is written otherwise is
 * kept as the fact is. */
static int read_value(struct rules_reader *rr, const struct yaml *v, const char *text,
		      struct condition *c)
{
	const struct pack *p = rr->pack;
	struct err why;

	for (size_t i = 0; i < p->fact_count; i++)
		if (strcmp(p->facts[i].name, v->key) == 0 &&
		    fact_read(&p->facts[i], text, rr->r->arena, &text, &why) < 0)
			return read_refuse(rr->r, v, "%s", why.message);
	where_add_word(rr->r->arena, &c->words, rules_fold(text, rr->r->arena));
	return 0;
}

static int read_asked(struct rules_reader *rr, const struct yaml *v, const char *text,
		      struct condition *c)
{
	struct reader *r = rr->r;
	const char *rest;

	if ((rest = after(text, "before"))) {
		c->op = BEFORE;
		return read_day(r, v, rest, &c->day);
	}
	if ((rest = after(text, "from"))) {
		c->op = FROM;
		return read_day(r, v, rest, &c->day);
	}
	if ((rest = after(text, "at least"))) {
		c->op = AT_LEAST;
		return read_bound(r, v, rest, &c->number);
	}
	if ((rest = after(text, "at most"))) {
		c->op = AT_MOST;
		return read_bound(r, v, rest, &c->number);
	}
	if ((rest = after(text, "not"))) {
		c->op = IS_NOT;
		text = rest;
	}
	return read_value(rr, v, text, c);
}

static int read_condition(struct rules_reader *rr, const struct yaml *m,
			  struct condition *c)
{
	const char *text;

	*c = (struct condition){.fact = m->key, .day = DATE_NONE};
	if (when_check_fact(rr, m, m->key) < 0)
		return -PDH_REFUSED;
	c->fact = arena_dup(rr->r->arena, m->key);
	if (m->kind == YAML_MAP)
		return read_refuse(rr->r, m, "%s takes a word or a list of words",
				   m->key);
	for (const struct yaml *one = m->kind == YAML_LIST ? m->first : m; one;
	     one = m->kind == YAML_LIST ? one->next : NULL) {
		if (read_text_of(rr->r, one, m->key, KIND_WORD, &text) < 0 ||
		    read_asked(rr, m, text, c) < 0)
			return -PDH_REFUSED;
		if (m->kind == YAML_LIST && c->op != IS)
			return read_refuse(rr->r, m, "%s: a list holds plain words",
					   m->key);
	}
	bool dated = c->op == BEFORE || c->op == FROM;
	enum rule_known known = rule_known_of(m->key);
	if (known == KNOWN_ISSUED && !dated)
		return read_refuse(rr->r, m, "issued takes before or from and a day");
	bool answer =
		c->op == IS && c->words.n == 1 &&
		(strcmp(c->words.v[0], "yes") == 0 || strcmp(c->words.v[0], "no") == 0);
	if (known == KNOWN_FURTHER && !answer)
		return read_refuse(rr->r, m, "%s is yes or no", m->key);
	if ((known == KNOWN_ENDORSEMENT || known == KNOWN_LEVEL) && c->op != IS &&
	    c->op != IS_NOT)
		return read_refuse(rr->r, m, "%s takes words", m->key);
	return 0;
}

int read_conditions(struct rules_reader *rr, const struct yaml *v, const char *what,
		    struct conditions *ret)
{
	if (read_want(rr->r, v, what, YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct condition *all = arena_array(rr->r->arena, v->n, sizeof(*all));
	for (const struct yaml *m = v->first; m; m = m->next)
		if (read_condition(rr, m, &all[ret->n++]) < 0)
			return -PDH_REFUSED;
	ret->v = all;
	return 0;
}

/* ---- windows ---------------------------------------------------------------------------- */

/* "36 months", "6 years": months, or -1. */
static int months_of(const char *text)
{
	struct err ignored;
	int months;

	return span_parse(text, &months, &ignored) < 0 ? -1 : months;
}

/* "2025-01-01 to 2027-12-31" */
static int read_fixed(struct reader *r, const struct yaml *v, const char *text,
		      struct window *ret)
{
	struct period p;

	if (read_day(r, v, arena_dup_n(r->arena, text, DATE_ISO_SIZE - 1), &p.from) < 0 ||
	    read_day(r, v, text + DATE_ISO_SIZE - 1 + strlen(" to "), &p.to) < 0)
		return -PDH_REFUSED;
	if (p.to < p.from)
		return read_refuse(r, v, "window ends before it begins");
	*ret = (struct window){.kind = WINDOW_FIXED, .fixed = p};
	return 0;
}

/* "each school year ending in period after year of issue": whole years, by where they end. */
static bool read_ending(const char *text, struct window *ret)
{
	static const struct {
		const char *word;
		enum window_kind kind;
	} years[] = {{"each school year ending in period", WINDOW_EACH_SCHOOL},
		     {"each calendar year ending in period", WINDOW_EACH_CALENDAR}};

	for (size_t i = 0; i < COUNT(years); i++) {
		size_t n = strlen(years[i].word);
		if (strncmp(text, years[i].word, n) != 0)
			continue;
		*ret = (struct window){
			.kind = years[i].kind,
			.fixed = {DATE_NONE, DATE_NONE},
			.ending = true,
			.after_issue = strcmp(text + n, " after year of issue") == 0};
		return ret->after_issue || !text[n];
	}
	return false;
}

int read_window(struct reader *r, const struct yaml *v, struct window *ret)
{
	static const struct {
		const char *word;
		enum window_kind kind;
	} plain[] = {
		{"period", WINDOW_PERIOD},
		{"each year", WINDOW_EACH_YEAR},
		{"each calendar year", WINDOW_EACH_CALENDAR},
		{"each school year", WINDOW_EACH_SCHOOL},
		{"since issue", WINDOW_SINCE_ISSUE},
		{"ever", WINDOW_EVER},
	};
	const char *text, *rest;
	enum { MOST_TURNS = 100 };

	if (read_text_of(r, v, "window", KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < COUNT(plain); i++)
		if (strcmp(plain[i].word, text) == 0) {
			*ret = (struct window){.kind = plain[i].kind,
					       .fixed = {DATE_NONE, DATE_NONE}};
			return 0;
		}
	if (read_ending(text, ret))
		return 0;
	if (strlen(text) == strlen("2025-01-01 to 2027-12-31") &&
	    strncmp(text + DATE_ISO_SIZE - 1, " to ", 4) == 0)
		return read_fixed(r, v, text, ret);
	*ret = (struct window){
		.kind = WINDOW_LAST, .n = -1, .fixed = {DATE_NONE, DATE_NONE}};
	if ((rest = after(text, "since last")) || (rest = after(text, "last"))) {
		const char *now = strstr(rest, " to now");
		if (now && !now[7]) {
			ret->kind = WINDOW_LAST_TO_NOW;
			rest = arena_dup_n(r->arena, rest, (size_t)(now - rest));
		}
		ret->n = months_of(rest);
	} else if ((rest = after(text, "before"))) {
		ret->kind = WINDOW_BEFORE;
		ret->n = months_of(rest);
	} else if ((rest = after(text, "nth"))) {
		char *end;
		long n = strtol(rest, &end, 10);
		ret->kind = WINDOW_NTH;
		ret->n = !*end && n >= 2 && n <= MOST_TURNS ? (int)n : -1;
	}
	if (ret->n > 0)
		return 0;
	return read_refuse(
		r, v,
		"window is period, each year, each calendar year, each school year, "
		"each school year ending in period, last 36 months, last 2 years to now, before 6 months, since issue, ever, "
		"nth 3 or two days with to between them; not \"%.40s\"",
		text);
}
