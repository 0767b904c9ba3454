/* Which row of a file is which activity, step by step. */
#include "common/similar.h"
#include "daemon/record/activity.h"
#include "daemon/record/import.h"

#include <stdlib.h>
#include <string.h>

enum {
	NEAR_DAYS = 45, /* so far apart the same title may be the same thing */
	STEP = 2000,	/* rows or activities of one step */
	COMPARED_MOST =
		64 /* activities of one day whose words are compared with a row's */
};

struct import_known {
	int64_t id, exact;
	const char *title, *title_key, *unit, *provider, *course;
	civil_day done_on;
	bool planned, used;
};

/* ---- what is stored ----------------------------------------------------------------------------------------- */

static const char *folded(const char *text, struct arena *a)
{
	return text && *text ? similar_key(text, a) : "";
}

static int refuse_row(const struct import_match *m, size_t i, const char *what)
{
	const int64_t line = m->rows.v[i].line;

	return err_set(m->e, -PDH_USAGE, "activities", "line %lld has no %s",
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
	int r = check_rows(m);
	if (r < 0)
		return r;
	m->from = date_add_days(m->from, -NEAR_DAYS);
	m->until = date_add_days(m->until, NEAR_DAYS);
	m->last_day = m->from;
	return 0;
}

static void take_known(struct import_match *m, struct sqlite3_stmt *s)
{
	struct arena *a = m->w->arena;

	m->known = arena_grow(a, m->known, m->n, sizeof(*m->known));
	struct import_known *k = &m->known[m->n++];
	*k = (struct import_known){
		.id = db_int(s, 0),
		.title = db_text(s, 1, a),
		.title_key = db_text(s, 2, a),
		.done_on = db_date(s, 3),
		.exact = db_int(s, 4),
		.unit = credit_unit_find(db_word(s, 5)),
		.provider = folded(db_word(s, 6), a),
		.course = folded(db_word(s, 7), a),
		.planned = db_int(s, 8) > 0,
	};
	if (!k->unit)
		k->unit = db_text(s, 5, a);
	m->last_day = k->done_on;
	m->last_id = k->id;
}

/* The next activities of the days of the file, in the order of days. */
static int read_known(struct import_match *m, bool *ret_more)
{
	AUTO_STMT s = NULL;
	size_t had = m->n;
	int r = db_query(m->w->db, Q_import_entries, &s, m->e);

	if (r < 0)
		return r;
	db_bind_date(s, ":since", m->last_day);
	db_bind_int(s, ":after", m->last_id);
	db_bind_date(s, ":until", m->until);
	db_bind_int(s, ":limit", STEP);
	while ((r = db_step(m->w->db, s, m->e)) > 0)
		take_known(m, s);
	*ret_more = m->n - had == STEP;
	return r;
}

/* The first of a day or later. */
static size_t first_of(const struct import_match *m, civil_day day)
{
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		if (m->known[mid].done_on < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* ---- orders ----------------------------------------------------------------------------------------------------- */

static int by_title(const void *a, const void *b, void *match)
{
	const struct import_match *m = match;
	size_t i = *(const size_t *)a, j = *(const size_t *)b;
	int r = strcmp(m->known[i].title_key, m->known[j].title_key);

	return r ? r : (i > j) - (i < j);
}

static int by_id(const void *a, const void *b, void *match)
{
	const struct import_match *m = match;
	int64_t x = m->known[*(const size_t *)a].id, y = m->known[*(const size_t *)b].id;

	return (x > y) - (x < y);
}

static int by_key(const void *a, const void *b, void *match)
{
	const struct import_match *m = match;
	size_t i = *(const size_t *)a, j = *(const size_t *)b;
	int r = strcmp(m->v[i].key, m->v[j].key);

	return r ? r : (i > j) - (i < j);
}

static size_t *ordered(struct import_match *m, size_t n,
		       int (*compare)(const void *, const void *, void *))
{
	size_t *order = arena_array(m->w->arena, n + 1, sizeof(*order));

	for (size_t i = 0; i < n; i++)
		order[i] = i;
	qsort_r(order, n, sizeof(*order), compare, m);
	return order;
}

/* The first in the order of titles that has this one, and this day or a later one. */
static size_t first_of_title(const struct import_match *m, const char *title,
			     civil_day day)
{
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const struct import_known *k = &m->known[m->by_title[mid]];
		int r = strcmp(k->title_key, title);
		if (r < 0 || (r == 0 && k->done_on < day))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct import_known *find_known(const struct import_match *m, int64_t id)
{
	size_t low = 0, high = m->n;

	while (low < high) {
		size_t mid = (low + high) / 2;
		if (m->known[m->by_id[mid]].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < m->n && m->known[m->by_id[low]].id == id ? &m->known[m->by_id[low]]
							      : NULL;
}

/* Each activity is met once. False where it was. */
static bool take(struct import_match *m, int64_t id)
{
	struct import_known *k = find_known(m, id);

	/* One that is far off was edited since; its own row alone leads to it. */
	if (!k)
		return true;
	if (k->used)
		return false;
	return k->used = true;
}

static void settle(struct import_verdict *v, enum import_state state, int64_t id)
{
	v->state = state;
	v->settled = true;
	v->id = id;
}

static void fold_row(struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	struct import_verdict *v = &m->v[i];
	struct arena *a = m->w->arena;
	const struct credit *said = row->said.unit ? &row->said : &row->credit;
	char day[DATE_ISO_SIZE];

	date_format_iso(row->done_on, day);
	v->title = folded(row->title, a);
	v->provider = folded(row->provider, a);
	v->course = folded(row->course, a);
	v->key = arena_printf(a, "k1:%s %lld %s|%s|%s|%s", day, (long long)said->exact,
			      said->unit, v->title, v->provider, v->course);
}

/* ---- what the person says: "13=143", the row of line 13 is activity 143 --------------------------------------------- */

int import_read_same(const char *text, int64_t *ret_line, int64_t *ret_id, struct err *e)
{
	char *end;
	long long line = strtoll(text, &end, 10);
	long long id = *end == '=' ? strtoll(end + 1 + (end[1] == '#'), &end, 10) : 0;

	if (line <= 0 || id <= 0 || *end)
		return err_set(e, -PDH_USAGE, "same",
			       "takes a line and an activity, as 13=143");
	*ret_line = line;
	*ret_id = id;
	return 0;
}

static int meet_wish(struct import_match *m, const char *text)
{
	int64_t line, id;
	int r = import_read_same(text, &line, &id, m->e);

	for (size_t i = 0; r == 0 && i < m->rows.n; i++) {
		if (m->rows.v[i].line != line)
			continue;
		struct import_known *k = find_known(m, id);
		if (!k || k->used)
			return err_set(m->e, -PDH_REFUSED, "same",
				       "line %lld cannot be #%lld: %s", (long long)line,
				       (long long)id,
				       k ? "another row is"
					 : "there is none near its day");
		k->used = true;
		settle(&m->v[i], IMPORT_SAME, id);
		return 0;
	}
	return r < 0 ? r
		     : err_set(m->e, -PDH_NOT_FOUND, "same", "line %lld has no activity",
			       (long long)line);
}

static int meet_wishes(struct import_match *m)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->wish->same.n; i++)
		r = meet_wish(m, m->wish->same.v[i]);
	return r;
}

/* ---- by its source, by what it says ------------------------------------------------------------------------------ */

static int meet_source(struct import_match *m, size_t i)
{
	const char *source = m->rows.v[i].source_id;
	struct import_verdict *v = &m->v[i];
	AUTO_STMT s = NULL;

	if (!source || v->settled)
		return 0;
	int r = db_query(m->w->db, Q_import_rows_of_source, &s, m->e);
	if (r < 0)
		return r;
	db_bind_text(s, ":source_id", source);
	db_bind_text(s, ":layout", m->wish->layout);
	while (!v->settled && (r = db_step(m->w->db, s, m->e)) > 0) {
		bool same = strcmp(db_word(s, 1), v->key) == 0;
		if (db_int(s, 2) == 0)
			settle(v, IMPORT_REMOVED, INT_NONE);
		else if (take(m, db_int(s, 0)))
			settle(v, same ? IMPORT_HAVE : IMPORT_CHANGED, db_int(s, 0));
	}
	return r < 0 ? r : 0;
}

/* The next row of the group that is open still, from the `at`th of the order on. */
static size_t next_open(const struct import_match *m, size_t at, size_t end)
{
	while (at < end && m->v[m->by_key[at]].settled)
		at++;
	return at;
}

/* Rows of earlier files that say the same, one for one; those whose activity is gone stand last. */
static int meet_key(struct import_match *m, size_t begin, size_t end)
{
	size_t at = next_open(m, begin, end);
	AUTO_STMT s = NULL;
	int r;

	if (at == end)
		return 0;
	r = db_query(m->w->db, Q_import_rows_of_key, &s, m->e);
	if (r < 0)
		return r;
	db_bind_text(s, ":key", m->v[m->by_key[begin]].key);
	while (at < end && (r = db_step(m->w->db, s, m->e)) > 0) {
		bool there = db_int(s, 1) > 0;
		struct import_verdict *v = &m->v[m->by_key[at]];
		if (!there)
			/* Unless one was logged by hand. */
			v->state = IMPORT_REMOVED;
		else if (take(m, db_int(s, 0)))
			settle(v, IMPORT_HAVE, db_int(s, 0));
		else
			continue;
		at = next_open(m, at + 1, end);
	}
	return r < 0 ? r : 0;
}

/* Some groups of rows that say the same. */
static int meet_keys(struct import_match *m, size_t most)
{
	size_t n = m->rows.n;
	int r = 0;

	while (r == 0 && m->at < most) {
		size_t begin = m->at, end = begin + 1;
		while (end < n &&
		       strcmp(m->v[m->by_key[end]].key, m->v[m->by_key[begin]].key) == 0)
			end++;
		r = meet_key(m, begin, end);
		m->at = end;
	}
	return r;
}

static bool is_equal_or_missing(const char *a, const char *b)
{
	return !*a || !*b || strcmp(a, b) == 0;
}

/* Whether an activity says what the row says, as far as both say it; the titles are the same. */
static bool says_same(const struct import_known *k, const struct activity_add_params *row,
		      const struct import_verdict *v)
{
	return k->exact == row->credit.exact && strcmp(k->unit, row->credit.unit) == 0 &&
	       is_equal_or_missing(k->provider, v->provider) &&
	       is_equal_or_missing(k->course, v->course);
}

static bool has_title(const struct import_match *m, size_t at, const char *title)
{
	return at < m->n && strcmp(m->known[m->by_title[at]].title_key, title) == 0;
}

static void meet_logged(struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	struct import_verdict *v = &m->v[i];

	for (size_t at = first_of_title(m, v->title, row->done_on);
	     !v->settled && has_title(m, at, v->title) &&
	     m->known[m->by_title[at]].done_on == row->done_on;
	     at++) {
		struct import_known *k = &m->known[m->by_title[at]];
		if (k->used || k->planned != (row->planned > 0) || !says_same(k, row, v))
			continue;
		k->used = true;
		settle(v, IMPORT_HAVE, k->id);
	}
	if (v->state == IMPORT_REMOVED)
		v->settled = true;
}

/* ---- similar ------------------------------------------------------------------------------------------------------ */

/* The same title within weeks; the nearest day is asked about. */
static struct import_known *same_title(const struct import_match *m, size_t i)
{
	const civil_day day = m->rows.v[i].done_on;
	const char *title = m->v[i].title;
	struct import_known *best = NULL;

	for (size_t at = first_of_title(m, title, date_add_days(day, -NEAR_DAYS));
	     has_title(m, at, title); at++) {
		struct import_known *k = &m->known[m->by_title[at]];
		if (k->done_on > day + NEAR_DAYS)
			break;
		if (!k->used &&
		    (!best || abs(k->done_on - day) < abs(best->done_on - day)))
			best = k;
	}
	return best;
}

/* The same day, the same credit or provider, and most words. */
static struct import_known *same_day(const struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	const char *provider = m->v[i].provider;
	AUTO_ARENA scratch = {NULL};
	const char *words = NULL;
	int compared = 0;

	for (size_t at = first_of(m, row->done_on);
	     at < m->n && m->known[at].done_on == row->done_on; at++) {
		struct import_known *k = &m->known[at];
		bool credit = k->exact == row->credit.exact &&
			      strcmp(k->unit, row->credit.unit) == 0;
		if (k->used ||
		    (!credit && (!*provider || strcmp(provider, k->provider) != 0)))
			continue;
		if (compared++ == COMPARED_MOST)
			break;
		words = words ? words : similar_words(row->title, &scratch);
		if (import_like(similar_words(k->title, &scratch), words, &scratch))
			return k;
	}
	return NULL;
}

static void meet_similar(struct import_match *m, size_t i)
{
	struct import_known *k = same_title(m, i);

	if (!k || k->done_on != m->rows.v[i].done_on) {
		struct import_known *other = same_day(m, i);
		k = other ? other : k;
	}
	if (!k)
		return;
	k->used = true;
	settle(&m->v[i], IMPORT_SIMILAR, k->id);
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

/* What could not be stored is told before anything is written. */
static int check_new(struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	const struct held_list none = {0}; /* rows name no credentials */
	struct activity a;

	if (m->v[i].state != IMPORT_NEW)
		return 0;
	import_fill(row, &a);
	if (activity_check(m->w, &none, &a, m->e) == 0)
		return 0;
	struct err was = *m->e;
	return err_reword(m->e, "line %lld: %s%s%s",
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
		return meet_source(m, i);
	case IMPORT_BY_HAND:
		if (!m->v[i].settled)
			meet_logged(m, i);
		return 0;
	case IMPORT_BY_LIKENESS:
		if (!m->v[i].settled)
			meet_similar(m, i);
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
	size_t most = m->at + STEP < m->rows.n ? m->at + STEP : m->rows.n;
	int r = 0;

	if (m->phase == IMPORT_BY_KEY)
		r = meet_keys(m, most);
	for (; r == 0 && m->at < most; m->at++)
		r = do_row(m, m->at);
	if (r < 0 || m->at < m->rows.n)
		return r < 0 ? r : 1;
	if (m->phase == IMPORT_SORT) {
		m->by_title = ordered(m, m->n, by_title);
		m->by_id = ordered(m, m->n, by_id);
		m->by_key = ordered(m, m->rows.n, by_key);
	}
	next_phase(m);
	return 1;
}

int import_match_step(struct import_match *m)
{
	bool more = false;
	int r;

	switch (m->phase) {
	case IMPORT_READ_KNOWN:
		r = read_known(m, &more);
		if (r == 0 && !more)
			next_phase(m);
		return r < 0 ? r : 1;
	case IMPORT_BY_WISH:
		r = meet_wishes(m);
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
