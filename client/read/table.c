#include "client/read/table.h"

#include "common/character.h"
#include "common/texts.h"

#include <string.h>

const char *table_cell(const struct table_row *row, size_t column)
{
	return column < row->n ? row->cells[column] : "";
}

/* The no-break space and the mark that some programs put in front of a file are blanks here. */
static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == 0xa0 || c == 0xfeff;
}

/* Bytes of a character as they are kept: none of it, or another. */
static const char *kept(const char *at, size_t length, uint32_t c, size_t *ret_n)
{
	*ret_n = 1;
	if (c == '\r')
		return at[1] == '\n' ? NULL : "\n";
	if (c == '\t')
		return " ";
	*ret_n = length;
	if (c == '\n')
		return at;
	return text_is_control(c) || c >= NO_CHARACTER || c == 0x61c || c == 0x200e ||
			       c == 0x200f
		       ? NULL
		       : at;
}

static const char *skip_blanks(const char *p)
{
	uint32_t c;

	while (*p) {
		size_t n = text_character(p, &c);
		if (!is_blank(c))
			break;
		p += n;
	}
	return p;
}

/* Takes blanks off the end of a text of `n` bytes. */
static void cut_blanks(char *text, size_t n)
{
	while (n > 0) {
		size_t at = n - 1;
		uint32_t c;
		while (at > 0 && ((unsigned char)text[at] & 0xc0) == 0x80)
			at--;
		(void)text_character(text + at, &c);
		if (!is_blank(c))
			break;
		n = at;
	}
	text[n] = '\0';
}

/* Cells of pdh have tabs and marks of direction where a person wrote them. */
static const char *kept_exactly(const char *at, size_t length, uint32_t c, size_t *ret_n)
{
	*ret_n = length;
	if (c == '\r')
		return kept(at, length, c, ret_n);
	return c == '\t' || c == '\n' || (!text_is_control(c) && c < NO_CHARACTER) ? at
										   : NULL;
}

typedef const char *keep_fn(const char *at, size_t length, uint32_t c, size_t *ret_n);

/* What `keep` leaves of a text. */
static char *filter(const char *text, size_t n, keep_fn *keep, struct arena *a,
		    size_t *dropped)
{
	/* text_character() looks beyond a byte, as far as the NUL. */
	const char *from = arena_dup_n(a, text, n);
	char *to = arena_alloc(a, n + 1);
	size_t length, used = 0;
	uint32_t c;

	for (const char *p = from, *end = from + n; p < end; p += length) {
		size_t m = 1;
		length = *p ? text_character(p, &c) : 1;
		const char *bytes = *p ? keep(p, length, c, &m) : NULL;
		if (bytes) {
			memcpy(to + used, bytes, m);
			used += m;
		} else if (*p != '\r') {
			(*dropped)++;
		}
	}
	to[used] = '\0';
	return to;
}

const char *table_clean(const char *text, size_t n, struct arena *a, size_t *dropped)
{
	char *to = filter(text, n, kept, a, dropped);
	char *begin = to + (skip_blanks(to) - to);
	cut_blanks(begin, strlen(begin));
	return begin;
}

const char *table_keep(const char *text, size_t n, struct arena *a, size_t *dropped)
{
	const char *cell = filter(text, n, kept_exactly, a, dropped);
	const char *behind = cell + strspn(cell, "'");
	bool guarded = behind > cell && *behind && strchr("=+-@\t\r", *behind);

	return cell + guarded;
}

void table_begin(struct table_writer *w, int64_t line)
{
	w->row = (struct table_row){.line = line};
	w->bytes = 0;
	w->dropped = 0;
}

static int refuse(const struct table_writer *w, const char *what, int most)
{
	return err_set(w->e, -PDH_REFUSED, NULL, "line %lld: more than %d %s",
		       (long long)w->row.line, most, what);
}

int table_add(struct table_writer *w, const char *text, size_t n)
{
	w->bytes += n;
	if (w->bytes > TABLE_LINE_MAX)
		return refuse(w, "bytes in one line", TABLE_LINE_MAX);
	if (w->row.n == TABLE_COLUMNS_MAX)
		return refuse(w, "columns", TABLE_COLUMNS_MAX);
	w->row.cells =
		arena_grow(w->arena, w->row.cells, w->row.n, sizeof(*w->row.cells));
	w->row.cells[w->row.n++] =
		(w->exact ? table_keep : table_clean)(text, n, w->arena, &w->dropped);
	return 0;
}

int table_end(struct table_writer *w)
{
	struct table *t = w->table;
	bool empty = true;

	for (size_t i = 0; i < w->row.n; i++)
		empty = empty && !*w->row.cells[i];
	if (w->dropped > 0)
		table_note(w, w->row.line,
			   arena_printf(w->arena, "%zu unreadable character%s left out",
					w->dropped, w->dropped == 1 ? "" : "s"));
	if (empty)
		return 0;
	/* One of them is the heading. */
	if (t->n == TABLE_ROWS_MAX + 1)
		return refuse(w, "rows", TABLE_ROWS_MAX);
	t->rows = arena_grow(w->arena, t->rows, t->n, sizeof(*t->rows));
	t->rows[t->n++] = w->row;
	return 0;
}

void table_note(struct table_writer *w, int64_t line, const char *what)
{
	if (w->notes++ < TABLE_NOTES_MAX)
		texts_add(&w->table->notes,
			  arena_printf(w->arena, "line %lld: %s", (long long)line, what),
			  w->arena);
}

void table_finish(struct table_writer *w)
{
	if (w->notes > TABLE_NOTES_MAX)
		texts_add(&w->table->notes,
			  arena_printf(w->arena, "and %zu more lines like these",
				       w->notes - TABLE_NOTES_MAX),
			  w->arena);
}
