#include "daemon/record/opening.h"

#include "common/texts.h"
#include "daemon/record/activity.h"

#include <stdio.h>
#include <string.h>

int opening_read(struct work *w, const struct texts *typed, struct opening_list *ret,
		 struct err *e)
{
	int r = credit_openings(typed->v, typed->n, w->arena, &ret->v, &ret->n, e);

	if (r < 0)
		snprintf(e->field, sizeof(e->field), "opening");
	return r;
}

static int not_begun(struct work *w, const struct period *cycle, struct err *e)
{
	return err_set(e, -PDH_REFUSED, "opening",
		       "this cycle has not begun; it begins on %s",
		       texts_day(w->arena, cycle->from));
}

/* A day on which all of it was earned. Today is left for what is logged today; the first day of a cycle is its own past. */
static int day_of(struct work *w, const struct period *cycle, int year, civil_day *ret,
		  struct err *e)
{
	civil_day begins = cycle->from, day = w->today - 1;

	if (begins != DATE_NONE && begins > w->today)
		return not_begun(w, cycle, e);
	if (cycle->to != DATE_NONE && cycle->to < day)
		day = cycle->to;
	if (begins != DATE_NONE && day < begins)
		day = begins;
	civil_day first = year ? date_make(year, 1, 1) : day,
		  last = year ? date_make(year, 12, 31) : day;
	if (first > day || (begins != DATE_NONE && last < begins))
		return err_set(
			e, -PDH_REFUSED, "opening",
			"%d is not a year of this cycle that has begun: it is %s to %s",
			year, begins == DATE_NONE ? "open" : texts_day(w->arena, begins),
			texts_day(w->arena, day));
	*ret = last < day ? last : day;
	return 0;
}

/* An opening balance is in the hours that the board counts, whatever their minutes. */
static const char *unit_of(const struct held *h, const char *typed)
{
	const struct ratio hour = h->cycle.rules.worth[UNIT_HOUR];

	return credit_unit_is(typed, UNIT_HOUR) && hour.num > hour.den
		       ? credit_unit_word(UNIT_CONTACT_HOUR)
		       : typed;
}

static void add_topics(struct work *w, const struct held *h,
		       const struct credit_opening *o, struct activity *a)
{
	for (size_t i = 0; i < o->topic_count; i++) {
		char amount[CREDIT_TEXT_SIZE];
		credit_format(o->topics[i].credit.exact, amount);
		texts_add(&a->split,
			  arena_printf(w->arena, "%s=%s %s", o->topics[i].topic, amount,
				       unit_of(h, o->topics[i].credit.unit)),
			  w->arena);
	}
}

static int store_one(struct work *w, const struct held_list *held, const char *alias,
		     const struct period *cycle, const struct credit_opening *o,
		     int64_t *ret_id, struct err *e)
{
	struct activity a;
	struct held *h;

	int r = held_pick(held, alias, "credential", &h, e);
	if (r < 0)
		return r;
	shape_none(&shape_activity, &a);
	a.title = o->year ? arena_printf(w->arena, "Opening balance for %s, %d", alias,
					 o->year)
			  : arena_printf(w->arena, "Opening balance for %s", alias);
	a.kind = "opening";
	a.credit = (struct credit){o->total.exact, unit_of(h, o->total.unit)};
	add_topics(w, h, o, &a);
	a.only = (struct texts){1, arena_array(w->arena, 1, sizeof(char *))};
	a.only.v[0] = alias;
	r = day_of(w, cycle, o->year, &a.done_on, e);
	if (r == 0)
		r = activity_check(w, held, &a, e);
	if (r == 0)
		r = activity_save(w, held, &a, e);
	*ret_id = a.id;
	return r;
}

int opening_store(struct work *w, const char *alias, const struct period *cycle,
		  const struct opening_list *list, int64_t *ret_id, struct err *e)
{
	struct held_list held;
	int64_t id;
	int r = list->n ? held_all(w, DATE_NONE, &held, e) : 0;

	*ret_id = INT_NONE;
	for (size_t i = 0; r == 0 && i < list->n; i++) {
		r = store_one(w, &held, alias, cycle, &list->v[i], &id, e);
		if (i == 0)
			*ret_id = id;
	}
	if (r < 0 && strcmp(e->field, "split") == 0)
		snprintf(e->field, sizeof(e->field), "opening");
	return r;
}

int opening_clear(struct work *w, int64_t credential_id, const struct period *cycle,
		  struct err *e)
{
	return DB_DO(
		w->db, Q_opening_clear, e, DB_INT(":credential_id", credential_id),
		DB_DATE(":since", cycle->from == DATE_NONE ? DATE_FIRST : cycle->from),
		DB_DATE(":until", cycle->to == DATE_NONE ? DATE_LAST : cycle->to));
}
