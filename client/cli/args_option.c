#include "client/cli/args_option.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum option_id option_find(const char *flag)
{
	size_t i = 0;

	while (i < OPTION_COUNT && !flag_among(option_rows[i].flags, flag))
		i++;
	return (enum option_id)i;
}

/* Seconds with at most three decimals: "2", "0.5". */
static int read_timeout(const char *text, int *ret_ms, struct err *e)
{
	enum { LONGEST_S = 3600 };
	static const char digits[] = "0123456789";
	size_t whole = strspn(text, digits);
	const char *point = text[whole] == '.' ? text + whole + 1 : "";
	size_t decimals = strspn(point, digits);
	int seconds = 0, ms = 0;

	if (whole + decimals == 0 || whole > 4 || decimals > 3 ||
	    text[whole + (*point != 0) + decimals])
		return err_set(
			e, -PDH_USAGE, NULL,
			"--timeout: \"%.40s\" is not a number of seconds, such as 2 or 0.5",
			text);
	for (size_t i = 0; i < whole; i++)
		seconds = seconds * 10 + (text[i] - '0');
	for (size_t i = 0; i < 3; i++)
		ms = ms * 10 + (i < decimals ? point[i] - '0' : 0);
	ms += seconds * 1000;
	if (ms < 1 || ms > LONGEST_S * 1000)
		return err_set(e, -PDH_USAGE, NULL,
			       "--timeout is more than 0 and at most %d seconds",
			       LONGEST_S);
	*ret_ms = ms;
	return 0;
}

static int read_socket(const char *path, struct arena *a, const char **ret, struct err *e)
{
	char folder[4096];

	if (!*path)
		return err_set(e, -PDH_USAGE, NULL, "--socket needs a path");
	if (*path == '/') {
		*ret = path;
		return 0;
	}
	if (!getcwd(folder, sizeof(folder)))
		return err_set(e, -PDH_FAILED, NULL,
			       "--socket: cannot tell the folder: %s", strerror(errno));
	*ret = arena_printf(a, "%s/%s", folder, path);
	return 0;
}

static int set_output(struct options *o, enum output output, const char *typed,
		      struct err *e)
{
	if (o->output != OUTPUT_PEOPLE && o->output != output)
		return err_set(e, -PDH_USAGE, NULL,
			       "%s: the answer has one form: --json, --plain or --format",
			       typed);
	o->output = output;
	return 0;
}

static int set_plain(struct options *o, const char *typed, const char *version,
		     struct err *e)
{
	if (version && strcmp(version, "1") != 0)
		return err_set(
			e, -PDH_USAGE, NULL,
			"%s: this pdh knows version 1 of its columns, not \"%.20s\"",
			typed, version);
	return set_output(o, OUTPUT_PLAIN, typed, e);
}

static int set_value(struct options *o, enum option_id id, const char *typed,
		     const char *value, struct arena *a, struct err *e)
{
	switch (id) {
	case OPT_JSON:
		o->json_fields = value;
		return set_output(o, OUTPUT_JSON, typed, e);
	case OPT_PLAIN:
		return set_plain(o, typed, value, e);
	case OPT_FORMAT:
		o->format = value;
		return set_output(o, OUTPUT_TEMPLATE, typed, e);
	case OPT_COLOR:
		if (!term_color_choice(value ? value : "always", &o->color))
			return err_set(e, -PDH_USAGE, NULL,
				       "%s: \"%.20s\" is not auto, always or never",
				       typed, value);
		return 0;
	case OPT_BARS:
		if (strcmp(value, "auto") != 0 && strcmp(value, "no") != 0)
			return err_set(e, -PDH_USAGE, NULL,
				       "%s: \"%.20s\" is not auto or no", typed, value);
		o->bars = value;
		return 0;
	case OPT_TIMEOUT:
		return read_timeout(value, &o->timeout_ms, e);
	case OPT_SOCKET:
		return read_socket(value, a, &o->socket, e);
	case OPT_SCHEMA:
		o->schema = value;
		return 0;
	default:
		return 0;
	}
}

/* Where a switch is kept; NULL for options that are none. */
static bool *switch_of(struct options *o, enum option_id id)
{
	switch (id) {
	case OPT_HELP:
		return &o->help;
	case OPT_VERSION:
		return &o->version;
	case OPT_DRY_RUN:
		return &o->dry_run;
	case OPT_QUIET:
		return &o->quiet;
	case OPT_YES:
		return &o->yes;
	case OPT_NO_INPUT:
		return &o->no_input;
	case OPT_NO_PAGER:
		return &o->no_pager;
	case OPT_NO_SPAWN:
		return &o->no_spawn;
	case OPT_CHECK:
		return &o->check;
	case OPT_SHORT:
		return &o->short_;
	case OPT_FAIL_EMPTY:
		return &o->fail_empty;
	case OPT_ALL:
		return &o->all;
	case OPT_SAVE:
		return &o->save;
	case OPT_ONCE:
		return &o->once;
	case OPT_MAN:
		return &o->man;
	case OPT_MARKDOWN:
		return &o->markdown;
	case OPT_HEADER:
		return &o->header;
	default:
		return NULL;
	}
}

int option_set(struct options *o, enum option_id id, const char *typed, const char *value,
	       struct arena *a, struct err *e)
{
	const struct option_row *row = &option_rows[id];
	bool *flag = switch_of(o, id);

	if (row->takes == OPTION_SWITCH && value)
		return err_set(e, -PDH_USAGE, NULL, "%s takes no value", typed);
	if (row->takes == OPTION_VALUE && !value)
		return err_set(e, -PDH_USAGE, NULL, "%s needs %s after it", typed,
			       row->argument);
	if (flag)
		*flag = true;
	else if (id == OPT_NO_COLOR)
		o->color = COLOR_NEVER;
	return set_value(o, id, typed, value, a, e);
}

int option_check(const struct options *o, struct err *e)
{
	if (o->header && o->output != OUTPUT_PLAIN)
		return err_set(e, -PDH_USAGE, NULL, "--header goes with --plain");
	if (o->schema && !*o->schema)
		return err_set(e, -PDH_USAGE, NULL,
			       "--schema needs a folder, or - for standard output");
	return 0;
}
