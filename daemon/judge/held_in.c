#include "daemon/judge/held_in.h"

#include <stdlib.h>
#include <string.h>

enum { LAST_BACK = 1899, YEAR_DIGITS = 4 };

/* What was said: a number, or a day. */
struct said {
	int64_t number; /* INT_NONE: a day */
	civil_day day;
};

static int read_said(const char *cycle, struct said *ret, struct err *e)
{
	*ret = (struct said){INT_NONE, DATE_NONE};
	if (strlen(cycle) > YEAR_DIGITS)
		return date_parse_iso(cycle, &ret->day, e);
	ret->number = strtol(cycle, NULL, 10);
	return 0;
}

static int begin_year(const struct held_cycle *c)
{
	int year, month, day;

	if (c->begins == DATE_NONE)
		return 0;
	date_split(c->begins, &year, &month, &day);
	return year;
}

/* "2017, 2022", the newest last. */
static const char *years(struct work *w, const struct held_cycle *v, size_t n)
{
	const char *all = "";

	for (size_t i = n; i-- > 0;)
		if (begin_year(&v[i]))
			all = arena_printf(w->arena, "%s%s%d", all, *all ? ", " : "",
					   begin_year(&v[i]));
	return all;
}

/* The open cycle comes first, then the closed ones, the newest first. */
static bool is_it(const struct said *said, const struct held_cycle *c, size_t back)
{
	if (said->number == INT_NONE)
		return (c->begins == DATE_NONE || c->begins <= said->day) &&
		       (c->ends == DATE_NONE || said->day <= c->ends);
	return said->number > LAST_BACK ? begin_year(c) == said->number
					: (int64_t)back == said->number;
}

int held_in(struct work *w, const char *cycle, struct held *h, struct err *e)
{
	struct held_cycle *v;
	struct said said;
	size_t n;

	if (!cycle)
		return 0;
	int r = read_said(cycle, &said, e);
	if (r == 0)
		r = held_cycles(w, h->id, &v, &n, e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (!is_it(&said, &v[i], i))
			continue;
		h->cycle = v[i];
		return 0;
	}
	if (r < 0)
		return r;
	err_set(e, -PDH_NOT_FOUND, "cycle", "%s has no such cycle", h->alias);
	const char *list = years(w, v, n);
	return *list ? err_hint(e, "its cycles began in %s", list)
		     : err_hint(e, "pdh credential show %s lists them", h->alias);
}

int held_in_each(struct work *w, const char *cycle, bool named, struct held_list *l,
		 struct err *e)
{
	size_t kept = 0;
	int r = 0;

	if (!cycle)
		return 0;
	for (size_t i = 0; i < l->n; i++) {
		struct held h = l->v[i];
		r = held_in(w, cycle, &h, e);
		if (r == 0)
			l->v[kept++] = h;
		else if (named || r != -PDH_NOT_FOUND)
			return r;
	}
	/* The last of them said which cycles it has. */
	if (l->n && !kept)
		return r;
	l->n = kept;
	return 0;
}

civil_day held_in_day(const struct work *w, const struct held *h, civil_day as_of)
{
	const struct held_cycle *c = &h->cycle;

	if (as_of != DATE_NONE)
		return as_of;
	return c->closed_on != DATE_NONE && c->ends != DATE_NONE ? c->ends : w->today;
}
