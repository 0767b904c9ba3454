/* The bridge between statements and the shapes of the one table: parameters are bound and
 * rows are read by name. A CREDIT field `credit` is two columns, `credit` (the exact
 * integer) and `credit_unit`. */
#pragma once

#include "common/api.h"
#include "daemon/store/db.h"

/* Binds every :name of the statement that is a field of `s`; others are left for the
 * caller. What was cleared is NULL, as what was not given. */
void row_bind(struct sqlite3_stmt *stmt, const struct shape *s, const void *record);

/* Fills every field of `s` that a column is named after; others stay as they are
 * (shape_none() first). Texts are copied into the arena. Lists and records are never
 * columns. */
void row_read(struct sqlite3_stmt *stmt, const struct shape *s, struct arena *a,
	      void *record);

/* Steps through all rows into an array of records in the arena. 0 or negative. */
int row_read_all(struct db *db, struct sqlite3_stmt *stmt, const struct shape *s,
		 struct arena *a, struct list *ret, struct err *e);

/* All rows' first column as texts. */
int row_read_texts(struct db *db, struct sqlite3_stmt *stmt, struct arena *a,
		   struct texts *ret, struct err *e);
