#include "client/verbs/lines.h"

#include "client/cli/blame.h"
#include "client/cli/input.h"
#include "client/cli/options.h"
#include "client/out/number.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static const struct shape *const shape = &shape_activity_add_params;

/* ---- values ------------------------------------------------------------------------------------- */

/* A credit as our own answers write it. */
static int read_credit_object(const json_t *value, struct credit *ret, struct err *e)
{
	const json_t *exact = json_object_get(value, "exact");
	const char *unit = json_string_value(json_object_get(value, "unit"));
	const char *known = unit ? credit_unit_find(unit) : NULL;

	if (!json_is_integer(exact) || !known)
		return err_set(e, -PDH_USAGE, NULL,
			       "needs \"exact\", a whole number, and \"unit\"");
	if (json_integer_value(exact) < 1 || json_integer_value(exact) > CREDIT_MAX)
		return err_set(e, -PDH_REFUSED, NULL,
			       "must be more than zero and at most 100000");
	*ret = (struct credit){json_integer_value(exact), known};
	return 0;
}

static int read_scalar(const struct field *f, const json_t *value,
		       const struct kind_context *c, void *to, struct err *e)
{
	char number[32];

	switch (json_typeof(value)) {
	case JSON_STRING:
		return kind_from_text(f->kind, json_string_value(value), c, to, e);
	case JSON_INTEGER:
		snprintf(number, sizeof(number), "%lld",
			 (long long)json_integer_value(value));
		return kind_from_text(f->kind, number, c, to, e);
	case JSON_TRUE:
	case JSON_FALSE:
		if (f->kind != KIND_BOOL)
			return err_set(e, -PDH_USAGE, NULL,
				       "cannot be true or false; it takes %s",
				       kind_row(f->kind)->hint);
		*(int8_t *)to = json_is_true(value);
		return 0;
	case JSON_OBJECT:
		if (f->kind == KIND_CREDIT)
			return read_credit_object(value, to, e);
		break;
	default:
		break;
	}
	return err_set(e, -PDH_USAGE, NULL, "has the wrong type; it takes %s",
		       kind_row(f->kind)->hint);
}

static int read_value(const struct field *f, const json_t *value,
		      const struct kind_context *c, void *to, struct err *e)
{
	const json_t *member;
	size_t i;

	if (!json_is_array(value))
		return read_scalar(f, value, c, to, e);
	if (!kind_is_texts(f->kind))
		return err_set(e, -PDH_USAGE, NULL, "is one value, not a list");
	int r = kind_from_text(f->kind, "", c, to, e);
	json_array_foreach(value, i, member)
	{
		r = r == 0 ? read_scalar(f, member, c, to, e) : r;
	}
	return r;
}

/* ---- lines -------------------------------------------------------------------------------------- */

/* "done_on", "date" and "allow-similar" are all names a person may expect; "hours" is what pdh edit and templates
 * call credit. */
static const struct field *find_key(const char *key, struct arena *a)
{
	if (strcmp(key, "hours") == 0)
		key = "credit";
	const char *flag = arena_printf(a, "--%.60s", key);
	const struct field *f = shape_find(shape, key, strlen(key));

	for (size_t i = 0; !f && i < shape->n; i++)
		if (flag_among(shape->fields[i].how, flag))
			f = &shape->fields[i];
	return f;
}

/* What an answer tells of an activity and nobody can say of it: its number, what it counts. */
static bool is_answered(const char *key)
{
	return shape_find(&shape_activity, key, strlen(key));
}

static int unknown(const char *key, struct err *e)
{
	const char *known[64];
	size_t n = 0;

	if (strcmp(key, "schema") == 0) {
		err_set(e, -PDH_USAGE, NULL, "is a whole answer, not one activity");
		return err_hint(e,
				"jq -c '.activities[]' takes the activities out of it");
	}
	for (; n < shape->n && n < 64; n++)
		known[n] = shape->fields[n].name;
	const char *near = api_nearest(key, known, n);
	err_set(e, -PDH_USAGE, NULL, "there is no key \"%.40s\"", key);
	return near ? err_hint(e, "did you mean \"%s\"?", near)
		    : err_hint(
			      e,
			      "keys are the flags of pdh log: credit, title, date, topic, ...");
}

/* Two keys may be one parameter, so the first is named too. */
static int given_twice(json_t *object, const char *key, const struct field *f,
		       struct arena *a, struct err *e)
{
	const char *first;
	json_t *value;

	err_set(e, -PDH_USAGE, f->name, "%s is given twice", key);
	json_object_foreach(object, first, value)
	{
		if (find_key(first, a) == f && !json_is_null(value))
			break;
	}
	return err_hint(e, "%s and %s are the same", first, key);
}

/* Programs that make lines of tables write an empty text where a cell is empty. */
static bool is_empty(const json_t *value)
{
	const char *text = json_string_value(value);

	return text && !text[strspn(text, " \t")];
}

static int read_pair(json_t *object, const char *key, const struct kind_context *c,
		     void *to, struct err *e)
{
	const struct field *f = find_key(key, c->arena);
	const json_t *value = json_object_get(object, key);

	if (!f && !is_answered(key))
		return unknown(key, e);
	if (!f || json_is_null(value) || is_empty(value))
		return 0;
	if (!kind_is_none(f->kind, field_at(f, to)))
		return given_twice(object, key, f, c->arena, e);
	int r = read_value(f, value, c, field_at(f, to), e);
	if (r == 0)
		r = field_check(f, field_at(f, to), e);
	if (r < 0) {
		blame_subject(e, key);
		snprintf(e->field, sizeof(e->field), "%s", f->name);
	}
	return r;
}

/* Why the library cannot read the line, without the names of its options. */
static int no_json(const json_error_t *why, struct err *e)
{
	enum json_error_code code = json_error_code(why);

	if (code == json_error_null_character || code == json_error_null_byte_in_key)
		return err_set(e, -PDH_USAGE, NULL,
			       "text may not hold control characters (U+0000)");
	return err_set(e, -PDH_USAGE, NULL, "is not JSON: %.200s", why->text);
}

static int read_line(const char *line, size_t n, const struct kind_context *c,
		     struct activity_add_params *to, struct err *e)
{
	AUTO_BUF quoted = {0};
	json_error_t why;
	const char *key;
	json_t *value;
	int r = 0;

	number_quote(line, n, &quoted);
	json_t *object = json_loadb(quoted.data, quoted.len,
				    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (!object)
		return no_json(&why, e);
	shape_none(shape, to);
	if (!json_is_object(object))
		r = err_set(
			e, -PDH_USAGE, NULL,
			"is not a JSON object, such as {\"credit\": \"1h\", \"title\": \"x\"}");
	json_object_foreach(object, key, value)
	{
		r = r == 0 ? read_pair(object, key, c, to, e) : r;
	}
	json_decref(object);
	return r;
}

/* Puts the line in front of the message. */
static int blame(unsigned line, struct err *e)
{
	char subject[16];

	snprintf(subject, sizeof(subject), "line %u", line);
	return blame_subject(e, subject);
}

static bool is_blank(const char *line, size_t n)
{
	return strspn(line, " \t\r") >= n;
}

int lines_read(const char *text, size_t n, const struct kind_context *c,
	       struct lines *ret, struct err *e)
{
	struct activity_add_params *v = NULL;
	unsigned *numbers = NULL, number = 1;
	size_t count = 0;

	for (const char *p = text, *end = text + n; p < end; number++) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		/* Files that were put together have one before each part. */
		p += input_mark(p, (size_t)(end - p));
		size_t len = (size_t)((newline ? newline : end) - p);
		if (!is_blank(p, len)) {
			v = arena_grow(c->arena, v, count, sizeof(*v));
			numbers = arena_grow(c->arena, numbers, count, sizeof(*numbers));
			if (read_line(p, len, c, &v[count], e) < 0)
				return blame(number, e);
			numbers[count++] = number;
		}
		p += len + 1;
	}
	if (count == 0)
		return err_set(
			e, -PDH_USAGE, NULL,
			"standard input holds no activities: one JSON object a line");
	shape_none(&shape_activity_import_params, &ret->params);
	ret->params.activities.n = count;
	ret->params.activities.v = v;
	ret->numbers = numbers;
	return 0;
}

void lines_blame(const struct lines *l, struct err *e)
{
	struct err was = *e;
	unsigned i;
	char field[48] = "";

	if (sscanf(was.field, "activities[%u].%47s", &i, field) < 1 ||
	    i >= l->params.activities.n)
		return;
	const struct field *f = shape_find(shape, field, strlen(field));
	if (f)
		blame_field(e, f, f->name);
	blame(l->numbers[i], e);
	snprintf(e->field, sizeof(e->field), "%s", field);
}

/* As the daemon says of a few lines: a series is of one activity. */
int lines_check(const struct lines *l, struct err *e)
{
	for (size_t i = 0; i < l->params.activities.n; i++) {
		const struct activity_add_params *p = &l->params.activities.v[i];
		if (!p->repeat && p->until == DATE_NONE && p->times == INT_NONE &&
		    !p->skip.n)
			continue;
		err_set(e, -PDH_USAGE, "repeat", "repeat is for one activity at a time");
		return blame(l->numbers[i], e);
	}
	return 0;
}
