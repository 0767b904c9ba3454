/* What follows from the rest of the record and is stored nevertheless, brought up to date after an older change was taken
 * back: what closed cycles carried over, and the items that rules ask for. */
#pragma once

#include "daemon/work.h"

/* To be called in the transaction of the undo, after it. */
int history_follow(struct work *w, struct err *e);
