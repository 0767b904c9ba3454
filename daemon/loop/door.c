#include "daemon/loop/door.h"

#include "common/log.h"
#include "common/paths.h"

#include <string.h>

enum {
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
	if (!d->closed && !listen_is_there(&d->socket, d->path))
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

/* Where it was, if that still is a place for it; else where a daemon that begins now would be. */
static int bind_anew(struct door *d, struct listener *ret, const char **ret_path,
		     struct err *e)
{
	struct path_sockets at;
	int r = path_sockets(&d->arena, d->database, &at, e);

	if (r < 0 || (strcmp(d->path, at.common) != 0 && strcmp(d->path, at.own) != 0))
		return r < 0 ? r : door_bind(&d->arena, d->database, ret, ret_path, e);
	*ret_path = d->path;
	r = listen_open(d->path, ret, e);
	return r > 0 ? err_set(e, -PDH_REFUSED, NULL, "another listens there") : r;
}

static void look(struct door *d)
{
	struct listener fresh;
	const char *path;
	struct err e;

	if (d->closed || listen_is_there(&d->socket, d->path))
		return;
	if (bind_anew(d, &fresh, &path, &e) < 0) {
		log_warn("the socket %s is gone: %s", d->path, e.message);
		d->calls->lost(d->owner);
		return;
	}
	int r = gate_open(&d->gate, fresh.fd);
	if (r < 0) {
		log_err("cannot serve on %s: %s", path, uv_strerror(r));
		d->calls->lost(d->owner);
		return;
	}
	log_info("the socket %s is gone; clients are served on %s", d->path, path);
	d->path = path;
	d->socket = fresh;
	d->calls->moved(d->owner, path);
	watch_folder(d);
}

/* ---- its life ----------------------------------------------------------------------------------- */

void door_init(struct door *d, uv_loop_t *loop)
{
	gate_init(&d->gate, loop, d->calls->in, d->owner);
	uv_fs_event_init(loop, &d->watch);
	uv_timer_init(loop, &d->belt);
	d->watch.data = d->belt.data = d;
}

int door_open(struct door *d)
{
	int r = gate_open(&d->gate, d->socket.fd);

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
	d->closed = true;
	listen_unlink(&d->socket, d->path);
	gate_close(&d->gate);
	close_handle((uv_handle_t *)&d->watch);
	close_handle((uv_handle_t *)&d->belt);
}

void door_free(struct door *d)
{
	arena_done(&d->arena);
}
