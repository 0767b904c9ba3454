/* item.add, edit, done and remove */
#include "daemon/judge/duty.h"
#include "daemon/judge/items.h"
#include "daemon/method.h"
#include "daemon/store/row.h"

/* An item, and what only rules know of it. */
struct stored {
	struct item item;
	int64_t cycle_id;   /* of the rule that asks for it */
	civil_day rule_due; /* the day by that rule */
};

static int read_stored(struct work *w, int64_t id, struct stored *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_item_get, &s, e, DB_INT(":id", id));

	if (r < 0)
		return r;
	if (r == 0) {
		err_set(e, -PDH_NOT_FOUND, "id", "there is no item %lld", (long long)id);
		return err_hint(e, "pdh credential show NAME lists its items");
	}
	shape_none(&shape_item, &ret->item);
	row_read(s, &shape_item, w->arena, &ret->item);
	ret->cycle_id = db_int(s, 0);
	ret->rule_due = db_date(s, 1);
	return 0;
}

/* The rule that asks for the item, and the credential as held in that rule's cycle: 1, or 0
 * if no rule does. */
static int find_rule(struct work *w, const struct stored *s, struct held *ret_held,
		     const struct rule **ret, struct err *e)
{
	struct held h;
	int r;

	if (!s->item.rule)
		return 0;
	r = held_find(w, s->item.credential, "credential", &h, e);
	return r < 0 ? r
		     : duties_find(w, &h, s->cycle_id, s->item.rule, ret_held, ret, e);
}

static int read_item(struct work *w, int64_t id, struct item *ret, struct err *e)
{
	const struct rule *rule;
	struct stored s;
	struct held h;

	int r = read_stored(w, id, &s, e);
	if (r == 0)
		r = find_rule(w, &s, &h, &rule, e);
	if (r > 0)
		r = duties_describe(w, &h, rule, &s.item, e);
	if (r < 0)
		return r;
	*ret = s.item;
	items_judge(ret, w->today);
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
	item.kind = p->kind ? p->kind : "other";
	item.due = p->due;
	item.expires = p->expires;
	item.done_on = p->done_on;
	item.note = p->note;
	r = write_item(w, Q_item_insert, &item, h.id, e);
	return r < 0 ? r : answer(w, db_last_id(w->db), "item add", ret, e);
}

/* What was done is good for as long as the rule says, and to be done again after as long. */
static int date_done(struct work *w, struct stored *s, struct err *e)
{
	struct item *item = &s->item;
	const struct rule *rule;
	struct held h;

	int r = find_rule(w, s, &h, &rule, e);
	if (r <= 0)
		return r;
	if (rule->duty->lasts_months)
		item->expires = date_add_months(item->done_on, rule->duty->lasts_months);
	if (item->every != INT_NONE)
		item->due = date_add_months(item->done_on, item->every);
	return 0;
}

/* What comes again, but was not done after all, is due as the rule said first. */
static void date_open(struct stored *s)
{
	if (s->item.every != INT_NONE)
		s->item.due = s->rule_due;
}

int method_item_edit(struct work *w, const struct item_edit_params *p,
		     struct item_changed *ret, struct err *e)
{
	struct stored s;
	struct item *item = &s.item;
	int r = read_stored(w, p->id, &s, e);

	if (r < 0)
		return r;
	item->done_on = p->done_on != DATE_NONE ? p->done_on : item->done_on;
	if (p->done_on == DATE_CLEAR)
		date_open(&s);
	else if (p->done_on != DATE_NONE)
		r = date_done(w, &s, e);
	if (r < 0)
		return r;
#define TAKE(name, kind)                          \
	if (!kind_is_none(KIND_##kind, &p->name)) \
		item->name = p->name;
	TAKE(title, TEXT)
	TAKE(kind, ITEM)
	TAKE(due, DUE)
	TAKE(expires, DUE)
	TAKE(note, NOTE)
#undef TAKE
	r = write_item(w, Q_item_update, item, INT_NONE, e);
	return r < 0 ? r : answer(w, p->id, "item edit", ret, e);
}

int method_item_done(struct work *w, const struct item_done_params *p,
		     struct item_changed *ret, struct err *e)
{
	struct stored s;
	int r = read_stored(w, p->id, &s, e);

	if (r < 0)
		return r;
	s.item.done_on = p->on == DATE_NONE ? w->today : p->on;
	r = date_done(w, &s, e);
	if (r < 0)
		return r;
	if (p->expires != DATE_NONE)
		s.item.expires = p->expires;
	r = write_item(w, Q_item_update, &s.item, INT_NONE, e);
	return r < 0 ? r : answer(w, p->id, "item done", ret, e);
}

/* An item that the rules ask for would only come back. */
static int check_removal(struct work *w, int64_t id, struct err *e)
{
	struct stored s;
	struct held h;

	int r = read_stored(w, id, &s, e);
	if (r < 0 || !s.item.rule)
		return r;
	r = held_find(w, s.item.credential, "credential", &h, e);
	if (r < 0 || h.cycle.id != s.cycle_id)
		return r;
	r = duties_asked(w, &h, s.item.rule, e);
	if (r <= 0)
		return r;
	err_set(e, -PDH_REFUSED, "id", "%s is asked for by the rules of %s (%s)",
		s.item.title, s.item.credential, s.item.rule);
	return err_hint(e, "once it is done: pdh credential item done %lld",
			(long long)id);
}

int method_item_remove(struct work *w, const struct item_remove_params *p,
		       struct item_changed *ret, struct err *e)
{
	int r = check_removal(w, p->id, e);

	if (r == 0)
		r = answer(w, p->id, "item rm", ret, e);
	if (r == 0)
		r = DB_DO(w->db, Q_item_delete, e, DB_INT(":id", p->id));
	return r;
}
