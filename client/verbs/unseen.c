#include "client/verbs/unseen.h"

#include "client/term/screen.h"

#include <string.h>

static void say_shown(struct call *c, const char *id)
{
	const struct reminder_shown_params p = {.reminder = id};
	struct answer ans;
	struct err e;

	if (call_method(c, &api_methods[METHOD_reminder_shown], &p, false, &ans, &e) == 0)
		answer_done(&ans);
}

static void print(const struct call *c, const struct term *t, const struct reminder *m,
		  civil_day today)
{
	const struct screen s = {.t = t, .a = c->arena, .out = stderr, .width = t->width};
	char day[DATE_HUMAN_SIZE];
	int64_t left = m->day - today;

	date_format_human(m->day, day);
	const char *when = left == 0 ? "today"
				     : arena_printf(c->arena, "%lld day%s %s",
						    (long long)(left < 0 ? -left : left),
						    left == 1 || left == -1 ? "" : "s",
						    left < 0 ? "ago" : "left");
	const char *which = m->about == REMINDER_ABOUT_PACE
				    ? ""
				    : arena_printf(c->arena, ", %s (%s)", day, when);
	screen_line(&s, "Reminder: %s%s: pdh remind ack %s", m->title, which, m->id);
}

void unseen_tell(struct call *c, const struct term *t, bool listed)
{
	const struct reminder_unseen_params none = {0};
	struct answer ans;
	struct err e;

	(void)fflush(stdout);
	if (call_method(c, &api_methods[METHOD_reminder_unseen], &none, false, &ans, &e) <
	    0)
		return;
	const struct reminders *r = ans.record;
	if (r->reminders.n && !listed)
		print(c, t, &r->reminders.v[0], r->as_of);
	for (size_t i = 0; i < r->reminders.n && (listed || i == 0); i++)
		say_shown(c, r->reminders.v[i].id);
	answer_done(&ans);
}
