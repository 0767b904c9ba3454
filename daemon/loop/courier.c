#include "daemon/loop/courier.h"

#include "common/clock.h"
#include "common/log.h"
#include "common/replace.h"
#include "daemon/loop/child.h"
#include "daemon/loop/outside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PLACES = 4, PLACES_OF_CHANNEL = 3 };

/* A message under way. */
struct errand {
	struct errand *next, **link;
	struct courier *courier;
	struct message *message;
	struct child *child; /* of mail and command */
	uint64_t begun;	     /* loop time, ms */
};

static struct errand *errand_new(struct courier *c, struct message *m)
{
	struct errand *errand = calloc(1, sizeof(*errand));

	if (!errand)
		oom();
	errand->courier = c;
	errand->message = m;
	uv_update_time(c->loop);
	errand->begun = uv_now(c->loop);
	errand->next = c->errands;
	errand->link = &c->errands;
	if (errand->next)
		errand->next->link = &errand->next;
	c->errands = errand;
	return errand;
}

static void errand_free(struct errand *errand)
{
	*errand->link = errand->next;
	if (errand->next)
		errand->next->link = errand->link;
	message_free(errand->message);
	free(errand);
}

static void report(struct courier *c, int64_t entry, bool ok, int64_t took_ms,
		   const char *text)
{
	const struct delivery_outcome outcome = {entry, ok, took_ms, text};
	struct err e;

	if (entry && rpc_remind_report(c->rpc, &outcome, &e) < 0)
		log_warn("the outcome of a reminder: %s", e.message);
	if (c->news)
		c->news(c->data);
}

static void start_waiting(struct courier *c);

static void end(struct errand *errand, bool ok, const char *text)
{
	struct courier *c = errand->courier;
	int64_t entry = errand->message->entry;

	uv_update_time(c->loop);
	int64_t took = (int64_t)(uv_now(c->loop) - errand->begun);
	errand_free(errand);
	report(c, entry, ok, took, text);
	start_waiting(c);
}

/* ---- programs -------------------------------------------------------------------------------- */

static void on_child(void *data, bool ok, const char *text)
{
	end(data, ok, text);
}

static void run_program(struct courier *c, struct message *m)
{
	struct errand *errand = errand_new(c, m);
	const struct child_spec spec = {
		.argv = outside_argv(m->argv, m->env, m->timeout_ms, &m->arena),
		.name = m->argv[0],
		.env = m->env,
		.input = m->input,
		.timeout_ms = m->timeout_ms,
	};
	/* Where it did not start the errand is over already. */
	struct child *child = child_run(c->loop, &spec, on_child, errand);
	if (child)
		errand->child = child;
}

static bool has_place(const struct courier *c, enum channel channel)
{
	int all = 0, of = 0;

	for (const struct errand *at = c->errands; at; at = at->next) {
		enum channel other = at->message->channel;
		all += other == CHANNEL_MAIL || other == CHANNEL_COMMAND;
		of += other == channel;
	}
	return all < PLACES && of < PLACES_OF_CHANNEL;
}

/* Takes the first for which there is a place; NULL if there is none. */
static struct message *take_waiting(struct courier *c)
{
	for (struct message **at = &c->waiting; *at; at = &(*at)->next) {
		struct message *m = *at;
		if (!has_place(c, m->channel))
			continue;
		*at = m->next;
		return m;
	}
	return NULL;
}

/* One that cannot be run is over at once, and comes by here while it is being started. */
static void start_waiting(struct courier *c)
{
	struct message *m;

	if (c->starting)
		return;
	c->starting = true;
	while ((m = take_waiting(c)))
		run_program(c, m);
	c->starting = false;
}

static void wait_for_place(struct courier *c, struct message *m)
{
	struct message **at = &c->waiting;

	while (*at)
		at = &(*at)->next;
	m->next = NULL;
	*at = m;
}

/* ---- the calendar file ------------------------------------------------------------------------- */

/* FNV-1a: to see whether a text is another. */
static uint64_t fingerprint(const char *text)
{
	uint64_t h = 0xcbf29ce484222325;

	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 0x100000001b3;
	return h ? h : 1;
}

static int write_calendar(struct courier *c, const struct message *m, struct err *e)
{
	uint64_t now;

	if (!m->input)
		return err_set(e, -PDH_FAILED, NULL, "%s", m->body);
	now = fingerprint(m->input);
	if (!m->entry && now == c->calendar && access(m->file, F_OK) == 0)
		return 0;
	int r = file_replace(m->file, m->input, strlen(m->input), 0600, e);
	c->calendar = r < 0 ? 0 : now;
	return r;
}

/* A file that cannot be written is told of once, until it can again. */
static void keep_calendar(struct courier *c, struct message *m)
{
	char text[600];
	struct err e;

	int r = write_calendar(c, m, &e);
	(void)snprintf(text, sizeof(text), "%s", r < 0 ? e.message : m->file);
	if (m->entry)
		report(c, m->entry, r == 0, 0, text);
	else if (r < 0 && !c->calendar_failed)
		rpc_remind_note(c->rpc, CHANNEL_CALENDAR, OUTCOME_FAILED, text);
	c->calendar_failed = r < 0;
	message_free(m);
}

/* ---- the desktop ------------------------------------------------------------------------------- */

static void show(struct courier *c, struct message *m)
{
	const struct desk_note note = {m->reminder, m->ladder, m->title, m->body,
				       m->urgency};

	/* It may be over before it returns. */
	desk_show(c->desk, errand_new(c, m)->message->entry, &note, m->timeout_ms);
}

static void on_shown(void *data, int64_t attempt, bool ok, const char *text)
{
	struct courier *c = data;

	for (struct errand *errand = c->errands; errand; errand = errand->next)
		if (errand->message->entry == attempt) {
			end(errand, ok, text);
			return;
		}
}

static void on_pressed(void *data, const char *reminder, enum desk_button button)
{
	struct courier *c = data;
	struct err e;

	if (strcmp(reminder, "test") == 0)
		return;
	if (rpc_remind_press(c->rpc, reminder, button == DESK_SNOOZE, &e) < 0)
		log_info("a button of %s: %s", reminder, e.message);
	if (c->news)
		c->news(c->data);
}

static void on_closed(void *data, int64_t attempt, int64_t seconds)
{
	struct courier *c = data;
	struct err e;

	if (rpc_remind_closed(c->rpc, attempt, seconds, &e) < 0)
		log_warn("a reminder that was closed: %s", e.message);
}

/* ---- the whole --------------------------------------------------------------------------------- */

void courier_init(struct courier *c, uv_loop_t *loop, struct rpc *rpc)
{
	const struct desk_events events = {
		.done = on_shown, .pressed = on_pressed, .closed = on_closed, .data = c};

	*c = (struct courier){.loop = loop, .rpc = rpc};
	c->desk = desk_new(loop, &events);
}

static void send_one(struct courier *c, struct message *m)
{
	if (m->withdraw) {
		desk_withdraw(c->desk, m->ladder);
		message_free(m);
	} else if (m->channel == CHANNEL_DESKTOP) {
		show(c, m);
	} else if (m->channel == CHANNEL_CALENDAR) {
		keep_calendar(c, m);
	} else {
		wait_for_place(c, m);
	}
}

void courier_send(struct courier *c, struct message *list)
{
	struct message *next;

	for (struct message *m = list; m; m = next) {
		next = m->next;
		send_one(c, m);
	}
	start_waiting(c);
}

bool courier_is_busy(const struct courier *c)
{
	return c->errands || c->waiting;
}

void courier_stop(struct courier *c)
{
	struct errand *next;
	struct message *m;

	c->news = NULL;
	while ((m = c->waiting)) {
		c->waiting = m->next;
		message_free(m);
	}
	for (struct errand *errand = c->errands; errand; errand = next) {
		next = errand->next;
		struct child *child = errand->child;
		/* Without an entry nothing is reported. */
		errand->message->entry = 0;
		if (child)
			child_kill(child);
	}
	desk_free(c->desk);
	c->desk = NULL;
	while (c->errands)
		errand_free(c->errands);
}
