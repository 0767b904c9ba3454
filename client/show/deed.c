#include "client/show/deed.h"

#include <stdbool.h>
#include <string.h>

/* The first row that fits is meant. */
static const struct {
	const char *command, *deed;
} rows[] = {
	{"credential add ", "added "},
	{"credential edit ", "changed "},
	{"credential renew ", "renewed "},
	{"credential cycle add ", "added an earlier cycle: "},
	{"credential issue ", "recorded the issue of "},
	{"credential pause ", "paused "},
	{"credential resume ", "resumed "},
	{"credential retire ", "retired "},
	{"credential rm ", "removed "},
	{"item add ", "added item "},
	{"item edit ", "changed item "},
	{"item done ", "did item "},
	{"item rm ", "removed item "},
	{"have add ", "added "},
	{"have edit ", "changed "},
	{"have rm ", "removed "},
	{"rules adopt ", "took over newer rules: "},
	{"log ", "logged "},
	{"plan ", "planned "},
	{"edit ", "changed "},
	{"rm ", "removed "},
	{"init ", "set up "},
	{"start ", "started "},
	{"discard ", "discarded "},
	{"import ", "imported "},
	{"load ", "loaded "},
	{"keep ", "kept "},
	{"attach ", "attached "},
	{"take off ", "took off "},
	{"reconcile ", "compared "},
	{"acknowledge ", "acknowledged "},
	{"snooze ", "snoozed "},
};

static const char *after(const char *text, const char *start)
{
	size_t n = strlen(start);

	return strncmp(text, start, n) == 0 ? text + n : NULL;
}

/* "7" of "undo of 7: rm #2 Ethics"; *ret_rest is what follows it. */
static const char *cut_number(const char *text, struct arena *a, const char **ret_rest)
{
	size_t n = strcspn(text, ":");

	*ret_rest = text + n + strspn(text + n, ": ");
	return arena_dup_n(a, text, n);
}

const char *deed_text(const char *what, struct arena *a)
{
	const char *before = "", *rest;

	if (!what)
		return "";
	while ((rest = after(what, "undo of ")) || (rest = after(what, "redo of "))) {
		bool redo = what[0] == 'r';
		const char *undone = redo ? strstr(rest, ": undo of ") : NULL;
		if (undone)
			rest = undone + strlen(": undo of ");
		const char *number = cut_number(rest, a, &what);
		before =
			arena_printf(a, "%s%s %s%s", before, redo ? "redid" : "took back",
				     number, *what ? ": " : "");
	}
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if ((rest = after(what, rows[i].command)))
			return arena_printf(a, "%s%s%s", before, rows[i].deed, rest);
	return arena_printf(a, "%s%s", before, what);
}
