/* pdh explain CREDENTIAL: what each requirement has, what each ceiling took, and every entry that does not count
 * whole. */
#include "client/show/explain.h"

#include "client/term/table.h"
#include "client/term/text.h"

#include <string.h>

enum { NAME_LEAST = 8, NAME_MOST = 18 }; /* columns of the rules' names */

static int name_width(const struct show *v, const struct credential_explained *c)
{
	int most = NAME_LEAST;

	for (size_t i = 0; i < c->needs.n + c->limits.n; i++) {
		const char *id = i < c->needs.n ? c->needs.v[i].need->id
						: c->limits.v[i - c->needs.n].limit->id;
		int w = text_width(text_safe(v->s.t, v->s.a, id));
		most = w > most ? w : most;
	}
	return most > NAME_MOST ? NAME_MOST : most;
}

static void line(const struct show *v, const char **text, const char *more)
{
	if (more && *more)
		*text = **text ? arena_printf(v->s.a, "%s\n%s", *text, more) : more;
}

static void show_heading(const struct show *v, const char *text)
{
	screen_end(&v->s);
	screen_line(&v->s, "%s", text);
}

/* ---- requirements ------------------------------------------------------------------------------- */

/* Hours, and not things that are counted. */
static bool is_hours(const struct need_explained *n)
{
	const char *fits = n->fits.unit, *need = n->need->need.unit;

	return fits && need
		       ? strcmp(credit_unit_brief(fits), credit_unit_brief(need)) == 0
		       : fits == need;
}

static const char *amount(const struct show *v, struct credit c, bool hours)
{
	return hours ? show_number(v, c.exact, show_decimals(c.exact))
		     : show_whole(v, c.exact);
}

static const char *state_text(const struct show *v, const struct need_explained *e)
{
	const struct need *n = e->need;
	struct arena *a = v->s.a;
	bool hours = is_hours(e);

	if (n->state == NEED_STATE_NOT_APPLYING)
		return arena_printf(a, "does not apply: %s",
				    n->why ? n->why : "not asked of you");
	const char *unit = show_unit(n->need);
	const char *have =
		arena_printf(a, "%s of %s" NBSP "%s", amount(v, n->have, hours),
			     show_whole(v, n->need.exact), unit);
	if (n->state == NEED_STATE_UNDECIDED)
		return arena_printf(a, "undecided, %s; %s", have,
				    n->why ? n->why : "not sure");
	if (n->missing.exact == 0)
		return arena_printf(a, "%s, met%s%s%s", have,
				    n->state == NEED_STATE_SO_FAR
					    ? " this year, open in one to come"
					    : "",
				    n->why ? " " : "", n->why ? n->why : "");
	return arena_printf(a, "%s, %s%s%s" NBSP "%s%s%s", have,
			    amount(v, n->missing, hours), hours ? NBSP : "",
			    hours ? unit : "",
			    n->state == NEED_STATE_MISSED   ? "missed"
			    : n->level == RULE_LEVEL_SHOULD ? "advised"
							    : "missing",
			    n->why ? "; " : "", n->why ? n->why : "");
}

static const char *served_text(const struct show *v, const struct need_explained *n)
{
	if (n->entries == 0)
		return NULL;
	bool hours = is_hours(n);
	const char *by =
		show_portions(v, n->served_by.v, n->served_by.n, n->entries, hours);
	bool shared = hours && n->fits.exact > n->need->have.exact;

	return shared ? arena_printf(v->s.a, "%s fit it, and some serve another need: %s",
				     show_credit(v, n->fits), by)
		      : arena_printf(v->s.a, "by %s", by);
}

static void show_need(const struct show *v, int width, const struct need_explained *n)
{
	const char *text = state_text(v, n);
	bool told = !show_is(n->need->title, n->need->id);

	if (told)
		line(v, &text, n->need->title);
	line(v, &text,
	     n->of ? arena_printf(v->s.a, "%s, %s", n->words, n->of) : n->words);
	if (n->adjusted)
		line(v, &text,
		     arena_printf(v->s.a, "%s without %s", show_credit(v, n->asked),
				  n->adjusted));
	line(v, &text, served_text(v, n));
	line(v, &text, show_source(v, n->need->cite, n->need->mark, n->need->level));
	screen_field(&v->s, width, n->need->id, text);
}

/* ---- ceilings ----------------------------------------------------------------------------------- */

static void show_limit(const struct show *v, int width, const struct limit_explained *l)
{
	const struct limit *limit = l->limit;
	const char *text = show_is(limit->title, limit->id) ? "" : limit->title;

	line(v, &text,
	     l->of ? arena_printf(v->s.a, "%s, %s", l->words, l->of) : l->words);
	line(v, &text,
	     arena_printf(v->s.a, "%s used, %s cut, %s left", show_credit(v, limit->used),
			  show_credit(v, limit->cut), show_credit(v, l->left)));
	if (l->entries)
		line(v, &text,
		     arena_printf(v->s.a, "by %s",
				  show_portions(v, l->used_by.v, l->used_by.n, l->entries,
						true)));
	line(v, &text, show_source(v, limit->cite, limit->mark, limit->level));
	screen_field(&v->s, width, limit->id, text);
}

/* ---- what does not count whole ------------------------------------------------------------------ */

/* What is placed for one reason belongs together. */
static bool is_same(const struct placed *a, const struct placed *b)
{
	return a->place == b->place &&
	       strcmp(a->why ? a->why : "", b->why ? b->why : "") == 0;
}

static bool is_told(const struct placed *p)
{
	return p->place != PLACE_COUNTED || p->why;
}

/* Whether a reason was told with an entry before, or with an earlier part of this one. */
static bool is_old(const struct credential_explained *c, size_t entry, size_t part)
{
	const struct placed *p = &c->entries.v[entry].parts.v[part];

	for (size_t i = 0; i <= entry; i++)
		for (size_t k = 0; k < c->entries.v[i].parts.n; k++) {
			if (i == entry && k == part)
				return false;
			if (is_same(&c->entries.v[i].parts.v[k], p))
				return true;
		}
	return false;
}

static void add_row(const struct show *v, const struct entry_explained *e,
		    const struct placed *p, struct table *t)
{
	struct cell *cells = table_row(t);
	bool all = e->logged.unit && p->credit.exact == e->logged.exact;
	struct credit c = p->credit;

	if (p->place == PLACE_CHANGED)
		c.exact = -c.exact;
	const char *amount = p->place == PLACE_CHANGED
				     ? show_signed(v, c.exact, show_decimals(c.exact))
				     : show_number(v, c.exact, show_decimals(c.exact));
	cells[0].text = arena_printf(v->s.a, "#%lld", (long long)e->id);
	cells[1].text = show_day_cell(v, e->done_on, true);
	cells[2].text = all || !e->logged.unit ? arena_printf(v->s.a, "%s" NBSP "%s",
							      amount, show_unit(c))
					       : arena_printf(v->s.a, "%s of %s", amount,
							      show_credit(v, e->logged));
	cells[3].text =
		p->topic ? arena_printf(v->s.a, "%s (%s)", e->title, p->topic) : e->title;
}

static void show_reason(const struct show *v, const struct credential_explained *c,
			const struct placed *reason)
{
	static const struct column columns[] = {{"", .right = true, .gap = 4},
						{"", .gap = 2, .drop = 1},
						{"", .gap = 3, .right = true},
						{"", .gap = 3, .least = 10}};
	struct table t = {.s = &v->s, .columns = columns, .n = 4, .headless = true};

	const char *place = hours_place_word(reason->place);
	bool said = reason->why && strncmp(reason->why, place, strlen(place)) == 0;
	text_space(v->s.out, SHOW_INDENT);
	screen_text(&v->s, SHOW_INDENT, 2 * SHOW_INDENT,
		    !reason->why ? place
		    : said	 ? reason->why
				 : arena_printf(v->s.a, "%s: %s", place, reason->why));
	for (size_t i = 0; i < c->entries.n; i++)
		for (size_t k = 0; k < c->entries.v[i].parts.n; k++)
			if (is_same(&c->entries.v[i].parts.v[k], reason))
				add_row(v, &c->entries.v[i], &c->entries.v[i].parts.v[k],
					&t);
	table_print(&t);
}

static void show_reasons(const struct show *v, const struct credential_explained *c)
{
	bool any = false;

	for (size_t i = 0; i < c->entries.n; i++)
		for (size_t k = 0; k < c->entries.v[i].parts.n; k++) {
			const struct placed *p = &c->entries.v[i].parts.v[k];
			if (!is_told(p) || is_old(c, i, k))
				continue;
			if (!any)
				show_heading(v, "Not counted as logged");
			any = true;
			show_reason(v, c, p);
		}
	if (c->more > 0)
		screen_line(&v->s, "  and %lld more", (long long)c->more);
}

void show_explained_credential(const struct show *v, const struct credential_explained *c,
			       civil_day as_of)
{
	const struct screen *s = &v->s;
	int width = name_width(v, c);

	show_credential_head(v, c->title, c->alias, c->state);
	show_explained_cycle(v, c, as_of);
	screen_field(s, EXPLAIN_LABEL, "of", c->authority);
	show_undecided(v, c);
	if (!c->needs.n && !c->limits.n) {
		show_heading(v, "It asks for no hours.");
		return;
	}
	if (c->needs.n)
		show_heading(v, "Required");
	for (size_t i = 0; i < c->needs.n; i++)
		show_need(v, width, &c->needs.v[i]);
	if (c->limits.n)
		show_heading(v, "Limited");
	for (size_t i = 0; i < c->limits.n; i++)
		show_limit(v, width, &c->limits.v[i]);
	show_reasons(v, c);
	show_explained_sums(v, c);
}
