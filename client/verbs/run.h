/* One command, from what was read to the exit status: which request it makes, what it asks the person, how the answer
 * is written. */
#pragma once

#include "client/cli/args.h"

/* Runs `command`. The exit status of pdh, or a negative error that nothing has been said about yet. */
int run_command(struct command *command, const struct kind_context *c, struct err *e);
