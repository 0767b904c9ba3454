#include "client/read/amount.h"

#include "common/ascii.h"

#include <string.h>

enum { LONGEST = 40, MINUTE = 60000, SECOND = 1000 };

static enum amount_result bad(struct amount *ret, const char *why)
{
	ret->why = why;
	return AMOUNT_BAD;
}

/* ---- h:mm ------------------------------------------------------------------------------------------- */

static int whole(const char **p, int most)
{
	int v = 0, n = 0;

	for (; ascii_is_digit(**p) && n < 5; n++, (*p)++)
		v = v * 10 + (**p - '0');
	return n == 0 || v > most ? -1 : v;
}

/* "1:30" and "02:30:00", and how they were read where the column is not one of clocks. */
static enum amount_result from_clock(const char *text, const struct amount_form *form,
				     struct arena *a, struct amount *ret)
{
	const char *p = text;
	int hours = whole(&p, 99999), minutes = -1, seconds = 0;

	if (hours >= 0 && *p == ':' && ascii_is_digit(p[1]) && ascii_is_digit(p[2])) {
		p++;
		minutes = whole(&p, 59);
	}
	if (minutes >= 0 && *p == ':') {
		p++;
		seconds = whole(&p, 59);
	}
	if (hours < 0 || minutes < 0 || seconds < 0 || *p)
		return bad(ret, "not an amount");
	if (form->unit && strcmp(form->unit, "minute") == 0)
		return bad(ret, "hours and minutes in a column of minutes");
	ret->credit.exact = hours * CREDIT_ONE + minutes * (int64_t)MINUTE +
			    seconds * (int64_t)SECOND;
	ret->credit.unit = credit_unit_word(UNIT_HOUR);
	if (!form->unit || strcmp(form->unit, "clock") != 0)
		ret->flag =
			seconds ? arena_printf(a, "\"%s\" read as %d h %02d min %02d s",
					       text, hours, minutes, seconds)
				: arena_printf(a, "\"%s\" read as %d h %02d", text, hours,
					       minutes);
	return ret->credit.exact ? AMOUNT_READ : AMOUNT_ZERO;
}

/* ---- numbers ------------------------------------------------------------------------------------------ */

/* The number with a point for its decimals and nothing between its thousands: "1,250.5", "1.250,5" and "2,5" all end
 * so. False where "1,250" may be two numbers. */
static bool normalize(const char *from, size_t n, char decimal, char *to, bool *comma)
{
	const char *dot = memrchr(from, '.', n), *cut = memrchr(from, ',', n);
	const char *last = dot > cut ? dot : cut;
	size_t used = 0;

	if (decimal)
		last = decimal == '.' ? dot : cut;
	else if (cut && !dot && from + n - cut == 4 && cut - from <= 3 && *from != '0')
		return false;
	*comma = last && *last == ',';
	for (const char *p = from; p < from + n; p++) {
		if (ascii_is_digit(*p))
			to[used++] = *p;
		else if (p == last)
			to[used++] = '.';
	}
	to[used] = '\0';
	return true;
}

/* A decimal in 1/3,600,000, to the nearest; 1 where more than noise was rounded away, -1 where it is too large. */
static int decimal(const char *text, int64_t *ret)
{
	enum { MOST = 15 };
	int64_t scale = 1;
	int128 v = 0;
	int places = 0;
	bool behind = false;

	for (const char *p = text; *p; p++) {
		if (*p == '.') {
			behind = true;
			continue;
		}
		if (behind && ++places > MOST)
			break;
		v = v * 10 + (*p - '0');
		if (behind)
			scale *= 10;
		if (v / scale > CREDIT_MAX)
			return -1;
	}
	int128 product = v * CREDIT_ONE, rest = product % scale;
	*ret = (int64_t)((product + scale / 2) / scale);
	if (rest * 2 > scale)
		rest = scale - rest;
	return rest * 1000 > scale;
}

static bool is_among(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (ascii_same(text, *words))
			return true;
	return false;
}

/* Also what files in German, French and Spanish write behind a number. */
static const char *unit_word(const char *text, bool *minutes)
{
	static const char *const of_minutes[] = {
		"m",	   "min",     "mins",	"min.",	   "minute",
		"minutes", "minuten", "minuto", "minutos", NULL};
	static const char *const of_hours[] = {
		"std",	 "std.", "stunde", "stunden", "heure",	     "heures", "hora",
		"horas", "h.",	 "hrs.",   "hr.",     "zeitstunden", NULL};

	*minutes = is_among(text, of_minutes);
	return *minutes || is_among(text, of_hours) ? "hour" : credit_unit_find(text);
}

static enum amount_result scale(struct amount *ret, const char *unit, bool minutes,
				bool rounded, const char *text, struct arena *a)
{
	if (minutes) {
		rounded = rounded || ret->credit.exact % 60 * 1000 > 60;
		ret->credit.exact = (ret->credit.exact + 30) / 60;
	}
	if (ret->credit.exact > CREDIT_MAX)
		return bad(ret, "credit is at most 100000");
	ret->credit.unit = credit_unit_find(unit);
	if (rounded)
		ret->flag = arena_printf(
			a, "\"%s\" rounded to the nearest that pdh keeps", text);
	return ret->credit.exact ? AMOUNT_READ : AMOUNT_ZERO;
}

/* "2h30" has its minutes right behind the letter; "2 hrs 30" may be anything, and is only read where that is wished. */
static bool is_plain(const char *rest)
{
	size_t letters = 0;

	rest += strspn(rest, " ");
	while (ascii_is_letter(rest[letters]) || rest[letters] == ' ')
		letters++;
	const char *more = rest + letters;
	size_t digits = strspn(more, "0123456789");
	if (digits == 0)
		return true;
	return ascii_is_letter(more[digits]) || more[digits] == '/' ||
	       more[digits] == ' ' ||
	       (letters == 1 && ascii_lower(*rest) == 'h' && digits == 2);
}

static bool has_word(const char *text)
{
	while (*text && !ascii_is_letter(*text))
		text++;
	return *text;
}

/* Hours and minutes, each with a word, or a fraction with one. */
static enum amount_result from_words(const char *text, const char *rest,
				     const struct amount_form *form, struct arena *a,
				     struct amount *ret)
{
	char hours[CREDIT_TEXT_SIZE];
	struct err ignored;

	if (!has_word(rest) || credit_parse_or_none(text, &ret->credit, &ignored) < 0)
		return bad(ret, "not an amount");
	if (form->lenient || is_plain(rest))
		return ret->credit.exact ? AMOUNT_READ : AMOUNT_ZERO;
	credit_format(ret->credit.exact, hours);
	return bad(ret, arena_printf(a, "read it as %s with --lenient", hours));
}

static enum amount_result from_number(const char *text, const struct amount_form *form,
				      struct arena *a, struct amount *ret)
{
	char number[LONGEST + 1];
	size_t n = strspn(text, "0123456789.,");
	const char *rest = text + n + strspn(text + n, " ");
	bool minutes = false;

	if (!normalize(text, n, form->decimal, number, &ret->comma))
		return bad(ret,
			   "a thousand or a decimal? say --decimal . or --decimal ,");
	int r = decimal(number, &ret->credit.exact);
	if (r < 0)
		return bad(ret, "credit is at most 100000");
	const char *unit = *rest ? unit_word(rest, &minutes) : form->unit;
	if (*rest && !unit)
		return from_words(text, text + n, form, a, ret);
	if (!unit || strcmp(unit, "ask") == 0)
		return ret->credit.exact ? AMOUNT_NO_UNIT : AMOUNT_ZERO;
	if (strcmp(unit, "minute") == 0)
		minutes = true;
	if (minutes || strcmp(unit, "clock") == 0)
		unit = "hour";
	return scale(ret, unit, minutes, r > 0, text, a);
}

static enum amount_result read_one(const char *text, const struct amount_form *form,
				   struct arena *a, struct amount *ret);

/* "1.5 CEU (15 hrs)": the same in another unit, in parentheses. What stands first counts, and that is told; NULL: it is
 * nothing of that kind. */
static const char *before_other(const char *text, const struct amount_form *form,
				struct arena *a)
{
	const char *open = strstr(text, " ("), *close = open ? strchr(open, ')') : NULL;
	struct amount other;

	if (!close || close[1] || open == text)
		return NULL;
	const char *inside = arena_dup_n(a, open + 2, (size_t)(close - open - 2));
	return read_one(inside, form, a, &other) == AMOUNT_READ
		       ? arena_dup_n(a, text, (size_t)(open - text))
		       : NULL;
}

/* "Contact Hours: 3.0" and "PT1H30M" (ISO 8601) as people write them, "3.0 Contact Hours" and "1H30M"; others as they are. */
static const char *plain_form(const char *text, struct arena *a)
{
	const char *colon = strchr(text, ':'), *amount = colon ? colon + 1 : NULL;
	bool minutes;

	if (strncmp(text, "PT", 2) == 0 && ascii_is_digit(text[2]))
		return text + 2;
	if (!colon || !ascii_is_letter(*text))
		return text;
	amount += strspn(amount, " ");
	const char *label = arena_dup_n(a, text, (size_t)(colon - text));
	return ascii_is_digit(*amount) && unit_word(label, &minutes)
		       ? arena_printf(a, "%s %s", amount, label)
		       : text;
}

/* Most boards count an hour that a file calls a contact hour as one of the clock, and so does the column of hours beside it.
 * What pdh wrote itself ("2.0 contact h"), or a file that is said to have contact hours, keeps them. */
static const char *unit_of_file(const char *text, const struct amount_form *form,
				const char *unit)
{
	const char *brief = credit_unit_brief(credit_unit_word(UNIT_CONTACT_HOUR));
	const size_t n = strlen(text), m = strlen(brief);
	const bool said = form->unit && strcmp(form->unit, "contact hour") == 0;

	if (!credit_unit_is_hours(unit) || (n >= m && ascii_same(text + n - m, brief)))
		return unit;
	return credit_unit_word(said ? UNIT_CONTACT_HOUR : UNIT_HOUR);
}

enum amount_result amount_read(const char *text, const struct amount_form *form,
			       struct arena *a, struct amount *ret)
{
	const char *first = NULL;

	if (strlen(text) <= LONGEST) {
		text = plain_form(text, a);
		first = before_other(text, form, a);
	}
	enum amount_result r = read_one(first ? first : text, form, a, ret);

	if (r == AMOUNT_READ)
		ret->credit.unit = unit_of_file(text, form, ret->credit.unit);
	if (first && r == AMOUNT_READ)
		ret->flag = arena_printf(a, "\"%s\" read as %s", text, first);
	return r;
}

static enum amount_result read_one(const char *text, const struct amount_form *form,
				   struct arena *a, struct amount *ret)
{
	*ret = (struct amount){.credit = {0, NULL}};
	if (strlen(text) > LONGEST)
		return bad(ret, "not an amount");
	if (*text == '-')
		return bad(ret, "less than nothing");
	if (credit_times(text, &ret->credit))
		return AMOUNT_READ;
	if (strchr(text, ':'))
		return from_clock(text, form, a, ret);
	if (!ascii_is_digit(*text) && !(*text == '.' && ascii_is_digit(text[1])))
		return bad(ret, "not an amount");
	return from_number(text, form, a, ret);
}
