/* `pdh api --schema`: a JSON Schema (draft 2020-12) of each command's answer and of errors, from the one table. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdio.h>

/* Writes pdh.log.1.json and so on into `folder`, which is made if it is missing; "-": one document that holds all of
 * them by name, to `out`. 0, -PDH_FAILED. */
int schema_write(const char *folder, FILE *out, struct arena *a, struct err *e);
