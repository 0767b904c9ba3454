#include "daemon/store/db_shape.h"

#include "daemon/store/db_fail.h"
#include "daemon/store/migrate.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>

/* One line for each thing, sorted. The text of a statement is not compared: SQLite writes it anew when it alters a table. */
static const char things[] =
	"SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
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

static void begin(struct listing *l)
{
	l->code = sqlite3_prepare_v2(l->handle, things, -1, &l->s, NULL);
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

/* Both are sorted, so each is gone through once. */
static int compare(struct listing *due, struct listing *is, const char *path,
		   struct err *e)
{
	while (due->at || is->at) {
		int order = !due->at ? 1 : !is->at ? -1 : strcmp(due->at, is->at);
		if (order < 0)
			return err_set(e, -PDH_INCOMPATIBLE, NULL,
				       "%.200s lacks the %.100s", path, due->at);
		if (order > 0 && is_trigger(is->at))
			return err_set(e, -PDH_INCOMPATIBLE, NULL,
				       "%.200s has the %.100s, which is not of pdh", path,
				       is->at);
		if (order <= 0)
			next(due);
		if (order >= 0)
			next(is);
	}
	return 0;
}

static int compare_with(sqlite3 *model, sqlite3 *handle, const char *path, struct err *e)
{
	struct listing due = {.handle = model}, is = {.handle = handle};

	begin(&due);
	begin(&is);
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

int db_shape_check(struct sqlite3 *handle, const char *path, struct err *e)
{
	sqlite3 *model;
	int code = sqlite3_open(":memory:", &model);
	int r = code == SQLITE_OK ? migrate_model(handle, path, model, e)
				  : db_fail_on(model, code, path, e);

	if (r == 0)
		r = compare_with(model, handle, path, e);
	sqlite3_close(model);
	return r;
}
