/* The least that many records at once can cost on SQLite: the rows of an import, put into tables like those of pdh with all their
 * indices and triggers, recorded as a changeset, durable; the changeset taken back; and the rows looked for by their keys.
 *   floor_rows put|take|know FULL FLOOR     FULL has the rows, FLOOR is like it but for them; prints nanoseconds */
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static sqlite3 *db;

static void must(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "floor_rows: %s: %s\n", what, db ? sqlite3_errmsg(db) : "failed");
	exit(1);
}

static void run(const char *sql)
{
	must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static sqlite3_stmt *prepare(const char *sql)
{
	sqlite3_stmt *s;

	must(sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK, sql);
	return s;
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

/* Sums and history are not recorded. */
static int is_recorded(void *unused, const char *table)
{
	(void)unused;
	return strcmp(table, "change") != 0 && strcmp(table, "activity_sum") != 0;
}

static sqlite3_session *record(void)
{
	sqlite3_session *s;

	must(sqlite3session_create(db, "main", &s) == SQLITE_OK, "session");
	sqlite3session_table_filter(s, is_recorded, NULL);
	must(sqlite3session_attach(s, NULL) == SQLITE_OK, "attach");
	return s;
}

/* Stores what was recorded, and makes all of it durable. */
static void finish(sqlite3_session *s)
{
	sqlite3_stmt *insert = prepare(
		"INSERT INTO change (at, who, method, what, changeset) VALUES (0, '', '', '', ?1)");
	void *changeset;
	int n;

	must(sqlite3session_changeset(s, &n, &changeset) == SQLITE_OK, "changeset");
	sqlite3_bind_blob(insert, 1, changeset, n, SQLITE_STATIC);
	must(sqlite3_step(insert) == SQLITE_DONE, "change");
	sqlite3_finalize(insert);
	sqlite3session_delete(s);
	sqlite3_free(changeset);
	run("COMMIT");
}

static void put(void)
{
	run("BEGIN IMMEDIATE");
	sqlite3_session *s = record();
	run("INSERT INTO main.import_batch SELECT * FROM full.import_batch");
	run("INSERT INTO main.activity SELECT * FROM full.activity");
	run("INSERT INTO main.import_row SELECT * FROM full.import_row");
	finish(s);
}

/* Rows go along with the import that they belong to. */
static int on_conflict(void *unused, int kind, sqlite3_changeset_iter *it)
{
	(void)unused;
	(void)it;
	return kind == SQLITE_CHANGESET_NOTFOUND ? SQLITE_CHANGESET_OMIT
						 : SQLITE_CHANGESET_ABORT;
}

static void take(void)
{
	sqlite3_stmt *last =
		prepare("SELECT changeset FROM main.change ORDER BY id DESC LIMIT 1");
	void *inverse;
	int n;

	run("BEGIN IMMEDIATE");
	sqlite3_session *s = record();
	must(sqlite3_step(last) == SQLITE_ROW, "nothing was put");
	must(sqlite3changeset_invert(sqlite3_column_bytes(last, 0),
				     sqlite3_column_blob(last, 0), &n,
				     &inverse) == SQLITE_OK,
	     "inverse");
	sqlite3_finalize(last);
	must(sqlite3changeset_apply(db, n, inverse, NULL, on_conflict, NULL) == SQLITE_OK,
	     "apply");
	sqlite3_free(inverse);
	finish(s);
}

static void know(void)
{
	sqlite3_stmt *rows = prepare("SELECT key FROM full.import_row");
	sqlite3_stmt *one = prepare(
		"SELECT a.id, a.title, a.done_on, a.credit FROM full.import_row r "
		"JOIN full.activity a ON a.id = r.activity_id WHERE r.key = ?1");

	while (sqlite3_step(rows) == SQLITE_ROW) {
		sqlite3_bind_text(one, 1, (const char *)sqlite3_column_text(rows, 0), -1,
				  SQLITE_TRANSIENT);
		must(sqlite3_step(one) == SQLITE_ROW, "not there");
		sqlite3_reset(one);
	}
	sqlite3_finalize(rows);
	sqlite3_finalize(one);
}

int main(int argc, char **argv)
{
	must(argc == 4, "put|take|know FULL FLOOR");
	must(sqlite3_open(argv[3], &db) == SQLITE_OK, argv[3]);
	run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
	sqlite3_stmt *attach = prepare("ATTACH ?1 AS full");
	sqlite3_bind_text(attach, 1, argv[2], -1, SQLITE_STATIC);
	must(sqlite3_step(attach) == SQLITE_DONE, argv[2]);
	sqlite3_finalize(attach);
	int64_t begun = now();
	if (strcmp(argv[1], "put") == 0)
		put();
	else if (strcmp(argv[1], "take") == 0)
		take();
	else
		know();
	printf("%lld\n", (long long)(now() - begun));
	sqlite3_close(db);
	return 0;
}
