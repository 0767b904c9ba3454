#include "daemon/judge/why.h"

#include "common/texts.h"
#include "daemon/rules/words/words.h"

#include <string.h>

/* What the activity itself says, whatever its day. */
static const char *scope(struct work *w, const struct held *h, const struct activity *a,
			 enum hours_place *ret_place)
{
	*ret_place = PLACE_KEPT;
	if (a->only.v && !texts_has(&a->only, h->alias))
		return a->only.n ? arena_printf(w->arena, "counts for %s only",
						a->only.v[0])
				 : "counts only for a credential that is gone";
	if (texts_has(&a->except, h->alias))
		return "excluded by --not";
	*ret_place = PLACE_PLANNED;
	return a->planned > 0 ? "planned, not done yet" : NULL;
}

/* Where its day lies. */
static const char *days(struct work *w, const struct held *h,
			const struct judged_cycle *j, const struct activity *a,
			enum hours_place *ret_place)
{
	const struct period span = j->verdict.span;

	*ret_place = PLACE_EARLY;
	if (span.from != DATE_NONE && a->done_on < span.from)
		return arena_printf(w->arena, "done before this cycle, which began %s",
				    texts_day(w->arena, h->cycle.begins));
	*ret_place = PLACE_LATE;
	if (span.to != DATE_NONE && a->done_on > span.to)
		return arena_printf(w->arena, "done after this cycle, which ended %s",
				    texts_day(w->arena, h->cycle.ends));
	if (j->day != DATE_NONE && a->done_on > j->day)
		return arena_printf(w->arena, "done after %s, the day asked about",
				    texts_day(w->arena, j->day));
	return NULL;
}

static const char *elsewhere(struct work *w, const struct held *h)
{
	return arena_printf(
		w->arena,
		"an hour serves one credential of %s alone; --only %s ties it "
		"to this one",
		h->cycle.pack->authority ? h->cycle.pack->authority : "its board",
		h->alias);
}

const char *why_gate(struct work *w, const struct held *h, const struct judged_cycle *j,
		     const struct activity *a, enum hours_place *ret_place,
		     size_t *ret_first, size_t *ret_n)
{
	const char *why = scope(w, h, a, ret_place);

	*ret_n = judge_find(j, a->done_on, a->id, ret_first);
	if (!why)
		why = days(w, h, j, a, ret_place);
	if (why || *ret_n)
		return why;
	*ret_place = PLACE_KEPT;
	return elsewhere(w, h);
}

const char *why_credit(struct work *w, const struct ruleset *rules, const struct rule *r)
{
	const char *name = rules_name(r), *words = rules_words(rules, r, NULL, w->arena);
	size_t first = strcspn(words, ",");

	if (memmem(name, strlen(name), words, first))
		return arena_printf(w->arena, "%s%s", name, words + first);
	return arena_printf(w->arena, "%s: %s", name, words);
}

const char *why_part(struct work *w, const struct held *h, const char *unit,
		     const struct judged_part *p)
{
	switch (p->state) {
	case PART_UNIT:
		return arena_printf(w->arena, "a %s is worth nothing in its rules", unit);
	case PART_CUT:
		return p->rule ? arena_printf(w->arena, "%s: its limit is reached",
					      rules_name(p->rule))
			       : "a limit is reached";
	case PART_REFUSED:
	case PART_COUNTED:
	case PART_CARRIED:
	case PART_LATE:
	case PART_OUTSIDE:
		break;
	}
	if (p->held_back)
		return "used by the cycle before";
	if (p->state != PART_REFUSED && p->value >= p->base)
		return NULL;
	return p->rule->why ? p->rule->why : why_credit(w, &h->cycle.rules, p->rule);
}
