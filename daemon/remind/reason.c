#include "daemon/remind/reason.h"

#include "common/texts.h"

#include <string.h>

static const char *missing_hours(const struct standing *s, struct arena *a)
{
	if (!s->remaining.unit || s->remaining.exact <= 0)
		return "";
	return arena_printf(a, "Still missing: %s of %s.\n",
			    texts_credit(a, s->remaining), texts_credit(a, s->required));
}

/* Both totals, where the verdict hangs on rules that are not sure. */
static const char *undecided(const struct standing *s, struct arena *a)
{
	if (s->state != STATE_UNDECIDED || !s->otherwise.unit)
		return "";
	return arena_printf(
		a, "Undecided: %s count, or %s; the board says which rules hold.\n",
		texts_credit(a, s->counted), texts_credit(a, s->otherwise));
}

/* The first few that are open, by name. */
static const char *open_items(const struct standing *s, struct arena *a)
{
	enum { MOST = 4 };
	const char *text = "";
	size_t n = 0;

	for (size_t i = 0; i < s->items.n; i++) {
		const struct item *item = &s->items.v[i];
		bool advice = item->level == RULE_LEVEL_SHOULD;
		bool hours = item->act == ACT_FINISH;
		if (advice || hours || item->state == ITEM_STATE_DONE || n++ >= MOST)
			continue;
		text = arena_printf(a, "%s%s%s", text, *text ? "; " : "", item->title);
	}
	if (!*text)
		return "";
	return arena_printf(a, "To be done besides: %s%s.\n", text,
			    n > MOST ? "; and more" : "");
}

static const char *missing_proof(const struct rung_basis *b, struct arena *a)
{
	if (!b->unproved)
		return "";
	return arena_printf(a,
			    "Still without the proof to keep: %zu %s (pdh evidence "
			    "--missing).\n",
			    b->unproved, b->unproved == 1 ? "entry" : "entries");
}

const char *reason_text(const struct rung_basis *b, const struct reminder *m,
			struct arena *a)
{
	const struct standing *s = &b->standing;
	bool cycle = m->about == REMINDER_ABOUT_CYCLE;
	bool item = m->about == REMINDER_ABOUT_ITEM;
	civil_day day = m->about == REMINDER_ABOUT_PACE ? s->cycle->to : m->day;

	return arena_printf(a, "%s\n%s: %s.\n%s%s%s%s", s->title,
			    item ? m->title : "The last day", texts_day(a, day),
			    item ? "" : missing_hours(s, a), item ? "" : undecided(s, a),
			    item ? "" : open_items(s, a),
			    cycle ? missing_proof(b, a) : "");
}
