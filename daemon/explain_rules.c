/* What needs and limits took, and from which entries. */
#include "daemon/explain.h"

#include "daemon/activity.h"
#include "daemon/ledger.h"
#include "daemon/progress.h"
#include "daemon/rules_words.h"

#include <string.h>

enum { NAMED_MOST = 5 }; /* entries named for one rule; the others are only counted */

static bool takes(const struct explaining *x, const struct rule *r, size_t i)
{
	const struct ruleset *rules = &x->h->cycle.rules;

	return r->where == WHERE_ALL ||
	       rules_where(&rules->wheres[r->where],
			   &x->w->ledgers->classes.v[x->j.entries[i].class]);
}

/* A need of several windows is told of one of them, and yet looks at the whole cycle. */
static struct period days_of(const struct explaining *x, const struct judged_need *n)
{
	const enum window_kind kind = n->rule->window.kind;

	return kind == WINDOW_EACH_YEAR || kind == WINDOW_EACH_CALENDAR ||
			       kind == WINDOW_EACH_SCHOOL
		       ? x->j.verdict.span
		       : n->window;
}

/* Whether carry-over leaves a need out. */
static bool is_barred(const struct explaining *x, const struct rule *need)
{
	const struct ruleset *rules = &x->h->cycle.rules;

	for (size_t i = 0; i < rules->n; i++)
		if (rules->rules[i].verb == RULE_CARRY &&
		    rules->rules[i].carry->serves_not >> (need - rules->rules) & 1)
			return true;
	return false;
}

/* Whether it is worth something where a need asks for it. */
static bool is_measured(const struct explaining *x, const struct rule *r, size_t i)
{
	const struct judged_part *p = &x->j.verdict.parts[i];

	if (r->measure == MEASURE_UNIT)
		return x->j.entries[i].unit == (int)r->unit;
	return p->value > 0 && (p->state != PART_CARRIED || !is_barred(x, r));
}

static bool fits_in(const struct explaining *x, const struct judged_need *n, size_t i,
		    struct period days)
{
	const struct rule *r = n->rule;
	civil_day day = x->j.entries[i].done_on;
	bool any = r->alternatives == 0 && takes(x, r, i) && is_measured(x, r, i);

	for (int k = 1; k <= r->alternatives; k++)
		any = any || (takes(x, r + k, i) && is_measured(x, r + k, i));
	return any && n->state != JUDGED_NOT_APPLYING && period_has(days, day) &&
	       (r->by != BY_ACTIVITY ||
		period_has((struct period){r->from, r->until}, day));
}

bool explain_fits(const struct explaining *x, const struct judged_need *n, size_t i)
{
	return fits_in(x, n, i, days_of(x, n));
}

const struct judged_limit *explain_limit(const struct explaining *x, const struct rule *r,
					 size_t i)
{
	const struct verdict *v = &x->j.verdict;

	for (size_t k = 0; k < v->limit_count; k++)
		if (v->limits[k].rule == r &&
		    period_has(v->limits[k].window, x->j.entries[i].done_on))
			return &v->limits[k];
	return NULL;
}

const char *explain_words(const struct explaining *x, const struct rule *r,
			  int64_t amount)
{
	const struct rule_numbers known = {x->j.verdict.required, amount};

	return rules_words(&x->h->cycle.rules, r, &known, x->w->arena);
}

/* ---- entries that a rule took ----------------------------------------------------------- */

struct gathered {
	struct portion top[NAMED_MOST]; /* most first, and of the same the earlier */
	size_t named;
	int64_t entries, all, before, after;
};

static void insert(struct gathered *g, const struct portion *p)
{
	size_t at = g->named;

	while (at > 0 && g->top[at - 1].credit.exact < p->credit.exact)
		at--;
	if (at == NAMED_MOST)
		return;
	if (g->named < NAMED_MOST)
		g->named++;
	for (size_t i = g->named - 1; i > at; i--)
		g->top[i] = g->top[i - 1];
	g->top[at] = *p;
}

/* One entry with what its parts come to. */
static void add(const struct explaining *x, struct gathered *g, const struct entry *e,
		int64_t counted, bool *ret_passed)
{
	if (x->about && e->id == *x->about) {
		*ret_passed = true;
		return;
	}
	g->entries++;
	g->all += counted;
	*(*ret_passed ? &g->after : &g->before) += counted;
	insert(g, &(struct portion){.id = e->id,
				    .done_on = e->done_on,
				    .credit = progress_amount(&x->h->cycle, counted)});
}

/* What is asked of each part. */
struct asking {
	const struct judged_need *need; /* NULL: the total that the person gave */
	const struct judged_limit *limit;
};

static bool is_asked(const struct explaining *x, const struct asking *q, size_t i)
{
	const struct judged_part *p = &x->j.verdict.parts[i];

	if (q->limit)
		return p->counted > 0 && takes(x, q->limit->rule, i) &&
		       period_has(q->limit->window, x->j.entries[i].done_on);
	if (!q->need)
		return p->counted > 0 && period_has(x->total, x->j.entries[i].done_on);
	return fits_in(x, q->need, i, q->need->window);
}

/* What of it is asked about: what counts, or of a need that measures a unit what was
 * logged in it. */
static int64_t amount_of(const struct explaining *x, const struct asking *q, size_t i)
{
	return q->need && q->need->rule->measure == MEASURE_UNIT
		       ? x->j.entries[i].amount
		       : x->j.verdict.parts[i].counted;
}

static struct credit amount(const struct explaining *x, const struct asking *q,
			    int64_t exact)
{
	return q->need && q->need->rule->measure == MEASURE_UNIT
		       ? (struct credit){exact, credit_unit_word(q->need->rule->unit)}
		       : progress_amount(&x->h->cycle, exact);
}

static void gather(const struct explaining *x, const struct asking *q,
		   struct gathered *ret)
{
	bool passed = false;

	*ret = (struct gathered){.named = 0};
	for (size_t i = 0, to; i < x->j.n; i = to) {
		const struct entry *e = &x->j.entries[i];
		int64_t counted = 0;
		bool any = false;
		for (to = i; to < x->j.n && x->j.entries[to].id == e->id; to++)
			if (is_asked(x, q, to)) {
				any = true;
				counted += amount_of(x, q, to);
			}
		if (any || (x->about && e->id == *x->about))
			add(x, ret, e, counted, &passed);
	}
}

static int read_title(struct work *w, struct portion *p, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_activity_title, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", p->id);
	r = db_step(w->db, s, e);
	if (r > 0)
		p->title = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}

static int name_entries(struct explaining *x, const struct gathered *g, struct list *ret,
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

/* Whether the activity asked about is among what the rule looks at. */
static bool is_about(const struct explaining *x, const struct asking *q)
{
	for (size_t i = 0; x->about && i < x->j.n; i++) {
		if (x->j.entries[i].id != *x->about)
			continue;
		if (q->limit ? x->j.verdict.parts[i].value > 0 &&
				       explain_limit(x, q->limit->rule, i) == q->limit &&
				       takes(x, q->limit->rule, i)
		    : q->need ? explain_fits(x, q->need, i)
			      : period_has(x->total, x->j.entries[i].done_on))
			return true;
	}
	return !x->about;
}

static const char *where_or_none(const struct explaining *x, const struct rule *r)
{
	const char *words = rules_where_words(&x->h->cycle.rules, r, x->w->arena);

	return *words ? words : NULL;
}

/* ---- needs ------------------------------------------------------------------------------ */

/* `n` NULL: the total that the person gave, and whose pack asks for none. */
static int explain_need(struct explaining *x, const struct judged_need *n,
			struct need *need, struct need_explained *ret, struct err *e)
{
	const struct ruleset *rules = &x->h->cycle.rules;
	const struct asking q = {.need = n};
	bool own = !n || (rules->own_total && rules->total_rule != NO_RULE &&
			  n->rule == &rules->rules[rules->total_rule]);
	struct gathered g = {.named = 0};
	struct list named = {0, NULL};
	struct explaining all = *x;

	all.about = NULL;
	if (!n || n->state != JUDGED_NOT_APPLYING)
		gather(&all, &q, &g);
	int r = name_entries(x, &g, &named, e);
	if (r < 0)
		return r;
	shape_none(&shape_need_explained, ret);
	ret->need = need;
	if (own)
		ret->words = arena_printf(
			x->w->arena, "%s a cycle, as you said",
			rules_short_words(rules, x->j.verdict.required, x->w->arena));
	else
		ret->words = explain_words(
			x, n->rule,
			n->state == JUDGED_NOT_APPLYING ? RULE_NOT_KNOWN : n->need);
	ret->of = n ? where_or_none(x, n->rule) : NULL;
	ret->fits = amount(x, &q, g.all);
	if (n && n->adjusted) {
		ret->adjusted = n->adjusted->id;
		ret->asked = progress_amount(&x->h->cycle, n->asked);
		explain_tell(x, n->adjusted);
	}
	ret->entries = g.entries;
	memcpy(&ret->served_by, &named, sizeof(named));
	if (n)
		explain_tell(x, n->rule);
	return 0;
}

int explain_needs(struct explaining *x, struct credential_explained *ret, struct err *e)
{
	const struct verdict *v = &x->j.verdict;
	size_t own = x->own_total;
	int r = 0;

	ret->needs.v = arena_array(x->w->arena, v->need_count + own + 1,
				   sizeof(struct need_explained));
	for (size_t i = 0; r == 0 && i < v->need_count + own; i++) {
		const struct judged_need *n = i < own ? NULL : &v->needs[i - own];
		const struct asking q = {.need = n};
		if (!is_about(x, &q))
			continue;
		r = explain_need(x, n, &x->standing.needs.v[i],
				 &ret->needs.v[ret->needs.n++], e);
	}
	return r;
}

/* ---- limits ----------------------------------------------------------------------------- */

static int explain_one_limit(struct explaining *x, const struct judged_limit *l,
			     struct limit *limit, struct limit_explained *ret,
			     struct err *e)
{
	const struct held_cycle *c = &x->h->cycle;
	const struct asking q = {.limit = l};
	struct gathered g;
	struct list named;

	gather(x, &q, &g);
	int r = name_entries(x, &g, &named, e);
	if (r < 0)
		return r;
	shape_none(&shape_limit_explained, ret);
	ret->limit = limit;
	ret->words = explain_words(x, l->rule, l->most);
	ret->of = where_or_none(x, l->rule);
	ret->left = progress_amount(c, l->most > l->used ? l->most - l->used : 0);
	if (x->about) {
		ret->before = progress_amount(c, g.before);
		ret->after = progress_amount(c, g.after);
	}
	ret->entries = g.entries;
	memcpy(&ret->used_by, &named, sizeof(named));
	explain_tell(x, l->rule);
	return 0;
}

int explain_limits(struct explaining *x, struct credential_explained *ret, struct err *e)
{
	const struct verdict *v = &x->j.verdict;
	int r = 0;

	ret->limits.v = arena_array(x->w->arena, v->limit_count + 1,
				    sizeof(struct limit_explained));
	for (size_t i = 0; r == 0 && i < v->limit_count; i++) {
		const struct asking q = {.limit = &v->limits[i]};
		if (is_about(x, &q))
			r = explain_one_limit(x, &v->limits[i], &x->standing.limits.v[i],
					      &ret->limits.v[ret->limits.n++], e);
	}
	return r;
}
