/* What each entry is worth, and to which cell it goes. */
#include "daemon/rules_parts.h"

#include <string.h>

bool rules_worth(const struct ruleset *r, enum credit_unit unit, int64_t amount,
		 int64_t *ret)
{
	struct ratio worth = r->worth[unit];

	if (worth.den <= 0)
		return false;
	*ret = scaled(amount, worth.num, worth.den);
	return true;
}

/* ---- classes ---------------------------------------------------------------------------- */

/* Credits that hold in this period. */
static size_t find_credits(struct judgement *j, const struct rule ***ret)
{
	const struct ruleset *rules = j->c->rules;
	const struct rule **v = arena_array(j->a, rules->n, sizeof(const struct rule *));
	const char *why;
	size_t n = 0;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb != RULE_CREDIT)
			continue;
		enum answer applies = rule_applies(j, r, &why);
		bool unsure = r->level == LEVEL_UNSURE || applies == UNKNOWN;
		if (applies != NO && (j->with_unsure || !unsure))
			v[n++] = r;
	}
	*ret = v;
	return n;
}

static uint64_t wheres_of(const struct ruleset *rules, const struct entry_class *class)
{
	uint64_t mask = 0;

	for (size_t i = 0; i < rules->where_count; i++)
		if (rules_where(&rules->wheres[i], class))
			mask |= UINT64_C(1) << i;
	return mask;
}

static bool taken(const struct rule *r, uint64_t mask)
{
	return !r || r->where == WHERE_ALL || (mask >> r->where & 1);
}

static void judge_classes(struct judgement *j)
{
	const struct rule **credits;
	size_t count = find_credits(j, &credits), classes = j->c->class_count;

	j->takes = arena_array(j->a, classes, sizeof(*j->takes));
	j->worths = arena_array(j->a, classes, sizeof(*j->worths));
	for (size_t k = 0; k < classes; k++) {
		uint64_t mask = wheres_of(j->c->rules, &j->c->classes[k]);
		set_add(&j->takes[k], 0);
		for (size_t i = 1; i < j->n; i++)
			if (taken(j->instances[i].rule, mask))
				set_add(&j->takes[k], i);
		const struct rule **v =
			arena_array(j->a, count, sizeof(const struct rule *));
		size_t n = 0;
		for (size_t i = 0; i < count; i++)
			if (taken(credits[i], mask))
				v[n++] = credits[i];
		j->worths[k] = (struct class_rules){v, n};
	}
}

/* ---- one entry -------------------------------------------------------------------------- */

/* Courses that counted already. */
struct seen {
	const struct rule **rules;
	const char **courses;
	size_t n;
};

struct worker {
	struct judgement *j;
	struct verdict *v;
	struct judged_part *parts;
	struct seen seen;
};

static bool is_live(const struct rule *r, civil_day day)
{
	return r->by != BY_ACTIVITY || ((r->from == DATE_NONE || day >= r->from) &&
					(r->until == DATE_NONE || day <= r->until));
}

static bool in_period(const struct judgement *j, civil_day day)
{
	const struct period *p = &j->c->period;

	return (p->from == DATE_NONE || day >= p->from) &&
	       (p->to == DATE_NONE || day <= p->to);
}

/* Whether its course has counted before under this rule; remembers it. */
static bool done_before(struct worker *w, const struct rule *r, const struct entry *e)
{
	const struct rule_words *course = &w->j->c->classes[e->class].attr[ATTR_COURSE];
	struct seen *s = &w->seen;

	if (course->n == 0 || (!r->worth.once_ever && !in_period(w->j, e->done_on)))
		return false;
	for (size_t i = 0; i < s->n; i++)
		if (s->rules[i] == r && strcmp(s->courses[i], course->v[0]) == 0)
			return true;
	s->rules = arena_grow(w->j->a, s->rules, s->n, sizeof(*s->rules));
	s->courses = arena_grow(w->j->a, s->courses, s->n, sizeof(*s->courses));
	s->rules[s->n] = r;
	s->courses[s->n++] = course->v[0];
	return false;
}

/* The rule that refuses an entry whatever its amount; NULL if none does. */
static const struct rule *gate(struct worker *w, const struct entry *e)
{
	const struct entry_class *class = &w->j->c->classes[e->class];
	const struct class_rules *rules = &w->j->worths[e->class];

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = rules->v[i];
		const struct worth_rule *worth = &r->worth;
		if (!is_live(r, e->done_on))
			continue;
		if ((worth->only_if && !rules_where(worth->only_if, class)) ||
		    (worth->unless && rules_where(worth->unless, class)) ||
		    ((worth->once || worth->once_ever) && done_before(w, r, e)))
			return r;
	}
	return NULL;
}

static int64_t rounded(int64_t v, const struct worth_rule *r)
{
	int64_t rest = v > r->first ? v - r->first : 0;
	int64_t steps = rest / r->step, over = rest % r->step;

	if (v < r->first)
		return r->round == ROUND_UP ||
				       (r->round == ROUND_NEAREST && 2 * v >= r->first)
			       ? r->first
			       : 0;
	if (r->round == ROUND_UP)
		steps += over > 0;
	else if (r->round == ROUND_NEAREST)
		steps += over >= r->step - over;
	return saturated((int128)steps * r->step + r->first);
}

static int64_t one_rule(int64_t v, const struct rule *r, bool first_pass)
{
	const struct worth_rule *w = &r->worth;

	if (first_pass) {
		if (w->fixed)
			v = w->fixed;
		return w->times.den ? scaled(v, w->times.num, w->times.den) : v;
	}
	if (v < w->least)
		return 0;
	if (v < w->floor)
		v = w->floor;
	if (w->most && v > w->most)
		v = w->most;
	return w->step ? rounded(v, w) : v;
}

/* First all that multiply, then all that bound and round. */
static int64_t apply(struct worker *w, const struct entry *e, int64_t v, bool first_pass,
		     const struct rule **changed)
{
	const struct class_rules *rules = &w->j->worths[e->class];

	for (size_t i = 0; i < rules->n; i++) {
		if (!is_live(rules->v[i], e->done_on))
			continue;
		int64_t now = one_rule(v, rules->v[i], first_pass);
		if (now != v)
			*changed = rules->v[i];
		v = now;
	}
	return v;
}

/* ---- cells ------------------------------------------------------------------------------ */

static struct instance_set meet(const struct instance_set *a,
				const struct instance_set *b)
{
	struct instance_set both;

	for (size_t i = 0; i < INSTANCE_WORDS; i++)
		both.bits[i] = a->bits[i] & b->bits[i];
	return both;
}

static int32_t find_cell(struct judgement *j, const struct instance_set *in)
{
	for (size_t i = 0; i < j->cell_count; i++)
		if (memcmp(&j->cells[i].in, in, sizeof(*in)) == 0)
			return (int32_t)i;
	j->cells = arena_grow(j->a, j->cells, j->cell_count, sizeof(*j->cells));
	j->cells[j->cell_count] = (struct cell){.in = *in};
	return (int32_t)j->cell_count++;
}

static int32_t cell_at(struct judgement *j, uint32_t class, size_t segment)
{
	int32_t *known = &j->cell_of[class * j->segments + segment];

	if (*known < 0) {
		struct instance_set in = meet(&j->takes[class], &j->live[segment]);
		*known = find_cell(j, &in);
	}
	return *known;
}

/* ---- entries ---------------------------------------------------------------------------- */

static void tell(struct worker *w, size_t i, enum part_state state, const struct rule *r,
		 int64_t base, int64_t value)
{
	if (w->parts)
		w->parts[i] = (struct judged_part){.id = w->j->c->entries[i].id,
						   .value = value,
						   .counted = value,
						   .base = base,
						   .rule = r,
						   .state = state};
}

/* Its worth after everything that multiplies; what refuses it is told. */
static void look_at(struct worker *w, size_t i, const struct rule **changed)
{
	struct judgement *j = w->j;
	const struct entry *e = &j->c->entries[i];
	bool inside = in_period(j, e->done_on);
	int64_t base = 0;

	j->value[i] = 0;
	if (!rules_worth(j->c->rules, e->unit, e->amount, &base)) {
		if (inside)
			w->v->not_counted[e->unit] =
				added(w->v->not_counted[e->unit], e->amount);
		tell(w, i, PART_UNIT, NULL, 0, 0);
		return;
	}
	if (inside)
		w->v->logged = added(w->v->logged, base);
	const struct rule *refused = gate(w, e);
	if (refused) {
		tell(w, i, PART_REFUSED, refused, base, 0);
		return;
	}
	j->value[i] = apply(w, e, base, true, changed);
	tell(w, i, inside ? PART_COUNTED : PART_OUTSIDE, *changed, base, j->value[i]);
}

/* Bounds and rounding are for an entry as a whole: its parts share what comes of it. */
static void bound(struct worker *w, size_t from, size_t to, const struct rule *changed)
{
	struct judgement *j = w->j;
	int64_t sum = 0, left;

	for (size_t i = from; i < to; i++)
		sum = added(sum, j->value[i]);
	int64_t now = left = apply(w, &j->c->entries[from], sum, false, &changed);
	if (now == sum)
		return;
	for (size_t i = from; i < to; i++) {
		int64_t part = i + 1 == to ? left
			       : sum	   ? scaled(now, j->value[i], sum)
					   : 0;
		left -= part;
		j->value[i] = part;
		if (w->parts && w->parts[i].state != PART_REFUSED &&
		    w->parts[i].state != PART_UNIT) {
			w->parts[i].value = w->parts[i].counted = part;
			w->parts[i].rule = changed;
			if (part == 0 && w->parts[i].state == PART_COUNTED)
				w->parts[i].state = PART_REFUSED;
		}
	}
}

static bool counts_things(const struct rule *r)
{
	return r && r->verb == RULE_NEED && r->measure == MEASURE_ACTIVITIES;
}

/* Puts the parts of one entry into their cells, and counts the entry once where things
 * are counted. */
static void place(struct worker *w, size_t from, size_t to, size_t segment)
{
	struct judgement *j = w->j;
	struct instance_set in = {{0}};

	for (size_t i = from; i < to; i++) {
		j->entry_cell[i] = -1;
		if (j->value[i] <= 0)
			continue;
		j->entry_cell[i] = cell_at(j, j->c->entries[i].class, segment);
		struct cell *cell = &j->cells[j->entry_cell[i]];
		cell->available = added(cell->available, j->value[i]);
		for (size_t k = 0; k < INSTANCE_WORDS; k++)
			in.bits[k] |= cell->in.bits[k];
	}
	for (size_t i = 1; i < j->n; i++)
		if (counts_things(j->instances[i].rule) && set_has(&in, i))
			j->instances[i].have++;
}

void judge_entries(struct judgement *j, struct verdict *v, struct judged_part *parts)
{
	struct worker w = {.j = j, .v = v, .parts = parts};
	const struct entry *entries = j->c->entries;
	size_t n = j->c->n, segment = 0;

	judge_classes(j);
	j->value = arena_array(j->a, n, sizeof(*j->value));
	j->entry_cell = arena_array(j->a, n, sizeof(*j->entry_cell));
	j->cell_of =
		arena_array(j->a, j->c->class_count * j->segments, sizeof(*j->cell_of));
	memset(j->cell_of, 0xff, j->c->class_count * j->segments * sizeof(*j->cell_of));
	for (size_t i = 0, to; i < n; i = to) {
		const struct rule *changed = NULL;
		for (to = i; to < n && entries[to].id == entries[i].id; to++)
			look_at(&w, to, &changed);
		bound(&w, i, to, changed);
		while (segment + 1 < j->segments &&
		       j->edges[segment + 1] <= entries[i].done_on)
			segment++;
		place(&w, i, to, segment);
	}
}
