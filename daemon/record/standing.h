/* What boards have of an activity: it was sent in, or they posted it, maybe with another credit. */
#pragma once

#include "daemon/judge/held.h"

enum standing_state { STANDING_SUBMITTED, STANDING_POSTED, STANDING_DIFFERS };

/* `board`: the credit that the board has, where it differs; else NULL. */
int standing_set(struct work *w, int64_t activity_id, int64_t credential_id,
		 enum standing_state state, const struct credit *board, struct err *e);

/* Marks an activity as sent in to the boards of these credentials. */
int standing_submit(struct work *w, const struct held_list *held, int64_t activity_id,
		    const struct texts *credentials, struct err *e);

/* A text for each board that is known to have it, or to be asked: "posted by tx-lib on 14 Mar 2026". */
int standing_tell(struct work *w, int64_t activity_id, struct texts *ret, struct err *e);
