/* What is stored near the days of a file, and how it is found. */
#include "daemon/record/import_match_parts.h"

#include "common/similar.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is stored -------------------------------------------------------------------------------------- */

const char *import_folded(const char *text, struct arena *a)
{
	return text && *text ? similar_key(text, a) : "";
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
		.provider = import_folded(db_word(s, 6), a),
		.course = import_folded(db_word(s, 7), a),
		.planned = db_int(s, 8) > 0,
	};
	if (!k->unit)
		k->unit = db_text(s, 5, a);
	m->last_day = k->done_on;
	m->last_id = k->id;
}

const char *import_key(civil_day done_on, int64_t exact, const char *unit,
		       const char *title, const char *provider, const char *course,
		       struct arena *a)
{
	char day[DATE_ISO_SIZE];

	date_format_iso(done_on, day);
	return arena_printf(a, "k1:%s %lld %s|%s|%s|%s", day, (long long)exact, unit,
			    title, provider, course);
}

/* The next activities of the days of the file, in the order of days. */
int import_known_read(struct import_match *m, bool *ret_more)
{
	AUTO_STMT s = NULL;
	size_t had = m->n;
	int r = db_query(m->w->db, Q_import_entries, &s, m->e);

	if (r < 0)
		return r;
	db_bind_date(s, ":since", m->last_day);
	db_bind_int(s, ":after", m->last_id);
	db_bind_date(s, ":until", m->until);
	db_bind_int(s, ":limit", IMPORT_STEP);
	while ((r = db_step(m->w->db, s, m->e)) > 0)
		take_known(m, s);
	*ret_more = m->n - had == IMPORT_STEP;
	return r;
}

/* The first of a day or later. */
size_t import_known_since(const struct import_match *m, civil_day day)
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

/* ---- orders ---------------------------------------------------------------------------------------------- */

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

void import_known_order(struct import_match *m)
{
	m->by_title = ordered(m, m->n, by_title);
	m->by_id = ordered(m, m->n, by_id);
	m->by_key = ordered(m, m->rows.n, by_key);
}

/* The first in the order of titles that has this one, and this day or a later one. */
size_t import_known_titled(const struct import_match *m, const char *title, civil_day day)
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

struct import_known *import_known_find(const struct import_match *m, int64_t id)
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

bool import_known_has_title(const struct import_match *m, size_t at, const char *title)
{
	return at < m->n && strcmp(m->known[m->by_title[at]].title_key, title) == 0;
}

/* Each activity is met once. False where it was. */
bool import_known_take(struct import_match *m, int64_t id)
{
	struct import_known *k = import_known_find(m, id);

	/* One that is far off was edited since; its own row alone leads to it. */
	if (!k)
		return true;
	if (k->used)
		return false;
	return k->used = true;
}
