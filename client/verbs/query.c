#include "client/verbs/query.h"

#include "common/files.h"
#include "common/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MOST = 512 << 20, SECONDS_MOST = 20, EXIT_NO_PROGRAM = 127 };

/* ---- the process -------------------------------------------------------------------------------- */

static void limit(__rlimit_resource_t what, rlim_t most)
{
	const struct rlimit l = {most, most};

	(void)setrlimit(what, &l);
}

/* In the child: it ends with its parent, and at the latest when it has had twice the time that it gives a statement. */
static _Noreturn void become(const char *program, const char *database, int in, int out)
{
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
	    close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
		_exit(EXIT_NO_PROGRAM);
	limit(RLIMIT_CPU, SECONDS_MOST);
	limit(RLIMIT_CORE, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	setenv("PDH_DATABASE", database, 1);
	execl(program, "pdhd", "--query", (char *)NULL);
	if (errno == ENOENT)
		execlp("pdhd", "pdhd", "--query", (char *)NULL);
	_exit(EXIT_NO_PROGRAM);
}

/* A pipe that holds the statement, which is shorter than what a pipe takes. */
static int pipe_with(const char *sql, struct err *e)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_set(e, -PDH_FAILED, NULL, "no pipe: %s", strerror(errno));
	ssize_t n = write(ends[1], sql, strlen(sql));
	close(ends[1]);
	if (n == (ssize_t)strlen(sql))
		return ends[0];
	close(ends[0]);
	return err_set(e, -PDH_FAILED, NULL, "the statement cannot be handed over");
}

static int take(int fd, struct buf *ret, struct err *e)
{
	ret->max = ANSWER_MOST;
	return file_read_all(fd, ret) == 0
		       ? 0
		       : err_set(e, -PDH_FAILED, NULL, "the answer cannot be read");
}

static int wait_for(pid_t child, struct err *e)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return err_set(e, -PDH_UNREACHABLE, "sql", "takes longer than %d s",
			       SECONDS_MOST);
	if (WIFSIGNALED(status))
		return err_set(e, -PDH_FAILED, NULL, "pdhd was ended by signal %d",
			       WTERMSIG(status));
	if (WEXITSTATUS(status) == EXIT_NO_PROGRAM)
		return err_set(e, -PDH_FAILED, NULL, "cannot start pdhd");
	return 0;
}

static int run(const char *program, const char *database, int in, struct buf *ret,
	       struct err *e)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_set(e, -PDH_FAILED, NULL, "no pipe: %s", strerror(errno));
	pid_t child = fork();
	if (child == 0)
		become(program, database, in, ends[1]);
	close(ends[1]);
	int r = child < 0 ? err_set(e, -PDH_FAILED, NULL, "cannot start pdhd: %s",
				    strerror(errno))
			  : take(ends[0], ret, e);
	close(ends[0]);
	int ended = child < 0 ? r : wait_for(child, e);
	return r < 0 ? r : ended;
}

/* ---- its answer --------------------------------------------------------------------------------- */

static int take_error(const json_t *o, struct err *e)
{
	const char *message = json_string_value(json_object_get(o, "message"));
	const char *field = json_string_value(json_object_get(o, "field"));
	const char *hint = json_string_value(json_object_get(o, "hint"));

	err_set(e, -(int)json_integer_value(json_object_get(o, "code")), field, "%s",
		message ? message : "it failed");
	return err_hint(e, "%s", hint ? hint : "");
}

/* One line. 1: the last. */
static int take_line(const char *line, size_t n, struct query_answer *q, struct err *e)
{
	json_t *v = json_loadb(line, n, 0, NULL);
	int r = 0;

	if (json_is_object(v)) {
		r = json_object_get(v, "code") ? take_error(v, e) : 1;
	} else if (json_is_array(v)) {
		if (q->columns)
			json_array_append(q->rows, v);
		else
			q->columns = json_incref(v);
	}
	json_decref(v);
	return r;
}

static int take_lines(const struct buf *b, struct query_answer *q, struct err *e)
{
	const char *at = b->data, *end = at + b->len;
	int r = 0;

	while (r == 0 && at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t n = (size_t)((newline ? newline : end) - at);
		r = take_line(at, n, q, e);
		at += n + 1;
	}
	if (r < 0)
		return r;
	return r == 1 && q->columns
		       ? 0
		       : err_set(e, -PDH_FAILED, NULL, "pdhd ended without an answer");
}

int query_ask(const char *database, const char *sql, struct arena *a,
	      struct query_answer *ret, struct err *e)
{
	const char *program;
	AUTO_BUF answer = {0};
	int r = path_sibling(a, "pdhd", &program, e);

	if (r < 0)
		return r;
	int in = pipe_with(sql, e);
	if (in < 0)
		return in;
	r = run(program, database, in, &answer, e);
	close(in);
	if (r < 0)
		return r;
	*ret = (struct query_answer){NULL, json_array()};
	r = take_lines(&answer, ret, e);
	if (r < 0)
		query_done(ret);
	return r;
}

void query_done(struct query_answer *q)
{
	json_decref(q->columns);
	json_decref(q->rows);
	*q = (struct query_answer){NULL, NULL};
}
