/* What a pack asks before its license is held, as docs/states.md has it. */
#pragma once

#include "daemon/pack/pack.h"

/* On one line, and without what Markdown would take for its own. */
void paths_text(const char *text);

/* Each path with its steps, how sure they are, and what was not found; nothing where the pack has none. False: the paths
 * cannot be read. */
bool paths_print(const struct pack *p, struct arena *a);
