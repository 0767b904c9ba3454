#include "common/credit_opening.h"

#include "common/ascii.h"
#include "common/date.h"
#include "common/word_list.h"

#include <stdlib.h>
#include <string.h>

enum { WORDS_MOST = 16 };

/* One part: its words, of which some are the amount and one may be a year. */
struct part {
	struct word_list words;
	size_t first, end; /* the words of the amount */
	struct credit credit;
	int year;
	const char *topic; /* NULL: none */
};

struct openings {
	struct credit_opening *v;
	size_t n;
	struct arena *a;
};

/* ---- one part ---------------------------------------------------------------------------- */

/* "2025": a year that hours can have been earned in, and hardly as many hours. */
static int year_of(const char *word)
{
	if (strlen(word) != 4 || word[strspn(word, "0123456789")])
		return 0;
	int year = (int)strtol(word, NULL, 10);
	return year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX ? year : 0;
}

static bool amount_at(struct part *p, size_t first, size_t n, struct arena *a)
{
	struct err ignored;

	if (first + n > p->words.n ||
	    (n == 1 && p->words.n > 1 && year_of(p->words.v[first])) ||
	    credit_parse_or_none(word_list_join(&p->words, first, first + n, a),
				 &p->credit, &ignored) < 0)
		return false;
	p->first = first;
	p->end = first + n;
	return true;
}

/* "60h", or "60 h" of two words. */
static bool find_amount(struct part *p, struct arena *a)
{
	for (size_t i = 0; i < p->words.n; i++)
		if (amount_at(p, i, 2, a) || amount_at(p, i, 1, a))
			return true;
	return false;
}

static bool is_between(const char *word)
{
	static const char *const between[] = {"in", "for", "of", "on", "="};

	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++)
		if (ascii_same(between[i], word))
			return true;
	return false;
}

/* What is beside the amount: a year, and a topic of one word or more. */
static void read_beside(struct part *p, struct arena *a)
{
	const char *topic = "";

	for (size_t i = 0; i < p->words.n; i++) {
		bool amount = i >= p->first && i < p->end;
		int year = amount || p->year ? 0 : year_of(p->words.v[i]);
		if (amount || is_between(p->words.v[i]))
			continue;
		p->year = year ? year : p->year;
		if (!year)
			topic = arena_printf(a, "%s%s%s", topic, *topic ? " " : "",
					     p->words.v[i]);
	}
	p->topic = *topic ? topic : NULL;
}

static int read_part(const char *text, struct arena *a, struct part *p, struct err *e)
{
	*p = (struct part){.words = word_list_cut(text, " \t", a)};
	if (p->words.n <= WORDS_MOST && find_amount(p, a)) {
		read_beside(p, a);
		return 0;
	}
	/* A single word that is not an amount has a sentence of its own, such as for less than nothing. */
	struct err why = {0};
	if (p->words.n == 1 && credit_parse_or_none(p->words.v[0], &p->credit, &why) < 0)
		return err_set(e, why.code, NULL, "%.400s", why.message);
	err_set(e, -PDH_USAGE, NULL, "\"%.60s\" has no amount that can be read", text);
	return err_hint(
		e, "write it as 60h, as 60h, ethics 2h, or as 20h in 2025, 12h in 2026");
}

/* ---- all of them --------------------------------------------------------------------------- */

static struct credit_opening *of_year(struct openings *o, int year)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].year == year)
			return &o->v[i];
	o->v = arena_grow(o->a, o->v, o->n, sizeof(*o->v));
	o->v[o->n] = (struct credit_opening){.year = year};
	return &o->v[o->n++];
}

static int add_part(struct openings *o, const struct part *p, struct err *e)
{
	struct credit_opening *of = of_year(o, p->year);
	const char *unit = of->total.unit    ? of->total.unit
			   : of->topic_count ? of->topics[0].credit.unit
					     : p->credit.unit;

	if (strcmp(unit, p->credit.unit) != 0)
		return err_set(e, -PDH_REFUSED, NULL,
			       "all of it is said in one unit, and not in %s and in %s",
			       unit, p->credit.unit);
	if (p->topic) {
		of->topics = arena_grow(o->a, of->topics, of->topic_count,
					sizeof(*of->topics));
		of->topics[of->topic_count++] =
			(struct credit_topic){p->topic, p->credit};
		return 0;
	}
	of->total.unit = unit;
	return credit_add(of->total.exact, p->credit.exact, &of->total.exact, e);
}

/* The length of the next part. A comma between digits is a decimal one. */
static size_t part_length(const char *text)
{
	size_t n = strcspn(text, ",;");

	while (text[n] == ',' && n && ascii_is_digit(text[n - 1]) &&
	       ascii_is_digit(text[n + 1]))
		n += 1 + strcspn(text + n + 1, ",;");
	return n;
}

static bool says_none(const char *text)
{
	return ascii_same(text, "none") || !*text;
}

static int read_text(struct openings *o, const char *text, struct err *e)
{
	int r = 0;

	while (r == 0 && *text) {
		size_t n = part_length(text);
		const char *one = arena_dup_n(o->a, text, n);
		struct part p;
		one += strspn(one, " \t");
		if (!says_none(one)) {
			r = read_part(one, o->a, &p, e);
			if (r == 0 && p.credit.exact)
				r = add_part(o, &p, e);
		}
		text += n + (text[n] != '\0');
	}
	return r;
}

/* Topics without a total are all of it. */
static int sum_topics(struct openings *o, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < o->n; i++) {
		struct credit_opening *of = &o->v[i];
		if (of->total.unit)
			continue;
		of->total.unit = of->topics[0].credit.unit;
		for (size_t k = 0; r == 0 && k < of->topic_count; k++)
			r = credit_add(of->total.exact, of->topics[k].credit.exact,
				       &of->total.exact, e);
	}
	return r;
}

int credit_openings(const char *const *texts, size_t n, struct arena *a,
		    struct credit_opening **ret, size_t *ret_n, struct err *e)
{
	struct openings o = {.a = a};
	int r = 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		r = read_text(&o, texts[i], e);
	if (r == 0)
		r = sum_topics(&o, e);
	*ret = o.v;
	*ret_n = o.n;
	return r;
}
