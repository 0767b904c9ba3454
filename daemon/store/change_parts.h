/* What the files of the change module share; for no other. */
#pragma once

#include "common/buf.h"
#include "daemon/store/change.h"
#include "daemon/store/change_keys.h"
#include "daemon/store/change_links.h"

#include <sqlite3.h>

struct change_recorder {
	struct db *db;
	sqlite3_session *session;
	int64_t op;
	void *changeset; /* NULL: not asked for yet */
	int n;
	int64_t as_of; /* sqlite3_total_changes64() when it was asked for */
};

/* Why a change cannot be taken back. */
enum change_trouble {
	TROUBLE_NONE,
	ROW_CHANGED, /* a row is not as the change left it */
	ROW_TAKEN,   /* another row has a unique value of the row that is to come back */
	ROW_HANGS,   /* a row that was added later would be removed along with it */
	ROW_ORPHANED /* a foreign key of some row would have no row to refer to */
};

/* A change that is being taken back. */
struct taking {
	struct db *db;
	struct arena *arena;
	int64_t op;
	sqlite3_session *session; /* it sees what the transaction does */
	const void *inverse;	  /* changeset that takes it back */
	int n;
	struct change_links links;
	struct change_keys rows; /* of the inverse */
	struct change_keys
		persons; /* rows that later changes touched on a person's behalf */
	bool persons_read;
	struct buf key; /* of the row at hand */
	enum change_trouble trouble;
	const char *at;	     /* key of the row in the way */
	const char *name;    /* what a person calls it */
	bool gone;	     /* the row in the way does not exist any more */
	bool derived;	     /* rows of tables that pdh writes by itself changed */
	bool yielded;	     /* rows that pdh wrote by itself were passed over */
	int64_t done;	     /* rows that changed */
	size_t applied, all; /* rows that SQLite wrote so far, and those of the inverse */
};

/* Applies the inverse in the open transaction. 0 also where something stands in the way: t->trouble says so, and the
 * transaction is then to be rolled back. */
int change_apply(struct taking *t, struct err *e);

/* The sentence for t->trouble; -PDH_REFUSED. */
int change_blame(struct taking *t, struct err *e);

/* What a person calls the row on which the iterator stands: "#3", "tx-lib", "an item of tx-lib". `now` says whether the
 * row as it is in the database can be asked for what the changeset leaves out. */
const char *change_name(struct taking *t, sqlite3_changeset_iter *it, bool now);
