/* `pdh completion SHELL`: a script that completes verbs, flags and values. Verbs and flags come from the tables
 * and are written into the script; values in use are asked for with `pdh _words KIND --plain --no-spawn`,
 * whose errors are not shown. */
#pragma once

#include "common/err.h"

#include <stdio.h>

/* bash, zsh or fish; -PDH_USAGE for any other shell. */
int complete_print(const char *shell, FILE *out, struct err *e);
