/* What becomes of a file. */
#include "client/show/answers.h"

#include "client/term/text.h"

#include <string.h>

enum { LABEL = 9, LINES_MOST = 20 };

static void show_read(const struct show *v, const struct imported *r)
{
	struct arena *a = v->s.a;
	const char *layout = r->about ? r->about : r->layout;

	screen_line(&v->s, "%s   %s %s%s%s%s%s%s%s", r->file ? r->file : "",
		    layout ? layout : "", r->version ? r->version : "",
		    r->encoding ? ", " : "", r->encoding ? r->encoding : "",
		    r->sheet ? ", sheet " : "", r->sheet ? r->sheet : "",
		    r->dates ? ", dates " : "", r->dates ? r->dates : "");
	if (r->sample)
		screen_field(&v->s, LABEL, "reads", arena_printf(a, "\"%s\"", r->sample));
}

static void show_columns(const struct show *v, const struct imported *r)
{
	struct arena *a = v->s.a;
	const char *all = "";

	for (size_t i = 0; i < r->columns.n; i++) {
		const struct import_column *c = &r->columns.v[i];
		all = arena_printf(a, "%s%s%s%s\"%s\"", all,
				   *all ? screen_dot(&v->s) : "",
				   strcmp(c->field, "done_on") == 0  ? "date"
				   : strcmp(c->field, "credit") == 0 ? "hours"
								     : c->field,
				   NBSP, show_texts(v, &c->names, "\", \""));
	}
	screen_field(&v->s, LABEL, "columns", all);
}

static void add_count(const struct show *v, const char **all, int64_t n, const char *what)
{
	if (n > 0)
		*all = arena_printf(v->s.a, "%s%s%lld%s%s", *all,
				    **all ? screen_dot(&v->s) : "", (long long)n, NBSP,
				    what);
}

/* "24 new · 4 you have · 1 similar" */
static const char *counts(const struct show *v, const struct imported *r)
{
	const char *all = "";

	add_count(v, &all, r->created, "new");
	add_count(v, &all, r->have, "you" NBSP "have");
	add_count(v, &all, r->changed, "changed");
	add_count(v, &all, r->removed, "removed" NBSP "by" NBSP "you");
	add_count(v, &all, r->alike, "similar");
	add_count(v, &all, r->bad, "unreadable");
	add_count(v, &all, r->skipped, "left" NBSP "out");
	return *all ? all : "none that can be taken";
}

/* Of an export only those are listed that say otherwise. */
static int64_t rows_in(const struct imported *r)
{
	int64_t counted = r->created + r->have + r->changed;

	return counted > (int64_t)r->rows.n ? counted : (int64_t)r->rows.n;
}

static const char *label_of(const struct import_row *row)
{
	return row->state == IMPORT_SKIPPED ? "left out" : import_state_word(row->state);
}

static bool is_told(const struct import_row *row)
{
	return row->why || row->flags.n;
}

static void show_row(const struct show *v, const struct import_row *row)
{
	struct arena *a = v->s.a;
	const char *line = row->line == INT_NONE ? ""
						 : arena_printf(a, "line %lld   ",
								(long long)row->line);
	const char *what =
		row->title ? arena_printf(a, "%s%s\"%s\"", show_credit(v, row->credit),
					  row->credit.unit ? "  " : "", row->title)
			   : "";
	const char *why = row->why ? row->why : show_texts(v, &row->flags, "; ");

	screen_field(
		&v->s, LABEL, label_of(row),
		arena_printf(a, "%s%s%s%s", line, what, *what && *why ? "   " : "", why));
}

static void show_rows(const struct show *v, const struct imported *r)
{
	size_t shown = 0, all = 0;

	for (size_t i = 0; i < r->rows.n; i++) {
		if (!is_told(&r->rows.v[i]))
			continue;
		if (all++ < LINES_MOST) {
			show_row(v, &r->rows.v[i]);
			shown++;
		}
	}
	if (all > shown)
		screen_field(&v->s, LABEL, "",
			     arena_printf(v->s.a, "and %zu more: --json has all of them",
					  all - shown));
}

static bool is_done(const struct imported *r)
{
	return r->op != INT_NONE;
}

static void show_openings(const struct show *v, const struct imported *r)
{
	const struct import_run_params *p = v->params;
	bool reduced = p && p->opening && opening_fate_of(p->opening) == OPENING_REDUCE;

	for (size_t i = 0; i < r->openings.n && (reduced || !is_done(r)); i++) {
		const struct import_opening *o = &r->openings.v[i];
		const char *after = o->after.unit ? show_credit(v, o->after) : "nothing";
		screen_field(&v->s, LABEL, "opening",
			     reduced ? arena_printf(v->s.a, "#%lld, %s, becomes %s",
						    (long long)o->id,
						    show_credit(v, o->before), after)
				     : arena_printf(v->s.a,
						    "#%lld, %s, covers days of these; "
						    "--opening reduce leaves %s, "
						    "--opening keep leaves it",
						    (long long)o->id,
						    show_credit(v, o->before), after));
	}
}

/* "4 entries (#2 to #5), 15 Nov 2025 to 4 Mar 2026" */
static void show_made(const struct show *v, const struct imported *r)
{
	const struct import_row *first = NULL, *last = NULL;
	civil_day from = DATE_LAST, to = DATE_FIRST;

	for (size_t i = 0; i < r->rows.n; i++) {
		const struct import_row *row = &r->rows.v[i];
		if (row->state != IMPORT_NEW)
			continue;
		first = !first || row->id < first->id ? row : first;
		last = !last || row->id > last->id ? row : last;
		from = row->done_on < from ? row->done_on : from;
		to = row->done_on > to ? row->done_on : to;
	}
	if (!first || !is_done(r))
		return;
	if (first == last)
		screen_line(&v->s, "#%lld, %s", (long long)first->id, show_day(v, from));
	else
		screen_line(&v->s, "%s (#%lld to #%lld), %s",
			    show_count(v, r->created, "entry", "entries"),
			    (long long)first->id, (long long)last->id,
			    show_span(v, from, to));
}

static void show_notes_of_file(const struct show *v, const struct texts *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		screen_field(&v->s, LABEL, "note", notes->v[i]);
}

void show_imported(const struct show *v, const struct imported *r)
{
	show_read(v, r);
	show_columns(v, r);
	screen_field(&v->s, LABEL, show_count(v, rows_in(r), "row", "rows"),
		     counts(v, r));
	show_rows(v, r);
	show_openings(v, r);
	show_notes_of_file(v, &r->notes);
	show_made(v, r);
	show_effects(v, r->effects.v, r->effects.n);
	if (r->op == INT_NONE && r->dry_run <= 0)
		screen_line(&v->s, "Nothing new; nothing written.");
	else
		show_undo_hint(v, r->dry_run > 0, r->op);
}
