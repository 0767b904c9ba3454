#include "daemon/remind/message.h"

#include "common/clock.h"
#include "common/texts.h"
#include "daemon/remind/calendar.h"
#include "daemon/remind/reason.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The words of one reminder. */
struct wording {
	const struct reminder *reminder;
	const char *title, *body;
};

struct message *message_new(enum channel channel)
{
	struct message *m = calloc(1, sizeof(*m));

	if (!m)
		oom();
	m->channel = channel;
	return m;
}

void message_free(struct message *m)
{
	if (!m)
		return;
	arena_done(&m->arena);
	free(m);
}

const char *message_ladder(const struct reminder *m, struct arena *a)
{
	const char *slash = strrchr(m->id, '/');

	return m->about == REMINDER_ABOUT_PACE || !slash
		       ? m->id
		       : arena_dup_n(a, m->id, (size_t)(slash - m->id));
}

/* ---- words ---------------------------------------------------------------------------------- */

/* "in 30 days", "today", "7 days ago". */
static const char *distance(const struct reminder *m, civil_day today, struct arena *a)
{
	long left = (long)(m->day - today), n = left < 0 ? -left : left;
	const char *s = n == 1 ? "" : "s";

	if (left == 0)
		return "today";
	return left > 0 ? arena_printf(a, "in %ld day%s", n, s)
			: arena_printf(a, "%ld day%s ago", n, s);
}

static const char *title_of(const struct reminder *m, civil_day today, struct arena *a)
{
	const char *when = distance(m, today, a);

	if (m->about == REMINDER_ABOUT_PACE)
		return m->title;
	if (m->about == REMINDER_ABOUT_ITEM)
		return arena_printf(a, "%s, %s", m->title, when);
	return arena_printf(a, "%s %s %s", m->credential,
			    m->day < today ? "expired" : "expires", when);
}

static const char *body_of(const struct rung *rung, struct arena *a)
{
	const struct reminder *m = &rung->reminder;

	return arena_printf(a,
			    "%s\nLook:          %s\nAcknowledge:   pdh remind ack %s\n"
			    "Later:         pdh remind snooze %s tomorrow\n",
			    reason_text(rung->basis, m, a), m->next, m->id, m->id);
}

static struct wording words_of(struct work *w, const struct rung *rung)
{
	static const struct reminder test = {
		.id = "test",
		.credential = "",
		.about = REMINDER_ABOUT_TEST,
		.title = "A test of reminders",
		.day = DATE_NONE,
		.next = "pdh remind channel",
	};

	if (!rung)
		return (struct wording){&test, "pdh: a test of reminders",
					"Reminders will reach you this way.\n"
					"To change that: pdh remind channel\n"};
	return (struct wording){&rung->reminder,
				title_of(&rung->reminder, w->today, w->arena),
				body_of(rung, w->arena)};
}

/* ---- channels ------------------------------------------------------------------------------- */

/* Stays on the screen in the last week and after the day. */
static int urgency_of(const struct reminder *m)
{
	if (m->about != REMINDER_ABOUT_CYCLE && m->about != REMINDER_ABOUT_ITEM)
		return 0;
	return m->before <= 7 ? 2 : m->before <= 60 ? 1 : 0;
}

static void for_desktop(const struct wording *words, struct message *m)
{
	m->reminder = arena_dup(&m->arena, words->reminder->id);
	m->ladder = arena_dup(&m->arena, message_ladder(words->reminder, &m->arena));
	m->title = arena_dup(&m->arena, words->title);
	m->body = arena_dup(&m->arena, words->body);
	m->urgency = urgency_of(words->reminder);
}

/* Whichever sendmail there is; by its name where none is seen, so that the outcome names it. */
static const char *some_sendmail(void)
{
	static const char *const places[] = {"/usr/sbin/sendmail", "/usr/lib/sendmail",
					     "/usr/bin/msmtp"};

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (access(places[i], X_OK) == 0)
			return places[i];
	return "sendmail";
}

/* Who receives a message twice can tell by its Message-ID: it is that of the delivery, not of the try. */
static void for_mail(struct work *w, const struct message_subject *s,
		     const struct channel_setting *c, const struct wording *words,
		     struct message *m)
{
	bool test = s->delivery == INT_NONE;
	const char *id =
		arena_printf(&m->arena, "pdh-%s%lld.%lld.%s", test ? "test" : "",
			     (long long)(test ? s->entry : s->delivery),
			     (long long)(test ? w->now : words->reminder->due), w->who);

	m->argv =
		channel_argv(c->program ? c->program : some_sendmail(), "-t", &m->arena);
	m->input = message_mail(c->address, id, w->now, words->title, words->body,
				&m->arena);
}

static char *variable(struct arena *a, const char *name, const char *value)
{
	return arena_printf(a, "PDH_%s=%s", name, value ? value : "");
}

static void for_command(const struct message_subject *s, const struct channel_setting *c,
			const struct wording *words, struct message *m)
{
	enum { VARIABLES = 9 };
	const struct reminder *r = words->reminder;
	const char *own = strchr(s->way, ':');
	struct arena *a = &m->arena;
	char day[DATE_ISO_SIZE] = "";

	if (r->day != DATE_NONE)
		date_format_iso(r->day, day);
	m->argv = channel_argv(own ? own + 1 : c->program, NULL, a);
	m->input = message_json(r, words->title, words->body, a);
	m->env = arena_array(a, VARIABLES, sizeof(char *));
	m->env[0] = variable(a, "REMINDER", r->id);
	m->env[1] = variable(a, "CREDENTIAL", r->credential);
	m->env[2] = variable(a, "ABOUT", reminder_about_word(r->about));
	m->env[3] = variable(a, "TITLE", words->title);
	m->env[4] = variable(a, "TEXT", words->body);
	m->env[5] = variable(a, "DAY", day);
	m->env[6] = variable(a, "BEFORE", arena_printf(a, "%lld", (long long)r->before));
	m->env[7] = variable(a, "NEXT", r->next);
}

struct message *message_calendar(struct work *w, const struct rungs *plan, int64_t entry)
{
	struct message *m = message_new(CHANNEL_CALENDAR);
	struct calendar calendar;
	struct err e;

	m->entry = entry;
	m->file = arena_dup(&m->arena, plan->channels.v[CHANNEL_CALENDAR].file);
	if (calendar_make(w, plan, &calendar, &e) == 0)
		m->input = arena_dup(&m->arena, calendar.text);
	else
		m->body = arena_printf(&m->arena, "%s; %s", e.message, e.hint);
	return m;
}

struct message *message_make(struct work *w, const struct message_subject *s,
			     const struct rungs *plan)
{
	enum channel channel = channel_of_way(s->way);
	const struct channel_setting *c = &plan->channels.v[channel];

	if (channel == CHANNEL_CALENDAR)
		return message_calendar(w, plan, s->entry);
	const struct wording words = words_of(w, s->rung);
	struct message *m = message_new(channel);
	m->entry = s->entry;
	m->timeout_ms = c->seconds * 1000;
	if (channel == CHANNEL_DESKTOP)
		for_desktop(&words, m);
	else if (channel == CHANNEL_MAIL)
		for_mail(w, s, c, &words, m);
	else if (channel == CHANNEL_COMMAND)
		for_command(s, c, &words, m);
	return m;
}
