#include "daemon/door.h"

#include "common/log.h"
#include "common/paths.h"
#include "daemon/server.h"

#include <string.h>

enum {
	BACKLOG = 128,
	BELT_MS = 15 * 60 * 1000,
	SETTLE_MS = 100 /* whoever sweeps a folder should not find something new in it */
};

int door_bind(struct arena *a, const char *database, struct listener *ret,
	      const char **ret_path, struct err *e)
{
	struct path_sockets at;
	int r = path_sockets(a, database, &at, e);

	if (r < 0)
		return r;
	*ret_path = at.usual ? at.common : at.own;
	r = listen_open(*ret_path, ret, e);
	if (r > 0 && at.usual) {
		/* The daemon of another home has it. */
		*ret_path = at.own;
		r = listen_open(at.own, ret, e);
	}
	if (r > 0)
		return err_set(e, -PDH_REFUSED, NULL,
			       "another pdhd answers on %.200s already", *ret_path);
	return r;
}

/* ---- the watch ---------------------------------------------------------------------------------- */

static void look(struct door *d);

static void on_timer(uv_timer_t *timer)
{
	struct door *d = timer->data;

	uv_timer_start(timer, on_timer, BELT_MS, 0);
	look(d);
}

static void on_change(uv_fs_event_t *watch, const char *name, int events, int status)
{
	struct door *d = watch->data;

	(void)name;
	(void)events;
	(void)status;
	if (!d->server->stopping && !listen_is_there(&d->socket, d->path))
		uv_timer_start(&d->belt, on_timer, SETTLE_MS, 0);
}

/* Without a watch (there are only so many for each user) the belt is left. */
static void watch_folder(struct door *d)
{
	const char *slash = strrchr(d->path, '/');
	const char *folder = slash == d->path ? "/"
					      : arena_dup_n(&d->arena, d->path,
							    (size_t)(slash - d->path));

	uv_fs_event_stop(&d->watch);
	int r = uv_fs_event_start(&d->watch, on_change, folder, 0);
	if (r < 0)
		log_debug("cannot watch %s: %s", folder, uv_strerror(r));
}

/* ---- binding anew ------------------------------------------------------------------------------- */

static void init_pipe(struct door *d)
{
	uv_pipe_init(&d->server->loop, &d->pipe, 0);
	d->pipe.data = d->server;
}

static int listen_to(struct door *d, int fd)
{
	int r = uv_pipe_open(&d->pipe, fd);

	return r < 0 ? r : uv_listen((uv_stream_t *)&d->pipe, BACKLOG, d->on_client);
}

static void on_closed(uv_handle_t *handle)
{
	struct server *s = handle->data;
	struct door *d = &s->door;
	int fd = d->next;

	d->next = -1;
	init_pipe(d);
	int r = listen_to(d, fd);
	if (r < 0)
		log_err("cannot serve on %s: %s", d->path, uv_strerror(r));
	if (r < 0 || s->stopping)
		uv_close((uv_handle_t *)&d->pipe, NULL);
	if (r < 0)
		server_stop(s);
}

/* Where it was, if that still is a place for it; else where a daemon that begins now would be. */
static int bind_anew(struct door *d, struct listener *ret, const char **ret_path,
		     struct err *e)
{
	const char *database = db_path(d->server->rpc->db);
	struct path_sockets at;
	int r = path_sockets(&d->arena, database, &at, e);

	if (r < 0 || (strcmp(d->path, at.common) != 0 && strcmp(d->path, at.own) != 0))
		return r < 0 ? r : door_bind(&d->arena, database, ret, ret_path, e);
	*ret_path = d->path;
	r = listen_open(d->path, ret, e);
	return r > 0 ? err_set(e, -PDH_REFUSED, NULL, "another listens there") : r;
}

static void look(struct door *d)
{
	struct server *s = d->server;
	struct listener fresh;
	const char *path;
	struct err e;

	if (s->stopping || d->next >= 0 || listen_is_there(&d->socket, d->path))
		return;
	if (bind_anew(d, &fresh, &path, &e) < 0) {
		log_warn("the socket %s is gone: %s", d->path, e.message);
		server_stop(s);
		return;
	}
	log_info("the socket %s is gone; clients are served on %s", d->path, path);
	d->path = path;
	d->socket = fresh;
	d->next = fresh.fd;
	uv_close((uv_handle_t *)&d->pipe, on_closed);
	s->rpc->daemon.socket = path;
	db_tell(s->rpc->db, s->rpc->daemon.started_by, path);
	line_move(&s->line, path_line(&d->arena, path));
	watch_folder(d);
}

/* ---- its life ----------------------------------------------------------------------------------- */

void door_init(struct door *d, struct server *s, const struct listener *l,
	       const char *path)
{
	*d = (struct door){.server = s, .socket = *l, .path = path, .next = -1};
	init_pipe(d);
	uv_fs_event_init(&s->loop, &d->watch);
	uv_timer_init(&s->loop, &d->belt);
	d->watch.data = d->belt.data = d;
}

int door_open(struct door *d, uv_connection_cb on_client)
{
	d->on_client = on_client;
	int r = listen_to(d, d->socket.fd);
	if (r < 0)
		return r;
	watch_folder(d);
	/* It may have gone while this process began. */
	uv_timer_start(&d->belt, on_timer, 0, 0);
	return 0;
}

static void close_handle(uv_handle_t *handle)
{
	if (!uv_is_closing(handle))
		uv_close(handle, NULL);
}

void door_close(struct door *d)
{
	listen_unlink(&d->socket, d->path);
	close_handle((uv_handle_t *)&d->pipe);
	close_handle((uv_handle_t *)&d->watch);
	close_handle((uv_handle_t *)&d->belt);
}

void door_free(struct door *d)
{
	arena_done(&d->arena);
}
