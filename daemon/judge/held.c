#include "daemon/judge/held.h"

#include "common/ascii.h"
#include "daemon/judge/pin.h"

#include <string.h>

void held_under(struct held_cycle *c, const struct pack *pack)
{
	c->pack = pack;
	c->rules = pack->rules;
	if (c->required == INT_NONE)
		return;
	c->rules.has_total = true;
	c->rules.own_total = true;
	c->rules.total = c->required;
}

/* Columns y.id … r.body, from `at` on. */
static int read_cycle(struct work *w, struct sqlite3_stmt *s, int at,
		      struct held_cycle *c, struct err *e)
{
	size_t n;

	c->id = db_int(s, at);
	c->begins = db_date(s, at + 1);
	c->ends = db_date(s, at + 2);
	c->required = db_int(s, at + 3);
	c->closed_on = db_date(s, at + 4);
	c->told = db_int(s, at + 5) == 1;
	const char *body = db_blob(s, at + 9, &n);
	const struct pack *pack;
	int r = pins_get(w->pins, db_int(s, at + 6), body, n, &pack, e);
	if (r == 0)
		held_under(c, pack);
	return r;
}

static int read_held(struct work *w, struct sqlite3_stmt *s, struct held *h,
		     struct err *e)
{
	enum { PURSUED = 19 };

	h->id = db_int(s, 0);
	h->alias = db_text(s, 1, w->arena);
	h->title = db_text(s, 2, w->arena);
	h->jurisdiction = db_text(s, 3, w->arena);
	h->level = db_text(s, 4, w->arena);
	h->number = db_text(s, 5, w->arena);
	h->issued = db_date(s, 6);
	h->retired_on = db_date(s, 7);
	h->note = db_text(s, 8, w->arena);
	h->trial = NULL;
	h->pursued = db_int(s, PURSUED) == 1;
	return read_cycle(w, s, 9, &h->cycle, e);
}

int held_all(struct work *w, civil_day day, struct held_list *ret, struct err *e)
{
	struct held_list l = {NULL, 0};
	AUTO_STMT s = NULL;

	int r = db_query(w->db, Q_held_all, &s, e);
	if (r < 0)
		return r;
	db_bind_date(s, ":day", day);
	while ((r = db_step(w->db, s, e)) > 0) {
		l.v = arena_grow(w->arena, l.v, l.n, sizeof(*l.v));
		r = read_held(w, s, &l.v[l.n++], e);
		if (r < 0)
			return r;
	}
	if (r == 0)
		*ret = l;
	return r;
}

int held_as_of(struct work *w, civil_day as_of, civil_day *ret_day, struct held_list *ret,
	       struct err *e)
{
	civil_day day = as_of == DATE_NONE ? w->today : as_of;

	*ret_day = day;
	return held_all(w, day < w->today ? day : DATE_NONE, ret, e);
}

/* Whether one of two words is how the other begins, by two letters at least. */
static bool begins(const char *a, const char *b)
{
	const size_t na = strlen(a), nb = strlen(b), n = na < nb ? na : nb;

	return n >= 2 && ascii_same_n(a, b, n);
}

/* The credential of which `name` is a slip: of its short name, of its pack's, or of the beginning of one. NULL: none. */
static const char *nearest_alias(const struct held_list *l, const char *name)
{
	const struct held *found = NULL;

	for (size_t i = 0; i < l->n; i++)
		if (api_nearest(name, (const char *const[]){l->v[i].alias}, 1))
			return l->v[i].alias;
	for (size_t i = 0; i < l->n; i++) {
		const char *const others[] = {l->v[i].cycle.pack->id, l->v[i].title};
		bool near = begins(l->v[i].alias, name) || begins(others[0], name) ||
			    api_nearest(name, others, 2);
		if (near && found)
			return NULL;
		found = near ? &l->v[i] : found;
	}
	return found ? found->alias : NULL;
}

static int not_found(const struct held_list *l, const char *name, const char *field,
		     struct err *e)
{
	const size_t n = l->n;
	const char *near = nearest_alias(l, name);

	err_set(e, -PDH_NOT_FOUND, field, "no credential is called \"%s\"", name);
	if (near)
		return err_hint(e, "did you mean \"%s\"?", near);
	return err_hint(e,
			n ? "pdh credential list shows them" : "add one with pdh init");
}

int held_pick(const struct held_list *l, const char *name, const char *field,
	      struct held **ret, struct err *e)
{
	struct held *found = NULL;
	size_t matches = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct held *h = &l->v[i];
		if (strcmp(h->alias, name) == 0) {
			*ret = h;
			return 0;
		}
		if (ascii_same(h->title, name) || strcmp(h->cycle.pack->id, name) == 0) {
			found = h;
			matches++;
		}
	}
	if (matches == 0)
		return not_found(l, name, field, e);
	if (matches > 1) {
		err_set(e, -PDH_AMBIGUOUS, field, "\"%s\" is more than one credential",
			name);
		return err_hint(e, "use the short name: pdh credential list");
	}
	*ret = found;
	return 0;
}

int held_find(struct work *w, const char *name, const char *field, struct held *ret,
	      struct err *e)
{
	struct held_list l;
	struct held *h;

	int r = held_all(w, DATE_NONE, &l, e);
	if (r == 0)
		r = held_pick(&l, name, field, &h, e);
	if (r == 0)
		*ret = *h;
	return r;
}

int held_choose(struct work *w, const struct held_list *all, const struct texts *names,
		civil_day day, struct held_list *ret, struct err *e)
{
	struct held_list l = {arena_array(w->arena, all->n + names->n + 1, sizeof(*l.v)),
			      0};
	struct held *h;

	for (size_t i = 0; i < names->n; i++) {
		int r = held_pick(all, names->v[i], "credentials", &h, e);
		if (r < 0)
			return r;
		l.v[l.n++] = *h;
	}
	for (size_t i = 0; names->n == 0 && i < all->n; i++) {
		civil_day retired = all->v[i].retired_on;
		if (retired == DATE_NONE || retired > day)
			l.v[l.n++] = all->v[i];
	}
	*ret = l;
	return 0;
}

int held_cycles(struct work *w, int64_t credential_id, struct held_cycle **ret,
		size_t *ret_n, struct err *e)
{
	struct held_cycle *v = NULL;
	AUTO_STMT s = NULL;
	size_t n = 0;

	int r = db_query(w->db, Q_cycle_all, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	while ((r = db_step(w->db, s, e)) > 0) {
		v = arena_grow(w->arena, v, n, sizeof(*v));
		r = read_cycle(w, s, 0, &v[n++], e);
		if (r < 0)
			return r;
	}
	if (r < 0)
		return r;
	*ret = v;
	*ret_n = n;
	return 0;
}

const char *held_unit(const struct held_cycle *c)
{
	return c->rules.unit ? c->rules.unit : "hour";
}

bool held_counts_hours(const struct held *h, civil_day day)
{
	bool retired = h->retired_on != DATE_NONE && h->retired_on <= day;

	return !retired && h->cycle.rules.has_total;
}
