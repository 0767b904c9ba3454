/* credential.edit */
#include "common/texts.h"
#include "daemon/judge/judge.h"
#include "daemon/method.h"
#include "daemon/record/credential.h"
#include "daemon/record/credential_facts.h"
#include "daemon/record/difference.h"
#include "daemon/record/opening.h"
#include "daemon/store/row.h"

#include <string.h>

/* What the pack said goes with it, what the person said stays. */
static const char *follow(const char *told, const char *held, const char *of_pack,
			  const char *of_other)
{
	if (told)
		return told;
	return held && of_pack && strcmp(held, of_pack) == 0 ? of_other : held;
}

static int update_row(struct work *w, const struct held *h, const struct pack *other,
		      const struct credential_edit_params *p, struct err *e)
{
	const struct pack *was = h->cycle.pack, *now = other ? other : was;
	struct credential row;
	AUTO_STMT s = NULL;

	shape_none(&shape_credential, &row);
	row.alias = p->alias ? p->alias : h->alias;
	row.title = follow(p->title, h->title, was->title, now->title);
	row.jurisdiction = follow(p->jurisdiction, h->jurisdiction, was->jurisdiction,
				  now->jurisdiction);
	row.level = p->level ? p->level : h->level;
	row.number = p->number ? p->number : h->number;
	row.issued = p->issued != DATE_NONE ? p->issued : h->issued;
	row.note = p->note ? p->note : h->note;
	int r = db_query(w->db, Q_credential_update, &s, e);
	if (r < 0)
		return r;
	row_bind(s, &shape_credential, &row);
	db_bind_int(s, ":id", h->id);
	return db_run(w->db, s, e);
}

static int update_cycle(struct work *w, const struct held *h,
			const struct credential_edit_params *p, struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	int64_t required = c->required;

	if (p->expires == DATE_CLEAR && c->rules.has_total)
		return err_set(e, -PDH_REFUSED, "expires",
			       "a cycle with hours needs a last day");
	int r = p->required.unit ? credential_amount(&c->rules, p->required, "required",
						     &required, e)
				 : 0;
	if (r == 0)
		r = DB_DO(
			w->db, Q_cycle_update, e, DB_INT(":id", c->id),
			DB_DATE(":begins",
				p->begins != DATE_NONE ? p->begins : c->begins),
			DB_DATE(":ends", p->expires != DATE_NONE ? p->expires : c->ends),
			DB_INT(":required", required));
	return r;
}

/* A day that was typed instead of one that is stored; DATE_NONE where it was taken away. */
static civil_day told(civil_day typed, civil_day stored)
{
	return typed == DATE_NONE ? stored : typed == DATE_CLEAR ? DATE_NONE : typed;
}

static int update_facts(struct work *w, const struct held *h,
			const struct credential_edit_params *p, struct texts *notes,
			struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	const struct period days = {told(p->begins, c->begins),
				    told(p->expires, c->ends)};
	const struct fact_holder f = {h->id, c->pack, days, p->from};

	if (p->from != DATE_NONE && !p->facts.n)
		return err_set(e, -PDH_USAGE, "from",
			       "says from when a fact holds; it goes "
			       "with --fact");
	return credential_edit_facts(w, &f, &p->facts, notes, e);
}

/* What was said before goes, and what is said now has days of its own in the cycle as it is now. */
static int update_opening(struct work *w, const struct held *h,
			  const struct credential_edit_params *p, struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	const struct period was = {c->begins, c->ends},
			    is = {told(p->begins, c->begins), told(p->expires, c->ends)};
	struct opening_list list;
	int64_t id;

	if (!p->opening.n)
		return 0;
	int r = opening_read(w, &p->opening, &list, e);
	if (r == 0)
		r = opening_clear(w, h->id, &was, e);
	return r < 0 ? r
		     : opening_store(w, p->alias ? p->alias : h->alias, &is, &list, &id,
				     e);
}

static int update(struct work *w, struct held *h, const struct pack *other,
		  const struct credential_edit_params *p, struct texts *notes,
		  struct err *e)
{
	int r = update_row(w, h, other, p, e);

	/* The rest is read by the rules that it will have. */
	if (r == 0 && other)
		r = credential_judge_by(w, h, other, e);
	if (r == 0 && other)
		r = held_find(w, p->alias ? p->alias : h->alias, "credential", h, e);

	if (r == 0)
		r = update_cycle(w, h, p, e);
	if (r == 0 && p->endorsements.v)
		r = credential_set_endorsements(w, h->id, &p->endorsements, e);
	if (r == 0)
		r = update_facts(w, h, p, notes, e);
	return r < 0 ? r : update_opening(w, h, p, e);
}

static const char *facts_text(const struct credential *c, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < c->facts.n; i++) {
		const struct fact *f = &c->facts.v[i];
		all = arena_printf(a, "%s%s%s=%s", all, *all ? ", " : "", f->name,
				   f->value);
		if (f->from != DATE_NONE)
			all = arena_printf(a, "%s from %s", all, texts_day(a, f->from));
	}
	return *all ? all : NULL;
}

static const struct item *item_in(const struct credential *c, int64_t id)
{
	for (size_t i = 0; i < c->items.n; i++)
		if (c->items.v[i].id == id)
			return &c->items.v[i];
	return NULL;
}

static const char *item_text(const struct item *item, struct arena *a)
{
	if (!item || item->due == DATE_NONE)
		return item ? item->title : NULL;
	return arena_printf(a, "%s, due %s", item->title, texts_day(a, item->due));
}

static void compare_item(const struct item *was, const struct item *is, struct arena *a,
			 struct list *changed)
{
	if (was && is && was->due == is->due)
		return;
	struct difference *d = arena_grow(a, changed->v, changed->n, sizeof(*d));
	changed->v = d;
	d[changed->n++] = (struct difference){
		.field = "item", .before = item_text(was, a), .after = item_text(is, a)};
}

/* The items that rules ask for follow dates and facts. */
static void compare_items(const struct credential *before, const struct credential *after,
			  struct arena *a, struct list *ret)
{
	*ret = (struct list){0, NULL};
	for (size_t i = 0; i < before->items.n; i++)
		compare_item(&before->items.v[i], item_in(after, before->items.v[i].id),
			     a, ret);
	for (size_t i = 0; i < after->items.n; i++)
		if (!item_in(before, after->items.v[i].id))
			compare_item(NULL, &after->items.v[i], a, ret);
}

/* What the comparison of two credentials does not see: their cycle, their facts and their
 * items. */
static void compare_inner(const struct credential *before, const struct credential *after,
			  struct arena *a, struct list *changed)
{
	const struct shape *cycle = &shape_cycle;
	struct list inner, items;

	compare_items(before, after, a, &items);
	struct difference *v =
		arena_array(a, changed->n + cycle->n + items.n + 1, sizeof(*v));
	struct difference *plain = changed->v;
	size_t n = 0;
	/* What cannot be told shows in what is. */
	for (size_t i = 0; i < changed->n; i++)
		if (strcmp(plain[i].field, "undecided") != 0)
			v[n++] = plain[i];
	changed->n = n;
	difference_of(cycle, before->cycle, after->cycle, a, &inner);
	for (size_t i = 0; i < inner.n; i++) {
		struct difference *d = (struct difference *)inner.v + i;
		if (strcmp(d->field, "from") == 0 || strcmp(d->field, "required") == 0 ||
		    strcmp(d->field, "pack") == 0 || strcmp(d->field, "version") == 0)
			v[changed->n++] = *d;
	}
	const char *was = facts_text(before, a), *is = facts_text(after, a);
	if (!was != !is || (was && strcmp(was, is) != 0))
		v[changed->n++] =
			(struct difference){.field = "facts", .before = was, .after = is};
	for (size_t i = 0; i < items.n; i++)
		v[changed->n++] = ((struct difference *)items.v)[i];
	changed->v = v;
}

/* What it did in hours; the fields of the cycle say the rest. */
void credential_changes_counted(const struct credential *before,
				const struct credential *after, struct arena *a,
				struct list *changed)
{
	struct difference *v = arena_array(a, changed->n + 1, sizeof(*v));
	const struct difference *inner;
	struct list all;

	difference_of(&shape_cycle, before->cycle, after->cycle, a, &all);
	inner = all.v;
	if (changed->n)
		memcpy(v, changed->v, changed->n * sizeof(*v));
	changed->v = v;
	for (size_t i = 0; i < all.n; i++)
		if (strcmp(inner[i].field, "counted") == 0)
			v[changed->n++] = inner[i];
}

/* Rules may move the last day of a cycle, but the day that was typed stands until another
 * is: it is said where a fact has brought it about. */
static int tell_shift(struct work *w, const struct held *before, const char *alias,
		      const struct rule *was, struct texts *notes, struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE};
	struct judged_cycle j;
	char day[DATE_ISO_SIZE];
	struct held h;

	int r = held_find(w, alias, "credential", &h, e);
	if (r == 0)
		r = judge_cycle(w, &h, &question, &j, e);
	if (r < 0 || !j.verdict.shift || was || h.cycle.ends != before->cycle.ends ||
	    h.cycle.ends == DATE_NONE)
		return r;
	const struct rule *rule = j.verdict.shift;
	date_format_iso(date_add_months(h.cycle.ends, j.verdict.shift_months), day);
	texts_add(
		notes,
		arena_printf(w->arena,
			     "%s moves the last day: pdh credential edit %s --expires %s",
			     rule->title ? rule->title : rule->id, alias, day),
		w->arena);
	return 0;
}

void credential_changes(const struct credential *before, const struct credential *after,
			struct arena *a, struct list *ret)
{
	difference_of(&shape_credential, before, after, a, ret);
	compare_inner(before, after, a, ret);
}

/* Numbers are compared as they are and told masked. Two that look the same then are told apart by a word. */
static void compare_numbers(struct arena *a, const char *before, const char *after,
			    struct list *changed)
{
	const char *was = before ? before : "", *is = after ? after : "";
	struct difference *v = arena_array(a, changed->n + 1, sizeof(*v));
	size_t n = 0;

	if (strcmp(was, is) != 0) {
		const char *shown = credential_masked(was, a);
		const char *next = credential_masked(is, a);
		if (strcmp(shown, next) == 0)
			next = arena_printf(a, "%s, another", next);
		v[n++] = (struct difference){
			.field = "number", .before = shown, .after = next};
	}
	for (size_t i = 0; i < changed->n; i++) {
		const struct difference *d = (struct difference *)changed->v + i;
		if (strcmp(d->field, "number") != 0)
			v[n++] = *d;
	}
	*changed = (struct list){n, v};
}

static bool sets_days(const struct credential_edit_params *p)
{
	return p->pack || p->facts.n || p->expires != DATE_NONE ||
	       p->begins != DATE_NONE || p->issued != DATE_NONE;
}

int method_credential_edit(struct work *w, const struct credential_edit_params *p,
			   struct credential_changed *ret, struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE};
	struct texts notes = {0, NULL};
	const struct pack *other = NULL;
	struct credential before;
	struct judged_cycle j;
	struct list changed;
	struct held h, was;

	int r = held_find(w, p->credential, "credential", &h, e);
	if (r < 0)
		return r;
	if (p->pack)
		r = pack_library_find(w->packs, p->pack, &other, e);
	if (r < 0)
		return r;
	const char *alias = p->alias ? p->alias : h.alias;
	was = h;
	r = credential_fill(w, &h, false, &before, e);
	if (r == 0)
		r = judge_cycle(w, &h, &question, &j, e);
	if (r == 0)
		r = update(w, &h, other, p, &notes, e);
	if (r == 0)
		r = credential_sync(w, alias, e);
	if (r == 0)
		r = credential_answer(w, alias, "", ret, e);
	if (r == 0)
		r = tell_shift(w, &was, alias, j.verdict.shift, &notes, e);
	if (r == 0 && sets_days(p))
		r = credential_tell_doubts(w, alias, &notes, e);
	if (r == 0 && p->pack)
		r = credential_tell_twins(w, alias, &notes, e);
	if (r < 0)
		return r;
	credential_changes(&before, ret->credential, w->arena, &changed);
	compare_numbers(w->arena, was.number, p->number ? p->number : was.number,
			&changed);
	if (p->opening.n || other)
		credential_changes_counted(&before, ret->credential, w->arena, &changed);
	memcpy(&ret->changed, &changed, sizeof(changed));
	ret->notes = notes;
	if (other)
		credential_note_rules(w, &was, other, ret);
	w->what = arena_printf(w->arena, "credential edit %s %s", was.alias,
			       difference_names(&changed, w->arena));
	ret->done = w->what;
	return 0;
}
