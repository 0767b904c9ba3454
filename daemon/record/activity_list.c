/* activity.list and activity.get */
#include "daemon/judge/ledger_texts.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/activity_filter.h"
#include "daemon/record/effect.h"
#include "daemon/record/import.h"
#include "daemon/record/standing.h"
#include "daemon/store/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_MAX = 1000 };

/* "2026-03-13:212": the day and number of the last activity of the page before. */
static int read_cursor(const char *after, civil_day *ret_day, int64_t *ret_id,
		       struct err *e)
{
	char day[DATE_ISO_SIZE];
	long long id;
	char end;

	*ret_day = DATE_NONE;
	*ret_id = INT_NONE;
	if (!after)
		return 0;
	if (sscanf(after, "%10[0-9-]:%18lld%c", day, &id, &end) != 2 ||
	    date_parse_iso(day, ret_day, e) < 0)
		return err_set(e, -PDH_USAGE, "after", "is not what a page ended with");
	*ret_id = id;
	return 0;
}

static const char *cursor(struct arena *a, const struct activity *last)
{
	char day[DATE_ISO_SIZE];

	date_format_iso(last->done_on, day);
	return arena_printf(a, "%s:%lld", day, (long long)last->id);
}

static int read_page(struct work *w, const struct filter *f, const char *after,
		     int64_t limit, struct list *ret, struct err *e)
{
	bool found = f->by != FILTER_BY_DAY && f->found < f->most;
	civil_day after_day;
	int64_t after_id;
	AUTO_STMT s = NULL;

	int r = read_cursor(after, &after_day, &after_id, e);
	if (r == 0)
		r = db_query(w->db, found ? Q_found_page : Q_activity_page, &s, e);
	if (r < 0)
		return r;
	activity_filter_bind(s, f, found);
	db_bind_date(s, ":after_day", after_day);
	db_bind_int(s, ":after_id", after_id);
	db_bind_int(s, ":limit",
		    limit + 1); /* one more tells whether there is a next page */
	return activity_read_rows(w, s, ret, e);
}

static int sum_days(struct work *w, const struct filter *f, struct sqlite3_stmt **ret,
		    struct err *e)
{
	int r = db_query(w->db, Q_month_totals, ret, e);

	if (r < 0)
		return r;
	activity_filter_bind_days(*ret, f);
	db_bind_int(*ret, ":planned", f->planned ? 1 : INT_NONE);
	return 0;
}

static int sum_found(struct work *w, const struct filter *f, struct sqlite3_stmt **ret,
		     struct err *e)
{
	bool found = f->by != FILTER_BY_DAY;
	int r = db_query(w->db, found ? Q_found_totals : Q_activity_totals, ret, e);

	if (r == 0)
		activity_filter_bind(*ret, f, found);
	return r;
}

static int read_totals(struct work *w, const struct filter *f, struct list *ret,
		       struct err *e)
{
	struct total *v = NULL;
	size_t n = 0;
	AUTO_STMT s = NULL;
	int r = activity_filter_is_plain(f) ? sum_days(w, f, &s, e)
					    : sum_found(w, f, &s, e);

	if (r < 0)
		return r;
	while ((r = db_step(w->db, s, e)) > 0) {
		v = arena_grow(w->arena, v, n, sizeof(*v));
		v[n].credit = (struct credit){db_int(s, 1), db_text(s, 0, w->arena)};
		v[n++].entries = db_int(s, 2);
	}
	*ret = (struct list){n, v};
	return r;
}

/* ---- what has no index -------------------------------------------------------------------------- */

static int find_among(struct work *w, const struct filter *f,
		      const struct activity_list_params *p, int64_t limit,
		      struct list *ret, struct list *ret_totals, struct err *e)
{
	struct texts_question q = {.filter = f->all,
				   .days = f->days,
				   .planned = f->planned,
				   .sort = p->sort,
				   .limit = (size_t)limit + 1};
	struct texts_found found;

	int r = read_cursor(p->after, &q.after_day, &q.after_id, e);
	if (r == 0)
		r = ledger_texts_find(w, &q, &found, e);
	if (r < 0)
		return r;
	if (found.lost)
		return err_set(e, -PDH_USAGE, "after",
			       "is no entry that is found any more; begin again");
	struct activity *v = arena_array(w->arena, found.n + 1, sizeof(*v));
	for (size_t i = 0; r == 0 && i < found.n; i++)
		r = activity_read(w, found.ids[i], &v[i], e);
	*ret = (struct list){found.n, v};
	*ret_totals = found.totals;
	return r;
}

/* ---- the methods -------------------------------------------------------------------------------- */

/* They are of all pages, and so those of one page do for the next. */
static int find_totals(struct work *w, const struct filter *f, struct list *ret,
		       struct err *e)
{
	const char *key = activity_filter_key(f, w->arena);

	if (activity_filter_is_plain(f))
		return read_totals(w, f, ret, e);
	if (ledger_totals_find(w, key, ret))
		return 0;
	int r = read_totals(w, f, ret, e);
	if (r == 0)
		ledger_totals_keep(w, key, ret);
	return r;
}

static int find(struct work *w, const struct filter *f,
		const struct activity_list_params *p, int64_t limit, struct list *ret,
		struct list *ret_totals, struct err *e)
{
	if (f->all)
		return find_among(w, f, p, limit, ret, ret_totals, e);
	int r = read_page(w, f, p->after, limit, ret, e);
	return r < 0 ? r : find_totals(w, f, ret_totals, e);
}

static void put_totals(const struct list *totals, struct listed *ret)
{
	memcpy(&ret->totals, totals, sizeof(*totals));
	for (size_t i = 0; i < totals->n; i++)
		if (credit_unit_is_hours(ret->totals.v[i].credit.unit))
			ret->logged.exact += ret->totals.v[i].credit.exact;
}

int method_activity_list(struct work *w, const struct activity_list_params *p,
			 struct listed *ret, struct err *e)
{
	int64_t limit = p->limit == INT_NONE ? PAGE_MAX : p->limit;
	struct held_list held;
	struct filter f;
	struct list rows, totals;

	if (limit < 1 || limit > PAGE_MAX)
		return err_set(e, -PDH_USAGE, "limit", "must be from 1 to %d", PAGE_MAX);
	int r = held_all(w, DATE_NONE, &held, e);
	if (r == 0)
		r = activity_filter_make(w, p, &held, limit, &f, e);
	if (r == 0)
		r = find(w, &f, p, limit, &rows, &totals, e);
	if (r < 0)
		return r;
	ret->logged = (struct credit){0, credit_unit_word(UNIT_HOUR)};
	bool more = (int64_t)rows.n > limit;
	if (more)
		rows.n--;
	memcpy(&ret->activities, &rows, sizeof(rows));
	r = effect_counts(w, &held, ret->activities.v, rows.n, e);
	if (r < 0)
		return r;
	if (more)
		ret->next = cursor(w->arena, &ret->activities.v[rows.n - 1]);
	put_totals(&totals, ret);
	return 0;
}

int method_activity_search(struct work *w, const struct activity_search_params *p,
			   struct listed *ret, struct err *e)
{
	struct activity_list_params list;

	shape_none(&shape_activity_list_params, &list);
	list.text = p->text;
	list.filter = p->filter;
	list.sort = p->sort;
	list.limit = p->limit;
	list.after = p->after;
	return method_activity_list(w, &list, ret, e);
}

int method_activity_get(struct work *w, const struct activity_get_params *p,
			struct listed *ret, struct err *e)
{
	struct held_list held;

	ret->logged = (struct credit){0, credit_unit_word(UNIT_HOUR)};
	ret->activities.v = arena_array(w->arena, p->ids.n + 1, sizeof(struct activity));
	int r = held_all(w, DATE_NONE, &held, e);
	for (size_t i = 0; r == 0 && i < p->ids.n; i++) {
		struct activity *a = &ret->activities.v[ret->activities.n];
		r = activity_read(w, p->ids.v[i], a, e);
		if (r == 0)
			r = standing_tell(w, a->id, &a->standing, e);
		if (r == 0)
			r = import_origins(w, a->id, &a->imported, e);
		if (r < 0)
			break;
		if (credit_unit_is_hours(a->credit.unit))
			ret->logged.exact += a->credit.exact;
		ret->activities.n++;
	}
	return r < 0 ? r
		     : effect_counts(w, &held, ret->activities.v, ret->activities.n, e);
}
