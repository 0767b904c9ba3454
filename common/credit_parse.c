/* Credit as a person types it: an amount with a unit, hours and minutes, or a range of
 * the clock. */
#include "common/credit.h"

#include "common/ascii.h"

#include <string.h>

enum { LONGEST = 40, MINUTE = 60000 }; /* a minute in exact hours */

static int unreadable(const char *text, struct err *e)
{
	return err_set(
		e, -PDH_USAGE, NULL,
		"\"%.40s\" is no amount of credit; try 2.5h, 2h30, 150m, 9:00-11:30, 1.5ceu or "
		"3sh",
		text);
}

static const char *skip_spaces(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

/* Up to nine digits; *p moves behind them. -1 without a digit or with too many. */
static int64_t read_whole(const char **p)
{
	int64_t v = 0;
	int n = 0;

	for (; ascii_is_digit(**p); (*p)++, n++) {
		if (n == 9)
			return -1;
		v = v * 10 + **p - '0';
	}
	return n ? v : -1;
}

/* A decimal in 1/3,600,000: 0, -1 unreadable, -2 not exact. */
static int read_decimal(const char **p, bool comma, int64_t *ret)
{
	enum { DECIMALS = 6 };
	int64_t scale = 1, fraction = 0, whole = 0;
	int n = 0;

	if (**p != '.' && (whole = read_whole(p)) < 0)
		return -1;
	if (**p == '.' || (comma && **p == ',')) {
		for ((*p)++; ascii_is_digit(**p); (*p)++, n++) {
			if (n == DECIMALS)
				return -2;
			fraction = fraction * 10 + **p - '0';
			scale *= 10;
		}
		if (n == 0)
			return -1;
	}
	/* whole < 10^9 and CREDIT_ONE < 10^7: no overflow. */
	if (fraction * CREDIT_ONE % scale)
		return -2;
	*ret = whole * CREDIT_ONE + fraction * CREDIT_ONE / scale;
	return 0;
}

/* "9:00" in minutes of the day, or -1. */
static int64_t read_clock(const char **p)
{
	int64_t hours = read_whole(p);

	if (hours < 0 || hours > 24 || **p != ':')
		return -1;
	(*p)++;
	const char *from = *p;
	int64_t minutes = read_whole(p);
	if (*p - from != 2 || minutes > 59 || hours * 60 + minutes > 24 * 60)
		return -1;
	return hours * 60 + minutes;
}

/* "9:00-11:30", or "2:30" for a length: 0, or -1 if it is neither. */
static int read_clocks(const char *text, int64_t *ret, struct err *e)
{
	const char *p = text;
	int64_t from = read_clock(&p);

	p = skip_spaces(p);
	if (from < 0)
		return unreadable(text, e);
	if (!*p) {
		*ret = from * MINUTE;
		return 0;
	}
	if (*p != '-')
		return unreadable(text, e);
	p = skip_spaces(p + 1);
	int64_t to = read_clock(&p);
	if (to < 0 || *skip_spaces(p))
		return unreadable(text, e);
	if (to <= from)
		return err_set(e, -PDH_USAGE, NULL, "\"%.40s\" ends before it begins",
			       text);
	*ret = (to - from) * MINUTE;
	return 0;
}

static bool is_minutes(const char *unit)
{
	static const char *const words[] = {"m", "min", "mins", "minute", "minutes"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (ascii_same(unit, words[i]))
			return true;
	return false;
}

/* The rest of "2h30", "2h30m", "2 h 30 min" behind the hours. */
static int read_minutes(const char *text, const char *p, int64_t *ret, struct err *e)
{
	int64_t minutes = read_whole(&p);

	p = skip_spaces(p);
	if (minutes < 0 || (*p && !is_minutes(p)))
		return unreadable(text, e);
	if (minutes > 59)
		return err_set(e, -PDH_USAGE, NULL,
			       "\"%.40s\" has more than 59 minutes to the hour", text);
	*ret += minutes * MINUTE;
	return 0;
}

static int read_amount(const char *text, bool comma, struct credit *ret, struct err *e)
{
	char unit[LONGEST + 1];
	const char *p = text;
	size_t n = 0;
	int r = read_decimal(&p, comma, &ret->exact);
	bool whole = p == text + strspn(text, "0123456789");

	if (r == -2)
		return err_set(
			e, -PDH_USAGE, NULL,
			"\"%.40s\" cannot be kept exactly; use fewer decimals, or minutes",
			text);
	if (r < 0)
		return unreadable(text, e);
	p = skip_spaces(p);
	while (ascii_is_letter(*p) || (*p == ' ' && ascii_is_letter(p[1])))
		unit[n++] = *p++;
	unit[n] = '\0';
	p = skip_spaces(p);
	/* Minutes by themselves, "150m", keep thousandths: 7.5 min is exact. */
	if (is_minutes(unit) && !*p) {
		if (ret->exact % 60)
			return unreadable(text, e);
		ret->exact /= 60;
		n = 0;
	}
	ret->unit = n ? credit_unit_find(unit) : credit_unit_find("hour");
	if (!ret->unit) {
		err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is no unit of credit", unit);
		return err_hint(
			e,
			"h, m, ceu, sh (semester hours), qh (quarter hours) or pt (points)");
	}
	if (!*p)
		return 0;
	return whole && n && strcmp(ret->unit, "hour") == 0
		       ? read_minutes(text, p, &ret->exact, e)
		       : unreadable(text, e);
}

int credit_is_none(struct err *e)
{
	return err_set(e, -PDH_REFUSED, NULL, "credit must be more than zero");
}

int credit_parse_or_none(const char *text, bool comma, struct credit *ret, struct err *e)
{
	struct credit c = {0, credit_unit_find("hour")};

	text = skip_spaces(text);
	if (strlen(text) > LONGEST)
		return unreadable(text, e);
	if (*text == '-' && ascii_is_digit(text[1]))
		return credit_is_none(e);
	int r = strchr(text, ':') ? read_clocks(text, &c.exact, e)
				  : read_amount(text, comma, &c, e);
	if (r < 0)
		return r;
	if (c.exact > CREDIT_MAX)
		return err_set(e, -PDH_REFUSED, NULL, "credit is at most 100000");
	*ret = c;
	return 0;
}

int credit_parse(const char *text, bool comma, struct credit *ret, struct err *e)
{
	struct credit c;
	int r = credit_parse_or_none(text, comma, &c, e);

	if (r == 0 && c.exact == 0)
		r = credit_is_none(e);
	if (r == 0)
		*ret = c;
	return r;
}

/* A topic may hold an equals sign, an amount none. */
size_t credit_part_topic(const char *part)
{
	const char *equals = strrchr(part, '=');

	return equals ? (size_t)(equals - part) : 0;
}

const char *credit_part(const char *part, struct arena *a, int64_t *ret_exact)
{
	size_t length = credit_part_topic(part);
	struct credit c = {0, NULL};
	struct err ignored;

	if (length == 0 || credit_parse(part + length + 1, false, &c, &ignored) < 0)
		return NULL;
	*ret_exact = c.exact;
	return arena_dup_n(a, part, length);
}
