/* Where the daemon of the records that are meant is found: at the socket that is named, else where the lock beside the
 * database says, else where it usually listens (paths.h). One address after the other is tried; at some of them the
 * daemon of other records may answer, and says so. */
#pragma once

#include "common/codec.h"
#include "common/lock.h"
#include "common/paths.h"

enum { FIND_MOST = 3 };

enum find_state {
	FIND_UNTRIED,
	FIND_NOBODY, /* listens there */
	FIND_OTHER   /* the daemon of other records */
};

struct find {
	const char *database;
	struct codec_database
		meant; /* goes with each request; without a path where the socket alone is named */
	struct path_sockets sockets;
	struct {
		const char *path;
		enum find_state state;
		bool hint; /* the lock named it, and may be of a daemon that has ended */
	} places[FIND_MOST];
	size_t n;
};

/* 0 and *ret, its texts in the arena; or a negative error. Reads the environment and the lock, connects to nothing. */
int find_init(struct find *f, struct arena *a, struct err *e);

/* The address to try now; NULL when all were tried. */
const char *find_place(const struct find *f);

/* What was found at one of the addresses. */
void find_pass(struct find *f, const char *path, enum find_state state);

/* Whether the lock alone named the address: what is wrong there is no fault of these records. */
bool find_is_hint(const struct find *f, const char *path);

/* Begins anew, with what the lock says by now. */
void find_again(struct find *f, struct arena *a);

/* The same after a daemon that was started has told that another holds the lock and answers: that one is gone to, also
 * by whoever named a socket. */
void find_follow(struct find *f, struct arena *a);

/* A pidfd of the daemon that has these records though its socket is gone: it binds anew, or ends. -1: there is none. */
int find_open_holder(const struct find *f, struct arena *a);

/* Where a daemon may be started: the first address of these records where nobody listens; NULL: there is none. */
const char *find_free(const struct find *f);
