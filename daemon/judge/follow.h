/* A credential whose cycle ends when that of another one does, by its pack's calendar. */
#pragma once

#include "daemon/judge/held.h"

/* The last day of the other credential's open cycle: of the first by its short name that is in use, has a last day and is
 * judged by the pack that `pack` follows; `but` is a credential that is not looked at. *ret_alias is its short name; NULL
 * where there is none, or where the pack follows no other. Other packs cost nothing. */
int follow_end(struct work *w, const struct pack *pack, int64_t but,
	       const char **ret_alias, civil_day *ret, struct err *e);

/* Sets *expires to that day, for a new cycle of which the person told no last day. */
int follow_expires(struct work *w, const struct pack *pack, civil_day *expires,
		   struct err *e);

/* A sentence that says what to do where the two days differ; NULL where they agree. */
int follow_doubt(struct work *w, const struct held *h, const char **ret, struct err *e);
