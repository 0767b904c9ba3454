/* report.transcript: the entries of a cycle as the verdict has them. */
#include "daemon/report/report.h"

#include "common/texts.h"
#include "daemon/explain/explain.h"
#include "daemon/judge/standing.h"
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/credential.h"

#include <string.h>

enum { PAGE_USUAL = 500, PAGE_MOST = 1000 };

/* Entries that lie in the cycle, and those from before it that a rule looks back to and counts. */
static bool belongs(const struct explaining *x, size_t first, size_t end)
{
	if (period_has(x->j.verdict.span, x->j.entries[first].done_on))
		return true;
	for (size_t i = first; i < end; i++)
		if (x->j.verdict.parts[i].of_total)
			return true;
	return false;
}

static size_t end_of(const struct explaining *x, size_t first)
{
	size_t end = first + 1;

	while (end < x->j.n && x->j.entries[end].id == x->j.entries[first].id)
		end++;
	return end;
}

/* ---- one entry -------------------------------------------------------------------------- */

/* Each reason once, in the order of the parts. */
static const char *why_of(struct work *w, const struct entry_explained *one)
{
	struct texts told = {0, NULL};
	const char *all = NULL;

	for (size_t i = 0; i < one->parts.n; i++) {
		const char *why = one->parts.v[i].why;
		if (!why || texts_has(&told, why))
			continue;
		texts_add(&told, why, w->arena);
		all = all ? arena_printf(w->arena, "%s; %s", all, why) : why;
	}
	return all;
}

/* What counts is the verdict's own sum: what was done before the cycle may count in it, too. */
static int fill_entry(struct explaining *x, size_t first, size_t end,
		      struct transcript_entry *ret, struct err *e)
{
	struct work *w = x->w;
	struct activity *a = arena_alloc(w->arena, sizeof(*a));
	struct entry_explained one;
	int64_t counted = 0;

	int r = activity_read(w, x->j.entries[first].id, a, e);
	if (r < 0)
		return r;
	explain_entry(x, a, &one);
	for (size_t i = first; i < end; i++)
		counted += x->j.verdict.parts[i].of_total;
	shape_none(&shape_transcript_entry, ret);
	ret->activity = a;
	ret->logged = one.logged;
	ret->counted = standing_amount(&x->h->cycle, counted);
	if (one.logged.unit)
		ret->cut = standing_amount(
			&x->h->cycle,
			one.logged.exact > counted ? one.logged.exact - counted : 0);
	memcpy(&ret->parts, &one.parts, sizeof(one.parts));
	ret->why = why_of(w, &one);
	return 0;
}

static int fill_entries(struct explaining *x, const struct report_page *page,
			struct transcript *ret, struct err *e)
{
	int64_t at = 0, most = page->limit == INT_NONE ? (int64_t)x->j.n : page->limit;
	int r = 0;

	ret->entries.v =
		arena_array(x->w->arena, (size_t)most + 1, sizeof(*ret->entries.v));
	for (size_t i = 0, end; r == 0 && i < x->j.n; i = end) {
		end = end_of(x, i);
		if (!belongs(x, i, end) || at++ < page->from)
			continue;
		if ((int64_t)ret->entries.n == most) {
			ret->next = page->from + most;
			break;
		}
		r = fill_entry(x, i, end, &ret->entries.v[ret->entries.n++], e);
	}
	return r;
}

#ifdef PDH_CHECKED
#include <stdlib.h>

/* The entries add up to what the verdict counts. */
static void check_sum(const struct explaining *x, const struct report_page *page,
		      const struct transcript *t)
{
	int64_t sum = 0;

	for (size_t i = 0; i < t->entries.n; i++)
		sum += t->entries.v[i].counted.exact;
	if (page->from == 0 && t->next == INT_NONE && sum != x->j.verdict.counted)
		abort();
}
#else
static void check_sum(const struct explaining *x, const struct report_page *page,
		      const struct transcript *t)
{
	(void)x;
	(void)page;
	(void)t;
}
#endif

/* ---- what stands around them ------------------------------------------------------------ */

static int fill_head(struct explaining *x, bool reveal, struct transcript *ret,
		     struct err *e)
{
	const struct held *h = x->h;
	struct transcript_head *to = arena_alloc(x->w->arena, sizeof(*to));

	shape_none(&shape_transcript_head, to);
	to->alias = h->alias;
	to->title = h->title;
	to->jurisdiction = h->jurisdiction;
	to->level = h->level;
	to->number = reveal ? h->number : credential_masked(h->number, x->w->arena);
	to->issued = h->issued;
	to->required = x->standing.required;
	to->remaining = x->standing.remaining;
	ret->head = to;
	return report_person(x->w, &to->person, e);
}

static int fill_account(struct explaining *x, struct transcript *ret, struct err *e)
{
	struct credential_explained *to = arena_alloc(x->w->arena, sizeof(*to));

	explain_head(x, to);
	ret->account = to;
	int r = explain_sums_only(x, to, e);
	if (r == 0)
		r = explain_needs(x, to, e);
	if (r == 0)
		r = explain_limits(x, to, e);
	explain_tell_all(x);
	explain_rulings(x, to);
	explain_tell_begin(x, to);
	return r;
}

static bool is_missing(const struct need *n)
{
	return n->level != RULE_LEVEL_SHOULD &&
	       (n->state == NEED_STATE_SHORT || n->state == NEED_STATE_MISSED ||
		n->state == NEED_STATE_UNDECIDED || n->state == NEED_STATE_SO_FAR);
}

static void fill_missing(struct explaining *x, struct transcript *ret)
{
	const struct standing *s = &x->standing;

	ret->missing.v = arena_array(x->w->arena, s->needs.n + 1, sizeof(struct need));
	for (size_t i = 0; i < s->needs.n; i++)
		if (is_missing(&s->needs.v[i]))
			ret->missing.v[ret->missing.n++] = s->needs.v[i];
	memcpy(&ret->items, &s->items, sizeof(ret->items));
}

static void fill_sources(struct explaining *x, struct transcript *ret)
{
	const struct pack *p = x->h->cycle.pack;

	ret->sources.v =
		arena_array(x->w->arena, p->source_count + 1, sizeof(struct source));
	for (size_t i = 0; i < p->source_count; i++)
		ret->sources.v[ret->sources.n++] = (struct source){
			.id = p->sources[i].id,
			.title = p->sources[i].title,
			.url = p->sources[i].url,
			.mark = p->sources[i].mark,
		};
}

static int read_change(struct work *w, int64_t *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_change_next, &s, e);

	if (r == 0)
		r = db_step(w->db, s, e);
	if (r > 0)
		*ret = db_int(s, 0) - 1;
	return r < 0 ? r : 0;
}

int report_transcribe(struct work *w, const struct held *h, civil_day day, bool reveal,
		      const struct report_page *page, struct transcript *ret,
		      struct err *e)
{
	struct explaining x;
	int r = explain_begin(w, h, day, NULL, &x, e);

	ret->as_of = day;
	if (r == 0)
		r = read_change(w, &ret->change, e);
	if (r == 0)
		r = fill_entries(&x, page, ret, e);
	if (r == 0)
		r = fill_head(&x, reveal, ret, e);
	if (r == 0)
		r = fill_account(&x, ret, e);
	if (r < 0)
		return r;
	check_sum(&x, page, ret);
	fill_missing(&x, ret);
	fill_sources(&x, ret);
	return 0;
}

int method_report_transcript(struct work *w, const struct report_transcript_params *p,
			     struct transcript *ret, struct err *e)
{
	const struct report_page page = {.from = p->after == INT_NONE ? 0 : p->after,
					 .limit = p->limit == INT_NONE ? PAGE_USUAL
								       : p->limit};
	struct held h;
	civil_day day;

	if (page.limit < 1 || page.limit > PAGE_MOST)
		return err_set(e, -PDH_USAGE, "limit", "must be from 1 to %d", PAGE_MOST);
	if (page.from < 0)
		return err_set(e, -PDH_USAGE, "after", "is not what a page ended with");
	int r = report_find(w, p->credential, p->cycle, p->as_of, &h, &day, e);
	return r < 0 ? r : report_transcribe(w, &h, day, p->reveal > 0, &page, ret, e);
}
