/* pdh explain NUMBER: where the hours of an activity went. */
#include "client/show/explain.h"

#include "client/term/text.h"

#include <string.h>

/* ---- what both have in common ------------------------------------------------------------------- */

const char *show_portions(const struct show *v, const struct portion *p, size_t n,
			  int64_t entries, bool hours)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(v->s.a, "%s%s#%lld%s%s", all, i ? ", " : "",
				   (long long)p[i].id, hours ? NBSP : "",
				   hours ? show_credit(v, p[i].credit) : "");
	if (entries <= (int64_t)n)
		return all;
	return arena_printf(v->s.a, "%s and %lld" NBSP "more", all,
			    (long long)(entries - (int64_t)n));
}

const char *show_source(const struct show *v, const char *cite, enum source_mark mark,
			enum told_level level)
{
	bool unsure = level == RULE_LEVEL_UNSURE;

	if (!cite)
		return unsure ? "no source, not sure" : "";
	return arena_printf(v->s.a, "%s%s%s%s", cite, mark ? ", " : "",
			    source_mark_word(mark), unsure ? ", not sure" : "");
}

void show_explained_cycle(const struct show *v, const struct credential_explained *c,
			  civil_day as_of)
{
	const struct cycle *y = c->cycle;
	const char *judged = as_of == v->today
				     ? ""
				     : arena_printf(v->s.a, ", judged on" NBSP "%s",
						    show_day(v, as_of));
	const char *read = c->read == DATE_NONE ? ""
						: arena_printf(v->s.a, ", read" NBSP "%s",
							       show_day(v, c->read));

	screen_field(&v->s, EXPLAIN_LABEL, "cycle",
		     arena_printf(v->s.a, "%s%s", show_span(v, y->from, y->to), judged));
	screen_field(&v->s, EXPLAIN_LABEL, "pack",
		     arena_printf(v->s.a, "%s%s", show_pack_name(v, y->pack, y->version),
				  read));
	for (size_t i = 0; i < c->notices.n; i++)
		screen_field(&v->s, EXPLAIN_LABEL, i ? "" : "see", c->notices.v[i]);
}

void show_undecided(const struct show *v, const struct credential_explained *c)
{
	const char *on = c->hangs_on.n ? show_texts(v, &c->hangs_on, ", ")
				       : "an unanswered question";
	struct arena *a = v->s.a;

	if (c->undecided <= 0 && !c->otherwise.unit)
		return;
	const char *text = arena_printf(a, "the %s hangs on %s",
					c->undecided > 0 ? "verdict" : "total", on);
	if (c->otherwise.unit)
		text = arena_printf(a, "%s: with it %s count in the cycle, without it %s",
				    text, show_credit(v, c->cycle->counted),
				    show_credit(v, c->otherwise));
	screen_field(&v->s, EXPLAIN_LABEL, c->undecided > 0 ? "undecided" : "unsure",
		     text);
}

/* ---- an activity -------------------------------------------------------------------------------- */

/* "2.0 of 6.0 h count", "10.0 h count 16.0 h", "3.0 sh count 45.0 h" */
static const char *count_text(const struct show *v, const struct entry_explained *e)
{
	const struct credit *as = &e->credit, *here = &e->logged, *counted = &e->counted;
	bool same =
		here->unit && as->exact == here->exact &&
		strcmp(credit_unit_brief(as->unit), credit_unit_brief(here->unit)) == 0;

	if (same && counted->exact <= here->exact)
		return arena_printf(
			v->s.a, "%s of %s count",
			show_number(v, counted->exact, show_decimals(counted->exact)),
			show_credit(v, *as));
	return arena_printf(v->s.a, "%s count %s", show_credit(v, *as),
			    show_credit(v, *counted));
}

static void show_head(const struct show *v, const struct credential_explained *c,
		      const struct entry_explained *e)
{
	const struct piece right = {.text = count_text(v, e)};

	screen_end(&v->s);
	screen_ends(
		&v->s,
		arena_printf(v->s.a, "%s (%s)", c->title ? c->title : c->alias, c->alias),
		&right);
}

/* The ceiling that cut: the one of its rule in whose days the entry lies. */
static const struct limit_explained *limit_of(const struct credential_explained *c,
					      const struct entry_explained *e,
					      const struct placed *p)
{
	for (size_t i = 0; i < c->limits.n; i++) {
		const struct limit *l = c->limits.v[i].limit;
		if (show_is(l->id, p->rules.v[0]) &&
		    period_has((struct period){l->from, l->to}, e->done_on))
			return &c->limits.v[i];
	}
	return NULL;
}

/* "38.0 h used before it: #3 20.0 h, #9 18.0 h and 2 more" */
static const char *room_text(const struct show *v, const struct limit_explained *l)
{
	struct arena *a = v->s.a;
	const char *by = show_portions(v, l->used_by.v, l->used_by.n, l->entries, true);

	if (l->entries == 0)
		return "no other entry uses it";
	if (l->after.exact == 0)
		return arena_printf(a, "%s used before it: %s", show_credit(v, l->before),
				    by);
	return arena_printf(a,
			    "%s used before it and %s after it: %s\n"
			    "the hours that leave the least missing are chosen",
			    show_credit(v, l->before), show_credit(v, l->after), by);
}

static const char *amount_text(const struct show *v, const struct placed *p)
{
	struct credit c = p->credit;
	const char *topic = p->topic ? arena_printf(v->s.a, "%s ", p->topic) : "";

	if (p->place != PLACE_CHANGED)
		return arena_printf(v->s.a, "%s%s", topic, show_credit(v, c));
	return arena_printf(v->s.a, "%s%s" NBSP "%s", topic,
			    show_signed(v, -c.exact, show_decimals(c.exact)),
			    show_unit(c));
}

static bool counts(const struct placed *p)
{
	return p->place == PLACE_COUNTED || p->place == PLACE_ASIDE ||
	       p->place == PLACE_CARRIED;
}

/* Whether an earlier part was cut by the same limit: its room is told once. */
static bool is_told(const struct entry_explained *e, const struct placed *p)
{
	for (const struct placed *o = e->parts.v; o < p; o++)
		if (o->place == PLACE_CUT && o->rules.n &&
		    show_is(o->rules.v[0], p->rules.v[0]))
			return true;
	return false;
}

static void show_placed(const struct show *v, const struct credential_explained *c,
			const struct entry_explained *e, const struct placed *p)
{
	struct arena *a = v->s.a;
	const char *text = amount_text(v, p);
	const struct limit_explained *l =
		p->place == PLACE_CUT && p->rules.n && !is_told(e, p) ? limit_of(c, e, p)
								      : NULL;

	if (p->why && !counts(p))
		text = arena_printf(a, "%s: %s", text, p->why);
	if (p->place != PLACE_CUT && p->place != PLACE_REFUSED &&
	    p->place != PLACE_CHANGED && p->rules.n)
		text = arena_printf(a, "%s for %s", text, show_texts(v, &p->rules, ", "));
	if (p->why && counts(p))
		text = arena_printf(a, "%s\n%s", text, p->why);
	if (l)
		text = arena_printf(a, "%s\n%s", text, room_text(v, l));
	screen_field(&v->s, EXPLAIN_LABEL, hours_place_word(p->place), text);
}

/* "independent-study: 19 TAC 232.15, confirmed", for each rule that had a say. */
static void show_rulings(const struct show *v, const struct credential_explained *c)
{
	const char *label = "rules";

	for (size_t i = 0; i < c->rules.n; i++) {
		const struct ruling *r = &c->rules.v[i];
		const char *source = show_source(v, r->cite, r->mark, r->level);
		const char *title = show_is(r->title, r->id)
					    ? ""
					    : arena_printf(v->s.a, " (%s)", r->title);
		screen_field(&v->s, EXPLAIN_LABEL, label,
			     arena_printf(v->s.a, "%s%s%s%s", r->id, title,
					  *source ? ": " : "", source));
		label = "";
	}
}

static void show_entry(const struct show *v, const struct credential_explained *c,
		       civil_day as_of)
{
	const struct entry_explained *e = &c->entries.v[0];

	show_head(v, c, e);
	for (size_t i = 0; i < e->parts.n; i++)
		show_placed(v, c, e, &e->parts.v[i]);
	if (c->hangs_on.n)
		show_undecided(v, c);
	show_rulings(v, c);
	show_explained_cycle(v, c, as_of);
}

/* Nothing is to be said of a credential for which the person did not mean it, unless they ask. */
static const struct placed *kept_from(const struct explained *r,
				      const struct credential_explained *c)
{
	const struct entry_explained *e = c->entries.n ? &c->entries.v[0] : NULL;
	bool kept = e && e->parts.n == 1 && e->parts.v[0].place == PLACE_KEPT;

	return kept && r->credentials.n > 1 ? &e->parts.v[0] : NULL;
}

/* The board has the last word, and the pack shows where to read it: that of the first credential for which
 * something does not count. */
static void show_last_word(const struct show *v, const struct explained *r)
{
	const struct credential_explained *known = NULL;

	for (size_t i = 0; i < r->credentials.n; i++) {
		const struct credential_explained *c = &r->credentials.v[i];
		bool takes = c->counted.exact < c->logged.exact;
		if (c->read != DATE_NONE && !(r->activity && kept_from(r, c)) &&
		    (!known || (takes && known->counted.exact >= known->logged.exact)))
			known = c;
	}
	if (!known)
		return;
	screen_end(&v->s);
	screen_line(&v->s, "The rules and their sources: pdh rules show %s",
		    known->cycle->pack);
}

static void show_kept(const struct show *v, const struct explained *r)
{
	const char *names = "", *why = NULL;

	for (size_t i = 0; r->activity && i < r->credentials.n; i++) {
		const struct credential_explained *c = &r->credentials.v[i];
		const struct placed *p = kept_from(r, c);
		if (!p)
			continue;
		names = arena_printf(v->s.a, "%s%s%s", names, *names ? ", " : "",
				     c->alias);
		why = p->why;
	}
	if (!*names)
		return;
	screen_end(&v->s);
	screen_line(&v->s, "Excluded from %s: %s", names, why ? why : "not for it");
}

void show_explained(const struct show *v, const struct explained *r)
{
	if (r->activity)
		show_activity_head(v, r->activity);
	for (size_t i = 0; i < r->credentials.n; i++) {
		const struct credential_explained *c = &r->credentials.v[i];
		if (!r->activity)
			show_explained_credential(v, c, r->as_of);
		else if (c->entries.n && !kept_from(r, c))
			show_entry(v, c, r->as_of);
	}
	show_kept(v, r);
	if (r->credentials.n == 0)
		screen_line(&v->s,
			    "No credential requires hours. Add one: pdh credential add");
	show_last_word(v, r);
}
