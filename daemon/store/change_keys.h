/* Names for rows, their table and primary key in one text, and sets of such. */
#pragma once

#include "common/arena.h"
#include "common/buf.h"
#include "daemon/store/change_links.h"

#include <sqlite3.h>

/* change_value() returns a value of the row on which the iterator stands: the new one of an added row, else the old one.
 * change_new_value() returns the new one; NULL for a removed row. Both return NULL where the changeset does not have the
 * value: of an edited row it has only the key and what changed. */
sqlite3_value *change_value(sqlite3_changeset_iter *it, int op, int column);
sqlite3_value *change_new_value(sqlite3_changeset_iter *it, int op, int column);

/* A value as text; NULL for NULL, and for none. */
const char *change_text(sqlite3_value *v);

/* The name of that row, in `b`; borrowed until the next. */
const char *change_key(sqlite3_changeset_iter *it, struct buf *b);

/* The name of the row that this foreign key of the row refers to; NULL: it refers to none, or the changeset does not say.
 * `fresh`: as it is after the changeset is applied, not before. */
const char *change_parent_key(sqlite3_changeset_iter *it, const struct change_link *link,
			      bool fresh, struct buf *b);

/* A set of names, each with what is done to its row: SQLITE_INSERT, UPDATE or DELETE. Zeroed: empty. Names lie in the
 * arena; change_keys_done() frees the rest. */
struct change_keys {
	struct arena *arena;
	void *tree;
	size_t n; /* added so far */
};

void change_keys_add(struct change_keys *s, const char *key, int op);

/* What is done to the row of this name: 0 where it is not there. */
int change_keys_find(const struct change_keys *s, const char *key);

/* Adds all rows of a changeset. */
int change_keys_read(struct change_keys *s, const void *changeset, int n);

void change_keys_done(struct change_keys *s);
