/* reminder.policy, and the policy that the plan follows. */
#include "daemon/remind/policy.h"

#include "common/clock.h"
#include "daemon/method.h"
#include "daemon/remind/words.h"

#include <string.h>

/* The parts of one layer as they are stored; NULL and INT_NONE where it says nothing. */
struct layer {
	const char *lead, *after;
	int64_t minute;
	const char *channels, *quiet, *skip;
};

static const struct layer usual = {
	.lead = "365d, 180d, 90d, 60d, 30d, 14d, 7d, 1d, 0d",
	.after = "1d, 7d, 30d",
	.minute = 8 * 60,
	.channels = "desktop\n30d mail\n7d command",
	.quiet = "",
	.skip = "",
};

static const struct layer silent = {.minute = INT_NONE};

/* ---- stored -------------------------------------------------------------------------------- */

static struct layer layer_in(struct sqlite3_stmt *s, int first, struct arena *a)
{
	return (struct layer){
		.lead = db_text(s, first, a),
		.after = db_text(s, first + 1, a),
		.minute = db_int(s, first + 2),
		.channels = db_text(s, first + 3, a),
		.quiet = db_text(s, first + 4, a),
		.skip = db_text(s, first + 5, a),
	};
}

/* The credential's own, and the person's for all. */
static int read_layers(struct work *w, int64_t credential_id, struct layer *own,
		       struct layer *all, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_reminder_policy_get, &s, e,
		       DB_INT(":credential_id", credential_id));

	if (r <= 0)
		return r;
	*own = layer_in(s, 0, w->arena);
	*all = layer_in(s, 6, w->arena);
	return 0;
}

static bool is_silent(const struct layer *l)
{
	return !l->lead && !l->after && l->minute == INT_NONE && !l->channels &&
	       !l->quiet && !l->skip;
}

static int store(struct work *w, const struct held *h, const struct layer *l,
		 struct err *e)
{
	enum db_query set = h ? Q_reminder_policy_set : Q_reminder_usual_set;
	enum db_query unset = h ? Q_reminder_policy_unset : Q_reminder_usual_unset;
	bool nothing = is_silent(l);
	AUTO_STMT s = NULL;
	int r = db_query(w->db, nothing ? unset : set, &s, e);

	if (r < 0)
		return r;
	if (h)
		db_bind_int(s, ":credential_id", h->id);
	if (!nothing) {
		db_bind_text(s, ":lead", l->lead);
		db_bind_text(s, ":after", l->after);
		db_bind_int(s, ":minute", l->minute);
		db_bind_text(s, ":channels", l->channels);
		db_bind_text(s, ":quiet", l->quiet);
		db_bind_text(s, ":skip", l->skip);
	}
	return db_run(w->db, s, e);
}

/* ---- from layers to the policy --------------------------------------------------------------- */

static void lay(struct layer *to, const struct layer *under)
{
	if (!to->lead)
		to->lead = under->lead;
	if (!to->after)
		to->after = under->after;
	if (to->minute == INT_NONE)
		to->minute = under->minute;
	if (!to->channels)
		to->channels = under->channels;
	if (!to->quiet)
		to->quiet = under->quiet;
	if (!to->skip)
		to->skip = under->skip;
}

static int parse(struct layer l, struct arena *a, struct remind_policy *ret,
		 struct err *e)
{
	lay(&l, &usual);
	*ret = (struct remind_policy){.minute = (int)l.minute};
	int r = remind_read_days(ret, false, l.lead, e);
	if (r == 0)
		r = remind_read_days(ret, true, l.after, e);
	if (r == 0)
		r = remind_read_ways(ret, l.channels, a, e);
	if (r == 0)
		r = remind_read_quiet(ret, l.quiet, e);
	if (r == 0)
		r = remind_read_skip(ret, l.skip, a, e);
	remind_sort(ret);
	return r;
}

/* The ladder of its board. */
static struct layer layer_of(const struct pack *pack)
{
	struct layer l = silent;

	if (pack) {
		l.lead = pack->remind_before;
		l.after = pack->remind_after;
	}
	return l;
}

static int resolve(struct work *w, const struct held *h, const struct layer *own,
		   const struct layer *all, struct remind_policy *ret, struct err *e)
{
	const struct layer board = layer_of(h ? h->cycle.pack : NULL);
	struct layer l = *own;

	lay(&l, all);
	lay(&l, &board);
	int r = parse(l, w->arena, ret, e);
	ret->usual = is_silent(own);
	return r;
}

int remind_policy_read(struct work *w, const struct held *h, struct remind_policy *ret,
		       struct err *e)
{
	struct layer own = silent, all = silent;
	int r = read_layers(w, h ? h->id : 0, &own, &all, e);

	return r < 0 ? r : resolve(w, h, h ? &own : &all, &all, ret, e);
}

/* ---- quiet time ------------------------------------------------------------------------------ */

static bool is_skipped(const struct remind_policy *p, civil_day day)
{
	if (p->skip_weekends && date_weekday(day) > 5)
		return true;
	for (size_t i = 0; i < p->skips_n; i++)
		if (day >= p->skips[i].from && day <= p->skips[i].to)
			return true;
	return false;
}

/* The end of the quiet time that `at` lies in; `at` where it lies in none. */
static int64_t after_quiet(const struct remind_policy *p, int64_t at)
{
	civil_day day = clock_day_of(at);
	bool overnight = p->quiet_from > p->quiet_to;
	bool late = at >= clock_at(day, p->quiet_from);
	bool early = at < clock_at(day, p->quiet_to);

	if (p->quiet_from == p->quiet_to ||
	    (overnight ? !late && !early : !late || !early))
		return at;
	return clock_at(overnight && late ? day + 1 : day, p->quiet_to);
}

int64_t remind_policy_postpone(const struct remind_policy *p, int64_t at, civil_day day)
{
	enum { LONGEST = 366 }; /* days in a row to skip */
	int64_t to = after_quiet(p, at);

	for (int i = 0; i < LONGEST && is_skipped(p, clock_day_of(to)); i++)
		to = after_quiet(p, clock_at(clock_day_of(to) + 1, p->minute));
	bool in_time =
		day == DATE_NONE || clock_day_of(at) > day || clock_day_of(to) <= day;
	return in_time ? to : at;
}

/* ---- the method ------------------------------------------------------------------------------ */

/* What was told is read for its mistakes and put in the one form. */
static int read_told(struct work *w, const struct reminder_policy_params *p,
		     const struct remind_policy *now, struct layer *l, struct err *e)
{
	struct remind_policy told = {0};
	int minute, r = 0;

	if (p->lead)
		r = remind_read_days(&told, false, p->lead, e);
	if (r == 0 && p->after)
		r = remind_read_days(&told, true, p->after, e);
	if (r == 0 && p->at)
		r = remind_read_minute(p->at, &minute, e);
	if (r == 0 && p->quiet)
		r = remind_read_quiet(&told, p->quiet, e);
	if (r == 0 && p->skip)
		r = remind_read_skip(&told, p->skip, w->arena, e);
	if (r == 0 && p->by)
		r = remind_read_by(&told, p->by, w->arena, e);
	for (size_t i = 0; !p->by && p->from.n && i < now->ways_n; i++)
		if (now->ways[i].from == REMIND_ALWAYS)
			told.ways[told.ways_n++] = now->ways[i];
	for (size_t i = 0; r == 0 && i < p->from.n; i++)
		r = remind_read_from(&told, p->from.v[i], w->arena, e);
	if (r < 0)
		return r;
	remind_sort(&told);
	if (p->lead)
		l->lead = remind_days_text(&told, false, w->arena);
	if (p->after)
		l->after = remind_days_text(&told, true, w->arena);
	if (p->at)
		l->minute = minute;
	if (p->quiet)
		l->quiet = remind_quiet_text(&told, w->arena);
	if (p->skip)
		l->skip = remind_skip_text(&told, w->arena);
	if (p->by || p->from.n)
		l->channels = remind_ways_text(&told, w->arena);
	return 0;
}

static int change(struct work *w, const struct held *h,
		  const struct reminder_policy_params *p, struct layer *own,
		  const struct remind_policy *now, struct err *e)
{
	bool told =
		p->lead || p->after || p->at || p->by || p->from.n || p->quiet || p->skip;
	struct remind_policy whole;

	if (p->usual > 0 && told)
		return err_set(e, -PDH_USAGE, "usual", "goes without other settings");
	if (p->usual <= 0 && !told)
		return 0;
	if (p->usual > 0)
		*own = silent;
	int r = read_told(w, p, now, own, e);
	/* Each part may be right by itself and the whole too much. */
	if (r == 0)
		r = parse(*own, w->arena, &whole, e);
	if (r < 0)
		return r;
	w->what = h ? arena_printf(w->arena, "set reminders of %s", h->alias)
		    : "set reminders of all credentials";
	return store(w, h, own, e);
}

/* What is due, or comes first. */
static int find_next(struct work *w, const struct held *h, struct reminder **ret,
		     struct err *e)
{
	struct reminder_list_params p = {.all = -1};
	struct reminders all = {0};

	if (h) {
		p.credentials.n = 1;
		p.credentials.v = arena_alloc(w->arena, sizeof(const char *));
		p.credentials.v[0] = h->alias;
	}
	int r = method_reminder_list(w, &p, &all, e);
	if (r == 0 && all.reminders.n)
		*ret = &all.reminders.v[0];
	return r;
}

static void fill(struct work *w, const struct remind_policy *p,
		 struct reminder_policy *ret)
{
	struct arena *a = w->arena;

	ret->usual = p->usual;
	ret->lead = remind_days_text(p, false, a);
	ret->after = remind_days_text(p, true, a);
	ret->at = remind_minute_text(p->minute, a);
	ret->quiet = remind_quiet_text(p, a);
	ret->skip = remind_skip_text(p, a);
	ret->by.v = arena_array(a, REMIND_WAYS, sizeof(const char *));
	for (size_t i = 0; i < p->ways_n; i++) {
		const struct remind_way *way = &p->ways[i];
		ret->by.v[ret->by.n++] =
			way->from == REMIND_ALWAYS
				? way->channel
				: arena_printf(a, "%dd %s", way->from, way->channel);
	}
}

int method_reminder_policy(struct work *w, const struct reminder_policy_params *p,
			   struct reminder_policy *ret, struct err *e)
{
	struct layer own = silent, all = silent;
	struct remind_policy policy;
	struct held found;
	const struct held *h = p->credential ? &found : NULL;
	int r = 0;

	if (h)
		r = held_find(w, p->credential, "credential", &found, e);
	if (r == 0)
		r = read_layers(w, h ? h->id : 0, &own, &all, e);
	if (r == 0)
		r = remind_policy_read(w, h, &policy, e);
	if (r == 0)
		r = change(w, h, p, h ? &own : &all, &policy, e);
	if (r == 0)
		r = remind_policy_read(w, h, &policy, e);
	if (r == 0)
		r = find_next(w, h, &ret->next, e);
	if (r < 0)
		return r;
	ret->dry_run = w->dry_run;
	ret->credential = h ? h->alias : NULL;
	fill(w, &policy, ret);
	return 0;
}
