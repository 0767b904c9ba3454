#include "daemon/desk/desk.h"

#include "common/arena.h"
#include "common/log.h"
#include "daemon/desk/message.h"
#include "daemon/desk/shown.h"
#include "daemon/desk/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	DISMISSED = 2,	       /* of the reasons of NotificationClosed: the person did */
	MARGIN_USEC = 1000000, /* our deadline is to come before that of the call */
};

/* A note that is not done(). */
struct show {
	struct show *next;
	struct desk_note note; /* its texts are its own */
	int64_t attempt, timeout_ms;
	bool sent;	/* it is the service's turn */
	bool withdrawn; /* since then */
};

struct desk {
	uv_loop_t *loop;
	struct desk_events to;
	uv_timer_t deadline;  /* of the first show, once it is sent */
	struct desk_bus *bus; /* NULL: not connected */
	sd_bus_slot *call;    /* the one that is not answered */
	bool closing;
	struct desk_service service;
	struct show *shows; /* the first is the service's turn */
	struct desk_shown *shown;
};

static void go_on(struct desk *d);

/* ---- what is to be shown ---------------------------------------------------------- */

static void free_show(struct show *s)
{
	free((char *)s->note.reminder);
	free((char *)s->note.ladder);
	free((char *)s->note.title);
	free((char *)s->note.body);
	free(s);
}

static void finish(struct desk *d, struct show *s, bool ok, const char *text)
{
	struct show **at = &d->shows;

	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	if (s->sent)
		uv_timer_stop(&d->deadline);
	if (!d->closing)
		d->to.done(d->to.data, s->attempt, ok, text);
	free_show(s);
}

static void drop_call(struct desk *d)
{
	if (d->call)
		d->call = d->bus->sd->bus_slot_unref(d->call);
}

/* The first did not get shown; on with the next. */
static void fail(struct desk *d, const char *text)
{
	drop_call(d);
	if (d->shows)
		finish(d, d->shows, false, text);
	go_on(d);
}

static void on_deadline(uv_timer_t *timer)
{
	struct desk *d = timer->data;
	char text[96];

	(void)snprintf(text, sizeof(text),
		       "the notification service did not answer within %lld s",
		       (long long)(d->shows->timeout_ms + 999) / 1000);
	fail(d, text);
}

static void on_lost(void *data)
{
	struct desk *d = data;

	drop_call(d);
	desk_bus_close(d->bus);
	d->bus = NULL;
	desk_shown_forget_all(&d->shown);
	d->service = (struct desk_service){.name = ""};
	if (d->shows && d->shows->sent)
		fail(d, "the session bus went away");
}

/* ---- what the service says ---------------------------------------------------------- */

/* A failure in the user's words; NULL where it answered. */
static const char *refusal(struct desk *d, sd_bus_message *m, struct err *e)
{
	static const char *const absent[] = {"ServiceUnknown", "NameHasNoOwner", "Spawn",
					     "systemd1"};
	const sd_bus_error *error = d->bus->sd->bus_message_get_error(m);

	if (!error)
		return NULL;
	for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++)
		if (strstr(error->name, absent[i]))
			return "nothing shows notifications on this session bus";
	if (strstr(error->name, "NoReply"))
		return "the notification service ended before it answered";
	err_set(e, -PDH_FAILED, NULL, "the notification service refused it: %.200s",
		error->message ? error->message : error->name);
	return e->message;
}

typedef int (*answered)(sd_bus_message *m, void *data, sd_bus_error *unused);

/* Sends the call; false if it cannot be. Takes the message over. */
static bool call(struct desk *d, sd_bus_message *m, answered then)
{
	uint64_t usec = (uint64_t)d->shows->timeout_ms * 1000 + MARGIN_USEC;
	const struct desk_sd *sd = d->bus->sd;
	int r = m ? sd->bus_call_async(d->bus->bus, &d->call, m, then, d, usec) : -1;

	sd->bus_message_unref(m);
	return r >= 0;
}

static void close_shown(struct desk *d, uint32_t id)
{
	const struct desk_sd *sd = d->bus->sd;
	sd_bus_message *m = desk_message(d->bus, DESK_NAME, "CloseNotification");

	if (m && sd->bus_message_append(m, "u", id) >= 0 &&
	    sd->bus_message_set_auto_start(m, 0) >= 0 &&
	    sd->bus_message_set_expect_reply(m, 0) >= 0)
		(void)sd->bus_send(d->bus->bus, m, NULL);
	sd->bus_message_unref(m);
}

static int on_shown(sd_bus_message *m, void *data, sd_bus_error *unused)
{
	struct desk *d = data;
	struct show *s = d->shows;
	char text[128];
	uint32_t id = 0;
	struct err e;

	(void)unused;
	const char *why = refusal(d, m, &e);
	if (!why && d->bus->sd->bus_message_read(m, "u", &id) < 0)
		why = "the notification service answered what cannot be read";
	if (why) {
		fail(d, why);
		return 1;
	}
	drop_call(d);
	if (s->withdrawn)
		close_shown(d, id);
	else
		desk_shown_remember(&d->shown, s->note.ladder, id, s->attempt,
				    uv_now(d->loop));
	(void)snprintf(text, sizeof(text), "shown by %s", d->service.name);
	finish(d, s, true, text);
	go_on(d);
	return 1;
}

static void read_capabilities(struct desk *d, sd_bus_message *m)
{
	const struct desk_sd *sd = d->bus->sd;
	const char *word;

	d->service.actions = d->service.markup = false;
	if (sd->bus_message_enter_container(m, 'a', "s") < 0)
		return;
	while (sd->bus_message_read(m, "s", &word) > 0) {
		d->service.actions |= strcmp(word, "actions") == 0;
		d->service.markup |= strcmp(word, "body-markup") == 0;
	}
}

static int on_capabilities(sd_bus_message *m, void *data, sd_bus_error *unused)
{
	struct desk *d = data;
	struct err e;

	(void)unused;
	const char *why = refusal(d, m, &e);
	if (!why) {
		const struct desk_note *note = &d->shows->note;
		uint32_t before = desk_shown_id(d->shown, note->ladder);
		read_capabilities(d, m);
		drop_call(d);
		if (call(d, desk_message_note(d->bus, &d->service, note, before),
			 on_shown))
			return 1;
		why = "the notification could not be sent";
	}
	fail(d, why);
	return 1;
}

/* It is told to the person, and comes from whoever has the name. */
static void name_service(struct desk *d, const char *name)
{
	enum { MOST = 40 };
	AUTO_BUF text = {0};

	desk_text(&text, name, &(struct desk_text){.most = MOST});
	(void)snprintf(d->service.name, sizeof(d->service.name), "%s", text.data);
}

/* Another service knows nothing of what the one before showed, and its numbers mean other notifications. */
static int on_information(sd_bus_message *m, void *data, sd_bus_error *unused)
{
	struct desk *d = data;
	const struct desk_sd *sd = d->bus->sd;
	const char *name = NULL, *owner = sd->bus_message_get_sender(m);
	struct err e;

	(void)unused;
	const char *why = refusal(d, m, &e);
	if (!why && (sd->bus_message_read(m, "s", &name) < 0 || !owner))
		why = "the notification service answered what cannot be read";
	if (!why) {
		if (strcmp(d->service.owner, owner) != 0)
			desk_shown_forget_all(&d->shown);
		(void)snprintf(d->service.owner, sizeof(d->service.owner), "%s", owner);
		name_service(d, name);
		drop_call(d);
		if (call(d, desk_message(d->bus, d->service.owner, "GetCapabilities"),
			 on_capabilities))
			return 1;
		why = "the notification could not be sent";
	}
	fail(d, why);
	return 1;
}

/* ---- what the person does ------------------------------------------------------------ */

/* Whether the service sent it; anybody may, to this connection. */
static bool is_from_service(struct desk *d, sd_bus_message *m)
{
	const char *sender = d->bus->sd->bus_message_get_sender(m);

	return sender && strcmp(sender, d->service.owner) == 0;
}

static int on_action(sd_bus_message *m, void *data, sd_bus_error *unused)
{
	struct desk *d = data;
	enum desk_button button;
	const char *key, *reminder;
	uint32_t id;

	(void)unused;
	if (!is_from_service(d, m) ||
	    d->bus->sd->bus_message_read(m, "us", &id, &key) < 0 ||
	    !desk_key_read(key, &button, &reminder))
		return 0;
	(void)desk_shown_forget(&d->shown, id, NULL);
	close_shown(d, id);
	d->to.pressed(d->to.data, reminder, button);
	return 0;
}

static int on_closed_by(sd_bus_message *m, void *data, sd_bus_error *unused)
{
	struct desk *d = data;
	struct desk_shown was;
	uint32_t id, reason;

	(void)unused;
	if (!is_from_service(d, m) ||
	    d->bus->sd->bus_message_read(m, "uu", &id, &reason) < 0 ||
	    !desk_shown_forget(&d->shown, id, &was) || reason != DISMISSED)
		return 0;
	d->to.closed(d->to.data, was.attempt,
		     (int64_t)(uv_now(d->loop) - was.since) / 1000);
	return 0;
}

/* ---- one after the other ------------------------------------------------------------- */

static int connect_bus(struct desk *d, struct err *e)
{
	if (d->bus)
		return 0;
	int r = desk_bus_open(d->loop, on_lost, d, &d->bus, e);
	if (r < 0)
		return r;
	const struct desk_sd *sd = d->bus->sd;
	(void)sd->bus_match_signal_async(d->bus->bus, NULL, DESK_NAME, DESK_PATH,
					 DESK_NAME, "ActionInvoked", on_action, NULL, d);
	(void)sd->bus_match_signal_async(d->bus->bus, NULL, DESK_NAME, DESK_PATH,
					 DESK_NAME, "NotificationClosed", on_closed_by,
					 NULL, d);
	return 0;
}

/* Gives the service the first note, if it is not busy with one. */
static void go_on(struct desk *d)
{
	struct err e;

	while (d->shows && !d->shows->sent && !d->closing) {
		struct show *s = d->shows;
		s->sent = true;
		if (connect_bus(d, &e) < 0) {
			finish(d, s, false, e.message);
			continue;
		}
		if (!call(d, desk_message(d->bus, DESK_NAME, "GetServerInformation"),
			  on_information)) {
			finish(d, s, false, "the notification could not be sent");
			continue;
		}
		uv_timer_start(&d->deadline, on_deadline, (uint64_t)s->timeout_ms, 0);
	}
	if (d->bus)
		desk_bus_settle(d->bus);
}

static char *copy(const char *text)
{
	char *s = strdup(text);

	if (!s)
		oom();
	return s;
}

void desk_show(struct desk *d, int64_t attempt, const struct desk_note *note,
	       int64_t timeout_ms)
{
	struct show *s = calloc(1, sizeof(*s)), **at = &d->shows;

	if (!s)
		oom();
	s->attempt = attempt;
	s->timeout_ms = timeout_ms;
	s->note = (struct desk_note){copy(note->reminder), copy(note->ladder),
				     copy(note->title), copy(note->body), note->urgency};
	while (*at)
		at = &(*at)->next;
	*at = s;
	go_on(d);
}

void desk_withdraw(struct desk *d, const char *ladder)
{
	uint32_t id = desk_shown_id(d->shown, ladder);
	struct show *s = d->shows;

	while (s) {
		bool of = strcmp(s->note.ladder, ladder) == 0;
		s->withdrawn |= of && s->sent;
		if (of && !s->sent) {
			finish(d, s, false, "it was answered before it was shown");
			s = d->shows;
		} else {
			s = s->next;
		}
	}
	if (!id || !d->bus)
		return;
	close_shown(d, id);
	(void)desk_shown_forget(&d->shown, id, NULL);
	desk_bus_settle(d->bus);
}

struct desk *desk_new(uv_loop_t *loop, const struct desk_events *to)
{
	struct desk *d = calloc(1, sizeof(*d));

	if (!d)
		oom();
	d->loop = loop;
	d->to = *to;
	uv_timer_init(loop, &d->deadline);
	d->deadline.data = d;
	return d;
}

static void on_closed(uv_handle_t *handle)
{
	free(handle->data);
}

void desk_free(struct desk *d)
{
	if (!d)
		return;
	d->closing = true;
	if (d->bus) {
		drop_call(d);
		desk_bus_close(d->bus);
		d->bus = NULL;
	}
	while (d->shows)
		finish(d, d->shows, false, "");
	desk_shown_forget_all(&d->shown);
	uv_close((uv_handle_t *)&d->deadline, on_closed);
}
