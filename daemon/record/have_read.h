/* What a person has beside hours and credentials: rows of the table `have`. */
#pragma once

#include "daemon/work.h"

/* Those of a kind, by its word, or all (NULL): a list of struct have in the arena. */
int have_read(struct work *w, const char *kind, struct list *ret, struct err *e);
