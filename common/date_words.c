#include "common/date_words.h"

#include "common/ascii.h"
#include "common/typed.h"

#include <string.h>

/* What may stand between words; one that says more stands further behind. */
static const char gaps[] = "' ,.-/";

static bool is_gap(char c)
{
	return c && strchr(gaps, c);
}

static bool begins(const char *plain, size_t i)
{
	return i == 0 || is_gap(plain[i - 1]) ||
	       ascii_is_digit(plain[i]) != ascii_is_digit(plain[i - 1]);
}

int date_words_cut(const char *text, char buffer[DATE_TEXT_SIZE], struct date_words *ret)
{
	char plain[2 * DATE_TYPED_MAX], gap = '\0';
	size_t to = 0;

	ret->n = 0;
	if (strlen(text) > DATE_TYPED_MAX || !typed_plain(text, plain, sizeof(plain)))
		return -1;
	if (*plain == '-' || *plain == '/')
		return -1;
	for (size_t i = 0; plain[i]; i++) {
		if (is_gap(plain[i])) {
			if (!gap || strchr(gaps, plain[i]) > strchr(gaps, gap))
				gap = plain[i];
			continue;
		}
		if (begins(plain, i)) {
			if (ret->n == DATE_WORDS_MAX)
				return -1;
			to += ret->n > 0;
			ret->before[ret->n] = gap;
			ret->v[ret->n++] = buffer + to;
			gap = '\0';
		}
		buffer[to++] = plain[i];
		buffer[to] = '\0';
	}
	return ret->n ? 0 : -1;
}

struct date_words date_words_from(const struct date_words *w, size_t from)
{
	struct date_words rest = {.n = w->n - from};

	for (size_t i = 0; i < rest.n; i++) {
		rest.v[i] = w->v[from + i];
		rest.before[i] = w->before[from + i];
	}
	return rest;
}

bool date_word_is(const struct date_words *w, size_t i, const char *word)
{
	return i < w->n && strcmp(w->v[i], word) == 0;
}

int date_word_number(const char *word)
{
	return ascii_is_digit(*word) ? typed_count(word) : -1;
}

/* The place of `word` in a list of full names, of which three letters or more are enough; "fridays" is one too. */
static int name_index(const char *word, const char *const *names, int n)
{
	size_t len = strlen(word);

	len -= len > 6 && word[len - 1] == 's';
	for (int i = 0; i < n; i++)
		if (len >= 3 && strncmp(word, names[i], len) == 0)
			return i + 1;
	return 0;
}

int date_word_month(const char *word)
{
	static const char *const names[] = {
		"january", "february", "march",	    "april",   "may",	   "june",
		"july",	   "august",   "september", "october", "november", "december"};

	return strcmp(word, "sept") == 0 ? 9 : name_index(word, names, 12);
}

int date_word_weekday(const char *word)
{
	static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
					    "friday", "saturday", "sunday"};

	return name_index(word, names, 7);
}

int date_word_unit(const char *word)
{
	static const struct {
		const char *word;
		int days;
	} units[] = {{"day", 1},      {"d", 1},		 {"week", 7},	{"w", 7},
		     {"wk", 7},	      {"fortnight", 14}, {"month", -1}, {"mo", -1},
		     {"quarter", -3}, {"year", -12},	 {"yr", -12},	{"y", -12}};
	size_t len = strlen(word);

	if (len > 1 && word[len - 1] == 's')
		len--;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].word) == len &&
		    strncmp(word, units[i].word, len) == 0)
			return units[i].days;
	return 0;
}

int date_word_year(const char *word, civil_day today)
{
	enum { AHEAD = 20 };
	int this, month, day, year = date_word_number(word);

	if (year < 0 || strlen(word) == 4)
		return year;
	if (strlen(word) != 2)
		return -1;
	date_split(today, &this, &month, &day);
	year += this / 100 * 100;
	if (year > this + AHEAD)
		year -= 100;
	return year + 100 <= this + AHEAD ? year + 100 : year;
}

/* DATE_NONE where date_add_months() would stop at the last. */
civil_day date_words_move(civil_day today, int count, int unit)
{
	int year, month, day;

	if (unit > 0)
		return today + count * unit;
	date_split(today, &year, &month, &day);
	int moved = (year * 12 + month - 1 - unit * count) / 12;
	if (moved < DATE_YEAR_MIN || moved > DATE_YEAR_MAX)
		return DATE_NONE;
	return date_add_months(today, (int64_t)-unit * count);
}
