/* Backups, restoring one, and beginning anew: by a process of its own (pdhd --keep), so that nobody waits for it.
 *
 * A backup is a folder of fixed names: pdh.db, evidence/ with the proofs by their hashes, and manifest-sha256.txt, which
 * sha256sum -c reads. It is made under another name and renamed when it is whole and durable. */
#pragma once

#include "common/arena.h"
#include "common/err.h"
#include "common/sha256.h"

#include <stdbool.h>
#include <stdint.h>

#define KEEP_DATABASE "pdh.db"
#define KEEP_PROOFS   "evidence"
#define KEEP_MANIFEST "manifest-sha256.txt"
#define KEEP_LOCK     ".lock"

enum { KEEP_USUAL = 10, KEEP_LEAST = 3 };

struct keep {
	struct arena *arena;
	const char *database, *backups, *proofs; /* of the records at hand */
	const char *to;	    /* backup: a folder for another copy; NULL: none */
	const char *folder; /* restore: the backup */
	int64_t most;	    /* so many backups are kept */
	int64_t now;
	bool dry_run;
	int turn; /* the lock taken last, open until the process ends; 0: none */
	/* what was done */
	const char *made, *kept;
	int64_t bytes, proofs_n, added, removed;
	int64_t activities, before, changes;
};

int keep_backup(struct keep *k, struct err *e);

/* -PDH_REFUSED and nothing changed where anything about the backup is in doubt. */
int keep_restore(struct keep *k, struct err *e);
int keep_reset(struct keep *k, struct err *e);

/* The whole program: words after --keep; prints what was done, a name and its value a line. The exit status. */
int keep_main(int argc, char **argv);

/* ---- files.c */

/* Copies an open file to a new one at `path`, durable, with `mode`; its hash in `sha256`. */
int keep_copy(int from, const char *path, unsigned mode, char sha256[SHA256_TEXT_SIZE],
	      struct err *e);
int keep_hash(int fd, char sha256[SHA256_TEXT_SIZE], struct err *e);

/* Opens a regular file below a folder, through no link. -1 with errno. */
int keep_open_beneath(int folder, const char *name);

int keep_failed(const char *what, const char *path, struct err *e);

/* "2026-03-14T093000", in local time. */
const char *keep_stamp(const struct keep *k);
bool keep_is_stamp(const char *name);

/* Removes a backup, or what was made of one: names that it has, and the folder if nothing else is in it. */
void keep_remove(const char *folder);

/* Waits until no other process makes or removes backups in a folder, which is made if need be. The turn is given back
 * when the process ends, however it does. */
int keep_take_turn(const char *folder, struct keep *k, struct err *e);
