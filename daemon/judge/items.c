#include "daemon/judge/items.h"

#include "daemon/judge/duty.h"
#include "daemon/store/row.h"

/* The day that matters of what was done: the end of its validity, or when it is to be done
 * again, whichever comes first. */
static civil_day next_day(const struct item *item)
{
	bool again = item->every != INT_NONE && item->due != DATE_NONE;

	return again && (item->expires == DATE_NONE || item->due < item->expires)
		       ? item->due
		       : item->expires;
}

void items_judge(struct item *item, civil_day day)
{
	bool done = item->done_on != DATE_NONE && item->done_on <= day;
	/* A clearance that is held until some day needs nothing before. */
	bool held = done || (item->due == DATE_NONE && item->expires != DATE_NONE);
	civil_day date = done ? next_day(item) : held ? item->expires : item->due;

	item->state = held ? ITEM_STATE_DONE : ITEM_STATE_OPEN;
	if (date == DATE_NONE)
		return;
	item->days_left = date - day;
	if (date < day)
		item->state = ITEM_STATE_OVERDUE;
	else if (date - day <= ITEM_WARN_DAYS)
		item->state = ITEM_STATE_DUE_SOON;
}

struct item_rows {
	struct item *v;
	int64_t *cycle_ids;
	size_t n;
};

static int read_rows(struct work *w, const struct held *h, struct item_rows *ret,
		     struct err *e)
{
	enum { CYCLE_ID = 0 };
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_item_all, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", h->id);
	while ((r = db_step(w->db, s, e)) > 0) {
		ret->v = arena_grow(w->arena, ret->v, ret->n, sizeof(*ret->v));
		ret->cycle_ids = arena_grow(w->arena, ret->cycle_ids, ret->n,
					    sizeof(*ret->cycle_ids));
		shape_none(&shape_item, &ret->v[ret->n]);
		row_read(s, &shape_item, w->arena, &ret->v[ret->n]);
		ret->cycle_ids[ret->n++] = db_int(s, CYCLE_ID);
	}
	return r;
}

static void finish(struct item *item)
{
	item->state = ITEM_STATE_DONE;
	item->days_left = INT_NONE;
}

static void propose_one(struct work *w, const struct held *h, const struct duty_case *of,
			const struct rule *r, struct item *item)
{
	shape_none(&shape_item, item);
	item->credential = h->alias;
	item->title = duty_title(r, w->arena);
	item->kind = r->duty->kind;
	item->due = rules_due(&of->c, r->duty, w->arena);
	if (duty_is_from_before(w, of, r, item->due)) {
		item->was_due = item->due;
		item->due = DATE_NONE;
	}
	item->rule = r->id;
	if (r->duty->every_months)
		item->every = r->duty->every_months;
}

/* What the rules of a trial would ask for; nothing of it is stored. */
static int propose(struct work *w, const struct held *h, const struct verdict *v,
		   civil_day day, struct list *ret, struct err *e)
{
	const struct ruleset *rules = &h->cycle.rules;
	struct item *items = arena_array(w->arena, rules->n + 1, sizeof(*items));
	struct duty_case of;
	size_t n = 0;

	int r = duty_case_of(w, h, &of, e);
	for (size_t i = 0; r == 0 && i < rules->n; i++) {
		const struct rule *rule = &rules->rules[i];
		if (!duties_ask(w, &of, rule))
			continue;
		propose_one(w, h, &of, rule, &items[n]);
		r = duties_describe(w, h, rule, &items[n], e);
		items_judge(&items[n], day);
		if (duty_is(rule, ACT_FINISH) && v->met && !v->undecided)
			finish(&items[n]);
		n++;
	}
	*ret = (struct list){n, items};
	return r;
}

/* A closed cycle owed nothing that its successors ask for. */
static bool is_of_later(const struct held *h, const struct held_cycle *asks,
			const struct item *item, civil_day day)
{
	bool done = item->done_on != DATE_NONE && item->done_on <= day;

	return asks->begins > h->cycle.begins && !done;
}

/* What the rules say about an item of theirs; 0 where it is none of this cycle. */
static int describe(struct work *w, const struct held *h, const struct verdict *v,
		    civil_day day, int64_t cycle_id, struct item *item, struct err *e)
{
	const struct rule *rule;
	struct held in;

	int r = duties_find(w, h, cycle_id, item->rule, &in, &rule, e);
	if (r < 0)
		return r;
	if (is_of_later(h, &in.cycle, item, day))
		return 0;
	if (r > 0)
		r = duties_describe(w, &in, rule, item, e);
	if (rule && in.cycle.id == h->cycle.id && duty_is(rule, ACT_FINISH) && v->met &&
	    !v->undecided)
		finish(item);
	return r < 0 ? r : 1;
}

int items_read(struct work *w, const struct held *h, const struct verdict *v,
	       civil_day day, struct list *ret, struct err *e)
{
	struct item_rows rows = {NULL};
	size_t n = 0;

	if (h->trial)
		return propose(w, h, v, day, ret, e);
	int r = read_rows(w, h, &rows, e);
	for (size_t i = 0; r >= 0 && i < rows.n; i++) {
		struct item item = rows.v[i];
		items_judge(&item, day);
		r = item.rule ? describe(w, h, v, day, rows.cycle_ids[i], &item, e) : 1;
		if (r > 0)
			rows.v[n++] = item;
	}
	*ret = (struct list){n, rows.v};
	return r < 0 ? r : 0;
}
