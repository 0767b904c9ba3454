#include "daemon/pack/file.h"

#include "daemon/pack/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Up to `room` bytes into `text`. 0, or an errno. */
static int fill(int fd, char *text, size_t room, size_t *ret_n)
{
	size_t n = 0;

	while (n < room) {
		ssize_t got = read(fd, text + n, room - n);
		if (got < 0 && errno != EINTR)
			return errno;
		if (got == 0)
			break;
		if (got > 0)
			n += (size_t)got;
	}
	*ret_n = n;
	return 0;
}

static int read_open(int fd, char **ret, size_t *ret_n)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return errno;
	if (!S_ISREG(st.st_mode))
		return EINVAL;
	const size_t room = st.st_size < PACK_SIZE_MAX ? (size_t)st.st_size + 1
						       : (size_t)PACK_SIZE_MAX + 1;
	char *text = malloc(room);
	if (!text)
		oom();
	int failed = fill(fd, text, room, ret_n);
	if (failed)
		free(text);
	else
		*ret = text;
	return failed;
}

/* Without O_NONBLOCK a pipe in the folder would stop the daemon. */
int pack_file_read(const char *path, char **ret, size_t *ret_n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

	if (fd < 0)
		return errno;
	int failed = read_open(fd, ret, ret_n);
	close(fd);
	return failed;
}
