/* Activities of a file: new ones, those that are there, and those that say otherwise. */
#include "daemon/transfer/load_parts.h"

#include "common/digest.h"

#include <stdlib.h>
#include <string.h>

static int insert_topic(struct load *l, int64_t id, const char *topic)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_topic_insert, &s, l->e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", id);
	db_bind_text(s, ":topic", topic);
	return db_run(l->w->db, s, l->e);
}

static int insert_part(struct load *l, int64_t id, const json_t *part)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_part_insert, &s, l->e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", id);
	db_bind_text(s, ":topic", record_line_text(part, "topic"));
	db_bind_int(s, ":credit", record_line_int(part, "exact"));
	return db_run(l->w->db, s, l->e);
}

/* The number here of a credential that a scope names; LOAD_SKIPPED: none that is known. */
static int64_t credential_here(const struct load *l, int64_t id)
{
	const struct place *p = place_find(&l->ids[PART_credentials], (uint64_t)id);

	if (!p)
		return l->begins ? id : LOAD_SKIPPED;
	return p->id < 0 ? -p->id : p->id;
}

static int insert_scope(struct load *l, int64_t id, int64_t credential)
{
	AUTO_STMT s = NULL;
	int64_t here = credential_here(l, credential);
	int r = here == LOAD_SKIPPED ? 1 : db_query(l->w->db, Q_scope_insert, &s, l->e);

	if (r != 0)
		return r < 0 ? r : 0;
	db_bind_int(s, ":activity_id", id);
	db_bind_int(s, ":credential_id", here);
	return db_run(l->w->db, s, l->e);
}

static int insert_lists(struct load *l, int64_t id, const json_t *line)
{
	const json_t *topics = json_object_get(line, "topics");
	const json_t *split = json_object_get(line, "split");
	const json_t *scope = json_object_get(line, "credentials"), *member;
	size_t i;
	int r = 0;

	json_array_foreach(topics, i, member) r =
		r < 0 ? r : insert_topic(l, id, json_string_value(member));
	json_array_foreach(split, i, member) r = r < 0 ? r : insert_part(l, id, member);
	json_array_foreach(scope, i, member) r =
		r < 0 ? r : insert_scope(l, id, json_integer_value(member));
	return r;
}

static int clear(struct load *l, enum db_query q, int64_t id)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, q, &s, l->e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", id);
	return db_run(l->w->db, s, l->e);
}

/* The parts are of the whole, and have its unit. */
static int check_activity(struct load *l, const json_t *line)
{
	const json_t *split = json_object_get(line, "split"), *part;
	int64_t left = record_line_int(json_object_get(line, "credit"), "exact");
	const char *uid = record_line_text(line, "uid");
	size_t i;

	if (strlen(uid) != 32 || strspn(uid, "0123456789abcdef") != 32)
		return err_set(l->e, -PDH_REFUSED, NULL,
			       "uid: 32 hexadecimal digits are wanted");
	json_array_foreach(split, i, part) left -= record_line_int(part, "exact");
	return left < 0 ? err_set(l->e, -PDH_REFUSED, NULL,
				  "split: the parts are more than the whole")
			: 0;
}

static int find_uid(struct load *l, const char *uid, int64_t *ret)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_load_uid, &s, l->e);

	*ret = INT_NONE;
	if (r < 0)
		return r;
	db_bind_text(s, ":uid", uid);
	r = db_step(l->w->db, s, l->e);
	if (r > 0)
		*ret = db_int(s, 0);
	return r < 0 ? r : 0;
}

/* Without credentials that are gone, which a file cannot name in a way that is known here. */
static int forget_gone(struct load *l, json_t *stored)
{
	json_t *scope = json_object_get(stored, "credentials");
	int r = 0;

	for (size_t i = json_array_size(scope); r >= 0 && i > 0; i--) {
		AUTO_STMT s = NULL;
		r = db_query(l->w->db, Q_credential_alias, &s, l->e);
		if (r < 0)
			break;
		db_bind_int(s, ":id", json_integer_value(json_array_get(scope, i - 1)));
		r = db_step(l->w->db, s, l->e);
		if (r == 0)
			json_array_remove(scope, i - 1);
	}
	return r < 0 ? r : 0;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The line as it would be written here. */
static json_t *line_here(const struct load *l, const json_t *line, int64_t id)
{
	const json_t *scope = json_object_get(line, "credentials"), *member;
	json_t *here = json_copy((json_t *)(uintptr_t)line), *numbers = json_array();
	size_t n = 0, i;
	int64_t *known =
		arena_array(l->w->arena, json_array_size(scope) + 1, sizeof(*known));

	json_array_foreach(scope, i, member)
	{
		known[n] = credential_here(l, json_integer_value(member));
		n += known[n] != LOAD_SKIPPED;
	}
	qsort(known, n, sizeof(*known), by_number);
	for (i = 0; i < n; i++)
		json_array_append_new(numbers, json_integer(known[i]));
	json_object_set_new(here, "credentials", numbers);
	json_object_set_new(here, "id", json_integer(id));
	return here;
}

static int says_the_same(struct load *l, const json_t *line, int64_t id, bool *ret)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_export_activities, &s, l->e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential", INT_NONE);
	db_bind_date(s, ":from", DATE_NONE);
	db_bind_date(s, ":to", DATE_NONE);
	db_bind_int(s, ":after", id - 1);
	db_bind_int(s, ":limit", 1);
	r = db_step(l->w->db, s, l->e);
	if (r < 0)
		return r;
	json_t *stored = json_loads(db_word(s, 1), 0, NULL),
	       *here = line_here(l, line, id);
	r = forget_gone(l, stored);
	*ret = json_equal(stored, here);
	json_decref(stored);
	json_decref(here);
	return r;
}

static int update(struct load *l, const json_t *line, int64_t id)
{
	int r = clear(l, Q_topic_clear, id);

	if (r == 0)
		r = clear(l, Q_part_clear, id);
	if (r == 0)
		r = clear(l, Q_scope_clear, id);
	if (r == 0)
		r = load_store(l, PART_activities, line);
	/* It is no new one. */
	if (r > 0)
		place_find(&l->ids[PART_activities],
			   (uint64_t)record_line_int(line, "id"))
			->id = -id;
	return r < 0 ? r : insert_lists(l, id, line);
}

static void tell_changed(struct load *l, const json_t *line, int64_t id)
{
	struct imported *ret = l->ret;
	struct import_row *rows =
		arena_grow(l->w->arena, ret->rows.v, ret->rows.n, sizeof(*rows));
	struct import_row *row = &rows[ret->rows.n++];

	ret->rows.v = rows;
	shape_none(&shape_import_row, row);
	row->line = l->line;
	row->state = IMPORT_CHANGED;
	row->id = id;
	row->title = arena_dup(l->w->arena, record_line_text(line, "title"));
	if (l->p->update <= 0)
		row->why = arena_printf(l->w->arena,
					"#%lld says otherwise; --update changes it",
					(long long)id);
}

static int meet(struct load *l, const json_t *line, int64_t id)
{
	bool same = false;
	int r = says_the_same(l, line, id, &same);

	if (r < 0)
		return r;
	l->plan = digest_add(l->plan, &same, sizeof(same));
	if (same)
		l->ret->have++;
	else
		l->ret->changed++;
	if (!same)
		tell_changed(l, line, id);
	if (!same && l->p->update > 0)
		return update(l, line, id);
	load_note(l, PART_activities, line, -id);
	return 0;
}

int load_activity(struct load *l, const json_t *line)
{
	const char *uid = record_line_text(line, "uid");
	uint64_t key = load_digest(uid);
	int64_t there = INT_NONE;
	int r = check_activity(l, line);

	if (r == 0)
		r = load_once(l, &l->uids, key, arena_printf(&l->text, "uid %s", uid));
	if (r < 0)
		return r;
	place_add(&l->uids, key, 0, l->line, l->w->arena);
	l->plan = digest_add(l->plan, uid, strlen(uid));
	if (!l->begins)
		r = find_uid(l, uid, &there);
	if (r < 0 || there != INT_NONE)
		return r < 0 ? r : meet(l, line, there);
	l->ret->created++;
	r = load_store(l, PART_activities, line);
	return r < 0 ? r : insert_lists(l, db_last_id(l->w->db), line);
}
