/* A write that carries an identity (the reserved key `once`) is done once, however often it is sent. A client that got no
 * answer sends the same request again, and gets the answer to the first one. */
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

/* Looks whether the write was done before. 1: it was, and *ret is its answer, in the arena; where *ret_n is 0 the answer was
 * too large to be kept, and *ret_op is the number of the change (INT64_MIN: it changed nothing). 0: it was not. Or a
 * negative error: -PDH_USAGE where another request had the same identity. */
int rpc_once_find(struct db *db, const struct rpc_once *o, struct arena *a,
		  const char **ret, size_t *ret_n, int64_t *ret_op, struct err *e);

/* Stores the answer in the open transaction, and deletes old ones: the last 256 are kept, for a day. */
int rpc_once_keep(struct db *db, const struct rpc_once *o, int64_t now, int64_t op,
		  const char *answer, size_t n, struct err *e);
