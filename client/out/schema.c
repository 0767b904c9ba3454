#include "client/out/schema.h"

#include "client/out/json.h"
#include "common/api.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#define DIALECT "https://json-schema.org/draft/2020-12/schema"

static json_t *of_record(const struct shape *s);

static json_t *type_of(const char *type)
{
	return json_pack("{s:s}", "type", type);
}

/* {"exact":9000000,"amount":"2.5","unit":"hour"} */
static json_t *of_credit(void)
{
	return json_pack("{s:s, s:{s:{s:s}, s:{s:s, s:s}, s:{s:s}}, s:[s,s,s]}", "type",
			 "object", "properties", "exact", "type", "integer", "amount",
			 "type", "string", "pattern", "^-?[0-9]+(\\.[0-9]+)?$", "unit",
			 "type", "string", "required", "exact", "amount", "unit");
}

static json_t *of_choice(enum kind k)
{
	json_t *words = json_array();

	for (const char *const *w = kind_words(k); *w; w++)
		json_array_append_new(words, json_string(*w));
	return json_pack("{s:s, s:o}", "type", "string", "enum", words);
}

static json_t *of_kind(const struct field *f)
{
	if (f->kind == KIND_RECORD)
		return of_record(f->of);
	if (f->kind == KIND_LIST)
		return json_pack("{s:s, s:o}", "type", "array", "items",
				 of_record(f->of));
	if (f->kind == KIND_IDS)
		return json_pack("{s:s, s:{s:s}}", "type", "array", "items", "type",
				 "integer");
	if (kind_is_texts(f->kind))
		return json_pack("{s:s, s:{s:s}}", "type", "array", "items", "type",
				 "string");
	if (kind_words(f->kind))
		return of_choice(f->kind);
	if (f->kind == KIND_BYTES)
		return json_pack("{s:s, s:s}", "type", "string", "contentEncoding",
				 "base64");
	if (f->kind == KIND_JSON)
		return type_of("object");
	return f->kind == KIND_CREDIT ? of_credit() : type_of(kind_row(f->kind)->json);
}

/* Lists are never null, nor is what always is there; anything else may be. */
static json_t *of_field(const struct field *f)
{
	bool list = f->kind == KIND_LIST || f->kind == KIND_IDS || kind_is_texts(f->kind);
	json_t *schema = of_kind(f);

	if (!list && !f->always)
		schema = json_pack("{s:[o, {s:s}]}", "anyOf", schema, "type", "null");
	json_object_set_new(schema, "description", json_string(f->doc));
	return schema;
}

static json_t *of_record(const struct shape *s)
{
	json_t *properties = json_object(), *required = json_array();

	for (size_t i = 0; i < s->n; i++) {
		json_object_set_new(properties, s->fields[i].name,
				    of_field(&s->fields[i]));
		json_array_append_new(required, json_string(s->fields[i].name));
	}
	return json_pack("{s:s, s:o, s:o}", "type", "object", "properties", properties,
			 "required", required);
}

/* A document: the record with "schema" before its fields. */
static json_t *document(const char *name, const char *doc, json_t *record)
{
	json_t *schema = json_pack("{s:s, s:s, s:s}", "$schema", DIALECT, "title", name,
				   "description", doc);
	json_t *properties = json_pack("{s:{s:s}}", "schema", "const", name);

	json_array_insert_new(json_object_get(record, "required"), 0,
			      json_string("schema"));
	json_object_update(properties, json_object_get(record, "properties"));
	json_object_set_new(record, "properties", properties);
	json_object_update(schema, record);
	json_decref(record);
	return schema;
}

/* What the pieces of an export are joined to: lists of records as they are stored, by their parts. */
static json_t *of_export(const char *name)
{
	json_t *record =
		json_pack("{s:s, s:{}, s:[], s:{s:s, s:{s:s}}}", "type", "object",
			  "properties", "required", "additionalProperties", "type",
			  "array", "items", "type", "object");

	return document(name,
			"All that is stored: a list of records for each part; see "
			"pdh-json(7).",
			record);
}

static json_t *of_method(const struct method *m, char name[SCHEMA_SIZE])
{
	api_schema_name(m, name);
	if (m->result == &shape_exported)
		return of_export(name);
	return document(name, m->result->doc, of_record(m->result));
}

static json_t *of_error(void)
{
	json_t *words = json_array();
	size_t n;
	const struct err_kind *kinds = err_kinds(&n);

	for (size_t i = 0; i < n; i++)
		json_array_append_new(words, json_string(kinds[i].word));
	json_t *record = json_pack(
		"{s:s, s:{s:{s:o}, s:{s:s}, s:{s:[s,s]}, s:{s:[s,s]}}, "
		"s:[s,s,s,s]}",
		"type", "object", "properties", "code", "enum", words, "message", "type",
		"string", "field", "type", "string", "null", "hint", "type", "string",
		"null", "required", "code", "message", "field", "hint");
	return document(JSON_ERROR_SCHEMA, "An error, on standard error.", record);
}

/* ---- writing ------------------------------------------------------------------------------------ */

/* "pdh.log/1" is pdh.log.1.json */
static int write_file(const char *folder, const char *name, json_t *schema,
		      struct arena *a, struct err *e)
{
	char *path = arena_printf(a, "%s/%s.json", folder, name);

	*strrchr(path, '/') = '.';
	FILE *out = fopen(path, "we");
	int bad = !out;
	if (out) {
		bad = json_dumpf(schema, out, JSON_INDENT(2)) < 0;
		bad |= putc('\n', out) == EOF;
		bad |= fclose(out) != 0;
	}
	json_decref(schema);
	return bad ? err_set(e, -PDH_FAILED, NULL, "cannot write %.300s: %s", path,
			     strerror(errno))
		   : 0;
}

static bool has_answer(const struct method *m)
{
	return m->verb[0] && m->verb[0] != '_' && m->result != &shape_words;
}

static int write_folder(const char *folder, struct arena *a, struct err *e)
{
	char name[SCHEMA_SIZE];
	int r = 0;

	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		return err_set(e, -PDH_FAILED, NULL, "cannot make the folder %.300s: %s",
			       folder, strerror(errno));
	for (size_t i = 0; r == 0 && i < METHOD_COUNT; i++)
		if (has_answer(&api_methods[i])) {
			json_t *schema = of_method(&api_methods[i], name);
			r = write_file(folder, name, schema, a, e);
		}
	return r < 0 ? r : write_file(folder, JSON_ERROR_SCHEMA, of_error(), a, e);
}

int schema_write(const char *folder, FILE *out, struct arena *a, struct err *e)
{
	char name[SCHEMA_SIZE];

	if (strcmp(folder, "-") != 0)
		return write_folder(folder, a, e);
	json_t *all = json_object();
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (has_answer(&api_methods[i])) {
			json_t *schema = of_method(&api_methods[i], name);
			json_object_set_new(all, name, schema);
		}
	json_object_set_new(all, JSON_ERROR_SCHEMA, of_error());
	json_put(json_pack("{s:s, s:o}", "schema", "pdh.schemas/1", "schemas", all), out);
	return 0;
}
