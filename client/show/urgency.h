/* What is to be done first. */
#pragma once

#include "client/show/words.h"

/* The credentials of a status, the most urgent first, in an array of the arena; the status itself is left alone. */
struct status show_by_urgency(const struct show *v, const struct status *r);

/* The one command that helps most, of credentials in that order; NULL: there is nothing to do. */
const char *show_next_step(const struct show *v, const struct status *sorted);
