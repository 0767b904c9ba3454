/* What becomes of a file. */
#include "client/show/answers.h"

#include "client/term/table.h"
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
	if (r->unused.n)
		screen_field(
			&v->s, LABEL, "not used",
			arena_printf(a, "\"%s\"", show_texts(v, &r->unused, "\", \"")));
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

/* Of rows; and of what else an export has. */
static void show_sums(const struct show *v, const struct imported *r)
{
	/* An export has no layout, and may have no entries. */
	if (rows_in(r) > 0 || r->layout)
		screen_field(&v->s, LABEL, show_count(v, rows_in(r), "row", "rows"),
			     counts(v, r));
	if (r->stored.n)
		screen_field(&v->s, LABEL, r->dry_run > 0 ? "to store" : "stored",
			     show_texts(v, &r->stored, screen_dot(&v->s)));
}

static const char *label_of(const struct import_row *row)
{
	return row->state == IMPORT_SKIPPED ? "left out" : import_state_word(row->state);
}

static bool is_told(const struct import_row *row)
{
	return row->why || row->flags.n;
}

static void show_row(const struct show *v, const struct imported *r,
		     const struct import_row *row)
{
	struct arena *a = v->s.a;
	const char *line =
		row->line == INT_NONE
			? ""
			: arena_printf(a, "%s %lld   ", r->numbered > 0 ? "row" : "line",
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
			show_row(v, r, &r->rows.v[i]);
			shown++;
		}
	}
	if (all > shown)
		screen_field(&v->s, LABEL, "",
			     arena_printf(v->s.a, "and %zu more: %s", all - shown,
					  r->batch != INT_NONE
						  ? arena_printf(v->s.a,
								 "pdh import show %lld",
								 (long long)r->batch)
						  : "--json has all of them"));
}

static bool is_done(const struct imported *r)
{
	return r->op != INT_NONE;
}

static void show_openings(const struct show *v, const struct imported *r)
{
	/* Other methods give the same record. */
	const struct import_run_params *p =
		v->m == &api_methods[METHOD_import_run] ? v->params : NULL;
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

static void show_kept(const struct show *v, const struct imported *r)
{
	const struct import_run_params *p =
		v->m == &api_methods[METHOD_import_run] ? v->params : NULL;

	if (r->evidence != INT_NONE)
		screen_field(&v->s, LABEL, "kept",
			     arena_printf(v->s.a, "%s, as proof" NBSP "%lld",
					  r->file ? r->file : "",
					  (long long)r->evidence));
	else if (p && p->keep > 0 && r->dry_run > 0)
		screen_field(&v->s, LABEL, "kept",
			     arena_printf(v->s.a, "%s would be kept itself",
					  r->file ? r->file : ""));
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
	show_sums(v, r);
	show_rows(v, r);
	show_openings(v, r);
	show_kept(v, r);
	show_notes_of_file(v, &r->notes);
	show_made(v, r);
	show_effects(v, r->effects.v, r->effects.n);
	if (r->op == INT_NONE && r->dry_run <= 0)
		screen_line(&v->s, "Nothing new; nothing written.");
	else
		show_undo_hint(v, r->dry_run > 0, r->op);
}

/* ---- imports of before ------------------------------------------------------------------------------------------- */

enum { BATCH, ON, FILE_NAME, MADE, LEFT_OUT, LAYOUT, BATCH_COLUMNS };

static const struct column batch_columns[BATCH_COLUMNS] = {
	[BATCH] = {"N", .right = true},
	[ON] = {"DATE", .gap = 2},
	[FILE_NAME] = {"FILE", .gap = 2, .least = 10},
	[MADE] = {"ENTRIES", .gap = 2, .right = true},
	[LEFT_OUT] = {"LEFT OUT", .gap = 2, .right = true, .drop = 2},
	[LAYOUT] = {"READ AS", .gap = 2, .least = 8, .drop = 1},
};

static const char *number(const struct show *v, int64_t n)
{
	return arena_printf(v->s.a, "%lld", (long long)n);
}

void show_imports(const struct show *v, const struct import_batches *r)
{
	struct table t = {.s = &v->s, .columns = batch_columns, .n = BATCH_COLUMNS};

	if (r->imports.n == 0) {
		screen_line(&v->s, "Nothing was imported yet.");
		return;
	}
	for (size_t i = 0; i < r->imports.n; i++) {
		const struct import_batch *b = &r->imports.v[i];
		struct cell *cells = table_row(&t);
		cells[BATCH].text = number(v, b->batch);
		cells[ON].text = b->on == DATE_NONE ? NULL : show_day(v, b->on);
		cells[FILE_NAME].text = b->file;
		cells[MADE].text = b->there == b->created
					   ? number(v, b->created)
					   : arena_printf(v->s.a, "%lld of %lld",
							  (long long)b->there,
							  (long long)b->created);
		cells[LEFT_OUT].text = number(v, b->left_out);
		cells[LAYOUT].text = b->layout;
	}
	table_print(&t);
	screen_line(&v->s, "The rows of one: pdh import show %lld",
		    (long long)r->imports.v[0].batch);
}

enum { LINE, STATE, ENTRY, DAY, CREDIT, TITLE, ROW_COLUMNS };

static const struct column row_columns[ROW_COLUMNS] = {
	[LINE] = {"LINE", .right = true},
	[STATE] = {"", .gap = 2},
	[ENTRY] = {"ENTRY", .gap = 2, .right = true},
	[DAY] = {"DATE", .gap = 2, .drop = 1},
	[CREDIT] = {"CREDIT", .gap = 2, .right = true, .drop = 2},
	[TITLE] = {"TITLE, OR WHY NOT", .gap = 2, .least = 24, .below = true},
};

void show_import(const struct show *v, const struct import_shown *r)
{
	struct table t = {.s = &v->s, .columns = row_columns, .n = ROW_COLUMNS};
	struct arena *a = v->s.a;

	screen_line(&v->s, "Import %lld   %s   %s%s%s%s", (long long)r->import,
		    r->file ? r->file : "", r->layout ? r->layout : "",
		    r->on == DATE_NONE ? "" : ", ",
		    r->on == DATE_NONE ? "" : show_day(v, r->on),
		    r->evidence == INT_NONE
			    ? ""
			    : arena_printf(a, ", kept as proof" NBSP "%lld",
					   (long long)r->evidence));
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct import_row *row = &r->rows.v[i];
		const char *title = row->title ? row->title : "";
		struct cell *cells = table_row(&t);
		cells[LINE].text = row->line == INT_NONE ? NULL : number(v, row->line);
		cells[STATE].text = label_of(row);
		cells[ENTRY].text =
			row->id == INT_NONE
				? NULL
				: arena_printf(a, "#%lld", (long long)row->id);
		cells[DAY].text =
			row->done_on == DATE_NONE ? NULL : show_day(v, row->done_on);
		cells[CREDIT].text =
			row->credit.unit ? show_credit(v, row->credit) : NULL;
		cells[TITLE].text = row->why ? arena_printf(a, "%s%s%s", title,
							    *title ? ": " : "", row->why)
					     : title;
	}
	if (t.rows)
		table_print(&t);
	if (r->next != INT_NONE)
		screen_line(&v->s, "More of them: --json has all.");
}
