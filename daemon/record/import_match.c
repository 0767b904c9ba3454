/* Which row of a file is which activity, step by step. */
#include "daemon/record/activity.h"
#include "daemon/record/import_match_parts.h"

/* ---- the beginning --------------------------------------------------------------------------------------- */

static int refuse_row(const struct import_match *m, size_t i, const char *what)
{
	const int64_t line = m->rows.v[i].line;

	return err_set(m->e, -PDH_USAGE, "activities", "%s %lld has no %s",
		       import_line_word(m->wish),
		       (long long)(line == INT_NONE ? (int64_t)i + 1 : line), what);
}

static int check_rows(struct import_match *m)
{
	for (size_t i = 0; i < m->rows.n; i++) {
		const struct activity_add_params *row = &m->rows.v[i];
		if (!row->title || !*row->title)
			return refuse_row(m, i, "title");
		if (!date_is_day(row->done_on))
			return refuse_row(m, i, "day");
		if (!row->credit.unit)
			return refuse_row(m, i, "credit");
		m->from = row->done_on < m->from ? row->done_on : m->from;
		m->until = row->done_on > m->until ? row->done_on : m->until;
	}
	return 0;
}

int import_match_begin(struct import_match *m)
{
	struct arena *a = m->w->arena;

	m->from = DATE_LAST;
	m->until = DATE_FIRST;
	m->phase = m->rows.n ? IMPORT_READ_KNOWN : IMPORT_MATCHED;
	m->at = m->n = 0;
	m->known = NULL;
	m->last_id = 0;
	m->v = arena_array(a, m->rows.n + 1, sizeof(*m->v));
	for (size_t i = 0; i < m->rows.n; i++) {
		m->v[i].state = IMPORT_NEW;
		m->v[i].id = INT_NONE;
	}
	int r = m->rows.n ? check_rows(m) : import_meet_wishes(m);
	if (r < 0)
		return r;
	m->from = date_add_days(m->from, -IMPORT_NEAR_DAYS);
	m->until = date_add_days(m->until, IMPORT_NEAR_DAYS);
	m->last_day = m->from;
	return 0;
}

static void fold_row(struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	struct import_verdict *v = &m->v[i];
	struct arena *a = m->w->arena;
	const struct credit *said = row->said.unit ? &row->said : &row->credit;

	v->title = import_folded(row->title, a);
	v->provider = import_folded(row->provider, a);
	v->course = import_folded(row->course, a);
	v->key = import_key(row->done_on, said->exact, said->unit, v->title, v->provider,
			    v->course, a);
}

static bool is_taken(const struct import_wish *wish, int64_t line)
{
	for (size_t i = 0; i < wish->take.n; i++)
		if (wish->take.v[i] == line)
			return true;
	return wish->similar;
}

static void heed(struct import_match *m, size_t i)
{
	struct import_verdict *v = &m->v[i];

	if ((v->state == IMPORT_SIMILAR && is_taken(m->wish, m->rows.v[i].line)) ||
	    (v->state == IMPORT_REMOVED && m->wish->again)) {
		v->state = IMPORT_NEW;
		v->id = INT_NONE;
	}
}

/* ---- steps ---------------------------------------------------------------------------------------------------------- */

/* Few files name credentials; for those that do, they are read once a step. */
static int need_held(struct import_match *m, const struct activity_add_params *row)
{
	if (m->has_held || (!row->only.n && !row->except.n))
		return 0;
	int r = held_all(m->w, DATE_NONE, &m->held, m->e);
	m->has_held = r == 0;
	return r;
}

/* What could not be stored is told before anything is written. */
static int check_new(struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	struct activity a;

	if (m->v[i].state != IMPORT_NEW)
		return 0;
	int r = need_held(m, row);
	if (r < 0)
		return r;
	import_fill(row, &a);
	if (activity_check(m->w, &m->held, &a, m->e) == 0)
		return 0;
	struct err was = *m->e;
	return err_reword(m->e, "%s %lld: %s%s%s", import_line_word(m->wish),
			  (long long)(row->line == INT_NONE ? (int64_t)i + 1 : row->line),
			  was.field, was.field[0] ? ": " : "", was.message);
}

static int do_row(struct import_match *m, size_t i)
{
	switch (m->phase) {
	case IMPORT_SORT:
		fold_row(m, i);
		return 0;
	case IMPORT_BY_SOURCE:
		return import_meet_source(m, i);
	case IMPORT_BY_HAND:
		if (!m->v[i].settled)
			import_meet_logged(m, i);
		return 0;
	case IMPORT_BY_LIKENESS:
		if (!m->v[i].settled)
			import_meet_similar(m, i);
		heed(m, i);
		return 0;
	default:
		return check_new(m, i);
	}
}

static void next_phase(struct import_match *m)
{
	m->phase++;
	m->at = 0;
}

static int do_rows(struct import_match *m)
{
	size_t most = m->at + IMPORT_STEP < m->rows.n ? m->at + IMPORT_STEP : m->rows.n;
	int r = 0;

	m->has_held = false;
	if (m->phase == IMPORT_BY_KEY)
		r = import_meet_keys(m, most);
	for (; r == 0 && m->at < most; m->at++)
		r = do_row(m, m->at);
	if (r < 0 || m->at < m->rows.n)
		return r < 0 ? r : 1;
	if (m->phase == IMPORT_SORT)
		import_known_order(m);
	next_phase(m);
	return 1;
}

int import_match_step(struct import_match *m)
{
	bool more = false;
	int r;

	switch (m->phase) {
	case IMPORT_READ_KNOWN:
		r = import_known_read(m, &more);
		if (r == 0 && !more)
			next_phase(m);
		return r < 0 ? r : 1;
	case IMPORT_BY_WISH:
		r = import_meet_wishes(m);
		next_phase(m);
		return r < 0 ? r : 1;
	case IMPORT_MATCHED:
		return 0;
	default:
		r = do_rows(m);
		return r < 0 ? r : m->phase != IMPORT_MATCHED;
	}
}

int import_match(struct import_match *m)
{
	int r = import_match_begin(m);

	while (r == 0 && m->phase != IMPORT_MATCHED) {
		r = import_match_step(m);
		r = r < 0 ? r : 0;
	}
	return r;
}

int import_match_progress(const struct import_match *m)
{
	const int whole = 1000;

	if (m->phase == IMPORT_MATCHED || m->rows.n == 0)
		return whole;
	return (int)(((size_t)m->phase * m->rows.n + m->at) * (size_t)whole /
		     (IMPORT_MATCHED * m->rows.n));
}
