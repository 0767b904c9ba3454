/* The seal: which state of the database's file the write-ahead log beside it belongs to.
 *
 * SQLite plays whatever log it finds into whatever file it finds. So a copy that is put in the place of a database
 * whose daemon was killed would be written over with what came after it, or with pages of another file altogether.
 * The first transaction of each log therefore stores, in table `seal` and so in the log itself, a token, the token
 * that the file below it holds, and how that file looked. Before a file is opened, the log beside it is read by its
 * documented format (sqlite.org/fileformat2.html, section 4), and one that is of another state is put aside. */
#pragma once

#include "daemon/store/db_files.h"

#include <stddef.h>

struct seal {
	uint64_t token;	 /* of this log; once it was folded into the file, of the file */
	uint64_t before; /* what the file had when the log began; 0: none */
	int64_t size, written_at,
		changed_at; /* of the file: bytes, st_mtim and st_ctim in ns */
	uint64_t log;	    /* inode of the log: a copy of both files has another */
	bool folding; /* the log is being folded into the file, which may look as it will */
};

enum { SEAL_SIZE = 64 };
void db_seal_pack(const struct seal *s, unsigned char out[SEAL_SIZE]);
bool db_seal_unpack(const void *bytes, size_t n, struct seal *ret);

uint64_t db_seal_token(void); /* a new one, never 0 */

/* Reads the log at `path`: what is committed in it and the newest seal in that. */
enum seal_log {
	SEAL_LOG_EMPTY,
	SEAL_LOG_OPEN, /* something is committed, and no seal: not by this program */
	SEAL_LOG_SEALED,
	SEAL_LOG_UNREAD, /* it is there and cannot be read: errno */
};
enum seal_log db_seal_read_log(const char *path, struct seal *ret);

/* Puts a log aside that does not belong to the file of `f`. 0; 1 when that was done, and `kept` (PATH_MAX) says
 * where it is; or -PDH_STORAGE, also where the two cannot be read: then nothing is known of them and both stay.
 * Before SQLite opens the file. */
int db_seal_check(const struct db_files *f, char *kept, struct err *e);
