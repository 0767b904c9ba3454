#include "daemon/remind/delivery_rows.h"

#include <string.h>

bool delivery_is_of(const struct delivery *d, const struct rung *rung)
{
	return d->credential_id == rung->credential_id && d->item_id == rung->item_id &&
	       d->day == rung->reminder.day && d->rung == rung->reminder.before &&
	       d->until == rung->until;
}

static enum delivery_state state_in(struct sqlite3_stmt *s, int column)
{
	return delivery_state_of(db_word(s, column));
}

static struct delivery row_in(struct work *w, struct sqlite3_stmt *s)
{
	return (struct delivery){
		.id = db_int(s, 0),
		.credential_id = db_int(s, 1),
		.item_id = db_int(s, 2),
		.day = db_date(s, 3),
		.rung = db_int(s, 4),
		.until = *db_word(s, 5) ? db_date(s, 5) : DATE_NONE,
		.channel = db_text(s, 6, w->arena),
		.tries = db_int(s, 7),
		.next_at = db_int(s, 8),
		.state = state_in(s, 9),
	};
}

static struct delivery *grow(struct work *w, struct deliveries *d)
{
	d->v = arena_grow(w->arena, d->v, d->n, sizeof(*d->v));
	return &d->v[d->n++];
}

int delivery_all_pending(struct work *w, struct deliveries *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_delivery_pending, &s, e);

	*ret = (struct deliveries){NULL, 0};
	while (r >= 0 && (r = db_step(w->db, s, e)) > 0)
		*grow(w, ret) = row_in(w, s);
	return r;
}

int delivery_of_day(struct work *w, const struct rung *rung, struct deliveries *ret,
		    struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_delivery_of_day, &s, e);

	*ret = (struct deliveries){NULL, 0};
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", rung->credential_id);
	db_bind_int(s, ":item_id", rung->item_id);
	db_bind_date(s, ":day", rung->reminder.day);
	while ((r = db_step(w->db, s, e)) > 0)
		*grow(w, ret) = (struct delivery){
			.id = db_int(s, 0),
			.credential_id = rung->credential_id,
			.item_id = rung->item_id,
			.day = rung->reminder.day,
			.rung = db_int(s, 1),
			.until = *db_word(s, 2) ? db_date(s, 2) : DATE_NONE,
			.channel = db_text(s, 3, w->arena),
			.state = state_in(s, 4),
		};
	return r;
}

int delivery_get(struct work *w, int64_t id, struct delivery *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_delivery_get, &s, e, DB_INT(":id", id));

	if (r > 0)
		*ret = row_in(w, s);
	return r;
}

int delivery_add(struct work *w, const struct rung *rung, const char *channel,
		 enum delivery_state state, int64_t next_at, struct err *e)
{
	char until[DATE_ISO_SIZE] = "";
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_delivery_add, &s, e);

	if (r < 0)
		return r;
	if (rung->until != DATE_NONE)
		date_format_iso(rung->until, until);
	db_bind_int(s, ":credential_id", rung->credential_id);
	db_bind_int(s, ":item_id", rung->item_id);
	db_bind_date(s, ":day", rung->reminder.day);
	db_bind_int(s, ":rung", rung->reminder.before);
	db_bind_text(s, ":until", until);
	db_bind_text(s, ":channel", channel);
	db_bind_text(s, ":state", delivery_state_word(state));
	db_bind_int(s, ":next_at", next_at);
	db_bind_int(s, ":now", w->now);
	return db_run(w->db, s, e);
}

int delivery_set(struct work *w, int64_t id, enum delivery_state state, int64_t next_at,
		 struct err *e)
{
	return DB_DO(w->db, Q_delivery_set, e, DB_INT(":id", id),
		     DB_TEXT(":state", delivery_state_word(state)),
		     DB_INT(":next_at", next_at));
}

int delivery_log(struct work *w, const struct delivery_entry *entry, struct err *e)
{
	return DB_DO(w->db, Q_reminder_log_add, e,
		     DB_INT(":delivery_id", entry->delivery),
		     DB_TEXT(":reminder", entry->reminder),
		     DB_TEXT(":channel", entry->channel), DB_INT(":at", w->now),
		     DB_TEXT(":outcome",
			     entry->outcome ? send_outcome_word(entry->outcome) : NULL),
		     DB_TEXT(":text", entry->text));
}

int delivery_note(struct work *w, const char *reminder, const char *channel,
		  enum send_outcome outcome, const char *text, struct err *e)
{
	const struct delivery_entry entry = {INT_NONE, reminder, channel, outcome, text};

	return delivery_log(w, &entry, e);
}
