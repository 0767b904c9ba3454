/* Hours from one time of the clock to another: "9-11:30, 1-3pm", "9:00-15:30 -30m". */
#include "common/ascii.h"
#include "common/credit_words.h"

#include <string.h>

enum {
	NOON = 720,
	DAY = 1440,
	PAST_NOON_MAX =
		480, /* "10:30-1:00" goes past noon, "11:30-9:00" is more likely a slip */
	PAST_MIDNIGHT_MAX = 720,
	SESSIONS_MAX = 12,
};

/* A time as it is typed: a minute of the day, or one of two where no half of it is said. */
struct clock {
	int minute;
	enum { ANY_HALF, AM, PM } half;
	bool twelve; /* it may be one of a clock of twelve hours */
	bool marked; /* it can be nothing but a time */
};

struct session {
	int from, length; /* minutes */
};

static bool take(const char **p, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*p, word, n) != 0 || ascii_is_letter((*p)[n]))
		return false;
	*p += n;
	return true;
}

static void take_half(const char **p, struct clock *c)
{
	static const char *const words[2][4] = {{"a.m.", "a.m", "am", "a"},
						{"p.m.", "p.m", "pm", "p"}};
	const char *q = credit_skip_blanks(*p);

	for (int half = 0; half < 2; half++)
		for (size_t i = 0; i < 4; i++)
			if (c->half == ANY_HALF && take(&q, words[half][i])) {
				c->half = half == 0 ? AM : PM;
				*p = q;
			}
}

/* A zone of the United States behind a time: both times are of one place, so that it changes nothing. */
static void take_zone(const char **p)
{
	static const char *const words[] = {"est", "edt", "et", "cst", "cdt", "ct",
					    "mst", "mdt", "mt", "pst", "pdt", "pt"};
	const char *q = credit_skip_blanks(*p);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (take(&q, words[i])) {
			*p = q;
			return;
		}
}

/* "0900" of a clock of 24 hours, with the four digits read; false where it is none. */
static bool four_digits(int64_t digits, struct clock *ret)
{
	ret->minute = (int)(digits / 100 * 60 + digits % 100);
	ret->marked = true;
	return digits % 100 < 60 && ret->minute <= DAY;
}

/* "9", "9:30", "9:30 pm", "0930", "noon"; false where there is no time. */
static bool read_clock(const char **p, struct clock *ret)
{
	const char *from = *p;

	*ret = (struct clock){.half = ANY_HALF};
	if (take(p, "noon") || take(p, "midnight")) {
		*ret = (struct clock){NOON, *from == 'n' ? PM : AM, true, true};
		return true;
	}
	int64_t hours = credit_digits(p), minutes = 0;
	if (*p - from == 4 && hours >= 0 && **p != ':')
		return four_digits(hours, ret);
	if (hours < 0 || hours > 24 || *p - from > 2)
		return false;
	if (**p == ':') {
		const char *digits = ++*p;
		minutes = credit_digits(p);
		ret->marked = true;
		if (*p - digits != 2 || minutes > 59)
			return false;
	}
	ret->minute = (int)(hours * 60 + minutes);
	ret->twelve = *from != '0' && hours >= 1 && hours <= 12;
	take_half(p, ret);
	ret->marked = ret->marked || ret->half != ANY_HALF;
	if (ret->marked)
		take_zone(p);
	return ret->minute <= DAY && (ret->half == ANY_HALF || ret->twelve);
}

static int in_half(const struct clock *c, bool pm)
{
	return c->minute % NOON + (pm ? NOON : 0);
}

/* The minutes it may be. How many there are. */
static int readings(const struct clock *c, int ret[2])
{
	ret[0] =
		c->half == ANY_HALF && !c->twelve ? c->minute : in_half(c, c->half == PM);
	ret[1] = in_half(c, true);
	return c->half == ANY_HALF && c->twelve ? 2 : 1;
}

/* Where a half is said, the shortest time that goes with it. */
static bool measure_halves(const struct clock *from, const struct clock *to,
			   struct session *ret)
{
	int a[2], b[2], na = readings(from, a), nb = readings(to, b);
	bool said = na == 1 && nb == 1;

	ret->length = 0;
	for (int i = 0; i < na; i++)
		for (int k = 0; k < nb; k++) {
			int length = (b[k] - a[i] + DAY) % DAY;
			if (length && (!ret->length || length < ret->length))
				*ret = (struct session){a[i], length};
		}
	bool same_day = said && b[0] > a[0];
	return ret->length > 0 && (same_day || ret->length <= PAST_MIDNIGHT_MAX);
}

/* How long it is; false where it ends before it begins. */
static bool measure(const struct clock *from, const struct clock *to, struct session *ret)
{
	if (from->half != ANY_HALF || to->half != ANY_HALF)
		return measure_halves(from, to, ret);
	*ret = (struct session){from->minute, to->minute - from->minute};
	if (ret->length >= 0)
		return ret->length > 0;
	if (from->twelve && to->twelve) {
		ret->length += NOON;
		return ret->length > 0 && ret->length <= PAST_NOON_MAX;
	}
	ret->length += DAY;
	return ret->length <= PAST_MIDNIGHT_MAX;
}

/* "-", "to" or "until" between two times. */
static bool take_dash(const char **p)
{
	*p = credit_skip_blanks(*p);
	bool dash = **p == '-';
	*p += dash;
	bool found = dash || take(p, "to") || take(p, "until") || take(p, "till");
	*p = credit_skip_blanks(*p);
	return found;
}

/* A comma, a semicolon, "and", "+" or "&" between two sessions. */
static bool take_comma(const char **p)
{
	*p = credit_skip_blanks(*p);
	bool found = take(p, "and");
	for (; **p == ',' || **p == ';' || **p == '+' || **p == '&' || **p == ' '; (*p)++)
		found = found || **p != ' ';
	found = take(p, "and") || found;
	*p = credit_skip_blanks(*p);
	return found;
}

/* The words of one break at `q`, up to where something else begins; a dash within "30-minute" belongs to them. */
static size_t break_length(const char *q)
{
	size_t n = 0;

	do
		n += strcspn(q + n, ",;+&-)");
	while (q[n] == '-' && ascii_is_letter(q[n + 1]) && ++n);
	return n;
}

/* "a 30 min lunch" -> "30 min": whether the text said what the break was for. */
static bool cut_purpose(char *text)
{
	static const char *const before[] = {"a ", "lunch of ", "break of ", "lunch ",
					     "break "};
	static const char *const behind[] = {" break", " for", " lunch", " for"};
	bool named = strstr(text, "lunch") || strstr(text, "break");

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		size_t n = strlen(before[i]);
		if (strncmp(text, before[i], n) == 0 && ascii_is_digit(text[n]))
			memmove(text, text + n, strlen(text + n) + 1);
	}
	for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
		size_t n = strlen(behind[i]), length = strlen(text);
		if (length > n && strcmp(text + length - n, behind[i]) == 0)
			text[length - n] = '\0';
	}
	return named;
}

/* "-30m", "minus 30 min", "less 1h", "with 30 min lunch", "(30 min lunch)": a break; 1, 0 where there is none, or an
 * error. */
static int take_break(const char **p, const char *typed, int64_t *ret, struct err *e)
{
	char amount[CREDIT_PLAIN_SIZE] = "";
	const char *q = credit_skip_blanks(*p), first = *q;
	const bool dash = first == '-', bracket = first == '(';
	struct credit c;

	q += dash || bracket || first == ',';
	const bool sure = dash || take(&q, "minus") || take(&q, "less");
	if (!sure && !bracket && first != ',' && !take(&q, "with"))
		return 0;
	q = credit_skip_blanks(q);
	size_t n = break_length(q);
	memcpy(amount, q, n);
	if (!cut_purpose(amount) && !sure)
		return 0;
	if (!*amount || ascii_is_digit(amount[strlen(amount) - 1]) ||
	    (bracket && q[n] != ')') || credit_amount(amount, typed, &c, e) < 0 ||
	    !credit_unit_is(c.unit, UNIT_HOUR))
		return credit_unreadable(typed, e);
	*ret = c.exact;
	*p = q + n + bracket;
	return 1;
}

static bool overlap(const struct session *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (v[i].from < v[k].from + v[k].length &&
			    v[k].from < v[i].from + v[i].length)
				return true;
	return false;
}

/* "2025-2026" is a school year, not two times. */
static bool are_years(const char *from, const char *to)
{
	return to - from == 9 && strncmp(from, "20", 2) == 0 && from[4] == '-' &&
	       strncmp(from + 5, "20", 2) == 0;
}

/* One session at *p, with the breaks behind it: 1, 0 where there is none, or an error. */
static int take_session(const char **p, const char *typed, struct session *ret,
			int64_t *sum, bool *marked, struct err *e)
{
	const char *begin = *p;
	struct clock from, to;
	int64_t pause = 0;
	int r;

	if (!read_clock(p, &from) || !take_dash(p) || !read_clock(p, &to))
		return 0;
	if (are_years(begin, *p))
		return 0;
	*marked = *marked || from.marked || to.marked;
	if (!measure(&from, &to, ret))
		return err_set(e, -PDH_USAGE, NULL, "\"%.40s\" ends before it begins",
			       typed);
	int64_t worth = (int64_t)ret->length * CREDIT_MINUTE;
	while ((r = take_break(p, typed, &pause, e)) > 0)
		worth -= pause;
	if (r == 0 && worth <= 0)
		return err_set(e, -PDH_USAGE, NULL,
			       "the break in \"%.40s\" leaves nothing", typed);
	*sum += worth;
	return r < 0 ? r : 1;
}

int credit_clocks(const char *plain, const char *typed, int64_t *ret, struct err *e)
{
	struct session v[SESSIONS_MAX];
	const char *p = plain;
	bool marked = false;
	size_t n = 0;
	int64_t sum = 0;

	if (take(&p, "from"))
		p = credit_skip_blanks(p);
	do {
		int r = n < SESSIONS_MAX
				? take_session(&p, typed, &v[n], &sum, &marked, e)
				: 0;
		if (r < 0)
			return r;
		if (r == 0)
			return n == 0 ? 0 : credit_unreadable(typed, e);
		n++;
	} while (take_comma(&p));
	if (*credit_skip_blanks(p))
		return n == 1 ? 0 : credit_unreadable(typed, e);
	if (!marked) {
		err_set(e, -PDH_USAGE, NULL, "\"%.40s\" may be times or an amount",
			typed);
		return err_hint(e, "write times with minutes: 9:00-11:00");
	}
	if (overlap(v, n))
		return err_set(e, -PDH_USAGE, NULL,
			       "two of the times in \"%.40s\" overlap", typed);
	*ret = sum;
	return 1;
}
