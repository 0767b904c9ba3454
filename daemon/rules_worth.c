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

static bool is_carried(const struct entry_class *class)
{
	const struct rule_words *origin = &class->attr[ATTR_ORIGIN];

	return origin->n && strcmp(origin->v[0], "carried") == 0;
}

/* The needs that carried hours do not serve, by index. */
static uint64_t not_served(struct judgement *j)
{
	const struct ruleset *rules = j->c->rules;
	const char *why;
	uint64_t mask = 0;

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if (r->verb == RULE_CARRY && rule_applies(j, r, &why) != NO)
			mask |= r->carry->serves_not;
	}
	return mask;
}

static bool serves(const struct judgement *j, const struct rule *r, uint64_t not_served)
{
	return !r || !(not_served >> (size_t)(r - j->c->rules->rules) & 1);
}

/* Whether a selector fails only because nobody told what the board says of the entry. */
static bool is_untold(const struct where *where, const struct entry_class *class)
{
	if (class->attr[ATTR_APPROVAL].n)
		return false;
	for (size_t i = 0; i < where->n; i++) {
		const struct where one = {&where->terms[i], 1, NULL};
		if (where->terms[i].attr != ATTR_APPROVAL && !rules_where(&one, class))
			return false;
	}
	return !where->not || !rules_where(where->not, class);
}

static enum gate gate_of(const struct worth_rule *worth, const struct entry_class *class)
{
	bool passes = !worth->only_if || rules_where(worth->only_if, class);

	if (worth->unless && rules_where(worth->unless, class))
		return GATE_SHUT;
	if (passes)
		return GATE_OPEN;
	return is_untold(worth->only_if, class) ? GATE_UNTOLD : GATE_SHUT;
}

static struct class_rules rules_of(const struct judgement *j,
				   const struct entry_class *class, uint64_t mask,
				   const struct rule *const *credits, size_t count)
{
	const struct rule **v = arena_array(j->a, count, sizeof(const struct rule *));
	enum gate *gates = arena_array(j->a, count, sizeof(*gates));
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (taken(credits[i], mask)) {
			gates[n] = gate_of(&credits[i]->worth, class);
			v[n++] = credits[i];
		}
	return (struct class_rules){v, gates, n};
}

static void judge_classes(struct judgement *j)
{
	uint64_t barred = not_served(j);
	const struct rule **credits;
	size_t count = find_credits(j, &credits), classes = j->c->class_count;

	j->takes = arena_array(j->a, classes, sizeof(*j->takes));
	j->worths = arena_array(j->a, classes, sizeof(*j->worths));
	for (size_t k = 0; k < classes; k++) {
		uint64_t mask = wheres_of(j->c->rules, &j->c->classes[k]);
		uint64_t not = is_carried(&j->c->classes[k]) ? barred : 0;
		set_add(&j->takes[k], 0);
		for (size_t i = 1; i < j->n; i++)
			if (taken(j->instances[i].rule, mask) &&
			    serves(j, j->instances[i].rule, not ))
				set_add(&j->takes[k], i);
		j->worths[k] = rules_of(j, &j->c->classes[k], mask, credits, count);
	}
}

/* ---- one entry -------------------------------------------------------------------------- */

struct worker {
	struct judgement *j;
	struct verdict *v;
	struct judged_part *parts;
	struct tallies tallies;
	struct instance_set things; /* needs that count things */
};

/* Whether its course has counted before under this rule; remembers it. */
static bool done_before(struct worker *w, const struct rule *r, const struct entry *e)
{
	const struct rule_words *course = &w->j->c->classes[e->class].attr[ATTR_COURSE];
	bool is_new;

	if (course->n == 0)
		return false;
	const char *word = r->worth.once_ever
				   ? course->v[0]
				   : tally_word(w->j, course->v[0], e->done_on);
	if (!word)
		return false;
	(void)tally_of(&w->tallies, r, word, w->j->a, &is_new);
	return !is_new;
}

/* The rule that refuses an entry whatever its amount; NULL if none does. */
static const struct rule *gate(struct worker *w, const struct entry *e,
			       const struct rule **ret_unknown)
{
	const struct class_rules *rules = &w->j->worths[e->class];

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = rules->v[i];
		if (!is_live(r, e->done_on))
			continue;
		if (rules->gates[i] == GATE_UNTOLD)
			*ret_unknown = r;
		if (rules->gates[i] == GATE_SHUT ||
		    ((r->worth.once || r->worth.once_ever) && done_before(w, r, e)))
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

static int64_t multiplied(int64_t v, const struct worth_rule *w)
{
	if (w->fixed)
		v = w->fixed;
	return w->times.den ? scaled(v, w->times.num, w->times.den) : v;
}

/* Of what is bounded together rules_tally.c tells whether there is the least of it. */
static int64_t bounded(int64_t v, const struct worth_rule *w)
{
	if (v < w->least && w->per == ATTR_COUNT)
		return 0;
	if (v < w->floor)
		v = w->floor;
	if (w->most && v > w->most)
		v = w->most;
	return w->step ? rounded(v, w) : v;
}

/* The same for all entries of a period with one word together: what this one adds. One
 * that has no such word stands for itself. */
static int64_t bounded_together(struct worker *w, const struct rule *r,
				const struct entry *e, int64_t v)
{
	const struct worth_rule *worth = &r->worth;
	const struct rule_words *words = NULL;
	const char *word = NULL;
	bool is_new;

	if (worth->per != ATTR_COUNT)
		words = &w->j->c->classes[e->class].attr[worth->per];
	if (words && words->n)
		word = tally_word(w->j,
				  spelled(w->j, (enum rule_attr)worth->per, words->v[0]),
				  e->done_on);
	if (!word)
		return bounded(v, worth);
	struct tally *t = tally_of(&w->tallies, r, word, w->j->a, &is_new);
	int64_t before = t->sum > 0 ? bounded(t->sum, worth) : 0;
	t->sum = added(t->sum, v);
	int64_t now = bounded(t->sum, worth);
	return now > before ? now - before : 0;
}

/* The credits that changed an amount. */
struct changes {
	const struct rule *last;
	uint64_t all;
};

/* First all that multiply, then all that bound and round. */
static int64_t apply(struct worker *w, const struct entry *e, int64_t v, bool first_pass,
		     struct changes *changes)
{
	const struct class_rules *rules = &w->j->worths[e->class];

	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = rules->v[i];
		if (!is_live(r, e->done_on))
			continue;
		int64_t now = first_pass ? multiplied(v, &r->worth)
					 : bounded_together(w, r, e, v);
		if (now != v) {
			changes->last = r;
			changes->all |= UINT64_C(1) << (r - w->j->c->rules->rules);
		}
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

static void tell(struct worker *w, size_t i, const struct judged_part *part)
{
	if (!w->parts)
		return;
	w->parts[i] = *part;
	w->parts[i].id = w->j->c->entries[i].id;
	w->parts[i].counted = part->value;
}

/* What was carried over, or done late, is worth what it was worth where it came from. */
static void look_at_carried(struct worker *w, size_t i)
{
	struct judgement *j = w->j;
	const struct entry *e = &j->c->entries[i];
	int64_t amount = e->amount;

	j->value[i] = amount;
	if (is_carried(&j->c->classes[e->class]))
		w->v->carried = added(w->v->carried, amount);
	tell(w, i,
	     &(struct judged_part){
		     .value = amount, .base = amount, .state = PART_CARRIED});
}

/* Its worth after everything that multiplies; what refuses it is told. */
static void look_at(struct worker *w, size_t i)
{
	struct changes changes = {NULL, 0};
	struct judgement *j = w->j;
	const struct entry *e = &j->c->entries[i];
	const struct rule *unknown = NULL;
	bool inside = in_span(j, e->done_on);
	int64_t base = 0;

	j->value[i] = 0;
	if (!rules_worth(j->c->rules, (enum credit_unit)e->unit, e->amount, &base)) {
		if (inside)
			w->v->not_counted[e->unit] =
				added(w->v->not_counted[e->unit], e->amount);
		tell(w, i, &(struct judged_part){.state = PART_UNIT});
		return;
	}
	if (inside)
		w->v->logged = added(w->v->logged, base);
	const struct rule *refused = gate(w, e, &unknown);
	if (refused) {
		tell(w, i,
		     &(struct judged_part){
			     .base = base, .rule = refused, .state = PART_REFUSED});
		return;
	}
	j->value[i] = apply(w, e, base, true, &changes);
	bool nothing = j->value[i] == 0 && changes.last;
	tell(w, i,
	     &(struct judged_part){.value = j->value[i],
				   .base = base,
				   .rule = changes.last,
				   .changed = changes.all,
				   .unknown = unknown,
				   .state = !inside   ? PART_OUTSIDE
					    : nothing ? PART_REFUSED
						      : PART_COUNTED});
}

/* What the period before has used of an entry counts there and not here. */
static void hold_back(struct worker *w, size_t from, size_t to)
{
	struct judgement *j = w->j;
	int64_t left = 0;

	for (size_t i = 0; i < j->c->held_back_count; i++)
		if (j->c->held_back[i].id == j->c->entries[from].id)
			left = added(left, j->c->held_back[i].amount);
	for (size_t i = from; i < to && left > 0; i++) {
		int64_t part = left < j->value[i] ? left : j->value[i];
		left -= part;
		j->value[i] -= part;
		w->v->held_back = added(w->v->held_back, part);
		if (w->parts) {
			w->parts[i].value = w->parts[i].counted = j->value[i];
			w->parts[i].held_back = part;
		}
	}
}

/* A part of whose words there is too little in all counts nothing. */
static void drop_little(struct worker *w, size_t from, size_t to,
			struct tallies *together)
{
	for (size_t i = from; i < to; i++) {
		const struct rule *r =
			w->j->value[i] > 0 ? too_little(w->j, together, i) : NULL;
		if (!r)
			continue;
		w->j->value[i] = 0;
		if (w->parts) {
			w->parts[i].value = w->parts[i].counted = 0;
			w->parts[i].rule = r;
			if (w->parts[i].state == PART_COUNTED)
				w->parts[i].state = PART_REFUSED;
		}
	}
}

/* Bounds and rounding are for an entry as a whole: its parts share what comes of it. */
static void bound(struct worker *w, size_t from, size_t to)
{
	struct changes changes = {NULL, 0};
	struct judgement *j = w->j;
	int64_t sum = 0, left;
	size_t last = to;

	for (size_t i = from; i < to; i++) {
		sum = added(sum, j->value[i]);
		if (j->value[i] > 0)
			last = i;
	}
	/* What is worth nothing is not raised by a floor. */
	if (last == to)
		return;
	int64_t now = left = apply(w, &j->c->entries[from], sum, false, &changes);
	for (size_t i = from; now != sum && i <= last; i++) {
		if (j->value[i] <= 0)
			continue;
		int64_t part = i == last ? left : scaled(now, j->value[i], sum);
		left -= part;
		j->value[i] = part;
		if (!w->parts)
			continue;
		w->parts[i].value = w->parts[i].counted = part;
		w->parts[i].rule = changes.last;
		w->parts[i].changed |= changes.all;
		if (part == 0 && w->parts[i].state == PART_COUNTED)
			w->parts[i].state = PART_REFUSED;
	}
}

/* The needs that count things, in their windows. */
static void find_things(struct worker *w)
{
	for (size_t i = 1; i < w->j->n; i++) {
		const struct rule *r = w->j->instances[i].rule;
		if (r && r->verb == RULE_NEED && r->measure == MEASURE_ACTIVITIES)
			set_add(&w->things, i);
	}
}

static void count_things(struct worker *w, const struct instance_set *in)
{
	for (size_t k = 0; k < INSTANCE_WORDS; k++) {
		uint64_t bits = w->things.bits[k] & in->bits[k];
		for (; bits; bits &= bits - 1)
			w->j->instances[k * 64 + (size_t)__builtin_ctzll(bits)].have++;
	}
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
	count_things(w, &in);
}

void judge_entries(struct judgement *j, struct verdict *v, struct judged_part *parts)
{
	struct worker w = {.j = j, .v = v, .parts = parts};
	const struct entry *entries = j->c->entries;
	struct tallies together = {NULL, 0, 0};
	size_t n = j->c->n, segment = 0;

	judge_classes(j);
	j->value = arena_array(j->a, n, sizeof(*j->value));
	j->entry_cell = arena_array(j->a, n, sizeof(*j->entry_cell));
	j->cell_of =
		arena_array(j->a, j->c->class_count * j->segments, sizeof(*j->cell_of));
	memset(j->cell_of, 0xff, j->c->class_count * j->segments * sizeof(*j->cell_of));
	for (size_t i = 0; i < n; i++)
		if (entries[i].unit == UNIT_CARRIED)
			look_at_carried(&w, i);
		else
			look_at(&w, i);
	find_things(&w);
	bool least_together = tally_together(j, &together);
	for (size_t i = 0, to; i < n; i = to) {
		for (to = i; to < n && entries[to].id == entries[i].id &&
			     entries[to].done_on == entries[i].done_on;)
			to++;
		if (entries[i].unit != UNIT_CARRIED) {
			if (least_together)
				drop_little(&w, i, to, &together);
			bound(&w, i, to);
			hold_back(&w, i, to);
		}
		while (segment + 1 < j->segments &&
		       j->edges[segment + 1] <= entries[i].done_on)
			segment++;
		place(&w, i, to, segment);
	}
}
