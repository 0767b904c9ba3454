#include "common/files.h"
#include "common/paths.h"
#include "daemon/keep/keep.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { PIECE = 256 << 10 };

int keep_failed(const char *what, const char *path, struct err *e)
{
	return err_set(e, -PDH_STORAGE, NULL, "cannot %s %.300s: %s", what, path,
		       strerror(errno));
}

int keep_open_beneath(int folder, const char *name)
{
	struct open_how how = {.flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
			       .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
					  RESOLVE_NO_MAGICLINKS};
	struct stat st;
	long fd = syscall(SYS_openat2, folder, name, &how, sizeof(how));

	if (fd >= 0 && (fstat((int)fd, &st) < 0 || !S_ISREG(st.st_mode))) {
		(void)close((int)fd);
		errno = ENOENT;
		return -1;
	}
	return (int)fd;
}

/* Hashes what is read from `from`, and writes it to `to` unless that is -1. */
static int pass(int from, int to, char sha256[SHA256_TEXT_SIZE])
{
	char *piece = malloc(PIECE);
	struct sha256 h;
	ssize_t n = 0;
	int r = piece ? 0 : -1;

	sha256_begin(&h);
	for (off_t at = 0; r == 0 && (n = pread(from, piece, PIECE, at)) != 0;) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			r = -1;
			break;
		}
		sha256_add(&h, piece, (size_t)n);
		if (to >= 0)
			r = file_write_all(to, piece, (size_t)n);
		at += n;
	}
	sha256_text(&h, sha256);
	free(piece);
	return r;
}

int keep_hash(int fd, char sha256[SHA256_TEXT_SIZE], struct err *e)
{
	return pass(fd, -1, sha256) == 0 ? 0 : keep_failed("read", "a file", e);
}

int keep_copy(int from, const char *path, unsigned mode, char sha256[SHA256_TEXT_SIZE],
	      struct err *e)
{
	int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
	int r = 0;

	if (to < 0)
		return keep_failed("write", path, e);
	if (pass(from, to, sha256) < 0 || fsync(to) < 0)
		r = keep_failed("write", path, e);
	if (close(to) < 0 && r == 0)
		r = keep_failed("write", path, e);
	if (r < 0)
		(void)unlink(path);
	return r;
}

const char *keep_stamp(const struct keep *k)
{
	time_t now = (time_t)k->now;
	char text[24] = "";
	struct tm tm;

	if (localtime_r(&now, &tm))
		(void)strftime(text, sizeof(text), "%Y-%m-%dT%H%M%S", &tm);
	return arena_dup(k->arena, text);
}

bool keep_is_stamp(const char *name)
{
	static const char form[] = "dddd-dd-ddTdddddd";
	size_t i = 0;

	for (; form[i]; i++)
		if (form[i] == 'd' ? name[i] < '0' || name[i] > '9' : name[i] != form[i])
			return false;
	return !name[i] || (name[i] == '-' && name[i + 1] &&
			    name[i + 1 + strspn(name + i + 1, "0123456789")] == '\0');
}

/* Removes the names of an open folder that are `ours`, and closes it. */
static void sweep(int folder, bool (*ours)(const char *name))
{
	DIR *d = folder < 0 ? NULL : fdopendir(folder);
	const struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (ours(entry->d_name))
			(void)unlinkat(folder, entry->d_name, 0);
	if (d)
		(void)closedir(d);
	else if (folder >= 0)
		(void)close(folder);
}

/* Also what SQLite and file_replace() write beside a file until it is whole, which stays where they are killed. */
static bool is_part(const char *name)
{
	static const char *const beside[] = {"", "-journal", "-wal", "-shm"};
	const size_t database = strlen(KEEP_DATABASE), manifest = strlen(KEEP_MANIFEST);
	const size_t n = strlen(name);

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		if (strncmp(name, KEEP_DATABASE, database) == 0 &&
		    strcmp(name + database, beside[i]) == 0)
			return true;
	if (strncmp(name, KEEP_MANIFEST, manifest) != 0)
		return false;
	return n == manifest || (name[manifest] == '.' && n > manifest + 4 &&
				 strcmp(name + n - 4, ".new") == 0);
}

void keep_remove(const char *folder)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = open(folder, flags);

	if (fd < 0)
		return;
	sweep(openat(fd, KEEP_PROOFS, flags), sha256_is_text);
	(void)unlinkat(fd, KEEP_PROOFS, AT_REMOVEDIR);
	sweep(fd, is_part);
	(void)rmdir(folder);
}

/* Whether the turn that is held is that of this file: the folder of the backups under another name. */
static bool is_held(const struct keep *k, int fd)
{
	struct stat held, st;

	return k->turn > 0 && fstat(k->turn, &held) == 0 && fstat(fd, &st) == 0 &&
	       held.st_dev == st.st_dev && held.st_ino == st.st_ino;
}

int keep_take_turn(const char *folder, struct keep *k, struct err *e)
{
	const char *path = arena_printf(k->arena, "%s/" KEEP_LOCK, folder);
	int r = path_make_parent(path, e);

	if (r < 0)
		return r;
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return keep_failed("write", path, e);
	if (is_held(k, fd)) {
		(void)close(fd);
		return 0;
	}
	while (flock(fd, LOCK_EX) < 0)
		if (errno != EINTR) {
			r = keep_failed("lock", path, e);
			(void)close(fd);
			return r;
		}
	k->turn = fd;
	return 0;
}
