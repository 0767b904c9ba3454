/* Which row of a file is which activity. */
#include "common/similar.h"
#include "daemon/record/import.h"

#include <stdlib.h>
#include <string.h>

enum { NEAR_DAYS = 45 }; /* so far apart the same title may be the same thing */

struct known {
	int64_t id, exact;
	const char *title, *title_key, *unit, *provider, *course;
	civil_day done_on;
	bool planned, used;
};

struct match {
	struct work *w;
	const struct import_run_params *p;
	struct import_verdict *v;
	struct known *known; /* by day */
	size_t n;
	struct err *e;
};

/* ---- what is stored ----------------------------------------------------------------------------------------- */

static void span(const struct match *m, civil_day *from, civil_day *to)
{
	*from = DATE_LAST;
	*to = DATE_FIRST;
	for (size_t i = 0; i < m->p->activities.n; i++) {
		civil_day d = m->p->activities.v[i].done_on;
		*from = d < *from ? d : *from;
		*to = d > *to ? d : *to;
	}
	*from = date_add_days(*from, -NEAR_DAYS);
	*to = date_add_days(*to, NEAR_DAYS);
}

static const char *folded(const char *text, struct arena *a)
{
	return text && *text ? similar_key(text, a) : "";
}

static int read_known(struct match *m)
{
	struct arena *a = m->w->arena;
	civil_day from, to;
	AUTO_STMT s = NULL;
	int r = db_query(m->w->db, Q_import_entries, &s, m->e);

	if (r < 0)
		return r;
	span(m, &from, &to);
	db_bind_date(s, ":since", from);
	db_bind_date(s, ":until", to);
	while ((r = db_step(m->w->db, s, m->e)) > 0) {
		m->known = arena_grow(a, m->known, m->n, sizeof(*m->known));
		m->known[m->n++] = (struct known){
			.id = db_int(s, 0),
			.title = db_text(s, 1, a),
			.title_key = db_text(s, 2, a),
			.done_on = db_date(s, 3),
			.exact = db_int(s, 4),
			.unit = db_text(s, 5, a),
			.provider = folded(db_word(s, 6), a),
			.course = folded(db_word(s, 7), a),
			.planned = db_int(s, 8) > 0,
		};
	}
	return r;
}

/* The first of a day or later. */
static size_t first_of(const struct match *m, civil_day day)
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

static struct known *find_known(const struct match *m, int64_t id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->known[i].id == id)
			return &m->known[i];
	return NULL;
}

/* Each activity is met once. False where it was. */
static bool take(struct match *m, int64_t id)
{
	struct known *k = find_known(m, id);

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

/* ---- by its source, by what it says ------------------------------------------------------------------------------ */

static const char *key_of(const struct activity_add_params *row, struct arena *a)
{
	char day[DATE_ISO_SIZE];

	date_format_iso(row->done_on, day);
	return arena_printf(a, "k1:%s %lld %s|%s|%s|%s", day,
			    (long long)row->credit.exact, row->credit.unit,
			    folded(row->title, a), folded(row->provider, a),
			    folded(row->course, a));
}

static int meet_source(struct match *m, size_t i)
{
	const char *source = m->p->activities.v[i].source_id;
	struct import_verdict *v = &m->v[i];
	AUTO_STMT s = NULL;

	if (!source)
		return 0;
	int r = db_query(m->w->db, Q_import_rows_of_source, &s, m->e);
	if (r < 0)
		return r;
	db_bind_text(s, ":source_id", source);
	db_bind_text(s, ":layout", m->p->layout);
	while (!v->settled && (r = db_step(m->w->db, s, m->e)) > 0) {
		bool same = strcmp(db_word(s, 1), v->key) == 0;
		if (db_int(s, 2) == 0)
			settle(v, IMPORT_REMOVED, INT_NONE);
		else if (take(m, db_int(s, 0)))
			settle(v, same ? IMPORT_HAVE : IMPORT_CHANGED, db_int(s, 0));
	}
	return r < 0 ? r : 0;
}

static bool is_equal_or_missing(const char *a, const char *b)
{
	return !*a || !*b || strcmp(a, b) == 0;
}

/* Whether an activity says what the row says, as far as both say it. */
static bool says_same(const struct known *k, const struct activity_add_params *row,
		      struct arena *a)
{
	return k->exact == row->credit.exact && strcmp(k->unit, row->credit.unit) == 0 &&
	       strcmp(k->title_key, folded(row->title, a)) == 0 &&
	       is_equal_or_missing(k->provider, folded(row->provider, a)) &&
	       is_equal_or_missing(k->course, folded(row->course, a));
}

static void meet_logged(struct match *m, size_t i)
{
	const struct activity_add_params *row = &m->p->activities.v[i];

	for (size_t k = first_of(m, row->done_on);
	     k < m->n && m->known[k].done_on == row->done_on; k++) {
		struct known *known = &m->known[k];
		if (known->used || known->planned != (row->planned > 0) ||
		    !says_same(known, row, m->w->arena))
			continue;
		known->used = true;
		settle(&m->v[i], IMPORT_HAVE, known->id);
		return;
	}
}

/* Rows of earlier files first, then activities logged by hand, then rows whose activity is gone. */
static int meet_key(struct match *m, size_t i)
{
	struct import_verdict *v = &m->v[i];
	bool gone = false;
	AUTO_STMT s = NULL;
	int r = db_query(m->w->db, Q_import_rows_of_key, &s, m->e);

	if (r < 0)
		return r;
	db_bind_text(s, ":key", v->key);
	while (!v->settled && (r = db_step(m->w->db, s, m->e)) > 0) {
		if (db_int(s, 1) == 0)
			gone = true;
		else if (take(m, db_int(s, 0)))
			settle(v, IMPORT_HAVE, db_int(s, 0));
	}
	if (r < 0)
		return r;
	if (!v->settled)
		meet_logged(m, i);
	if (!v->settled && gone)
		settle(v, IMPORT_REMOVED, INT_NONE);
	return 0;
}

/* ---- similar ------------------------------------------------------------------------------------------------------ */

enum { WORDS_MOST = 64 };

static size_t words_of(const char *text, const char **to, struct arena *a)
{
	char *words = arena_dup(a, similar_words(text, a));
	size_t n = 0;

	for (char *p = strtok(words, " "); p && n < WORDS_MOST; p = strtok(NULL, " "))
		to[n++] = p;
	return n;
}

/* Whether three fifths of the words of both titles are in both. */
static bool shares_words(const char *a, const char *b, struct arena *arena)
{
	const char *x[WORDS_MOST], *y[WORDS_MOST];
	size_t n = words_of(a, x, arena), k = words_of(b, y, arena), both = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < k; j++)
			if (y[j] && strcmp(x[i], y[j]) == 0) {
				both++;
				y[j] = NULL;
				break;
			}
	return both > 0 && both * 5 >= (n + k - both) * 3;
}

static bool is_similar(const struct known *k, const struct activity_add_params *row,
		       struct arena *a)
{
	if (strcmp(k->title_key, folded(row->title, a)) == 0)
		return true;
	if (k->done_on != row->done_on)
		return false;
	const char *provider = folded(row->provider, a);
	bool credit =
		k->exact == row->credit.exact && strcmp(k->unit, row->credit.unit) == 0;
	return (credit || (*provider && strcmp(provider, k->provider) == 0)) &&
	       shares_words(k->title, row->title, a);
}

/* The nearest in days is asked about. */
static void meet_similar(struct match *m, size_t i)
{
	const struct activity_add_params *row = &m->p->activities.v[i];
	struct known *best = NULL;
	int64_t apart = NEAR_DAYS + 1;

	for (size_t k = first_of(m, date_add_days(row->done_on, -NEAR_DAYS));
	     k < m->n && m->known[k].done_on <= row->done_on + NEAR_DAYS; k++) {
		int64_t days = llabs((int64_t)m->known[k].done_on - row->done_on);
		if (m->known[k].used || days >= apart ||
		    !is_similar(&m->known[k], row, m->w->arena))
			continue;
		best = &m->known[k];
		apart = days;
	}
	if (!best)
		return;
	best->used = true;
	settle(&m->v[i], IMPORT_SIMILAR, best->id);
}

/* ---- what the person says ------------------------------------------------------------------------------------------- */

static bool is_taken(const struct import_run_params *p, int64_t line)
{
	for (size_t i = 0; i < p->take.n; i++)
		if (p->take.v[i] == line)
			return true;
	return p->similar > 0;
}

/* "13=143": the row of line 13 is activity 143. */
static int read_same(struct match *m, const char *text)
{
	char *end;
	long long line = strtoll(text, &end, 10);
	long long id = *end == '=' ? strtoll(end + 1 + (end[1] == '#'), &end, 10) : 0;

	if (line <= 0 || id <= 0 || *end)
		return err_set(m->e, -PDH_USAGE, "same",
			       "takes a line and an activity, as 13=143");
	for (size_t i = 0; i < m->p->activities.n; i++) {
		if (m->p->activities.v[i].line != line)
			continue;
		struct known *k = find_known(m, id);
		if (!k || k->used)
			return err_set(m->e, -PDH_REFUSED, "same",
				       "line %lld cannot be #%lld: %s", line, id,
				       k ? "another row is"
					 : "there is none near its day");
		k->used = true;
		settle(&m->v[i], IMPORT_SAME, id);
		return 0;
	}
	return err_set(m->e, -PDH_NOT_FOUND, "same", "line %lld has no activity", line);
}

static void heed(struct match *m, size_t i)
{
	struct import_verdict *v = &m->v[i];

	if ((v->state == IMPORT_SIMILAR && is_taken(m->p, m->p->activities.v[i].line)) ||
	    (v->state == IMPORT_REMOVED && m->p->again > 0)) {
		v->state = IMPORT_NEW;
		v->id = INT_NONE;
	}
}

int import_match(struct work *w, const struct import_run_params *p,
		 struct import_verdict **ret, struct err *e)
{
	struct match m = {.w = w, .p = p, .e = e};
	size_t n = p->activities.n;
	int r = 0;

	m.v = arena_array(w->arena, n + 1, sizeof(*m.v));
	for (size_t i = 0; i < n; i++) {
		m.v[i].state = IMPORT_NEW;
		m.v[i].id = INT_NONE;
		m.v[i].key = key_of(&p->activities.v[i], w->arena);
	}
	if (n > 0)
		r = read_known(&m);
	for (size_t i = 0; r == 0 && i < p->same.n; i++)
		r = read_same(&m, p->same.v[i]);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = m.v[i].settled ? 0 : meet_source(&m, i);
	for (size_t i = 0; r == 0 && i < n; i++)
		r = m.v[i].settled ? 0 : meet_key(&m, i);
	for (size_t i = 0; r == 0 && i < n; i++) {
		if (!m.v[i].settled)
			meet_similar(&m, i);
		heed(&m, i);
	}
	*ret = m.v;
	return r;
}
