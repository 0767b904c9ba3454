#include "common/credit.h"

#include "common/ascii.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *word, *brief, *many, *accepted;
} units[UNIT_COUNT] = {
#define X(name, word, brief, many, accepted, text) {word, brief, many, accepted},
	CREDIT_UNIT_MAP(X)
#undef X
};

/* Whether `word` is one of the words of a list with | between them; case does not matter. */
static bool listed(const char *list, const char *word)
{
	size_t n = strlen(word);

	while (n && *list) {
		size_t len = strcspn(list, "|");
		if (len == n && ascii_same_n(list, word, n))
			return true;
		list += len + (list[len] == '|');
	}
	return false;
}

const char *credit_unit_find(const char *word)
{
	for (size_t i = 0; i < UNIT_COUNT; i++)
		if (ascii_same(units[i].word, word) || ascii_same(units[i].many, word) ||
		    listed(units[i].accepted, word))
			return units[i].word;
	return NULL;
}

enum credit_unit credit_unit_number(const char *unit)
{
	for (size_t i = 0; i < UNIT_COUNT; i++)
		if (strcmp(units[i].word, unit) == 0)
			return (enum credit_unit)i;
	return UNIT_HOUR;
}

const char *credit_unit_word(enum credit_unit unit)
{
	return units[unit].word;
}

const char *credit_unit_brief(const char *unit)
{
	for (size_t i = 0; i < UNIT_COUNT; i++)
		if (strcmp(units[i].word, unit) == 0)
			return units[i].brief;
	return strcmp(unit, "clock hour") == 0 ? "h" : unit;
}

const char *credit_unit_behind(const char *unit, int64_t exact)
{
	static const char *const own[][2] = {
		{"credit", "credits"}, {"unit", "units"}, {"rating", "ratings"}};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(unit, own[i][0]) == 0 || strcmp(unit, own[i][1]) == 0)
			return own[i][exact != CREDIT_ONE];
	return credit_unit_brief(unit);
}

bool credit_unit_is(const char *unit, enum credit_unit one)
{
	return strcmp(unit, units[one].word) == 0;
}

bool credit_unit_is_hours(const char *unit)
{
	return strcmp(credit_unit_brief(unit), units[UNIT_HOUR].brief) == 0 ||
	       credit_unit_is(unit, UNIT_CONTACT_HOUR);
}

bool credit_unit_same(const char *a, const char *b)
{
	return strcmp(a, b) == 0 || (credit_unit_is_hours(a) && credit_unit_is_hours(b));
}

int64_t ratio_divisor(int64_t a, int64_t b)
{
	while (b) {
		int64_t rest = a % b;
		a = b;
		b = rest;
	}
	return a;
}

struct ratio ratio_of(int64_t num, int64_t den)
{
	int64_t d = ratio_divisor(num, den);

	return (struct ratio){num / d, den / d};
}

int credit_add(int64_t a, int64_t b, int64_t *ret, struct err *e)
{
	int64_t sum;

	if (__builtin_add_overflow(a, b, &sum))
		return err_set(e, -PDH_REFUSED, NULL, "the sum is too large");
	*ret = sum;
	return 0;
}

int credit_convert(int64_t amount, struct ratio r, int64_t *ret, struct err *e)
{
	int128 product = (int128)amount * r.num;
	int128 q = product / r.den;

	if (product % r.den < 0)
		q--;
	if (q > INT64_MAX || q < INT64_MIN)
		return err_set(e, -PDH_REFUSED, NULL, "the amount is too large");
	*ret = (int64_t)q;
	return 0;
}

/* The magnitude: INT64_MIN has no positive twin in int64_t. */
static uint64_t magnitude(int64_t v)
{
	return v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
}

static const uint64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000};

/* Writes v / CREDIT_ONE with `decimals` digits, the last one rounded half up. */
static void write_decimal(int64_t exact, unsigned decimals, char out[CREDIT_TEXT_SIZE])
{
	int128 scaled = (int128)magnitude(exact) * tens[decimals];
	uint64_t v = (uint64_t)((scaled + CREDIT_ONE / 2) / CREDIT_ONE);
	const char *sign = exact < 0 && v ? "-" : "";

	if (decimals)
		snprintf(out, CREDIT_TEXT_SIZE, "%s%llu.%0*llu", sign,
			 (unsigned long long)(v / tens[decimals]), (int)decimals,
			 (unsigned long long)(v % tens[decimals]));
	else
		snprintf(out, CREDIT_TEXT_SIZE, "%s%llu", sign, (unsigned long long)v);
}

void credit_format_fixed(int64_t exact, int decimals, char out[CREDIT_TEXT_SIZE])
{
	write_decimal(exact,
		      decimals < 0   ? 0
		      : decimals > 3 ? 3
				     : (unsigned)decimals,
		      out);
}

void credit_format(int64_t exact, char out[CREDIT_TEXT_SIZE])
{
	enum { ROUNDED = 4, MOST = 7 };

	for (unsigned decimals = 1; decimals <= MOST; decimals++) {
		if ((int128)magnitude(exact) * tens[decimals] % CREDIT_ONE == 0) {
			write_decimal(exact, decimals, out);
			return;
		}
	}
	write_decimal(exact, ROUNDED, out);
}
