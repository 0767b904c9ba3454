/* The entries that a need or a limit took, those with the most hours by name. */
#include "daemon/explain/explain.h"

#include "daemon/judge/standing.h"

static void insert(struct gathered *g, const struct portion *p)
{
	size_t at = g->named;

	while (at > 0 && g->top[at - 1].credit.exact < p->credit.exact)
		at--;
	if (at == PORTIONS_MOST)
		return;
	if (g->named < PORTIONS_MOST)
		g->named++;
	for (size_t i = g->named - 1; i > at; i--)
		g->top[i] = g->top[i - 1];
	g->top[at] = *p;
}

static bool is_asked(const struct explaining *x, const struct asking *q, size_t i)
{
	const struct judged_part *p = &x->j.verdict.parts[i];

	if (q->limit)
		return p->counted > 0 && explain_is_under(x, q->limit, i);
	if (!q->need)
		return p->counted > 0 && explain_is_of_total(x, i);
	return explain_fits_in(x, q->need, i);
}

/* What of it is asked about: what counts, or of a need that measures a unit what was
 * logged in it. */
static int64_t amount_of(const struct explaining *x, const struct asking *q, size_t i)
{
	return q->need && q->need->rule->measure == MEASURE_UNIT
		       ? x->j.entries[i].amount
		       : x->j.verdict.parts[i].counted;
}

struct credit explain_amount(const struct explaining *x, const struct asking *q,
			     int64_t exact)
{
	return q->need && q->need->rule->measure == MEASURE_UNIT
		       ? (struct credit){exact, credit_unit_word(q->need->rule->unit)}
		       : standing_amount(&x->h->cycle, exact);
}

void explain_gather(const struct explaining *x, const struct asking *q,
		    const int64_t *about, struct gathered *ret)
{
	bool passed = false;

	*ret = (struct gathered){.named = 0};
	for (size_t i = 0, to; i < x->j.n; i = to) {
		const struct entry *e = &x->j.entries[i];
		int64_t amount = 0;
		bool any = false;
		for (to = i; to < x->j.n && x->j.entries[to].id == e->id; to++)
			if (is_asked(x, q, to)) {
				any = true;
				amount += amount_of(x, q, to);
			}
		bool it = about && e->id == *about;
		passed = passed || it;
		if (!any || it)
			continue;
		ret->entries++;
		ret->all += amount;
		*(passed ? &ret->after : &ret->before) += amount;
		insert(ret, &(struct portion){.id = e->id,
					      .done_on = e->done_on,
					      .credit = explain_amount(x, q, amount)});
	}
}

static int read_title(struct work *w, struct portion *p, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_activity_title, &s, e, DB_INT(":id", p->id));

	if (r > 0)
		p->title = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}

int explain_named(struct explaining *x, const struct gathered *g, struct list *ret,
		  struct err *e)
{
	struct portion *v = arena_array(x->w->arena, g->named + 1, sizeof(*v));
	int r = 0;

	for (size_t i = 0; r == 0 && i < g->named; i++) {
		v[i] = g->top[i];
		r = read_title(x->w, &v[i], e);
	}
	*ret = (struct list){g->named, v};
	return r;
}
