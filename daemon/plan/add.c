/* What is added in thought: "6h related monthly, 12h conference 2026-07". */
#include "common/ascii.h"
#include "common/similar.h"
#include "common/texts.h"
#include "daemon/plan/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	AMOUNT_WORDS = 4, /* "2 h 30 min" */
	PHRASE_WORDS = 6, /* "mental health first aid" */
};

/* One part on its way to activities. */
struct adder {
	struct work *w;
	const struct plan_vocabulary *words;
	struct activity activity; /* what all its days have in common */
	struct texts unknown;	  /* words that nothing knows */
	struct texts *notes;
	struct err *e;
};

/* ---- what it is ------------------------------------------------------------------------- */

static void add_topic(struct adder *p, const char *topic)
{
	struct texts *t = &p->activity.topics;

	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->v[i], topic) == 0)
			return;
	texts_add(t, similar_lower(topic, p->w->arena), p->w->arena);
}

/* False where there is one already, and another. */
static bool take_one(const char **member, const char *word)
{
	if (*member && strcmp(*member, word) != 0)
		return false;
	*member = word;
	return true;
}

static bool take(struct adder *p, enum rule_attr attr, const char *word)
{
	struct activity *a = &p->activity;

	switch (attr) {
	case ATTR_KIND:
		return take_one(&a->kind, word);
	case ATTR_FORMAT:
		return take_one(&a->format, word);
	case ATTR_ROLE:
		return take_one(&a->role, word);
	case ATTR_PROVIDER:
		return take_one(&a->provider, word);
	case ATTR_COURSE:
		return take_one(&a->course, word);
	case ATTR_APPROVAL:
		return take_one(&a->approval, word);
	case ATTR_TOPIC:
		add_topic(p, word);
		return true;
	case ATTR_DUTY:
		a->duty = yes_no_of(word) == ANSWER_YES;
		return true;
	case ATTR_UNIT:
	case ATTR_ORIGIN:
	case ATTR_COUNT:
		break;
	}
	return true;
}

/* The first word of each term, and of the first of several selectors. */
static bool take_where(struct adder *p, const struct where *w)
{
	bool taken = true;

	for (size_t i = 0; i < w->n; i++)
		taken = take(p, w->terms[i].attr, w->terms[i].words.v[0]) && taken;
	return (!w->any_count || take_where(p, w->any)) && taken;
}

/* A known word, or what the need of this name asks for. */
static void take_known(struct adder *p, const struct plan_word *word)
{
	bool taken = word->where ? take_where(p, word->where)
				 : take(p, word->attr, word->stored);

	if (!taken)
		texts_add(p->notes,
			  arena_printf(p->w->arena,
				       "\"%s\" only stands in the title: an activity has "
				       "one kind, one format, one role",
				       word->folded),
			  p->w->arena);
}

/* A slip is pointed out at once; what is not near anything is told of together. */
static int take_unknown(struct adder *p, const char *word)
{
	struct arena *a = p->w->arena;
	const char *near = plan_word_near(p->words, rules_fold(word, a), a);

	if (ascii_is_digit(*word))
		return err_set(p->e, -PDH_USAGE, "add",
			       "\"%.40s\" is neither a word nor a date; try 2026-07-14, "
			       "2026-07 or 14 jul",
			       word);
	if (near)
		texts_add(p->notes,
			  arena_printf(a,
				       "\"%s\" is not a pack, kind or topic in "
				       "use; did you mean \"%s\"?",
				       word, near),
			  a);
	else
		texts_add(&p->unknown, arena_printf(a, "\"%s\"", word), a);
	return 0;
}

static void note_unknown(struct adder *p)
{
	struct arena *a = p->w->arena;
	const char *all = "";

	for (size_t i = 0; i < p->unknown.n; i++)
		all = arena_printf(a, "%s%s%s", all,
				   i == 0		   ? ""
				   : i + 1 == p->unknown.n ? " and "
							   : ", ",
				   p->unknown.v[i]);
	if (p->unknown.n)
		texts_add(
			p->notes,
			arena_printf(a,
				     "%s: known to no pack, kind or topic in use, and so "
				     "only in the title",
				     all),
			a);
}

/* How many words from `at` on are one that is known; 0 if none. */
static size_t take_phrase(struct adder *p, const struct plan_tokens *words, size_t at)
{
	struct arena *a = p->w->arena;

	for (size_t n = PHRASE_WORDS; n > 0; n--) {
		if (at + n > words->n)
			continue;
		const struct plan_word *known = plan_word_find(
			p->words,
			rules_fold(plan_tokens_join(words, at, at + n, "-", a), a));
		if (!known)
			continue;
		take_known(p, known);
		return n;
	}
	return 0;
}

static int read_what(struct adder *p, const struct plan_tokens *words)
{
	const char *title = NULL;

	for (size_t i = 0; i < words->n;) {
		if (words->v[i].quoted && *words->v[i].text) {
			title = words->v[i++].text;
			continue;
		}
		size_t n = take_phrase(p, words, i);
		int r = n ? 0 : take_unknown(p, words->v[i].text);
		if (r < 0)
			return r;
		i += n ? n : 1;
	}
	if (!title && words->n)
		title = plan_tokens_join(words, 0, words->n, " ", p->w->arena);
	if (!title) {
		err_set(p->e, -PDH_USAGE, "add",
			"says how much and not what: add a kind, a topic or a title");
		return err_hint(p->e, "such as: 6h workshop monthly");
	}
	p->activity.title = title;
	return 0;
}

/* ---- how much --------------------------------------------------------------------------- */

static int read_amount(struct adder *p, struct plan_tokens *words)
{
	struct err ignored;

	for (size_t n = AMOUNT_WORDS; n > 1; n--) {
		if (n > words->n ||
		    credit_parse(plan_tokens_join(words, 0, n, " ", p->w->arena),
				 &p->activity.credit, &ignored) < 0)
			continue;
		words->v += n;
		words->n -= n;
		return 0;
	}
	int r = credit_parse(words->v[0].text, &p->activity.credit, p->e);
	words->v++;
	words->n--;
	return r;
}

/* ---- one part, and all of them ----------------------------------------------------------- */

static int add_days(struct adder *p, const civil_day *days, size_t n, struct list *to)
{
	struct activity *v = to->v;

	if (to->n + n > PLAN_ADDED_MAX)
		return err_set(
			p->e, -PDH_REFUSED, "add",
			"is more than %d activities; give an earlier day with until",
			PLAN_ADDED_MAX);
	for (size_t i = 0; i < n; i++) {
		v = arena_grow(p->w->arena, v, to->n, sizeof(*v));
		v[to->n] = p->activity;
		v[to->n++].done_on = days[i];
	}
	to->v = v;
	return 0;
}

static int read_one(struct adder *p, struct plan_tokens *words, civil_day last,
		    struct list *to)
{
	civil_day *days;
	size_t n;

	shape_none(&shape_activity, &p->activity);
	p->activity.planned = 1;
	p->activity.duty = 0;
	int r = read_amount(p, words);
	if (r == 0)
		r = plan_when(p->w, words, last, &days, &n, p->e);
	if (r == 0)
		r = read_what(p, words);
	return r < 0 ? r : add_days(p, days, n, to);
}

static int by_day(const void *a, const void *b)
{
	const struct activity *x = a, *y = b;

	return (x->done_on > y->done_on) - (x->done_on < y->done_on);
}

/* The last day of the latest cycle. */
static civil_day last_day(const struct held_list *held)
{
	civil_day last = DATE_NONE;

	for (size_t i = 0; i < held->n; i++)
		if (held->v[i].cycle.ends != DATE_NONE && held->v[i].cycle.ends > last)
			last = held->v[i].cycle.ends;
	return last;
}

/* The words of the credentials that are looked at go first, where one means two things. */
static struct held_list first_to_last(const struct held_list *held,
				      const struct held_list *all, struct arena *a)
{
	struct held_list l = {arena_array(a, held->n + all->n, sizeof(*l.v)), 0};

	for (size_t i = 0; i < held->n; i++)
		l.v[l.n++] = held->v[i];
	for (size_t i = 0; i < all->n; i++)
		l.v[l.n++] = all->v[i];
	return l;
}

int plan_add(struct work *w, const struct held_list *all, const struct held_list *held,
	     const struct texts *add, struct list *ret, struct texts *notes,
	     struct err *e)
{
	const struct held_list known = first_to_last(held, all, w->arena);
	struct plan_vocabulary words;
	struct adder p = {.w = w, .words = &words, .notes = notes, .e = e};
	struct list to = {0, NULL};

	int r = plan_vocabulary(w, &known, &words, e);
	for (size_t i = 0; r == 0 && i < add->n; i++) {
		const char *at = add->v[i];
		while (r == 0 && *at) {
			struct plan_tokens tokens;
			at = plan_tokens_read(at, w->arena, &tokens);
			if (tokens.n)
				r = read_one(&p, &tokens, last_day(held), &to);
		}
	}
	if (r == 0 && to.n == 0)
		r = err_set(e, -PDH_USAGE, "add",
			    "is empty: give an amount, what it is, and when");
	if (r < 0) {
		snprintf(e->field, sizeof(e->field), "add");
		return r;
	}
	note_unknown(&p);
	qsort(to.v, to.n, sizeof(struct activity), by_day);
	*ret = to;
	return 0;
}
