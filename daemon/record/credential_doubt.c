/* What was told of a credential and can hardly be: a last day on which its rules end no cycle, a cycle of many lengths. */
#include "common/texts.h"
#include "daemon/judge/facts.h"
#include "daemon/judge/follow.h"
#include "daemon/pack/ends.h"
#include "daemon/record/credential.h"

static bool is_yearly(const struct pack_calendar *c)
{
	return c->anchor == ANCHOR_DAY || c->anchor == ANCHOR_DAY_OF ||
	       c->anchor == ANCHOR_MONTH_END_OF;
}

/* The first day on or after the last one that its rules end cycles on; DATE_NONE where they name none. */
static civil_day named_day(const struct pack *p, const struct texts *facts,
			   civil_day ends)
{
	struct err ignored;
	civil_day day;

	if (!is_yearly(&p->calendar) || pack_ends_listed(p, ends) ||
	    pack_ends_common(p, facts, ends, &day, &ignored) < 0)
		return DATE_NONE;
	return day;
}

static void doubt_end(struct work *w, const struct held *h, const struct texts *facts,
		      struct texts *notes)
{
	const struct held_cycle *c = &h->cycle;
	civil_day day = named_day(c->pack, facts, c->ends);
	char iso[DATE_ISO_SIZE], first[DATE_ISO_SIZE];

	if (day == DATE_NONE || day == c->ends || c->begins == DATE_NONE)
		return;
	civil_day begins = pack_cycle_begin(c->pack, facts, h->issued, day);
	date_format_iso(day, iso);
	date_format_iso(begins != DATE_NONE ? begins : c->begins, first);
	texts_add(notes,
		  arena_printf(w->arena,
			       "its rules end no cycle on %s; if that is a slip: pdh "
			       "credential edit %s --begins %s --expires %s",
			       texts_day(w->arena, c->ends), h->alias, first, iso),
		  w->arena);
}

static void doubt_length(struct work *w, const struct held *h, const struct texts *facts,
			 struct texts *notes)
{
	enum { YEAR = 12 };
	const struct held_cycle *c = &h->cycle;
	int length = pack_ends_length(c->pack, facts);

	if (length <= 0 || c->begins == DATE_NONE ||
	    c->ends <= date_add_months(c->begins, length + YEAR))
		return;
	texts_add(
		notes,
		arena_printf(w->arena,
			     "its cycle is %s to %s, where its rules have %d months; if "
			     "that is a slip: pdh credential edit %s --begins or "
			     "--expires",
			     texts_day(w->arena, c->begins), texts_day(w->arena, c->ends),
			     length, h->alias),
		w->arena);
}

static void doubt_begin(struct work *w, const struct held *h, struct texts *notes)
{
	const struct held_cycle *c = &h->cycle;

	if (c->begins != DATE_NONE && c->begins > w->today)
		texts_add(notes,
			  arena_printf(
				  w->arena,
				  "its cycle has not begun: it begins on %s, and hours "
				  "of earlier days do not count for it",
				  texts_day(w->arena, c->begins)),
			  w->arena);
}

int credential_tell_doubts(struct work *w, const char *alias, struct texts *notes,
			   struct err *e)
{
	const char *follows;
	struct texts facts;
	struct held h;

	int r = held_find(w, alias, "credential", &h, e);
	if (r < 0 || h.cycle.ends == DATE_NONE)
		return r;
	r = facts_told(w, h.id, h.cycle.ends, &facts, e);
	if (r == 0)
		r = follow_doubt(w, &h, &follows, e);
	if (r < 0)
		return r;
	if (follows)
		texts_add(notes, follows, w->arena);
	doubt_end(w, &h, &facts, notes);
	doubt_length(w, &h, &facts, notes);
	doubt_begin(w, &h, notes);
	return 0;
}
