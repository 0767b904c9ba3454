/* Errors: one list gives the code, the word on the wire, the exit status and the plain
 * text.
 *
 * Functions return 0 (or a count) on success and a negative code, -PDH_..., on failure,
 * and then fill the `struct err` that the caller passed last. The message is written
 * where the cause is known, in the user's words, and is passed up unchanged. A `struct
 * err` owns nothing. */
#pragma once

#include <stddef.h>

/* X(constant, wire code, word, exit status, what it means)
 * Wire codes and words are promised: rows are added, never changed. */
#define PDH_ERR_MAP(X)                                                                \
	X(FAILED, 1, failed, 1, "It failed; the message says why.")                   \
	X(USAGE, 2, usage, 2,                                                         \
	  "Wrong usage: an unknown, missing or unreadable parameter.")                \
	X(NOT_FOUND, 3, not_found, 3,                                                 \
	  "No such activity, credential, item, change or pack.")                      \
	X(AMBIGUOUS, 4, ambiguous, 4, "The word matches more than one thing.")        \
	X(REFUSED, 5, refused, 5, "Refused by a rule of the data.")                   \
	X(DUPLICATE, 6, duplicate, 6, "Looks like a duplicate; nothing was written.") \
	X(UNREACHABLE, 7, unreachable, 7, "The daemon is not reachable or too slow.") \
	X(INCOMPATIBLE, 10, incompatible, 10,                                         \
	  "Client and daemon do not understand each other.")                          \
	X(BUSY, 11, busy, 7,                                                          \
	  "The daemon is busy, as with a long write of another client; try again.")   \
	X(TOO_LARGE, 12, too_large, 5, "More than one request or reply may hold.")    \
	X(STORAGE, 13, storage, 1, "The disk is full or cannot be read or written.")  \
	X(CORRUPT, 14, corrupt, 1, "The database is damaged.")                        \
	X(BAD_FRAME, 15, bad_frame, 10, "Not a msgpack-RPC message.")                 \
	X(INTERRUPTED, 130, interrupted, 130, "Interrupted.")

enum pdh_err {
#define X(name, code, word, exit_status, text) PDH_##name = code,
	PDH_ERR_MAP(X)
#undef X
};

/* Exit statuses of `pdh status --check`, which are answers and not errors. */
enum { PDH_EXIT_BEHIND = 8, PDH_EXIT_LAPSED = 9 };

struct err {
	int code;	   /* negative enum pdh_err; 0: no error */
	char field[48];	   /* the parameter at fault; "" if none */
	char message[512]; /* one sentence, no final full stop needed, no newline */
	char hint[256];	   /* what to do next; "" if none */
};

struct err_kind {
	int code; /* positive */
	const char *word;
	int exit_status;
	const char *text;
};

/* Fills `e` and returns `code` (negative), so that a caller can return it at once.
 * `field` may be NULL. What was typed may be quoted as it is, "%.40s" too: control
 * characters become spaces, and only whole characters stay. */
int err_set(struct err *e, int code, const char *field, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Writes the message anew, of which the old one may be a part; returns e->code. */
int err_reword(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Adds what to do next; returns e->code. */
int err_hint(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The row of `code` (either sign); the row of FAILED for an unknown one. */
const struct err_kind *err_kind(int code);

/* All rows, for introspection and documentation. */
const struct err_kind *err_kinds(size_t *ret_n);
