/* What else a call may say, now and then: parameters that go with any others. */
#include "tests/support/acts_kinds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One of the values is drawn; of days, one of some years around today. A "$" is the folder of the test. */
static const struct {
	const char *methods, *name, *values;
} more[] = {
	{"activity.add activity.edit", "from", NULL},
	{"activity.add activity.edit", "format", "in-person|live|recorded||by pigeon"},
	{"activity.add activity.edit", "role", "participant|presenter|author||king"},
	{"activity.add activity.edit", "provider", "City Library|TLA|"},
	{"activity.add activity.edit", "provider_id", "500123|"},
	{"activity.add activity.edit", "place", "Austin|online|"},
	{"activity.add activity.edit", "course", "LIS 401|"},
	{"activity.add", "until", NULL},
	{"activity.add", "skip", NULL},
	{"activity.add", "said", "2h|0.5h|none"},
	{"activity.edit", "submitted", "lab|city|nobody"},
	{"timer.start timer.stop", "provider", "City Library|"},
	{"timer.stop", "note", "a note||another"},
	{"timer.start timer.stop", "at", "09:00|yesterday 22:30|x"},
	{"records.load", "name", "all.json"},
	{"records.load", "programs", "yes|no"},
	{"evidence.add", "media_type", "application/pdf|text/plain|"},
	{"evidence.add", "sha256",
	 "0|ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d"},
	{"activity.import", "similar", "yes|no"},
	{"import.run", "version", "1|2"},
	{"import.run", "take", "1|2"},
	{"import.run", "same", "1=1|2=5|3=x"},
	{"import.run", "strict", "yes|no"},
	{"import.run", "numbered", "yes|no"},
	{"import.run", "media_type", "text/csv|csv"},
	{"credential.add credential.edit setup.run", "issued", NULL},
	{"credential.add credential.edit", "jurisdiction", "US-TX|US-IL|"},
	{"activity.edit", "done", "yes|no"},
	{"credential.edit", "pack", "lab|city|nothing"},
	{"credential.add credential.edit", "level", "standard|lead|"},
	{"credential.add setup.run", "needs", "3 ethics|2 law each year|many"},
	{"credential.add setup.run", "limits", "20% self-study|10 presenting|none"},
	{"credential.add credential.edit item.add item.edit", "note", "a note||another"},
	{"credential.add", "pursuing", "yes|no"},
	{"credential.add", "path", "first|in|none"},
	{"credential.issue", "on", NULL},
	{"credential.issue", "expires", NULL},
	{"credential.issue", "level", "initial|"},
	{"credential.issue", "number", "123456|"},
	{"credential.issue", "facts", "work=school|birth month=3|x"},
	{"credential.pause", "why", "leave|"},
	{"credential.retire", "on", NULL},
	{"item.add item.edit", "kind", "clearance|exam|fee|course|other|tax"},
	{"item.add item.edit item.done", "expires", NULL},
	{"have.add have.edit", "code", "5312|162|"},
	{"have.add have.edit", "place", "TX|City College|"},
	{"have.add have.edit", "during", "2024-08..2025-06|2024-08..|2025-01..2024-01|x"},
	{"have.edit", "kind", "exam|degree|paper|luck"},
	{"have.add have.edit", "expires", NULL},
	{"have.add have.edit", "note", "a note||another"},
	{"plan.save", "credentials", "lab|city|nobody"},
	{"reminder.ack reminder.snooze", "by", "terminal|desktop|pigeon"},
	{"reminder.policy", "after", "1d,7d||7d|x"},
	{"reminder.policy", "by", "desktop|mail|command||pigeon"},
	{"reminder.policy", "from", "30d mail|7d command|x"},
	{"reminder.policy", "quiet", "18:00-07:30||07:00-07:00"},
	{"reminder.policy", "skip", "weekends|2026-12-21..2027-01-02||always"},
	{"reminder.channel", "program", "/bin/true|/bin/false -x||relative"},
	{"reminder.channel", "file", "$/pdh.ics|"},
	{"reminder.test", "channels", "desktop|mail|calendar|pigeon"},
};

static bool has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = words; (at = strstr(at, word)); at += n)
		if ((at == words || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	return false;
}

static void day(struct acts *a, char out[DATE_ISO_SIZE])
{
	enum { YEARS = 2 * 365 };

	date_format_iso(a->today - YEARS + acts_draw(a, 2 * YEARS), out);
}

/* One of those between bars. */
static void value(struct acts *a, const char *values, char *out, size_t size)
{
	int n = 1;

	for (const char *at = values; *at; at++)
		n += *at == '|';
	for (int k = acts_draw(a, n); k > 0; k--)
		values = strchr(values, '|') + 1;
	bool folder = *values == '$';
	snprintf(out, size, "%s%.*s", folder ? a->home->folder : "",
		 (int)strcspn(values + folder, "|"), values + folder);
}

static json_t *json_of(const struct field *f, const char *text)
{
	if (f->kind == KIND_BOOL)
		return json_boolean(strcmp(text, "yes") == 0);
	if (f->kind == KIND_IDS)
		return json_pack("[i]", atoi(text));
	if (f->kind == KIND_TEXTS || f->kind == KIND_TOPICS || f->kind == KIND_ALIASES)
		return json_pack("[s]", text);
	return json_string(text);
}

void acts_say_more(struct acts *a, const char *method, json_t *p)
{
	enum { PERCENT = 8 };
	const struct shape *params = api_find(method, strlen(method))->params;
	char text[160];

	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++) {
		if (!has_word(more[i].methods, method) || acts_draw(a, 100) >= PERCENT)
			continue;
		const char *name = more[i].name;
		if (more[i].values)
			value(a, more[i].values, text, sizeof(text));
		else
			day(a, text);
		json_object_set_new(
			p, name, json_of(shape_find(params, name, strlen(name)), text));
	}
}
