#include "client/net/spawn.h"

#include "common/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LISTEN_FD = 3, /* SD_LISTEN_FDS_START of sd_listen_fds(3) */
	EXEC_FD = 4,   /* tells the parent why exec failed; closes when it works */
	LOG_MOST = 1024 * 1024 /* a log beyond that is begun anew */
};

/* ---- the log ------------------------------------------------------------------------------------ */

static int open_log_file(struct spawned *s, struct arena *a, struct err *e)
{
	struct stat st;
	int r = path_state(a, "pdhd.log", &s->log, e);

	if (r == 0)
		r = path_make_parent(s->log, e);
	if (r < 0)
		return r;
	int fd = open(s->log, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_set(e, -PDH_STORAGE, NULL, "cannot open %.300s: %s", s->log,
			       strerror(errno));
	if (fstat(fd, &st) == 0 && st.st_size > LOG_MOST && ftruncate(fd, 0) == 0)
		st.st_size = 0;
	s->log_from = st.st_size;
	return fd;
}

/* The descriptor that the daemon writes to. Where no file can be written, which is no reason not to run, what it says
 * while it begins is heard through a pipe, and the rest is lost. */
static int open_log(struct spawned *s, struct arena *a, struct err *e)
{
	struct err ignored;
	int ends[2];
	int fd = open_log_file(s, a, &ignored);

	if (fd >= 0) {
		s->log_fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
		return fd;
	}
	s->log = NULL;
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_set(e, -PDH_UNREACHABLE, NULL, "cannot start pdhd: %s",
			       strerror(errno));
	s->log_fd = ends[0];
	return ends[1];
}

/* The last line that the daemon wrote since it was started; "" for none. */
static const char *last_line(const struct spawned *s, struct arena *a)
{
	char text[4096];
	ssize_t got = s->log ? pread(s->log_fd, text, sizeof(text) - 1, s->log_from)
			     : read(s->log_fd, text, sizeof(text) - 1);
	size_t n = got > 0 ? (size_t)got : 0;

	while (n && text[n - 1] == '\n')
		n--;
	text[n] = '\0';
	char *line = strrchr(text, '\n');
	line = line ? line + 1 : text;
	static const char *const prefixes[] = {"pdhd: ", "error: "};
	for (size_t i = 0; i < 2; i++)
		if (strncmp(line, prefixes[i], strlen(prefixes[i])) == 0)
			line += strlen(prefixes[i]);
	return arena_dup(a, line);
}

/* ---- the child ---------------------------------------------------------------------------------- */

/* Moves descriptors to where they are wanted; first out of the way of one another. */
static int place_descriptors(int null, int log, int listener, int report)
{
	int from[] = {null, log, log, listener, report};

	for (int i = 0; i <= EXEC_FD; i++) {
		from[i] = fcntl(from[i], F_DUPFD, EXEC_FD + 1);
		if (from[i] < 0)
			return -1;
	}
	for (int i = 0; i <= EXEC_FD; i++)
		if (dup2(from[i], i) < 0)
			return -1;
	/* Whatever the caller had open is none of the daemon's business: a pipe of a shell would never end. */
	return close_range(EXEC_FD + 1, ~0U, 0) < 0 ? -1
						    : fcntl(EXEC_FD, F_SETFD, FD_CLOEXEC);
}

static void set_environment(void)
{
	char pid[16];

	snprintf(pid, sizeof(pid), "%d", (int)getpid());
	setenv("LISTEN_PID", pid, 1);
	setenv("LISTEN_FDS", "1", 1);
	setenv("PDH_STARTED_BY", "pdh", 1);
	unsetenv("NOTIFY_SOCKET");
	unsetenv("LISTEN_FDNAMES");
	unsetenv("JOURNAL_STREAM");
}

static _Noreturn void become_daemon(const char *program, int log, int listener,
				    int report)
{
	sigset_t none;
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC), to = report;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGINT, SIG_DFL);
	(void)signal(SIGQUIT, SIG_DFL);
	if (null >= 0 && place_descriptors(null, log, listener, report) == 0) {
		to = EXEC_FD;
		setsid();
		(void)!chdir("/");
		set_environment();
		execl(program, "pdhd", (char *)NULL);
		if (errno == ENOENT)
			execlp("pdhd", "pdhd", (char *)NULL);
	}
	int why = errno;
	(void)!write(to, &why, sizeof(why));
	_exit(127);
}

/* ---- the parent --------------------------------------------------------------------------------- */

static int start(struct spawned *s, const char *program, int log, struct err *e)
{
	int report[2], why;

	if (pipe2(report, O_CLOEXEC) < 0)
		return err_set(e, -PDH_UNREACHABLE, NULL, "cannot start pdhd: %s",
			       strerror(errno));
	pid_t pid = fork();
	if (pid == 0)
		become_daemon(program, log, s->listener.fd, report[1]);
	why = errno;
	close(report[1]);
	if (pid > 0) {
		ssize_t n = read(report[0], &why, sizeof(why));
		s->pid = pid;
		s->pidfd = pidfd_open(pid, 0);
		why = n == sizeof(why) ? why : 0;
	}
	close(report[0]);
	if (why == 0)
		return 0;
	if (pid > 0)
		waitpid(pid, NULL, 0);
	err_set(e, -PDH_UNREACHABLE, NULL, "cannot start %.200s: %s", program,
		strerror(why));
	return err_hint(e, "pdhd is installed beside pdh or found on PATH");
}

int spawn_daemon(const char *path, struct arena *a, struct spawned *ret, struct err *e)
{
	struct spawned s = SPAWNED_NONE;
	const char *program;

	int r = path_sibling(a, "pdhd", &program, e);
	if (r == 0)
		r = listen_open(path, &s.listener, e);
	if (r != 0)
		return r;
	s.socket = path;
	int log = open_log(&s, a, e);
	r = log < 0 ? log : start(&s, program, log, e);
	if (log >= 0)
		close(log);
	close(s.listener.fd);
	s.listener.fd = -1;
	if (r < 0) {
		listen_unlink(&s.listener, path);
		spawn_done(&s);
		return r;
	}
	*ret = s;
	return 0;
}

int spawn_failed(struct spawned *s, int timeout_ms, struct arena *a, struct err *e)
{
	struct pollfd p = {.fd = s->pidfd, .events = POLLIN};
	int status;

	if (s->pid == 0 || (s->pidfd >= 0 && poll(&p, 1, timeout_ms) <= 0) ||
	    waitpid(s->pid, &status, s->pidfd < 0 ? WNOHANG : 0) != s->pid)
		return 0;
	s->pid = 0;
	listen_unlink(&s->listener, s->socket);
	int exited = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	s->refused = exited == err_kind(PDH_REFUSED)->exit_status;
	s->killed = WIFSIGNALED(status) &&
		    (WTERMSIG(status) == SIGKILL || WTERMSIG(status) == SIGTERM);
	const char *line = last_line(s, a);
	int code = exited == err_kind(PDH_INCOMPATIBLE)->exit_status ? -PDH_INCOMPATIBLE
								     : -PDH_UNREACHABLE;
	if (*line)
		err_set(e, code, NULL, "the daemon could not start: %.400s", line);
	else if (exited >= 0)
		err_set(e, code, NULL, "the daemon could not start; it exited with %d",
			exited);
	else
		err_set(e, code, NULL, "the daemon was ended by signal %d",
			WTERMSIG(status));
	if (s->refused)
		return e->code;
	if (!s->log)
		return err_hint(e, "to see it by hand, run: pdhd");
	return err_hint(e, "its log is %.180s; to see it by hand, run: pdhd", s->log);
}

void spawn_done(struct spawned *s)
{
	if (s->pidfd >= 0)
		close(s->pidfd);
	if (s->log_fd >= 0)
		close(s->log_fd);
	s->pidfd = s->log_fd = -1;
}

/* ---- a reader ----------------------------------------------------------------------------------- */

static _Noreturn void become_reader(const char *program, int socket)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (dup2(socket, STDIN_FILENO) >= 0 && dup2(socket, STDOUT_FILENO) >= 0 &&
	    dup2(null, STDERR_FILENO) >= 0 && close_range(LISTEN_FD, ~0U, 0) == 0) {
		(void)!chdir("/");
		execl(program, "pdhd", "--read-only", (char *)NULL);
		if (errno == ENOENT)
			execlp("pdhd", "pdhd", "--read-only", (char *)NULL);
	}
	_exit(127);
}

int spawn_reader(struct arena *a)
{
	const char *program;
	struct err e;
	int ends[2];

	if (path_sibling(a, "pdhd", &program, &e) < 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return -1;
	pid_t pid = fork();
	if (pid == 0)
		become_reader(program, ends[1]);
	close(ends[1]);
	if (pid > 0)
		return ends[0];
	close(ends[0]);
	return -1;
}
