/* A transcript as a document: whose it is, what counts, every entry with the rule of its hours. */
#include "client/doc/render.h"
#include "client/show/answers.h"
#include "client/show/explain.h"
#include "client/show/reports.h"
#include "client/term/text.h"

#include <string.h>

/* ---- words ------------------------------------------------------------------------------ */

static void append(const struct show *v, const char **all, const char *between,
		   const char *text)
{
	if (text && *text)
		*all = **all ? arena_printf(v->s.a, "%s%s%s", *all, between, text) : text;
}

const char *reports_details(const struct show *v, const struct activity *a)
{
	const char *all = "";

	append(v, &all, ", ", a->provider);
	append(v, &all, ", ",
	       a->provider_id ? arena_printf(v->s.a, "provider number %s", a->provider_id)
			      : NULL);
	append(v, &all, ", ", a->place);
	append(v, &all, ", ", a->kind);
	append(v, &all, ", ", a->format);
	append(v, &all, ", ", a->role);
	append(v, &all, ", ", show_texts(v, &a->topics, ", "));
	append(v, &all, ", ",
	       a->course ? arena_printf(v->s.a, "course %s", a->course) : NULL);
	append(v, &all, ", ",
	       a->approval ? arena_printf(v->s.a, "approval %s", a->approval) : NULL);
	append(v, &all, ", ",
	       a->from != DATE_NONE
		       ? arena_printf(v->s.a, "since %s", show_day(v, a->from))
		       : NULL);
	return all;
}

/* Things that are counted are whole; a unit that no credit has says which they are. */
static const char *amount_of(const struct show *v, struct credit c, bool whole)
{
	bool things = c.unit && !credit_unit_find(c.unit) &&
		      strcmp(credit_unit_brief(c.unit), "h") != 0;

	return whole || things ? arena_printf(v->s.a, "%s" NBSP "%s",
					      show_whole(v, c.exact), show_unit(c))
			       : show_credit(v, c);
}

const char *reports_need(const struct show *v, const struct need *n)
{
	struct arena *a = v->s.a;

	if (n->state == NEED_STATE_NOT_APPLYING)
		return arena_printf(a, "does not apply: %s",
				    n->why ? n->why : "not asked of you");
	const char *text = arena_printf(a, "%s of %s", amount_of(v, n->have, false),
					amount_of(v, n->need, true));
	if (n->state == NEED_STATE_UNDECIDED)
		return arena_printf(a, "%s, undecided: %s", text,
				    n->why ? n->why : "its rule is not sure");
	if (n->missing.exact == 0)
		return arena_printf(a, "%s, met%s", text,
				    n->state == NEED_STATE_SO_FAR
					    ? " this year, open in one to come"
					    : "");
	return arena_printf(a, "%s, %s %s", text, amount_of(v, n->missing, false),
			    n->state == NEED_STATE_MISSED   ? "missed"
			    : n->level == RULE_LEVEL_SHOULD ? "advised"
							    : "missing");
}

/* "2.0 h for total; 4.0 h cut: independent-study: at most 20 %" */
static const char *part_text(const struct show *v, const struct placed *p)
{
	struct arena *a = v->s.a;
	bool changed = p->place == PLACE_CHANGED;
	const char *topic = p->topic ? arena_printf(a, "%s ", p->topic) : "";
	const char *amount =
		changed ? arena_printf(a, "%s" NBSP "%s",
				       show_signed(v, -p->credit.exact,
						   show_decimals(p->credit.exact)),
				       show_unit(p->credit))
			: show_credit(v, p->credit);
	const char *rules = p->rules.n ? show_texts(v, &p->rules, ", ") : NULL;
	const char *place = p->place == PLACE_COUNTED ? ""
			    : changed		      ? ""
						      : hours_place_word(p->place);
	const char *text =
		arena_printf(a, "%s%s%s%s", topic, amount, *place ? " " : "", place);

	if (rules && !p->why)
		return arena_printf(a, "%s for %s", text, rules);
	if (rules && (p->place == PLACE_COUNTED || p->place == PLACE_ASIDE ||
		      p->place == PLACE_CARRIED))
		text = arena_printf(a, "%s for %s", text, rules);
	return p->why ? arena_printf(a, "%s: %s", text, p->why) : text;
}

static const char *parts_text(const struct show *v, const struct transcript_entry *e)
{
	const char *all = "";

	for (size_t i = 0; i < e->parts.n; i++)
		append(v, &all, "; ", part_text(v, &e->parts.v[i]));
	return all;
}

const char *reports_transcript_brief(const struct show *v, const struct transcript *r)
{
	return arena_printf(v->s.a, "%s, %s counted of %s logged",
			    show_count(v, (int64_t)r->entries.n, "entry", "entries"),
			    show_credit(v, r->account->counted),
			    show_credit(v, r->account->logged));
}

/* ---- the parts of the document ---------------------------------------------------------- */

static void add_head(const struct show *v, const struct transcript *r, struct doc *d)
{
	const struct transcript_head *h = r->head;
	const struct credential_explained *c = r->account;
	struct arena *a = v->s.a;
	const char *read = c->read == DATE_NONE
				   ? ""
				   : arena_printf(a, ", read %s", show_day(v, c->read));

	doc_field(d, "Name", h->person);
	doc_field(d, "Credential", h->title);
	doc_field(d, "Number", h->number);
	doc_field(d, "Level", h->level);
	doc_field(d, "Issued", show_day(v, h->issued));
	doc_field(d, "Board", c->authority);
	doc_field(d, "Cycle", show_span(v, c->cycle->from, c->cycle->to));
	doc_field(d, "Judged on", show_day(v, r->as_of));
	doc_field(d, "Rules",
		  arena_printf(a, "%s%s",
			       show_pack_name(v, c->cycle->pack, c->cycle->version),
			       read));
	doc_field(d, "Counts",
		  h->required.unit ? arena_printf(a, "%s of %s" NBSP "%s",
						  show_credit(v, c->counted),
						  show_whole(v, h->required.exact),
						  show_unit(h->required))
				   : show_credit(v, c->counted));
	doc_field(d, "Logged", show_credit(v, c->logged));
	for (size_t i = 0; i < c->notices.n; i++)
		doc_field(d, "Note", c->notices.v[i]);
}

/* What hangs on rules that are not sure, where nobody can pass it over. */
static void add_doubt(const struct show *v, const struct credential_explained *c,
		      struct doc *d)
{
	const char *on = c->hangs_on.n ? show_texts(v, &c->hangs_on, ", ")
				       : "an unanswered question";
	struct arena *a = v->s.a;

	if (c->undecided <= 0 && !c->otherwise.unit && !c->hangs_on.n)
		return;
	const char *text = arena_printf(
		a, "%s %s.",
		c->undecided > 0 ? "Undecided: whether this cycle is met hangs on"
				 : "Not sure: something here hangs on",
		on);
	if (c->otherwise.unit)
		text = arena_printf(a, "%s With it %s count, without it %s.", text,
				    show_credit(v, c->counted),
				    show_credit(v, c->otherwise));
	doc_strong(d, text);
}

static void add_missing(const struct show *v, const struct transcript *r, struct doc *d)
{
	bool any = r->missing.n > 0;

	for (size_t i = 0; i < r->items.n; i++)
		any = any || r->items.v[i].state != ITEM_STATE_DONE;
	doc_heading(d, 2, "Still missing");
	if (!any)
		doc_text(d, "Nothing that these rules ask for.");
	for (size_t i = 0; i < r->missing.n; i++) {
		const struct need *n = &r->missing.v[i];
		doc_item(d, arena_printf(v->s.a, "%s: %s", n->title, reports_need(v, n)));
	}
	for (size_t i = 0; i < r->items.n; i++) {
		const struct item *item = &r->items.v[i];
		if (item->state != ITEM_STATE_DONE)
			doc_item(d, arena_printf(v->s.a, "%s: %s", item->title,
						 show_item(v, item)));
	}
}

static void add_needs(const struct show *v, const struct credential_explained *c,
		      struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "Requirement", .title = true},
		{.head = "How far", .below = true},
		{.head = "What it asks for", .below = true},
		{.head = "Source", .below = true},
	};

	if (c->needs.n == 0)
		return;
	doc_heading(d, 2, "Requirements");
	doc_table(d, "Requirements and how far each is met", columns, 4);
	for (size_t i = 0; i < c->needs.n; i++) {
		const struct need_explained *n = &c->needs.v[i];
		const char **cells = doc_row(d);
		cells[0] = n->need->title;
		cells[1] = reports_need(v, n->need);
		cells[2] = n->of ? arena_printf(v->s.a, "%s, %s", n->words, n->of)
				 : n->words;
		cells[3] = show_source(v, n->need->cite, n->need->mark, n->need->level);
	}
}

static void add_limits(const struct show *v, const struct credential_explained *c,
		       struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "Used", .number = true},
		{.head = "Cut", .number = true},
		{.head = "Limit", .title = true},
		{.head = "What it says", .below = true},
		{.head = "Source", .below = true},
	};

	if (c->limits.n == 0)
		return;
	doc_heading(d, 2, "Limits");
	doc_table(d, "Limits and what they cut", columns, 5);
	for (size_t i = 0; i < c->limits.n; i++) {
		const struct limit_explained *l = &c->limits.v[i];
		const char **cells = doc_row(d);
		cells[0] = show_credit(v, l->limit->used);
		cells[1] = show_credit(v, l->limit->cut);
		cells[2] = l->limit->title;
		cells[3] = l->of ? arena_printf(v->s.a, "%s, %s", l->words, l->of)
				 : l->words;
		cells[4] =
			show_source(v, l->limit->cite, l->limit->mark, l->limit->level);
	}
}

static void add_entries(const struct show *v, const struct transcript *r, struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "No.", .number = true},     {.head = "Day"},
		{.head = "Logged", .number = true},  {.head = "Counts", .number = true},
		{.head = "Activity", .title = true}, {.head = "Details", .below = true},
		{.head = "Rules", .below = true},    {.head = "Proof", .below = true},
	};

	doc_heading(d, 2, "Entries");
	if (r->entries.n == 0)
		doc_text(d, "None in this cycle.");
	doc_table(d, "Entries by day, each hour with its rule", columns, 8);
	for (size_t i = 0; i < r->entries.n; i++) {
		const struct transcript_entry *e = &r->entries.v[i];
		const char **cells = doc_row(d);
		cells[0] = arena_printf(v->s.a, "%lld", (long long)e->activity->id);
		cells[1] = show_day(v, e->activity->done_on);
		cells[2] = show_credit(v, e->activity->credit);
		cells[3] = show_credit(v, e->counted);
		cells[4] = e->activity->title;
		cells[5] = reports_details(v, e->activity);
		cells[6] = parts_text(v, e);
		if (e->activity->evidence.n)
			cells[7] =
				arena_printf(v->s.a, "proof %s",
					     show_texts(v, &e->activity->evidence, ", "));
	}
}

static void add_sums(const struct show *v, const struct credential_explained *c,
		     struct doc *d)
{
	static const struct doc_column columns[] = {
		{.head = "Where"},
		{.head = "How much", .number = true},
		{.head = "Entries", .number = true},
		{.head = "", .title = true},
	};
	static const char *const means[PLACE_VALUES] = {
		[PLACE_COUNTED] = "counts toward the total",
		[PLACE_ASIDE] = "counts, but not toward the total",
		[PLACE_CUT] = "above a limit",
		[PLACE_REFUSED] = "kept out by a rule",
		[PLACE_CHANGED] =
			"made less, or more where it is negative, by a credit rule",
		[PLACE_HELD] = "used by the cycle before",
		[PLACE_EARLY] = "from before the cycle",
		[PLACE_CARRIED] = "carried over from the cycle before",
		[PLACE_LATE] = "done after the cycle",
		[PLACE_UNIT] = "in a unit that is worth nothing here",
		[PLACE_PLANNED] = "planned, not done",
		[PLACE_KEPT] = "not for this credential",
	};
	const struct sum *lists[] = {c->sums.v, c->outside.v};
	const size_t counts[] = {c->sums.n, c->outside.n};

	doc_heading(d, 2, "Sums");
	doc_table(d, "Where the hours are", columns, 4);
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < counts[k]; i++) {
			const struct sum *s = &lists[k][i];
			if (s->credit.exact == 0)
				continue;
			const char **cells = doc_row(d);
			cells[0] = hours_place_word(s->place);
			cells[1] = show_credit(v, s->credit);
			cells[2] = arena_printf(v->s.a, "%lld", (long long)s->entries);
			cells[3] = means[s->place];
		}
}

static void add_rules(const struct show *v, const struct transcript *r, struct doc *d)
{
	static const struct doc_column rule_columns[] = {
		{.head = "Rule"},
		{.head = "What it says", .title = true},
		{.head = "Source", .below = true},
		{.head = "Why", .below = true},
	};
	static const struct doc_column source_columns[] = {
		{.head = "How sure"},
		{.head = "Source", .title = true},
		{.head = "Address", .below = true},
	};
	const struct credential_explained *c = r->account;

	if (c->rules.n) {
		doc_heading(d, 2, "Rules");
		doc_table(d, "Rules that had a say", rule_columns, 4);
	}
	for (size_t i = 0; i < c->rules.n; i++) {
		const struct ruling *rule = &c->rules.v[i];
		const char **cells = doc_row(d);
		cells[0] = rule->id;
		cells[1] = rule->of
				   ? arena_printf(v->s.a, "%s, %s", rule->words, rule->of)
				   : rule->words;
		cells[2] = show_source(v, rule->cite, rule->mark, rule->level);
		cells[3] = rule->why;
	}
	if (r->sources.n) {
		doc_heading(d, 2, "Sources");
		doc_table(d, "Where the rules come from", source_columns, 3);
	}
	for (size_t i = 0; i < r->sources.n; i++) {
		const char **cells = doc_row(d);
		cells[0] = r->sources.v[i].mark ? source_mark_word(r->sources.v[i].mark)
						: NULL;
		cells[1] = r->sources.v[i].title;
		cells[2] = r->sources.v[i].url;
	}
}

void reports_transcript(const struct show *v, const struct transcript *r, struct doc *d)
{
	const struct transcript_head *h = r->head;

	d->title = arena_printf(v->s.a, "Transcript: %s (%s)",
				h->title ? h->title : h->alias, h->alias);
	d->about = REPORTS_LAST_WORD;
	add_head(v, r, d);
	add_doubt(v, r->account, d);
	add_missing(v, r, d);
	add_entries(v, r, d);
	add_sums(v, r->account, d);
	add_needs(v, r->account, d);
	add_limits(v, r->account, d);
	add_rules(v, r, d);
}

void show_transcript(const struct show *v, const struct transcript *r)
{
	struct doc d = {.a = v->s.a};

	reports_transcript(v, r, &d);
	doc_plain(&d, &v->s);
}
