/* report.audit: what an auditor would find fault with today. */
#include "daemon/report/report.h"

#include "common/digest.h"
#include "common/texts.h"
#include "daemon/method.h"

#include <stdlib.h>
#include <string.h>

/* ---- drawing ---------------------------------------------------------------------------- */

/* An entry and its lot: the same on every draw of one credential and day. */
struct lot {
	uint64_t number;
	const struct transcript_entry *entry;
};

static uint64_t number_of(struct work *w, const struct audited *r, int64_t id)
{
	char day[DATE_ISO_SIZE];

	date_format_iso(r->as_of, day);
	const char *text =
		arena_printf(w->arena, "%s %s %lld", r->alias, day, (long long)id);
	return digest_add(DIGEST_START, text, strlen(text));
}

static int by_number(const void *a, const void *b)
{
	const struct lot *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->entry < y->entry ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
	const struct lot *x = a, *y = b;

	return x->entry < y->entry ? -1 : 1;
}

static struct lot *draw(struct work *w, const struct audited *r,
			const struct transcript *t, int64_t most, size_t *ret_n)
{
	struct lot *lots = arena_array(w->arena, t->entries.n + 1, sizeof(*lots));

	for (size_t i = 0; i < t->entries.n; i++)
		lots[i] = (struct lot){number_of(w, r, t->entries.v[i].activity->id),
				       &t->entries.v[i]};
	*ret_n = t->entries.n;
	if (most == INT_NONE || (size_t)most >= t->entries.n)
		return lots;
	qsort(lots, t->entries.n, sizeof(*lots), by_number);
	*ret_n = (size_t)most;
	qsort(lots, *ret_n, sizeof(*lots), by_place);
	return lots;
}

/* ---- what is found fault with ----------------------------------------------------------- */

static bool is_opening(const struct activity *a)
{
	return a->kind && strcmp(a->kind, "opening") == 0;
}

static void find_unsure(struct work *w, const struct transcript *t,
			const struct transcript_entry *e, struct texts *fails)
{
	const struct texts *unsure = &t->account->hangs_on;

	for (size_t i = 0; i < e->parts.n; i++)
		for (size_t k = 0; k < e->parts.v[i].rules.n; k++) {
			const char *rule = e->parts.v[i].rules.v[k];
			const char *text = arena_printf(
				w->arena, "depends on a rule that is not sure: %s", rule);
			if (texts_has(unsure, rule) && !texts_has(fails, text))
				texts_add(fails, text, w->arena);
		}
}

static bool lies_in(const struct transcript_entry *e, enum hours_place place)
{
	for (size_t i = 0; i < e->parts.n; i++)
		if (e->parts.v[i].place == place)
			return true;
	return false;
}

static void find_fails(struct work *w, const struct transcript *t,
		       const struct transcript_entry *e, struct texts *fails)
{
	bool late = lies_in(e, PLACE_LATE);

	if (e->activity->evidence.n == 0)
		texts_add(fails,
			  is_opening(e->activity) ? "no proof of an opening balance"
						  : "no proof",
			  w->arena);
	if (late)
		texts_add(fails, "done after the cycle", w->arena);
	else if (e->why && (e->counted.exact == 0 || (e->cut.unit && e->cut.exact > 0)))
		texts_add(fails,
			  arena_printf(w->arena, "%s: %s",
				       e->counted.exact ? "does not count in full"
							: "does not count",
				       e->why),
			  w->arena);
	else if (e->why)
		texts_add(fails, e->why, w->arena);
	find_unsure(w, t, e, fails);
}

static void fill_entry(struct work *w, const struct transcript *t,
		       const struct transcript_entry *e, struct audit_entry *ret)
{
	shape_none(&shape_audit_entry, ret);
	ret->id = e->activity->id;
	ret->title = e->activity->title;
	ret->done_on = e->activity->done_on;
	ret->credit = e->activity->credit;
	ret->counted = e->counted;
	find_fails(w, t, e, &ret->fails);
}

static void fill_overdue(struct work *w, const struct transcript *t, struct audited *ret)
{
	ret->overdue.v = arena_array(w->arena, t->items.n + 1, sizeof(struct item));
	for (size_t i = 0; i < t->items.n; i++)
		if (t->items.v[i].state == ITEM_STATE_OVERDUE)
			ret->overdue.v[ret->overdue.n++] = t->items.v[i];
}

static void fill(struct work *w, const struct held *h, const struct transcript *t,
		 int64_t most, struct audited *ret)
{
	size_t n;

	ret->as_of = t->as_of;
	ret->alias = h->alias;
	ret->title = h->title;
	ret->person = t->head->person;
	ret->cycle = t->account->cycle;
	ret->all = (int64_t)t->entries.n;
	ret->failing = 0;
	const struct lot *lots = draw(w, ret, t, most, &n);
	ret->drawn = n < t->entries.n;
	ret->entries.v = arena_array(w->arena, n + 1, sizeof(*ret->entries.v));
	for (size_t i = 0; i < n; i++) {
		struct audit_entry *to = &ret->entries.v[ret->entries.n++];
		fill_entry(w, t, lots[i].entry, to);
		ret->failing += to->fails.n > 0;
	}
	ret->missing.n = t->missing.n;
	ret->missing.v = t->missing.v;
	fill_overdue(w, t, ret);
	ret->rules = arena_dup_n(w->arena, h->cycle.pack->text, h->cycle.pack->text_len);
}

int method_report_audit(struct work *w, const struct report_audit_params *p,
			struct audited *ret, struct err *e)
{
	const struct report_page all = {.from = 0, .limit = INT_NONE};
	struct transcript t;
	struct held h;
	civil_day day;

	if (p->draw != INT_NONE && p->draw < 1)
		return err_set(e, -PDH_USAGE, "draw", "must be 1 or more");
	shape_none(&shape_transcript, &t);
	int r = report_find(w, p->credential, p->cycle, p->as_of, &h, &day, e);
	if (r == 0)
		r = report_transcribe(w, &h, day, false, &all, &t, e);
	if (r == 0)
		fill(w, &h, &t, p->draw, ret);
	return r;
}
