#include "daemon/report/hours.h"

#include "daemon/explain/explain.h"
#include "daemon/judge/standing.h"
#include "daemon/record/activity.h"

#include <string.h>

static const char *const by_words[] = {[HOURS_BY_MONTH] = "month",
				       [HOURS_BY_KIND] = "kind",
				       [HOURS_BY_TOPIC] = "topic",
				       [HOURS_BY_PROVIDER] = "provider"};

static void begin(enum hours_by by, struct period days, const char *unit,
		  struct chart *ret)
{
	shape_none(&shape_chart, ret);
	ret->by = by_words[by];
	ret->from = days.from;
	ret->to = days.to;
	ret->credit = (struct credit){0, unit};
	ret->entries = 0;
}

/* ---- as logged -------------------------------------------------------------------------- */

static int ask(struct work *w, enum db_query q, struct period days,
	       struct sqlite3_stmt **ret, struct err *e)
{
	int r = db_query(w->db, q, ret, e);

	if (r < 0)
		return r;
	if (days.from == DATE_NONE)
		db_bind_text(*ret, ":since", "");
	else
		db_bind_date(*ret, ":since", days.from);
	if (days.to == DATE_NONE)
		db_bind_text(*ret, ":until", "9999");
	else
		db_bind_date(*ret, ":until", days.to);
	return 0;
}

static void add_total(struct work *w, struct chart *c, const struct total *t)
{
	c->entries += t->entries;
	if (credit_unit_same(t->credit.unit, c->credit.unit)) {
		c->credit.exact += t->credit.exact;
		return;
	}
	c->beside.v = arena_grow(w->arena, c->beside.n ? c->beside.v : NULL, c->beside.n,
				 sizeof(*c->beside.v));
	c->beside.v[c->beside.n++] = *t;
}

static int read_totals(struct work *w, struct period days, struct chart *c, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = ask(w, Q_hours_of_all, days, &s, e);

	if (r < 0)
		return r;
	while ((r = db_step(w->db, s, e)) > 0) {
		const struct total t = {.credit = {db_int(s, 2), db_text(s, 1, w->arena)},
					.entries = db_int(s, 3)};
		add_total(w, c, &t);
	}
	return r;
}

/* Those in the unit of the chart. */
static int read_openings(struct work *w, struct period days, struct chart *c,
			 struct err *e)
{
	AUTO_STMT s = NULL;
	int r = ask(w, Q_hours_of_openings, days, &s, e);

	if (r < 0)
		return r;
	while ((r = db_step(w->db, s, e)) > 0) {
		const char *unit = db_text(s, 1, w->arena);
		if (!credit_unit_same(unit, c->credit.unit))
			continue;
		const int64_t before = c->opening.unit ? c->opening.exact : 0;
		c->opening = (struct credit){before + db_int(s, 2), c->credit.unit};
	}
	return r;
}

int hours_logged(struct work *w, enum hours_by by, struct period days, struct chart *ret,
		 struct err *e)
{
	static const enum db_query queries[] = {[HOURS_BY_MONTH] = Q_hours_by_month,
						[HOURS_BY_KIND] = Q_hours_by_kind,
						[HOURS_BY_TOPIC] = Q_hours_by_topic,
						[HOURS_BY_PROVIDER] =
							Q_hours_by_provider};
	AUTO_STMT s = NULL;

	begin(by, days, credit_unit_find("hour"), ret);
	int r = ask(w, queries[by], days, &s, e);
	if (r < 0)
		return r;
	while ((r = db_step(w->db, s, e)) > 0)
		hours_add(w, ret, db_text(s, 0, w->arena),
			  (struct credit){db_int(s, 2), db_text(s, 1, w->arena)},
			  db_int(s, 3));
	if (r == 0)
		r = read_totals(w, days, ret, e);
	if (r == 0)
		r = read_openings(w, days, ret, e);
	hours_sort(w, by, ret);
	return r;
}

/* ---- as counted ------------------------------------------------------------------------- */

static void add_under(struct work *w, enum hours_by by, const struct activity *a,
		      struct credit counted, struct chart *c)
{
	switch (by) {
	case HOURS_BY_MONTH:
		hours_add(w, c, hours_month(w, a->done_on), counted, 1);
		break;
	case HOURS_BY_KIND:
		hours_add(w, c, a->kind, counted, 1);
		break;
	case HOURS_BY_PROVIDER:
		hours_add(w, c, a->provider, counted, 1);
		break;
	case HOURS_BY_TOPIC:
		for (size_t i = 0; i < a->topics.n; i++)
			hours_add(w, c, a->topics.v[i], counted, 1);
		if (a->topics.n == 0)
			hours_add(w, c, NULL, counted, 1);
		break;
	}
}

/* An opening balance stands for hours of days that nobody told. */
static int add_counted(struct work *w, enum hours_by by, int64_t id,
		       struct credit counted, struct chart *c, struct err *e)
{
	struct activity a;
	int r = activity_read(w, id, &a, e);

	if (r < 0)
		return r;
	if (a.kind && strcmp(a.kind, "opening") == 0) {
		c->opening = (struct credit){
			counted.exact + (c->opening.unit ? c->opening.exact : 0),
			counted.unit};
		return 0;
	}
	c->credit.exact += counted.exact;
	c->entries++;
	add_under(w, by, &a, counted, c);
	return 0;
}

int hours_counted(struct work *w, const struct held *h, enum hours_by by,
		  struct period days, struct chart *ret, struct err *e)
{
	const struct judge_question question = {.day = w->today, .parts = true};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	begin(by, days, held_unit(&h->cycle), ret);
	ret->alias = h->alias;
	for (size_t i = 0, to; r == 0 && i < j.n; i = to) {
		int64_t counted = 0;
		for (to = i; to < j.n && j.entries[to].id == j.entries[i].id; to++)
			counted += j.verdict.parts[to].of_total;
		if (counted && period_has(days, j.entries[i].done_on))
			r = add_counted(w, by, j.entries[i].id,
					standing_amount(&h->cycle, counted), ret, e);
	}
	hours_sort(w, by, ret);
	return r;
}
