/* What a shell prompt shows: how much needs attention, in a few characters. */
#pragma once

#include "daemon/work.h"

/* "PD:2!" where two of these credentials and items need attention, NULL where none does. */
const char *prompt_of(struct work *w, const struct status *status);

/* The same for all that is in use today. */
int prompt_text(struct work *w, const char **ret, struct err *e);
