#include "client/read/xlsx.h"

#include "client/read/xlsx_format.h"
#include "client/read/xml.h"
#include "client/read/zip.h"
#include "common/ascii.h"
#include "common/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHEETS_MAX = 64, STRINGS_MAX = 1 << 20, FORMATS_MAX = 1 << 16 };

struct sheet {
	const char *name, *part; /* of the workbook, and the member it is in */
	const char *relation;
};

struct own_format {
	int id;
	enum xlsx_format format;
};

struct xlsx {
	struct zip_file zip;
	struct arena *arena;
	struct err *e;
	size_t sheet_count;
	struct sheet sheets[SHEETS_MAX];
	bool late; /* days count from 1904 */
	struct texts strings;
	struct buf string; /* the pieces of one */
	bool phonetic;	   /* how it is said, which is no part of it */
	size_t own_count, format_count;
	struct own_format *own;
	enum xlsx_format *formats; /* of cells, by number */
	bool in_cells;		   /* the formats that cells name */
};

static int refuse(struct xlsx *x, const char *why)
{
	return err_set(x->e, -PDH_REFUSED, NULL, "%s", why);
}

static int read_part(struct xlsx *x, const char *name, const struct xml_told *told)
{
	AUTO_ARENA scratch = {NULL};
	const char *text;
	size_t n;
	int r = zip_file_member(&x->zip, name, &scratch, &text, &n, x->e);

	return r < 0 ? r : xml_read(text, n, name, told, x->e);
}

/* ---- the workbook ------------------------------------------------------------------------------------- */

static int workbook_begin(void *data, const char *name, const char **attributes)
{
	struct xlsx *x = data;
	const char *late = xml_attribute(attributes, "date1904");

	if (strcmp(name, "workbookPr") == 0 && late)
		x->late = strcmp(late, "1") == 0 || strcmp(late, "true") == 0;
	if (strcmp(name, "sheet") != 0)
		return 0;
	if (x->sheet_count == SHEETS_MAX)
		return refuse(x, "more than 64 sheets");
	const char *title = xml_attribute(attributes, "name");
	/* r:id, and not sheetId. */
	const char *relation = xml_attribute(attributes, "id");
	size_t dropped = 0;
	x->sheets[x->sheet_count++] = (struct sheet){
		.name = table_clean(title ? title : "", title ? strlen(title) : 0,
				    x->arena, &dropped),
		.relation = relation ? arena_dup(x->arena, relation) : "",
	};
	return 0;
}

/* Members are named from the root of the file or from the folder of the workbook. */
static const char *member_of(const char *target, struct arena *a)
{
	return *target == '/' ? arena_dup(a, target + 1)
			      : arena_printf(a, "xl/%s", target);
}

static int relation_begin(void *data, const char *name, const char **attributes)
{
	struct xlsx *x = data;
	const char *id = xml_attribute(attributes, "Id");
	const char *target = xml_attribute(attributes, "Target");

	if (strcmp(name, "Relationship") != 0 || !id || !target)
		return 0;
	for (size_t i = 0; i < x->sheet_count; i++)
		if (strcmp(x->sheets[i].relation, id) == 0)
			x->sheets[i].part = member_of(target, x->arena);
	return 0;
}

/* ---- texts that cells share ----------------------------------------------------------------------------- */

static int string_begin(void *data, const char *name, const char **attributes)
{
	struct xlsx *x = data;

	(void)attributes;
	if (strcmp(name, "si") == 0)
		x->string.len = 0;
	if (strcmp(name, "rPh") == 0)
		x->phonetic = true;
	return 0;
}

static int string_end(void *data, const char *name, const char *text)
{
	struct xlsx *x = data;

	if (strcmp(name, "t") == 0 && !x->phonetic)
		(void)buf_write(&x->string, text, strlen(text));
	if (strcmp(name, "rPh") == 0)
		x->phonetic = false;
	if (strcmp(name, "si") != 0)
		return 0;
	if (x->strings.n == STRINGS_MAX)
		return refuse(x, "more than a million texts");
	(void)buf_write(&x->string, "", 1);
	texts_add(&x->strings, arena_dup(x->arena, x->string.data), x->arena);
	return 0;
}

/* ---- formats ------------------------------------------------------------------------------------------- */

static int number_of(const char *text)
{
	return text ? atoi(text) : 0;
}

static enum xlsx_format format_of(const struct xlsx *x, int id)
{
	for (size_t i = 0; i < x->own_count; i++)
		if (x->own[i].id == id)
			return x->own[i].format;
	return xlsx_format_builtin(id);
}

static int style_begin(void *data, const char *name, const char **attributes)
{
	struct xlsx *x = data;
	int id = number_of(xml_attribute(attributes, "numFmtId"));
	const char *code = xml_attribute(attributes, "formatCode");

	if (strcmp(name, "cellXfs") == 0)
		x->in_cells = true;
	if (x->own_count == FORMATS_MAX || x->format_count == FORMATS_MAX)
		return refuse(x, "too many formats of cells");
	if (strcmp(name, "numFmt") == 0 && code) {
		x->own = arena_grow(x->arena, x->own, x->own_count, sizeof(*x->own));
		x->own[x->own_count++] = (struct own_format){id, xlsx_format_of(code)};
	}
	if (strcmp(name, "xf") == 0 && x->in_cells) {
		x->formats = arena_grow(x->arena, x->formats, x->format_count,
					sizeof(*x->formats));
		x->formats[x->format_count++] = format_of(x, id);
	}
	return 0;
}

static int style_end(void *data, const char *name, const char *text)
{
	struct xlsx *x = data;

	(void)text;
	if (strcmp(name, "cellXfs") == 0)
		x->in_cells = false;
	return 0;
}

/* ---- a sheet --------------------------------------------------------------------------------------------- */

struct cells {
	struct xlsx *x;
	struct table_writer w;
	int64_t line;
	size_t column; /* of the cell that is open, from 0 */
	size_t filled; /* cells of the row so far */
	char type[12];
	int style;
	struct buf text; /* of an inline text, in pieces */
	const char *value;
};

/* The column of "AB12", from 0; -1: it names none. */
static long column_of(const char *reference)
{
	long n = 0;

	for (const char *p = reference; ascii_is_letter(*p); p++) {
		if (p - reference > 2)
			return -1;
		n = n * 26 + (ascii_upper(*p) - 'A' + 1);
	}
	return n - 1;
}

static int begin_cell(struct cells *c, const char **attributes)
{
	const char *reference = xml_attribute(attributes, "r");
	const char *type = xml_attribute(attributes, "t");
	long column = reference ? column_of(reference) : (long)c->filled;

	c->column = column < 0 ? c->filled : (size_t)column;
	c->style = number_of(xml_attribute(attributes, "s"));
	c->value = "";
	c->text.len = 0;
	snprintf(c->type, sizeof(c->type), "%s", type ? type : "n");
	return 0;
}

static int sheet_begin(void *data, const char *name, const char **attributes)
{
	struct cells *c = data;

	if (strcmp(name, "row") == 0) {
		const char *line = xml_attribute(attributes, "r");
		c->line = line ? strtoll(line, NULL, 10) : c->line + 1;
		c->filled = 0;
		table_begin(&c->w, c->line);
	}
	return strcmp(name, "c") == 0 ? begin_cell(c, attributes) : 0;
}

static const char *shared(const struct xlsx *x, const char *text)
{
	size_t i = (size_t)strtoull(text, NULL, 10);

	return i < x->strings.n ? x->strings.v[i] : "";
}

static const char *value_of(struct cells *c, const char *text)
{
	struct xlsx *x = c->x;
	size_t style = c->style < 0 ? 0 : (size_t)c->style;
	enum xlsx_format f = style < x->format_count ? x->formats[style] : XLSX_NUMBER;

	if (strcmp(c->type, "s") == 0)
		return shared(x, text);
	if (strcmp(c->type, "b") == 0)
		return strcmp(text, "1") == 0 ? "true" : "false";
	/* #DIV/0! and the like are no value. */
	if (strcmp(c->type, "e") == 0)
		return "";
	return strcmp(c->type, "n") == 0 ? xlsx_number(text, f, x->late, x->arena)
					 : arena_dup(x->arena, text);
}

static int end_cell(struct cells *c)
{
	int r = 0;

	if (c->text.len > 0) {
		(void)buf_write(&c->text, "", 1);
		c->value = c->text.data;
	}
	if (!*c->value)
		return 0;
	for (; r == 0 && c->filled < c->column; c->filled++)
		r = table_add(&c->w, "", 0);
	c->filled++;
	return r < 0 ? r : table_add(&c->w, c->value, strlen(c->value));
}

static int sheet_end(void *data, const char *name, const char *text)
{
	struct cells *c = data;

	if (strcmp(name, "v") == 0)
		c->value = value_of(c, text);
	if (strcmp(name, "t") == 0)
		(void)buf_write(&c->text, text, strlen(text));
	if (strcmp(name, "c") == 0)
		return end_cell(c);
	return strcmp(name, "row") == 0 ? table_end(&c->w) : 0;
}

static int read_sheet(struct xlsx *x, const struct sheet *from, struct table *to)
{
	struct cells c = {.x = x, .w = {.table = to, .arena = x->arena, .e = x->e}};
	const struct xml_told told = {sheet_begin, sheet_end, &c};

	*to = (struct table){.sheet = from->name};
	int r = read_part(x, from->part, &told);
	table_finish(&c.w);
	buf_done(&c.text);
	return r;
}

/* ---- the whole ------------------------------------------------------------------------------------------- */

static int read_parts(struct xlsx *x)
{
	const struct xml_told workbook = {workbook_begin, NULL, x};
	const struct xml_told relations = {relation_begin, NULL, x};
	const struct xml_told strings = {string_begin, string_end, x};
	const struct xml_told styles = {style_begin, style_end, x};
	int r = read_part(x, "xl/workbook.xml", &workbook);

	if (r == 0)
		r = read_part(x, "xl/_rels/workbook.xml.rels", &relations);
	if (r == 0 && zip_file_has(&x->zip, "xl/sharedStrings.xml"))
		r = read_part(x, "xl/sharedStrings.xml", &strings);
	if (r == 0 && zip_file_has(&x->zip, "xl/styles.xml"))
		r = read_part(x, "xl/styles.xml", &styles);
	return r;
}

static int read_sheets(struct xlsx *x, struct workbook *ret)
{
	int r = 0;

	ret->sheets = arena_array(x->arena, x->sheet_count + 1, sizeof(*ret->sheets));
	for (size_t i = 0; r == 0 && i < x->sheet_count; i++)
		/* Charts are sheets without cells. */
		if (x->sheets[i].part && zip_file_has(&x->zip, x->sheets[i].part) &&
		    strstr(x->sheets[i].part, "worksheets/"))
			r = read_sheet(x, &x->sheets[i], &ret->sheets[ret->n++]);
	return r == 0 && ret->n == 0 ? refuse(x, "a workbook without a sheet") : r;
}

int xlsx_read(const char *bytes, size_t n, size_t most, struct arena *a,
	      struct workbook *ret, struct err *e)
{
	struct xlsx x = {.arena = a, .e = e};
	int r = zip_file_open(&x.zip, bytes, n, most, e);

	if (r < 0)
		return r;
	*ret = (struct workbook){0};
	r = read_parts(&x);
	if (r == 0)
		r = read_sheets(&x, ret);
	zip_file_close(&x.zip);
	buf_done(&x.string);
	return r;
}
