#include "daemon/record/credential_facts.h"

#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/store/row.h"

#include <string.h>

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
		*ret = (struct rule_fact){asked->name, value, DATE_NONE, DATE_NONE};
	return r;
}

/* The day from which a value holds that is told now, where no day was given. */
static int begin_of(struct work *w, const struct fact_holder *f, const char *name,
		    civil_day *ret, struct err *e)
{
	const struct pack_fact *asked = facts_asked(w, f->pack, name);
	struct period *cycles;
	size_t n;

	*ret = f->from;
	if (f->from != DATE_NONE || !asked || fact_life(asked->holds) == FACT_LIFE_EVER)
		return 0;
	int r = facts_cycles(w, f->credential_id, f->cycle, &cycles, &n, e);
	if (r == 0)
		*ret = pack_fact_begin(asked, cycles, n, w->today);
	return r;
}

static int set(struct work *w, const struct fact_holder *f, const char *fact,
	       struct err *e)
{
	struct rule_fact read;
	civil_day from;

	int r = credential_fact_read(w, f->pack, fact, &read, e);
	if (r == 0)
		r = begin_of(w, f, read.name, &from, e);
	if (r == 0)
		r = DB_DO(w->db, Q_fact_set, e,
			  DB_INT(":credential_id", f->credential_id),
			  DB_TEXT(":name", read.name), DB_TEXT(":value", read.value),
			  DB_DATE(":from", from));
	return r;
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
	int n = 0, r = facts_read(w, credential_id, &all, e);

	for (size_t i = 0; r == 0 && i < all.n; i++) {
		const struct fact *one = (const struct fact *)all.v + i;
		if (one->from == DATE_NONE || !ascii_same(one->name, name))
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
		texts_day(w->arena, f->from));
	if (!n)
		return e->code;
	return err_hint(e, "the last one is %.60s, from %s", last->value,
			texts_day(w->arena, last->from));
}

/* A fact that this pack no longer asks for can be taken away as well. */
static int take_away(struct work *w, const struct fact_holder *f, const char *name,
		     struct err *e)
{
	const struct pack_fact *asked = facts_asked(w, f->pack, name);
	bool lasts = !asked || fact_life(asked->holds) == FACT_LIFE_EVER;
	civil_day since = DATE_NONE;

	int r = lasts ? 0 : begin_of(w, f, name, &since, e);
	if (r == 0)
		r = DB_DO(w->db, Q_fact_clear, e, DB_DATE(":since", since),
			  DB_INT(":credential_id", f->credential_id),
			  DB_TEXT(":name", name), DB_DATE(":from", f->from));
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
			       last->name, last->value, texts_day(w->arena, last->from),
			       last->name),
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
	const struct pack_fact *asked = facts_asked(w, f->pack, name);
	r = set(w, f, fact, e);
	bool ever = !asked || fact_life(asked->holds) == FACT_LIFE_EVER;
	return r < 0 || !ever || f->from != DATE_NONE ? r
						      : note_later(w, f, name, notes, e);
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

static bool is_told(const struct rule_fact *told, size_t n, const char *name,
		    civil_day day)
{
	for (size_t i = 0; i < n; i++)
		if (ascii_same(told[i].name, name) &&
		    (told[i].to == DATE_NONE || told[i].to >= day))
			return true;
	return false;
}

void credential_unanswered(struct work *w, const struct pack *pack,
			   const struct rule_fact *told, size_t told_n, civil_day day,
			   civil_day issued, struct list *ret)
{
	struct question *v = arena_array(w->arena, pack->fact_count + 2, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < pack->fact_count; i++) {
		const struct pack_fact *f = &pack->facts[i];
		if (!is_told(told, told_n, f->name, day))
			v[n++] = (struct question){
				.name = f->name,
				.type = f->type,
				.ask = f->ask,
				.of = f->of,
				.labels = pack_fact_labels(f, w->arena),
				.holds = fact_lives[fact_life(f->holds)]};
	}
	if (pack->rules.asks_issue && issued == DATE_NONE)
		v[n++] = (struct question){.name = rule_known_word(KNOWN_ISSUED),
					   .type = fact_types[FACT_DATE],
					   .ask = "On which day was it first issued?"};
	*ret = (struct list){n, v};
}
