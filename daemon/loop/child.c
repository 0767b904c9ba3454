#include "daemon/loop/child.h"

#include "common/arena.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SAID_SIZE = 160, HANDLES = 4 };

struct child {
	uv_process_t process;
	uv_pipe_t in, err;
	uv_timer_t timer;
	uv_write_t write;
	int open;	 /* handles that are not closed yet */
	child_done done; /* NULL once it was told */
	void *data;
	char *input, *name;
	int64_t timeout_ms;
	int64_t status; /* of the process that ended */
	int signal;
	bool ended, closed_err; /* both: nothing more is to come */
	char said[SAID_SIZE];	/* the last line so far */
	size_t said_n;
	bool line_over;
	char read[512];
};

static void on_closed(uv_handle_t *handle)
{
	struct child *c = handle->data;

	if (--c->open)
		return;
	free(c->input);
	free(c->name);
	free(c);
}

static void close_one(void *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, on_closed);
}

/* Closes the pipes and the timer at once. The handle of the process stays open until the process has ended, because libuv
 * reads its exit status and so keeps it from staying a zombie; a process that was killed ends soon. */
static void close_all(struct child *c)
{
	if (c->ended || c->process.pid <= 0)
		close_one(&c->process);
	close_one(&c->in);
	close_one(&c->err);
	close_one(&c->timer);
}

static void tell(struct child *c, bool ok, const char *text)
{
	child_done done = c->done;

	c->done = NULL;
	if (done)
		done(c->data, ok, text);
}

/* Whatever it started is in a group of its own. */
static void kill_group(struct child *c)
{
	if (!c->ended && c->process.pid > 0)
		(void)kill(-c->process.pid, SIGKILL);
}

static void finish(struct child *c)
{
	char text[SAID_SIZE + 300];
	const char *said = c->said_n ? c->said : NULL;

	if (c->signal)
		(void)snprintf(text, sizeof(text), "%s was ended by %s", c->name,
			       strsignal(c->signal));
	else if (c->status)
		(void)snprintf(text, sizeof(text), "%s: exit %lld%s%s%s", c->name,
			       (long long)c->status, said ? " \"" : "", said ? said : "",
			       said ? "\"" : "");
	else
		(void)snprintf(text, sizeof(text), "%s took it", c->name);
	tell(c, !c->signal && !c->status, text);
	close_all(c);
}

static void on_ended(uv_process_t *process, int64_t status, int number)
{
	struct child *c = process->data;

	c->ended = true;
	c->status = status;
	c->signal = number;
	if (!c->done)
		close_one(&c->process);
	else if (c->closed_err)
		finish(c);
}

static void on_timeout(uv_timer_t *timer)
{
	struct child *c = timer->data;
	char text[400];

	/* A grandchild may hold standard error open: what counts is that the program ended. */
	if (c->ended) {
		finish(c);
		return;
	}
	kill_group(c);
	(void)snprintf(text, sizeof(text), "%s had not ended after %lld s and was killed",
		       c->name, (long long)(c->timeout_ms / 1000));
	tell(c, false, text);
	close_all(c);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	struct child *c = handle->data;

	(void)suggested;
	*buf = uv_buf_init(c->read, sizeof(c->read));
}

/* Keeps the last line that is not empty; what no terminal should see becomes a question mark. */
static void keep(struct child *c, char byte)
{
	if (byte == '\n' || byte == '\r') {
		c->line_over = c->said_n > 0;
		return;
	}
	if (c->line_over)
		c->said_n = 0;
	c->line_over = false;
	if (c->said_n + 1 < sizeof(c->said))
		c->said[c->said_n++] = byte >= ' ' && byte <= '~' ? byte : '?';
	c->said[c->said_n] = '\0';
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	struct child *c = stream->data;

	for (ssize_t i = 0; i < n; i++)
		keep(c, buf->base[i]);
	if (n >= 0)
		return;
	c->closed_err = true;
	uv_read_stop(stream);
	if (c->ended)
		finish(c);
}

/* One that does not read its input may still do what it should. */
static void on_written(uv_write_t *w, int status)
{
	struct child *c = w->data;

	(void)status;
	close_one(&c->in);
}

static void feed(struct child *c)
{
	uv_buf_t buf = uv_buf_init(c->input, (unsigned)strlen(c->input));

	c->write.data = c;
	if (uv_write(&c->write, (uv_stream_t *)&c->in, &buf, 1, on_written) < 0)
		close_one(&c->in);
	(void)uv_read_start((uv_stream_t *)&c->err, on_alloc, on_read);
	uv_timer_start(&c->timer, on_timeout, (uint64_t)c->timeout_ms, 0);
}

/* ---- started -------------------------------------------------------------------------------- */

/* What is the daemon's own is not passed on. */
static bool is_passed_on(const char *variable)
{
	static const char *const own[] = {"NOTIFY_SOCKET=", "LISTEN_", "WATCHDOG_",
					  "PDH_STARTED_BY="};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strncmp(variable, own[i], strlen(own[i])) == 0)
			return false;
	return true;
}

static char **environment(char **more)
{
	size_t n = 0, extra = 0;

	while (environ[n])
		n++;
	while (more && more[extra])
		extra++;
	char **all = calloc(n + extra + 1, sizeof(*all));
	if (!all)
		oom();
	size_t at = 0;
	for (size_t i = 0; i < n; i++)
		if (is_passed_on(environ[i]))
			all[at++] = environ[i];
	for (size_t i = 0; i < extra; i++)
		all[at++] = more[i];
	return all;
}

static int spawn(struct child *c, uv_loop_t *loop, const struct child_spec *spec)
{
	char **env = environment(spec->env);
	uv_stdio_container_t stdio[] = {
		{.flags = UV_CREATE_PIPE | UV_READABLE_PIPE,
		 .data.stream = (uv_stream_t *)&c->in},
		{.flags = UV_IGNORE},
		{.flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE,
		 .data.stream = (uv_stream_t *)&c->err},
	};
	const uv_process_options_t options = {
		.file = spec->argv[0],
		.args = spec->argv,
		.env = env,
		.cwd = getenv("HOME"),
		.stdio = stdio,
		.stdio_count = sizeof(stdio) / sizeof(stdio[0]),
		.flags = UV_PROCESS_DETACHED,
		.exit_cb = on_ended,
	};
	int r = uv_spawn(loop, &c->process, &options);

	free(env);
	return r;
}

static struct child *child_new(uv_loop_t *loop, const struct child_spec *spec)
{
	struct child *c = calloc(1, sizeof(*c));

	if (!c)
		oom();
	c->input = strdup(spec->input ? spec->input : "");
	c->name = strdup(spec->name);
	if (!c->input || !c->name)
		oom();
	c->open = HANDLES;
	c->timeout_ms = spec->timeout_ms;
	uv_pipe_init(loop, &c->in, 0);
	uv_pipe_init(loop, &c->err, 0);
	uv_timer_init(loop, &c->timer);
	c->process.data = c->in.data = c->err.data = c->timer.data = c;
	return c;
}

struct child *child_run(uv_loop_t *loop, const struct child_spec *spec, child_done done,
			void *data)
{
	struct child *c = child_new(loop, spec);
	char text[400];

	c->done = done;
	c->data = data;
	int r = spawn(c, loop, spec);
	if (r == 0) {
		feed(c);
		return c;
	}
	(void)snprintf(text, sizeof(text), "%.200s cannot be run: %s", c->name,
		       r == UV_ENOENT ? "there is no such program" : uv_strerror(r));
	tell(c, false, text);
	close_all(c);
	return NULL;
}

void child_kill(struct child *c)
{
	kill_group(c);
	tell(c, false, "it was cut off when the daemon ended");
	close_all(c);
}
