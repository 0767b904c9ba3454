/* Errors in the words of the command line: the daemon and the kinds name a parameter, the person typed a flag. */
#pragma once

#include "common/api.h"

/* What a person types for a parameter: its first flag, or the word that stands for its place. Static or in `out`. */
enum { BLAME_SIZE = 64 };
const char *blame_name(const struct field *f, char out[BLAME_SIZE]);

/* Puts what the message of `e` is about in front of it: "line 3 is not JSON", "line 3: the disk is full". */
int blame_subject(struct err *e, const char *subject);

/* Makes the message of `e`, which is about `f`, a sentence that stands alone: "--limit is 1 to 500",
 * "--date: \"32 mar\" is not a day of the calendar". `typed` is the flag as typed; NULL: blame_name(). */
void blame_field(struct err *e, const struct field *f, const char *typed);

/* The same for an error of the daemon, whose field may be any parameter of `m`. */
void blame_daemon(struct err *e, const struct method *m);

/* "usage: pdh credential show CREDENTIAL [options]" */
enum { USAGE_SIZE = 160 };
void blame_usage(const struct method *m, char out[USAGE_SIZE]);
