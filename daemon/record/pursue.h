/* A license that is pursued: a credential without a cycle of its own yet, whose items are the steps of a path. */
#pragma once

#include "daemon/judge/held.h"
#include "daemon/record/credential.h"

/* The pack and the path of one that is pursued: 1, or 0 where it is held. */
int pursue_find(struct work *w, int64_t credential_id, const char **ret_pack,
		const char **ret_path, struct err *e);

/* Adds one: `path` NULL is the first of the pack. */
int pursue_add(struct work *w, const struct credential_new *n, const char *path,
	       const char **ret_alias, struct err *e);

/* Steps that are met now are done; those of another route go, and new ones come. Of all that are pursued. */
int pursue_sync(struct work *w, struct err *e);

/* Ids of the steps whose items are done. */
int pursue_done(struct work *w, int64_t credential_id, struct texts *ret, struct err *e);
