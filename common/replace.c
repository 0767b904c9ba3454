#include "common/replace.h"

#include "common/files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int cannot_write(const char *path, struct err *e)
{
	return err_set(e, -PDH_STORAGE, NULL, "cannot write %.300s: %s", path,
		       strerror(errno));
}

/* The file that a link means; the path as given where there is no file yet, and then no links of it are counted. */
static int resolve(const char *path, char ret[PATH_MAX], struct stat *ret_old,
		   struct err *e)
{
	struct stat st;

	ret_old->st_nlink = 0;
	if (realpath(path, ret)) {
		if (stat(ret, ret_old) == 0 && !S_ISREG(ret_old->st_mode))
			return err_set(e, -PDH_STORAGE, NULL,
				       "%.300s is not a regular file", path);
		return 0;
	}
	if (errno != ENOENT)
		return cannot_write(path, e);
	if (lstat(path, &st) == 0)
		return err_set(e, -PDH_STORAGE, NULL,
			       "%.300s is a link to a file that is not there", path);
	if ((size_t)snprintf(ret, PATH_MAX, "%s", path) < PATH_MAX)
		return 0;
	errno = ENAMETOOLONG;
	return cannot_write(path, e);
}

/* A group that it cannot be given to gets nothing. */
static int keep_mode(int fd, const struct stat *old)
{
	mode_t mode = old->st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);

	if (fchown(fd, (uid_t)-1, old->st_gid) < 0)
		mode &= ~(mode_t)S_IRWXG;
	return fchmod(fd, mode);
}

int file_replace(const char *path, const void *bytes, size_t n, mode_t mode,
		 struct err *e)
{
	char target[PATH_MAX], draft[PATH_MAX + 16];
	struct stat old;

	int r = resolve(path, target, &old, e);
	if (r < 0)
		return r;
	snprintf(draft, sizeof(draft), "%s.%d.new", target, (int)getpid());
	/* One that was left by a process of the same number that died. */
	(void)unlink(draft);
	int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (fd < 0)
		return cannot_write(path, e);
	if ((old.st_nlink && keep_mode(fd, &old) < 0) ||
	    file_write_all(fd, bytes, n) < 0 || fsync(fd) < 0)
		r = cannot_write(path, e);
	if (close(fd) < 0 && r == 0)
		r = cannot_write(path, e);
	if (r == 0 && rename(draft, target) < 0)
		r = cannot_write(path, e);
	if (r < 0)
		(void)unlink(draft);
	return r;
}
