/* What rules say that neither ask for hours nor limit them. */
#include "common/texts.h"
#include "daemon/rules/words/words.h"

#include "daemon/rules/words/parts.h"

#include <string.h>

static void clause(const char **all, const char *text, struct arena *a)
{
	*all = **all ? arena_printf(a, "%s, %s", *all, text) : text;
}

static const char *const rounding_words[] = {[ROUND_DOWN] = "down to",
					     [ROUND_UP] = "up to",
					     [ROUND_NEAREST] = "to the nearest"};

/* ---- credit ----------------------------------------------------------------------------- */

static const char *times(struct ratio r, struct arena *a)
{
	if (r.num == 0)
		return "counts nothing";
	if (r.num == 2 && r.den == 1)
		return "counts double";
	if (r.num == 1 && r.den == 2)
		return "counts half";
	return arena_printf(
		a, "counts %s times",
		words_of_number((int64_t)((int128)r.num * CREDIT_ONE / r.den), a));
}

static void bounds(const struct ruleset *rules, const struct worth_rule *w,
		   const char **all, struct arena *a)
{
	const struct {
		int64_t v;
		const char *text;
	} rows[] = {{w->least, "nothing below"},
		    {w->floor, "at least"},
		    {w->most, "at most"}};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].v)
			clause(all,
			       arena_printf(a, "%s %s", rows[i].text,
					    rules_short_words(rules, rows[i].v, a)),
			       a);
	if (!w->step)
		return;
	const char *text = arena_printf(a, "rounded %s %s", rounding_words[w->round],
					rules_short_words(rules, w->step, a));
	if (w->first)
		text = arena_printf(a, "%s beyond %s", text,
				    rules_short_words(rules, w->first, a));
	clause(all, text, a);
}

const char *words_of_worth(const struct ruleset *rules, const struct worth_rule *w,
			   struct arena *a)
{
	static const char *const attr_words[ATTR_COUNT] = {
#define X(name, word) [ATTR_##name] = word,
		RULE_ATTR_MAP(X)
#undef X
	};
	const char *all = "";

	if (w->fixed)
		clause(&all,
		       arena_printf(a, "each counts %s",
				    rules_short_words(rules, w->fixed, a)),
		       a);
	if (w->times.den)
		clause(&all, times(w->times, a), a);
	bounds(rules, w, &all, a);
	if (w->per != ATTR_COUNT)
		clause(&all,
		       arena_printf(a, "for each %s together",
				    w->per == PER_SUBJECT ? "subject"
							  : attr_words[w->per]),
		       a);
	if (w->once || w->once_ever)
		clause(&all,
		       arena_printf(a, "%s counts once%s",
				    w->once_by == ATTR_COUNT
					    ? "one of them"
					    : arena_printf(a, "the same %s",
							   attr_words[w->once_by]),
				    w->once ? " a cycle" : ""),
		       a);
	if (w->only_if)
		clause(&all,
		       arena_printf(a, "only with %s", words_of_selector(w->only_if, a)),
		       a);
	if (w->unless)
		clause(&all,
		       arena_printf(a, "not with %s", words_of_selector(w->unless, a)),
		       a);
	return all;
}

/* ---- carry-over ------------------------------------------------------------------------- */

const char *words_of_carry(const struct ruleset *rules, const struct rule *r,
			   struct arena *a)
{
	const struct carry *c = r->carry;
	const struct rule_numbers none = {RULE_NOT_KNOWN, RULE_NOT_KNOWN};
	const char *all;

	if (c->unbounded)
		all = "all hours left over are carried over";
	else if (r->amount.kind == AMOUNT_FIXED && r->amount.exact == 0)
		return "no hours are carried over";
	else
		all = arena_printf(a, "at most %s are carried over",
				   rules_amount_words(rules, r, &none, a));
	if (c->earned_months)
		clause(&all,
		       arena_printf(a, "of those of the last %d months",
				    c->earned_months),
		       a);
	for (size_t i = 0; i < c->part_count; i++)
		clause(&all,
		       arena_printf(
			       a, "at most %s of %s",
			       rules_short_words(rules, c->parts[i].most, a),
			       words_of_selector(&rules->wheres[c->parts[i].where], a)),
		       a);
	if (c->as_general)
		clause(&all, "as general hours", a);
	for (size_t i = 0; i < rules->n; i++)
		if (c->serves_not >> i & 1)
			clause(&all,
			       arena_printf(a, "not for %s",
					    rules_name(&rules->rules[i])),
			       a);
	if (c->block_if_used)
		clause(&all, "none where hours that were carried in were needed", a);
	return all;
}

/* ---- adjustments ------------------------------------------------------------------------ */

const char *words_of_adjust(const struct ruleset *rules, const struct adjust *d,
			    struct arena *a)
{
	const char *all = "";

	if (d->of)
		clause(&all,
		       arena_printf(a, "asks for its share of %s: %s",
				    words_of_number(d->of, a),
				    d->by ? d->by : "months active"),
		       a);
	if (d->of && d->month != MONTH_WHOLE)
		clause(&all,
		       arena_printf(a, "counted by the %s", words_of_month(d->month)), a);
	if (d->active.n)
		clause(&all,
		       arena_printf(a, "those in which %s",
				    rules_conditions_words(&d->active, a)),
		       a);
	if (d->whole)
		clause(&all, arena_printf(a, "in full %s", texts_span(a, d->whole)), a);
	if (d->of && d->step)
		clause(&all,
		       arena_printf(a, "rounded %s %s", rounding_words[d->round],
				    rules_short_words(rules, d->step, a)),
		       a);
	if (d->each)
		clause(&all,
		       arena_printf(a, "asks for %s less for each %s of %s",
				    rules_short_words(rules, d->less, a),
				    words_of_number(d->each, a), d->by),
		       a);
	if (d->less_most)
		clause(&all,
		       arena_printf(a, "%s less at most",
				    rules_short_words(rules, d->less_most, a)),
		       a);
	if (d->floor_below)
		clause(&all,
		       arena_printf(a, "less than %s is %s",
				    rules_short_words(rules, d->floor_below, a),
				    rules_short_words(rules, d->floor_is, a)),
		       a);
	if (d->shift_months)
		clause(&all,
		       arena_printf(a, "the cycle ends %s later",
				    texts_span(a, d->shift_months)),
		       a);
	return all;
}

/* ---- duties ----------------------------------------------------------------------------- */

/* "1 Sep" */
static const char *words_of_day(const struct rule_date *d, struct arena *a)
{
	enum { YEAR = 2024 };
	char text[DATE_HUMAN_SIZE];

	date_format_human(date_make(YEAR, d->month, d->day), text);
	return arena_dup_n(a, text + strlen("Sun "),
			   strlen(text) - strlen("Sun ") - strlen(" 2024"));
}

static const char *words_of_anchor(const struct rule_date *d, struct arena *a)
{
	switch (d->anchor) {
	case AT_PERIOD_START:
		return "the first day of the cycle";
	case AT_PERIOD_END:
		return "the last day of the cycle";
	case AT_ISSUE:
		return "the day of issue";
	case AT_DAY_OF_YEAR:
		return arena_printf(a, "%s of the year in which the cycle ends",
				    words_of_day(d, a));
	case AT_FACT:
		break;
	}
	return d->fact;
}

const char *words_of_date(const struct rule_date *d, struct arena *a)
{
	const char *text = words_of_anchor(d, a);

	if (d->months)
		text = arena_printf(a, "%s %s %s",
				    texts_span(a, d->months < 0 ? -d->months : d->months),
				    d->months < 0 ? "before" : "after", text);
	if (d->days)
		text = arena_printf(a, "%d day%s %s %s", d->days < 0 ? -d->days : d->days,
				    d->days == 1 || d->days == -1 ? "" : "s",
				    d->days < 0 ? "before" : "after", text);
	return d->month_end ? arena_printf(a, "the end of the month %s", text) : text;
}

const char *words_of_duty(const struct duty *d, struct arena *a)
{
	const char *all = duty_act_word(d->act);

	for (size_t i = 0; i < d->due_count; i++)
		all = arena_printf(a, "%s%s%s", all,
				   i			      ? " or "
				   : d->act == ACT_KEEP_PROOF ? " until "
							      : " by ",
				   words_of_date(&d->due[i], a));
	if (d->due_count > 1)
		all = arena_printf(a, "%s, whichever is later", all);
	if (d->open)
		clause(&all, arena_printf(a, "not before %s", words_of_date(d->open, a)),
		       a);
	if (d->late_until)
		clause(&all,
		       arena_printf(a, "late until %s", words_of_date(d->late_until, a)),
		       a);
	if (d->fee)
		clause(&all, arena_printf(a, "for %s", d->fee), a);
	if (d->every_months)
		clause(&all,
		       arena_printf(a, "again after %s", texts_span(a, d->every_months)),
		       a);
	if (d->lasts_months)
		clause(&all,
		       arena_printf(a, "good for %s", texts_span(a, d->lasts_months)), a);
	return all;
}
