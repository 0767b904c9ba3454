#include "daemon/store/db_shape.h"

#include "daemon/store/db_fail.h"
#include "daemon/store/migrate.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

/* One text for each thing, sorted; what it is, and of a trigger what it does, on the lines below. The text of other
 * statements is not compared: SQLite writes it anew when it alters a table. */
#define TRIGGERS                                                           \
	"SELECT type || ' ' || name || char(10) || sql FROM sqlite_schema" \
	" WHERE type = 'trigger'"
static const char triggers[] = TRIGGERS " ORDER BY 1 COLLATE BINARY";
static const char things[] = TRIGGERS
	" UNION SELECT type || ' ' || name FROM sqlite_schema"
	"   WHERE type <> 'trigger' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
	" UNION SELECT 'column ' || m.name || '.' || c.name"
	"   FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table'"
	" ORDER BY 1 COLLATE BINARY";

struct listing {
	sqlite3 *handle;
	sqlite3_stmt *s;
	int code;
	const char *at; /* NULL: at its end */
};

static void next(struct listing *l)
{
	l->code = sqlite3_step(l->s);
	l->at = l->code == SQLITE_ROW ? (const char *)sqlite3_column_text(l->s, 0) : NULL;
}

static void begin(struct listing *l, const char *sql)
{
	l->code = sqlite3_prepare_v2(l->handle, sql, -1, &l->s, NULL);
	if (l->code == SQLITE_OK)
		next(l);
}

static bool has_failed(const struct listing *l)
{
	return l->code != SQLITE_ROW && l->code != SQLITE_DONE;
}

static bool is_trigger(const char *thing)
{
	return strncmp(thing, "trigger ", strlen("trigger ")) == 0;
}

/* "trigger x" of "trigger x\nCREATE TRIGGER ...". */
static int name_length(const char *thing)
{
	enum { MOST = 100 };
	size_t n = strcspn(thing, "\n");

	return (int)(n < MOST ? n : MOST);
}

/* Both are sorted, so each is gone through once. What is foreign is told before what is missing: one that was changed is
 * both. */
static int compare(struct listing *due, struct listing *is, const char *path,
		   struct err *e)
{
	while (due->at || is->at) {
		int order = !due->at ? 1 : !is->at ? -1 : strcmp(due->at, is->at);
		const char *thing = order < 0 ? due->at : is->at;
		int n = name_length(thing);
		if (order > 0 && is_trigger(thing))
			return err_set(e, -PDH_INCOMPATIBLE, NULL,
				       "%.200s has the %.*s, which is not of pdh", path,
				       n, thing);
		if (order < 0)
			return err_set(e, -PDH_INCOMPATIBLE, NULL,
				       "%.200s lacks the %.*s", path, n, thing);
		if (order <= 0)
			next(due);
		if (order >= 0)
			next(is);
	}
	return 0;
}

static int compare_with(sqlite3 *model, sqlite3 *handle, const char *sql,
			const char *path, struct err *e)
{
	struct listing due = {.handle = model}, is = {.handle = handle};

	begin(&due, sql);
	begin(&is, sql);
	int r = has_failed(&due)  ? db_fail_on(model, due.code, path, e)
		: has_failed(&is) ? db_fail_on(handle, is.code, path, e)
				  : compare(&due, &is, path, e);
	if (r == 0 && has_failed(&due))
		r = db_fail_on(model, due.code, path, e);
	if (r == 0 && has_failed(&is))
		r = db_fail_on(handle, is.code, path, e);
	sqlite3_finalize(due.s);
	sqlite3_finalize(is.s);
	return r;
}

static int check(struct sqlite3 *handle, const char *sql, const char *path, struct err *e)
{
	sqlite3 *model;
	int code = sqlite3_open(":memory:", &model);
	int r = code == SQLITE_OK ? migrate_model(handle, path, model, e)
				  : db_fail_on(model, code, path, e);

	if (r == 0)
		r = compare_with(model, handle, sql, path, e);
	sqlite3_close(model);
	return r;
}

int db_shape_check(struct sqlite3 *handle, const char *path, struct err *e)
{
	return check(handle, things, path, e);
}

int db_shape_triggers(struct sqlite3 *handle, const char *path, struct err *e)
{
	int r = check(handle, triggers, path, e);

	return r == -PDH_INCOMPATIBLE
		       ? err_hint(e,
				  "take it from a backup: pdh restore; or look into it "
				  "with sqlite3 and drop what is not of pdh")
		       : r;
}
