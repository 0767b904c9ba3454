/* Pinned rules: the packs under which cycles were begun. The database holds the text of each; this keeps the parsed form in
 * memory while the daemon runs. */
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

/* Drops all, once there are more than the cycles of a person could need. Between requests only. */
void pins_trim(struct pins *pins);

void pins_done(struct pins *pins);
