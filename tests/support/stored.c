#include "tests/support/stored.h"

#include "common/buf.h"
#include "daemon/store/change.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* What to look at in tables that history does not have: the long ones only grow. */
static const struct {
	const char *table, *sql;
} noted[] = {
	{"change", "SELECT count(*), max(id), sum(undone_by) FROM change"},
	{"reminder_shown", "SELECT * FROM reminder_shown"},
	{"delivery",
	 "SELECT count(*), max(id), sum(tries), sum(state = 'pending') FROM delivery"},
	{"reminder_log", "SELECT count(*), max(id), count(outcome) FROM reminder_log"},
	{"event", "SELECT count(*), max(seq) FROM event"},
	{"credential_state", "SELECT * FROM credential_state"},
	{"rule_set", "SELECT id, pack, version FROM rule_set"},
	/* How the file looks, and not what is in it. */
	{"seal", "SELECT count(*) FROM seal"},
	{"answered", "SELECT once FROM answered"},
	{"sqlite_sequence", "SELECT * FROM sqlite_sequence WHERE name = 'activity'"},
};

/* Of another table all of it. */
static const char *sql_of(const char *table, char usual[160])
{
	for (size_t i = 0; i < sizeof(noted) / sizeof(noted[0]); i++)
		if (strcmp(noted[i].table, table) == 0)
			return noted[i].sql;
	snprintf(usual, 160, "SELECT * FROM \"%s\"", table);
	return usual;
}

static void put(struct buf *b, const char *text)
{
	assert_int_equal(buf_write(b, text, strlen(text)), 0);
}

static sqlite3_stmt *prepared(struct stored *m, const char *sql)
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(m->db), sql, -1, &s, NULL),
			 SQLITE_OK);
	return s;
}

void stored_open(struct stored *m, struct db *db)
{
	*m = (struct stored){.db = db};
	sqlite3_stmt *s =
		prepared(m, "SELECT name FROM sqlite_schema WHERE type = 'table'");
	size_t places[] = {0, STORED_TABLES / 2};
	char usual[160];

	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(s, 0);
		bool content = change_has(table);
		size_t *at = &places[!content];
		assert_true(*at < (content ? STORED_TABLES / 2 : STORED_TABLES));
		m->tables[*at] = prepared(m, sql_of(table, usual));
		snprintf(m->names[(*at)++], sizeof(m->names[0]), "%s", table);
	}
	sqlite3_finalize(s);
}

void stored_close(struct stored *m)
{
	for (size_t i = 0; i < STORED_TABLES; i++)
		sqlite3_finalize(m->tables[i]);
}

static void dump_table(struct stored *m, size_t i, struct buf *b)
{
	sqlite3_stmt *s = m->tables[i];

	while (s && sqlite3_step(s) == SQLITE_ROW) {
		put(b, m->names[i]);
		for (int k = 0; k < sqlite3_column_count(s); k++) {
			const char *text = (const char *)sqlite3_column_text(s, k);
			put(b, "|");
			put(b, text ? text : "~");
		}
		put(b, "\n");
	}
	sqlite3_reset(s);
}

char *stored_dump(struct stored *m, bool content)
{
	struct buf b = {0};

	for (size_t i = 0; i < STORED_TABLES / 2; i++)
		dump_table(m, content ? i : i + STORED_TABLES / 2, &b);
	assert_int_equal(buf_write(&b, "", 1), 0);
	return b.data;
}

void stored_mask_drawn(char *dump)
{
	enum { DRAWN = 32 };

	for (char *at = dump; *at;) {
		size_t n = strcspn(at, "|\n");
		if (n == DRAWN && strspn(at, "0123456789abcdef") == n)
			memset(at, '*', n);
		at += n + (at[n] != '\0');
	}
}

void stored_print_difference(const char *was, const char *is)
{
	while (*was || *is) {
		int n = (int)strcspn(was, "\n"), k = (int)strcspn(is, "\n");
		int c = !*was	 ? 1
			: !*is	 ? -1
			: n == k ? strncmp(was, is, (size_t)n)
				 : strncmp(was, is, (size_t)(n < k ? n : k) + 1);
		if (c < 0)
			print_message("- %.*s\n", n, was);
		if (c > 0)
			print_message("+ %.*s\n", k, is);
		if (c <= 0)
			was += n + (was[n] != '\0');
		if (c >= 0)
			is += k + (is[k] != '\0');
	}
}
