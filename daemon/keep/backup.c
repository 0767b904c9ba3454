/* Making a backup, copying it to another place, and removing old ones. */
#include "common/files.h"
#include "common/paths.h"
#include "common/replace.h"
#include "daemon/keep/keep.h"
#include "daemon/store/db_copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct names {
	char (*v)[SHA256_TEXT_SIZE];
	size_t n;
};

struct backup {
	struct keep *k;
	const char *parent,
		*draft;	    /* where backups lie, and this one until it is whole */
	const char *before; /* the newest that is there; NULL: none */
	const char *proofs; /* where they are taken from */
	bool sharded;	    /* in folders of their first two digits */
	struct names names;
	char database[SHA256_TEXT_SIZE];
	struct err *e;
};

/* ---- the newest, and the oldest ----------------------------------------------------------------------- */

static int is_backup(const struct dirent *entry)
{
	return keep_is_stamp(entry->d_name);
}

static const char *newest(const char *parent, struct arena *a)
{
	struct dirent **v = NULL;
	int n = scandir(parent, &v, is_backup, alphasort);
	const char *last =
		n > 0 ? arena_printf(a, "%s/%s", parent, v[n - 1]->d_name) : NULL;

	for (int i = 0; i < n; i++)
		free(v[i]);
	free(v);
	return last;
}

static int64_t remove_oldest(const char *parent, int64_t most, struct arena *a)
{
	struct dirent **v = NULL;
	int n = scandir(parent, &v, is_backup, alphasort);
	int64_t removed = 0;

	for (int i = 0; i < n; i++) {
		if (i < n - most) {
			keep_remove(arena_printf(a, "%s/%s", parent, v[i]->d_name));
			removed++;
		}
		free(v[i]);
	}
	free(v);
	return removed;
}

/* ---- proofs ------------------------------------------------------------------------------------------- */

static void add_name(struct names *to, const char *name, struct arena *a)
{
	to->v = arena_grow(a, to->v, to->n, sizeof(*to->v));
	memcpy(to->v[to->n++], name, SHA256_TEXT_SIZE);
}

static void list_folder(struct backup *b, const char *folder)
{
	DIR *d = opendir(folder);
	const struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (sha256_is_text(entry->d_name))
			add_name(&b->names, entry->d_name, b->k->arena);
	if (d)
		(void)closedir(d);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void list_proofs(struct backup *b)
{
	DIR *d = b->sharded ? opendir(b->proofs) : NULL;
	const struct dirent *entry;

	if (!b->sharded)
		list_folder(b, b->proofs);
	while (d && (entry = readdir(d)))
		if (strlen(entry->d_name) == 2 &&
		    strspn(entry->d_name, "0123456789abcdef") == 2)
			list_folder(b, arena_printf(b->k->arena, "%s/%s", b->proofs,
						    entry->d_name));
	if (d)
		(void)closedir(d);
	if (b->names.n)
		qsort(b->names.v, b->names.n, SHA256_TEXT_SIZE, by_name);
}

static const char *source_of(const struct backup *b, const char *name)
{
	return b->sharded ? arena_printf(b->k->arena, "%s/%.2s/%s", b->proofs, name, name)
			  : arena_printf(b->k->arena, "%s/%s", b->proofs, name);
}

/* What the backup before has is linked from there. Else a link to the store, or a copy where that is on another disk. */
static int put_proof(struct backup *b, const char *name)
{
	struct arena *a = b->k->arena;
	const char *to = arena_printf(a, "%s/" KEEP_PROOFS "/%s", b->draft, name);
	const char *from = source_of(b, name);
	char sha256[SHA256_TEXT_SIZE];

	if (b->before &&
	    link(arena_printf(a, "%s/" KEEP_PROOFS "/%s", b->before, name), to) == 0)
		return 0;
	b->k->added++;
	if (link(from, to) == 0)
		return 0;
	int fd = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return keep_failed("read", from, b->e);
	int r = keep_copy(fd, to, 0400, sha256, b->e);
	(void)close(fd);
	if (r == 0 && strcmp(sha256, name) != 0)
		r = err_set(b->e, -PDH_CORRUPT, NULL,
			    "the proof %.12s is damaged; nothing was backed up", name);
	return r;
}

static int put_proofs(struct backup *b)
{
	const char *folder = arena_printf(b->k->arena, "%s/" KEEP_PROOFS, b->draft);
	int r = mkdir(folder, 0700) == 0 ? 0 : keep_failed("make", folder, b->e);

	list_proofs(b);
	for (size_t i = 0; r == 0 && i < b->names.n; i++)
		r = put_proof(b, b->names.v[i]);
	(void)file_sync(folder);
	return r;
}

/* ---- manifest ----------------------------------------------------------------------------------------- */

static int write_manifest(struct backup *b)
{
	const char *path = arena_printf(b->k->arena, "%s/" KEEP_MANIFEST, b->draft);
	char *text = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);

	if (!f)
		oom();
	for (size_t i = 0; i < b->names.n; i++)
		fprintf(f, "%s  " KEEP_PROOFS "/%s\n", b->names.v[i], b->names.v[i]);
	fprintf(f, "%s  " KEEP_DATABASE "\n", b->database);
	if (fclose(f) != 0)
		oom();
	int r = file_replace(path, text, n, 0600, b->e);
	free(text);
	return r;
}

/* ---- the whole ---------------------------------------------------------------------------------------- */

/* What was left by a process that was killed goes; only one works here at a time. What a person put into a folder of that
 * name stays, and another is taken. */
static int make_draft(struct backup *b)
{
	struct arena *a = b->k->arena;

	for (int i = 1; i < 10; i++) {
		b->draft = i == 1 ? arena_printf(a, "%s/.new", b->parent)
				  : arena_printf(a, "%s/.new-%d", b->parent, i);
		keep_remove(b->draft);
		if (mkdir(b->draft, 0700) == 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	return keep_failed("make", b->draft, b->e);
}

static int begin(struct backup *b)
{
	if (path_make_parent(arena_printf(b->k->arena, "%s/.new", b->parent), b->e) < 0)
		return b->e->code;
	b->before = newest(b->parent, b->k->arena);
	return make_draft(b);
}

/* Two of one second are told apart. */
static int finish(struct backup *b, const char **ret)
{
	struct arena *a = b->k->arena;
	const char *stamp = keep_stamp(b->k);

	(void)file_sync(b->draft);
	for (int i = 1; i < 100; i++) {
		*ret = i == 1 ? arena_printf(a, "%s/%s", b->parent, stamp)
			      : arena_printf(a, "%s/%s-%d", b->parent, stamp, i);
		if (rename(b->draft, *ret) == 0) {
			(void)file_sync(b->parent);
			return 0;
		}
		if (errno != EEXIST && errno != ENOTEMPTY)
			break;
	}
	return keep_failed("write", *ret, b->e);
}

static int hash_database(struct backup *b, const char *path)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int r = fd < 0 ? keep_failed("read", path, b->e) : 0;

	if (r == 0 && (fsync(fd) < 0 || fstat(fd, &st) < 0))
		r = keep_failed("write", path, b->e);
	if (r == 0)
		r = keep_hash(fd, b->database, b->e);
	if (r == 0)
		b->k->bytes = st.st_size;
	if (fd >= 0)
		(void)close(fd);
	return r;
}

static int fill(struct backup *b, const char *from)
{
	const char *to = arena_printf(b->k->arena, "%s/" KEEP_DATABASE, b->draft);
	int r = 0;

	if (from) {
		int fd = open(from, O_RDONLY | O_CLOEXEC);
		r = fd < 0 ? keep_failed("read", from, b->e)
			   : keep_copy(fd, to, 0600, b->database, b->e);
		if (fd >= 0)
			(void)close(fd);
	} else {
		r = db_copy_write(b->k->database, to, b->e);
		if (r == 0)
			r = hash_database(b, to);
	}
	if (r == 0)
		r = put_proofs(b);
	return r < 0 ? r : write_manifest(b);
}

static int make(struct backup *b, const char *from, const char **ret)
{
	int r = begin(b);

	if (r == 0)
		r = fill(b, from);
	if (r == 0)
		r = finish(b, ret);
	if (r < 0 && b->draft)
		keep_remove(b->draft);
	return r;
}

/* The same again elsewhere, of what was made: its records and proofs are those of one moment. */
static int make_copy(struct keep *k, struct err *e)
{
	const char *from = arena_printf(k->arena, "%s/" KEEP_DATABASE, k->made);
	struct backup b = {
		.k = k,
		.parent = k->to,
		.proofs = arena_printf(k->arena, "%s/" KEEP_PROOFS, k->made),
		.e = e,
	};
	k->added = 0;
	int r = keep_take_turn(k->to, k, e);
	if (r == 0)
		r = make(&b, from, &k->made);

	if (r == 0)
		k->removed += remove_oldest(k->to, k->most, k->arena);
	return r;
}

int keep_backup(struct keep *k, struct err *e)
{
	struct backup b = {.k = k,
			   .parent = k->backups,
			   .proofs = k->proofs,
			   .sharded = true,
			   .e = e};
	int r = make(&b, NULL, &k->made);

	if (r < 0)
		return r;
	k->proofs_n = (int64_t)b.names.n;
	k->removed = remove_oldest(k->backups, k->most, k->arena);
	return k->to ? make_copy(k, e) : 0;
}
