#include "daemon/judge/facts.h"

#include "common/texts.h"
#include "daemon/store/row.h"

int facts_read(struct work *w, int64_t credential_id, struct list *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_fact_all, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	return row_read_all(w->db, s, &shape_fact, w->arena, ret, e);
}

int facts_told(struct work *w, int64_t id, civil_day day, struct texts *ret,
	       struct err *e)
{
	struct list rows;
	int r = facts_read(w, id, &rows, e);

	if (r < 0)
		return r;
	*ret = (struct texts){0, NULL};
	for (size_t i = rows.n; i-- > 0;) {
		const struct fact *one = (const struct fact *)rows.v + i;
		if (one->from == DATE_NONE || one->from <= day)
			texts_add(ret,
				  arena_printf(w->arena, "%s=%s", one->name, one->value),
				  w->arena);
	}
	return 0;
}

int facts_cycles(struct work *w, int64_t credential_id, struct period last,
		 struct period **ret, size_t *ret_n, struct err *e)
{
	struct period *v = NULL;
	size_t n = 0;
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_cycle_earlier, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	db_bind_date(s, ":begins", last.from);
	while ((r = db_step(w->db, s, e)) > 0) {
		v = arena_grow(w->arena, v, n, sizeof(*v));
		v[n++] = (struct period){db_date(s, 0), db_date(s, 1)};
	}
	v = arena_grow(w->arena, v, n, sizeof(*v));
	v[n++] = last;
	*ret = v;
	*ret_n = n;
	return r;
}

const struct pack_fact *facts_asked(struct work *w, const struct pack *pack,
				    const char *name)
{
	const struct pack_fact *f;
	struct err ignored;

	return pack_fact_find(pack, name, w->arena, &f, &ignored) < 0 ? NULL : f;
}

int facts_of_cycle(struct work *w, int64_t credential_id, const struct pack *pack,
		   struct period cycle, struct rule_fact **ret, size_t *ret_n,
		   struct err *e)
{
	struct period *cycles;
	struct list rows;
	size_t n;

	int r = facts_read(w, credential_id, &rows, e);
	if (r == 0)
		r = facts_cycles(w, credential_id, cycle, &cycles, &n, e);
	if (r < 0)
		return r;
	struct rule_fact *v = arena_array(w->arena, rows.n, sizeof(*v));
	for (size_t i = 0; i < rows.n; i++) {
		const struct fact *one = (const struct fact *)rows.v + i;
		civil_day to = pack_fact_end(facts_asked(w, pack, one->name), cycles, n,
					     one->from);
		v[i] = (struct rule_fact){one->name, one->value, one->from, to};
	}
	*ret = v;
	*ret_n = rows.n;
	return 0;
}
