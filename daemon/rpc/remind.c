#include "daemon/rpc/remind.h"

#include "common/clock.h"
#include "common/log.h"
#include "daemon/rpc/later.h"

#include <stdlib.h>
#include <string.h>

static int recover(struct work *w, void *unused, struct err *e)
{
	(void)unused;
	return delivery_recover(w, e);
}

int rpc_remind_start(struct rpc *rpc, struct err *e)
{
	rpc->reminders.sends = true;
	rpc->reminders.late_until = INT64_MIN;
	rpc->next |= NEXT_REMIND;
	return rpc_run(rpc, recover, NULL, e);
}

/* ---- what became of it ------------------------------------------------------------------------ */

struct untold {
	struct untold *next;
	struct delivery_outcome outcome;
	char text[];
};

static void keep(struct rpc *rpc, const struct delivery_outcome *o)
{
	struct untold **at = &rpc->reminders.untold;
	size_t n = strlen(o->text) + 1;
	struct untold *kept = malloc(sizeof(*kept) + n);

	if (!kept)
		oom();
	*kept = (struct untold){.outcome = *o};
	kept->outcome.text = memcpy(kept->text, o->text, n);
	while (*at)
		at = &(*at)->next;
	*at = kept;
}

void rpc_forget_untold(struct rpc *rpc)
{
	struct untold *first;

	while ((first = rpc->reminders.untold)) {
		rpc->reminders.untold = first->next;
		free(first);
	}
}

static int report_fn(struct work *w, void *arg, struct err *e)
{
	return delivery_report(w, arg, e);
}

int rpc_remind_report(struct rpc *rpc, const struct delivery_outcome *o, struct err *e)
{
	struct delivery_outcome copy = *o;
	int r = rpc_run(rpc, report_fn, &copy, e);

	if (r < 0)
		keep(rpc, o);
	return r;
}

/* In their order. While it runs none is in the list, which goes with the database. */
static int tell_kept(struct rpc *rpc, struct err *e)
{
	struct untold *first;
	int r = 0;

	while (r == 0 && (first = rpc->reminders.untold)) {
		rpc->reminders.untold = first->next;
		r = rpc_run(rpc, report_fn, &first->outcome, e);
		if (r == 0) {
			free(first);
			continue;
		}
		first->next = rpc->reminders.untold;
		rpc->reminders.untold = first;
	}
	return r;
}

/* ---- a look ---------------------------------------------------------------------------------- */

struct look {
	int64_t limit;
	struct delivery_taken taken;
	struct message *list;
};

static void prepend(struct message **list, struct message *m)
{
	m->next = *list;
	*list = m;
}

static void add_withdrawals(struct look *look)
{
	for (size_t i = 0; i < look->taken.withdraw.n; i++) {
		struct message *m = message_new(CHANNEL_DESKTOP);
		m->withdraw = true;
		m->ladder = arena_dup(&m->arena, look->taken.withdraw.v[i]);
		prepend(&look->list, m);
	}
}

static int look_fn(struct work *w, void *arg, struct err *e)
{
	const struct texts everything = {0};
	struct look *look = arg;
	struct rungs plan;

	int r = remind_plan(w, &everything, &plan, e);
	if (r == 0)
		r = delivery_take(w, &plan, look->limit, &look->taken, e);
	if (r == 0)
		r = delivery_begin(w, &plan, &look->list, e);
	if (r < 0)
		return r;
	add_withdrawals(look);
	/* The file that is kept fresh; whether it is to be written is for who knows what is in it. */
	if (channel_is_usable(&plan.channels, "calendar"))
		prepend(&look->list, message_calendar(w, &plan, 0));
	return 0;
}

static void append(struct rpc *rpc, struct message *list)
{
	struct message **at = &rpc->reminders.messages;

	while (*at)
		at = &(*at)->next;
	*at = list;
}

static void free_all(struct message *list)
{
	struct message *next;

	for (struct message *m = list; m; m = next) {
		next = m->next;
		message_free(m);
	}
}

bool rpc_remind_is_due(const struct rpc *rpc, int64_t now)
{
	const struct rpc_reminders *r = &rpc->reminders;

	return r->sends && (now >= r->next_look || now < r->looked_at);
}

int rpc_remind_look(struct rpc *rpc, struct err *e)
{
	enum { LATER = 15 * 60 };
	struct rpc_reminders *own = &rpc->reminders;
	struct look look = {.limit = own->late_until};
	int64_t now = clock_now();
	struct err ignored;

	/* One that stays untold holds nobody else up. */
	bool told = tell_kept(rpc, &ignored) == 0;
	int r = rpc_run(rpc, look_fn, &look, e);
	own->looked_at = now;
	if (r < 0) {
		free_all(look.list);
		own->next_look = now + LATER;
		own->missed = true;
		return r;
	}
	/* Pace, and what the rules say, may be other tomorrow. */
	int64_t tomorrow = clock_at(clock_day_of(now) + 1, 0);
	own->next_look = look.taken.next < tomorrow ? look.taken.next : tomorrow;
	if (!told && now + LATER < own->next_look)
		own->next_look = now + LATER;
	own->late_until = INT64_MIN;
	own->missed = false;
	append(rpc, look.list);
	return 0;
}

void rpc_remind_first(struct rpc *rpc)
{
	struct err e;

	if (rpc_remind_is_due(rpc, clock_now()) && rpc_remind_look(rpc, &e) < 0)
		log_warn("reminders: %s", e.message);
}

struct message *rpc_remind_messages(struct rpc *rpc)
{
	struct message *list = rpc->reminders.messages;

	rpc->reminders.messages = NULL;
	return list;
}

bool rpc_remind_waits(const struct rpc *rpc)
{
	return rpc->reminders.messages != NULL;
}

/* ---- what became of it later ------------------------------------------------------------------- */

struct closed {
	int64_t entry, seconds;
};

static int closed_fn(struct work *w, void *arg, struct err *e)
{
	const struct closed *closed = arg;

	return delivery_closed(w, closed->entry, closed->seconds, e);
}

int rpc_remind_closed(struct rpc *rpc, int64_t entry, int64_t seconds, struct err *e)
{
	struct closed closed = {entry, seconds};

	if (rpc->lent) {
		rpc_later_closed(rpc, entry, seconds);
		return 0;
	}
	return rpc_run(rpc, closed_fn, &closed, e);
}

struct note {
	enum channel channel;
	enum send_outcome outcome;
	const char *text;
};

static int note_fn(struct work *w, void *arg, struct err *e)
{
	const struct note *n = arg;

	return delivery_note(w, "-", channel_word(n->channel), n->outcome, n->text, e);
}

void rpc_remind_note(struct rpc *rpc, enum channel channel, enum send_outcome outcome,
		     const char *text)
{
	struct note note = {channel, outcome, text};
	struct err ignored;

	if (rpc->lent)
		rpc_later_note(rpc, channel, outcome, text);
	else
		(void)rpc_run(rpc, note_fn, &note, &ignored);
}

/* ---- a button ---------------------------------------------------------------------------------- */

static void write_request(struct buf *frame, const char *reminder, bool snooze)
{
	char tomorrow[DATE_ISO_SIZE];
	msgpack_packer pk;

	msgpack_packer_init(&pk, frame, buf_write);
	wire_pack_request(&pk, 1, snooze ? "reminder.snooze" : "reminder.ack");
	msgpack_pack_map(&pk, snooze ? 3 : 2);
	wire_pack_text(&pk, "reminder");
	wire_pack_text(&pk, reminder);
	wire_pack_text(&pk, "by");
	wire_pack_text(&pk, "desktop");
	if (!snooze)
		return;
	date_format_iso(clock_today() + 1, tomorrow);
	wire_pack_text(&pk, "until");
	wire_pack_text(&pk, tomorrow);
}

int rpc_remind_press(struct rpc *rpc, const char *reminder, bool snooze, struct err *e)
{
	struct buf frame = {0}, out = {0};
	struct wire_response response;
	msgpack_unpacked u;
	size_t off = 0;
	int level, r = 0;

	if (rpc->lent) {
		rpc_later_press(rpc, reminder, snooze);
		return 0;
	}
	write_request(&frame, reminder, snooze);
	rpc_remind_first(rpc);
	rpc->next |= rpc_dispatch(rpc, frame.data, frame.len, &out);
	msgpack_unpacked_init(&u);
	if (msgpack_unpack_next(&u, out.data, out.len, &off) == MSGPACK_UNPACK_SUCCESS &&
	    wire_read_response(&u.data, &response, e) == 0 && response.error) {
		wire_read_error(response.error, e, &level);
		r = e->code;
	}
	msgpack_unpacked_destroy(&u);
	buf_done(&frame);
	buf_done(&out);
	return r;
}
