/* The database's files as they were when they were opened, and what has become of them since: people move, remove and
 * restore them while the daemon runs, and SQLite would go on with files that nobody finds any more. */
#pragma once

#include "common/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct db_files {
	const char *path; /* borrowed: as it was given */
	char *real; /* where links led to at the opening; SQLite puts its files beside this */
	char *log, *shared; /* -wal and -shm */
	/* Of the database. It stays open as long as SQLite has the file: whoever closes any descriptor of a file gives
	 * up all locks that the process has on it. */
	int fd;
	struct stat at_database, at_log, at_shared; /* st_ino 0: was not there */
};

#define DB_FILES_NONE ((struct db_files){.fd = -1})

/* Opens the database's file, and makes a private one where none is if `may_begin`; then an empty one is no error
 * either. -PDH_STORAGE. */
int db_files_open(struct db_files *f, const char *path, bool may_begin, struct err *e);

/* Frees; accepts what was never opened. Only after SQLite has closed the file. */
void db_files_close(struct db_files *f);

/* Notes what is there: once SQLite has opened all of it, and, of the database alone, after each change of our own. */
void db_files_note(struct db_files *f);
void db_files_note_database(struct db_files *f);

enum files_state {
	FILES_SAME,
	FILES_TOUCHED, /* renamed and back, or another mode or owner: the content is as it was */
	FILES_UNLOGGED, /* the log is gone, or another lies there */
	FILES_WRITTEN,	/* the same file, written by somebody else */
	FILES_REPLACED, /* another file */
	FILES_GONE,
};
enum files_state db_files_look(const struct db_files *f);

/* The error for FILES_GONE, which says where the file is now and how to go on. */
int db_files_say_gone(const struct db_files *f, struct err *e);

/* Whether the open file has moved to a place where another log lies beside it: somebody else uses it there. */
bool db_files_used_elsewhere(const struct db_files *f);

int64_t db_files_nanoseconds(struct timespec t);
