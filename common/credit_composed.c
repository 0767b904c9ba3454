/* Amounts that are made of others: "2 x 90 min", "1.5h + 45m", "1 CEU (10 hours)", "6 hours in total". */
#include "common/ascii.h"
#include "common/credit_words.h"
#include "common/typed.h"

#include <string.h>

enum { TIMES_MAX = 1000, HOURS_IN_CEU = 10 };

/* ---- times ------------------------------------------------------------------------------ */

/* "x", "*", "times", "sessions of" between a count and an amount; *p moves behind it. */
static bool take_times(const char **p)
{
	static const char *const words[] = {"x",	   "*",		 "times",
					    "sessions of", "session of", "classes of",
					    "meetings of"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);
		if (strncmp(*p, words[i], n) == 0 && !ascii_is_letter((*p)[n])) {
			*p = credit_skip_blanks(*p + n);
			return true;
		}
	}
	return false;
}

/* The count at the beginning, in digits or as a word; -1 where there is none. */
static int take_count(const char **p)
{
	char word[12];
	size_t n = 0;

	while (ascii_is_digit((*p)[n]))
		n++;
	while (n == 0 && ascii_is_letter((*p)[n]))
		n += strspn(*p, "abcdefghijklmnopqrstuvwxyz");
	if (n == 0 || n >= sizeof(word))
		return -1;
	memcpy(word, *p, n);
	word[n] = '\0';
	*p = credit_skip_blanks(*p + n);
	return typed_count(word);
}

static int times(const char *plain, const char *typed, struct credit *ret, struct err *e)
{
	const char *p = plain;
	int count = take_count(&p);

	if (count < 1 || !take_times(&p))
		return 0;
	if (count > TIMES_MAX)
		return credit_unreadable(typed, e);
	int r = credit_single(p, typed, ret, e);
	/* count <= 1000 and the amount below 10^9 units: no overflow. */
	ret->exact *= r == 0 ? count : 1;
	return r < 0 ? r : 1;
}

/* ---- sums ------------------------------------------------------------------------------- */

/* One part of a sum, up to its plus or its end. */
static int part(const char *plain, size_t n, const char *typed, struct credit *ret,
		struct err *e)
{
	char text[CREDIT_PLAIN_SIZE];

	while (n && plain[n - 1] == ' ')
		n--;
	memcpy(text, plain, n);
	text[n] = '\0';
	int r = times(text, typed, ret, e);
	return r == 0 ? credit_single(text, typed, ret, e) : r < 0 ? r : 0;
}

static int sum(const char *plain, const char *typed, struct credit *ret, struct err *e)
{
	struct credit c, all = {0, NULL};

	if (!strchr(plain, '+'))
		return 0;
	for (const char *p = plain; p;) {
		const char *plus = strchr(p, '+');
		int r = part(p, plus ? (size_t)(plus - p) : strlen(p), typed, &c, e);
		if (r < 0)
			return r;
		if (all.unit && strcmp(all.unit, c.unit) != 0)
			return err_set(e, -PDH_USAGE, NULL,
				       "\"%.40s\" adds %s and %s; log each by itself",
				       typed, credit_unit_brief(all.unit),
				       credit_unit_brief(c.unit));
		all.unit = c.unit;
		if (credit_add(all.exact, c.exact, &all.exact, e) < 0)
			return e->code;
		p = plus ? credit_skip_blanks(plus + 1) : NULL;
	}
	*ret = all;
	return 1;
}

/* ---- the same in another unit ----------------------------------------------------------- */

/* Whether both say one amount; a CEU is ten hours (IACET: one CEU is ten contact hours of instruction). */
static bool same_amount(const struct credit *a, const struct credit *b)
{
	if (credit_unit_is(a->unit, UNIT_CEU) && credit_unit_is_hours(b->unit))
		return a->exact * HOURS_IN_CEU == b->exact;
	if (credit_unit_is_hours(a->unit) && credit_unit_is(b->unit, UNIT_CEU))
		return a->exact == b->exact * HOURS_IN_CEU;
	return strcmp(a->unit, b->unit) == 0 && a->exact == b->exact;
}

static int bracket(const char *plain, const char *typed, struct credit *ret,
		   struct err *e)
{
	const char *open = strstr(plain, " ("), *end = plain + strlen(plain);
	struct credit inner;

	if (!open || end[-1] != ')')
		return 0;
	int r = part(plain, (size_t)(open - plain), typed, ret, e);
	if (r == 0)
		r = part(open + 2, (size_t)(end - open) - 3, typed, &inner, e);
	if (r < 0)
		return r;
	return same_amount(ret, &inner)
		       ? 1
		       : err_set(e, -PDH_USAGE, NULL,
				 "\"%.40s\" says two amounts; type one of them", typed);
}

/* ---- the whole -------------------------------------------------------------------------- */

/* "6 hours in total" */
static int total(const char *plain, const char *typed, struct credit *ret, struct err *e)
{
	static const char *const words[] = {" in total", " total", " in all",
					    " altogether"};
	size_t length = strlen(plain);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i]);
		if (length <= n || strcmp(plain + length - n, words[i]) != 0)
			continue;
		int r = part(plain, length - n, typed, ret, e);
		return r < 0 ? r : 1;
	}
	return 0;
}

int credit_composed(const char *plain, const char *typed, struct credit *ret,
		    struct err *e)
{
	int r = bracket(plain, typed, ret, e);

	if (r == 0)
		r = total(plain, typed, ret, e);
	if (r == 0)
		r = sum(plain, typed, ret, e);
	return r == 0 ? times(plain, typed, ret, e) : r;
}
