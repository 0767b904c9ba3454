#include "daemon/record/pursue.h"

#include "common/texts.h"
#include "daemon/path/path.h"
#include "daemon/record/told.h"
#include "daemon/store/row.h"

#include <string.h>

int pursue_find(struct work *w, int64_t credential_id, const char **ret_pack,
		const char **ret_path, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_pursuit_get, &s, e,
		       DB_INT(":credential_id", credential_id));

	if (r > 0) {
		*ret_pack = db_text(s, 0, w->arena);
		*ret_path = db_text(s, 1, w->arena);
	}
	return r;
}

int pursue_done(struct work *w, int64_t credential_id, struct texts *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_pursuit_done, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	return row_read_texts(w->db, s, w->arena, ret, e);
}

/* ---- items ------------------------------------------------------------------------------- */

struct pursued {
	struct work *w;
	int64_t credential_id;
	struct texts steps; /* that have an item */
	struct err *e;
};

static const char *kind_of(const struct path_step *row)
{
	static const char *const kinds[] = {"clearance", "exam", "fee", "course"};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(row->kind, kinds[i]) == 0)
			return kinds[i];
	return "other";
}

static int add_item(struct pursued *p, const struct path_step *row)
{
	struct item item;
	AUTO_STMT s = NULL;
	int r = db_query(p->w->db, Q_item_insert, &s, p->e);

	if (r < 0)
		return r;
	shape_none(&shape_item, &item);
	item.title = row->text;
	item.kind = kind_of(row);
	item.note = row->why;
	row_bind(s, &shape_item, &item);
	db_bind_int(s, ":credential_id", p->credential_id);
	r = db_run(p->w->db, s, p->e);
	return r < 0 ? r
		     : DB_DO(p->w->db, Q_pursuit_step_insert, p->e,
			     DB_INT(":item_id", db_last_id(p->w->db)),
			     DB_TEXT(":step", row->id));
}

/* What is met is done, on its own day where that is known; when it ends is told too. */
static int mark(struct pursued *p, const struct path_step *row)
{
	civil_day day = row->met_on != DATE_NONE && row->met_on <= p->w->today
				? row->met_on
				: p->w->today;

	return DB_DO(p->w->db, Q_pursuit_mark, p->e,
		     DB_INT(":credential_id", p->credential_id),
		     DB_TEXT(":step", row->id), DB_DATE(":on", day),
		     DB_DATE(":expires", row->expires));
}

static int sync_step(struct pursued *p, const struct path_step *row)
{
	int r = 0;

	if (!row->id || strstr(row->kind, " of"))
		return 0;
	if (row->state == STEP_STATE_NOT_NEEDED)
		return DB_DO(p->w->db, Q_pursuit_drop, p->e,
			     DB_INT(":credential_id", p->credential_id),
			     DB_TEXT(":step", row->id));
	if (!texts_has(&p->steps, row->id))
		r = add_item(p, row);
	return r == 0 && row->state == STEP_STATE_MET ? mark(p, row) : r;
}

/* Without a name the way in: the first path, or where there is none the first that adds to another license. */
static const struct path *path_named(const struct paths *all, const char *name)
{
	const struct path *added = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct path *p = &all->v[i];
		if (name ? strcmp(p->name, name) == 0 : p->kind == PATH_FIRST)
			return p;
		if (!name && !added && p->kind == PATH_ADD)
			added = p;
	}
	return added;
}

static int sync_one(struct work *w, int64_t credential_id, const struct path *path,
		    struct err *e)
{
	struct pursued p = {.w = w, .credential_id = credential_id, .e = e};
	const struct texts none = {0, NULL};
	struct path_verdict v;
	struct path_case c;
	AUTO_STMT s = NULL;
	int r = told_read(w, &none, w->today, &c, e);

	if (r == 0)
		r = pursue_done(w, credential_id, &c.done, e);
	if (r == 0)
		r = db_query(w->db, Q_pursuit_steps, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	r = row_read_texts(w->db, s, w->arena, &p.steps, e);
	db_reset(&s);
	path_judge(path, &c, &v);
	for (size_t i = 0; r == 0 && i < v.n; i++)
		r = sync_step(&p, &v.steps[i]);
	return r;
}

/* ---- all of them ------------------------------------------------------------------------- */

struct pursuits {
	struct {
		int64_t credential_id;
		const char *pack, *path;
	} * v;
	size_t n;
};

static int read_all(struct work *w, struct pursuits *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_pursuit_all, &s, e);

	while (r >= 0 && (r = db_step(w->db, s, e)) > 0) {
		ret->v = arena_grow(w->arena, ret->v, ret->n, sizeof(*ret->v));
		ret->v[ret->n].credential_id = db_int(s, 0);
		ret->v[ret->n].pack = db_text(s, 1, w->arena);
		ret->v[ret->n++].path = db_text(s, 2, w->arena);
	}
	return r;
}

/* One whose pack or path is there no longer stays as it is. */
int pursue_sync(struct work *w, struct err *e)
{
	struct pursuits all = {NULL, 0};
	int r = read_all(w, &all, e);

	for (size_t i = 0; r == 0 && i < all.n; i++) {
		const struct pack *pack;
		struct paths paths;
		struct err ignored;
		if (pack_library_find(w->packs, all.v[i].pack, &pack, &ignored) < 0 ||
		    path_read(pack, w->arena, &paths, &ignored) < 0)
			continue;
		const struct path *path = path_named(&paths, all.v[i].path);
		if (path)
			r = sync_one(w, all.v[i].credential_id, path, e);
	}
	return r;
}

/* ---- adding one -------------------------------------------------------------------------- */

static int find_path(struct work *w, const struct credential_new *n, const char *name,
		     const struct pack **ret_pack, const struct path **ret, struct err *e)
{
	struct paths paths;

	if (!n->pack)
		return err_set(e, -PDH_USAGE, "pack",
			       "What are you working toward? Give its rules pack.");
	if (n->required.unit || n->opening.n || n->needs.n || n->limits.n || n->facts.n)
		return err_set(
			e, -PDH_USAGE, "pursuing",
			"has no hours and no facts yet; they come with pdh credential "
			"issue");
	int r = pack_library_find(w->packs, n->pack, ret_pack, e);
	if (r == 0)
		r = path_read(*ret_pack, w->arena, &paths, e);
	if (r < 0)
		return r;
	*ret = path_named(&paths, name);
	if (*ret)
		return 0;
	err_set(e, -PDH_NOT_FOUND, name ? "path" : "pack", "%.80s has no path%s%.60s",
		n->pack, name ? " called " : " to it", name ? name : "");
	return err_hint(e, "pdh rules show %.80s says what it has", n->pack);
}

int pursue_add(struct work *w, const struct credential_new *n, const char *name,
	       const char **ret_alias, struct err *e)
{
	struct credential_new one = *n;
	const struct pack *pack;
	const struct path *path;
	int64_t opening;
	struct held h;
	int r = find_path(w, n, name, &pack, &path, e);

	if (r < 0)
		return r;
	one.pack = NULL;
	one.title = n->title ? n->title : path->title;
	one.jurisdiction = n->jurisdiction ? n->jurisdiction : pack->jurisdiction;
	one.alias_of = n->pack;
	r = credential_create(w, &one, ret_alias, &opening, e);
	if (r == 0)
		r = held_find(w, *ret_alias, "credential", &h, e);
	if (r == 0)
		r = DB_DO(w->db, Q_pursuit_insert, e, DB_INT(":credential_id", h.id),
			  DB_TEXT(":pack", pack->id), DB_TEXT(":path", path->name));
	return r < 0 ? r : sync_one(w, h.id, path, e);
}
