#include "daemon/store/db_files.h"

#include "common/arena.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *with_suffix(const char *path, const char *suffix)
{
	char *s;

	if (asprintf(&s, "%s%s", path, suffix) < 0)
		oom();
	return s;
}

static int say_missing(const char *path, int why, struct err *e)
{
	err_set(e, -PDH_STORAGE, NULL, "cannot open the database %.300s: %s", path,
		strerror(why));
	return why == ENOENT
		       ? err_hint(e, "put a copy in its place, or begin anew after: "
				     "pdh daemon stop")
		       : e->code;
}

int db_files_open(struct db_files *f, const char *path, bool may_begin, struct err *e)
{
	struct stat st;

	*f = DB_FILES_NONE;
	/* Made here, so that nobody else can read it; SQLite's own files take its mode. */
	int fd = open(path, O_RDWR | O_CLOEXEC | (may_begin ? O_CREAT : 0), 0600);
	if (fd < 0)
		return say_missing(path, errno, e);
	if (!may_begin && fstat(fd, &st) == 0 && st.st_size == 0) {
		close(fd);
		err_set(e, -PDH_STORAGE, NULL,
			"the database %.300s was emptied while pdhd was running", path);
		return err_hint(e, "put a copy in its place, or begin anew after: pdh "
				   "daemon stop");
	}
	f->path = path;
	f->fd = fd;
	f->real = realpath(path, NULL);
	if (!f->real)
		f->real = with_suffix(path, "");
	f->log = with_suffix(f->real, "-wal");
	f->shared = with_suffix(f->real, "-shm");
	return 0;
}

void db_files_close(struct db_files *f)
{
	if (f->fd >= 0)
		close(f->fd);
	free(f->real);
	free(f->log);
	free(f->shared);
	*f = DB_FILES_NONE;
}

static void note(const char *path, struct stat *st)
{
	if (stat(path, st) < 0)
		*st = (struct stat){0};
}

void db_files_note_database(struct db_files *f)
{
	(void)fstat(f->fd, &f->at_database);
}

void db_files_note(struct db_files *f)
{
	db_files_note_database(f);
	note(f->log, &f->at_log);
	note(f->shared, &f->at_shared);
}

int64_t db_files_nanoseconds(struct timespec t)
{
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static bool same_time(struct timespec a, struct timespec b)
{
	return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

static bool is_still(const char *path, const struct stat *noted)
{
	struct stat now;

	return noted->st_ino == 0 || (stat(path, &now) == 0 && same_file(&now, noted));
}

enum files_state db_files_look(const struct db_files *f)
{
	const struct stat *was = &f->at_database;
	struct stat now;

	if (stat(f->path, &now) < 0)
		return FILES_GONE;
	if (!same_file(&now, was))
		return FILES_REPLACED;
	if (now.st_size != was->st_size || !same_time(now.st_mtim, was->st_mtim))
		return FILES_WRITTEN;
	if (!is_still(f->log, &f->at_log) || !is_still(f->shared, &f->at_shared))
		return FILES_UNLOGGED;
	return same_time(now.st_ctim, was->st_ctim) ? FILES_SAME : FILES_TOUCHED;
}

/* Where the open file is now: its path, "" where it was removed. */
static void find(const struct db_files *f, char out[PATH_MAX])
{
	static const char removed[] = " (deleted)";
	char self[32];

	snprintf(self, sizeof(self), "/proc/self/fd/%d", f->fd);
	ssize_t n = readlink(self, out, PATH_MAX - 1);
	out[n > 0 ? n : 0] = '\0';
	size_t end = strlen(removed);
	if ((size_t)n >= end && strcmp(out + n - end, removed) == 0)
		out[0] = '\0';
}

int db_files_say_gone(const struct db_files *f, struct err *e)
{
	char at[PATH_MAX];

	find(f, at);
	if (!at[0]) {
		err_set(e, -PDH_STORAGE, NULL,
			"the database %.300s was removed while pdhd was running: "
			"nothing can be read or stored",
			f->path);
		return err_hint(e,
				"while pdhd runs, this brings it back: cp /proc/%d/fd/%d "
				"'%.120s'; to begin anew: pdh daemon stop",
				(int)getpid(), f->fd, f->path);
	}
	err_set(e, -PDH_STORAGE, NULL,
		"the database %.180s was moved to %.180s while pdhd was running: nothing "
		"can be read or stored",
		f->path, at);
	return err_hint(e, "move it back; or, to leave it there: pdh daemon stop, then "
			   "set PDH_DATABASE");
}

bool db_files_used_elsewhere(const struct db_files *f)
{
	char at[PATH_MAX], log[PATH_MAX + 8];
	struct stat st;

	find(f, at);
	if (!at[0] || strcmp(at, f->real) == 0)
		return false;
	snprintf(log, sizeof(log), "%s-wal", at);
	return stat(log, &st) == 0 && !same_file(&st, &f->at_log);
}
