/* Values that are the same for everybody: words that rules, channels and options know. */
#include "client/help/complete.h"

#include "common/states.h"

#include <string.h>

static const char *const none[] = {NULL};

#define WORDS(...)                \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}

/* Of a parameter's name, and where several parameters bear it, of its flag. */
static const struct {
	const char *name, *flag;
	const char *const *words;
} by_name[] = {
	{"shell", "1", WORDS("bash", "zsh", "fish")},
	{"format", "--delivery", WORDS("in-person", "live", "recorded", "self-paced")},
	{"role", "--role",
	 WORDS("participant", "presenter", "author", "mentor", "committee")},
	{"approval", "--approval", WORDS("approved", "pending", "refused")},
	{"dates", "--dates", WORDS("m/d/y", "d/m/y", "d.m.y", "y-m-d")},
	{"opening", "--opening", WORDS("reduce", "keep")},
	{"channel", "1", WORDS("desktop", "mail", "command", "calendar")},
	{"unit", "--unit",
	 WORDS("hour", "contact hour", "minute", "ceu", "sh", "qh", "pt")},
	{"encoding", "--encoding",
	 WORDS("utf-8", "windows-1252", "iso-8859-1", "iso-8859-15", "utf-16")},
	{"separator", "--separator", WORDS(",", ";", "tab", "|")},
	{"decimal", "--decimal", WORDS(".", ",")},
	{"skip", "--skip", WORDS("weekends")},
	{"channels", "1+", WORDS("desktop", "mail", "command", "calendar")},
};

const char *const *complete_fixed(const struct field *f, const struct method *m)
{
	static const char *const days[] = {"today", "yesterday", NULL};
	static const char *const due[] = {"today", "tomorrow", NULL};
	static const char *const periods[] = {"today",	    "this-week", "this-month",
					      "last-month", "this-year", "last-year",
					      NULL};
	static const char *const spans[] = {"1y", "2y", "3y", "5y", NULL};
	static const char *const degrees[] = {"associate",  "bachelor", "master",
					      "specialist", "doctor",	NULL};
	static const char *const topics[] = {"dates",	"filters", "import", "json",
					     "layouts", "query",   "rules",  "reminders",
					     "hours",	"reports", NULL};
	static const char *const items[] = {"clearance", "exam",  "fee",
					    "course",	 "other", NULL};
	static const char *const charts[] = {"month", "kind", "topic", "provider", NULL};
	static const char *const channels[] = {"desktop", "mail", "command", NULL};

	if (f->kind == KIND_ITEM)
		return items;
	if (kind_words(f->kind))
		return kind_words(f->kind);
	if (strcmp(f->how, "--by") == 0)
		return f->kind == KIND_WORD ? charts : channels;
	if (f->kind == KIND_DATE)
		return days;
	if (f->kind == KIND_DUE)
		return due;
	if (f->kind == KIND_PERIOD)
		return periods;
	if (f->kind == KIND_SPAN)
		return spans;
	if (m == &api_methods[METHOD_help])
		return topics;
	if (strcmp(f->how, "--have") == 0)
		return kind_words(KIND_HAVE);
	if (strcmp(f->how, "--level") == 0 && strncmp(m->verb, "have ", 5) == 0)
		return degrees;
	if (f->kind == KIND_TEXTS)
		return none;
	for (size_t i = 0; i < sizeof(by_name) / sizeof(by_name[0]); i++)
		if (strcmp(f->name, by_name[i].name) == 0 &&
		    strcmp(f->how, by_name[i].flag) == 0)
			return by_name[i].words;
	return none;
}

const char *const *complete_option(const char *flag)
{
	static const char *const versions[] = {"1", NULL};
	static const char *const bars[] = {"auto", "no", NULL};
	static const char *const colors[] = {"auto", "always", "never", NULL};
	static const char *const formats[] = {"@waybar", "@i3blocks", "@starship",
					      "@tmux", NULL};

	if (strcmp(flag, "--format") == 0)
		return formats;
	if (strcmp(flag, "--plain") == 0)
		return versions;
	if (strcmp(flag, "--color") == 0)
		return colors;
	return strcmp(flag, "--bars") == 0 ? bars : none;
}

void complete_states(struct completion *c, bool full, struct arena *a)
{
	for (size_t i = 0; i < states_count; i++) {
		char *code = arena_printf(a, "%s%s", full ? "US-" : "", states[i].code);
		for (char *p = code; !full && *p; p++)
			*p |= 0x20;
		complete_add(c, code, states[i].name, a);
	}
}
