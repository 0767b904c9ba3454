/* What each need comes to, and the total. */
#include "common/texts.h"
#include "daemon/rules/parts.h"

#include <string.h>

static const struct rule *first_rule(const struct judgement *j)
{
	return j->c->rules->rules;
}

/* ---- things that are counted ------------------------------------------------------------ */

/* Whether a selector lists words of one kind, and this word among them. */
static void look_up(const struct where *where, enum rule_attr attr, const char *word,
		    bool *listed, bool *found)
{
	for (size_t i = 0; i < where->n; i++) {
		const struct where_term *t = &where->terms[i];
		*listed = *listed || t->attr == attr;
		for (size_t k = 0; t->attr == attr && k < t->words.n; k++)
			*found = *found || strcmp(t->words.v[k], word) == 0;
	}
	for (size_t i = 0; i < where->any_count; i++)
		look_up(&where->any[i], attr, word, listed, found);
}

/* Whether a word is one that the selector asks for: an entry has topics beside those. */
static bool is_asked_for(const struct judgement *j, const struct rule *r,
			 const char *word)
{
	bool listed = false, found = false;

	if (r->where != WHERE_ALL)
		look_up(&j->c->rules->wheres[r->where], r->distinct, word, &listed,
			&found);
	return found || !listed;
}

/* Different words of one kind among entries that count, of one need in one window. */
static int64_t distinct_words(const struct judgement *j, size_t instance)
{
	enum rule_attr attr = j->instances[instance].rule->distinct;
	const char **seen = NULL;
	size_t n = 0;

	for (size_t k = 0; k < j->c->class_count; k++) {
		bool there = false;
		for (size_t s = 0; s < j->segments && !there; s++) {
			int32_t cell = j->cell_of[k * j->segments + s];
			there = cell >= 0 && set_has(&j->cells[cell].in, instance);
		}
		const struct rule_words *words = &j->c->classes[k].attr[attr];
		for (size_t i = 0; there && i < words->n; i++) {
			bool old = !is_asked_for(j, j->instances[instance].rule,
						 words->v[i]);
			const char *word = when_spelled(j, attr, words->v[i]);
			for (size_t o = 0; o < n && !old; o++)
				old = strcmp(seen[o], word) == 0;
			if (old)
				continue;
			seen = arena_grow(j->a, seen, n, sizeof(*seen));
			seen[n++] = word;
		}
	}
	return (int64_t)n;
}

/* What was logged in one of our units, whatever it is worth here. */
static int64_t sum_in_unit(const struct judgement *j, size_t instance)
{
	const struct instance *in = &j->instances[instance];
	int64_t sum = 0;

	for (size_t i = 0; i < j->c->n; i++) {
		const struct entry *e = &j->c->entries[i];
		if (e->unit == (int)in->rule->unit &&
		    (in->window.from == DATE_NONE || e->done_on >= in->window.from) &&
		    (in->window.to == DATE_NONE || e->done_on <= in->window.to) &&
		    set_has(&j->takes[e->class], instance))
			sum = added(sum, e->amount);
	}
	return sum;
}

void need_things(struct judgement *j)
{
	for (size_t i = 1; i < j->n; i++) {
		struct instance *in = &j->instances[i];
		if (!in->rule || in->rule->verb != RULE_NEED)
			continue;
		if (in->rule->measure == MEASURE_DISTINCT)
			in->have = distinct_words(j, i);
		else if (in->rule->measure == MEASURE_UNIT)
			in->have = sum_in_unit(j, i);
	}
}

/* ---- one need --------------------------------------------------------------------------- */

static bool is_to_come(const struct instance *i, civil_day day)
{
	return i->window.from != DATE_NONE && i->window.from > day;
}

static bool has_begun(const struct period *p, civil_day day)
{
	return p->from == DATE_NONE || p->from <= day;
}

static bool is_over(const struct instance *i, civil_day day)
{
	return i->window.to != DATE_NONE && i->window.to < day;
}

/* A need that may not apply and is met all the same hangs on nothing; hours that another
 * need of its group may take are not certain. */
static bool hangs_on_fact(const struct instance *i)
{
	return i->unknown && (i->no_amount || i->rule->exclusive || i->have < i->amount);
}

static enum judged state_of(const struct judgement *j, const struct instance *i)
{
	if (hangs_on_fact(i))
		return JUDGED_UNDECIDED;
	if (i->have >= i->amount)
		return JUDGED_MET;
	/* What ends with the period can be short only; status tells when that is over. */
	bool within = i->window.to != j->span.to;
	return within && is_over(i, j->c->day) ? JUDGED_MISSED : JUDGED_SHORT;
}

static void tell(const struct judgement *j, const struct instance *i,
		 struct judged_need *n)
{
	n->measured = i->rule;
	n->state = state_of(j, i);
	n->have = i->have;
	n->need = i->amount;
	n->missing = i->have < i->amount ? i->amount - i->have : 0;
	n->window = i->window;
	set_add(&n->in, (size_t)(i - j->instances));
	n->why = n->state == JUDGED_MET ? NULL : i->why;
}

/* What was made of an earlier window is made up for by nothing; of those to come what is
 * missing is told beside the one of the day. */
static void tell_coming(const struct judgement *j, const struct rule *r,
			const struct instance *shown, struct judged_need *n)
{
	n->coming = arena_array(j->a, j->n, sizeof(*n->coming));
	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (in->rule != r || in == shown || !is_to_come(in, j->c->day) ||
		    in->unknown || in->have >= in->amount)
			continue;
		n->coming[n->coming_count++] =
			(struct judged_year){.window = in->window,
					     .have = in->have,
					     .need = in->amount,
					     .missing = in->amount - in->have};
	}
	if (n->coming_count > 0 &&
	    (n->state == JUDGED_MET || n->state == JUDGED_NOT_APPLYING))
		n->state = JUDGED_SO_FAR;
}

/* The window that the day lies in; else the last that has begun, else the first. NULL where
 * the year of the day is for others. */
static const struct instance *window_of_day(const struct judgement *j,
					    const struct rule *r)
{
	const struct instance *found = NULL;
	bool begun = has_begun(&j->c->period, j->c->day);

	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (in->rule == r && (!found || !is_to_come(in, j->c->day)))
			found = in;
	}
	/* Years that are told by where they end leave the last days of a period to the next. */
	bool over = !r->window.ending && found && is_over(found, judged_day(j));
	bool aside = found && rules_each_year(r) && begun &&
		     (is_to_come(found, j->c->day) || over);
	return aside ? NULL : found;
}

/* The first window, from instance `from` on, that is over and was short; j->n: there is none. */
static size_t next_missed(const struct judgement *j, const struct rule *r, size_t from)
{
	size_t i = from;

	while (i < j->n && (j->instances[i].rule != r ||
			    state_of(j, &j->instances[i]) != JUDGED_MISSED))
		i++;
	return i;
}

static void judge_one(struct judgement *j, const struct rule *r, struct judged_need *n)
{
	*n = (struct judged_need){.rule = r,
				  .measured = r,
				  .state = JUDGED_NOT_APPLYING,
				  .window = {DATE_NONE, DATE_NONE}};
	const struct instance *in = window_of_day(j, r);
	size_t missed = r->is_alternative ? next_missed(j, r, 1) : j->n;
	if (missed < j->n)
		in = &j->instances[missed];
	if (in)
		tell(j, in, n);
	else if (rule_applies(j, r, &n->why) != NO && !n->why)
		n->why = "not in this period";
	tell_coming(j, r, in, n);
	/* Rules take their windows in turn: the last that found room may miss some. */
	if (j->full && r >= j->instances[j->n - 1].rule) {
		n->state = JUDGED_UNDECIDED;
		n->why = "its rules have more windows than can be judged";
	}
}

/* Of routes the share that is missing, of others how much that is. */
static bool is_nearer(const struct rule *r, const struct judged_need *a,
		      const struct judged_need *b)
{
	return r->routes ? (int128)a->missing * b->need < (int128)b->missing * a->need
			 : a->missing < b->missing;
}

/* "nearest of 3 routes: credit; ...", "met by credit" */
static const char *why_route(const struct judgement *j, const struct judged_need *n,
			     const struct judged_need *nearest, int begun)
{
	const char *name = nearest->rule->title ? nearest->rule->title : "one route";

	if (n->state == JUDGED_MET)
		return arena_printf(j->a, "by %s", name);
	if (n->state != JUDGED_SHORT && n->state != JUDGED_MISSED)
		return n->why;
	return arena_printf(j->a, "nearest of %d routes: %s%s", n->rule->alternatives,
			    name,
			    begun > 1 ? "; each route is judged by itself, so what "
					"serves another does not add to it"
				      : "");
}

/* Met when so many of its alternatives are; else as near as the nearest of the others. */
static void judge_alternatives(struct judgement *j, struct judged_need *n)
{
	const struct rule *r = n->rule;
	const char *why;
	bool hangs = rule_applies(j, r, &why) == UNKNOWN;
	int met = 0, so_far = 0, unknown = 0, begun = 0;
	struct judged_need done = {.rule = NULL}, open = {.rule = NULL};

	n->in = (struct instance_set){{0}};
	for (int i = 1; i <= r->alternatives; i++) {
		struct judged_need one;
		judge_one(j, r + i, &one);
		met += one.state == JUDGED_MET;
		so_far += one.state == JUDGED_SO_FAR;
		unknown += one.state == JUDGED_UNDECIDED;
		for (size_t k = 0; k < INSTANCE_WORDS; k++)
			n->in.bits[k] |= one.in.bits[k];
		if (one.state == JUDGED_NOT_APPLYING)
			continue;
		begun += one.have > 0;
		struct judged_need *best = one.state == JUDGED_MET ? &done : &open;
		if (!best->rule || is_nearer(r, &one, best))
			*best = one;
	}
	bool enough = met >= r->alternatives_needed;
	const struct judged_need *nearest = enough || !open.rule ? &done : &open;
	if (!nearest->rule)
		return;
	n->measured = nearest->rule;
	n->have = nearest->have;
	n->need = nearest->need;
	n->missing = nearest->missing;
	n->window = nearest->window;
	n->why = nearest->why;
	n->coming = nearest->coming;
	n->coming_count = nearest->coming_count;
	n->state = enough					      ? JUDGED_MET
		   : met + so_far >= r->alternatives_needed	      ? JUDGED_SO_FAR
		   : met + so_far + unknown >= r->alternatives_needed ? JUDGED_UNDECIDED
		   : nearest->state == JUDGED_MET		      ? JUDGED_SHORT
								      : nearest->state;
	if (hangs && !enough) {
		n->state = JUDGED_UNDECIDED;
		n->why = why;
	}
	if (r->routes)
		n->why = why_route(j, n, nearest, begun);
}

/* ---- all of them ------------------------------------------------------------------------ */

static struct judged_need *add_need(const struct judgement *j, const struct rule *r,
				    struct verdict *v)
{
	struct judged_need *n = &v->needs[v->need_count++];
	size_t i = (size_t)(r - first_rule(j));

	*n = (struct judged_need){
		.rule = r, .adjusted = j->adjusted[i], .asked = j->asked[i]};
	return n;
}

/* Years that were missed stand before the one of the day, which makes up for none of them. */
static void list_missed(struct judgement *j, const struct rule *r, struct verdict *v)
{
	const struct instance *shown = window_of_day(j, r);

	for (size_t i = next_missed(j, r, 1); i < j->n; i = next_missed(j, r, i + 1))
		if (&j->instances[i] != shown)
			tell(j, &j->instances[i], add_need(j, r, v));
}

static bool has_part(const struct judged_need *n)
{
	enum measure m = n->measured->measure;

	return n->rule->part && n->state == JUDGED_SHORT &&
	       (m == MEASURE_CREDIT || m == MEASURE_UNIT);
}

/* What a part of a need that is short is good for. */
static void tell_part(const struct judgement *j, struct judged_need *n)
{
	char text[CREDIT_TEXT_SIZE];
	const char *term, *part;

	if (!has_part(n))
		return;
	term = texts_span(j->a, n->rule->part_months);
	credit_format(n->rule->part - n->have, text);
	part = n->have >= n->rule->part
		       ? arena_printf(j->a, "what there is renews it for %s", term)
		       : arena_printf(j->a, "%s more would renew it for %s", text, term);
	n->why = n->why ? arena_printf(j->a, "%s; %s", n->why, part) : part;
}

static void list_needs(struct judgement *j, struct verdict *v)
{
	const struct ruleset *rules = j->c->rules;

	v->needs = arena_array(j->a, rules->n + j->n, sizeof(*v->needs));
	for (size_t i = 0; i < rules->n && !v->suspended; i++) {
		const struct rule *r = &first_rule(j)[i];
		struct judged_need one;
		if (r->verb != RULE_NEED || r->is_alternative)
			continue;
		if (!holds_if_unsure(j, r) && r->level == LEVEL_UNSURE)
			continue;
		judge_one(j, r, &one);
		if (r->alternatives && one.state != JUDGED_NOT_APPLYING)
			judge_alternatives(j, &one);
		else
			list_missed(j, r, v);
		tell_part(j, &one);
		struct judged_need *n = add_need(j, r, v);
		one.adjusted = n->adjusted;
		one.asked = n->asked;
		*n = one;
	}
}

static void list_limits(struct judgement *j, struct verdict *v)
{
	v->limits = arena_array(j->a, j->n, sizeof(*v->limits));
	for (size_t i = 1; i < j->n; i++) {
		const struct instance *in = &j->instances[i];
		if (!in->rule || in->rule->verb != RULE_LIMIT)
			continue;
		int64_t used = 0;
		for (size_t c = 0; c < j->cell_count; c++)
			if (set_has(&j->cells[c].in, i))
				used = added(used, j->cells[c].counted);
		v->limits[v->limit_count++] = (struct judged_limit){
			.rule = in->rule,
			.most = in->amount,
			.logged = in->logged,
			.used = in->rule->toward != NO_RULE && used > in->amount
					? in->amount
					: used,
			.window = in->window,
			.instance = i,
		};
	}
}

static int64_t counted_in(const struct judgement *j, size_t instance)
{
	int64_t sum = 0;

	for (size_t c = 0; c < j->cell_count; c++)
		if (set_has(&j->cells[c].in, instance))
			sum = added(sum, j->cells[c].counted);
	return sum;
}

/* What a total that is met lacks by rounding (choose_whole.c) comes from cells that have
 * more. */
static void fill_total(struct judgement *j, int64_t counted)
{
	size_t total = total_instance(j);
	int64_t less = counted;

	for (size_t c = 0; c < j->cell_count; c++)
		less -= j->cells[c].of_total;
	for (size_t c = 0; c < j->cell_count && less > 0; c++) {
		struct cell *cell = &j->cells[c];
		int64_t more = cell->counted - cell->of_total;
		if (!set_has(&cell->in, total))
			continue;
		more = more < less ? more : less;
		cell->of_total += more;
		less -= more;
	}
}

/* Whether a need that hangs on a fact is not met if it holds. */
static bool is_short_if(const struct judged_need *n)
{
	bool enough = !n->rule->alternatives && n->need > 0 && n->have >= n->need;

	return n->state == JUDGED_UNDECIDED && !enough;
}

/* The term that the part of a need buys, where nothing else is open. */
static int part_of(const struct judgement *j, const struct verdict *v)
{
	const struct judged_need *found = NULL;

	for (size_t i = 0; i < v->need_count; i++) {
		const struct judged_need *n = &v->needs[i];
		if (n->rule->level == LEVEL_SHOULD || n->state == JUDGED_MET ||
		    n->state == JUDGED_NOT_APPLYING)
			continue;
		if (found || !has_part(n) || n->have < n->rule->part)
			return 0;
		found = n;
	}
	return found && (v->total_met || found->rule == j->total)
		       ? found->rule->part_months
		       : 0;
}

void need_judge(struct judgement *j, struct verdict *v)
{
	v->total = total_instance(j);
	list_needs(j, v);
	list_limits(j, v);
	int64_t counted = counted_in(j, v->total);
	int64_t have = v->total ? j->instances[v->total].have : counted;
	v->counted = have < counted ? have : counted;
	fill_total(j, v->counted);
	v->required = v->total || j->c->rules->own_total ? j->required : 0;
	if (v->suspended)
		v->required = 0;
	v->total_met = have >= v->required;
	v->remaining = v->total_met ? 0 : v->required - v->counted;
	v->met = v->total_met;
	v->part_months = part_of(j, v);
	v->undecided = j->full;
	for (size_t i = 0; i < v->need_count; i++) {
		const struct judged_need *n = &v->needs[i];
		bool must = n->rule->level != LEVEL_SHOULD;
		bool open = n->state == JUDGED_SHORT || n->state == JUDGED_MISSED ||
			    n->state == JUDGED_SO_FAR || is_short_if(n);
		v->met = v->met && !(must && open);
	}
}
