/* Whether a changeset is of the form that tables have today: one from before a migration
 * may not be, and what does not match would be passed over in silence. */
#pragma once

#include "daemon/store/db.h"

int change_form_matches(struct db *db, const void *changeset, size_t n, bool *ret,
			struct err *e);
