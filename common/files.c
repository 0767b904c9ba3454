#include "common/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int file_write_all(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		ssize_t written = write(fd, at, n);
		if (written < 0 && errno != EINTR)
			return -1;
		if (written > 0) {
			at += written;
			n -= (size_t)written;
		}
	}
	return 0;
}

int file_read_all(int fd, struct buf *ret)
{
	enum { PIECE = 64 << 10 };

	for (;;) {
		char *to = buf_reserve(ret, PIECE);
		ssize_t n = to ? read(fd, to, PIECE) : -1;
		if (n < 0 && to && errno == EINTR)
			continue;
		if (n <= 0)
			return (int)n;
		ret->len += (size_t)n;
	}
}

int file_sync(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	int r = fsync(fd), why = errno;
	close(fd);
	errno = why;
	return r;
}

const char *file_name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

bool file_is_as_before(int fd, const struct stat *before)
{
	struct stat now;

	return fstat(fd, &now) == 0 && now.st_ino == before->st_ino &&
	       now.st_size == before->st_size &&
	       now.st_mtim.tv_sec == before->st_mtim.tv_sec &&
	       now.st_mtim.tv_nsec == before->st_mtim.tv_nsec;
}
