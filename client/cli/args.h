/* The command line: words and flags to the parameters of one method, as the column `how` of methods.def says, and to
 * the options. Values are read by their kinds; every mistake is named as the person typed it. */
#pragma once

#include "client/cli/options.h"
#include "common/api.h"

#include <stdio.h>

struct command {
	const struct method *method; /* of status where no word was given */
	bool bare;		     /* no word was given */
	bool lines;   /* `log -`: activities come as JSON lines on standard input */
	void *params; /* of the method; in the arena */
	struct options options;
};

/* How errors are to be written, found out before anything can go wrong. */
bool args_want_json(int argc, char **argv);

/* Reads all of argv; `in` is standard input, for values given as "-". Everything lives in the arena of `c`. 0, or
 * a negative error: -PDH_USAGE, -PDH_REFUSED, -PDH_TOO_LARGE. With --help or --version nothing is missing. */
int args_read(int argc, char **argv, const struct kind_context *c, FILE *in,
	      struct command *ret, struct err *e);
