/* api.info: the one table, told over the wire. */
#include "daemon/method.h"

#include "common/ascii.h"

static const char *lower(const char *word, struct arena *a)
{
	char *copy = arena_dup(a, word);

	for (char *p = copy; *p; p++)
		*p = ascii_lower(*p);
	return copy;
}

/* An array of members for the fields of a shape. */
static struct api_field *describe_fields(const struct shape *s, struct arena *a)
{
	struct api_field *v = arena_array(a, s->n + 1, sizeof(*v));

	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		v[i] = (struct api_field){
			.name = f->name,
			.kind = lower(kind_row(f->kind)->name, a),
			.of = f->of ? f->of->name : NULL,
			.required = f->required,
			.clears = f->clears,
			.doc = f->doc,
		};
	}
	return v;
}

static void describe_methods(struct api *ret, struct arena *a)
{
	ret->methods.v = arena_array(a, METHOD_COUNT, sizeof(struct api_method));
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct method *m = &api_methods[i];
		if (m->access == ACCESS_LOCAL)
			continue;
		struct api_method *to = &ret->methods.v[ret->methods.n++];
		to->name = m->name;
		to->verb = m->verb[0] ? m->verb : NULL;
		to->level = m->level;
		to->access = api_access_word(m->access);
		to->result = m->result->name;
		to->doc = m->doc;
		to->params.n = m->params->n;
		to->params.v = describe_fields(m->params, a);
	}
}

static void describe_records(struct api *ret, struct arena *a)
{
	ret->records.n = api_record_count;
	ret->records.v = arena_array(a, api_record_count, sizeof(struct api_record));
	for (size_t i = 0; i < api_record_count; i++) {
		struct api_record *to = &ret->records.v[i];
		to->name = api_records[i]->name;
		to->doc = api_records[i]->doc;
		to->fields.n = api_records[i]->n;
		to->fields.v = describe_fields(api_records[i], a);
	}
}

static void describe_kinds(struct api *ret, struct arena *a)
{
	ret->kinds.n = KIND_COUNT;
	ret->kinds.v = arena_array(a, KIND_COUNT, sizeof(struct api_kind));
	for (size_t i = 0; i < KIND_COUNT; i++) {
		const struct kind_row *row = kind_row((enum kind)i);
		ret->kinds.v[i].name = lower(row->name, a);
		ret->kinds.v[i].type = row->json;
		ret->kinds.v[i].hint = row->hint;
	}
}

static void describe_errors(struct api *ret, struct arena *a)
{
	size_t n;
	const struct err_kind *rows = err_kinds(&n);

	ret->errors.n = n;
	ret->errors.v = arena_array(a, n, sizeof(struct api_error));
	for (size_t i = 0; i < n; i++) {
		ret->errors.v[i].code = rows[i].code;
		ret->errors.v[i].name = rows[i].word;
		ret->errors.v[i].exit_status = rows[i].exit_status;
		ret->errors.v[i].doc = rows[i].text;
	}
}

int method_api_info(struct work *w, const struct api_info_params *p, struct api *ret,
		    struct err *e)
{
	(void)p;
	(void)e;
	ret->version = PDH_VERSION;
	ret->level = PDH_API_LEVEL;
	ret->compatible_since = PDH_API_COMPATIBLE_SINCE;
	describe_methods(ret, w->arena);
	describe_records(ret, w->arena);
	describe_kinds(ret, w->arena);
	describe_errors(ret, w->arena);
	return 0;
}
