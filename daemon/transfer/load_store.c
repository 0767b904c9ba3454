/* Lines that are stored as they are, and where they went. */
#include "daemon/transfer/load_parts.h"

#include "common/digest.h"
#include "common/similar.h"

#include <string.h>

uint64_t load_digest(const char *text)
{
	return digest_add(DIGEST_START, text, strlen(text));
}

/* ---- places ------------------------------------------------------------------------------------------- */

int load_once(struct load *l, const struct places *p, uint64_t key, const char *what)
{
	const struct place *was = place_find(p, key);

	if (!was)
		return 0;
	l->names_lines = true;
	return err_set(l->e, -PDH_REFUSED, NULL, "%.100s twice (lines %lld and %lld)",
		       what, (long long)was->line, (long long)l->line);
}

/* Notes where a line with an id went. */
void load_note(struct load *l, enum part_id part, const json_t *line, int64_t went)
{
	place_add(&l->ids[part], (uint64_t)record_line_int(line, "id"), went, l->line,
		  l->w->arena);
}

int load_once_id(struct load *l, enum part_id part, const json_t *line)
{
	int64_t id = record_line_int(line, "id");
	const char *what;

	if (id == INT_NONE)
		return 0;
	what = arena_printf(&l->text, "%s: id %lld", transfer_parts[part].name,
			    (long long)id);
	return load_once(l, &l->ids[part], (uint64_t)id, what);
}

/* Where the line with this id went. 1: *ret; 0: whoever names it is passed over; or it is not in the file. */
static int resolve(struct load *l, const struct part_value *v, int64_t id, int64_t *ret)
{
	const struct place *p = place_find(&l->ids[v->of], (uint64_t)id);

	*ret = id;
	if (id <= 0)
		return 1;
	if (p)
		*ret = p->id;
	else if (v->gone == PART_GONE_REFUSED)
		return err_set(l->e, -PDH_REFUSED, NULL,
			       "%s: there is no %lld among the %s above", v->name,
			       (long long)id, transfer_parts[v->of].name);
	else if (!l->begins)
		*ret = LOAD_SKIPPED;
	/* What was there already has what belongs to it. */
	return *ret > 0;
}

/* Binds the places of a line: 1, or 0 where it is passed over. */
static int bind_places(struct load *l, const struct part *part, const json_t *line,
		       struct sqlite3_stmt *s)
{
	for (size_t i = 0; i < part->n; i++) {
		const struct part_value *v = &part->values[i];
		char name[40];
		int64_t to = INT_NONE, id = record_line_int(line, v->name);
		if (v->gone == PART_GONE_NONE)
			continue;
		int r = id == INT_NONE ? 1 : resolve(l, v, id, &to);
		if (r <= 0)
			return r;
		snprintf(name, sizeof(name), ":%s", v->name);
		db_bind_int(s, name, to);
	}
	return 1;
}

/* Stores a line as it is. 1; 0: it was passed over. */
int load_store(struct load *l, enum part_id id, const json_t *line)
{
	const struct part *part = &transfer_parts[id];
	bool numbered = part_value_find(part, "id");
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, part->load, &s, l->e);

	if (r == 0)
		r = bind_places(l, part, line, s);
	if (r <= 0) {
		if (r == 0 && numbered)
			load_note(l, id, line, LOAD_SKIPPED);
		return r;
	}
	if (numbered)
		db_bind_int(s, ":id", l->begins ? record_line_int(line, "id") : INT_NONE);
	record_line_bind(part, line, s);
	if (id == PART_activities)
		db_bind_text(s, ":title_key",
			     similar_key(record_line_text(line, "title"), &l->text));
	r = db_run(l->w->db, s, l->e);
	if (r == 0)
		l->stored[id] += db_changed_rows(l->w->db) > 0;
	if (r == 0 && numbered)
		load_note(l, id, line, db_last_id(l->w->db));
	return r < 0 ? r : 1;
}
