#include "client/verbs/tool.h"

#include "common/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_NO_PROGRAM = 127 };

bool tool_find(struct arena *a, const char *name, const char **ret)
{
	const char *const places[] = {name, arena_printf(a, "../libexec/pdh/%s", name)};
	struct err ignored;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (path_sibling(a, places[i], ret, &ignored) == 0 &&
		    access(*ret, X_OK) == 0)
			return true;
	return false;
}

static _Noreturn void become(char *const *words, int in, int out)
{
	if (in < 0)
		in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (out < 0)
		out = open("/dev/null", O_WRONLY | O_CLOEXEC);
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
	    close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
		_exit(EXIT_NO_PROGRAM);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGXFSZ, SIG_DFL);
	(void)signal(SIGPIPE, SIG_DFL);
	execvp(words[0], words);
	_exit(EXIT_NO_PROGRAM);
}

int tool_run(char *const *words, int in, int out, struct err *e)
{
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		become(words, in, out);
	if (child < 0)
		return err_set(e, -PDH_FAILED, NULL, "%.100s cannot be started: %s",
			       words[0], strerror(errno));
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) != EXIT_NO_PROGRAM)
		return WEXITSTATUS(status);
	return err_set(e, -PDH_FAILED, NULL, "%.100s %s", words[0],
		       WIFEXITED(status) ? "cannot be started" : "was ended");
}

int tool_memory(const char *bytes, size_t n, struct err *e)
{
	int fd = memfd_create("pdh", MFD_CLOEXEC);

	for (size_t at = 0; fd >= 0 && at < n;) {
		ssize_t wrote = write(fd, bytes + at, n - at);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote < 0) {
			(void)close(fd);
			fd = -1;
			break;
		}
		at += (size_t)wrote;
	}
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	return err_set(e, -PDH_FAILED, NULL, "no memory for a file: %s", strerror(errno));
}

int tool_read(int fd, struct arena *a, const char **ret, size_t *ret_n, struct err *e)
{
	struct stat st;
	size_t at = 0;

	if (fstat(fd, &st) < 0)
		return err_set(e, -PDH_FAILED, NULL, "what was made cannot be read: %s",
			       strerror(errno));
	char *to = arena_array(a, (size_t)st.st_size + 1, 1);
	while (at < (size_t)st.st_size) {
		ssize_t n = pread(fd, to + at, (size_t)st.st_size - at, (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, -PDH_FAILED, NULL,
				       "what was made cannot be read: %s",
				       strerror(errno));
		at += (size_t)n;
	}
	*ret = to;
	*ret_n = at;
	return 0;
}
