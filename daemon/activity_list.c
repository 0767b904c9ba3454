/* activity.list and activity.get */
#include "daemon/activity.h"
#include "daemon/effect.h"
#include "daemon/method.h"
#include "daemon/row.h"
#include "daemon/similar.h"

#include <stdio.h>
#include <string.h>

enum { PAGE_MAX = 1000 };

/* What both statements of a listing bind. */
struct filter {
	const struct activity_list_params *p;
	struct period days;
	const char *topic, *kind, *title_key;
};

static void narrow(struct period *days, civil_day from, civil_day to)
{
	if (from != DATE_NONE && (days->from == DATE_NONE || from > days->from))
		days->from = from;
	if (to != DATE_NONE && (days->to == DATE_NONE || to < days->to))
		days->to = to;
}

static int make_filter(struct work *w, const struct activity_list_params *p,
		       const struct held_list *held, struct filter *f, struct err *e)
{
	struct held *h;

	*f = (struct filter){.p = p, .days = p->period};
	narrow(&f->days, p->since, p->until);
	if (p->credential) {
		int r = held_pick(held, p->credential, "credential", &h, e);
		if (r < 0)
			return r;
		narrow(&f->days, h->cycle.begins, h->cycle.ends);
	}
	f->topic = p->topic ? similar_lower(p->topic, w->arena) : NULL;
	f->kind = p->kind ? similar_lower(p->kind, w->arena) : NULL;
	f->title_key = p->text ? similar_key(p->text, w->arena) : NULL;
	return 0;
}

static void bind_filter(struct sqlite3_stmt *s, const struct filter *f)
{
	if (f->days.from == DATE_NONE)
		db_bind_text(s, ":since", "");
	else
		db_bind_date(s, ":since", f->days.from);
	if (f->days.to == DATE_NONE)
		db_bind_text(s, ":until", "9999");
	else
		db_bind_date(s, ":until", f->days.to);
	db_bind_int(s, ":planned", f->p->planned > 0 ? 1 : INT_NONE);
	db_bind_text(s, ":topic", f->topic);
	db_bind_text(s, ":kind", f->kind);
	db_bind_text(s, ":provider", f->p->provider);
	db_bind_text(s, ":text", f->p->text);
	db_bind_text(s, ":title_key", f->title_key);
}

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

static int read_page(struct work *w, const struct filter *f, int64_t limit,
		     struct list *ret, struct err *e)
{
	civil_day after_day;
	int64_t after_id;
	AUTO_STMT s = NULL;

	int r = read_cursor(f->p->after, &after_day, &after_id, e);
	if (r == 0)
		r = db_query(w->db, Q_activity_page, &s, e);
	if (r < 0)
		return r;
	bind_filter(s, f);
	db_bind_date(s, ":after_day", after_day);
	db_bind_int(s, ":after_id", after_id);
	db_bind_int(s, ":limit",
		    limit + 1); /* one more tells whether there is a next page */
	return activity_read_rows(w, s, ret, e);
}

static int read_totals(struct work *w, const struct filter *f, struct listed *ret,
		       struct err *e)
{
	struct total *v = NULL;
	size_t n = 0;
	AUTO_STMT s = NULL;

	int r = db_query(w->db, Q_activity_totals, &s, e);
	if (r < 0)
		return r;
	bind_filter(s, f);
	while ((r = db_step(w->db, s, e)) > 0) {
		v = arena_grow(w->arena, v, n, sizeof(*v));
		struct total *t = &v[n++];
		t->credit = (struct credit){db_int(s, 1), db_text(s, 0, w->arena)};
		t->entries = db_int(s, 2);
		if (strcmp(t->credit.unit, "hour") == 0)
			ret->logged = t->credit;
	}
	ret->totals.v = v;
	ret->totals.n = n;
	return r;
}

int method_activity_list(struct work *w, const struct activity_list_params *p,
			 struct listed *ret, struct err *e)
{
	int64_t limit = p->limit == INT_NONE ? PAGE_MAX : p->limit;
	struct held_list held;
	struct filter f;
	struct list rows;

	if (limit < 1 || limit > PAGE_MAX)
		return err_set(e, -PDH_USAGE, "limit", "is 1 to %d", PAGE_MAX);
	int r = held_all(w, DATE_NONE, &held, e);
	if (r == 0)
		r = make_filter(w, p, &held, &f, e);
	if (r == 0)
		r = read_page(w, &f, limit, &rows, e);
	if (r < 0)
		return r;
	ret->logged = (struct credit){0, credit_unit_find("hour")};
	bool more = (int64_t)rows.n > limit;
	if (more)
		rows.n--;
	memcpy(&ret->activities, &rows, sizeof(rows));
	r = effect_counts(w, &held, ret->activities.v, rows.n, e);
	if (r < 0)
		return r;
	if (more)
		ret->next = cursor(w->arena, &ret->activities.v[rows.n - 1]);
	return read_totals(w, &f, ret, e);
}

int method_activity_get(struct work *w, const struct activity_get_params *p,
			struct listed *ret, struct err *e)
{
	struct held_list held;

	ret->logged = (struct credit){0, credit_unit_find("hour")};
	ret->activities.v = arena_array(w->arena, p->ids.n + 1, sizeof(struct activity));
	int r = held_all(w, DATE_NONE, &held, e);
	for (size_t i = 0; r == 0 && i < p->ids.n; i++) {
		struct activity *a = &ret->activities.v[ret->activities.n];
		r = activity_read(w, p->ids.v[i], a, e);
		if (r < 0)
			break;
		if (strcmp(a->credit.unit, "hour") == 0)
			ret->logged.exact += a->credit.exact;
		ret->activities.n++;
	}
	return r < 0 ? r
		     : effect_counts(w, &held, ret->activities.v, ret->activities.n, e);
}
