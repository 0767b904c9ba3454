#include "daemon/record/import.h"

#include "common/digest.h"
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/recarry.h"

#include <string.h>

struct import {
	struct work *w;
	const struct import_run_params *p;
	struct import_verdict *v;
	struct effect_before before;
	struct closed_before closed;
	int64_t batch;
	struct activity *made; /* new ones, and those that got something */
	size_t made_n;
	struct imported *ret;
	struct err *e;
};

/* ---- rows to activities --------------------------------------------------------------------------------------- */

static void fill(const struct activity_add_params *row, struct activity *a)
{
	shape_none(&shape_activity, a);
	a->title = row->title;
	a->done_on = row->done_on;
	a->from = row->from;
	a->credit = row->credit;
	a->kind = row->kind;
	a->format = row->format;
	a->role = row->role;
	a->topics = row->topics;
	a->provider = row->provider;
	a->provider_id = row->provider_id;
	a->place = row->place;
	a->approval = row->approval;
	a->course = row->course;
	a->split = row->split;
	a->note = row->note;
	a->planned = row->planned;
	a->duty = row->duty;
}

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

static int check_row(const struct import *x, size_t i)
{
	const struct activity_add_params *row = &x->p->activities.v[i];

	if (!row->title || !*row->title)
		return err_set(x->e, -PDH_USAGE, "activities", "row %zu has no title",
			       i + 1);
	if (!date_is_day(row->done_on))
		return err_set(x->e, -PDH_USAGE, "activities", "row %zu has no day",
			       i + 1);
	return row->credit.unit ? 0
				: err_set(x->e, -PDH_USAGE, "activities",
					  "row %zu has no credit", i + 1);
}

/* ---- writing ---------------------------------------------------------------------------------------------------- */

static int blame_line(const struct import *x, size_t i)
{
	const struct activity_add_params *row = &x->p->activities.v[i];
	struct err was = *x->e;

	return err_reword(x->e, "line %lld: %s%s%s",
			  (long long)(row->line == INT_NONE ? (int64_t)i + 1 : row->line),
			  was.field, was.field[0] ? ": " : "", was.message);
}

static int save(struct import *x, size_t i)
{
	struct activity *a = &x->made[x->made_n];
	struct activity row;
	int r = 0;

	fill(&x->p->activities.v[i], &row);
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
	x->v[i].id = a->id;
	x->made_n++;
	return 0;
}

static bool is_written(const struct import *x, size_t i)
{
	enum import_state s = x->v[i].state;

	return s == IMPORT_NEW || s == IMPORT_SAME ||
	       (s == IMPORT_CHANGED && x->p->update > 0);
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
	const struct activity_add_params *row = &x->p->activities.v[i];
	bool there = false;
	AUTO_STMT s = NULL;
	int r = x->v[i].state == IMPORT_HAVE ? has_row(x, i, &there) : 0;

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
	return db_run(x->w->db, s, x->e);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static int insert_batch(struct import *x)
{
	int r = DB_DO(x->w->db, Q_import_batch_insert, x->e,
		      DB_TEXT(":name", base_name(x->p->file)),
		      DB_TEXT(":layout", x->p->layout),
		      DB_TEXT(":layout_version", x->p->version ? x->p->version : ""));

	x->batch = db_last_id(x->w->db);
	return r;
}

static int write_all(struct import *x)
{
	size_t n = x->p->activities.n;
	int r = insert_batch(x);

	x->made = arena_array(x->w->arena, n + 1, sizeof(*x->made));
	for (size_t i = 0; r == 0 && i < n; i++)
		if (is_written(x, i))
			r = save(x, i);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = remember(x, i);
	return r;
}

/* ---- what comes of it ---------------------------------------------------------------------------------------------- */

static void count(struct import *x)
{
	struct imported *ret = x->ret;
	int64_t *const to[] = {
		[IMPORT_NEW] = &ret->created,	  [IMPORT_HAVE] = &ret->have,
		[IMPORT_CHANGED] = &ret->changed, [IMPORT_REMOVED] = &ret->removed,
		[IMPORT_SIMILAR] = &ret->alike,	  [IMPORT_SAME] = &ret->have,
	};

	for (enum import_state i = IMPORT_NEW; i <= IMPORT_SAME; i++)
		*to[i] = 0;
	for (size_t i = 0; i < x->p->activities.n; i++)
		(*to[x->v[i].state])++;
}

static const char *why(const struct import *x, size_t i)
{
	struct arena *a = x->w->arena;

	switch (x->v[i].state) {
	case IMPORT_SIMILAR:
		return arena_printf(a, "looks like #%lld", (long long)x->v[i].id);
	case IMPORT_REMOVED:
		return "you removed it; --again takes it";
	case IMPORT_CHANGED:
		return x->p->update > 0 ? NULL
					: arena_printf(a,
						       "#%lld says otherwise; --update "
						       "changes it",
						       (long long)x->v[i].id);
	default:
		return NULL;
	}
}

static void tell_rows(struct import *x)
{
	size_t n = x->p->activities.n;
	struct import_row *rows = arena_array(x->w->arena, n + 1, sizeof(*rows));

	for (size_t i = 0; i < n; i++) {
		const struct activity_add_params *row = &x->p->activities.v[i];
		shape_none(&shape_import_row, &rows[i]);
		rows[i].line = row->line;
		rows[i].state = x->v[i].state;
		rows[i].title = row->title;
		rows[i].done_on = row->done_on;
		rows[i].credit = row->credit;
		rows[i].id = x->v[i].id;
		rows[i].why = why(x, i);
	}
	x->ret->rows.n = n;
	x->ret->rows.v = rows;
}

/* Before anything is written, so that numbers of new activities are not in it. */
static const char *plan_of(const struct import *x)
{
	uint64_t digest = DIGEST_START;

	for (size_t i = 0; i < x->p->activities.n; i++) {
		const struct import_verdict *v = &x->v[i];
		const char *state = import_state_word(v->state);
		digest = digest_add(digest, v->key, strlen(v->key) + 1);
		digest = digest_add(digest, state, strlen(state));
		digest = digest_add(digest, &v->id, sizeof(v->id));
	}
	return arena_printf(x->w->arena, "%016llx", (unsigned long long)digest);
}

static int refuse_similar(const struct import *x)
{
	for (size_t i = 0; x->p->strict > 0 && i < x->p->activities.n; i++)
		if (x->v[i].state == IMPORT_SIMILAR)
			return err_set(x->e, -PDH_DUPLICATE, NULL,
				       "line %lld looks like #%lld and was asked to be "
				       "strict; nothing written",
				       (long long)x->p->activities.v[i].line,
				       (long long)x->v[i].id);
	return 0;
}

static int check_opening(const struct import *x)
{
	const char *word = x->p->opening;
	const struct import_opening *first = x->ret->openings.v;

	if (word && !opening_fate_of(word))
		return err_set(x->e, -PDH_USAGE, "opening", "is reduce or keep");
	if (word || x->ret->openings.n == 0 || x->w->dry_run)
		return 0;
	return err_set(x->e, -PDH_REFUSED, NULL,
		       "rows before %s would count beside the opening balance #%lld; say "
		       "--opening reduce or keep",
		       texts_day(x->w->arena, date_add_days(first->day, 1)),
		       (long long)first->id);
}

/* What may be refused before anything is written. */
static int decide(struct import *x)
{
	struct list openings;
	int r = import_match(x->w, x->p, &x->v, x->e);

	if (r < 0)
		return r;
	x->ret->plan = plan_of(x);
	if (x->p->plan && strcmp(x->p->plan, x->ret->plan) != 0)
		return err_set(x->e, -PDH_REFUSED, NULL,
			       "the records changed since the preview; look again");
	r = refuse_similar(x);
	if (r == 0)
		r = import_openings(x->w, x->p, x->v, &openings, x->e);
	if (r < 0)
		return r;
	memcpy(&x->ret->openings, &openings, sizeof(openings));
	return check_opening(x);
}

static civil_day first_day(const struct import *x)
{
	civil_day first = x->w->today;

	for (size_t i = 0; i < x->p->activities.n; i++)
		if (x->p->activities.v[i].done_on < first)
			first = x->p->activities.v[i].done_on;
	return first;
}

static bool writes(const struct import *x)
{
	for (size_t i = 0; i < x->p->activities.n; i++)
		if (is_written(x, i))
			return true;
	return false;
}

static int reduce(struct import *x)
{
	if (!x->p->opening || opening_fate_of(x->p->opening) != OPENING_REDUCE)
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
		r = effect_counts(x->w, &x->before.held, x->made, x->made_n, x->e);
	if (r == 0)
		r = effect_since(x->w, &x->before, x->made, x->made_n, false, &effects,
				 x->e);
	if (r < 0)
		return r;
	memcpy(&x->ret->effects, &effects, sizeof(effects));
	x->ret->batch = x->batch;
	x->w->what = arena_printf(x->w->arena, "import %s, %zu %s", base_name(x->p->file),
				  x->made_n, x->made_n == 1 ? "entry" : "entries");
	return 0;
}

int method_import_run(struct work *w, const struct import_run_params *p,
		      struct imported *ret, struct err *e)
{
	struct import_run_params known = *p;
	struct import x = {.w = w, .p = &known, .ret = ret, .e = e};
	int r = 0;

	if (!known.layout)
		known.layout = "";
	for (size_t i = 0; r == 0 && i < p->activities.n; i++)
		r = check_row(&x, i);
	if (r == 0)
		r = decide(&x);
	if (r == 0 && writes(&x))
		r = run(&x);
	if (r < 0)
		return r;
	count(&x);
	tell_rows(&x);
	ret->dry_run = w->dry_run;
	return 0;
}
