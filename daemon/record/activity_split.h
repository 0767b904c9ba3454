/* Split activities: hours that belong to one topic alone, written "ethics=1h". */
#pragma once

#include "daemon/work.h"

/* Brings each part into its stored form, "ethics=1.0 hour", after its topic is folded. The
 * parts have the activity's unit and are not more than it. */
int activity_split_check(struct work *w, struct activity *a, struct err *e);

int activity_split_read(struct work *w, struct activity *a, struct err *e);
int activity_split_save(struct work *w, const struct activity *a, struct err *e);
