#include "client/read/row.h"

#include "client/read/layout_options.h"
#include "client/read/layout_save.h"
#include "client/read/row_parts.h"
#include "common/texts.h"

#include <string.h>

/* What names the row for good; days as ISO. NULL where a part of it is missing. */
static const char *identity_of(const struct one *x)
{
	const struct rows *r = x->all;
	const struct texts *columns = &r->b->layout->identity;
	const char *all = NULL;

	for (size_t i = 0; i < columns->n; i++) {
		int column = binding_column(r->b, columns->v[i]);
		const char *text = column < 0 ? "" : table_cell(x->cells, (size_t)column);
		char iso[DATE_ISO_SIZE];
		struct moment m;
		if (!*text)
			return NULL;
		if (strpbrk(text, "/.-") &&
		    moment_read(text, r->order, r->o->today, r->arena, &m) &&
		    m.day == x->row->activity.done_on) {
			date_format_iso(m.day, iso);
			text = arena_dup(r->arena, iso);
		}
		all = all ? arena_printf(r->arena, "%s %s", all, text) : text;
	}
	return all;
}

static void apply_when(struct one *x)
{
	const struct layout_rules *when = &x->all->b->layout->when;
	const char *heading, *text;

	for (size_t i = 0; i < when->n; i++)
		if (row_holds(x, &when->v[i], &heading, &text)) {
			row_set(x, &when->v[i].set);
			row_set(x, &when->v[i].add);
		}
}

/* 0, or negative where the whole file is refused. */
static int read_one(struct one *x)
{
	struct read_row *row = x->row;
	struct rows *r = x->all;

	row->cells = (struct texts){x->cells->n, x->cells->cells};
	row_texts(x);
	if (binding_is_heading(r->b, x->cells, r->arena)) {
		read_row_skip(row, "the heading again");
		return 0;
	}
	if (row_skip_by_where(x))
		return 0;
	if (row->activity.title &&
	    !read_is_asked_for(r->o, row->activity.title, r->arena)) {
		read_row_skip(row, arena_printf(r->arena, "\"%.60s\": not asked for",
						row->activity.title));
		return 0;
	}
	if (row_skip_by_layout(x) || !row_days(x))
		return 0;
	int found = row_credit(x);
	if (found > 0)
		found = row_split(x);
	if (found <= 0)
		return found;
	if (!row->activity.title) {
		read_row_bad(row, "title", "", "no title");
		return 0;
	}
	if (!row_scope(x))
		return 0;
	row->activity.source_id = identity_of(x);
	apply_when(x);
	return 0;
}

/* ---- the whole file ----- */

static const struct table_row *heading_of(const struct table *t, const struct binding *b)
{
	for (size_t i = 0; b->line > 0 && i < b->first; i++)
		if (t->rows[i].line == b->line)
			return &t->rows[i];
	return NULL;
}

static bool is_beyond(const struct table_row *row, size_t columns)
{
	for (size_t i = columns; i < row->n; i++)
		if (*row->cells[i])
			return true;
	return false;
}

/* Text where the heading has nothing: a comma that is not quoted moves all that follows it. A heading that each row goes
 * beyond is a short one, and what somebody writes beside a sheet is theirs. */
static void flag_beyond(const struct table *t, const struct binding *b,
			struct read_result *ret, struct arena *a)
{
	const struct table_row *heading = heading_of(t, b);
	size_t beyond = 0, rows = t->n - b->first, at = ret->n - rows;

	if (!heading || t->sheet)
		return;
	for (size_t i = 0; i < rows; i++)
		beyond += is_beyond(&t->rows[b->first + i], heading->n);
	for (size_t i = 0; beyond < rows && i < rows; i++)
		if (is_beyond(&t->rows[b->first + i], heading->n))
			texts_add(&ret->rows[at + i].flags,
				  "more cells than the heading: is something not quoted?",
				  a);
}

/* Of two layouts that fit equally well, one has to be named. */
static void tell_twin(struct read_result *ret, const struct rows *r)
{
	const struct layout *l = r->b->layout;
	const char *name = r->o->save_layout;

	if (l->match.n > 0 && strcmp(l->layer, "own") == 0 && strcmp(l->id, name) != 0)
		texts_add(&ret->notes,
			  arena_printf(r->arena,
				       "%s fits this heading too; --layout %s says which "
				       "one is meant",
				       l->id, name),
			  r->arena);
}

static int save(struct read_result *ret, const struct rows *r,
		const struct read_options *said)
{
	const struct layout_told told = {.unit = r->form.unit,
					 .dates = ret->dates,
					 .corrected = said->map.n > 0 ||
						      layout_options_any(said)};
	int s = layout_save(r->b, r->o, &told, r->arena, &ret->saved, r->e);

	if (s == 0)
		tell_twin(ret, r);
	return s;
}

static void add_columns(struct read_result *ret, const struct binding *b, struct arena *a)
{
	for (size_t f = 0; f < LAYOUT_FIELD_COUNT; f++)
		for (size_t s = 0; s < b->fields[f].n; s++) {
			const struct texts *names = &b->fields[f].v[s].names;
			if (names->n == 0)
				continue;
			ret->columns = arena_grow(a, ret->columns, ret->column_count,
						  sizeof(*ret->columns));
			ret->columns[ret->column_count++] =
				(struct read_column){layout_fields[f], *names};
		}
}

static void describe(struct read_result *ret, const struct table *t, const struct rows *r)
{
	const struct layout *l = r->b->layout;

	ret->layout = l->id;
	ret->version = l->version;
	ret->title = l->title;
	ret->mark = l->mark;
	ret->calendar = l->calendar;
	ret->proposal = r->b->clock;
	ret->unused = binding_unused(r->b, t, &r->o->where, r->arena);
	ret->chosen = r->o->match.n > 0;
	ret->sheet = t->sheet;
	ret->heading = r->b->line;
	ret->numbered = t->numbered;
	ret->notes = t->notes;
	ret->decimal = r->form.decimal ? r->o->decimal : r->comma ? "," : ".";
	add_columns(ret, r->b, r->arena);
}

int rows_read(const struct table *t, const struct binding *b,
	      const struct read_options *said, struct arena *a, struct read_result *ret,
	      struct err *e)
{
	const struct read_options o = layout_options_of(b->layout, said);
	struct rows rows = {.b = b,
			    .o = &o,
			    .arena = a,
			    .line_word = t->numbered ? "row" : "line",
			    .e = e};
	const char *decimal = o.decimal ? o.decimal : b->layout->decimal;

	rows.form = (struct amount_form){.decimal = decimal ? *decimal : '\0',
					 .lenient = o.lenient};
	int r = row_settle_days(&rows, t, ret);
	if (r == 0)
		r = row_settle_unit(&rows);
	if (r == 0)
		r = row_check_where(&rows);
	for (size_t i = b->first; r == 0 && i < t->n; i++) {
		struct one x = {&rows, &t->rows[i], read_row_add(ret, t->rows[i].line, a),
				false};
		r = read_one(&x);
	}
	if (r < 0)
		return r;
	flag_beyond(t, b, ret, a);
	describe(ret, t, &rows);
	read_finish(ret, &o, a);
	return o.save_layout ? save(ret, &rows, said) : 0;
}
