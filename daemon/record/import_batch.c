/* import.list and import.show */
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/record/import.h"
#include "daemon/store/row.h"

#include <string.h>

int method_import_list(struct work *w, const struct import_list_params *p,
		       struct import_batches *ret, struct err *e)
{
	enum { USUAL = 50, MOST = 1000 };
	int64_t limit = p->limit == INT_NONE ? USUAL : p->limit;
	struct list rows;
	AUTO_STMT s = NULL;

	if (limit < 1 || limit > MOST)
		return err_set(e, -PDH_USAGE, "limit", "must be from 1 to %d", MOST);
	int r = db_query(w->db, Q_import_batches, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":before", p->before);
	db_bind_int(s, ":limit", limit);
	r = row_read_all(w->db, s, &shape_import_batch, w->arena, &rows, e);
	if (r < 0)
		return r;
	memcpy(&ret->imports, &rows, sizeof(rows));
	if (rows.n == (size_t)limit)
		ret->next = ret->imports.v[rows.n - 1].batch;
	return 0;
}

static int read_batch(struct work *w, int64_t id, struct import_shown *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_import_batch_get, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", id);
	r = db_step(w->db, s, e);
	if (r < 0)
		return r;
	if (r == 0) {
		err_set(e, -PDH_NOT_FOUND, "import", "there is no import %lld",
			(long long)id);
		return err_hint(e, "pdh import list shows them");
	}
	ret->import = id;
	ret->file = db_text(s, 1, w->arena);
	ret->layout = db_text(s, 2, w->arena);
	ret->version = db_text(s, 3, w->arena);
	ret->on = db_date(s, 4);
	ret->evidence = db_int(s, 5);
	return 0;
}

static const char *origin_of(struct sqlite3_stmt *s, struct arena *a)
{
	const char *text = arena_printf(a, "%s, import %lld", db_word(s, 1),
					(long long)db_int(s, 0));

	if (db_int(s, 2) != INT_NONE)
		text = arena_printf(a, "line %lld of %s", (long long)db_int(s, 2), text);
	if (db_int(s, 3) != INT_NONE)
		text = arena_printf(a, "%s, kept as proof %lld", text,
				    (long long)db_int(s, 3));
	return text;
}

int import_origins(struct work *w, int64_t activity_id, struct texts *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_import_origins, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", activity_id);
	while ((r = db_step(w->db, s, e)) > 0)
		texts_add(ret, origin_of(s, w->arena), w->arena);
	return r;
}

int method_import_show(struct work *w, const struct import_show_params *p,
		       struct import_shown *ret, struct err *e)
{
	enum { USUAL = 500, MOST = 1000 };
	int64_t skip = p->after > 0 ? p->after : 0;
	int64_t limit = p->limit == INT_NONE ? USUAL : p->limit;
	struct list rows;
	AUTO_STMT s = NULL;

	if (limit < 1 || limit > MOST)
		return err_set(e, -PDH_USAGE, "limit", "must be from 1 to %d", MOST);
	int r = read_batch(w, p->import, ret, e);

	if (r == 0)
		r = db_query(w->db, Q_import_batch_rows, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":batch_id", p->import);
	db_bind_int(s, ":limit", limit);
	db_bind_int(s, ":skip", skip);
	r = row_read_all(w->db, s, &shape_import_row, w->arena, &rows, e);
	if (r < 0)
		return r;
	memcpy(&ret->rows, &rows, sizeof(rows));
	if (rows.n == (size_t)limit)
		ret->next = skip + limit;
	return 0;
}
