/* Levels of a credential, such as initial and career: whether one ends with its cycle. */
#pragma once

#include "daemon/judge/held.h"

/* Before a cycle is closed, `v` the verdict on all of it: what ends its level is done, so that
 * the next cycle begins with the next level, or is not. Stores the one and adds a note for
 * either. Nothing is done where the person told of another level for the first day of the next
 * cycle, or its pack says nothing about levels. */
int credential_end_level(struct work *w, const struct held *h, const struct verdict *v,
			 struct texts *notes, struct err *e);
