/* Kinds of hour: everything that the rules of some credentials can tell apart of hours
 * that are still to be done, and that may help. */
#include "daemon/plan/plan.h"

#include <string.h>

enum {
	KINDS_MAX = 256,
	ATOMS_MAX = 60,
	PIECE_HOURS_MAX = 8, /* a working day */
};

/* One word that an hour may have. */
struct atom {
	enum rule_attr attr;
	const char *word;
};

struct terms {
	const struct where_term **v;
	size_t n;
};

struct finder {
	const struct held_list *held;
	struct arena *a;
	struct terms all;     /* of every selector */
	struct terms helpful; /* of those that an hour is better to be taken by */
	struct atom atoms[ATOMS_MAX];
	size_t n;
	struct plan_kinds *ret;
};

/* ---- selectors -------------------------------------------------------------------------- */

static void push(struct terms *t, const struct where_term *term, struct arena *a)
{
	t->v = arena_grow(a, t->v, t->n, sizeof(*t->v));
	t->v[t->n++] = term;
}

static void gather(struct finder *f, const struct where *w, bool helps)
{
	for (size_t i = 0; w && i < w->n; i++) {
		push(&f->all, &w->terms[i], f->a);
		if (helps)
			push(&f->helpful, &w->terms[i], f->a);
	}
	for (size_t i = 0; w && i < w->any_count; i++)
		gather(f, &w->any[i], helps);
	if (w && w->except)
		gather(f, w->except, !helps);
}

static const struct where *where_of(const struct ruleset *rules, const struct rule *r)
{
	return r->where == WHERE_ALL ? NULL : &rules->wheres[r->where];
}

/* Whether hours to come may be asked for: now, or in a year that has yet to begin. */
static bool is_to_be_met(const struct judged_need *n)
{
	return n->rule->level != LEVEL_SHOULD &&
	       (n->state == JUDGED_SHORT || n->coming_count > 0);
}

static void gather_need(struct finder *f, const struct ruleset *rules,
			const struct judged_need *n)
{
	for (int i = 0; is_to_be_met(n) && i <= n->rule->alternatives; i++)
		gather(f, where_of(rules, n->rule + i), true);
}

static void gather_credit(struct finder *f, const struct ruleset *rules,
			  const struct rule *r)
{
	const struct worth_rule *w = &r->worth;

	gather(f, where_of(rules, r), w->times.num > w->times.den || w->floor > 0);
	gather(f, w->only_if, true);
	gather(f, w->unless, false);
}

static void gather_all(struct finder *f, const struct verdict *verdicts)
{
	for (size_t k = 0; k < f->held->n; k++) {
		const struct ruleset *rules = &f->held->v[k].cycle.rules;
		const struct verdict *v = &verdicts[k];
		for (size_t i = 0; i < v->need_count; i++)
			gather_need(f, rules, &v->needs[i]);
		for (size_t i = 0; i < rules->n; i++) {
			if (rules->rules[i].verb == RULE_CREDIT)
				gather_credit(f, rules, &rules->rules[i]);
			else if (rules->rules[i].verb == RULE_LIMIT)
				gather(f, where_of(rules, &rules->rules[i]), false);
		}
	}
}

/* ---- words ------------------------------------------------------------------------------ */

static bool has_word(const struct where_term *t, const char *word)
{
	for (size_t i = 0; i < t->words.n; i++)
		if (strcmp(t->words.v[i], word) == 0)
			return true;
	return false;
}

/* Whether no selector tells two words apart. */
static bool alike(const struct finder *f, enum rule_attr attr, const char *a,
		  const char *b)
{
	for (size_t i = 0; i < f->all.n; i++)
		if (f->all.v[i]->attr == attr &&
		    has_word(f->all.v[i], a) != has_word(f->all.v[i], b))
			return false;
	return true;
}

static void add_atom(struct finder *f, enum rule_attr attr, const char *word)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->atoms[i].attr == attr && alike(f, attr, f->atoms[i].word, word))
			return;
	/* Hours to come are not in duty time unless that helps, and were not carried over. */
	if (attr == ATTR_ORIGIN || (attr == ATTR_DUTY && yes_no_of(word) != ANSWER_YES))
		return;
	if (f->n == ATOMS_MAX)
		f->ret->bounded = true;
	else
		f->atoms[f->n++] = (struct atom){attr, word};
}

/* Where hours are worth nothing, the first unit that is worth something. */
static void add_units(struct finder *f)
{
	for (size_t k = 0; k < f->held->n; k++) {
		const struct ratio *worth = f->held->v[k].cycle.rules.worth;
		size_t u = UNIT_HOUR;
		while (u < UNIT_COUNT && worth[u].den <= 0)
			u++;
		if (u > UNIT_HOUR && u < UNIT_COUNT)
			add_atom(f, ATTR_UNIT,
				 rules_fold(credit_unit_word((enum credit_unit)u), f->a));
	}
}

/* The first word of each term, and others where some selector tells them apart. */
static void find_atoms(struct finder *f)
{
	for (size_t i = 0; i < f->helpful.n; i++)
		for (size_t k = 0; k < f->helpful.v[i]->words.n; k++)
			add_atom(f, f->helpful.v[i]->attr, f->helpful.v[i]->words.v[k]);
	add_units(f);
}

/* ---- kinds ------------------------------------------------------------------------------ */

static enum credit_unit unit_of(const char *folded, struct arena *a)
{
	for (size_t u = 0; u < UNIT_COUNT; u++)
		if (strcmp(rules_fold(credit_unit_word((enum credit_unit)u), a),
			   folded) == 0)
			return (enum credit_unit)u;
	return UNIT_HOUR;
}

static void put_word(struct finder *f, const struct atom *atom, struct hours *h,
		     struct least_kind *k)
{
	switch (atom->attr) {
	case ATTR_KIND:
		h->kind = atom->word;
		break;
	case ATTR_FORMAT:
		h->format = atom->word;
		break;
	case ATTR_ROLE:
		h->role = atom->word;
		break;
	case ATTR_PROVIDER:
		h->provider = atom->word;
		break;
	case ATTR_TOPIC:
		h->topics.v = arena_grow(f->a, (void *)h->topics.v, h->topics.n,
					 sizeof(*h->topics.v));
		h->topics.v[h->topics.n++] = atom->word;
		break;
	case ATTR_COURSE:
		h->course = atom->word;
		break;
	case ATTR_APPROVAL:
		h->approval = atom->word;
		break;
	case ATTR_DUTY:
		h->duty = 1;
		break;
	case ATTR_UNIT:
		k->unit = unit_of(atom->word, f->a);
		break;
	case ATTR_ORIGIN:
	case ATTR_COUNT:
		break;
	}
	k->words++;
}

/* Whether an hour of this class is counted by the piece: how long it takes is not known. */
static bool is_by_the_piece(const struct finder *f, const struct entry_class *class)
{
	for (size_t k = 0; k < f->held->n; k++) {
		const struct ruleset *rules = &f->held->v[k].cycle.rules;
		for (size_t i = 0; i < rules->n; i++) {
			const struct rule *r = &rules->rules[i];
			const struct where *where = where_of(rules, r);
			if (r->verb == RULE_CREDIT && r->worth.fixed && where &&
			    rules_where(where, class))
				return true;
		}
	}
	return false;
}

static void add_kind(struct finder *f, uint64_t atoms)
{
	struct plan_kinds *to = f->ret;
	struct least_kind *k = &to->v[to->n];
	struct hours *h = &to->words[to->n];

	*k = (struct least_kind){.unit = UNIT_HOUR};
	shape_none(&shape_hours, h);
	for (size_t i = 0; i < f->n; i++)
		if (atoms >> i & 1)
			put_word(f, &f->atoms[i], h, k);
	k->class = classes_of(&to->classes,
			      &(struct entry_words){
				      .kind = h->kind,
				      .format = h->format,
				      .role = h->role,
				      .provider = h->provider,
				      .course = h->course,
				      .approval = h->approval,
				      .unit = credit_unit_word(k->unit),
				      .topics = classes_topics(&h->topics, f->a),
				      .duty = h->duty > 0,
			      });
	k->by_piece = is_by_the_piece(f, &to->classes.v[k->class]);
	to->n++;
}

/* An hour has one kind, one format and so on, and any number of topics. */
static bool goes_with(const struct finder *f, uint64_t atoms, size_t more)
{
	if (f->atoms[more].attr == ATTR_TOPIC)
		return true;
	for (size_t i = 0; i < f->n; i++)
		if ((atoms >> i & 1) && f->atoms[i].attr == f->atoms[more].attr)
			return false;
	return true;
}

/* As many as go together. */
static uint64_t most_atoms(const struct finder *f)
{
	uint64_t all = 0;

	for (size_t i = 0; i < f->n; i++)
		if (goes_with(f, all, i))
			all |= UINT64_C(1) << i;
	return all;
}

/* All that go together, those of fewer words first. Where they are too many, the one that
 * has the most words is among them still. */
static void combine(struct finder *f)
{
	uint64_t *all = arena_array(f->a, KINDS_MAX, sizeof(*all));
	size_t n = 1; /* the first is plain */

	for (size_t i = 0; i < n && !f->ret->bounded; i++) {
		size_t next = all[i] ? (size_t)(64 - __builtin_clzll(all[i])) : 0;
		for (; next < f->n && !f->ret->bounded; next++) {
			if (goes_with(f, all[i], next) && n < KINDS_MAX - 1)
				all[n++] = all[i] | UINT64_C(1) << next;
			else if (n == KINDS_MAX - 1)
				f->ret->bounded = true;
		}
	}
	if (f->ret->bounded)
		all[n++] = most_atoms(f);
	f->ret->v = arena_array(f->a, n, sizeof(*f->ret->v));
	f->ret->words = arena_array(f->a, n, sizeof(*f->ret->words));
	for (size_t i = 0; i < n; i++)
		add_kind(f, all[i]);
}

/* What a rule finds too little of one activity. */
static int64_t least_of(const struct rule *r)
{
	return r->verb == RULE_CREDIT ? r->worth.least : r->least;
}

/* An activity is taken to last an hour, or so many that no rule finds it too short. */
static int64_t find_piece(const struct finder *f)
{
	int64_t hours = 1, worth;

	for (size_t k = 0; k < f->held->n; k++) {
		const struct ruleset *rules = &f->held->v[k].cycle.rules;
		for (size_t i = 0; i < rules->n; i++)
			while (least_of(&rules->rules[i]) && hours < PIECE_HOURS_MAX &&
			       rules_worth(rules, UNIT_HOUR, hours * CREDIT_ONE,
					   &worth) &&
			       worth < least_of(&rules->rules[i]))
				hours++;
	}
	return hours * CREDIT_ONE;
}

void plan_kinds_find(const struct held_list *held, const struct verdict *verdicts,
		     struct arena *a, struct plan_kinds *ret)
{
	struct finder f = {.held = held, .a = a, .ret = ret};

	*ret = (struct plan_kinds){0};
	gather_all(&f, verdicts);
	find_atoms(&f);
	combine(&f);
	ret->piece = find_piece(&f);
}

void plan_kinds_split(struct plan_kinds *k, uint64_t group, const char *const *alias,
		      struct arena *a)
{
	size_t members = (size_t)__builtin_popcountll(group), n = 0;
	struct least_kind *v = arena_array(a, k->n * members, sizeof(*v));
	struct hours *words = arena_array(a, k->n * members, sizeof(*words));

	for (size_t i = 0; i < k->n; i++)
		for (size_t m = 0; m < LEAST_CASES_MAX; m++) {
			if (!(group >> m & 1))
				continue;
			v[n] = k->v[i];
			v[n].not_for |= group & ~(UINT64_C(1) << m);
			words[n] = k->words[i];
			words[n++].only = alias[m];
		}
	k->v = v;
	k->words = words;
	k->n = n;
}

void plan_kinds_done(struct plan_kinds *k)
{
	classes_done(&k->classes);
}
