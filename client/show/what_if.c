/* pdh plan --add: each credential now, and with what is added. */
#include "client/show/answers.h"

#include "client/term/table.h"
#include "client/term/text.h"

#include <string.h>

enum { BESIDE = 64 }; /* columns in which NOW and WITH IT stand side by side */

/* ---- what is added ------------------------------------------------------------------------------ */

static bool same(const struct activity *a, const struct activity *b)
{
	return a->credit.exact == b->credit.exact && show_is(a->title, b->title) &&
	       show_is(a->credit.unit, b->credit.unit);
}

static bool is_first(const struct plan *r, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (same(&r->added.v[k], &r->added.v[i]))
			return false;
	return true;
}

static const char *about_text(const struct show *v, const struct activity *a)
{
	const char *const words[] = {a->kind, a->format, a->role,
				     show_texts(v, &a->topics, ", "), a->provider};
	const char *text = "";

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i] && *words[i])
			text = arena_printf(v->s.a, "%s%s%s", text,
					    *text ? screen_dot(&v->s) : "", words[i]);
	return show_is(text, a->title) ? "" : text;
}

/* "6.0 h  related, Tue 14 Apr 2026 and 16 times more to Sat 14 Aug 2027" */
static void show_added(const struct show *v, const struct plan *r, size_t first)
{
	const struct activity *a = &r->added.v[first], *last = a;
	struct arena *arena = v->s.a;
	int64_t more = -1;

	for (size_t i = first; i < r->added.n; i++)
		if (same(a, &r->added.v[i])) {
			last = &r->added.v[i];
			more++;
		}
	const char *about = about_text(v, a), *days = show_weekday(v, a->done_on);
	if (more)
		days = arena_printf(arena, "%s and %s more to %s", days,
				    show_count(v, more, "time", "times"),
				    show_weekday(v, last->done_on));
	screen_field(&v->s, 4, "with",
		     arena_printf(arena, "%s  %s%s%s%s, %s", show_credit(v, a->credit),
				  a->title, *about ? " (" : "", about, *about ? ")" : "",
				  days));
}

/* ---- prospects ---------------------------------------------------------------------------------- */

static const char *counted_text(const struct show *v, const struct prospect *p,
				const char *rest)
{
	return arena_printf(
		v->s.a, "%s  %s",
		show_number(v, p->counted.exact, show_decimals(p->counted.exact)), rest);
}

static const char *pace_text(const struct show *v, const struct outlook *o,
			     const struct prospect *p)
{
	int64_t d = p->difference.exact;

	if (!p->difference.unit)
		return arena_printf(v->s.a, "of %s", show_credit(v, o->required));
	return arena_printf(v->s.a, "%s by %s" NBSP "%s", d < 0 ? "behind" : "ahead",
			    show_number(v, d < 0 ? -d : d, 1), show_unit(p->difference));
}

static const char *to_go_text(const struct show *v, const struct outlook *o)
{
	if (!o->with->remaining.unit)
		return "";
	if (o->now->remaining.exact == 0)
		return "the total was met before";
	return o->with->remaining.exact == 0
		       ? arena_printf(v->s.a, "%s to go becomes none",
				      show_whole(v, o->now->remaining.exact))
		       : arena_printf(v->s.a, "%s to go becomes %s",
				      show_whole(v, o->now->remaining.exact),
				      show_whole(v, o->with->remaining.exact));
}

static const char *done_text(const struct show *v, const struct prospect *p)
{
	if (!p->remaining.unit)
		return p->met ? "everything is met" : "not everything is met";
	if (p->remaining.exact == 0 && p->done_on <= v->today)
		return "the total is met";
	if (p->done_on == DATE_NONE)
		return "never done at this rate";
	return arena_printf(v->s.a, "done %s, %s", show_day(v, p->done_on),
			    p->on_time > 0 ? "on time" : "late");
}

/* ---- one credential ----------------------------------------------------------------------------- */

static const char *needs_text(const struct show *v, const struct prospect *p)
{
	const char *text = "";

	for (size_t i = 0; i < p->needs.n; i++) {
		const struct need *n = &p->needs.v[i];
		if (n->level != RULE_LEVEL_SHOULD)
			text = arena_printf(v->s.a, "%s%s%s", text, *text ? ", " : "",
					    n->title);
	}
	return text;
}

static const char *and_line(const struct show *v, const char *text, const char *line)
{
	return arena_printf(v->s.a, "%s%s%s", text, *text ? "\n" : "", line);
}

static const char *not_counted(const struct show *v, const struct outlook *o)
{
	const char *why = show_texts(v, &o->why_not, "; ");
	const struct credit all = {o->logged.exact, o->added.unit};

	if (o->added.exact >= o->logged.exact)
		return why;
	return arena_printf(v->s.a, "%s of %s count: %s",
			    show_number(v, o->added.exact, show_decimals(o->added.exact)),
			    show_credit(v, all), why);
}

/* What is left to say about it; "" for nothing. */
static const char *rest_text(const struct show *v, const struct outlook *o)
{
	const char *needs = needs_text(v, o->with), *text = "";

	if (o->why_not.n)
		text = and_line(v, text, not_counted(v, o));
	if (*needs)
		text = and_line(
			v, text,
			arena_printf(v->s.a, "even so it still needs: %s", needs));
	if (o->enough_on != DATE_NONE && o->now->met <= 0)
		text = and_line(v, text,
				arena_printf(v->s.a, "enough by itself on %s",
					     show_weekday(v, o->enough_on)));
	return text;
}

static void show_rest(const struct show *v, const struct plan *r)
{
	int width = 0;
	bool any = false;

	for (size_t i = 0; i < r->outlooks.n; i++) {
		int w = text_width(r->outlooks.v[i].alias);
		width = w > width ? w : width;
		any = any || *rest_text(v, &r->outlooks.v[i]);
	}
	if (any)
		screen_end(&v->s);
	for (size_t i = 0; i < r->outlooks.n; i++)
		screen_field(&v->s, width, r->outlooks.v[i].alias,
			     rest_text(v, &r->outlooks.v[i]));
}

static void show_beside(const struct show *v, const struct plan *r)
{
	static const struct column columns[] = {
		{.head = ""},
		{.head = "NOW", .gap = 3},
		{.head = "WITH IT", .gap = 3, .least = 12},
	};
	struct table t = {.s = &v->s, .columns = columns, .n = 3};

	for (size_t i = 0; i < r->outlooks.n; i++) {
		const struct outlook *o = &r->outlooks.v[i];
		struct cell *row = table_row(&t);
		row[0].text = o->alias;
		row[1].text = counted_text(v, o->now, pace_text(v, o, o->now));
		row[2].text = counted_text(v, o->with, to_go_text(v, o));
		row = table_row(&t);
		row[1].text = done_text(v, o->now);
		row[2].text = done_text(v, o->with);
	}
	table_print(&t);
}

static void show_below(const struct show *v, const struct plan *r)
{
	for (size_t i = 0; i < r->outlooks.n; i++) {
		const struct outlook *o = &r->outlooks.v[i];
		screen_line(&v->s, "%s", o->alias);
		screen_field(
			&v->s, 4, "now",
			arena_printf(v->s.a, "%s; %s",
				     counted_text(v, o->now, pace_text(v, o, o->now)),
				     done_text(v, o->now)));
		screen_field(&v->s, 4, "then",
			     arena_printf(v->s.a, "%s; %s",
					  counted_text(v, o->with, to_go_text(v, o)),
					  done_text(v, o->with)));
	}
}

static void show_end(const struct show *v, const struct plan *r)
{
	if (r->op != INT_NONE) {
		int64_t first = r->added.v[0].id, last = r->added.v[r->added.n - 1].id;
		for (size_t i = 0; i < r->added.n; i++) {
			first = r->added.v[i].id < first ? r->added.v[i].id : first;
			last = r->added.v[i].id > last ? r->added.v[i].id : last;
		}
		if (first == last)
			screen_line(&v->s, "Planned as #%lld. Take it back: pdh undo",
				    (long long)first);
		else
			screen_line(
				&v->s,
				"Planned as #%lld to #%lld, %zu entries. Take it back: "
				"pdh undo",
				(long long)first, (long long)last, r->added.n);
	} else if (r->dry_run > 0) {
		screen_line(&v->s, "Nothing was stored.");
	} else {
		screen_line(&v->s,
			    "Nothing was saved. Keep as planned entries: add --save");
	}
}

void show_what_if(const struct show *v, const struct plan *r)
{
	for (size_t i = 0; i < r->added.n; i++)
		if (is_first(r, i))
			show_added(v, r, i);
	show_notes(v, &r->notes);
	screen_end(&v->s);
	if (r->outlooks.n == 0)
		screen_line(&v->s, "No hours are asked for, so it changes nothing.");
	else if (v->s.width >= BESIDE)
		show_beside(v, r);
	else
		show_below(v, r);
	show_rest(v, r);
	if (r->outlooks.n)
		screen_end(&v->s);
	if (r->outlooks.n)
		screen_line(&v->s, "Done: if you keep your pace, with this on top.");
	show_end(v, r);
}
