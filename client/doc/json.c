/* A document as one JSON object, for the program that makes PDF of it. */
#include "client/doc/render.h"

#include <jansson.h>

static const char *const kinds[] = {
	[DOC_HEADING] = "heading",   [DOC_TEXT] = "text",   [DOC_STRONG] = "strong",
	[DOC_FIELDS] = "fields",     [DOC_LIST] = "list",   [DOC_TABLE] = "table",
	[DOC_PROGRESS] = "progress", [DOC_CHART] = "chart",
};

static void set_text(json_t *to, const char *key, const char *text)
{
	json_object_set_new(to, key, text ? json_string(text) : json_null());
}

static json_t *pairs_of(const struct doc_block *b)
{
	json_t *all = json_array();

	for (size_t i = 0; i < b->n; i++) {
		json_t *pair = json_array();
		bool chart = b->kind == DOC_CHART;
		const char *label = chart ? b->bars[i].label : b->fields[i].label;
		const char *value = chart ? b->bars[i].text : b->fields[i].value;
		json_array_append_new(pair, label ? json_string(label) : json_null());
		json_array_append_new(pair, json_string(value));
		if (chart)
			json_array_append_new(pair, json_integer(b->bars[i].have));
		json_array_append_new(all, pair);
	}
	return all;
}

static void set_table(json_t *to, const struct doc_block *b)
{
	json_t *columns = json_array(), *rows = json_array();

	for (size_t c = 0; c < b->column_count; c++)
		json_array_append_new(columns, json_pack("{s:s, s:b, s:b, s:b}", "head",
							 b->columns[c].head, "number",
							 b->columns[c].number, "title",
							 b->columns[c].title, "below",
							 b->columns[c].below));
	for (size_t r = 0; r < b->n; r++) {
		json_t *row = json_array();
		for (size_t c = 0; c < b->column_count; c++) {
			const char *cell = b->cells[r * b->column_count + c];
			json_array_append_new(row, json_string(cell ? cell : ""));
		}
		json_array_append_new(rows, row);
	}
	json_object_set_new(to, "columns", columns);
	json_object_set_new(to, "rows", rows);
}

static json_t *block_of(const struct doc_block *b)
{
	json_t *to = json_object();

	set_text(to, "kind", kinds[b->kind]);
	set_text(to, "text", b->text);
	if (b->kind == DOC_HEADING)
		json_object_set_new(to, "level", json_integer(b->level));
	if (b->kind == DOC_FIELDS || b->kind == DOC_LIST || b->kind == DOC_CHART)
		json_object_set_new(to, "pairs", pairs_of(b));
	if (b->kind == DOC_TABLE)
		set_table(to, b);
	if (b->kind == DOC_PROGRESS) {
		json_object_set_new(to, "have", json_integer(b->have));
		json_object_set_new(to, "need", json_integer(b->need));
	}
	return to;
}

void doc_json(const struct doc *d, FILE *out)
{
	json_t *all = json_object(), *blocks = json_array();

	for (size_t i = 0; i < d->n; i++)
		json_array_append_new(blocks, block_of(&d->v[i]));
	set_text(all, "title", d->title);
	set_text(all, "about", d->about);
	json_object_set_new(all, "blocks", blocks);
	(void)json_dumpf(all, out, JSON_COMPACT);
	(void)putc('\n', out);
	json_decref(all);
}
