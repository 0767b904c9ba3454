/* The options of the command line, as options.def lists them: the table, and the struct
 * that one command line fills. Parameters of methods are no options; they go to the
 * method's own struct. */
#pragma once

#include "client/term/term.h"
#include "common/api.h"

#include <stdbool.h>
#include <stddef.h>

enum option_takes { OPTION_SWITCH, OPTION_VALUE, OPTION_MAYBE };

enum option_id {
#define OPTION(id, flags, takes, argument, verbs, doc) OPT_##id,
#include "client/cli/options.def"
	OPTION_COUNT
};

struct option_row {
	const char *flags; /* "--dry-run,-n" */
	enum option_takes takes;
	const char *argument;
	const char *verbs;
	const char *doc;
};

extern const struct option_row option_rows[OPTION_COUNT];

/* How the answer is written. */
enum output { OUTPUT_PEOPLE, OUTPUT_JSON, OUTPUT_PLAIN, OUTPUT_TEMPLATE };

enum { TIMEOUT_MS = 2000 }; /* without --timeout */

struct options {
	enum output output;
	const char *json_fields; /* --json=alias,state; NULL: all */
	const char *format;	 /* the template of --format */
	bool header;
	enum color_choice color;
	const char *bars; /* "auto" or "no"; NULL: not said */
	bool help, version;
	bool quiet, dry_run, yes, no_input, no_spawn, no_pager;
	bool check, short_, fail_empty, all, save, once;
	bool man, markdown;
	int timeout_ms;
	const char *schema; /* folder, or "-"; NULL: not asked for */
	const char *socket; /* NULL: where it usually is */
};

/* Whether option `id` may be given with the verb of `m`. */
bool option_belongs(enum option_id id, const struct method *m);

/* Whether `flag` is one of `flags`, which are separated by commas. */
bool flag_among(const char *flags, const char *flag);
