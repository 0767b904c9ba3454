/* The part of an example that says what is expected. */
#pragma once

#include "daemon/pack/read/rules.h"

/* Key `expect` of a struct pack_example whose record has been read. */
int read_expect(struct reader *r, const struct key *k, const struct yaml *v, void *into);
