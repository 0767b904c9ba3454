/* Credit as a person types it: an amount with a unit, hours and minutes, or times of the clock. */
#include "common/ascii.h"
#include "common/credit_words.h"
#include "common/typed.h"

#include <string.h>

enum { DECIMALS = 6, ROUNDED = 4 };

/* What reading a number may come to. */
enum { NUMBER_READ, NUMBER_NONE = -1, NUMBER_INEXACT = -2, NUMBER_UNSURE = -3 };

int credit_unreadable(const char *typed, struct err *e)
{
	return err_set(
		e, -PDH_USAGE, NULL,
		"\"%.40s\" is not an amount of credit; try 2.5h, 2h30, 150m, 9:00-11:30, 1.5ceu or "
		"3sh",
		typed);
}

const char *credit_skip_blanks(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

int64_t credit_digits(const char **p)
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

/* ---- numbers ---------------------------------------------------------------------------- */

/* credit_format() writes 20 minutes as 0.3333 of an hour: the sixtieths that are written so are read again, as
 * sixtieths of `*scale`. */
static int64_t unround(int64_t fraction, int64_t *scale)
{
	enum { PARTS = 60 };
	const int64_t part = (fraction * PARTS + *scale / 2) / *scale;

	if (part * *scale % PARTS == 0 || (part * *scale + PARTS / 2) / PARTS != fraction)
		return fraction;
	*scale = PARTS;
	return part;
}

/* What stands behind the point or the comma. whole < 10^9 and CREDIT_ONE < 10^7: no overflow. */
static int read_decimals(const char **p, int64_t whole, int64_t *ret)
{
	int64_t scale = 1, fraction = 0;
	const char *from = ++*p;
	const bool comma = from[-1] == ',';

	for (; ascii_is_digit(**p); (*p)++) {
		if (*p - from == DECIMALS)
			return NUMBER_INEXACT;
		fraction = fraction * 10 + **p - '0';
		scale *= 10;
	}
	if (*p == from)
		return NUMBER_NONE;
	if (comma && *p - from == 3 && whole > 0 && whole < 1000)
		return NUMBER_UNSURE;
	if (*p - from == ROUNDED)
		fraction = unround(fraction, &scale);
	if (fraction * CREDIT_ONE % scale)
		return NUMBER_INEXACT;
	*ret = whole * CREDIT_ONE + fraction * CREDIT_ONE / scale;
	return NUMBER_READ;
}

/* "1/2" from its slash on, beside a whole number. */
static int read_fraction(const char **p, int64_t whole, int64_t num, int64_t *ret)
{
	enum { MOST = 10000 };

	(*p)++;
	int64_t den = credit_digits(p);
	if (den < 1 || den > MOST || num > MOST)
		return NUMBER_NONE;
	if (num * CREDIT_ONE % den)
		return NUMBER_INEXACT;
	*ret = whole * CREDIT_ONE + num * CREDIT_ONE / den;
	return NUMBER_READ;
}

/* "2", "2.5", "2,5", "1/2", "1 1/2". */
static int read_number(const char **p, int64_t *ret)
{
	int64_t whole = 0;

	if (**p != '.' && (whole = credit_digits(p)) < 0)
		return NUMBER_NONE;
	if (**p == '.' && !ascii_is_digit((*p)[1]))
		return NUMBER_NONE;
	if (**p == '.' || **p == ',')
		return read_decimals(p, whole, ret);
	if (**p == '/')
		return read_fraction(p, 0, whole, ret);
	const char *q = credit_skip_blanks(*p);
	int64_t num = q > *p ? credit_digits(&q) : -1;
	if (num >= 0 && *q == '/') {
		*p = q;
		return read_fraction(p, whole, num, ret);
	}
	*ret = whole * CREDIT_ONE;
	return NUMBER_READ;
}

static bool take_word(const char **p, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*p, word, n) != 0 || ascii_is_letter((*p)[n]))
		return false;
	*p = credit_skip_blanks(*p + n);
	return true;
}

/* "half an", "quarter of an", "three", "a". */
static int read_number_word(const char **p, int64_t *ret)
{
	char word[12] = "";
	size_t n = 0;

	if (take_word(p, "half") || take_word(p, "a half")) {
		*ret = CREDIT_ONE / 2;
		(void)(take_word(p, "an") || take_word(p, "a"));
		return NUMBER_READ;
	}
	if (take_word(p, "three quarters of an") ||
	    take_word(p, "three-quarters of an")) {
		*ret = CREDIT_ONE / 4 * 3;
		return NUMBER_READ;
	}
	if (take_word(p, "quarter of an") || take_word(p, "a quarter of an")) {
		*ret = CREDIT_ONE / 4;
		return NUMBER_READ;
	}
	while (ascii_is_letter((*p)[n]))
		n++;
	if (n == 0 || n >= sizeof(word))
		return NUMBER_NONE;
	memcpy(word, *p, n);
	int count = typed_count(word);
	if (count < 0)
		return NUMBER_NONE;
	*p += n;
	*ret = count * CREDIT_ONE;
	return NUMBER_READ;
}

/* ---- units ------------------------------------------------------------------------------ */

static bool is_minutes(const char *unit)
{
	static const char *const words[] = {"m", "min", "mins", "minute", "minutes"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(unit, words[i]) == 0)
			return true;
	return false;
}

static bool cut_end(char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	if (n < m || strcmp(text + n - m, end) != 0)
		return false;
	text[n - m] = '\0';
	return true;
}

/* The words at *p up to a digit, without full stops and "(s)"; *p moves behind them. */
static void read_unit(const char **p, char unit[CREDIT_PLAIN_SIZE])
{
	size_t n = 0;

	*p += **p == '-' && ascii_is_letter((*p)[1]);
	for (; **p && !ascii_is_digit(**p); (*p)++) {
		if (**p == '.')
			continue;
		if (!ascii_is_letter(**p) && **p != ' ' && strncmp(*p, "(s)", 3) != 0)
			break;
		if (**p == '(')
			*p += 2;
		else
			unit[n++] = **p;
	}
	while (n && unit[n - 1] == ' ')
		n--;
	unit[n] = '\0';
}

static int unknown_unit(const char *unit, struct err *e)
{
	err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is not a unit of credit", unit);
	return err_hint(
		e,
		"h, m, ceu, sh (semester hours), qh (quarter hours) or pt (points, as a board "
		"or a sponsor states them: PDU, PLU, CPE)");
}

/* The rest of "2h30", "2h30m", "2 h 30 min" behind the hours. */
static int read_minutes(const char *typed, const char *p, int64_t *ret, struct err *e)
{
	char unit[CREDIT_PLAIN_SIZE];
	int64_t minutes = credit_digits(&p);

	p = credit_skip_blanks(p);
	read_unit(&p, unit);
	if (minutes < 0 || *p || (*unit && !is_minutes(unit)))
		return credit_unreadable(typed, e);
	if (minutes > 59)
		return err_set(e, -PDH_USAGE, NULL,
			       "\"%.40s\" has more than 59 minutes to the hour", typed);
	*ret += minutes * CREDIT_MINUTE;
	return 0;
}

/* ---- amounts ---------------------------------------------------------------------------- */

static int refuse_number(const char *typed, const char *plain, int why, struct err *e)
{
	const char *comma = strchr(plain, ',');

	if (why == NUMBER_INEXACT)
		return err_set(
			e, -PDH_USAGE, NULL,
			"\"%.40s\" cannot be kept exactly; use fewer decimals, or minutes",
			typed);
	if (why != NUMBER_UNSURE || !comma)
		return credit_unreadable(typed, e);
	const int n = (int)(comma - plain);
	return err_set(e, -PDH_USAGE, NULL,
		       "\"%.40s\": a decimal or a thousand? write %.*s.%.3s or %.*s%.3s",
		       typed, n, plain, comma + 1, n, plain, comma + 1);
}

/* "2:30" for a length, also with a word for hours behind it. */
static int read_length(const char *plain, const char *typed, struct credit *ret,
		       struct err *e)
{
	char unit[CREDIT_PLAIN_SIZE];
	const char *p = plain, *from;
	int64_t hours = credit_digits(&p);

	if (hours < 0 || hours > 24 || *p != ':')
		return credit_unreadable(typed, e);
	from = ++p;
	int64_t minutes = credit_digits(&p);
	if (p - from != 2 || minutes > 59 || hours * 60 + minutes > 24 * 60)
		return credit_unreadable(typed, e);
	p += strcmp(p, ":00") == 0 ? 3 : 0;
	p = credit_skip_blanks(p);
	read_unit(&p, unit);
	const char *known = *unit ? credit_unit_find(unit) : credit_unit_word(UNIT_HOUR);
	if (*p || !known || !credit_unit_is(known, UNIT_HOUR))
		return credit_unreadable(typed, e);
	*ret = (struct credit){(hours * 60 + minutes) * CREDIT_MINUTE, known};
	return 0;
}

int credit_amount(const char *plain, const char *typed, struct credit *ret, struct err *e)
{
	char unit[CREDIT_PLAIN_SIZE];
	const char *p = plain;
	const bool word = ascii_is_letter(*plain);
	int r = word ? read_number_word(&p, &ret->exact) : read_number(&p, &ret->exact);
	const bool whole = p == plain + strspn(plain, "0123456789");

	if (r < 0)
		return refuse_number(typed, plain, r, e);
	p = credit_skip_blanks(p);
	if (take_word(&p, "and a half"))
		ret->exact += CREDIT_ONE / 2;
	read_unit(&p, unit);
	(void)cut_end(unit, " and");
	if (cut_end(unit, " and a half"))
		ret->exact += CREDIT_ONE / 2;
	/* Minutes by themselves, "150m", keep thousandths: 7.5 min is exact. */
	if (is_minutes(unit) && !*p) {
		if (ret->exact % 60)
			return refuse_number(typed, plain, NUMBER_INEXACT, e);
		ret->exact /= 60;
		*unit = '\0';
	} else if (word && !*unit) {
		return credit_unreadable(typed, e);
	}
	ret->unit = *unit ? credit_unit_find(unit) : credit_unit_word(UNIT_HOUR);
	if (!ret->unit)
		return unknown_unit(unit, e);
	if (!*p)
		return 0;
	if (*p == ',' && p[1] == ' ')
		p = credit_skip_blanks(p + 1);
	return (whole || word) && *unit && credit_unit_is(ret->unit, UNIT_HOUR)
		       ? read_minutes(typed, p, &ret->exact, e)
		       : credit_unreadable(typed, e);
}

int credit_single(const char *plain, const char *typed, struct credit *ret, struct err *e)
{
	return strchr(plain, ':') ? read_length(plain, typed, ret, e)
				  : credit_amount(plain, typed, ret, e);
}

int credit_is_none(struct err *e)
{
	return err_set(e, -PDH_REFUSED, NULL, "credit must be more than zero");
}

int credit_parse_or_none(const char *text, struct credit *ret, struct err *e)
{
	char plain[CREDIT_PLAIN_SIZE];
	struct credit c = {0, credit_unit_word(UNIT_HOUR)};

	if (strlen(text) > CREDIT_TYPED_MAX || !typed_plain(text, plain, sizeof(plain)))
		return credit_unreadable(text, e);
	if (*plain == '-' && ascii_is_digit(plain[1]))
		return credit_is_none(e);
	int r = credit_clocks(plain, text, &c.exact, e);
	if (r == 0)
		r = credit_composed(plain, text, &c, e);
	if (r == 0)
		r = credit_single(plain, text, &c, e);
	if (r < 0)
		return r;
	if (c.exact > CREDIT_MAX)
		return err_set(e, -PDH_REFUSED, NULL, "credit is at most 100000");
	*ret = c;
	return 0;
}

bool credit_times(const char *text, struct credit *ret)
{
	char plain[CREDIT_PLAIN_SIZE];
	struct err ignored;
	int64_t exact;

	if (strlen(text) > CREDIT_TYPED_MAX || !typed_plain(text, plain, sizeof(plain)) ||
	    credit_clocks(plain, text, &exact, &ignored) <= 0)
		return false;
	*ret = (struct credit){exact, credit_unit_word(UNIT_HOUR)};
	return true;
}

int credit_parse(const char *text, struct credit *ret, struct err *e)
{
	struct credit c;
	int r = credit_parse_or_none(text, &c, e);

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

	if (length == 0 || credit_parse(part + length + 1, &c, &ignored) < 0)
		return NULL;
	*ret_exact = c.exact;
	return arena_dup_n(a, part, length);
}
