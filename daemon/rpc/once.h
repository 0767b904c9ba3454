/* Writes that carry an identity (the reserved key `once`) are done once, however often they come: a client that heard
 * no answer asks again, and gets the first one's. */
#pragma once

#include "common/codec.h"
#include "daemon/store/db.h"

struct rpc_once {
	const char *key; /* NULL: the write has no identity */
	const char *method;
	uint64_t asked; /* a digest of method and parameters */
};

struct rpc_once rpc_once_of(const struct codec_caller *caller, const char *method,
			    const msgpack_object *params);

/* 1 and the first one's answer, in the arena (n = 0: it was too large to keep, and *ret_op is the change that was
 * stored or INT64_MIN); 0: it is new; or negative: -PDH_USAGE where the identity was that of another request. */
int rpc_once_find(struct db *db, const struct rpc_once *o, struct arena *a,
		  const char **ret, size_t *ret_n, int64_t *ret_op, struct err *e);

/* Keeps the answer in the open transaction, and forgets the oldest: 256 are kept, for a day. */
int rpc_once_keep(struct db *db, const struct rpc_once *o, int64_t now, int64_t op,
		  const char *answer, size_t n, struct err *e);
