#include "daemon/evidence/store.h"

#include "common/files.h"
#include "common/paths.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER = 2 };

static const char *root_of(struct work *w)
{
	return path_evidence(w->arena, db_path(w->db));
}

static const char *path_of(struct work *w, const char *digest)
{
	return arena_printf(w->arena, "%s/%.2s/%s", root_of(w), digest, digest);
}

static int cannot_keep(const char *path, struct err *e)
{
	int why = errno;

	err_set(e, -PDH_STORAGE, NULL, "the proof cannot be kept at %.300s: %s", path,
		strerror(why));
	return why == ENOSPC || why == EDQUOT
		       ? err_hint(e, "make room on the disk, then try again")
		       : e->code;
}

/* One of this name has the same bytes, unless the disk has lost some: the new one takes its place. */
static int give_name(const char *from, const char *to)
{
	if (link(from, to) == 0)
		return 0;
	return errno == EEXIST ? rename(from, to) : -1;
}

/* The file becomes read-only before it has its name, so that nothing under that name is ever open to change. */
static int place(struct work *w, const struct upload_file *f, const char *path,
		 struct err *e)
{
	const char *folder =
		arena_dup_n(w->arena, path, (size_t)(strrchr(path, '/') - path));
	int r = path_make_parent(path, e);

	if (r < 0)
		return r;
	if (fchmod(f->fd, 0400) < 0 || give_name(f->path, path) < 0 ||
	    file_sync(folder) < 0 || file_sync(root_of(w)) < 0)
		return cannot_keep(path, e);
	return 0;
}

int store_keep(struct work *w, const char *token, const struct upload_file *f,
	       struct err *e)
{
	int r = upload_sync(w, token, e);

	return r < 0 ? r : place(w, f, path_of(w, f->sha256), e);
}

int store_open(struct work *w, const char *digest)
{
	struct stat st;
	int fd = open(path_of(w, digest), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

bool store_has(struct work *w, const char *digest, int64_t size)
{
	struct stat st;

	return lstat(path_of(w, digest), &st) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size == size;
}

bool store_remove(struct work *w, const char *digest)
{
	return unlink(path_of(w, digest)) == 0;
}

static int by_digest(const void *a, const void *b)
{
	return strcmp(((const struct store_file *)a)->digest,
		      ((const struct store_file *)b)->digest);
}

struct walk {
	struct arena *arena;
	struct store_file *v;
	size_t n;
};

static void add(struct walk *to, int folder, const char *name)
{
	struct stat st;

	if (!sha256_is_text(name) ||
	    fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG(st.st_mode))
		return;
	to->v = arena_grow(to->arena, to->v, to->n, sizeof(*to->v));
	struct store_file *f = &to->v[to->n++];
	memcpy(f->digest, name, SHA256_TEXT_SIZE);
	f->size = st.st_size;
	f->since = st.st_mtim.tv_sec;
}

static void walk_folder(struct walk *to, const char *path, const char *name)
{
	DIR *d = opendir(path);
	const struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (strncmp(entry->d_name, name, FOLDER) == 0)
			add(to, dirfd(d), entry->d_name);
	if (d)
		closedir(d);
}

void store_list(struct work *w, struct store_file **ret, size_t *ret_n)
{
	struct walk to = {.arena = w->arena};
	const char *root = root_of(w);
	DIR *d = opendir(root);
	const struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (strlen(entry->d_name) == FOLDER &&
		    strspn(entry->d_name, "0123456789abcdef") == FOLDER)
			walk_folder(&to,
				    arena_printf(w->arena, "%s/%s", root, entry->d_name),
				    entry->d_name);
	if (d)
		closedir(d);
	if (to.n)
		qsort(to.v, to.n, sizeof(*to.v), by_digest);
	*ret = to.v;
	*ret_n = to.n;
}
