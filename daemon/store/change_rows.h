/* The rows that the open transaction has changed, each once and as it is in the end. */
#pragma once

#include "common/arena.h"
#include "daemon/store/change.h"

enum change_how { ROW_ADDED, ROW_EDITED, ROW_REMOVED };

/* One of them, for the length of a call. Columns are counted from 0, as the schema has them. */
struct change_row {
	const char *table;
	enum change_how how;
	void *at;
};

/* Calls `fn` for each row of content until it returns a negative error. 0, or that error. */
typedef int (*change_row_fn)(void *data, const struct change_row *row, struct err *e);
int change_rows(struct change_recorder *r, change_row_fn fn, void *data, struct err *e);

/* A value of the row: of an added one the new, else the old. An edited row has its keys and what changed; the rest, and
 * NULL, is INT64_MIN and NULL. */
int64_t change_row_int(const struct change_row *row, int column);
const char *change_row_text(const struct change_row *row, int column, struct arena *a);

/* Whether it was added or edited, and this column has got a value by that. */
bool change_row_sets(const struct change_row *row, int column);
