/* Steps that add up: years of work, and credits. */
#include "daemon/path/match.h"

#include "common/ascii.h"

#include <stdlib.h>
#include <string.h>

/* ---- years ------------------------------------------------------------------------------- */

static int by_first_day(const void *one, const void *other)
{
	const struct period *a = one, *b = other;

	return a->from != b->from ? (a->from > b->from) - (a->from < b->from)
				  : (a->to > b->to) - (a->to < b->to);
}

/* "TX" is US-TX. */
static bool is_there(const struct have *h, const struct texts *in)
{
	if (in->n == 0)
		return true;
	for (size_t i = 0; h->place && i < in->n; i++) {
		const char *of =
			strncmp(in->v[i], "US-", 3) == 0 ? in->v[i] + 3 : in->v[i];
		const char *is =
			strncmp(h->place, "US-", 3) == 0 ? h->place + 3 : h->place;
		if (ascii_same(of, is))
			return true;
	}
	return false;
}

/* The days that count, those that overlap once, in order. */
static size_t spans_of(const struct step *s, const struct path_case *c,
		       struct period *ret, const char **ret_have, bool *ret_goes_on,
		       bool *ret_other)
{
	civil_day since = s->within_months ? date_add_months(c->day, -s->within_months)
					   : DATE_FIRST;
	size_t n = 0, kept = 0;

	for (size_t i = 0; i < c->have_count; i++) {
		const struct have *h = &c->haves[i];
		if (h->kind != HAVE_EXPERIENCE || !date_is_day(h->from))
			continue;
		if (!path_is_called(h->title, NULL, &s->words, c->a) ||
		    !is_there(h, &s->in)) {
			*ret_other = true;
			continue;
		}
		civil_day to = date_is_day(h->on) && h->on < c->day ? h->on : c->day;
		civil_day from = h->from > since ? h->from : since;
		if (from > to)
			continue;
		*ret_goes_on = *ret_goes_on || !date_is_day(h->on) || h->on > c->day;
		*ret_have = *ret_have ? arena_printf(c->a, "%s; %s", *ret_have,
						     path_have_text(h, c->a))
				      : path_have_text(h, c->a);
		ret[n++] = (struct period){from, to};
	}
	qsort(ret, n, sizeof(*ret), by_first_day);
	for (size_t i = 0; i < n; i++) {
		if (kept && ret[i].from <= ret[kept - 1].to + 1) {
			if (ret[i].to > ret[kept - 1].to)
				ret[kept - 1].to = ret[i].to;
		} else {
			ret[kept++] = ret[i];
		}
	}
	return kept;
}

void path_match_years(const struct step *s, const struct path_case *c, struct matched *m)
{
	struct period *spans = arena_array(c->a, c->have_count + 1, sizeof(*spans));
	bool goes_on = false, other = false;
	int64_t months = 0;
	size_t n = spans_of(s, c, spans, &m->have, &goes_on, &other);

	for (size_t i = 0; i < n; i++)
		months += date_months_between(spans[i].from, spans[i].to + 1);
	if (months >= s->least) {
		m->state = STEP_STATE_MET;
		return;
	}
	m->state = goes_on ? STEP_STATE_RUNNING : STEP_STATE_MISSING;
	if (goes_on)
		m->met_on = date_add_months(
			spans[n - 1].from,
			date_months_between(spans[n - 1].from, spans[n - 1].to + 1) +
				s->least - months);
	if (months)
		m->why = arena_printf(c->a, "%lld of %lld months", (long long)months,
				      (long long)s->least);
	else if (other)
		m->why = "you have other work; whether it counts, the agency can tell";
}

/* ---- credits ----------------------------------------------------------------------------- */

/* Two thirds of a quarter hour; other units are no credits of college. */
static int64_t semester_hours(const struct have *h)
{
	if (credit_unit_is(h->credit.unit, UNIT_SEMESTER_HOUR))
		return h->credit.exact;
	return credit_unit_is(h->credit.unit, UNIT_QUARTER_HOUR) ? h->credit.exact / 3 * 2
								 : 0;
}

static int64_t sum_of(const struct step *s, const struct path_case *c,
		      const struct texts *words)
{
	int64_t sum = 0;

	for (size_t i = 0; i < c->have_count; i++) {
		const struct have *h = &c->haves[i];
		bool old = s->within_months && date_is_day(h->on) &&
			   h->on < date_add_months(c->day, -s->within_months);
		if (h->kind == HAVE_CREDITS && h->credit.unit && !old &&
		    path_is_called(h->title, NULL, words, c->a))
			sum += semester_hours(h);
	}
	return sum;
}

/* All areas count for the whole, with what its own words name. */
static struct texts all_words(const struct step *s, struct arena *a)
{
	struct texts all = {
		0, arena_array(a, s->words.n + s->area_count + 1, sizeof(*all.v))};

	for (size_t i = 0; i < s->words.n; i++)
		all.v[all.n++] = s->words.v[i];
	for (size_t i = 0; i < s->area_count && s->words.n; i++)
		all.v[all.n++] = s->areas[i].word;
	return all;
}

void path_match_credits(const struct step *s, const struct path_case *c,
			struct matched *m)
{
	const struct texts words = all_words(s, c->a);
	int64_t sum = sum_of(s, c, &words);
	bool met = sum >= s->least;

	if (sum)
		m->have = arena_printf(
			c->a, "%s of %lld",
			texts_credit(c->a, (struct credit){sum, "semester hour"}),
			(long long)(s->least / CREDIT_ONE));
	for (size_t i = 0; i < s->area_count; i++) {
		const struct texts one = {1, (const char *[]){s->areas[i].word}};
		int64_t part = sum_of(s, c, &one);
		if (part >= s->areas[i].exact)
			continue;
		met = false;
		m->why = arena_printf(
			c->a, "%s%s%lld more of %s", m->why ? m->why : "",
			m->why ? ", " : "",
			(long long)((s->areas[i].exact - part + CREDIT_ONE - 1) /
				    CREDIT_ONE),
			s->areas[i].word);
	}
	m->state = met ? STEP_STATE_MET : STEP_STATE_MISSING;
}
