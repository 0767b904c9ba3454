/* pdh watch: a line for each event, under the day. */
#include "client/show/answers.h"

#include "client/show/event.h"
#include "common/clock.h"

#include <string.h>

/* What it is about: a name that says the credential stands for both. */
static const char *about(const struct show *v, const struct event *e)
{
	size_t n = e->credential ? strlen(e->credential) : 0;

	if (!e->subject || !n)
		return e->subject ? e->subject : n ? e->credential : "";
	if (strncmp(e->subject, e->credential, n) == 0 && e->subject[n] == '/')
		return e->subject;
	return arena_printf(v->s.a, "%s %s", e->credential, e->subject);
}

/* Where it goes to no terminal, each is a line. */
static struct screen screen_of(const struct show *v)
{
	struct screen s = v->s;

	if (!s.t->tty)
		s.width = TERM_WIDTH_MAX;
	return s;
}

void show_event(const struct show *v, const struct event *e)
{
	enum { NAME = 18, GAP = 2, INDENT = 10 };
	const struct screen s = screen_of(v);
	char clock[TIME_CLOCK_SIZE];

	time_format_clock(e->at, clock);
	const struct piece pieces[] = {
		{.text = clock},
		{.text = e->event, .gap = GAP, .width = NAME},
		{.text = about(v, e), .gap = GAP},
	};
	int at = screen_pieces(&s, 0, INDENT, pieces, 3);
	screen_beside(&s, at, 1, INDENT, e->text);
}

void show_event_day(const struct screen *s, int64_t at)
{
	char text[DATE_HUMAN_SIZE];

	date_format_human(clock_day_of(at), text);
	screen_line(s, "%s", text);
}

void show_events(const struct show *v, const struct events *r)
{
	civil_day day = DATE_NONE;

	for (size_t i = 0; i < r->events.n; i++) {
		const struct event *e = &r->events.v[i];
		if (clock_day_of(e->at) != day)
			show_event_day(&v->s, e->at);
		day = clock_day_of(e->at);
		show_event(v, e);
	}
}

void show_subscribed(const struct show *v, const struct subscribed *r)
{
	screen_line(&v->s, "Events after %lld are sent.", (long long)r->since_seq);
}
