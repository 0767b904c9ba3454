#include "client/net/find.h"

#include "common/listen.h"

#include <string.h>
#include <sys/stat.h>

static void add(struct find *f, const char *path, bool hint)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->places[i].path, path) == 0)
			return;
	f->places[f->n].path = path;
	f->places[f->n].state = FIND_UNTRIED;
	f->places[f->n++].hint = hint;
}

static void add_held(struct find *f, struct arena *a)
{
	struct lock_holder holder;

	if (lock_read(f->database, a, &holder) && holder.socket &&
	    strlen(holder.socket) < LISTEN_PATH_SIZE - 1)
		add(f, holder.socket, true);
}

static void add_usual(struct find *f)
{
	if (f->sockets.usual || f->sockets.named)
		add(f, f->sockets.common, false);
	add(f, f->sockets.own, false);
	/* What a service manager listens for may be these records too. */
	if (f->n < FIND_MOST)
		add(f, f->sockets.common, false);
}

void find_again(struct find *f, struct arena *a)
{
	f->n = 0;
	/* Whoever names a socket wants that one. */
	if (!f->sockets.named)
		add_held(f, a);
	add_usual(f);
}

void find_follow(struct find *f, struct arena *a)
{
	f->n = 0;
	add_held(f, a);
	add_usual(f);
}

int find_init(struct find *f, struct arena *a, struct err *e)
{
	struct find find = {0};
	struct stat st;
	int r = path_database(a, &find.database, e);

	if (r == 0)
		r = path_sockets(a, find.database, &find.sockets, e);
	if (r < 0)
		return r;
	if (!find.sockets.named || path_database_is_named())
		find.meant.path = find.database;
	if (find.meant.path && stat(find.database, &st) == 0) {
		find.meant.device = st.st_dev;
		find.meant.inode = st.st_ino;
	}
	find_again(&find, a);
	*f = find;
	return 0;
}

const char *find_place(const struct find *f)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->places[i].state == FIND_UNTRIED)
			return f->places[i].path;
	return NULL;
}

void find_pass(struct find *f, const char *path, enum find_state state)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->places[i].path, path) == 0)
			f->places[i].state = state;
}

bool find_is_hint(const struct find *f, const char *path)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->places[i].path, path) == 0)
			return f->places[i].hint;
	return false;
}

int find_open_holder(const struct find *f, struct arena *a)
{
	struct lock_holder holder;

	if (f->sockets.named || !lock_read(f->database, a, &holder) || !holder.socket)
		return -1;
	return lock_open_holder(&holder);
}

const char *find_free(const struct find *f)
{
	const char *own[] = {f->sockets.usual ? f->sockets.common : f->sockets.own,
			     f->sockets.own};

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < f->n; i++)
			if (strcmp(f->places[i].path, own[k]) == 0 &&
			    f->places[i].state == FIND_NOBODY)
				return own[k];
	return NULL;
}
