/* SQL of a person. It runs on a database in memory that holds copies of what the views show and nothing else, so that no
 * statement can reach the records, a file or a setting; what is not a SELECT is refused. */
#pragma once

#include "common/views.h"
#include "daemon/store/db.h"

struct ask;

struct ask_limits {
	int64_t ms, rows, bytes; /* of the time, and of what is answered */
};

/* A value of a row. Texts are valid until the next row. */
struct ask_value {
	enum { ASK_NULL, ASK_INT, ASK_REAL, ASK_TEXT, ASK_BLOB } type;
	int64_t i;
	double r;
	const char *text; /* of a text and a blob: `n` bytes */
	size_t n;
};

/* Who takes the answer: its columns first, then each row. Negative ends the statement with that error. */
struct ask_taker {
	int (*columns)(void *data, const char *const *names, size_t n, struct err *e);
	int (*row)(void *data, const struct ask_value *v, size_t n, struct err *e);
	void *data;
};

/* A database with every view, empty. */
int ask_new(struct ask **ret, struct err *e);
void ask_free(struct ask *a); /* accepts NULL */

/* Fills a view from the records; one that comes from the rules stays as it is. */
int ask_copy(struct ask *a, struct db *db, enum view_id view, struct err *e);

/* Adds a row to a view that comes from the rules: the parameters of its insert, of which amounts are exact integers. */
int ask_put(struct ask *a, enum view_id view, const struct ask_value *v, size_t n,
	    struct err *e);

/* Runs one SELECT. -PDH_USAGE: it cannot be read, or names what is not there; -PDH_REFUSED: it is no SELECT, or fails;
 * -PDH_UNREACHABLE: it takes longer than is allowed; -PDH_TOO_LARGE: it answers more, or takes more memory. */
int ask_run(struct ask *a, const char *sql, const struct ask_limits *limits,
	    const struct ask_taker *to, struct err *e);
