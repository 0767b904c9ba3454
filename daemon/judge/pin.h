/* Pinned rules: the packs that cycles were begun under, parsed once and kept while the
 * daemon runs. The text is the database's; what is kept here is only its parsed form. */
#pragma once

#include "common/err.h"
#include "daemon/pack/pack.h"

#include <stdint.h>

struct pin;

/* Zeroed: empty. */
struct pins {
	struct pin *head;
	size_t count;
};

/* The pack of rule set `id`, whose text is `body`. Borrowed; valid until the next call of
 * pins_get() in another request at the earliest. A text that was stored cannot fail to
 * parse unless the database was changed by hand: then -PDH_CORRUPT. */
int pins_get(struct pins *pins, int64_t id, const char *body, size_t n,
	     const struct pack **ret, struct err *e);

/* Between requests: forgets all once there are more than a person could have cycles. */
void pins_trim(struct pins *pins);

void pins_done(struct pins *pins);
