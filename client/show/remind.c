/* pdh remind list, ack, snooze. */
#include "client/show/answers.h"

#include "client/term/table.h"
#include "client/term/text.h"
#include "client/term/visible.h"
#include "common/clock.h"

#include <string.h>

enum { ID, DUE, ABOUT, LEFT, BY, STATE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[ID] = {"ID"},
	[DUE] = {"WHEN", .gap = 2, .drop = 2},
	[ABOUT] = {"ABOUT", .gap = 2, .below = true},
	[LEFT] = {"DAY", .gap = 2},
	[BY] = {"BY", .gap = 2, .drop = 1},
	[STATE] = {"STATE", .gap = 2},
};

/* "Fri 5 Jun 08:00", in this year; "5 Jun 2027" in another. */
static const char *when(const struct show *v, int64_t at)
{
	char text[TIME_HUMAN_SIZE];
	civil_day day = clock_day_of(at);
	int year, this_year, month, dom;

	date_split(day, &year, &month, &dom);
	date_split(v->today, &this_year, &month, &dom);
	if (year != this_year)
		return show_day(v, day);
	time_format_human(at, text);
	return arena_dup(v->s.a, text);
}

/* "desktop mail": a program by its last name. */
static const char *channels(const struct show *v, const struct texts *by)
{
	const char *text = "";

	for (size_t i = 0; i < by->n; i++) {
		const char *slash = strrchr(by->v[i], '/');
		text = arena_printf(v->s.a, "%s%s%s", text, *text ? " " : "",
				    slash ? slash + 1 : by->v[i]);
	}
	return text;
}

void show_reminders(const struct show *v, const struct reminders *r)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};

	if (r->reminders.n == 0) {
		screen_line(&v->s, "No reminder is due, and none is to come.");
		return;
	}
	for (size_t i = 0; i < r->reminders.n; i++) {
		const struct reminder *m = &r->reminders.v[i];
		struct cell *cells = table_row(&t);
		bool due = m->state == REMINDER_STATE_DUE;
		cells[ID].text = m->id;
		cells[DUE].text = when(v, m->due);
		cells[ABOUT].text = m->title;
		cells[LEFT].text =
			m->about == REMINDER_ABOUT_PACE ? NULL : show_day(v, m->day);
		cells[BY].text = channels(v, &m->by);
		cells[STATE].text = m->state == REMINDER_STATE_ARMED
					    ? "scheduled"
					    : reminder_state_word(m->state);
		if (due)
			cells[STATE].tint = TINT_WARN;
	}
	table_print(&t);
}

void show_reminder_changed(const struct show *v, const struct reminder_changed *r)
{
	bool dry_run = r->dry_run > 0;
	const struct reminder *m = r->reminder;

	if (!m)
		return;
	if (m->state == REMINDER_STATE_ACKNOWLEDGED)
		screen_line(&v->s, "%s %s.", m->id,
			    dry_run ? "would be acknowledged" : "acknowledged");
	else
		screen_line(&v->s, "%s %s %s.", m->id, dry_run ? "would come" : "comes",
			    when(v, m->due));
	if (r->next)
		screen_line(&v->s, "Next: %s, %s.", r->next->id, when(v, r->next->due));
	show_undo_hint(v, dry_run, r->op);
}

static const char *or_none(const char *days)
{
	return days && *days ? days : "none";
}

/* "desktop; from 30d mail" */
static const char *ways(const struct show *v, const struct texts *by)
{
	const char *text = "";

	for (size_t i = 0; i < by->n; i++) {
		bool from = by->v[i][0] >= '0' && by->v[i][0] <= '9';
		text = arena_printf(v->s.a, "%s%s%s%s", text, *text ? ", " : "",
				    from ? "from " : "", by->v[i]);
	}
	return *text ? text : "the terminal alone";
}

void show_reminder_policy(const struct show *v, const struct reminder_policy *r)
{
	screen_line(&v->s, "%s: reminders come at %s%s.",
		    r->credential ? r->credential : "All credentials", r->at,
		    r->usual > 0 ? ", as is usual" : "");
	screen_field(&v->s, 6, "before", or_none(r->lead));
	screen_field(&v->s, 6, "after", or_none(r->after));
	screen_field(&v->s, 6, "by", ways(v, &r->by));
	screen_field(&v->s, 6, "quiet", or_none(r->quiet));
	screen_field(&v->s, 6, "skip", or_none(r->skip));
	if (r->next)
		screen_line(&v->s, "Next: %s, %s.", r->next->id, when(v, r->next->due));
	if (r->op != INT_NONE || r->dry_run > 0)
		show_undo_hint(v, r->dry_run > 0, r->op);
}

void show_calendar(const struct show *v, const struct calendar *r)
{
	if (r->file)
		screen_line(&v->s, "%s: %s.", r->file,
			    show_count(v, r->events, "day", "days"));
	else
		visible_put_document(v->s.out, r->text, v->s.t->tty);
}
