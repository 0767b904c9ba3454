/* pdh prompt: what the daemon left in its one-line file, without asking it. */
#pragma once

#include "common/api.h"

/* Reads the line at `path` as written by daemon/loop/line.h. True and *ret; false where there is none, or it is of
 * another day than `today`. */
bool prompt_read(const char *path, civil_day today, struct arena *a, struct prompt *ret);
