/* timer.start and timer.stop */
#include "daemon/record/timer.h"

#include "common/clock.h"
#include "common/similar.h"
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/store/row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer than that it was rather forgotten. A clock that was moved by more than a minute would be seen in the hours. */
enum { MINUTE = 60, LONGEST = 12 * 3600, CLOCK_SLACK = 60 };

struct timer {
	struct running *running; /* NULL: nothing */
	int64_t steady;
};

static int read_timer(struct work *w, struct timer *ret, struct err *e)
{
	enum { STEADY = 4 };
	AUTO_STMT s = NULL;
	AUTO_STMT topics = NULL;
	int r = db_query(w->db, Q_running_get, &s, e);

	*ret = (struct timer){NULL, 0};
	if (r == 0)
		r = db_step(w->db, s, e);
	if (r <= 0)
		return r;
	struct running *now = arena_alloc(w->arena, sizeof(*now));
	shape_none(&shape_running, now);
	row_read(s, &shape_running, w->arena, now);
	now->minutes = (w->now - now->began_at) / MINUTE;
	*ret = (struct timer){now, db_int(s, STEADY)};
	r = db_query(w->db, Q_running_topics, &topics, e);
	return r < 0 ? r : row_read_texts(w->db, topics, w->arena, &now->topics, e);
}

int timer_read(struct work *w, struct running **ret, struct err *e)
{
	struct timer t;
	int r = read_timer(w, &t, e);

	*ret = t.running;
	return r;
}

/* "2 h 5 min" */
static const char *length(struct arena *a, int64_t seconds)
{
	const int64_t minutes = seconds / MINUTE, hours = minutes / 60;

	if (hours == 0)
		return arena_printf(a, "%lld min", (long long)minutes);
	return arena_printf(a, "%lld h %lld min", (long long)hours,
			    (long long)minutes % 60);
}

static const char *title_of(struct arena *a, const char *title)
{
	return title ? arena_printf(a, " \"%s\"", title) : "";
}

/* How to log by hand what is not taken from the clock. */
static int hint_by_hand(const struct running *r, struct err *e)
{
	return err_hint(
		e, "log what it was: pdh log 3h \"%.100s\"; then: pdh stop --discard",
		r->title ? r->title : "Title");
}

/* ---- start -------------------------------------------------------------------------------------- */

static int refuse_second(struct work *w, const struct running *r, struct err *e)
{
	char since[TIME_HUMAN_SIZE];

	time_format_human(r->began_at, since);
	err_set(e, -PDH_REFUSED, NULL,
		"something has been running since %s%s; nothing else was started", since,
		title_of(w->arena, r->title));
	return err_hint(e, "log it with pdh stop, or forget it with pdh stop --discard");
}

static int check_begin(struct work *w, int64_t at, const char *title, struct err *e)
{
	if (at > w->now)
		return err_set(e, -PDH_REFUSED, "at", "is in the future");
	if (w->now - at <= LONGEST)
		return 0;
	err_set(e, -PDH_REFUSED, "at", "is more than 12 hours ago");
	return err_hint(e, "log what is over: pdh log 3h \"%.100s\"",
			title ? title : "Title");
}

static int insert_topics(struct work *w, const struct texts *topics, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < topics->n; i++) {
		AUTO_STMT s = NULL;
		r = db_query(w->db, Q_running_topic_insert, &s, e);
		if (r < 0)
			break;
		db_bind_text(s, ":topic", similar_lower(topics->v[i], w->arena));
		r = db_run(w->db, s, e);
	}
	return r;
}

static int insert(struct work *w, const struct timer_start_params *p, int64_t at,
		  struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_running_insert, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":began_at", at);
	db_bind_int(s, ":steady", w->steady - (w->now - at));
	db_bind_text(s, ":title", p->title);
	db_bind_text(s, ":kind", p->kind ? similar_lower(p->kind, w->arena) : NULL);
	db_bind_text(s, ":provider", p->provider);
	r = db_run(w->db, s, e);
	return r < 0 ? r : insert_topics(w, &p->topics, e);
}

int method_timer_start(struct work *w, const struct timer_start_params *p,
		       struct timed *ret, struct err *e)
{
	int64_t at = p->at == INT_NONE ? w->now : p->at;
	struct running *now;
	int r = timer_read(w, &now, e);

	if (r == 0 && now)
		r = refuse_second(w, now, e);
	if (r == 0)
		r = check_begin(w, at, p->title, e);
	if (r == 0)
		r = insert(w, p, at, e);
	if (r == 0)
		r = timer_read(w, &ret->running, e);
	ret->dry_run = w->dry_run;
	w->what = arena_printf(w->arena, "start%s%s", p->title ? " " : "",
			       p->title ? p->title : "");
	return r;
}

/* ---- stop --------------------------------------------------------------------------------------- */

/* By how many seconds the clock was moved since it began; 0 where the machine began anew in between, so that nobody can
 * tell. It did where it runs for less long than that. */
static int64_t clock_moved(const struct work *w, const struct timer *t)
{
	int64_t by_clock = w->now - t->running->began_at, steady = w->steady - t->steady;

	return steady < 0 || by_clock > w->steady ? 0 : by_clock - steady;
}

static int refuse_moved(struct work *w, const struct running *r, int64_t moved,
			struct err *e)
{
	err_set(e, -PDH_REFUSED, NULL,
		"the computer's clock was set %s by %s since it began, so its length "
		"is not certain",
		moved > 0 ? "forward" : "back", length(w->arena, llabs(moved)));
	return hint_by_hand(r, e);
}

static int check_clock(struct work *w, const struct timer *t, struct err *e)
{
	int64_t moved = clock_moved(w, t);

	if (llabs(moved) > CLOCK_SLACK)
		return refuse_moved(w, t->running, moved, e);
	if (w->now >= t->running->began_at)
		return 0;
	err_set(e, -PDH_REFUSED, NULL,
		"it began later than now, so the computer's clock was set back");
	return hint_by_hand(t->running, e);
}

static int check_end(struct work *w, const struct running *r, int64_t end, struct err *e)
{
	char since[TIME_HUMAN_SIZE];

	if (end > w->now)
		return err_set(e, -PDH_REFUSED, "at", "is in the future");
	time_format_human(r->began_at, since);
	if (end < r->began_at)
		return err_set(e, -PDH_REFUSED, "at", "is before it began: %s", since);
	if (end - r->began_at <= LONGEST)
		return 0;
	err_set(e, -PDH_REFUSED, NULL,
		"%s since %s is too long to be taken for one activity",
		length(w->arena, end - r->began_at), since);
	return err_hint(
		e, "say when it ended, as pdh stop --at \"yesterday 17:30\"; or log it "
		   "with pdh log and pdh stop --discard");
}

/* Seconds of the break; 0 for none. */
static int break_of(const struct timer_stop_params *p, int64_t *ret, struct err *e)
{
	*ret = 0;
	if (!p->pause.unit)
		return 0;
	if (strcmp(p->pause.unit, "hour") != 0)
		return err_set(e, -PDH_USAGE, "pause", "is a time, such as 30m");
	*ret = p->pause.exact / (CREDIT_ONE / 3600);
	return 0;
}

static int credit_of(struct work *w, const struct timer_stop_params *p, int64_t seconds,
		     struct credit *ret, struct err *e)
{
	int64_t pause, minutes;
	int r = break_of(p, &pause, e);

	if (r < 0)
		return r;
	if (pause && pause >= seconds)
		return err_set(e, -PDH_REFUSED, "pause",
			       "is not shorter than the whole: %s",
			       length(w->arena, seconds));
	minutes = (seconds - pause + MINUTE / 2) / MINUTE;
	if (minutes == 0) {
		err_set(e, -PDH_REFUSED, NULL, "it was less than a minute");
		return err_hint(e, "forget it with pdh stop --discard");
	}
	*ret = (struct credit){minutes * (CREDIT_ONE / 60), credit_unit_find("hour")};
	return 0;
}

/* The day of an instant where the caller is. Where that is the zone of this process, its summer time is known. */
static civil_day day_of(const struct work *w, int64_t at)
{
	if (at == w->now)
		return w->today;
	if (w->zone == INT_NONE || w->zone == clock_zone(w->now))
		return clock_day_of(at);
	int64_t local = at + w->zone * MINUTE;
	return (civil_day)(local >= 0 ? local / 86400 : -1);
}

static void join_topics(struct work *w, const struct texts *more, struct texts *topics)
{
	for (size_t i = 0; i < more->n; i++) {
		const char *topic = similar_lower(more->v[i], w->arena);
		if (!texts_has(topics, topic))
			texts_add(topics, topic, w->arena);
	}
}

static int make_activity(struct work *w, const struct timer_stop_params *p,
			 const struct running *r, int64_t end,
			 struct activity_add_params *ret, struct err *e)
{
	shape_none(&shape_activity_add_params, ret);
	ret->title = p->title ? p->title : r->title;
	ret->kind = p->kind ? p->kind : r->kind;
	ret->provider = p->provider ? p->provider : r->provider;
	ret->note = p->note;
	ret->topics = r->topics;
	join_topics(w, &p->topics, &ret->topics);
	ret->similar = p->similar;
	ret->done_on = day_of(w, end);
	if (!ret->title) {
		err_set(e, -PDH_USAGE, "title", "What did you do? Give a title.");
		return err_hint(e, "pdh stop \"Makerspace safety\"");
	}
	return credit_of(w, p, end - r->began_at, &ret->credit, e);
}

static int forget(struct work *w, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_running_delete, &s, e);

	return r < 0 ? r : db_run(w->db, s, e);
}

static int discard(struct work *w, const struct running *r, struct logged *ret,
		   struct err *e)
{
	char since[TIME_HUMAN_SIZE];

	time_format_human(r->began_at, since);
	ret->dry_run = w->dry_run;
	w->what = arena_printf(w->arena, "discard what ran%s",
			       title_of(w->arena, r->title));
	texts_add(&ret->notes,
		  arena_printf(w->arena, "discarded%s, which ran since %s",
			       title_of(w->arena, r->title), since),
		  w->arena);
	return forget(w, e);
}

static int log_it(struct work *w, const struct timer_stop_params *p,
		  const struct timer *t, struct logged *ret, struct err *e)
{
	int64_t end = p->at == INT_NONE ? w->now : p->at;
	struct activity_add_params add;
	int r = check_clock(w, t, e);

	if (r == 0)
		r = check_end(w, t->running, end, e);
	if (r == 0)
		r = make_activity(w, p, t->running, end, &add, e);
	if (r == 0)
		r = method_activity_add(w, &add, ret, e);
	return r < 0 ? r : forget(w, e);
}

int method_timer_stop(struct work *w, const struct timer_stop_params *p,
		      struct logged *ret, struct err *e)
{
	struct timer t;
	int r = read_timer(w, &t, e);

	if (r < 0)
		return r;
	if (!t.running) {
		err_set(e, -PDH_NOT_FOUND, NULL, "nothing is running");
		return err_hint(
			e, "pdh start begins something; pdh log 1h \"Title\" records "
			   "what is over");
	}
	return p->discard > 0 ? discard(w, t.running, ret, e) : log_it(w, p, &t, ret, e);
}
