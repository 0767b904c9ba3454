/* What the steps of the oracle share. */
#pragma once

#include "tests/support/oracle.h"

static inline const struct story_rule *oracle_rule(const struct oracle *o, int rule)
{
	return &o->s->rules[rule];
}

static inline const struct story_entry *oracle_entry(const struct oracle *o, int part)
{
	return &o->s->entries[o->entry[part]];
}

static inline bool oracle_selects(const struct oracle *o, const struct story_where *w,
				  int part)
{
	if (w->topics && !(w->topics & o->topics[part]))
		return false;
	return !w->kind || (oracle_entry(o, part)->kind == w->kind) != w->other;
}

static inline bool oracle_is_within(struct period p, civil_day day)
{
	return (p.from == DATE_NONE || day >= p.from) &&
	       (p.to == DATE_NONE || day <= p.to);
}

/* The days whose hours are of the period: those of grace fill it. */
static inline struct period oracle_span(const struct story *s)
{
	struct period p = s->period;

	if (s->grace)
		p.to = date_add_months(p.to, 3);
	return p;
}

static inline bool oracle_holds(const struct oracle *o, int rule)
{
	return (o->unsure >> rule & 1) || !oracle_rule(o, rule)->unsure;
}

/* ---- oracle_worth.c ---- */

/* Fills in the parts. */
void oracle_worth(struct oracle *o);

/* ---- oracle_turns.c ---- */

/* Fills in what is required, and needs and limits in their windows. */
void oracle_turns(struct oracle *o);
