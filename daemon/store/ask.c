#include "daemon/store/ask.h"

#include "common/ascii.h"
#include "daemon/store/ask_words.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	LENGTH_MOST = 16 << 20, /* of one text or statement */
	HEAP_MOST = 512 << 20,
	STEPS = 10000, /* of SQLite's machine between two looks at the clock */
	COLUMNS_MOST = 2000
};

struct ask {
	sqlite3 *h;
	int64_t deadline_ms;
	const char *denied; /* what the statement wanted to do besides selecting */
	bool late;
};

/* The statements of views.sql. */
enum statement {
#define QUERY(name, sql) S_##name,
#include "views_sql.def"
#undef QUERY
	STATEMENT_COUNT
};

static const char *const statements[STATEMENT_COUNT] = {
#define QUERY(name, sql) sql,
#include "views_sql.def"
#undef QUERY
};

static const struct {
	enum statement table, insert;
	int rows; /* -1: they come from the rules */
} fillings[VIEW_COUNT] = {
#define FROM_RECORDS(name) \
	[VIEW_##name] = {S_##name##_table, S_##name##_insert, S_##name##_rows}
#define FROM_RULES(name) [VIEW_##name] = {S_##name##_table, S_##name##_insert, -1}
	FROM_RECORDS(entries),	FROM_RECORDS(topics),  FROM_RECORDS(credentials),
	FROM_RECORDS(cycles),	FROM_RECORDS(items),   FROM_RECORDS(have),
	FROM_RECORDS(pursued),	FROM_RECORDS(imports), FROM_RECORDS(evidence),
	FROM_RECORDS(standing), FROM_RULES(accepted),  FROM_RULES(needs),
	FROM_RULES(limits),
#undef FROM_RECORDS
#undef FROM_RULES
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

static int fail(sqlite3 *h, struct err *e)
{
	return err_set(e, -PDH_FAILED, NULL, "the views cannot be made: %.300s",
		       sqlite3_errmsg(h));
}

static int prepare(sqlite3 *h, const char *sql, sqlite3_stmt **ret, struct err *e)
{
	return sqlite3_prepare_v2(h, sql, -1, ret, NULL) == SQLITE_OK ? 0 : fail(h, e);
}

/* Runs a statement that has no rows that matter. */
static int run(sqlite3 *h, const char *sql, struct err *e)
{
	sqlite3_stmt *s;
	int r = prepare(h, sql, &s, e);

	if (r < 0)
		return r;
	int code = sqlite3_step(s);
	sqlite3_finalize(s);
	return code == SQLITE_DONE || code == SQLITE_ROW ? 0 : fail(h, e);
}

static void set_limits(sqlite3 *h)
{
	sqlite3_limit(h, SQLITE_LIMIT_LENGTH, LENGTH_MOST);
	sqlite3_limit(h, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(h, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_hard_heap_limit64(HEAP_MOST);
}

int ask_new(struct ask **ret, struct err *e)
{
	struct ask *a = calloc(1, sizeof(*a));

	if (!a)
		oom();
	int r = sqlite3_open_v2(":memory:", &a->h,
				SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
					SQLITE_OPEN_NOMUTEX,
				NULL) == SQLITE_OK
			? 0
			: fail(a->h, e);
	/* What is sorted stays in memory too. */
	if (r == 0)
		r = run(a->h, "PRAGMA temp_store = MEMORY", e);
	for (size_t i = 0; r == 0 && i < VIEW_COUNT; i++)
		r = run(a->h, statements[fillings[i].table], e);
	if (r < 0) {
		ask_free(a);
		return r;
	}
	set_limits(a->h);
	*ret = a;
	return 0;
}

void ask_free(struct ask *a)
{
	if (!a)
		return;
	sqlite3_close(a->h);
	free(a);
}

/* ---- filling ------------------------------------------------------------------------------------ */

static int copy_rows(struct ask *a, struct db *db, sqlite3_stmt *from, sqlite3_stmt *to,
		     struct err *e)
{
	int r;

	while ((r = db_step(db, from, e)) > 0) {
		for (int i = 0; i < sqlite3_column_count(from); i++)
			sqlite3_bind_value(to, i + 1, sqlite3_column_value(from, i));
		if (sqlite3_step(to) != SQLITE_DONE)
			return fail(a->h, e);
		sqlite3_reset(to);
	}
	return r;
}

int ask_copy(struct ask *a, struct db *db, enum view_id view, struct err *e)
{
	sqlite3_stmt *from = NULL, *to = NULL;

	if (fillings[view].rows < 0)
		return 0;
	int r = run(a->h, "BEGIN", e);
	if (r == 0)
		r = prepare(db_handle(db), statements[fillings[view].rows], &from, e);
	if (r == 0)
		r = prepare(a->h, statements[fillings[view].insert], &to, e);
	if (r == 0)
		r = copy_rows(a, db, from, to, e);
	sqlite3_finalize(from);
	sqlite3_finalize(to);
	return r < 0 ? r : run(a->h, "COMMIT", e);
}

static void bind(sqlite3_stmt *s, int at, const struct ask_value *v)
{
	if (v->type == ASK_INT)
		sqlite3_bind_int64(s, at, v->i);
	else if (v->type == ASK_TEXT)
		sqlite3_bind_text(s, at, v->text, (int)v->n, SQLITE_STATIC);
}

int ask_put(struct ask *a, enum view_id view, const struct ask_value *v, size_t n,
	    struct err *e)
{
	sqlite3_stmt *s;
	int r = prepare(a->h, statements[fillings[view].insert], &s, e);

	if (r < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		bind(s, (int)i + 1, &v[i]);
	if (sqlite3_step(s) != SQLITE_DONE)
		r = fail(a->h, e);
	sqlite3_finalize(s);
	return r;
}

/* ---- running ------------------------------------------------------------------------------------ */

static bool begins(const char *text, const char *head)
{
	return text && ascii_same_n(text, head, strlen(head));
}

static const char *action_word(int action)
{
	switch (action) {
	case SQLITE_INSERT:
		return "INSERT";
	case SQLITE_UPDATE:
		return "UPDATE";
	case SQLITE_DELETE:
		return "DELETE";
	case SQLITE_ATTACH:
		return "ATTACH";
	case SQLITE_DETACH:
		return "DETACH";
	case SQLITE_PRAGMA:
		return "PRAGMA";
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
		return "a transaction";
	case SQLITE_FUNCTION:
		return "that function";
	case SQLITE_READ:
		return "what SQLite keeps for itself";
	default:
		return "a statement that changes something";
	}
}

static int authorize(void *data, int action, const char *one, const char *two,
		     const char *database, const char *inner)
{
	struct ask *a = data;
	bool fine = action == SQLITE_SELECT || action == SQLITE_RECURSIVE ||
		    (action == SQLITE_FUNCTION && !begins(two, "load_extension")) ||
		    (action == SQLITE_READ && !begins(one, "sqlite_"));

	(void)database;
	(void)inner;
	if (!fine && !a->denied)
		a->denied = action_word(action);
	return fine ? SQLITE_OK : SQLITE_DENY;
}

static int look_at_clock(void *data)
{
	struct ask *a = data;

	a->late = now_ms() > a->deadline_ms;
	return a->late;
}

static int refuse(struct ask *a, struct err *e)
{
	err_set(e, -PDH_REFUSED, "sql", "the SQL may only select: %s is not possible",
		a->denied);
	return err_hint(e, "pdh query reads; pdh log, pdh edit and the like change");
}

static int fail_run(struct ask *a, const struct ask_limits *limits, struct err *e)
{
	int code = sqlite3_errcode(a->h) & 0xff;

	if (a->late) {
		err_set(e, -PDH_UNREACHABLE, "sql", "takes longer than %lld s",
			(long long)(limits->ms + 999) / 1000);
		return err_hint(e, "select less, or join by id");
	}
	if (a->denied)
		return refuse(a, e);
	if (code == SQLITE_NOMEM || code == SQLITE_TOOBIG)
		return err_set(e, -PDH_TOO_LARGE, "sql", "takes more memory than it may");
	return err_set(e, -PDH_REFUSED, "sql", "the SQL fails: %.300s",
		       sqlite3_errmsg(a->h));
}

static void read_value(sqlite3_stmt *s, int i, struct ask_value *v)
{
	*v = (struct ask_value){.type = ASK_NULL};
	switch (sqlite3_column_type(s, i)) {
	case SQLITE_INTEGER:
		v->type = ASK_INT;
		v->i = sqlite3_column_int64(s, i);
		break;
	case SQLITE_FLOAT:
		v->type = ASK_REAL;
		v->r = sqlite3_column_double(s, i);
		break;
	case SQLITE_TEXT:
		v->type = ASK_TEXT;
		v->text = (const char *)sqlite3_column_text(s, i);
		v->n = (size_t)sqlite3_column_bytes(s, i);
		break;
	case SQLITE_BLOB:
		v->type = ASK_BLOB;
		v->text = sqlite3_column_blob(s, i);
		v->n = (size_t)sqlite3_column_bytes(s, i);
		break;
	default:
		break;
	}
}

static int take_columns(sqlite3_stmt *s, const struct ask_taker *to, struct err *e)
{
	const char *names[COLUMNS_MOST];
	int n = sqlite3_column_count(s);

	for (int i = 0; i < n && i < COLUMNS_MOST; i++)
		names[i] = sqlite3_column_name(s, i);
	return to->columns(to->data, names, (size_t)n, e);
}

static int take_rows(struct ask *a, sqlite3_stmt *s, const struct ask_limits *limits,
		     const struct ask_taker *to, struct err *e)
{
	struct ask_value v[COLUMNS_MOST];
	const int n = sqlite3_column_count(s);
	int64_t rows = 0, bytes = 0;
	int code, r = 0;

	while (r == 0 && (code = sqlite3_step(s)) == SQLITE_ROW) {
		if (++rows > limits->rows) {
			err_set(e, -PDH_TOO_LARGE, "sql",
				"has more than %lld rows in its answer",
				(long long)limits->rows);
			return err_hint(e, "end it with: limit %lld",
					(long long)limits->rows);
		}
		for (int i = 0; i < n; i++) {
			read_value(s, i, &v[i]);
			bytes += (int64_t)v[i].n;
		}
		if (bytes > limits->bytes)
			return err_set(e, -PDH_TOO_LARGE, "sql",
				       "has more than %lld MiB in its answer",
				       (long long)limits->bytes >> 20);
		r = to->row(to->data, v, (size_t)n, e);
	}
	if (r < 0)
		return r;
	return code == SQLITE_DONE ? 0 : fail_run(a, limits, e);
}

/* Whether nothing but blanks, comments and semicolons follows. */
static bool is_last(sqlite3 *h, const char *tail)
{
	sqlite3_stmt *next = NULL;
	int code = sqlite3_prepare_v2(h, tail, -1, &next, NULL);
	bool nothing = code == SQLITE_OK && !next;

	sqlite3_finalize(next);
	return nothing;
}

static int prepare_asked(struct ask *a, const char *sql, sqlite3_stmt **ret,
			 struct err *e)
{
	const char *tail;
	int code = sqlite3_prepare_v2(a->h, sql, -1, ret, &tail);

	if (a->denied)
		return refuse(a, e);
	if (code != SQLITE_OK)
		return ask_words(sqlite3_errmsg(a->h), e);
	if (!*ret)
		return err_set(e, -PDH_USAGE, "sql", "has no statement");
	if (!is_last(a->h, tail))
		return err_set(e, -PDH_USAGE, "sql", "has more than one statement");
	if (sqlite3_column_count(*ret) == 0 || sqlite3_stmt_isexplain(*ret))
		return err_set(e, -PDH_REFUSED, "sql", "the SQL may only select");
	return 0;
}

int ask_run(struct ask *a, const char *sql, const struct ask_limits *limits,
	    const struct ask_taker *to, struct err *e)
{
	sqlite3_stmt *s = NULL;

	a->denied = NULL;
	a->late = false;
	a->deadline_ms = now_ms() + limits->ms;
	sqlite3_set_authorizer(a->h, authorize, a);
	sqlite3_progress_handler(a->h, STEPS, look_at_clock, a);
	int r = prepare_asked(a, sql, &s, e);
	if (r == 0)
		r = take_columns(s, to, e);
	if (r == 0)
		r = take_rows(a, s, limits, to, e);
	sqlite3_finalize(s);
	sqlite3_progress_handler(a->h, 0, NULL, NULL);
	sqlite3_set_authorizer(a->h, NULL, NULL);
	return r;
}
