#include "tests/support/faults.h"

#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const names[] = {"open", "write", "sync", "rename", "full", "memory"};

static struct {
	enum fault fault;
	int left; /* calls until it happens; 0: none is armed */
	bool happened;
} armed;

const char *fault_name(enum fault fault)
{
	return names[fault];
}

void fault_arm(enum fault fault, int at)
{
	armed.fault = fault;
	armed.left = at;
	armed.happened = false;
}

bool fault_disarm(void)
{
	armed.left = 0;
	return armed.happened;
}

/* Whether this call is the one; of a full disk, or one after it. */
static bool fails(enum fault fault)
{
	if (armed.left == 0 || armed.fault != fault)
		return false;
	if (armed.left > 1) {
		armed.left--;
		return false;
	}
	if (fault != FAULT_FULL)
		armed.left = 0;
	armed.happened = true;
	return true;
}

static bool is_of_a_test(const char *path)
{
	return strstr(path, "/pdh-unit-") != NULL;
}

static bool is_file_of_a_test(int fd)
{
	char self[32], path[PATH_MAX];

	if (armed.left == 0)
		return false;
	(void)snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
	ssize_t n = readlink(self, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';
	return is_of_a_test(path);
}

/* A write, or what makes room for one. */
static bool write_fails(int fd)
{
	if (!is_file_of_a_test(fd))
		return false;
	if (fails(FAULT_FULL)) {
		errno = ENOSPC;
		return true;
	}
	errno = EIO;
	return fails(FAULT_WRITE);
}

/* ---- in place of the C library's
 * ------------------------------------------------------------- */

int open(const char *path, int flags, ...);
int open64(const char *path, int flags, ...);
int rename(const char *from, const char *to);
ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at);
int ftruncate64(int fd, off64_t size);

static int open_file(const char *path, int flags, mode_t mode)
{
	if (is_of_a_test(path) && fails(FAULT_OPEN)) {
		errno = EMFILE;
		return -1;
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

ssize_t write(int fd, const void *bytes, size_t n)
{
	return write_fails(fd) ? -1 : syscall(SYS_write, fd, bytes, n);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	return write_fails(fd) ? -1 : syscall(SYS_pwrite64, fd, bytes, n, at);
}

int ftruncate64(int fd, off64_t size)
{
	return write_fails(fd) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}

int fdatasync(int fd)
{
	if (!is_file_of_a_test(fd) || !fails(FAULT_SYNC))
		return (int)syscall(SYS_fdatasync, fd);
	errno = EIO;
	return -1;
}

int fsync(int fd)
{
	return fdatasync(fd);
}

int rename(const char *from, const char *to)
{
	if (!is_of_a_test(to) || !fails(FAULT_RENAME))
		return (int)syscall(SYS_rename, from, to);
	errno = EIO;
	return -1;
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
