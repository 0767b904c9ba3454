#include "client/read/csv.h"

#include "common/buf.h"

#include <string.h>

struct csv {
	const char *p, *end;
	char separator;
	int64_t line; /* at `p` */
	struct table_writer w;
	struct buf cell;
};

static bool at_line_end(const struct csv *c)
{
	return c->p == c->end || *c->p == '\n' || *c->p == '\r';
}

static bool at_cell_end(const struct csv *c)
{
	return at_line_end(c) || *c->p == c->separator;
}

static void pass_line_end(struct csv *c)
{
	if (c->p == c->end)
		return;
	if (*c->p == '\r' && c->p + 1 < c->end && c->p[1] == '\n')
		c->p++;
	c->p++;
	c->line++;
}

static void pass_blanks(struct csv *c)
{
	while (c->p < c->end && *c->p == ' ')
		c->p++;
}

/* What is not quoted, as far as the end of the cell. */
static void take_bare(struct csv *c)
{
	const char *from = c->p;

	while (!at_cell_end(c))
		c->p++;
	(void)buf_write(&c->cell, from, (size_t)(c->p - from));
}

/* What stands between quotes: true, with `p` behind the closing one; false where none closes it. */
static bool take_quoted(struct csv *c)
{
	for (c->p++; c->p < c->end; c->p++) {
		if (*c->p == '"' && (c->p + 1 == c->end || c->p[1] != '"')) {
			c->p++;
			return true;
		}
		if (*c->p == '"')
			c->p++;
		/* CR LF counts once, by its LF. */
		c->line += *c->p == '\n' ||
			   (*c->p == '\r' && (c->p + 1 == c->end || c->p[1] != '\n'));
		if (c->cell.len > TABLE_LINE_MAX)
			return false;
		(void)buf_write(&c->cell, c->p, 1);
	}
	return false;
}

/* A quote that nobody closes, or whose closing one belongs to another cell, is part of the text. */
static void take_stray(struct csv *c, const char *from, int64_t line)
{
	c->p = from;
	c->line = line;
	c->cell.len = 0;
	take_bare(c);
	table_note(&c->w, line, "a quote that nobody closes is part of the text");
}

static void take_cell(struct csv *c)
{
	const char *from = c->p;
	int64_t line = c->line;

	c->cell.len = 0;
	pass_blanks(c);
	if (c->p == c->end || *c->p != '"') {
		c->p = from;
		take_bare(c);
		return;
	}
	bool closed = take_quoted(c);
	const char *behind = c->p;
	if (closed)
		pass_blanks(c);
	if (!closed || (!at_cell_end(c) && c->line > line)) {
		take_stray(c, from, line);
	} else if (!at_cell_end(c)) {
		c->p = behind;
		take_bare(c);
		table_note(&c->w, line, "text behind a closing quote is kept");
	}
}

static int take_row(struct csv *c)
{
	table_begin(&c->w, c->line);
	for (;;) {
		take_cell(c);
		int r = table_add(&c->w, c->cell.data ? c->cell.data : "", c->cell.len);
		if (r < 0)
			return r;
		if (at_line_end(c))
			break;
		c->p++;
	}
	pass_line_end(c);
	return table_end(&c->w);
}

/* The line that tells Excel the separator. */
static void pass_hint(struct csv *c)
{
	if (c->end - c->p >= 5 && memcmp(c->p, "sep=", 4) == 0 &&
	    (c->p + 5 == c->end || c->p[5] == '\r' || c->p[5] == '\n')) {
		c->p += 5;
		pass_line_end(c);
	}
}

static int read_all(const char *text, size_t n, char separator, bool exact,
		    struct arena *a, struct table *ret, struct err *e)
{
	struct csv c = {.p = text, .end = text + n, .separator = separator, .line = 1};
	int r = 0;

	*ret = (struct table){0};
	c.w = (struct table_writer){.table = ret, .arena = a, .e = e, .exact = exact};
	pass_hint(&c);
	while (r == 0 && c.p < c.end)
		r = take_row(&c);
	table_finish(&c.w);
	buf_done(&c.cell);
	return r;
}

int csv_read(const char *text, size_t n, char separator, struct arena *a,
	     struct table *ret, struct err *e)
{
	return read_all(text, n, separator, false, a, ret, e);
}

int csv_read_exact(const char *text, size_t n, char separator, struct arena *a,
		   struct table *ret, struct err *e)
{
	return read_all(text, n, separator, true, a, ret, e);
}

/* ---- which separator ----------------------------------------------------------------------------- */

static const char separators[CSV_SEPARATORS] = {',', ';', '\t', '|'};

const char *csv_separator_word(char separator)
{
	static const char *const words[CSV_SEPARATORS] = {",", ";", "tab", "|"};

	for (size_t i = 0; i < CSV_SEPARATORS; i++)
		if (separators[i] == separator)
			return words[i];
	return NULL;
}

char csv_separator_of(const char *word)
{
	for (size_t i = 0; i < CSV_SEPARATORS; i++)
		if (strcmp(csv_separator_word(separators[i]), word) == 0 ||
		    (word[0] == separators[i] && !word[1]))
			return separators[i];
	return '\0';
}

/* Of a thousand lines, how many have the number of cells that most of the cut ones have. */
static size_t steadiness(const struct table *t)
{
	size_t counts[TABLE_COLUMNS_MAX + 1] = {0}, best = 0;

	for (size_t i = 0; i < t->n; i++)
		counts[t->rows[i].n]++;
	for (size_t i = 2; i <= TABLE_COLUMNS_MAX; i++)
		if (counts[i] > best)
			best = counts[i];
	return t->n ? best * 1000 / t->n : 0;
}

/* The beginning of the text, whole lines of it, is enough to tell. */
static size_t beginning(const char *text, size_t n)
{
	enum { ENOUGH = 32 << 10 };

	if (n <= ENOUGH)
		return n;
	const char *last = memrchr(text, '\n', ENOUGH);
	return last ? (size_t)(last - text) : (size_t)ENOUGH;
}

void csv_separators(const char *text, size_t n, struct arena *a, char ret[CSV_SEPARATORS])
{
	size_t scores[CSV_SEPARATORS], used = 0;

	for (size_t i = 0; i < CSV_SEPARATORS; i++) {
		struct table t;
		struct err ignored;
		bool read = csv_read(text, beginning(text, n), separators[i], a, &t,
				     &ignored) == 0;
		size_t score = read ? steadiness(&t) : 0, at = used++;
		for (; at > 0 && scores[at - 1] < score; at--) {
			scores[at] = scores[at - 1];
			ret[at] = ret[at - 1];
		}
		scores[at] = score;
		ret[at] = separators[i];
	}
	if (n >= 5 && memcmp(text, "sep=", 4) == 0 && csv_separator_word(text[4]))
		ret[0] = text[4];
}
