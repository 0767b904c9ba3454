#include "daemon/credential_facts.h"

#include "daemon/activity.h"
#include "daemon/row.h"

#include <string.h>
#include <strings.h>

int credential_read_facts(struct work *w, int64_t credential_id, struct list *ret,
			  struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_fact_all, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	return row_read_all(w->db, s, &shape_fact, w->arena, ret, e);
}

int credential_facts(struct work *w, int64_t id, struct texts *ret, struct err *e)
{
	struct list rows;
	int r = credential_read_facts(w, id, &rows, e);

	if (r < 0)
		return r;
	*ret = (struct texts){0, NULL};
	for (size_t i = rows.n; i-- > 0;) {
		const struct fact *one = (const struct fact *)rows.v + i;
		if (one->from == DATE_NONE || one->from <= w->today)
			texts_add(ret,
				  arena_printf(w->arena, "%s=%s", one->name, one->value),
				  w->arena);
	}
	return 0;
}

/* Cuts "name=value". */
static int cut(struct work *w, const char *fact, const char **ret_name,
	       const char **ret_value, struct err *e)
{
	const char *equals = strchr(fact, '=');

	if (!equals || equals == fact)
		return err_set(
			e, -PDH_USAGE, "facts",
			"\"%.60s\" is not a fact; write name=value, as \"birth month=3\"",
			fact);
	*ret_name = arena_dup_n(w->arena, fact, (size_t)(equals - fact));
	*ret_value = equals + 1;
	return 0;
}

int credential_fact_read(struct work *w, const struct pack *pack, const char *fact,
			 struct rule_fact *ret, struct err *e)
{
	const struct pack_fact *asked;
	const char *name, *typed, *value;

	int r = cut(w, fact, &name, &typed, e);
	if (r == 0)
		r = pack_fact_find(pack, name, w->arena, &asked, e);
	if (r == 0)
		r = fact_read(asked, typed, w->arena, &value, e);
	if (r == 0)
		*ret = (struct rule_fact){asked->name, value, DATE_NONE};
	return r;
}

static int set(struct work *w, const struct fact_holder *f, const char *fact,
	       struct err *e)
{
	struct rule_fact read;
	AUTO_STMT s = NULL;

	int r = credential_fact_read(w, f->pack, fact, &read, e);
	if (r == 0)
		r = db_query(w->db, Q_fact_set, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", f->credential_id);
	db_bind_text(s, ":name", read.name);
	db_bind_text(s, ":value", read.value);
	db_bind_date(s, ":from", f->from);
	return db_run(w->db, s, e);
}

int credential_set_facts(struct work *w, const struct fact_holder *f,
			 const struct texts *facts, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < facts->n; i++)
		r = set(w, f, facts->v[i], e);
	return r;
}

/* The values of one fact that hold from a day on, the latest last; 0 for none. */
static int count_dated(struct work *w, int64_t credential_id, const char *name,
		       const struct fact **ret_last, struct err *e)
{
	struct list all;
	int n = 0, r = credential_read_facts(w, credential_id, &all, e);

	for (size_t i = 0; r == 0 && i < all.n; i++) {
		const struct fact *one = (const struct fact *)all.v + i;
		if (one->from == DATE_NONE || strcasecmp(one->name, name) != 0)
			continue;
		*ret_last = one;
		n++;
	}
	return r < 0 ? r : n;
}

static int nothing_from_day(struct work *w, const struct fact_holder *f, const char *name,
			    struct err *e)
{
	const struct fact *last = NULL;
	int n = count_dated(w, f->credential_id, name, &last, e);

	if (n < 0)
		return n;
	err_set(e, -PDH_NOT_FOUND, "from", "no value of %.60s begins on %s", name,
		activity_day_text(w->arena, f->from));
	if (!n)
		return e->code;
	return err_hint(e, "the last one is %.60s, from %s", last->value,
			activity_day_text(w->arena, last->from));
}

/* A fact that this pack no longer asks for can be taken away as well. */
static int take_away(struct work *w, const struct fact_holder *f, const char *name,
		     struct err *e)
{
	const struct pack_fact *asked;
	AUTO_STMT s = NULL;

	int r = db_query(w->db, Q_fact_clear, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", f->credential_id);
	db_bind_text(s, ":name", name);
	db_bind_date(s, ":from", f->from);
	r = db_run(w->db, s, e);
	if (r < 0 || db_changed_rows(w->db) > 0)
		return r;
	r = pack_fact_find(f->pack, name, w->arena, &asked, e);
	return r < 0 || f->from == DATE_NONE ? r : nothing_from_day(w, f, asked->name, e);
}

static int note_later(struct work *w, const struct fact_holder *f, const char *name,
		      struct texts *notes, struct err *e)
{
	const struct fact *last;
	int n = count_dated(w, f->credential_id, name, &last, e);

	if (n <= 0)
		return n;
	texts_add(notes,
		  arena_printf(w->arena,
			       "%s stays %s from %s on; \"%s=\" takes every value away",
			       last->name, last->value,
			       activity_day_text(w->arena, last->from), last->name),
		  w->arena);
	return 0;
}

static int edit(struct work *w, const struct fact_holder *f, const char *fact,
		struct texts *notes, struct err *e)
{
	const char *name, *value;
	int r = cut(w, fact, &name, &value, e);

	if (r < 0)
		return r;
	if (!value[strspn(value, " ")])
		return take_away(w, f, name, e);
	r = set(w, f, fact, e);
	return r < 0 || f->from != DATE_NONE ? r : note_later(w, f, name, notes, e);
}

int credential_edit_facts(struct work *w, const struct fact_holder *f,
			  const struct texts *facts, struct texts *ret_notes,
			  struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < facts->n; i++)
		r = edit(w, f, facts->v[i], ret_notes, e);
	return r;
}

static bool is_told(const struct texts *told, const char *name)
{
	for (size_t i = 0; i < told->n; i++)
		if (strcasecmp(told->v[i], name) == 0)
			return true;
	return false;
}

void credential_unanswered(struct work *w, const struct pack *pack,
			   const struct texts *told, civil_day issued, struct list *ret)
{
	struct question *v = arena_array(w->arena, pack->fact_count + 2, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < pack->fact_count; i++) {
		const struct pack_fact *f = &pack->facts[i];
		if (!is_told(told, f->name))
			v[n++] = (struct question){.name = f->name,
						   .type = f->type,
						   .ask = f->ask,
						   .of = f->of};
	}
	if (pack->rules.asks_issue && issued == DATE_NONE)
		v[n++] = (struct question){.name = "issued",
					   .type = "date",
					   .ask = "On which day was it first issued?"};
	*ret = (struct list){n, v};
}
