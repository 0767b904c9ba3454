/* What a database holds, as text, to be compared. */
#pragma once

#include "daemon/store/db.h"

enum { STORED_TABLES = 64 };

/* A statement for each table, those of content first. Everything is in the order of its keys, which is that of its
 * rows. */
struct stored {
	struct db *db;
	struct sqlite3_stmt *tables[STORED_TABLES];
	char names[STORED_TABLES][40];
};

void stored_open(struct stored *m, struct db *db);
void stored_close(struct stored *m);

/* A text that is the caller's to free: of content, which history has, or of what is noted beside it. */
char *stored_dump(struct stored *m, bool content);

/* Masks what is drawn at random, as the uid of an activity: what is stored again has another. */
void stored_mask_drawn(char *dump);

/* Line by line, as diff does where lines are in order. */
void stored_print_difference(const char *was, const char *is);
