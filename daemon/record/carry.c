#include "daemon/record/carry.h"

#include "daemon/judge/judge.h"

#include <string.h>

/* The topic of the part that an entry is; "" where its activity is not split. A part
 * stands among others of its activity, in the order of their topics. */
static int part_of(struct work *w, const struct rules_case *c, size_t entry,
		   const char **ret, struct err *e)
{
	size_t place = 0, n = 0;
	AUTO_STMT s = NULL;

	*ret = "";
	while (place < entry && c->entries[entry - place - 1].id == c->entries[entry].id)
		place++;
	int r = db_query(w->db, Q_part_all, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", c->entries[entry].id);
	while ((r = db_step(w->db, s, e)) > 0)
		if (n++ == place)
			*ret = db_text(s, 0, w->arena);
	return r;
}

static int save(struct work *w, int64_t cycle_id, enum entry_origin origin, bool general,
		const struct rules_case *c, const struct carried_part *part,
		struct err *e)
{
	const char *topic;

	int r = part_of(w, c, part->entry, &topic, e);
	if (r == 0)
		r = DB_DO(w->db, Q_carried_insert, e, DB_INT(":cycle_id", cycle_id),
			  DB_INT(":activity_id", c->entries[part->entry].id),
			  DB_TEXT(":part", topic),
			  DB_TEXT(":origin", entry_origin_word(origin)),
			  DB_INT(":credit", part->amount), DB_INT(":general", general));
	return r;
}

static int save_all(struct work *w, int64_t cycle_id, enum entry_origin origin,
		    bool general, const struct rules_case *c, const struct carry_out *out,
		    struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < out->n; i++)
		r = save(w, cycle_id, origin, general, c, &out->parts[i], e);
	return r;
}

/* Hours of the days of grace: what the old cycle needs of them stays with it. */
static int keep_late(struct work *w, const struct held *old, civil_day day,
		     struct carried_over *ret, struct err *e)
{
	const struct judge_question question = {.day = day};
	struct rules_case c;
	struct carry_out late;

	if (!old->cycle.rules.sees_after)
		return 0;
	int r = judge_prepare(w, old, &question, &c, e);
	if (r < 0)
		return r;
	rules_fill_late(&c, w->arena, &late);
	ret->late = late.amount;
	return save_all(w, old->cycle.id, ORIGIN_LATE, false, &c, &late, e);
}

int carry_over(struct work *w, const struct held *old, int64_t new_cycle, civil_day day,
	       struct carried_over *ret, struct err *e)
{
	const struct judge_question question = {.day = day};
	struct held closed = *old;
	struct rules_case c;
	struct carry_out out;

	*ret = (struct carried_over){0};
	int r = keep_late(w, old, day, ret, e);
	closed.cycle.closed_on = day;
	if (r == 0)
		r = judge_prepare(w, &closed, &question, &c, e);
	if (r < 0)
		return r;
	rules_carry_out(&c, w->arena, &out);
	ret->amount = out.amount;
	ret->surplus = out.surplus;
	ret->rule = out.rule;
	ret->why = out.why;
	bool general = out.rule && out.rule->carry->as_general;
	return save_all(w, new_cycle, ORIGIN_CARRIED, general, &c, &out, e);
}

int carry_told(struct work *w, const struct held *old, int64_t new_cycle, int64_t amount,
	       struct err *e)
{
	const struct judge_question question = {.day = DATE_NONE, .parts = true};
	struct judged_cycle j;
	struct rules_case c;

	int r = judge_prepare(w, old, &question, &c, e);
	if (r == 0)
		r = judge_cycle(w, old, &question, &j, e);
	for (size_t i = r == 0 ? j.n : 0; r == 0 && amount > 0 && i-- > 0;) {
		int64_t counted = j.verdict.parts[i].of_total;
		struct carried_part part = {i, counted < amount ? counted : amount};
		if (counted <= 0)
			continue;
		amount -= part.amount;
		r = save(w, new_cycle, ORIGIN_CARRIED, true, &c, &part, e);
	}
	if (r == 0 && amount > 0)
		return err_set(e, -PDH_REFUSED, "carried",
			       "more was carried over than counted in that cycle");
	return r;
}
