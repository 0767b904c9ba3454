/* What an answer says of words and units that no rules in use know. */
#include "common/texts.h"
#include "daemon/pack/read/category.h"
#include "daemon/record/activity.h"

#include <string.h>

enum { NAMED_MAX = 3 }; /* rules that a note names */

/* One word of an activity, and how it is set. */
struct slot {
	enum rule_attr attr;
	const char *name, *flag;
};
static const struct slot slots[] = {{ATTR_KIND, "kind", "--kind"},
				    {ATTR_FORMAT, "format", "--delivery"},
				    {ATTR_ROLE, "role", "--role"},
				    {ATTR_TOPIC, "topic", "--topic"}};

struct noter {
	struct work *w;
	const struct held_list *held;
	struct texts *notes;
	struct texts seen; /* "kind workshp": looked at already */
	int64_t id;
	bool many;
};

/* ---- what rules know -------------------------------------------------------------------- */

static bool names_word(const struct where *w, enum rule_attr attr, const char *folded)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; w->terms[i].attr == attr && k < w->terms[i].words.n;
		     k++)
			if (strcmp(w->terms[i].words.v[k], folded) == 0)
				return true;
	for (size_t i = 0; i < w->any_count; i++)
		if (names_word(&w->any[i], attr, folded))
			return true;
	return w->except && names_word(w->except, attr, folded);
}

static void add_where(struct texts *t, const struct where *w, enum rule_attr attr,
		      struct arena *a)
{
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; w->terms[i].attr == attr && k < w->terms[i].words.n;
		     k++)
			texts_add(t, w->terms[i].words.v[k], a);
	for (size_t i = 0; i < w->any_count; i++)
		add_where(t, &w->any[i], attr, a);
	if (w->except)
		add_where(t, w->except, attr, a);
}

/* The words of rules in use, other spellings included, and what people commonly log; folded. */
static void known_words(const struct noter *x, enum rule_attr attr, struct texts *ret)
{
	struct arena *a = x->w->arena;
	const char *const *common;
	size_t n = category_common(attr, &common);

	for (size_t i = 0; i < x->held->n; i++) {
		const struct ruleset *rules = &x->held->v[i].cycle.rules;
		for (size_t k = 0; k < rules->word_count; k++)
			if (rules->words[k].attr == attr)
				texts_add(ret, rules_fold(rules->words[k].word, a), a);
		for (size_t k = 0; k < rules->where_count; k++)
			add_where(ret, &rules->wheres[k], attr, a);
	}
	for (size_t i = 0; i < n; i++)
		texts_add(ret, rules_fold(common[i], a), a);
}

/* The word that another spelling stands for; itself where it is none. */
static const char *canonical(const struct noter *x, enum rule_attr attr,
			     const char *folded)
{
	struct arena *a = x->w->arena;

	for (size_t i = 0; i < x->held->n; i++) {
		const struct ruleset *rules = &x->held->v[i].cycle.rules;
		for (size_t k = 0; k < rules->word_count; k++)
			if (rules->words[k].attr == attr &&
			    strcmp(rules_fold(rules->words[k].word, a), folded) == 0)
				return rules_fold(rules->words[k].canonical, a);
	}
	return folded;
}

/* "tx-lib (independent-study), il-pel (workshops)": the rules that tell the word from others; "" where none does. */
static const char *rules_of(const struct noter *x, enum rule_attr attr,
			    const char *folded)
{
	struct arena *a = x->w->arena;
	const char *all = "", *word = canonical(x, attr, folded);
	int named = 0;

	for (size_t i = 0; i < x->held->n; i++) {
		const struct ruleset *rules = &x->held->v[i].cycle.rules;
		for (size_t k = 0; k < rules->n && named < NAMED_MAX; k++) {
			const struct rule *r = &rules->rules[k];
			if (r->where == WHERE_ALL ||
			    !names_word(&rules->wheres[r->where], attr, word))
				continue;
			all = arena_printf(a, "%s%s%s/%s", all, named ? ", " : "",
					   x->held->v[i].alias, r->id);
			named++;
		}
	}
	return all;
}

/* ---- words ------------------------------------------------------------------------------ */

/* Each word is looked at once, however many activities have it. */
static bool is_seen(struct noter *x, const char *name, const char *word)
{
	const char *key = arena_printf(x->w->arena, "%s \"%s\"", name, word);

	if (texts_has(&x->seen, key))
		return true;
	texts_add(&x->seen, key, x->w->arena);
	return false;
}

/* Whether a note begins so already. */
static bool is_noted(const struct noter *x, const char *name, const char *word)
{
	const char *key = arena_printf(x->w->arena, "%s \"%s\"", name, word);

	for (size_t i = 0; i < x->notes->n; i++)
		if (strncmp(x->notes->v[i], key, strlen(key)) == 0)
			return true;
	return false;
}

/* What to type: the number of the one activity, or NUMBER where there are several. */
static const char *number_of(const struct noter *x)
{
	return x->many ? "NUMBER" : arena_printf(x->w->arena, "%lld", (long long)x->id);
}

static void note_word(struct noter *x, const struct slot *slot, const char *word)
{
	struct arena *a = x->w->arena;
	struct texts known = {0, NULL};

	if (is_seen(x, slot->name, word))
		return;
	const char *folded = rules_fold(word, a);
	known_words(x, slot->attr, &known);
	if (texts_has(&known, folded))
		return;
	const char *near = category_means(slot->attr, folded);
	if (!near)
		near = category_near(folded, known.v, known.n);
	if (!near || is_noted(x, slot->name, word))
		return;
	const char *rules = rules_of(x, slot->attr, near);
	texts_add(x->notes,
		  arena_printf(a,
			       "%s \"%s\" is in none of your rules; did you mean "
			       "\"%s\"?%s%s%s Change it: pdh edit %s %s %s",
			       slot->name, word, near, *rules ? " It matters to " : "",
			       rules, *rules ? "." : "", number_of(x), slot->flag, near),
		  a);
}

static void note_words(struct noter *x, const struct activity *a)
{
	const char *const words[] = {a->kind, a->format, a->role};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i] && strcmp(words[i], "opening") != 0)
			note_word(x, &slots[i], words[i]);
	for (size_t i = 0; i < a->topics.n; i++)
		note_word(x, &slots[3], a->topics.v[i]);
}

/* ---- units ------------------------------------------------------------------------------ */

/* Whether the unit may come to something: by itself, by a need that measures it, or by a worth of its own. */
static bool unit_counts(const struct ruleset *rules, enum credit_unit unit)
{
	if (rules->worth[unit].den > 0)
		return true;
	for (size_t i = 0; i < rules->n; i++) {
		const struct rule *r = &rules->rules[i];
		if ((r->verb == RULE_CREDIT && r->worth.fixed > 0) ||
		    (r->measure == MEASURE_UNIT && r->unit == unit))
			return true;
	}
	return false;
}

/* "hours, CEU and points" */
static const char *units_in_use(const struct noter *x)
{
	const char *all = "";

	for (enum credit_unit u = 0; u < UNIT_COUNT; u++)
		for (size_t i = 0; i < x->held->n; i++)
			if (x->held->v[i].cycle.rules.worth[u].den > 0) {
				all = arena_printf(x->w->arena, "%s%s%s", all,
						   *all ? ", " : "", credit_unit_word(u));
				break;
			}
	return all;
}

static void note_unit(struct noter *x, const struct activity *a)
{
	const enum credit_unit unit = credit_unit_number(a->credit.unit);
	struct arena *arena = x->w->arena;

	if (is_seen(x, "unit", a->credit.unit))
		return;
	for (size_t i = 0; i < x->held->n; i++)
		if (unit_counts(&x->held->v[i].cycle.rules, unit))
			return;
	const char *in_use = units_in_use(x);
	if (!*in_use)
		return;
	texts_add(
		x->notes,
		arena_printf(
			arena,
			"your rules do not count %s; they count %s. Give what it comes to "
			"in one of these, such as: pdh edit %s --credit 6h",
			texts_credit(arena, a->credit), in_use, number_of(x)),
		arena);
}

/* What to do where the credit is what a certificate states. */
static const char *as_stated(const struct noter *x, const struct activity *a)
{
	const struct credit stated = {a->credit.exact,
				      credit_unit_word(UNIT_CONTACT_HOUR)};

	return x->many ? "import it with --unit \"contact hour\""
		       : arena_printf(x->w->arena, "pdh edit %s --credit \"%s\"",
				      number_of(x), texts_credit(x->w->arena, stated));
}

/* Where a board counts fewer minutes as an hour, an hour of the clock is more than one of its own; what a certificate states
 * is not. */
static void note_minutes(struct noter *x, const struct activity *a)
{
	struct arena *arena = x->w->arena;

	if (!credit_unit_is(a->credit.unit, UNIT_HOUR) ||
	    (a->kind && strcmp(a->kind, "opening") == 0))
		return;
	for (size_t i = 0; i < x->held->n; i++) {
		const struct held *h = &x->held->v[i];
		const struct ratio hour = h->cycle.rules.worth[UNIT_HOUR];
		if (hour.num <= hour.den || is_seen(x, "minutes", h->alias))
			continue;
		texts_add(x->notes,
			  arena_printf(arena,
				       "%s counts %lld clock minutes as an hour. "
				       "If a certificate states the hours: %s",
				       h->alias, (long long)(60 * hour.den / hour.num),
				       as_stated(x, a)),
			  arena);
	}
}

/* The credentials whose rules are asked. */
static int watch(struct work *w, struct held_list *ret, struct err *e)
{
	struct held_list held;
	int r = held_all(w, DATE_NONE, &held, e);

	if (r < 0)
		return r;
	*ret = (struct held_list){arena_array(w->arena, held.n + 1, sizeof(*ret->v)), 0};
	for (size_t i = 0; i < held.n; i++)
		if (held_counts_hours(&held.v[i], w->today))
			ret->v[ret->n++] = held.v[i];
	return 0;
}

int activity_words_known(struct work *w, enum rule_attr attr, struct texts *ret,
			 struct err *e)
{
	struct held_list watched;
	const struct noter x = {.w = w, .held = &watched};
	int r = watch(w, &watched, e);

	if (r == 0)
		known_words(&x, attr, ret);
	return r;
}

int activity_topic_known(struct work *w, const char *topic, bool *ret, struct err *e)
{
	struct texts known = {0, NULL};
	int r = activity_words_known(w, ATTR_TOPIC, &known, e);

	if (r == 0)
		*ret = texts_has(&known, rules_fold(topic, w->arena));
	return r;
}

int activity_words(struct work *w, const struct activity *v, size_t n,
		   struct texts *notes, struct err *e)
{
	struct held_list watched;
	struct noter x = {.w = w, .held = &watched, .notes = notes, .many = n > 1};
	int r = watch(w, &watched, e);

	for (size_t i = 0; r == 0 && watched.n && i < n; i++) {
		x.id = v[i].id;
		note_words(&x, &v[i]);
		note_unit(&x, &v[i]);
		note_minutes(&x, &v[i]);
	}
	return r;
}
