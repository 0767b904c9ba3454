/* The least daemon there can be on libuv and SQLite: a durable insert, an indexed sum, a
 * page, an echo. floor_daemon SOCKET DATABASE     the database has the tables of floor.sql No
 * limits, no errors to speak of, no transaction but SQLite's own, one read buffer per
 * connection. It is what pdhd is measured against, so it does what any such daemon must
 * do and nothing else. */
#include <msgpack.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum { REQUESTS_MAX = 1 << 16 };

struct client {
	uv_pipe_t pipe;
	uv_write_t write;
	char in[REQUESTS_MAX];
	size_t have;
	msgpack_sbuffer out;
};

static sqlite3 *db;
static sqlite3_stmt *begin, *commit, *insert, *insert_topic, *sum, *page;

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "floor_daemon: %s: %s\n", what,
		db ? sqlite3_errmsg(db) : "failed");
	exit(1);
}

static sqlite3_stmt *prepare(const char *sql)
{
	sqlite3_stmt *s;
	must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) ==
		     SQLITE_OK,
	     sql);
	return s;
}

static void open_database(const char *path)
{
	must(sqlite3_open(path, &db) == SQLITE_OK, path);
	must(sqlite3_exec(
		     db,
		     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
		     NULL, NULL, NULL) == SQLITE_OK,
	     "pragmas");
	begin = prepare("BEGIN IMMEDIATE");
	commit = prepare("COMMIT");
	insert = prepare(
		"INSERT INTO activity (title, title_key, done_on, credit, credit_unit) "
		"VALUES (?1, lower(?1), ?2, ?3, 'h')");
	insert_topic = prepare("INSERT INTO activity_topic VALUES (?1, ?2)");
	sum = prepare(
		"SELECT sum(credit) FROM activity WHERE done_on BETWEEN ?1 AND ?2 AND planned = 0");
	page = prepare("SELECT id FROM activity ORDER BY done_on DESC, id DESC LIMIT ?1");
}

static void run(sqlite3_stmt *s)
{
	must(sqlite3_step(s) == SQLITE_DONE, "step");
	sqlite3_reset(s);
}

static void bind_text(sqlite3_stmt *s, int at, const msgpack_object *o)
{
	sqlite3_bind_text(s, at, o->via.str.ptr, (int)o->via.str.size, SQLITE_STATIC);
}

static int64_t log_entry(const msgpack_object *words)
{
	run(begin);
	for (int i = 0; i < 3; i++)
		bind_text(insert, i + 1, &words[i]);
	run(insert);
	int64_t id = sqlite3_last_insert_rowid(db);
	sqlite3_bind_int64(insert_topic, 1, id);
	bind_text(insert_topic, 2, &words[3]);
	run(insert_topic);
	run(commit);
	return id;
}

static int64_t sum_entries(const msgpack_object *words)
{
	bind_text(sum, 1, &words[0]);
	bind_text(sum, 2, &words[1]);
	must(sqlite3_step(sum) == SQLITE_ROW, "sum");
	int64_t total = sqlite3_column_int64(sum, 0);
	sqlite3_reset(sum);
	return total;
}

/* The newest so many. */
static void list_entries(const msgpack_object *words, msgpack_packer *packer)
{
	enum { MOST = 100 };
	int64_t ids[MOST];
	size_t n = 0;

	bind_text(page, 1, &words[0]);
	while (n < MOST && sqlite3_step(page) == SQLITE_ROW)
		ids[n++] = sqlite3_column_int64(page, 0);
	sqlite3_reset(page);
	msgpack_pack_array(packer, n);
	for (size_t i = 0; i < n; i++)
		msgpack_pack_int64(packer, ids[i]);
}

static bool is_method(const msgpack_object *method, const char *name)
{
	return method->via.str.size == strlen(name) &&
	       memcmp(method->via.str.ptr, name, method->via.str.size) == 0;
}

/* [0, id, method, [words]] in; [1, id, nil, number] out, or for an echo the first word. */
static void answer(const msgpack_object *request, msgpack_sbuffer *out)
{
	const msgpack_object *part = request->via.array.ptr;
	const msgpack_object *words = part[3].via.array.ptr;

	msgpack_packer packer;
	msgpack_packer_init(&packer, out, msgpack_sbuffer_write);
	msgpack_pack_array(&packer, 4);
	msgpack_pack_int(&packer, 1);
	msgpack_pack_object(&packer, part[1]);
	msgpack_pack_nil(&packer);
	if (is_method(&part[2], "log"))
		msgpack_pack_int64(&packer, log_entry(words));
	else if (is_method(&part[2], "sum"))
		msgpack_pack_int64(&packer, sum_entries(words));
	else if (is_method(&part[2], "page"))
		list_entries(words, &packer);
	else
		msgpack_pack_object(&packer, words[0]);
}

static void answer_all(struct client *c)
{
	size_t at = 0;
	msgpack_unpacked request;
	msgpack_unpacked_init(&request);
	while (msgpack_unpack_next(&request, c->in, c->have, &at) ==
	       MSGPACK_UNPACK_SUCCESS)
		answer(&request.data, &c->out);
	msgpack_unpacked_destroy(&request);
	memmove(c->in, c->in + at, c->have - at);
	c->have -= at;
}

static void on_close(uv_handle_t *handle)
{
	struct client *c = handle->data;
	msgpack_sbuffer_destroy(&c->out);
	free(c);
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf)
{
	(void)suggested;
	struct client *c = handle->data;
	*buf = uv_buf_init(c->in + c->have, (unsigned)(sizeof c->in - c->have));
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf);

static void on_written(uv_write_t *write, int status)
{
	struct client *c = write->data;
	c->out.size = 0;
	if (status == 0)
		uv_read_start((uv_stream_t *)&c->pipe, on_alloc, on_read);
}

/* Reading waits until all is written, so that one write request is enough. */
static void flush(struct client *c)
{
	uv_buf_t rest = uv_buf_init(c->out.data, (unsigned)c->out.size);
	int n = uv_try_write((uv_stream_t *)&c->pipe, &rest, 1);
	if (n == (int)c->out.size) {
		c->out.size = 0;
		return;
	}
	if (n > 0)
		rest = uv_buf_init(c->out.data + n, (unsigned)c->out.size - (unsigned)n);
	uv_read_stop((uv_stream_t *)&c->pipe);
	c->write.data = c;
	uv_write(&c->write, (uv_stream_t *)&c->pipe, &rest, 1, on_written);
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf)
{
	(void)buf;
	struct client *c = stream->data;
	if (n < 0) {
		uv_close((uv_handle_t *)stream, on_close);
		return;
	}
	c->have += (size_t)n;
	answer_all(c);
	if (c->out.size > 0)
		flush(c);
}

static void on_connection(uv_stream_t *listener, int status)
{
	must(status == 0, "connection");
	struct client *c = calloc(1, sizeof *c);
	must(c, "memory");
	msgpack_sbuffer_init(&c->out);
	uv_pipe_init(listener->loop, &c->pipe, 0);
	c->pipe.data = c;
	uv_accept(listener, (uv_stream_t *)&c->pipe);
	uv_read_start((uv_stream_t *)&c->pipe, on_alloc, on_read);
}

static void on_signal(uv_signal_t *signal, int number)
{
	(void)number;
	uv_stop(signal->loop);
}

int main(int argc, char **argv)
{
	must(argc == 3, "usage: floor_daemon SOCKET DATABASE");
	open_database(argv[2]);

	static uv_pipe_t listener;
	static uv_signal_t signal;
	uv_loop_t *loop = uv_default_loop();
	uv_pipe_init(loop, &listener, 0);
	unlink(argv[1]);
	must(uv_pipe_bind(&listener, argv[1]) == 0, argv[1]);
	must(uv_listen((uv_stream_t *)&listener, 128, on_connection) == 0, "listen");
	uv_signal_init(loop, &signal);
	uv_signal_start(&signal, on_signal, SIGTERM);
	return uv_run(loop, UV_RUN_DEFAULT);
}
