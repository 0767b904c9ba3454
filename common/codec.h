/* Structs of the one table to and from msgpack, by their shapes. */
#pragma once

#include "common/api.h"
#include "common/wire.h"

/* The daemon reads parameters strictly: an unknown, repeated, missing or wrong one is
 * -PDH_USAGE or -PDH_REFUSED and the error names the field ("activities[3].credit") and
 * the nearest name. `o` may be NULL (no parameters). Reserved keys (codec_caller) are
 * passed over. nil means not given. */
int codec_read_params(const struct shape *s, const msgpack_object *o, struct arena *a,
		      void *ret, struct err *e);

/* The client reads results leniently: what is unknown is skipped and what is missing is
 * none, so that daemon and client of different levels go on together. -PDH_BAD_FRAME on a
 * wrong type, and where a field is null that never is: whoever reads the record need not ask. */
int codec_read_record(const struct shape *s, const msgpack_object *o, struct arena *a,
		      void *ret, struct err *e);

/* Writes a record: every field, in order, nil for none. */
void codec_write_record(msgpack_packer *pk, const struct shape *s, const void *record);

/* The database that a request means: its path and, where it is there, which file that is. */
struct codec_database {
	const char *path;	/* NULL: whichever the daemon has */
	uint64_t device, inode; /* 0: not there, or not to be seen */
};

/* What any request may carry beside its parameters: who asks, and how. */
struct codec_caller {
	bool dry_run;	 /* nothing is to be stored */
	bool progress;	 /* wants to be told how far a long write is, by notifications */
	int64_t level;	 /* of the caller's API; INT_NONE: not told */
	civil_day today; /* where the caller is; DATE_NONE: not told */
	int32_t zone;	 /* minutes east of Greenwich there, with `today` */
	struct codec_database database;
	const char *
		once; /* the identity of a write, which is done once however often it comes; NULL: none */
};
enum { CODEC_ONCE_LEAST = 16, CODEC_ONCE_MOST = 64, CODEC_ZONE_MOST = 18 * 60 };

/* Writes parameters: only those given; and what `caller` tells, if not NULL. */
void codec_write_params(msgpack_packer *pk, const struct shape *s, const void *params,
			const struct codec_caller *caller);

/* The reserved keys of parameters, which may be NULL. Texts live in the arena. -PDH_USAGE, and the field's name. */
int codec_read_caller(const msgpack_object *o, struct arena *a, struct codec_caller *ret,
		      struct err *e);

/* A digest of the parameters without the reserved keys: the same for the same request of the same caller. */
uint64_t codec_digest_params(const msgpack_object *o);
uint64_t codec_digest_given(const struct shape *s, const void *params);
