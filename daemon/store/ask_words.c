#include "daemon/store/ask_words.h"

#include "common/api.h"
#include "common/views.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_MOST = 256, NAME_SIZE = 64 };

/* What follows `head` in SQLite's message, up to a closing quote; false where the message is another one. */
static bool rest(const char *said, const char *head, char out[NAME_SIZE])
{
	size_t n = strlen(head);

	if (strncmp(said, head, n) != 0)
		return false;
	snprintf(out, NAME_SIZE, "%s", said + n);
	return true;
}

static int no_view(const char *name, struct err *e)
{
	const char *names[VIEW_COUNT];
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; i < VIEW_COUNT; i++)
		names[i] = views[i].name;
	const char *near = api_nearest(dot ? dot + 1 : name, names, VIEW_COUNT);
	err_set(e, -PDH_USAGE, "sql", "there is no view \"%s\"", name);
	return near ? err_hint(e, "did you mean \"%s\"?", near)
		    : err_hint(e, "pdh query lists the views");
}

/* The nearest column of any view: which views the statement means is not looked for. */
static int no_column(const char *name, struct err *e)
{
	const char *names[NAMES_MOST], *dot = strrchr(name, '.');
	size_t n = 0;

	for (size_t i = 0; i < VIEW_COUNT; i++)
		for (size_t k = 0; k < views[i].n && n < NAMES_MOST; k++)
			names[n++] = views[i].columns[k].name;
	const char *near = api_nearest(dot ? dot + 1 : name, names, n);
	err_set(e, -PDH_USAGE, "sql", "there is no column \"%s\"", name);
	return near && strcmp(near, name) != 0
		       ? err_hint(e, "did you mean \"%s\"?", near)
		       : err_hint(e, "pdh query lists the views and their columns");
}

int ask_words(const char *said, struct err *e)
{
	char name[NAME_SIZE];

	if (rest(said, "no such table: ", name))
		return no_view(name, e);
	if (rest(said, "no such column: ", name))
		return no_column(name, e);
	if (rest(said, "ambiguous column name: ", name))
		return err_set(
			e, -PDH_USAGE, "sql",
			"more than one view has the column \"%s\"; say of which, as "
			"entries.%s",
			name, name);
	if (rest(said, "no such function: ", name))
		return err_set(e, -PDH_USAGE, "sql", "there is no function %s()", name);
	if (rest(said, "near ", name) && strstr(said, "syntax error")) {
		name[strcspn(name, ":")] = '\0';
		return err_set(e, -PDH_USAGE, "sql", "cannot be read at %s", name);
	}
	if (strcmp(said, "incomplete input") == 0)
		return err_set(e, -PDH_USAGE, "sql", "cannot be read: it ends too early");
	return err_set(e, -PDH_USAGE, "sql", "cannot be run: %.300s", said);
}
