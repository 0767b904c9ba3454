/* Which cycle a report is about, and of whom. */
#include "daemon/report/report.h"

#include <string.h>

enum { LEAST_YEAR = 1900 };

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
static int pick_cycle(struct work *w, int64_t cycle, struct held *h, struct err *e)
{
	struct held_cycle *v;
	size_t n;
	int r = held_cycles(w, h->id, &v, &n, e);

	for (size_t i = 0; r == 0 && i < n; i++) {
		bool it = cycle >= LEAST_YEAR ? begin_year(&v[i]) == cycle
					      : (int64_t)i == cycle;
		if (!it)
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

int report_find(struct work *w, const char *credential, int64_t cycle, civil_day as_of,
		struct held *ret, civil_day *ret_day, struct err *e)
{
	struct held_list all;
	struct held *h;

	int r = held_as_of(w, as_of, ret_day, &all, e);
	if (r == 0)
		r = held_pick(&all, credential, "credential", &h, e);
	if (r < 0)
		return r;
	*ret = *h;
	if (cycle != INT_NONE && (r = pick_cycle(w, cycle, ret, e)) < 0)
		return r;
	if (as_of == DATE_NONE && ret->cycle.closed_on != DATE_NONE &&
	    ret->cycle.ends != DATE_NONE)
		*ret_day = ret->cycle.ends;
	return 0;
}

int report_person(struct work *w, const char **ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_person_get, &s, e);

	*ret = NULL;
	if (r == 0)
		r = db_step(w->db, s, e);
	if (r > 0)
		*ret = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}
