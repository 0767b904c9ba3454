/* Structs of the one table to and from msgpack, by their shapes. */
#pragma once

#include "common/api.h"
#include "common/wire.h"

/* The daemon reads parameters strictly: an unknown, repeated, missing or wrong one is
 * -PDH_USAGE or -PDH_REFUSED and the error names the field ("activities[3].credit") and
 * the nearest name. `o` may be NULL (no parameters). Reserved keys (dry_run, api_level, database) are
 * passed over. nil means not given. */
int codec_read_params(const struct shape *s, const msgpack_object *o, struct arena *a,
		      void *ret, struct err *e);

/* The client reads results leniently: what is unknown is skipped and what is missing is
 * none, so that daemon and client of different levels go on together. -PDH_BAD_FRAME on a
 * wrong type. */
int codec_read_record(const struct shape *s, const msgpack_object *o, struct arena *a,
		      void *ret, struct err *e);

/* Writes a record: every field, in order, nil for none. */
void codec_write_record(msgpack_packer *pk, const struct shape *s, const void *record);

/* The database that a request means: its path and, where it is there, which file that is. */
struct codec_database {
	const char *path;	/* NULL: whichever the daemon has */
	uint64_t device, inode; /* 0: not there, or not to be seen */
};

/* Writes parameters: only those given, and the reserved keys api_level and, if set, dry_run and database (NULL or
 * without a path: not set). */
void codec_write_params(msgpack_packer *pk, const struct shape *s, const void *params,
			bool dry_run, const struct codec_database *database);
