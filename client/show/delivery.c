/* pdh remind channel, log, test, run. */
#include "client/show/answers.h"

#include "client/term/table.h"
#include "client/term/text.h"
#include "common/clock.h"

static const char *or_dash(const char *text)
{
	return text && *text ? text : "-";
}

/* "18 ms", "2.4 s" */
static const char *took(const struct show *v, int64_t ms)
{
	if (ms == INT_NONE)
		return "";
	if (ms < 1000)
		return arena_printf(v->s.a, "%lld ms", (long long)ms);
	return arena_printf(v->s.a, "%lld.%lld s", (long long)(ms / 1000),
			    (long long)(ms % 1000 / 100));
}

static const char *instant(const struct show *v, int64_t at)
{
	char text[TIME_HUMAN_SIZE];

	time_format_human(at, text);
	return arena_dup(v->s.a, text);
}

/* ---- channels -------------------------------------------------------------------------------- */

static void show_setting(const struct show *v, const char *name, const char *value)
{
	screen_field(&v->s, 7, name, value);
}

static void show_channel(const struct show *v, const struct channel_shown *c)
{
	bool mail = c->channel == CHANNEL_MAIL, on = c->state == CHANNEL_STATE_ON;

	screen_line(&v->s, "%-10s %s", channel_word(c->channel),
		    channel_state_word(c->state));
	show_setting(v, "to", c->to);
	show_setting(v, "program",
		     c->program	     ? c->program
		     : mail && c->to ? "sendmail -t, whichever there is"
				     : NULL);
	show_setting(v, "file", c->file);
	if (on && c->channel != CHANNEL_CALENDAR)
		show_setting(v, "ends", show_count(v, c->seconds, "second", "seconds"));
	if (c->outcome)
		show_setting(v, "last",
			     arena_printf(v->s.a, "%s: %s%s%s", instant(v, c->at),
					  send_outcome_word(c->outcome),
					  c->said ? ", " : "", c->said ? c->said : ""));
}

static const char *how_to_set(enum channel channel)
{
	if (channel == CHANNEL_MAIL)
		return "pdh" NBSP "remind" NBSP "channel" NBSP "mail" NBSP "--to" NBSP
		       "you@example.org";
	if (channel == CHANNEL_COMMAND)
		return "pdh" NBSP "remind" NBSP "channel" NBSP "command" NBSP
		       "--program" NBSP "~/bin/tell";
	if (channel == CHANNEL_CALENDAR)
		return "pdh" NBSP "remind" NBSP "channel" NBSP "calendar" NBSP
		       "--file" NBSP "~/deadlines.ics";
	return NULL;
}

void show_channels(const struct show *v, const struct channels_shown *r)
{
	for (size_t i = 0; i < r->channels.n; i++) {
		const struct channel_shown *c = &r->channels.v[i];
		show_channel(v, c);
		if (c->state == CHANNEL_STATE_NOT_SET_UP)
			show_setting(v, "set up:", how_to_set(c->channel));
	}
	if (r->op != INT_NONE || r->dry_run > 0)
		show_undo_hint(v, r->dry_run > 0, r->op);
	else
		screen_line(&v->s, "Try them: pdh remind test");
}

/* ---- the log ---------------------------------------------------------------------------------- */

enum { WHEN, REMINDER, CHANNEL, OUTCOME, TOOK, TEXT, COLUMNS };

static const struct column columns[COLUMNS] = {
	[WHEN] = {"WHEN"},
	[REMINDER] = {"REMINDER", .gap = 2},
	[CHANNEL] = {"CHANNEL", .gap = 2, .least = 8},
	[OUTCOME] = {"OUTCOME", .gap = 2},
	[TOOK] = {"TOOK", .gap = 2, .drop = 1},
	[TEXT] = {"", .gap = 2, .least = 20, .below = true},
};

static bool is_bad(const struct log_entry *entry)
{
	return entry->outcome == OUTCOME_FAILED;
}

void show_reminder_log(const struct show *v, const struct reminder_log *r)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};

	if (r->entries.n == 0) {
		screen_line(&v->s, "No reminder was sent, and none was answered.");
		return;
	}
	for (size_t i = 0; i < r->entries.n; i++) {
		const struct log_entry *entry = &r->entries.v[i];
		struct cell *cells = table_row(&t);
		cells[WHEN].text = instant(v, entry->at);
		cells[REMINDER].text = entry->reminder;
		cells[CHANNEL].text = entry->channel;
		cells[OUTCOME].text =
			entry->outcome ? send_outcome_word(entry->outcome) : "under way";
		cells[TOOK].text = took(v, entry->took_ms);
		cells[TEXT].text = entry->text;
		if (is_bad(entry))
			cells[OUTCOME].tint = TINT_BAD;
	}
	table_print(&t);
	if (r->next != INT_NONE)
		screen_line(&v->s, "Older: pdh remind log --before %lld",
			    (long long)r->next);
}

/* ---- what was sent just now ------------------------------------------------------------------- */

static void show_sent(const struct show *v, const struct log_entry *entry, bool named)
{
	const char *word = is_bad(entry)			   ? "FAIL"
			   : entry->outcome == OUTCOME_INTERRUPTED ? "cut"
			   : entry->outcome			   ? "ok"
								   : "would be sent";
	const char *text = !entry->outcome	? ""
			   : entry->took_ms < 1 ? or_dash(entry->text)
						: arena_printf(v->s.a, "%s, in %s",
							       or_dash(entry->text),
							       took(v, entry->took_ms));

	screen_line(&v->s, "%s%s%-10s %-5s %s", named ? entry->reminder : "",
		    named ? "  " : "", entry->channel, word, text);
}

static void show_all_sent(const struct show *v, const struct reminder_log *r, bool named,
			  const char *nothing)
{
	size_t bad = 0;

	if (r->entries.n == 0)
		screen_line(&v->s, "%s", nothing);
	for (size_t i = r->entries.n; i-- > 0;) {
		show_sent(v, &r->entries.v[i], named);
		bad += is_bad(&r->entries.v[i]);
	}
	if (bad)
		screen_line(&v->s, "%zu of %zu did not work.", bad, r->entries.n);
	if (r->dry_run > 0)
		screen_line(&v->s, "Nothing was sent.");
}

void show_reminder_test(const struct show *v, const struct reminder_log *r)
{
	show_all_sent(v, r, false, "No channel is on: pdh remind channel");
}

void show_reminder_run(const struct show *v, const struct reminder_log *r)
{
	show_all_sent(v, r, true, "Nothing is to be sent now.");
}
