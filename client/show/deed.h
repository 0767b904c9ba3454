/* What a change did, in plain words. The daemon stores it as the command that did it, and so do databases of before. */
#pragma once

#include "common/arena.h"

/* "removed #2 Ethics" of "rm #2 Ethics"; "took back 7: removed #2 Ethics" of "undo of 7: rm #2 Ethics", and
 * "redid 7: ..." of "redo of 8: undo of 7: ...". What begins with no
 * known command is returned as it is; NULL is "". */
const char *deed_text(const char *what, struct arena *a);
