/* Facts: what a pack asks and only the person knows. */
#include "common/api.h"
#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/pack/read/parts.h"

#include <string.h>

const struct pack_fact *facts_declared(const struct pack *p, const char *name)
{
	for (size_t i = 0; i < p->fact_count; i++)
		if (strcmp(p->facts[i].name, name) == 0)
			return &p->facts[i];
	return NULL;
}

bool facts_is_number(const struct pack_fact *f)
{
	return f && fact_is(f, FACT_NUMBER);
}

/* The last day of the year of a cycle that a day lies in. */
static civil_day year_end(struct period cycle, civil_day day)
{
	enum { YEAR = 12 };
	civil_day next = cycle.from;

	for (int i = 1; next <= day; i++)
		next = date_add_months(cycle.from, i * YEAR);
	return cycle.to != DATE_NONE && next > cycle.to ? cycle.to : next - 1;
}

civil_day pack_fact_end(const struct pack_fact *f, const struct period *cycles, size_t n,
			civil_day from)
{
	enum fact_life life = f ? fact_life(f->holds) : FACT_LIFE_EVER;
	size_t i = 0;

	if (life == FACT_LIFE_EVER || n == 0)
		return DATE_NONE;
	while (i + 1 < n && from != DATE_NONE && from > cycles[i].to)
		i++;
	if (life == FACT_LIFE_CYCLE || cycles[i].from == DATE_NONE)
		return cycles[i].to;
	bool within = from != DATE_NONE && from > cycles[i].from;
	return year_end(cycles[i], within ? from : cycles[i].from);
}

civil_day pack_fact_begin(const struct pack_fact *f, const struct period *cycles,
			  size_t n, civil_day day)
{
	enum fact_life life = f ? fact_life(f->holds) : FACT_LIFE_EVER;

	if (life == FACT_LIFE_EVER || n == 0)
		return DATE_NONE;
	const struct period *last = &cycles[n - 1];
	civil_day begin =
		n > 1 && cycles[n - 2].to != DATE_NONE ? cycles[n - 2].to + 1 : DATE_NONE;
	if (life == FACT_LIFE_CYCLE || last->from == DATE_NONE)
		return begin;
	if (last->to != DATE_NONE && day > last->to)
		day = last->to;
	for (int i = 1; date_add_months(last->from, 12 * i) <= day; i++)
		begin = date_add_months(last->from, 12 * i);
	return begin;
}

static int not_asked(const struct pack *p, const char *name, const struct texts *asked,
		     struct arena *a, struct err *e)
{
	const char *near = api_nearest(name, asked->v, asked->n);

	if (!asked->n)
		return err_set(e, -PDH_USAGE, "facts",
			       "%s asks for no facts, so not for \"%.40s\"", p->id, name);
	err_set(e, -PDH_USAGE, "facts",
		"%s does not ask for \"%.40s\"; it asks for %.300s", p->id, name,
		fact_list(asked, "and", a));
	return near ? err_hint(e, "did you mean \"%.60s\"?", near) : e->code;
}

int pack_fact_find(const struct pack *p, const char *name, struct arena *a,
		   const struct pack_fact **ret, struct err *e)
{
	struct texts asked = {p->fact_count,
			      arena_array(a, p->fact_count, sizeof(*asked.v))};

	for (size_t i = 0; i < p->fact_count; i++) {
		asked.v[i] = p->facts[i].name;
		if (ascii_same(asked.v[i], name)) {
			*ret = &p->facts[i];
			return 0;
		}
	}
	return not_asked(p, name, &asked, a, e);
}

int pack_fact_check(const struct pack *p, const char *name, const char *value,
		    struct arena *a, const char **ret, struct err *e)
{
	const struct pack_fact *f;
	int r = pack_fact_find(p, name, a, &f, e);

	return r < 0 ? r : fact_read(f, value, a, ret, e);
}

struct texts pack_fact_labels(const struct pack_fact *f, struct arena *a)
{
	struct texts all = {0, NULL};

	for (size_t i = 0; i < f->of.n; i++)
		texts_add(&all, fact_label(&f->of, &f->labels, i, a), a);
	return all;
}
