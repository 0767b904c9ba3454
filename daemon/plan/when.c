/* When something that is added is done: "2026-07", "14 jul", "monthly until 2027-06". */
#include "daemon/plan/plan.h"

#include "common/ascii.h"

#include <stdio.h>
#include <string.h>

enum { DATE_WORDS = 3 }; /* "in 30 days" */

static bool any_quoted(const struct plan_tokens *words, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (words->v[i].quoted)
			return true;
	return false;
}

static bool is_word(const struct plan_tokens *words, size_t i, const char *word)
{
	return i < words->n && !words->v[i].quoted && ascii_same(words->v[i].text, word);
}

/* "2026-07-14", "2026-07", "2026-Q3", "2026": it can be nothing but a date. */
static bool looks_dated(const char *text)
{
	return strspn(text, "0123456789") == 4 && (text[4] == '-' || !text[4]);
}

/* "3/4", "3/4/2026": nothing but a date too, though maybe one of two. */
static bool is_slashed(const char *text)
{
	return strchr(text, '/') && !text[strspn(text, "0123456789/")];
}

/* The last day of a month by its name, "jul" or "july 2027". */
static bool read_month(const char *text, civil_day today, civil_day *ret)
{
	char on_first[64];
	int year, month, day;
	struct err ignored;
	civil_day found;

	date_split(today, &year, &month, &day);
	if (strlen(text) + 3 > sizeof(on_first))
		return false;
	snprintf(on_first, sizeof(on_first), "1 %s", text);
	if (date_parse(on_first, date_make(year, month, 1), DATE_ORDER_UNTOLD,
		       DATE_FUTURE, &found, &ignored) < 0)
		return false;
	*ret = date_month_end(found);
	return true;
}

/* A day, or the last of a month, quarter or year: 1; 0 where it is none; or an error. */
static int read_day(const char *text, civil_day today, civil_day *ret, struct err *e)
{
	struct period p;
	struct err ignored, why;

	if (looks_dated(text)) {
		if (period_parse(text, today, DATE_ORDER_UNTOLD, &p, &ignored) < 0 ||
		    p.to == DATE_NONE)
			return err_set(e, -PDH_USAGE, "add",
				       "\"%.40s\" is not a date; try 2026-07-14, 2026-07 "
				       "or 14 jul",
				       text);
		*ret = p.to;
		return 1;
	}
	int r = date_parse(text, today, DATE_ORDER_UNTOLD, DATE_FUTURE, ret, &why);
	if (r == 0 && *ret != DATE_CLEAR)
		return 1;
	if (r < 0 && is_slashed(text))
		return err_set(e, -PDH_USAGE, "add", "%s", why.message);
	return read_month(text, today, ret);
}

/* ---- again and again -------------------------------------------------------------------- */

enum every { EVERY_WEEK, EVERY_MONTH, EVERY_YEAR };

static const struct {
	const char *word, *unit;
} everies[] = {
	[EVERY_WEEK] = {"weekly", "week"},
	[EVERY_MONTH] = {"monthly", "month"},
	[EVERY_YEAR] = {"yearly", "year"},
};

/* Where "monthly" or "every month" stands, and how many words it has; 0: nowhere. */
static size_t find_every(const struct plan_tokens *words, size_t *ret_at, enum every *ret)
{
	for (size_t i = words->n; i-- > 0;)
		for (size_t k = 0; k < sizeof(everies) / sizeof(everies[0]); k++) {
			bool two = (is_word(words, i, "every") ||
				    is_word(words, i, "each")) &&
				   is_word(words, i + 1, everies[k].unit);
			if (!two && !is_word(words, i, everies[k].word))
				continue;
			*ret_at = i;
			*ret = (enum every)k;
			return two ? 2 : 1;
		}
	return 0;
}

/* The n-th time; past the days there are it is a day after the last. */
static civil_day step(civil_day first, enum every every, int n)
{
	enum { WEEK = 7, YEAR = 12 };

	if (n == 0)
		return first;
	if (every == EVERY_WEEK)
		return first + n * WEEK;
	return date_months_last(first, every == EVERY_MONTH ? n : n * YEAR) + 1;
}

/* "from DATE", "until DATE" behind it, in either order. */
static int read_bounds(struct work *w, const struct plan_tokens *words, size_t at,
		       civil_day *ret_from, civil_day *ret_until, struct err *e)
{
	while (at < words->n) {
		bool from = is_word(words, at, "from");
		size_t to = at + 1;
		while (to < words->n && !is_word(words, to, "from") &&
		       !is_word(words, to, "until"))
			to++;
		const char *text = plan_tokens_join(words, at + 1, to, " ", w->arena);
		if (!from && !is_word(words, at, "until"))
			return err_set(
				e, -PDH_USAGE, "add",
				"\"%.40s\" stands behind %.20s; only from and until "
				"with a date may",
				words->v[at].text, words->v[at - 1].text);
		int r = read_day(text, w->today, from ? ret_from : ret_until, e);
		if (r == 0)
			err_set(e, -PDH_USAGE, "add",
				"needs a date behind %s, not \"%.40s\"; try 2026-07-14 or "
				"14 jul",
				from ? "from" : "until", text);
		if (r <= 0)
			return -PDH_USAGE;
		at = to;
	}
	return 0;
}

static int repeat(struct work *w, enum every every, civil_day first, civil_day until,
		  civil_day **ret, size_t *ret_n, struct err *e)
{
	civil_day *v = arena_array(w->arena, PLAN_ADDED_MAX, sizeof(*v));
	size_t n = 0;

	if (until == DATE_NONE)
		return err_set(e, -PDH_REFUSED, "add",
			       "%s needs an end, for no cycle has one: add until DATE",
			       everies[every].word);
	for (civil_day day; (day = step(first, every, (int)n)) <= until; n++) {
		if (n == PLAN_ADDED_MAX)
			return err_set(
				e, -PDH_REFUSED, "add",
				"%s is more than %d times by then; give an earlier "
				"day with until",
				everies[every].word, PLAN_ADDED_MAX);
		v[n] = day;
	}
	if (n == 0)
		return err_set(e, -PDH_REFUSED, "add",
			       "%s would begin after its end, and add nothing",
			       everies[every].word);
	*ret = v;
	*ret_n = n;
	return 0;
}

/* ---- the end of the words --------------------------------------------------------------- */

static int one_day(struct work *w, struct plan_tokens *words, civil_day *ret,
		   struct err *e)
{
	*ret = w->today;
	for (size_t n = DATE_WORDS; n > 0; n--) {
		if (n > words->n || any_quoted(words, words->n - n, words->n))
			continue;
		const char *text =
			plan_tokens_join(words, words->n - n, words->n, " ", w->arena);
		int r = read_day(text, w->today, ret, e);
		if (r < 0)
			return r;
		if (r > 0) {
			words->n -= n;
			return 0;
		}
	}
	*ret = w->today;
	return 0;
}

static int refuse_past(struct work *w, civil_day day, struct err *e)
{
	char human[DATE_HUMAN_SIZE];

	if (day >= w->today)
		return 0;
	date_format_human(day, human);
	err_set(e, -PDH_REFUSED, "add",
		"%s is in the past, and a plan is for days to come", human);
	return err_hint(e, "to log what is done: pdh log");
}

int plan_when(struct work *w, struct plan_tokens *words, civil_day last, civil_day **ret,
	      size_t *ret_n, struct err *e)
{
	enum every every;
	size_t at = 0, taken = find_every(words, &at, &every);
	civil_day first = DATE_NONE, until = last, *v;
	int r;

	if (taken) {
		r = read_bounds(w, words, at + taken, &first, &until, e);
		words->n = at;
		if (r == 0 && first != DATE_NONE)
			r = refuse_past(w, first, e);
		if (r < 0)
			return r;
		if (first == DATE_NONE)
			first = step(w->today, every, 1);
		return repeat(w, every, first, until, ret, ret_n, e);
	}
	v = arena_alloc(w->arena, sizeof(*v));
	r = one_day(w, words, v, e);
	if (r == 0)
		r = refuse_past(w, *v, e);
	*ret = v;
	*ret_n = 1;
	return r;
}
