/* report.chart and report.year */
#include "daemon/judge/held_in.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/method.h"
#include "daemon/report/hours.h"
#include "daemon/report/report.h"

#include <string.h>

static int read_by(const char *word, enum hours_by *ret, struct err *e)
{
	static const char *const words[] = {"month", "kind", "topic", "provider"};

	*ret = HOURS_BY_MONTH;
	for (size_t i = 0; word && i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcmp(word, words[i]) != 0)
			continue;
		*ret = (enum hours_by)i;
		return 0;
	}
	return word ? err_set(e, -PDH_USAGE, "by",
			      "\"%.20s\" is not month, kind, topic or provider", word)
		    : 0;
}

static struct period last_year(civil_day today)
{
	int year, month, day;

	date_split(today, &year, &month, &day);
	return (struct period){month == 12 ? date_make(year, 1, 1)
					   : date_make(year - 1, month + 1, 1),
			       today};
}

/* The days that were said; all that there can be are no bounds. */
static struct period said_days(struct period p)
{
	return (struct period){p.from == DATE_FIRST ? DATE_NONE : p.from,
			       p.to == DATE_LAST ? DATE_NONE : p.to};
}

int method_report_chart(struct work *w, const struct report_chart_params *p,
			struct chart *ret, struct err *e)
{
	bool said = p->period.from != DATE_NONE || p->period.to != DATE_NONE;
	enum hours_by by;
	struct held h;

	int r = read_by(p->by, &by, e);
	if (r < 0)
		return r;
	if (!p->credential && p->cycle)
		return err_set(e, -PDH_USAGE, "credential",
			       "Whose cycle? Name the credential with --for.");
	if (!p->credential)
		return hours_logged(
			w, by, said ? said_days(p->period) : last_year(w->today), ret, e);
	r = held_find(w, p->credential, "credential", &h, e);
	if (r == 0)
		r = held_in(w, p->cycle, &h, e);
	if (r < 0)
		return r;
	const struct period cycle = {h.cycle.begins, h.cycle.ends};
	return hours_counted(w, &h, by, said ? said_days(p->period) : cycle, ret, e);
}

/* ---- a year ----------------------------------------------------------------------------- */

static int add_cycle(struct work *w, const struct held *h, struct period year,
		     struct year_credential *to, struct err *e)
{
	const struct judge_question question = {.day = w->today, .parts = true};
	struct judged_cycle j;
	int r = judge_cycle(w, h, &question, &j, e);

	for (size_t i = 0; r == 0 && i < j.n; i++) {
		const struct judged_part *p = &j.verdict.parts[i];
		bool here = period_has(year, j.entries[i].done_on) &&
			    period_has(j.verdict.span, j.entries[i].done_on);
		if (!here || p->state == PART_UNIT)
			continue;
		if (p->state != PART_CARRIED && p->state != PART_LATE)
			to->logged.exact += p->base;
		to->counted.exact += p->of_total;
	}
	return r;
}

/* Over all its cycles that have days in the year and count in the same unit. */
static int fill_credential(struct work *w, const struct held *h, struct period year,
			   struct year_credential *to, struct err *e)
{
	struct held in = *h;
	struct held_cycle *v;
	size_t n;
	int r = held_cycles(w, h->id, &v, &n, e);

	shape_none(&shape_year_credential, to);
	to->alias = h->alias;
	to->title = h->title;
	to->logged = to->counted = standing_amount(&h->cycle, 0);
	for (size_t i = 0; r == 0 && i < n; i++) {
		bool over = v[i].ends != DATE_NONE && v[i].ends < year.from,
		     ahead = v[i].begins != DATE_NONE && v[i].begins > year.to;
		if (over || ahead || strcmp(held_unit(&v[i]), to->logged.unit) != 0)
			continue;
		in.cycle = v[i];
		r = add_cycle(w, &in, year, to, e);
	}
	return r;
}

static int fill_credentials(struct work *w, struct period year, struct year_report *ret,
			    struct err *e)
{
	struct held_list all;
	int r = held_all(w, DATE_NONE, &all, e);

	if (r < 0)
		return r;
	ret->credentials.v =
		arena_array(w->arena, all.n + 1, sizeof(*ret->credentials.v));
	for (size_t i = 0; r == 0 && i < all.n; i++)
		if (held_counts_hours(&all.v[i], year.from))
			r = fill_credential(w, &all.v[i], year,
					    &ret->credentials.v[ret->credentials.n++], e);
	return r;
}

static int fill_charts(struct work *w, struct period year, struct year_report *ret,
		       struct err *e)
{
	struct chart **to[] = {[HOURS_BY_MONTH] = &ret->months,
			       [HOURS_BY_KIND] = &ret->kinds,
			       [HOURS_BY_TOPIC] = &ret->topics,
			       [HOURS_BY_PROVIDER] = &ret->providers};
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof(to) / sizeof(to[0]); i++) {
		*to[i] = arena_alloc(w->arena, sizeof(struct chart));
		r = hours_logged(w, (enum hours_by)i, year, *to[i], e);
	}
	return r;
}

int method_report_year(struct work *w, const struct report_year_params *p,
		       struct year_report *ret, struct err *e)
{
	int this_year, month, day;

	date_split(w->today, &this_year, &month, &day);
	ret->year = p->year == INT_NONE ? this_year : p->year;
	if (ret->year < 1900 || ret->year > 2199)
		return err_set(e, -PDH_USAGE, "year", "must be from 1900 to 2199");
	const struct period year = {date_make((int)ret->year, 1, 1),
				    date_make((int)ret->year, 12, 31)};
	int r = report_person(w, &ret->person, e);
	if (r == 0)
		r = fill_credentials(w, year, ret, e);
	return r < 0 ? r : fill_charts(w, year, ret, e);
}
