/* item.add, edit, done and remove */
#include "daemon/method.h"
#include "daemon/progress.h"
#include "daemon/row.h"

static int read_item(struct work *w, int64_t id, struct item *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_item_get, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", id);
	r = db_step(w->db, s, e);
	if (r < 0)
		return r;
	if (r == 0) {
		err_set(e, -PDH_NOT_FOUND, "id", "there is no item %lld", (long long)id);
		return err_hint(e, "pdh credential show NAME lists its items");
	}
	shape_none(&shape_item, ret);
	row_read(s, &shape_item, w->arena, ret);
	progress_item(ret, w->today);
	return 0;
}

static int write_item(struct work *w, enum db_query q, const struct item *item,
		      int64_t credential_id, struct err *e)
{
	AUTO_STMT s = NULL;
	int r;

	if (item->done_on != DATE_CLEAR && item->done_on > w->today)
		return err_set(e, -PDH_REFUSED, "done_on",
			       "the day it was done is in the future");
	r = db_query(w->db, q, &s, e);
	if (r < 0)
		return r;
	row_bind(s, &shape_item, item);
	if (credential_id != INT_NONE)
		db_bind_int(s, ":credential_id", credential_id);
	return db_run(w->db, s, e);
}

static int answer(struct work *w, int64_t id, const char *verb, struct item_changed *ret,
		  struct err *e)
{
	ret->item = arena_alloc(w->arena, sizeof(*ret->item));
	int r = read_item(w, id, ret->item, e);

	if (r < 0)
		return r;
	ret->done = arena_printf(w->arena, "%s %s of %s", verb, ret->item->title,
				 ret->item->credential);
	w->what = ret->done;
	ret->op = work_op(w);
	ret->dry_run = w->dry_run;
	return 0;
}

int method_item_add(struct work *w, const struct item_add_params *p,
		    struct item_changed *ret, struct err *e)
{
	struct item item;
	struct held h;

	int r = held_find(w, p->credential, "credential", &h, e);
	if (r < 0)
		return r;
	shape_none(&shape_item, &item);
	item.title = p->title;
	item.kind = p->kind && *p->kind ? p->kind : "other";
	item.due = p->due;
	item.expires = p->expires;
	item.done_on = p->done_on;
	item.note = p->note;
	r = write_item(w, Q_item_insert, &item, h.id, e);
	return r < 0 ? r : answer(w, db_last_id(w->db), "item add", ret, e);
}

int method_item_edit(struct work *w, const struct item_edit_params *p,
		     struct item_changed *ret, struct err *e)
{
	struct item item;
	int r = read_item(w, p->id, &item, e);

	if (r < 0)
		return r;
#define TAKE(name, kind)                          \
	if (!kind_is_none(KIND_##kind, &p->name)) \
		item.name = p->name;
	TAKE(title, TEXT)
	TAKE(kind, ITEM)
	TAKE(due, DUE)
	TAKE(expires, DUE)
	TAKE(done_on, DATE)
	TAKE(note, NOTE)
#undef TAKE
	r = write_item(w, Q_item_update, &item, INT_NONE, e);
	return r < 0 ? r : answer(w, p->id, "item edit", ret, e);
}

int method_item_done(struct work *w, const struct item_done_params *p,
		     struct item_changed *ret, struct err *e)
{
	struct item item;
	int r = read_item(w, p->id, &item, e);

	if (r < 0)
		return r;
	item.done_on = p->on == DATE_NONE ? w->today : p->on;
	if (p->expires != DATE_NONE)
		item.expires = p->expires;
	r = write_item(w, Q_item_update, &item, INT_NONE, e);
	return r < 0 ? r : answer(w, p->id, "item done", ret, e);
}

int method_item_remove(struct work *w, const struct item_remove_params *p,
		       struct item_changed *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = answer(w, p->id, "item rm", ret, e);

	if (r == 0)
		r = db_query(w->db, Q_item_delete, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":id", p->id);
	r = db_run(w->db, s, e);
	ret->op = work_op(w);
	return r;
}
