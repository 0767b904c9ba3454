/* import.run and import.preview */
#include "daemon/record/import.h"

#include "common/files.h"
#include "common/texts.h"
#include "daemon/evidence/evidence.h"
#include "daemon/judge/ledger.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/import_plan.h"
#include "daemon/record/recarry.h"
#include "daemon/store/row.h"

#include <string.h>

struct import {
	struct work *w;
	const struct import_run_params *p;
	struct import_wish wish;
	struct import_rows rows;
	struct import_verdict *v;
	const struct import_left *left;
	size_t left_n;
	struct effect_before before;
	struct closed_before closed;
	int64_t batch;
	struct evidence kept;  /* the file itself; id INT_NONE: it is not kept */
	struct activity *made; /* new ones, and those that got something */
	size_t made_n;
	struct imported *ret;
	struct err *e;
};

/* ---- writing ---------------------------------------------------------------------------------------------------- */

/* What the activity lacks and the row says; all of it where the row is to win. */
static void merge(const struct activity *row, bool wins, struct activity *a)
{
#define MERGE(name)                          \
	if (row->name && (wins || !a->name)) \
		a->name = row->name;
	MERGE(kind)
	MERGE(format)
	MERGE(role)
	MERGE(provider)
	MERGE(provider_id)
	MERGE(place)
	MERGE(approval)
	MERGE(course)
	MERGE(note)
#undef MERGE
	if (row->topics.n && (wins || !a->topics.n))
		a->topics = row->topics;
	if (row->split.n && (wins || !a->split.n))
		a->split = row->split;
	if ((row->only.n || row->except.n) && (wins || (!a->only.v && !a->except.v))) {
		a->only = row->only;
		a->except = row->except;
	}
	/* What was planned is done as the file says. */
	if (wins || (a->planned > 0 && row->planned <= 0)) {
		a->done_on = row->done_on;
		a->from = row->from;
		a->credit = row->credit;
		a->planned = row->planned;
	}
	if (wins)
		a->title = row->title;
}

static int blame_line(const struct import *x, size_t i)
{
	int64_t line = x->rows.v[i].line;
	struct err was = *x->e;

	return err_reword(x->e, "%s %lld: %s%s%s", import_line_word(&x->wish),
			  (long long)(line == INT_NONE ? (int64_t)i + 1 : line),
			  was.field, was.field[0] ? ": " : "", was.message);
}

/* What pdh wrote keeps its name. */
static int keep_uid(struct import *x, size_t i, int64_t id)
{
	const char *uid = x->rows.v[i].source_id;

	if (strcmp(x->wish.layout, IMPORT_OWN_CSV) != 0 || !uid || strlen(uid) != 32 ||
	    strspn(uid, "0123456789abcdef") != 32)
		return 0;
	return DB_DO(x->w->db, Q_import_uid_keep, x->e, DB_INT(":id", id),
		     DB_TEXT(":uid", uid));
}

static int save(struct import *x, size_t i)
{
	struct activity *a = &x->made[x->made_n];
	struct activity row;
	int r = 0;

	import_fill(&x->rows.v[i], &row);
	*a = row;
	if (x->v[i].state != IMPORT_NEW) {
		r = activity_read(x->w, x->v[i].id, a, x->e);
		if (r == 0)
			merge(&row, x->v[i].state == IMPORT_CHANGED, a);
	}
	if (r == 0)
		r = activity_check(x->w, &x->before.held, a, x->e);
	if (r == 0)
		r = activity_save(x->w, &x->before.held, a, x->e);
	if (r < 0)
		return blame_line(x, i);
	if (x->v[i].state == IMPORT_NEW && keep_uid(x, i, a->id) < 0)
		return x->e->code;
	x->v[i].id = a->id;
	if (x->v[i].state == IMPORT_NEW && x->ret->first == INT_NONE)
		x->ret->first = a->id;
	x->made_n++;
	return 0;
}

static bool is_written(const struct import *x, size_t i)
{
	enum import_state s = x->v[i].state;

	return s == IMPORT_NEW || s == IMPORT_SAME ||
	       (s == IMPORT_CHANGED && x->wish.update);
}

static int has_row(const struct import *x, size_t i, bool *ret)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(x->w->db, Q_import_row_has, &s, x->e,
		       DB_INT(":activity_id", x->v[i].id), DB_TEXT(":key", x->v[i].key));

	*ret = r > 0;
	return r < 0 ? r : 0;
}

/* Why the row is known from now on; for one that is stored already too, so that it may be edited. */
static int remember(struct import *x, size_t i)
{
	const struct activity_add_params *row = &x->rows.v[i];
	bool there = false;
	AUTO_STMT s = NULL;
	/* Each entry that a kept file has is traced to it. */
	bool once = x->v[i].state == IMPORT_HAVE && x->kept.id == INT_NONE;
	int r = once ? has_row(x, i, &there) : 0;

	if (r < 0 || there || x->v[i].id == INT_NONE ||
	    (!is_written(x, i) && x->v[i].state != IMPORT_HAVE))
		return r;
	r = db_query(x->w->db, Q_import_row_insert, &s, x->e);
	if (r < 0)
		return r;
	db_bind_int(s, ":batch_id", x->batch);
	db_bind_int(s, ":line", row->line);
	db_bind_text(s, ":source_id", row->source_id);
	db_bind_text(s, ":key", x->v[i].key);
	db_bind_int(s, ":activity_id", x->v[i].id);
	db_bind_int(s, ":made", x->v[i].state == IMPORT_NEW);
	return db_run(x->w->db, s, x->e);
}

/* ---- rows that became nothing --------------------------------------------------------------------------------------- */

static int insert_left(struct import *x, const struct import_row *row)
{
	AUTO_STMT s = NULL;
	int r = db_query(x->w->db, Q_import_left_insert, &s, x->e);

	if (r < 0)
		return r;
	row_bind(s, &shape_import_row, row);
	db_bind_int(s, ":batch_id", x->batch);
	db_bind_int(s, ":activity_id", row->id);
	return db_run(x->w->db, s, x->e);
}

static int remember_left(struct import *x)
{
	struct import_row row;
	struct imported told;
	int r = 0;

	for (size_t i = 0; r == 0 && i < x->rows.n; i++) {
		if (is_written(x, i) || x->v[i].state == IMPORT_HAVE)
			continue;
		const struct import_rows one = {1, &x->rows.v[i]};
		(void)import_tell(&one, &x->v[i], &x->wish, 0, 1, x->w->arena, &told);
		r = insert_left(x, &told.rows.v[0]);
	}
	for (size_t i = 0; r == 0 && i < x->left_n; i++) {
		shape_none(&shape_import_row, &row);
		row.line = x->left[i].line;
		row.state = x->left[i].state;
		row.why = x->left[i].why;
		r = insert_left(x, &row);
	}
	return r;
}

static int insert_batch(struct import *x)
{
	int r = DB_DO(x->w->db, Q_import_batch_insert, x->e,
		      DB_TEXT(":name", file_name_of(x->p->file)),
		      DB_TEXT(":layout", x->wish.layout),
		      DB_TEXT(":layout_version", x->p->version ? x->p->version : ""),
		      DB_DATE(":imported_on", x->w->today));

	x->batch = db_last_id(x->w->db);
	return r;
}

/* The file itself, as evidence of the batch. */
static int keep_file(struct import *x)
{
	const struct evidence_add_params p = {.upload = x->p->original,
					      .name = file_name_of(x->p->file),
					      .media_type = x->p->media_type};
	bool known, right = ledgers_are_right(x->w);

	if (!x->p->original)
		return 0;
	int r = evidence_keep(x->w, &p, &x->kept, &known, x->e);
	if (r == 0)
		r = DB_DO(x->w->db, Q_import_file_insert, x->e,
			  DB_INT(":batch_id", x->batch),
			  DB_INT(":evidence_id", x->kept.id));
	if (r == 0 && right)
		ledgers_stay(x->w);
	x->ret->evidence = x->kept.id;
	return r;
}

static int write_all(struct import *x)
{
	size_t n = x->rows.n;
	int r = insert_batch(x);

	if (r == 0)
		r = keep_file(x);

	x->made = arena_array(x->w->arena, n + 1, sizeof(*x->made));
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (is_written(x, i))
			r = save(x, i);
		db_tell_far(x->w->db, (struct db_part){100, 600}, i, n);
	}
	for (size_t i = 0; r == 0 && i < n; i++) {
		r = remember(x, i);
		db_tell_far(x->w->db, (struct db_part){600, 800}, i, n);
	}
	return r < 0 ? r : remember_left(x);
}

/* ---- what comes of it ---------------------------------------------------------------------------------------------- */

static int check_opening(const struct import *x)
{
	const struct import_opening *first = x->ret->openings.v;

	if (x->wish.opening != OPENING_NONE || x->ret->openings.n == 0 || x->w->dry_run)
		return 0;
	return err_set(x->e, -PDH_REFUSED, NULL,
		       "rows before %s would count beside the opening balance #%lld; say "
		       "--opening reduce or keep",
		       texts_day(x->w->arena, date_add_days(first->day, 1)),
		       (long long)first->id);
}

static int refuse_plan(const struct import *x)
{
	int64_t op = 0;
	AUTO_STMT s = NULL;

	if (db_query(x->w->db, Q_change_last, &s, x->e) == 0 &&
	    db_step(x->w->db, s, x->e) > 0)
		op = db_int(s, 0);
	return err_set(x->e, -PDH_REFUSED, "plan",
		       "the records changed since the preview (change %lld); look again",
		       (long long)op);
}

/* What may be refused before anything is written. */
static int decide(struct import *x)
{
	struct list openings;
	int r = import_refuse(&x->rows, x->v, &x->wish, x->e);

	if (r == 0 && x->p->plan && strcmp(x->p->plan, x->ret->plan) != 0)
		r = refuse_plan(x);
	if (r == 0)
		r = import_openings(x->w, &x->rows, x->v, &openings, x->e);
	if (r < 0)
		return r;
	memcpy(&x->ret->openings, &openings, sizeof(openings));
	return check_opening(x);
}

static civil_day first_day(const struct import *x)
{
	civil_day first = x->w->today;

	for (size_t i = 0; i < x->rows.n; i++)
		if (x->rows.v[i].done_on < first)
			first = x->rows.v[i].done_on;
	return first;
}

static bool writes(const struct import *x)
{
	for (size_t i = 0; i < x->rows.n; i++)
		if (is_written(x, i))
			return true;
	return false;
}

/* 1: a file with these bytes is kept already, with an earlier import; it is told. */
static int find_kept(struct import *x)
{
	struct upload_file file;
	AUTO_STMT s = NULL;
	int r = upload_open(x->w, x->p->original, "evidence", &file, x->e);

	if (r == 0)
		r = DB_GET(x->w->db, Q_import_file_find, &s, x->e,
			   DB_TEXT(":sha256", file.sha256));
	if (r <= 0)
		return r;
	x->ret->evidence = db_int(s, 1);
	texts_add(&x->ret->notes,
		  arena_printf(x->w->arena,
			       "the same file is kept already, with import %lld",
			       (long long)db_int(s, 0)),
		  x->w->arena);
	return 1;
}

/* Whether the file is to be kept though nothing in it is new: 1 or 0. */
static int keeps_alone(struct import *x)
{
	if (!x->p->original)
		return 0;
	int r = find_kept(x);
	return r < 0 ? r : r == 0;
}

static int reduce(struct import *x)
{
	if (x->wish.opening != OPENING_REDUCE)
		return 0;
	return import_reduce(x->w, &x->before.held, x->ret->openings.v,
			     x->ret->openings.n, x->e);
}

static int run(struct import *x)
{
	struct list effects;
	int r = effect_before(x->w, &x->before, x->e);

	if (r == 0)
		r = recarry_before(x->w, first_day(x), &x->closed, x->e);
	if (r == 0)
		r = write_all(x);
	if (r == 0)
		r = reduce(x);
	if (r == 0)
		r = recarry_since(x->w, &x->closed, &x->ret->notes, x->e);
	if (r == 0)
		r = activity_words(x->w, x->made, x->made_n, &x->ret->notes, x->e);
	if (r == 0)
		r = effect_counts(x->w, &x->before.held, x->made, x->made_n, x->e);
	if (r == 0)
		r = effect_since(x->w, &x->before, x->made, x->made_n, false, &effects,
				 x->e);
	if (r < 0)
		return r;
	memcpy(&x->ret->effects, &effects, sizeof(effects));
	x->ret->batch = x->batch;
	x->w->what = x->made_n
			     ? arena_printf(x->w->arena, "import %s, %zu %s",
					    file_name_of(x->p->file), x->made_n,
					    x->made_n == 1 ? "entry" : "entries")
			     : arena_printf(x->w->arena, "keep %s, which had nothing new",
					    file_name_of(x->p->file));
	return 0;
}

static int check_keep(const struct import *x)
{
	if (x->p->original && x->p->keep <= 0)
		return err_set(x->e, -PDH_USAGE, "original", "is for keep");
	if (x->p->keep > 0 && !x->p->original && !x->w->dry_run)
		return err_set(x->e, -PDH_USAGE, "original",
			       "is needed to keep the file: it is sent first, for "
			       "evidence");
	return 0;
}

static int run_or_keep(struct import *x)
{
	int keeps = writes(x) ? 1 : keeps_alone(x);

	if (keeps <= 0)
		return keeps;
	int r = run(x);
	if (r == 0 && x->p->original && !x->w->dry_run)
		upload_done(x->w, x->p->original);
	return r;
}

/* ---- where the rows come from ------------------------------------------------------------------------------------------ */

static int match_given(struct import *x)
{
	struct import_match m = {.w = x->w, .wish = &x->wish, .rows = x->rows, .e = x->e};
	int r = import_match(&m);

	x->v = m.v;
	if (r == 0)
		x->ret->plan = import_digest(&x->rows, x->v, x->w->arena);
	return r;
}

static int no_uploads(struct err *e)
{
	return err_set(e, -PDH_STORAGE, NULL, "the database is open for reading alone");
}

/* The verdicts are written into while rows are stored, so that they are a copy. */
static int match_sent(struct import *x)
{
	struct import_plan *plan;

	if (!x->w->imports)
		return no_uploads(x->e);
	int r = import_plan_step(x->w, x->p->upload, &x->wish, true, &plan, x->e);
	if (r < 0)
		return r;
	x->rows = plan->match.rows;
	x->left = plan->left;
	x->left_n = plan->left_n;
	x->v = arena_array(x->w->arena, x->rows.n + 1, sizeof(*x->v));
	memcpy(x->v, plan->match.v, x->rows.n * sizeof(*x->v));
	x->ret->plan = arena_dup(x->w->arena, plan->digest);
	return 0;
}

int method_import_run(struct work *w, const struct import_run_params *p,
		      struct imported *ret, struct err *e)
{
	struct import x = {
		.w = w,
		.p = p,
		.ret = ret,
		.e = e,
		.rows = {p->activities.n, p->activities.v},
		.kept = {.id = INT_NONE},
		.wish = {.layout = p->layout ? p->layout : "",
			 .take = p->take,
			 .same = p->same,
			 .similar = p->similar > 0,
			 .again = p->again > 0,
			 .update = p->update > 0,
			 .strict = p->strict > 0,
			 .numbered = p->numbered > 0,
			 .opening =
				 p->opening ? opening_fate_of(p->opening) : OPENING_NONE},
	};
	int r = 0;

	if (p->opening && x.wish.opening == OPENING_NONE)
		r = err_set(e, -PDH_USAGE, "opening", "is reduce or keep");
	if (r == 0)
		r = check_keep(&x);
	if (r == 0)
		r = p->upload ? match_sent(&x) : match_given(&x);

	if (r == 0)
		r = decide(&x);
	if (r == 0)
		r = run_or_keep(&x);
	if (r < 0)
		return r;
	import_count(&x.rows, x.v, ret);
	if (!p->upload)
		(void)import_tell(&x.rows, x.v, &x.wish, 0, INT_NONE, w->arena, ret);
	ret->dry_run = w->dry_run;
	return 0;
}

/* ---- a look before ------------------------------------------------------------------------------------------------------ */

static int tell_plan(struct work *w, const struct import_preview_params *p,
		     const struct import_wish *wish, struct import_plan *plan,
		     struct imported *ret, struct err *e)
{
	const struct import_match *m = &plan->match;
	struct list openings;
	int r = import_refuse(&m->rows, m->v, wish, e);

	if (r == 0)
		r = import_openings(w, &m->rows, m->v, &openings, e);
	if (r < 0)
		return r;
	memcpy(&ret->openings, &openings, sizeof(openings));
	ret->plan = plan->digest;
	import_count(&m->rows, m->v, ret);
	size_t first = p->after > 0 && (size_t)p->after < m->rows.n ? (size_t)p->after
		       : p->after > 0				    ? m->rows.n
								    : 0;
	ret->next = import_tell(&m->rows, m->v, wish, first, p->limit, w->arena, ret);
	return 0;
}

int method_import_preview(struct work *w, const struct import_preview_params *p,
			  struct imported *ret, struct err *e)
{
	const struct import_wish wish = {.layout = p->layout ? p->layout : "",
					 .take = p->take,
					 .same = p->same,
					 .similar = p->similar > 0,
					 .again = p->again > 0,
					 .update = p->update > 0,
					 .strict = p->strict > 0,
					 .numbered = p->numbered > 0};
	struct import_plan *plan;

	if (!w->imports)
		return no_uploads(e);
	int r = import_plan_step(w, p->upload, &wish, false, &plan, e);
	if (r < 0)
		return r;
	ret->done = import_plan_progress(plan);
	return r > 0 ? 0 : tell_plan(w, p, &wish, plan, ret, e);
}
