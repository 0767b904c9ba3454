#include "client/read/day.h"

#include "common/ascii.h"
#include "common/clock.h"
#include "common/similar.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_SECONDS = 86400 };

/* ---- numbers and their separators ---------------------------------------------------------------- */

struct numbers {
	int v[3];
	int digits[3];
	char separator; /* between the first two */
	const char *rest;
};

/* Up to three numbers with / - or . between them. How many there are. */
static int take_numbers(const char *p, struct numbers *n)
{
	int count = 0;

	for (; count < 3; count++) {
		const char *from = p;
		n->v[count] = 0;
		for (; ascii_is_digit(*p) && p - from < 8; p++)
			n->v[count] = n->v[count] * 10 + (*p - '0');
		n->digits[count] = (int)(p - from);
		if (p == from || ascii_is_digit(*p))
			break;
		n->rest = p;
		if (count == 2 || !*p || !strchr("/-.", *p) ||
		    (count == 1 && *p != n->separator))
			return count + 1;
		n->separator = *p++;
		/* "13. 3. 2026" */
		while (n->separator == '.' && *p == ' ')
			p++;
	}
	return count;
}

static bool is_iso(const struct numbers *n)
{
	return n->digits[0] == 4;
}

/* Day and month in one of two orders, and then a year. */
static bool is_ordered(const struct numbers *n)
{
	return n->digits[0] <= 2 && n->digits[1] <= 2 &&
	       (n->digits[2] == 4 || n->digits[2] == 2);
}

void day_look(const char *text, int64_t line, struct day_evidence *e)
{
	struct numbers n;

	int count = take_numbers(text, &n);

	if (count < 3) {
		e->words = e->words || (*text && !ascii_is_digit(*text));
		e->excel = e->excel || (count > 0 && n.digits[0] == 5);
		return;
	}
	e->iso = e->iso || is_iso(&n);
	if (!is_ordered(&n))
		return;
	if (n.separator == '.') {
		e->dots = true;
		e->dots_month_first = e->dots_month_first || n.v[1] > 12;
		return;
	}
	e->slashes = true;
	e->first_over_12 = e->first_over_12 || n.v[0] > 12;
	e->second_over_12 = e->second_over_12 || n.v[1] > 12;
	if (!e->unsure && n.v[0] <= 12 && n.v[1] <= 12 && n.v[0] != n.v[1]) {
		e->unsure = text;
		e->line = line;
	}
}

/* A year of two digits is the last that is not after the next year. */
static int whole_year(int year, int digits, civil_day today)
{
	int this, month, day;

	if (digits > 2)
		return year;
	date_split(today, &this, &month, &day);
	year += this / 100 * 100;
	return year > this + 1 ? year - 100 : year;
}

static civil_day from_numbers(const struct numbers *n, enum day_order order,
			      civil_day today)
{
	if (is_iso(n))
		return date_make(n->v[0], n->v[1], n->v[2]);
	if (!is_ordered(n))
		return DATE_NONE;
	bool day_first = order == DAY_DAY_FIRST ||
			 (order == DAY_UNTOLD && n->separator == '.') || n->v[0] > 12;
	if (n->v[1] > 12)
		day_first = false;
	return date_make(whole_year(n->v[2], n->digits[2], today),
			 n->v[day_first ? 1 : 0], n->v[day_first ? 0 : 1]);
}

/* "20260313", and Excel's count of days from the end of 1899. */
static civil_day from_digits(const struct numbers *n)
{
	enum { EXCEL_ZERO = -25569, EXCEL_FIRST = 20000, EXCEL_LAST = 80000 };

	if (n->digits[0] == 8)
		return date_make(n->v[0] / 10000, n->v[0] / 100 % 100, n->v[0] % 100);
	if (n->digits[0] == 5 && n->v[0] >= EXCEL_FIRST && n->v[0] <= EXCEL_LAST)
		return n->v[0] + EXCEL_ZERO;
	return DATE_NONE;
}

/* ---- months by name -------------------------------------------------------------------------------- */

/* The beginnings of the names of the months in English, German, French and Spanish, folded. */
static int month_of(const char *word)
{
	static const char *const names[12] = {
		"jan ene", "feb fev",  "mar",	   "apr avr abr",
		"may mai", "jun juin", "jul juil", "aug aou ago",
		"sep",	   "oct okt",  "nov",	   "dec dez dic"};
	size_t best = 0;
	int month = 0;

	for (int i = 0; i < 12; i++)
		for (const char *p = names[i]; *p;) {
			size_t n = strcspn(p, " ");
			if (n > best && strncmp(word, p, n) == 0) {
				best = n;
				month = i + 1;
			}
			p += n + (p[n] == ' ');
		}
	return month;
}

struct words_date {
	int day, month, year, year_digits;
	bool several; /* months: "May 30 - June 2" is not a day */
};

static void take_word(struct words_date *d, const char *word, size_t n)
{
	int number = ascii_is_digit(*word) ? atoi(word) : 0;

	if (!ascii_is_digit(*word)) {
		int month = month_of(word);
		d->several = d->several || (d->month && month && month != d->month);
		d->month = d->month ? d->month : month;
	} else if (n == 4 && ascii_is_digit(word[3])) {
		d->year = number;
		d->year_digits = 4;
	} else if (!d->day) {
		d->day = number;
	} else if (!d->year_digits) {
		d->year = number;
		d->year_digits = 2;
	}
}

/* "14 March 2026", "Fri, Mar 14th 2026", "14-Mar-26": a month by name, a day and a year. */
static civil_day from_words(const char *text, civil_day today, struct arena *a)
{
	struct words_date d = {0};
	const char *folded = similar_words(text, a);
	int words = 0;

	for (const char *p = folded; *p && words < 6; words++) {
		size_t n = strcspn(p, " ");
		take_word(&d, p, n);
		p += n + (p[n] == ' ');
	}
	if (!d.day || !d.month || !d.year_digits || d.several)
		return DATE_NONE;
	return date_make(whole_year(d.year, d.year_digits, today), d.month, d.day);
}

/* ---- times ------------------------------------------------------------------------------------------- */

static int two_digits(const char **p, int most)
{
	int v = 0, n = 0;

	for (; n < 2 && ascii_is_digit(**p); n++, (*p)++)
		v = v * 10 + (**p - '0');
	return n == 0 || v > most ? -1 : v;
}

static const char *skip_spaces(const char *p)
{
	while (*p == ' ')
		p++;
	return p;
}

/* AM and PM, also "a.m."; false where the hour does not go with it. */
static bool take_half(const char **p, int *hour)
{
	const char *q = skip_spaces(*p);
	char half = ascii_lower(*q);

	if ((half != 'a' && half != 'p') ||
	    (ascii_lower(q[1]) != 'm' && (q[1] != '.' || ascii_lower(q[2]) != 'm')))
		return true;
	*p = q + (q[1] == '.' ? 3 : 2);
	*p += **p == '.';
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (half == 'p' ? 12 : 0);
	return true;
}

/* A time at *p, which moves behind it; -1: there is none. */
static int32_t take_time(const char **p)
{
	const char *q = *p;
	int hour = two_digits(&q, 24), minute = 0, second = 0;
	bool colons = *q == ':';

	if (hour < 0)
		return -1;
	if (colons || ascii_is_digit(*q)) {
		q += colons;
		minute = two_digits(&q, 59);
		if (minute >= 0 && (colons ? *q == ':' : ascii_is_digit(*q))) {
			q += colons;
			second = two_digits(&q, 60);
		}
	}
	if (minute < 0 || second < 0)
		return -1;
	if (*q == '.' || *q == ',')
		for (q++; ascii_is_digit(*q);)
			q++;
	const char *bare = q;
	if (!take_half(&q, &hour))
		return -1;
	/* A number alone is no time. */
	if (bare - *p <= 2 && q == bare)
		return -1;
	*p = q;
	return hour * 3600 + minute * 60 + second;
}

int32_t time_of_day_read(const char *text)
{
	const char *p = skip_spaces(text);
	int32_t second = take_time(&p);

	return *skip_spaces(p) ? -1 : second;
}

/* "Z", "+05:30", "-0600": minutes east of Greenwich; INT32_MIN: none. */
static int32_t take_zone(const char *p)
{
	if (*p == 'Z' || *p == 'z')
		return 0;
	if (*p != '+' && *p != '-')
		return INT32_MIN;
	int sign = *p++ == '-' ? -1 : 1;
	int hours = two_digits(&p, 15);
	p += *p == ':';
	int minutes = *p ? two_digits(&p, 59) : 0;
	return hours < 0 || minutes < 0 ? INT32_MIN : sign * (hours * 60 + minutes);
}

/* UTC is nobody's own place, so it becomes the local one. */
static void place(struct moment *m, int32_t zone)
{
	m->instant = true;
	m->epoch = (int64_t)m->day * DAY_SECONDS + m->second - (int64_t)zone * 60;
	if (zone != 0)
		return;
	m->day = clock_day_of(m->epoch);
	m->second = (int32_t)(m->epoch + (int64_t)clock_zone(m->epoch) * 60 -
			      (int64_t)m->day * DAY_SECONDS);
}

/* The time behind a day, if there is one. */
static void add_time(struct moment *m, const char *rest)
{
	rest += *rest == 'T' || *rest == ',';
	rest = skip_spaces(rest);
	m->second = take_time(&rest);
	if (m->second < 0)
		return;
	int32_t zone = take_zone(skip_spaces(rest));
	if (zone != INT32_MIN)
		place(m, zone);
}

/* The part of a day behind Excel's number of it. */
static void add_fraction(struct moment *m, const char *rest)
{
	double part = strtod(rest, NULL);

	m->second = part > 0 && part < 1 ? (int32_t)(part * DAY_SECONDS + 0.5) : -1;
}

bool moment_read(const char *text, enum day_order order, civil_day today, struct arena *a,
		 struct moment *ret)
{
	struct moment m = {.day = DATE_NONE, .second = -1};
	struct numbers n;
	int count = take_numbers(text, &n);

	if (count == 3) {
		m.day = from_numbers(&n, order, today);
		if (m.day != DATE_NONE)
			add_time(&m, n.rest);
	} else if (count >= 1 && (m.day = from_digits(&n)) != DATE_NONE) {
		if (n.digits[0] == 8)
			add_time(&m, n.rest);
		else
			add_fraction(&m, text + n.digits[0]);
	}
	if (m.day == DATE_NONE)
		m.day = from_words(text, today, a);
	if (!date_is_day(m.day) || !date_in_bounds(m.day))
		return false;
	*ret = m;
	return true;
}
