#include "tests/support/story.h"

#include <string.h>

static uint64_t dice;

static int roll(int n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (int)(dice % (uint64_t)n);
}

static bool one_in(int n)
{
	return roll(n) == 0;
}

/* ---- rules ---------------------------------------------------------------------------- */

static struct story_where some_where(void)
{
	struct story_where w = {0};

	if (!one_in(4))
		w.topics = 1U + (unsigned)roll((1 << STORY_TOPICS) - 1);
	if (!w.topics || one_in(3)) {
		w.kind = one_in(2) ? 'x' : 'y';
		w.other = one_in(4);
	}
	return w;
}

/* Where days of grace fill the period, which of its windows they belong to is a question
 * of its own. */
static struct story_window some_window(const struct story *s)
{
	static const enum window_kind kinds[] = {
		WINDOW_EACH_YEAR, WINDOW_EACH_CALENDAR, WINDOW_EACH_SCHOOL,
		WINDOW_LAST,	  WINDOW_LAST_TO_NOW,	WINDOW_BEFORE,
		WINDOW_FIXED,	  WINDOW_SINCE_ISSUE,	WINDOW_EVER};
	struct story_window w = {.kind = WINDOW_PERIOD, .fixed = {DATE_NONE, DATE_NONE}};

	if (s->grace || !one_in(3))
		return w;
	w.kind = kinds[roll(9)];
	w.months = 1 + roll(18);
	w.fixed.from = s->period.from + roll(400) - 100;
	w.fixed.to = w.fixed.from + roll(500);
	return w;
}

static struct story_rule *add(struct story *s, enum rule_verb verb)
{
	struct story_rule *r = &s->rules[s->n++];

	*r = (struct story_rule){
		.verb = verb,
		.window = {.kind = WINDOW_PERIOD, .fixed = {DATE_NONE, DATE_NONE}},
		.from = DATE_NONE,
		.until = DATE_NONE,
		.toward = -1,
		.most = -1,
		.part_most = -1};
	return r;
}

/* A rule that may be unsure, or hold for activities of some days. */
static void vary(const struct story *s, struct story_rule *r)
{
	r->unsure = one_in(8);
	if (one_in(8))
		r->from = s->period.from + roll(300);
	else if (one_in(8))
		r->until = s->period.to - roll(300);
}

static int some_percent(const struct story *s)
{
	return s->large ? 1 + roll(98) : 10 + 10 * roll(7);
}

static bool has_room(const struct story *s, int more)
{
	return s->n + more <= (s->large ? STORY_RULES : STORY_RULES / 2) - 1;
}

static void tell_alternatives(struct story *s)
{
	struct story_rule *parent = add(s, RULE_NEED);
	int n = 2 + roll(2);

	parent->alternatives = n;
	parent->needed = 1 + roll(n);
	for (int i = 0; i < n; i++) {
		struct story_rule *r = add(s, RULE_NEED);
		r->is_alternative = true;
		r->where = some_where();
		r->hours = 1 + roll(6);
		if (one_in(4)) {
			r->measure = MEASURE_ACTIVITIES;
			r->hours = 1 + roll(2);
		}
	}
}

static void tell_need(struct story *s)
{
	if (one_in(8) && has_room(s, 4)) {
		tell_alternatives(s);
		return;
	}
	struct story_rule *r = add(s, RULE_NEED);
	r->where = some_where();
	r->window = some_window(s);
	if (r->window.kind == WINDOW_EACH_SCHOOL ||
	    r->window.kind == WINDOW_EACH_CALENDAR) {
		r->window.ending = one_in(2);
		r->window.after_issue = r->window.ending && one_in(2);
	}
	r->hours = 1 + roll(7);
	vary(s, r);
	r->should = !r->unsure && one_in(10);
	r->due = one_in(8) && !s->grace;
	if (one_in(5)) {
		r->measure = one_in(2) ? MEASURE_ACTIVITIES : MEASURE_DISTINCT;
		r->hours = 1 + roll(3);
	} else if (s->total >= 0 && one_in(6)) {
		r->percent = 10 + 10 * roll(5);
	} else {
		r->exclusive = one_in(3);
		r->on_top = s->total >= 0 && one_in(8);
	}
}

/* A need of which a share may be taken, or toward which a limit may hold; -1 if none. */
static int some_need(const struct story *s)
{
	int i = roll(s->n ? s->n : 1);

	return i < s->n && s->rules[i].verb == RULE_NEED &&
			       s->rules[i].measure == MEASURE_CREDIT &&
			       !s->rules[i].alternatives && !s->rules[i].is_alternative &&
			       !s->rules[i].percent
		       ? i
		       : -1;
}

static void tell_limit(struct story *s)
{
	int need = some_need(s);
	struct story_rule *r = add(s, RULE_LIMIT);

	r->where = some_where();
	r->window = some_window(s);
	r->hours = roll(6);
	vary(s, r);
	if (one_in(2)) {
		r->percent = some_percent(s);
		r->of = OF_COUNTED;
	} else if (s->total >= 0 && one_in(3)) {
		r->percent = some_percent(s);
		r->of = OF_REQUIRED;
	} else if (need >= 0 && one_in(2)) {
		r->percent = 50;
		r->of = OF_NEED;
		r->need = need;
	}
	if (need >= 0 && need != s->total && !(r->percent && r->of == OF_COUNTED) &&
	    one_in(2))
		r->toward = need;
}

static void tell_credit(struct story *s)
{
	struct story_rule *r = add(s, RULE_CREDIT);

	if (!one_in(3))
		r->where = some_where();
	vary(s, r);
	switch (roll(6)) {
	case 0:
		r->fixed = 1 + roll(6);
		break;
	case 1:
		r->times_num = roll(4);
		r->times_den = 1 + roll(2);
		break;
	case 2:
		r->once = one_in(2) ? ONCE_COURSE : ONCE_KIND + roll(3);
		if (one_in(3))
			r->fixed = 1 + roll(6);
		break;
	case 3:
		r->gate = true;
		break;
	default:
		r->per_provider = one_in(3);
		if (one_in(2))
			r->quarters_least = 1 + roll(6);
		if (one_in(2))
			r->quarters_floor = 1 + roll(6);
		if (one_in(2) || !(r->quarters_least + r->quarters_floor))
			r->quarters_most = 1 + roll(10);
		if (one_in(3)) {
			r->quarters_step = 1 + roll(4);
			r->round = (enum rounding)roll(3);
		}
	}
}

static void tell_carry(struct story *s)
{
	struct story_rule *r = add(s, RULE_CARRY);

	if (one_in(3))
		r->where = some_where();
	if (!one_in(3))
		r->most = roll(9);
	if (one_in(3))
		r->earned = 1 + roll(18);
	if (one_in(3))
		r->part_most = roll(4);
}

static void tell_rules(struct story *s)
{
	struct story_rule *r;

	s->total = -1;
	if (!one_in(5)) {
		s->total = s->n;
		r = add(s, RULE_NEED);
		r->hours = 2 + roll(14);
		r->by_year = one_in(6);
		if (one_in(6) && !s->grace) {
			r->window.kind = WINDOW_LAST;
			r->window.months = 12 + roll(24);
		}
	}
	for (int n = roll(4); n > 0 && has_room(s, 1); n--)
		tell_need(s);
	for (int n = roll(s->large ? 12 : 4); n > 0 && has_room(s, 1); n--)
		tell_limit(s);
	for (int n = roll(4); n > 0 && has_room(s, 1); n--)
		tell_credit(s);
	if (one_in(2) && has_room(s, 1))
		tell_carry(s);
	if (one_in(6) && has_room(s, 1)) {
		r = add(s, RULE_ADJUST);
		r->active_of = s->months;
		r->unsure = one_in(4);
	}
	if (one_in(6) && has_room(s, 1)) {
		r = add(s, RULE_ADJUST);
		r->less_each = 1 + roll(3);
		r->less = 1 + roll(4);
		r->less_most = one_in(2) ? 0 : 1 + roll(6);
		r->unsure = one_in(4);
	}
	if (s->grace)
		(void)add(s, RULE_DUTY);
}

/* ---- the record ------------------------------------------------------------------------- */

static void tell_parts(struct story_entry *e)
{
	unsigned topics = (unsigned)roll(1 << STORY_TOPICS);

	if (!one_in(4) || e->carried) {
		e->parts[e->n++] = (struct story_part){topics, 1 + roll(24)};
		return;
	}
	for (unsigned t = 0; t < STORY_TOPICS - 1; t++)
		if (one_in(2)) {
			e->parts[e->n++] = (struct story_part){1U << t, 1 + roll(12)};
			topics &= ~(1U << t);
		}
	if (e->n == 0 || one_in(2))
		e->parts[e->n++] = (struct story_part){topics, 1 + roll(12)};
}

static void tell_entries(struct story *s)
{
	int days = s->period.to - s->period.from;
	int most = s->large ? STORY_ENTRIES : STORY_ENTRIES / 3;
	civil_day day = s->period.from;

	s->entry_count = 1 + roll(most);
	for (int i = 0; i < s->entry_count; i++) {
		struct story_entry *e = &s->entries[i];
		*e = (struct story_entry){.kind = one_in(2) ? 'x' : 'y',
					  .carried = i == 0 && one_in(6)};
		if (i == 0 && !e->carried && one_in(3))
			day -= roll(500);
		else if (i > 0)
			day += 1 + roll(2 * days / most);
		e->day = day;
		e->unit = e->carried || !one_in(10) ? UNIT_HOUR
			  : one_in(2)		    ? UNIT_SEMESTER_HOUR
						    : UNIT_DAY;
		e->provider = one_in(2) ? 0 : one_in(2) ? 'P' : 'Q';
		e->course = one_in(2) ? 0 : one_in(2) ? 'A' : 'B';
		e->refused = one_in(8) && !e->carried;
		tell_parts(e);
	}
}

void story_tell(struct story *s, uint64_t seed)
{
	dice = seed * UINT64_C(0x9E3779B97F4A7C15) | 1;
	for (int i = 0; i < 8; i++)
		(void)roll(2);
	*s = (struct story){.large = one_in(8)};
	s->months = s->months_active = s->large ? 60 : 24;
	s->period.from = date_make(2025, 3, 1);
	s->period.to = date_add_months(s->period.from, s->months) - 1;
	s->day = one_in(2) ? s->period.to : s->period.from + roll(30 * s->months);
	s->issued = s->period.from - roll(900);
	if (one_in(3))
		s->months_active = 1 + roll(s->months - 1);
	s->work_years = one_in(4) ? -1 : roll(8);
	s->grace = one_in(8);
	tell_rules(s);
	tell_entries(s);
}
