/* Putting a backup in the place of the records, or nothing. Everything is checked and copied first; what then happens to
 * the records is one rename, so that whatever ends this leaves the old ones or the new ones. */
#include "common/files.h"
#include "common/lock.h"
#include "common/paths.h"
#include "daemon/keep/keep.h"
#include "daemon/store/db.h"
#include "daemon/store/db_copy.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANIFEST_MOST = 16 << 20, TRIES = 3 };

struct listed {
	char sha256[SHA256_TEXT_SIZE];
	bool proof;
};

struct restore {
	struct keep *k;
	int folder;
	struct listed *v;
	size_t n;
	const char *draft; /* of the database, beside it */
	struct err *e;
};

/* ---- manifest ----------------------------------------------------------------------------------------- */

static int refuse(struct restore *x, int code, const char *what, const char *which)
{
	return err_set(x->e, code, NULL, "the backup %.200s: %s%s; nothing was restored",
		       x->k->folder, what, which);
}

/* It is not a backup, or not a whole one. */
static int doubt(struct restore *x, const char *what, const char *which)
{
	return refuse(x, -PDH_REFUSED, what, which);
}

/* It was one, and its bytes are others now. */
static int damaged(struct restore *x, const char *what, const char *which)
{
	return refuse(x, -PDH_FAILED, what, which);
}

/* "<64 digits>  pdh.db" or "<64 digits>  evidence/<the same>" */
static int take_entry(struct restore *x, char *line)
{
	enum { HASH = SHA256_TEXT_SIZE - 1 };
	struct listed entry = {.proof = false};

	if (strlen(line) < HASH + 3 || line[HASH] != ' ' || line[HASH + 1] != ' ')
		return doubt(x, "a line of its manifest cannot be read", "");
	memcpy(entry.sha256, line, HASH);
	entry.sha256[HASH] = '\0';
	const char *name = line + HASH + 2;
	entry.proof = strncmp(name, KEEP_PROOFS "/", strlen(KEEP_PROOFS "/")) == 0 &&
		      strcmp(name + strlen(KEEP_PROOFS "/"), entry.sha256) == 0;
	if (!sha256_is_text(entry.sha256) ||
	    (!entry.proof && strcmp(name, KEEP_DATABASE) != 0))
		return doubt(x, "its manifest names what no backup has", "");
	x->v = arena_grow(x->k->arena, x->v, x->n, sizeof(*x->v));
	x->v[x->n++] = entry;
	return 0;
}

static size_t databases(const struct restore *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		n += !x->v[i].proof;
	return n;
}

static char *read_manifest(struct restore *x)
{
	int fd = keep_open_beneath(x->folder, KEEP_MANIFEST);
	struct stat st;
	char *text = NULL;

	if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size < MANIFEST_MOST) {
		text = arena_alloc(x->k->arena, (size_t)st.st_size + 1);
		if (pread(fd, text, (size_t)st.st_size, 0) != st.st_size)
			text = NULL;
		else
			text[st.st_size] = '\0';
	}
	if (fd >= 0)
		(void)close(fd);
	return text;
}

static int take_manifest(struct restore *x)
{
	char *text = read_manifest(x), *rest = NULL;
	int r = text ? 0 : doubt(x, "it has no " KEEP_MANIFEST, "");

	for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; r == 0 && line;
	     line = strtok_r(NULL, "\n", &rest))
		r = take_entry(x, line);
	if (r == 0 && databases(x) != 1)
		r = doubt(x, "its manifest has no " KEEP_DATABASE, "");
	return r;
}

/* ---- its files ---------------------------------------------------------------------------------------- */

static int open_entry(struct restore *x, const struct listed *entry)
{
	const char *name =
		entry->proof ? arena_printf(x->k->arena, KEEP_PROOFS "/%s", entry->sha256)
			     : KEEP_DATABASE;
	int fd = keep_open_beneath(x->folder, name);

	return fd < 0 ? doubt(x, "it lacks ", name) : fd;
}

static int check_entry(struct restore *x, const struct listed *entry)
{
	char sha256[SHA256_TEXT_SIZE];
	int fd = open_entry(x, entry), r;

	if (fd < 0)
		return fd;
	r = entry->proof ? keep_hash(fd, sha256, x->e)
			 : keep_copy(fd, x->draft, 0600, sha256, x->e);
	(void)close(fd);
	if (r == 0 && strcmp(sha256, entry->sha256) != 0)
		r = damaged(x,
			    entry->proof ? "a proof does not match its hash: "
					 : "its records do not match their hash",
			    entry->proof ? entry->sha256 : "");
	return r;
}

static int check_records(struct restore *x)
{
	struct db_copy is, was;
	struct err why;

	if (db_copy_look(x->draft, true, &is, &why) < 0)
		return doubt(x, "its records cannot be used: ", why.message);
	x->k->activities = is.activities;
	if (db_copy_look(x->k->database, false, &was, &why) < 0)
		return 0;
	x->k->before = was.activities;
	/* Of other records every change goes. */
	int64_t after = strcmp(is.uid, was.uid) == 0 ? is.last_change : 0;
	(void)db_copy_changes(x->k->database, after, &x->k->changes, &why);
	return 0;
}

static int check_all(struct restore *x)
{
	int r = take_manifest(x);

	for (size_t i = 0; r == 0 && i < x->n; i++)
		r = check_entry(x, &x->v[i]);
	if (r == 0)
		r = check_records(x);
	x->k->proofs_n = (int64_t)x->n - 1;
	return r;
}

/* ---- proofs ------------------------------------------------------------------------------------------- */

/* What is there is there: names are hashes. */
static int put_proof(struct restore *x, const struct listed *entry)
{
	struct arena *a = x->k->arena;
	const char *to =
		arena_printf(a, "%s/%.2s/%s", x->k->proofs, entry->sha256, entry->sha256);
	const char *draft = arena_printf(a, "%s.new", to);
	char sha256[SHA256_TEXT_SIZE];

	if (access(to, F_OK) == 0)
		return 0;
	int r = path_make_parent(to, x->e), fd = r < 0 ? r : open_entry(x, entry);
	if (fd < 0)
		return fd;
	(void)unlink(draft);
	r = keep_copy(fd, draft, 0400, sha256, x->e);
	(void)close(fd);
	if (r == 0 && strcmp(sha256, entry->sha256) != 0)
		r = doubt(x, "a proof changed while it was read: ", entry->sha256);
	if (r == 0 && rename(draft, to) < 0)
		r = keep_failed("write", to, x->e);
	if (r < 0)
		(void)unlink(draft);
	else
		x->k->added++;
	return r;
}

static int put_proofs(struct restore *x)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < x->n; i++)
		if (x->v[i].proof)
			r = put_proof(x, &x->v[i]);
	return r;
}

/* ---- records ------------------------------------------------------------------------------------------ */

static bool has_log(const struct keep *k)
{
	struct stat st;

	return stat(arena_printf(k->arena, "%s-wal", k->database), &st) == 0 &&
	       st.st_size > 0;
}

/* Has the daemon end, which writes its answers first, and waits for that. */
static void end_daemon(const struct keep *k)
{
	enum { ENDING_MS = 10000 };
	struct lock_holder holder;
	pid_t pid;

	if (!lock_is_held(k->database) || !lock_read(k->database, k->arena, &holder))
		return;
	struct pollfd ends = {.fd = lock_open_holder(&holder), .events = POLLIN};
	if (lock_end_holder(k->database, &pid) > 0 && ends.fd >= 0)
		(void)poll(&ends, 1, ENDING_MS);
	if (ends.fd >= 0)
		(void)close(ends.fd);
}

/* Ends the daemon and takes its lock, with all that it wrote in the file itself. What is damaged stays as it is. */
static int take_lock(struct keep *k, int *ret, struct err *e)
{
	struct db *db = NULL;
	int r = 0;

	for (int i = 0; i < TRIES; i++) {
		bool damaged = false;
		end_daemon(k);
		if (access(k->database, F_OK) == 0) {
			r = db_open(k->database, k->backups, &db, e);
			damaged = r == -PDH_CORRUPT || r == -PDH_INCOMPATIBLE;
			if (r == 0)
				db_close(db);
		}
		if (r < 0 && !damaged)
			return r;
		r = lock_take(k->database, ret, e);
		if (r < 0 || damaged || !has_log(k))
			return r;
		(void)close(*ret);
	}
	return err_set(e, -PDH_BUSY, NULL,
		       "the records are in use by another program; nothing was changed");
}

static const char *kept_name(const struct keep *k, const char *path)
{
	const char *name = arena_printf(k->arena, "%s.before-%s", path, keep_stamp(k));

	for (int i = 2; access(name, F_OK) == 0; i++)
		name = arena_printf(k->arena, "%s.before-%s-%d", path, keep_stamp(k), i);
	return name;
}

static void sync_parent(const struct keep *k)
{
	const char *slash = strrchr(k->database, '/');

	(void)file_sync(slash ? arena_dup_n(k->arena, k->database,
					    (size_t)(slash - k->database) + 1)
			      : ".");
}

/* A log of the old records is theirs. */
static void keep_log(const struct keep *k)
{
	(void)rename(arena_printf(k->arena, "%s-wal", k->database),
		     arena_printf(k->arena, "%s-wal", k->kept));
	(void)unlink(arena_printf(k->arena, "%s-shm", k->database));
}

static int put_records(struct restore *x)
{
	struct keep *k = x->k;
	bool there = access(k->database, F_OK) == 0;
	int lock, r = take_lock(k, &lock, x->e);

	if (r < 0)
		return r;
	k->kept = kept_name(k, k->database);
	if (there && link(k->database, k->kept) < 0)
		r = keep_failed("write", k->kept, x->e);
	if (r == 0 && has_log(k))
		keep_log(k);
	if (r == 0 && rename(x->draft, k->database) < 0)
		r = keep_failed("write", k->database, x->e);
	if (!there)
		k->kept = NULL;
	sync_parent(k);
	(void)close(lock);
	return r;
}

static int restore(struct restore *x)
{
	int r = check_all(x);

	if (r < 0 || x->k->dry_run)
		return r;
	r = put_proofs(x);
	return r < 0 ? r : put_records(x);
}

int keep_restore(struct keep *k, struct err *e)
{
	struct restore x = {.k = k, .e = e};
	int r = path_make_parent(k->database, e);

	if (r < 0)
		return r;
	x.folder = open(k->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (x.folder < 0)
		return err_set(e, errno == ENOENT ? -PDH_NOT_FOUND : -PDH_REFUSED, NULL,
			       "%.300s is not a backup: %s", k->folder, strerror(errno));
	x.draft = arena_printf(k->arena, "%s.restore", k->database);
	(void)unlink(x.draft);
	r = restore(&x);
	(void)unlink(x.draft);
	(void)close(x.folder);
	return r;
}

/* ---- beginning anew ----------------------------------------------------------------------------------- */

int keep_reset(struct keep *k, struct err *e)
{
	struct db_copy was;
	int lock, r = db_copy_look(k->database, false, &was, e);

	if (r < 0)
		return r;
	k->before = was.activities;
	if (k->dry_run)
		return db_copy_changes(k->database, 0, &k->changes, e);
	r = keep_backup(k, e);
	if (r == 0)
		r = db_copy_changes(k->database, 0, &k->changes, e);
	if (r == 0)
		r = take_lock(k, &lock, e);
	if (r < 0)
		return r;
	k->kept = kept_name(k, k->database);
	const char *proofs = kept_name(k, k->proofs);
	if (rename(k->database, k->kept) < 0)
		r = keep_failed("rename", k->database, e);
	else if (rename(k->proofs, proofs) < 0 && errno != ENOENT)
		r = keep_failed("rename", k->proofs, e);
	sync_parent(k);
	(void)close(lock);
	return r;
}
