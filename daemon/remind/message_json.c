#include "common/clock.h"
#include "daemon/remind/message.h"

#include <jansson.h>
#include <stdlib.h>

static void put(json_t *o, const char *key, const char *text)
{
	json_object_set_new(o, key, text ? json_string(text) : json_null());
}

static void put_times(json_t *o, const struct reminder *m)
{
	char day[DATE_ISO_SIZE], due[TIME_ISO_SIZE];

	if (m->day == DATE_NONE)
		return;
	date_format_iso(m->day, day);
	time_format_iso(m->due, due);
	put(o, "day", day);
	put(o, "due", due);
	json_object_set_new(o, "before", json_integer(m->before));
}

const char *message_json(const struct reminder *m, const char *title, const char *text,
			 struct arena *a)
{
	json_t *o = json_object();

	put(o, "reminder", m->id);
	put(o, "credential", m->credential);
	put(o, "about", reminder_about_word(m->about));
	put(o, "title", title);
	put(o, "text", text);
	put_times(o, m);
	put(o, "next", m->next);
	char *line = json_dumps(o, JSON_COMPACT);
	json_decref(o);
	if (!line)
		oom();
	const char *copy = arena_printf(a, "%s\n", line);
	free(line);
	return copy;
}
