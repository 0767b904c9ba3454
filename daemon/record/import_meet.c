/* Rows that are known: by what the person says, by their source, by what they say. */
#include "daemon/record/import_match_parts.h"

#include <stdlib.h>
#include <string.h>

void import_settle(struct import_verdict *v, enum import_state state, int64_t id)
{
	v->state = state;
	v->settled = true;
	v->id = id;
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

static bool has_line(const struct import_match *m, int64_t line)
{
	for (size_t i = 0; i < m->rows.n; i++)
		if (m->rows.v[i].line == line)
			return true;
	for (size_t i = 0; i < m->left_n; i++)
		if (m->left[i].line == line)
			return true;
	return false;
}

static int refuse_line(const struct import_match *m, const char *field, int64_t line)
{
	for (size_t i = 0; i < m->left_n; i++)
		if (m->left[i].line == line)
			return err_set(m->e, -PDH_USAGE, field, "%s %lld is left out: %s",
				       import_line_word(m->wish), (long long)line,
				       m->left[i].why);
	return err_set(m->e, -PDH_USAGE, field,
		       "the file has no entry in %s %lld; pdh import FILE -n shows them",
		       import_line_word(m->wish), (long long)line);
}

static int meet_wish(struct import_match *m, const char *text)
{
	int64_t line, id;
	int r = import_read_same(text, &line, &id, m->e);

	for (size_t i = 0; r == 0 && i < m->rows.n; i++) {
		if (m->rows.v[i].line != line)
			continue;
		struct import_known *k = import_known_find(m, id);
		if (!k || k->used)
			return err_set(
				m->e, -PDH_REFUSED, "same", "%s %lld cannot be #%lld: %s",
				import_line_word(m->wish), (long long)line, (long long)id,
				k ? "another row is" : "there is none near its day");
		k->used = true;
		import_settle(&m->v[i], IMPORT_SAME, id);
		return 0;
	}
	return r < 0 ? r : refuse_line(m, "same", line);
}

int import_meet_wishes(struct import_match *m)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < m->wish->same.n; i++)
		r = meet_wish(m, m->wish->same.v[i]);
	/* One that a person said no to is there, and left out. */
	for (size_t i = 0; r == 0 && i < m->wish->take.n; i++)
		if (!has_line(m, m->wish->take.v[i]))
			r = refuse_line(m, "take", m->wish->take.v[i]);
	return r;
}

/* ---- by its source, by what it says ------------------------------------------------------------------------------ */

/* A file that pdh wrote names its activities themselves, and some of them may be from here. */
static int meet_own(struct import_match *m, size_t i)
{
	struct import_verdict *v = &m->v[i];
	AUTO_STMT s = NULL;
	int r = db_query(m->w->db, Q_import_entry_of_uid, &s, m->e);

	if (r < 0)
		return r;
	db_bind_text(s, ":uid", m->rows.v[i].source_id);
	r = db_step(m->w->db, s, m->e);
	if (r <= 0 || !import_known_take(m, db_int(s, 0)))
		return r < 0 ? r : 0;
	const struct import_known *k = import_known_find(m, db_int(s, 0));
	bool same = k &&
		    strcmp(v->key, import_key(k->done_on, k->exact, k->unit, k->title_key,
					      k->provider, k->course, m->w->arena)) == 0;
	import_settle(v, same ? IMPORT_HAVE : IMPORT_CHANGED, db_int(s, 0));
	return 0;
}

int import_meet_source(struct import_match *m, size_t i)
{
	const char *source = m->rows.v[i].source_id;
	struct import_verdict *v = &m->v[i];
	AUTO_STMT s = NULL;
	int r = 0;

	if (!source || v->settled)
		return 0;
	if (strcmp(m->wish->layout, IMPORT_OWN_CSV) == 0)
		r = meet_own(m, i);
	if (r < 0 || v->settled)
		return r;
	r = db_query(m->w->db, Q_import_rows_of_source, &s, m->e);
	if (r < 0)
		return r;
	db_bind_text(s, ":source_id", source);
	db_bind_text(s, ":layout", m->wish->layout);
	while (!v->settled && (r = db_step(m->w->db, s, m->e)) > 0) {
		bool same = strcmp(db_word(s, 1), v->key) == 0;
		if (db_int(s, 2) == 0)
			import_settle(v, IMPORT_REMOVED, INT_NONE);
		else if (import_known_take(m, db_int(s, 0)))
			import_settle(v, same ? IMPORT_HAVE : IMPORT_CHANGED,
				      db_int(s, 0));
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
		else if (import_known_take(m, db_int(s, 0)))
			import_settle(v, IMPORT_HAVE, db_int(s, 0));
		else
			continue;
		at = next_open(m, at + 1, end);
	}
	return r < 0 ? r : 0;
}

/* Some groups of rows that say the same. */
int import_meet_keys(struct import_match *m, size_t most)
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

void import_meet_logged(struct import_match *m, size_t i)
{
	const struct activity_add_params *row = &m->rows.v[i];
	struct import_verdict *v = &m->v[i];

	for (size_t at = import_known_titled(m, v->title, row->done_on);
	     !v->settled && import_known_has_title(m, at, v->title) &&
	     m->known[m->by_title[at]].done_on == row->done_on;
	     at++) {
		struct import_known *k = &m->known[m->by_title[at]];
		if (k->used || k->planned != (row->planned > 0) || !says_same(k, row, v))
			continue;
		k->used = true;
		import_settle(v, IMPORT_HAVE, k->id);
	}
	if (v->state == IMPORT_REMOVED)
		v->settled = true;
}
