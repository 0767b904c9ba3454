#include "client/help/help.h"

#include "client/cli/blame.h"
#include "client/cli/verb.h"
#include "client/help/examples.h"
#include "client/help/label.h"
#include "client/term/screen.h"
#include "client/term/text.h"
#include "common/ascii.h"

#include <string.h>

enum { LABEL = 22, INDENT = 2, DEEPER = 4 };

/* ---- one command -------------------------------------------------------------------------------- */

static void show_params(const struct screen *s, const struct method *m)
{
	bool any = false;

	for (size_t i = 0; i < m->params->n; i++) {
		const struct field *f = &m->params->fields[i];
		if (!f->how[0])
			continue;
		if (!any)
			screen_end(s);
		any = true;
		screen_field(s, LABEL, label_of_param(f, s->a), f->doc);
	}
	for (enum option_id o = 0; o < OPTION_COUNT; o++) {
		if (!*option_rows[o].verbs || !option_belongs(o, m))
			continue;
		if (!any)
			screen_end(s);
		any = true;
		screen_field(s, LABEL, label_of_option(o, s->a), option_rows[o].doc);
	}
}

static void show_examples(const struct screen *s, enum method_id id)
{
	bool any = false;

	for (size_t i = 0; i < example_count; i++) {
		if (examples[i].method != id)
			continue;
		if (!any)
			screen_end(s);
		any = true;
		text_space(s->out, INDENT);
		screen_text(s, INDENT, DEEPER,
			    arena_printf(s->a, "$ %s", examples[i].command));
		text_space(s->out, DEEPER);
		screen_text(s, DEEPER, DEEPER, examples[i].what);
	}
}

static void show_remarks(const struct screen *s, enum method_id id)
{
	for (size_t i = 0; i < remark_count; i++) {
		if (remarks[i].method != id)
			continue;
		screen_end(s);
		screen_line(s, "%s", remarks[i].text);
	}
}

void help_method(const struct method *m, const struct term *t, FILE *out)
{
	AUTO_ARENA a = {0};
	struct screen s = {.t = t, .a = &a, .out = out, .width = t->width};
	char usage[USAGE_SIZE];

	blame_usage(m, usage);
	screen_line(&s, "%s", usage);
	screen_line(&s, "%s", m->doc);
	show_examples(&s, (enum method_id)(m - api_methods));
	show_params(&s, m);
	show_remarks(&s, (enum method_id)(m - api_methods));
	if (m == &api_methods[METHOD_status_get]) {
		screen_end(&s);
		screen_line(&s,
			    "With --check: exit status %d when a credential is behind "
			    "or due soon, %d when one is late or has lapsed, or "
			    "something is overdue.",
			    PDH_EXIT_BEHIND, PDH_EXIT_LAPSED);
	}
	screen_end(&s);
	screen_line(&s, "Every command also takes --json, --plain, --format and others: "
			"pdh help options. Dates and amounts: man pdh-dates.");
}

/* ---- pages -------------------------------------------------------------------------------------- */

static void show_row(const struct screen *s, const char *left, const char *right)
{
	screen_field(s, LABEL + INDENT, left, right);
}

/* A handful of commands to begin with; `pdh help all` has the rest. */
void help_bare(const struct term *t, bool set_up, FILE *out)
{
	static const char *const rows[][2] = {
		{"pdh log 2.5h \"What\"", "record hours; --date, --topic, --provider"},
		{"pdh", "where you stand, and by when"},
		{"pdh plan", "the least that is still to do"},
		{"pdh explain ID", "what counts, and why the rest does not"},
		{"pdh list, show, edit, rm", "what you logged; correct it"},
		{"pdh undo, redo, history", "take a change back"},
		{"pdh remind", "deadlines that are close"},
		{"pdh credential add", "another certificate or clearance"},
		{"pdh rules list", "boards whose rules are known"},
		{"pdh doctor", "look for what could go wrong"},
	};
	AUTO_ARENA a = {0};
	struct screen s = {.t = t, .a = &a, .out = out, .width = t->width};

	screen_line(&s, "pdh keeps the hours and dates that a license needs.");
	screen_end(&s);
	if (!set_up)
		show_row(&s, "pdh init", "begin here: a few questions, under a minute");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		show_row(&s, rows[i][0], rows[i][1]);
	if (set_up)
		show_row(&s, "pdh init", "another license, with questions");
	screen_end(&s);
	screen_line(
		&s,
		"pdh help COMMAND explains one, pdh help TOPIC a topic, such as reports or dates; pdh help all lists all. man pdh.");
}

static void show_command(const struct screen *s, const struct method *m)
{
	show_row(s, arena_printf(s->a, "pdh %s", m->verb), m->doc);
}

static void show_task(const struct screen *s, const struct task *t)
{
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (task_has(t, &api_methods[i]))
			show_command(s, &api_methods[i]);
}

static void show_all(const struct screen *s)
{
	for (size_t t = 0; t < task_count; t++) {
		if (t)
			screen_end(s);
		screen_line(s, "%s", tasks[t].title);
		show_task(s, &tasks[t]);
	}
}

static void show_options(const struct screen *s)
{
	screen_line(
		s, "Every command takes these; commands of their own: pdh help COMMAND.");
	screen_end(s);
	for (enum option_id o = 0; o < OPTION_COUNT; o++)
		if (!*option_rows[o].verbs)
			show_row(s, label_of_option(o, s->a), option_rows[o].doc);
}

/* What has a manual page of its own, beside the commands. */
static bool show_manual(const struct screen *s, const char *topic)
{
	static const char *const rows[][3] = {
		{"dates", "man pdh-dates",
		 "how dates, amounts and lengths of time are typed"},
		{"filters", "man pdh-filters", "which activities a command is about"},
		{"import", "man pdh-import", "how files are read"},
		{"json", "man pdh-json", "what scripts get"},
		{"layouts", "man pdh-layouts", "kinds of files of your own"},
		{"query", "man pdh-query", "every view and its columns"},
		{"reminders", "man pdh-reminders", "how reminders reach you"},
		{"rules", "man pdh-rules", "how rules are written and corrected"},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (!ascii_same(rows[i][0], topic))
			continue;
		show_row(s, rows[i][1], rows[i][2]);
		return true;
	}
	return false;
}

/* A topic: a heading of `pdh help all`, or what has a manual page. */
static bool show_topic(const struct screen *s, const char *topic)
{
	bool found = false;

	for (size_t t = 0; t < task_count; t++) {
		if (!ascii_same(tasks[t].title, topic))
			continue;
		show_task(s, &tasks[t]);
		found = true;
	}
	return show_manual(s, topic) || found;
}

/* All commands that begin with the words. */
static size_t show_group(const struct screen *s, const char *words)
{
	size_t n = strlen(words), found = 0;

	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const char *verb = api_methods[i].verb;
		if (strncmp(verb, words, n) != 0 || verb[n] != ' ')
			continue;
		show_command(s, &api_methods[i]);
		found++;
	}
	return found;
}

int help_words(const struct texts *words, const struct term *t, FILE *out, struct err *e)
{
	AUTO_ARENA a = {0};
	struct screen s = {.t = t, .a = &a, .out = out, .width = t->width};
	char **argv = arena_array(&a, words->n + 2, sizeof(*argv));
	struct verb verb;

	if (words->n == 1 && strcmp(words->v[0], "all") == 0) {
		show_all(&s);
		return 0;
	}
	if (words->n == 1 && strcmp(words->v[0], "options") == 0) {
		show_options(&s);
		return 0;
	}
	for (size_t i = 0; i < words->n; i++)
		argv[i + 1] = arena_dup(&a, words->v[i]);
	int r = verb_find((int)words->n + 1, argv, &verb, e);
	if (r == 0 && verb.words == words->n) {
		help_method(verb.method, t, out);
		(void)show_manual(&s, verb_join(words, &a));
		return 0;
	}
	const char *all = verb_join(words, &a);
	if (show_group(&s, all) > 0) {
		(void)show_manual(&s, all);
		return 0;
	}
	if (show_topic(&s, all))
		return 0;
	return r < 0 ? r
		     : err_set(e, -PDH_USAGE, NULL, "there is no command \"%.60s\"", all);
}
