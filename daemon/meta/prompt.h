/* What a shell prompt shows: how much needs attention, in a few characters. */
#pragma once

#include "daemon/work.h"

/* "PD:2!" where two of these credentials and items need attention, NULL where none does. Where
 * something runs it says since when, by the daemon's own zone: "PD:2! since 09:31", "PD since Fri". */
const char *prompt_of(struct work *w, const struct status *status);

/* The status of all that is in use today, of which `prompt` is shown. */
int prompt_status(struct work *w, struct status *ret, struct err *e);
