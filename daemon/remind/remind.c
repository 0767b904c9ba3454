/* reminder.list, reminder.unseen, reminder.shown, reminder.ack, reminder.snooze */
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/remind/delivery.h"
#include "daemon/remind/find.h"

#include <stdlib.h>
#include <string.h>

/* Of one ladder; `every` is what --all asks for. */
static void list_ladder(const struct rungs *all, size_t first, size_t end, bool every,
			struct reminders *ret)
{
	int64_t next = rung_next_due(all, first, end);

	for (size_t i = first; i < end; i++) {
		const struct rung *rung = &all->v[i];
		bool listed = every ? !rung->past || rung->speaks
				    : rung->reminder.state == REMINDER_STATE_DUE ||
					      rung_is_next(rung, next);
		if (listed)
			ret->reminders.v[ret->reminders.n++] = rung->reminder;
	}
}

static int by_due(const void *a, const void *b)
{
	const struct reminder *x = a, *y = b;

	return x->due != y->due ? (x->due > y->due) - (x->due < y->due)
				: strcmp(x->id, y->id);
}

/* A day that matters is told of before pace. */
static int by_weight(const void *a, const void *b)
{
	const struct reminder *x = a, *y = b;
	int pace = (x->about == REMINDER_ABOUT_PACE) - (y->about == REMINDER_ABOUT_PACE);

	return pace ? pace : by_due(a, b);
}

int method_reminder_list(struct work *w, const struct reminder_list_params *p,
			 struct reminders *ret, struct err *e)
{
	struct rungs all;
	int r = remind_plan(w, &p->credentials, &all, e);

	if (r < 0)
		return r;
	ret->as_of = w->today;
	ret->reminders.v = arena_array(w->arena, all.n + 1, sizeof(struct reminder));
	for (size_t i = 0, end; i < all.n; i = end) {
		end = rung_ladder_end(&all, i);
		list_ladder(&all, i, end, p->all > 0, ret);
	}
	qsort(ret->reminders.v, ret->reminders.n, sizeof(struct reminder), by_due);
	return 0;
}

int method_reminder_unseen(struct work *w, const struct reminder_unseen_params *p,
			   struct reminders *ret, struct err *e)
{
	const struct texts everything = {0};
	struct rungs all;
	int r = remind_plan(w, &everything, &all, e);

	(void)p;
	if (r < 0)
		return r;
	ret->as_of = w->today;
	ret->reminders.v = arena_array(w->arena, all.n + 1, sizeof(struct reminder));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].reminder.state == REMINDER_STATE_DUE &&
		    all.v[i].shown_at == INT_NONE)
			ret->reminders.v[ret->reminders.n++] = all.v[i].reminder;
	qsort(ret->reminders.v, ret->reminders.n, sizeof(struct reminder), by_weight);
	return 0;
}

/* The rung of this name; without rung, "fp" or "tx-lib/3", the one that is due of that day. */
static const struct rung *named(const struct rungs *all, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i].reminder.id, name) == 0)
			return &all->v[i];
	for (size_t i = 0; i < all->n; i++) {
		const struct reminder *o = &all->v[i].reminder;
		if (o->state == REMINDER_STATE_DUE && strncmp(o->id, name, n) == 0 &&
		    o->id[n] == '/' && !strchr(o->id + n + 1, '/'))
			return &all->v[i];
	}
	return NULL;
}

static int find(struct work *w, const char *name, struct rungs *all,
		const struct rung **ret, struct err *e)
{
	const struct texts everything = {0};
	int r = remind_plan(w, &everything, all, e);

	if (r < 0)
		return r;
	*ret = named(all, name);
	if (!*ret) {
		err_set(e, -PDH_NOT_FOUND, "reminder", "no reminder is called \"%.60s\"",
			name);
		return err_hint(e, "pdh remind list --all lists them");
	}
	if ((*ret)->past && !(*ret)->speaks)
		return err_set(e, -PDH_REFUSED, "reminder",
			       "a later reminder has taken the place of %.60s", name);
	return 0;
}

static int store(struct work *w, const struct rung *rung, enum db_query q,
		 civil_day until, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", rung->credential_id);
	db_bind_int(s, ":item_id", rung->item_id);
	db_bind_date(s, ":day", rung->reminder.day);
	db_bind_int(s, ":rung", rung->reminder.before);
	if (q == Q_reminder_snooze)
		db_bind_date(s, ":until", until);
	else
		db_bind_int(s, ":at", w->now);
	return db_run(w->db, s, e);
}

/* The reminder as it is now, and the next about its day. */
static int answer(struct work *w, const char *id, struct reminder_changed *ret,
		  struct err *e)
{
	const struct texts everything = {0};
	const struct rung *rung;
	struct rungs all;
	int r = remind_plan(w, &everything, &all, e);

	if (r < 0)
		return r;
	rung = named(&all, id);
	if (!rung)
		return 0;
	ret->reminder = arena_alloc(w->arena, sizeof(*ret->reminder));
	*ret->reminder = rung->reminder;
	size_t first = 0;
	while (!rung_is_beside(&all.v[first], rung))
		first++;
	size_t end = rung_ladder_end(&all, first);
	int64_t next = rung_next_due(&all, first, end);
	for (size_t i = first; i < end; i++)
		if (&all.v[i] != rung && rung_is_next(&all.v[i], next))
			ret->next = &all.v[i].reminder;
	return 0;
}

static int change(struct work *w, const struct rung *rung, enum db_query q,
		  civil_day until, struct reminder_changed *ret, struct err *e)
{
	int r = store(w, rung, q, until, e);

	if (r == 0)
		r = answer(w, rung->reminder.id, ret, e);
	ret->dry_run = w->dry_run;
	return r;
}

static int note(struct work *w, const struct rung *rung, const char *by,
		enum send_outcome outcome, const char *text, struct err *e)
{
	if (by && strcmp(by, "terminal") != 0 && strcmp(by, "desktop") != 0)
		return err_set(e, -PDH_USAGE, "by", "is terminal or desktop");
	return delivery_note(w, rung->reminder.id, by ? by : "terminal", outcome, text,
			     e);
}

int method_reminder_shown(struct work *w, const struct reminder_shown_params *p,
			  struct reminder_changed *ret, struct err *e)
{
	const struct rung *rung;
	struct rungs all;
	int r = find(w, p->reminder, &all, &rung, e);

	return r < 0 ? r : change(w, rung, Q_reminder_show, DATE_NONE, ret, e);
}

int method_reminder_ack(struct work *w, const struct reminder_ack_params *p,
			struct reminder_changed *ret, struct err *e)
{
	const struct rung *rung;
	struct rungs all;
	int r = find(w, p->reminder, &all, &rung, e);

	if (r < 0)
		return r;
	w->what = arena_printf(w->arena, "acknowledge %s", rung->reminder.id);
	r = note(w, rung, p->by, OUTCOME_ACKNOWLEDGED, NULL, e);
	return r < 0 ? r : change(w, rung, Q_reminder_ack, DATE_NONE, ret, e);
}

int method_reminder_snooze(struct work *w, const struct reminder_snooze_params *p,
			   struct reminder_changed *ret, struct err *e)
{
	enum { LONGEST = 366 }; /* days; beyond a year it would be forgetting */
	const struct rung *rung;
	struct rungs all;
	int r = find(w, p->reminder, &all, &rung, e);

	if (r < 0)
		return r;
	if (p->until <= w->today)
		return err_set(e, -PDH_REFUSED, "until", "is a day after today");
	if (p->until > w->today + LONGEST)
		return err_set(e, -PDH_REFUSED, "until",
			       "is at most a year ahead; to end it, use pdh remind "
			       "ack %.60s",
			       rung->reminder.id);
	const char *day = texts_day(w->arena, p->until);
	w->what = arena_printf(w->arena, "snooze %s until %s", rung->reminder.id, day);
	r = note(w, rung, p->by, OUTCOME_SNOOZED, arena_printf(w->arena, "until %s", day),
		 e);
	return r < 0 ? r : change(w, rung, Q_reminder_snooze, p->until, ret, e);
}
