/* reminder.log, reminder.test, reminder.run */
#include "daemon/method.h"
#include "daemon/remind/delivery.h"

#include <string.h>

static int64_t last_entry(struct work *w, struct err *e)
{
	AUTO_STMT s = NULL;

	if (db_query(w->db, Q_reminder_log_last, &s, e) < 0 || db_step(w->db, s, e) <= 0)
		return 0;
	int64_t last = db_int(s, 0);
	return last == INT_NONE ? 0 : last;
}

static void add_entry(struct work *w, struct sqlite3_stmt *s, struct reminder_log *ret)
{
	ret->entries.v = arena_grow(w->arena, ret->entries.v, ret->entries.n,
				    sizeof(*ret->entries.v));
	struct log_entry *entry = &ret->entries.v[ret->entries.n++];
	shape_none(&shape_log_entry, entry);
	entry->id = db_int(s, 0);
	entry->at = db_int(s, 1);
	entry->reminder = db_text(s, 2, w->arena);
	entry->channel = db_text(s, 3, w->arena);
	entry->outcome = send_outcome_of(db_word(s, 4));
	entry->took_ms = db_int(s, 5);
	entry->text = db_text(s, 6, w->arena);
	ret->open += !entry->outcome;
}

/* The entries between, newest first, and one more to know whether there are older ones. */
static int list(struct work *w, int64_t since, int64_t before, int64_t limit,
		struct reminder_log *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_reminder_log_list, &s, e);

	if (r < 0)
		return r;
	ret->open = 0;
	db_bind_int(s, ":since", since);
	db_bind_int(s, ":before", before);
	db_bind_int(s, ":limit", limit + 1);
	while ((r = db_step(w->db, s, e)) > 0) {
		if ((int64_t)ret->entries.n == limit) {
			ret->next = ret->entries.v[limit - 1].id;
			break;
		}
		add_entry(w, s, ret);
	}
	return r < 0 ? r : 0;
}

int method_reminder_log(struct work *w, const struct reminder_log_params *p,
			struct reminder_log *ret, struct err *e)
{
	enum { USUAL = 20, MOST = 1000 };
	int64_t limit = p->limit == INT_NONE ? USUAL : p->limit;

	if (limit < 1 || limit > MOST)
		return err_set(e, -PDH_USAGE, "limit", "is a number from 1 to %d", MOST);
	ret->since = last_entry(w, e);
	return list(w, p->since == INT_NONE ? 0 : p->since, p->before, limit, ret, e);
}

/* What was put into the log by this request, or is under way. */
static int answer(struct work *w, int64_t since, struct reminder_log *ret, struct err *e)
{
	enum { MOST = 1000 };

	ret->since = since;
	ret->dry_run = w->dry_run;
	if (!w->dry_run)
		w->next |= NEXT_SEND;
	return list(w, since, INT_NONE, MOST, ret, e);
}

/* ---- a test ------------------------------------------------------------------------------------ */

static bool is_wanted(const struct reminder_test_params *p, enum channel channel)
{
	for (size_t i = 0; i < p->channels.n; i++)
		if (channel_of_way(p->channels.v[i]) == channel)
			return true;
	return p->channels.n == 0;
}

static int check_wanted(const struct reminder_test_params *p,
			const struct channels *channels, struct err *e)
{
	for (size_t i = 0; i < p->channels.n; i++) {
		const char *word = p->channels.v[i];
		enum channel channel = channel_of_way(word);
		if (channel == CHANNEL_NONE || strchr(word, ':'))
			return err_set(
				e, -PDH_USAGE, "channels",
				"\"%.40s\" is not desktop, mail, command or calendar",
				word);
		const char *name = channel_word(channel);
		if (channel_is_usable(channels, name))
			continue;
		err_set(e, -PDH_REFUSED, "channels", "%s is not set up, or switched off",
			name);
		return err_hint(e, "pdh remind channel %s", name);
	}
	return 0;
}

int method_reminder_test(struct work *w, const struct reminder_test_params *p,
			 struct reminder_log *ret, struct err *e)
{
	int64_t since = last_entry(w, e);
	struct channels channels;

	int r = channels_read(w, &channels, e);
	if (r == 0)
		r = check_wanted(p, &channels, e);
	for (enum channel i = CHANNEL_DESKTOP; r == 0 && i < CHANNEL_VALUES; i++) {
		const char *name = channel_word(i);
		if (is_wanted(p, i) && channel_is_usable(&channels, name))
			r = delivery_note(w, "test", name, OUTCOME_NONE, NULL, e);
	}
	return r < 0 ? r : answer(w, since, ret, e);
}

/* ---- now ---------------------------------------------------------------------------------------- */

/* The entry before the first that is under way, or was begun within the last minute: a daemon that was started for this
 * request has looked already. */
static int64_t since_lately(struct work *w, struct err *e)
{
	enum { LATELY = 60 };
	AUTO_STMT s = NULL;

	if (db_query(w->db, Q_reminder_log_since, &s, e) < 0)
		return 0;
	db_bind_int(s, ":at", w->now - LATELY);
	return db_step(w->db, s, e) > 0 ? db_int(s, 0) : 0;
}

int method_reminder_run(struct work *w, const struct reminder_run_params *p,
			struct reminder_log *ret, struct err *e)
{
	const struct texts everything = {0};
	int64_t since = since_lately(w, e);
	struct delivery_taken taken;
	struct rungs plan;

	(void)p;
	int r = remind_plan(w, &everything, &plan, e);
	if (r == 0)
		r = delivery_take(w, &plan, w->late_until, &taken, e);
	return r < 0 ? r : answer(w, since, ret, e);
}
