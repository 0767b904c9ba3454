#include "daemon/query/judged.h"

#include "common/choice.h"
#include "daemon/method.h"

#include <string.h>

enum { VALUES_MOST = 12 };

/* A row, value by value. */
struct row {
	struct ask_value v[VALUES_MOST];
	char days[2][DATE_ISO_SIZE];
	size_t n, days_n;
};

static void add_int(struct row *r, int64_t i)
{
	r->v[r->n++] =
		(struct ask_value){.type = i == INT_NONE ? ASK_NULL : ASK_INT, .i = i};
}

static void add_text(struct row *r, const char *text)
{
	r->v[r->n++] = (struct ask_value){.type = text ? ASK_TEXT : ASK_NULL,
					  .text = text,
					  .n = text ? strlen(text) : 0};
}

static void add_credit(struct row *r, struct credit c)
{
	add_int(r, c.unit ? c.exact : INT_NONE);
}

static void add_day(struct row *r, civil_day day)
{
	char *text = r->days[r->days_n++];

	date_format_iso(day, text);
	add_text(r, *text ? text : NULL);
}

static int put_accepted(struct ask *a, const struct activity *activity,
			const struct count *c, struct err *e)
{
	struct row r = {.n = 0};

	add_int(&r, activity->id);
	add_text(&r, c->alias);
	add_text(&r, c->counted.unit);
	add_credit(&r, c->counted);
	add_credit(&r, c->cut);
	add_text(&r, c->rule);
	add_text(&r, c->why);
	return ask_put(a, VIEW_accepted, r.v, r.n, e);
}

static int put_page(struct ask *a, const struct listed *page, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < page->activities.n; i++) {
		const struct activity *one = &page->activities.v[i];
		for (size_t k = 0; r == 0 && k < one->counts.n; k++)
			r = put_accepted(a, one, &one->counts.v[k], e);
	}
	return r;
}

int judged_accepted(struct work *w, struct ask *a, struct err *e)
{
	struct activity_list_params p;
	struct listed page;
	int r;

	shape_none(&shape_activity_list_params, &p);
	do {
		shape_none(&shape_listed, &page);
		r = method_activity_list(w, &p, &page, e);
		if (r == 0)
			r = put_page(a, &page, e);
		p.after = page.next;
	} while (r == 0 && p.after);
	return r;
}

static int put_need(struct ask *a, const char *alias, const struct need *n, struct err *e)
{
	struct row r = {.n = 0};

	add_text(&r, alias);
	add_text(&r, n->id);
	add_text(&r, n->title);
	add_text(&r, n->state ? need_state_word(n->state) : NULL);
	add_text(&r, n->need.unit);
	add_credit(&r, n->have);
	add_credit(&r, n->need);
	add_credit(&r, n->missing);
	add_day(&r, n->from);
	add_day(&r, n->to);
	return ask_put(a, VIEW_needs, r.v, r.n, e);
}

static int put_limit(struct ask *a, const char *alias, const struct limit *l,
		     struct err *e)
{
	struct row r = {.n = 0};

	add_text(&r, alias);
	add_text(&r, l->id);
	add_text(&r, l->title);
	add_text(&r, l->at_most.unit);
	add_credit(&r, l->used);
	add_credit(&r, l->at_most);
	add_credit(&r, l->cut);
	add_day(&r, l->from);
	add_day(&r, l->to);
	return ask_put(a, VIEW_limits, r.v, r.n, e);
}

int judged_needs_and_limits(struct work *w, struct ask *a, struct err *e)
{
	const struct status_get_params everything = {.as_of = DATE_NONE};
	struct status status;

	shape_none(&shape_status, &status);
	int r = method_status_get(w, &everything, &status, e);
	for (size_t i = 0; r == 0 && i < status.credentials.n; i++) {
		const struct standing *s = &status.credentials.v[i];
		for (size_t k = 0; r == 0 && k < s->needs.n; k++)
			r = put_need(a, s->alias, &s->needs.v[k], e);
		for (size_t k = 0; r == 0 && k < s->limits.n; k++)
			r = put_limit(a, s->alias, &s->limits.v[k], e);
	}
	return r;
}
