#include "tests/support/faults.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const names[] = {"open", "write",  "sync", "rename",
				    "full", "memory", "kill"};

static struct {
	bool on;
	enum fault fault;
	int at;
	struct fault_seen seen;
} armed;

const char *fault_name(enum fault fault)
{
	return names[fault];
}

void fault_arm(enum fault fault, int at)
{
	armed.on = true;
	armed.fault = fault;
	armed.at = at;
	armed.seen = (struct fault_seen){false, 0};
}

struct fault_seen fault_disarm(void)
{
	armed.on = false;
	return armed.seen;
}

/* Whether this call is the one; of a full disk, or one after it. */
static bool fails(enum fault fault)
{
	if (!armed.on || armed.fault != fault)
		return false;
	armed.seen.calls++;
	bool now = armed.seen.calls == armed.at ||
		   (fault == FAULT_FULL && armed.seen.calls > armed.at);
	armed.seen.happened |= now;
	return now;
}

static void die_here(void)
{
	if (fails(FAULT_KILL))
		(void)raise(SIGKILL);
}

/* The clock is the test's own. */
static bool is_of_a_test(const char *path)
{
	const char *folder = strstr(path, "/pdh-unit-"), *leaf = strrchr(path, '/');

	return folder && strcmp(leaf, "/clock") != 0;
}

static bool is_file_of_a_test(int fd)
{
	char self[32], path[PATH_MAX];

	if (!armed.on)
		return false;
	(void)snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	ssize_t n = readlink(self, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	return is_of_a_test(path);
}

/* ---- in place of the C library's
 * ------------------------------------------------------------- */

static int open_file(const char *path, int flags, mode_t mode)
{
	if (is_of_a_test(path)) {
		die_here();
		if (fails(FAULT_OPEN)) {
			errno = EMFILE;
			return -1;
		}
	}
	return (int)syscall(SYS_open, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list rest;

	va_start(rest, flags);
	mode_t mode = va_arg(rest, mode_t);
	va_end(rest);
	return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list rest;

	va_start(rest, flags);
	mode_t mode = va_arg(rest, mode_t);
	va_end(rest);
	return open_file(path, flags, mode);
}

FILE *fopen(const char *path, const char *mode)
{
	int flags = *mode == 'r'   ? O_RDONLY
		    : *mode == 'w' ? O_WRONLY | O_CREAT | O_TRUNC
				   : O_WRONLY | O_CREAT | O_APPEND;
	int fd = open_file(path, flags | O_CLOEXEC, 0666);

	return fd < 0 ? NULL : fdopen(fd, mode);
}

/* At -1: where the file is. */
static ssize_t really_write(int fd, const void *bytes, size_t n, off64_t at)
{
	return at < 0 ? syscall(SYS_write, fd, bytes, n)
		      : syscall(SYS_pwrite64, fd, bytes, n, at);
}

/* What the disk had room for. */
static ssize_t fill_up(int fd, const void *bytes, size_t n, off64_t at)
{
	if (armed.seen.calls == armed.at && n > 1)
		return really_write(fd, bytes, n / 2, at);
	errno = ENOSPC;
	return -1;
}

static ssize_t write_file(int fd, const void *bytes, size_t n, off64_t at)
{
	if (!is_file_of_a_test(fd))
		return really_write(fd, bytes, n, at);
	if (fails(FAULT_KILL)) {
		(void)really_write(fd, bytes, n / 2, at);
		(void)raise(SIGKILL);
	}
	if (fails(FAULT_FULL))
		return fill_up(fd, bytes, n, at);
	if (!fails(FAULT_WRITE))
		return really_write(fd, bytes, n, at);
	errno = EIO;
	return -1;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	return write_file(fd, bytes, n, -1);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	return write_file(fd, bytes, n, at);
}

int ftruncate64(int fd, off64_t size)
{
	if (is_file_of_a_test(fd)) {
		die_here();
		if (fails(FAULT_WRITE)) {
			errno = EIO;
			return -1;
		}
	}
	return (int)syscall(SYS_ftruncate, fd, size);
}

int fdatasync(int fd)
{
	if (!is_file_of_a_test(fd))
		return 0;
	die_here();
	if (!fails(FAULT_SYNC))
		return 0;
	errno = EIO;
	return -1;
}

int fsync(int fd)
{
	return fdatasync(fd);
}

int rename(const char *from, const char *to)
{
	if (is_of_a_test(to)) {
		die_here();
		if (fails(FAULT_RENAME)) {
			errno = EIO;
			return -1;
		}
	}
	return (int)syscall(SYS_rename, from, to);
}

/* ---- SQLite's memory
 * ----------------------------------------------------------------------------
 */

static sqlite3_mem_methods usual;

static void *take(int n)
{
	return fails(FAULT_MEMORY) ? NULL : usual.xMalloc(n);
}

static void *take_more(void *p, int n)
{
	return fails(FAULT_MEMORY) ? NULL : usual.xRealloc(p, n);
}

void faults_init(void)
{
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual), SQLITE_OK);
	sqlite3_mem_methods ours = usual;
	ours.xMalloc = take;
	ours.xRealloc = take_more;
	assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &ours), SQLITE_OK);
}
