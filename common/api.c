#include "common/api.h"

#include <stdio.h>
#include <string.h>

/* required, clears */
#define REQ true, false
#define OPT false, false
#define CLR false, true

/* Each shape has its fields in an array of its own; a method without parameters has one
 * that is never looked at, since C knows no empty array. */
#define RECORD(id, doc) static const struct field fields_##id[] = {
#define FIELD_OF(record, member, name, kind, always, doc) \
	{name, KIND_##kind, offsetof(struct record, member), NULL, OPT, always, "", doc},
#define FIELD_LIST(record, name, of, doc)                                          \
	{#name, KIND_LIST, offsetof(struct record, name), &shape_##of, OPT, false, \
	 "",	doc},
#define RECORD_OF(record, name, of, always, doc)                                      \
	{#name, KIND_RECORD, offsetof(struct record, name), &shape_##of, OPT, always, \
	 "",	doc},
#define END_RECORD(id)                                            \
	{                                                         \
		NULL, KIND_COUNT, 0, NULL, OPT, false, NULL, NULL \
	}                                                         \
	}                                                         \
	;
#define METHOD(id, wire, verb, level, access, record, doc) \
	static const struct field fields_##id##_params[] = {
#define PARAM(method, name, kind, need, how, doc)                                       \
	{#name, KIND_##kind, offsetof(struct method##_params, name), NULL, need, false, \
	 how,	doc},
#define PARAM_LIST(method, name, of, need, how, doc) \
	{#name,                                      \
	 KIND_LIST,                                  \
	 offsetof(struct method##_params, name),     \
	 &shape_##of##_params,                       \
	 need,                                       \
	 false,                                      \
	 how,                                        \
	 doc},
#define END_METHOD(id)                                            \
	{                                                         \
		NULL, KIND_COUNT, 0, NULL, OPT, false, NULL, NULL \
	}                                                         \
	}                                                         \
	;
#include "common/methods.def"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]) - 1)

#define RECORD(id, doc)                                                            \
	const struct shape shape_##id = {#id, doc, sizeof(struct id), fields_##id, \
					 COUNT(fields_##id)};
#define METHOD(id, wire, verb, level, access, record, doc)                               \
	const struct shape shape_##id##_params = {wire, doc, sizeof(struct id##_params), \
						  fields_##id##_params,                  \
						  COUNT(fields_##id##_params)};
#include "common/methods.def"

const struct shape *const api_records[] = {
#define RECORD(id, doc) &shape_##id,
#include "common/methods.def"
};
const size_t api_record_count = sizeof(api_records) / sizeof(api_records[0]);

const struct method api_methods[METHOD_COUNT] = {
#define METHOD(id, wire, verb, level, access, record, doc) \
	{wire, verb, doc, level, ACCESS_##access, &shape_##id##_params, &shape_##record},
#include "common/methods.def"
};

const struct method *api_find(const char *name, size_t n)
{
	for (size_t i = 0; n && i < METHOD_COUNT; i++) {
		const char *have = api_methods[i].name;
		if (strlen(have) == n && memcmp(have, name, n) == 0)
			return &api_methods[i];
	}
	return NULL;
}

const struct field *shape_find(const struct shape *s, const char *name, size_t n)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *have = s->fields[i].name;
		if (strlen(have) == n && memcmp(have, name, n) == 0)
			return &s->fields[i];
	}
	return NULL;
}

int field_check(const struct field *f, void *value, struct err *e)
{
	const char *hint = kind_row(f->kind)->hint;

	if (f->clears || !kind_clears(f->kind, value))
		return 0;
	if (f->kind == KIND_DATE || f->kind == KIND_DUE)
		return err_set(e, -PDH_USAGE, NULL, "takes a day, and none is not a day");
	if (f->kind == KIND_CREDIT)
		return credit_is_none(e);
	if (kind_is_text(f->kind) || f->kind == KIND_BYTES)
		return err_set(e, -PDH_USAGE, NULL, "is empty; it takes %s", hint);
	if (!f->required) {
		kind_none(f->kind, value);
		return 0;
	}
	return err_set(e, -PDH_USAGE, NULL, "is an empty list; it takes %s", hint);
}

void shape_none(const struct shape *s, void *record)
{
	for (size_t i = 0; i < s->n; i++)
		kind_none(s->fields[i].kind, field_at(&s->fields[i], record));
}

const char *api_access_word(enum access a)
{
	switch (a) {
	case ACCESS_READ:
		return "read";
	case ACCESS_WRITE:
		return "write";
	case ACCESS_CONTROL:
		return "control";
	case ACCESS_LOCAL:
		return "local";
	}
	return "";
}

void api_schema_name(const struct method *m, char out[SCHEMA_SIZE])
{
	const char *base = m->verb[0] ? m->verb : m->name;

	snprintf(out, SCHEMA_SIZE, "pdh.%s/1", base[0] == '_' ? base + 1 : base);
	for (char *p = out; *p; p++)
		if (*p == ' ')
			*p = '.';
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Edits between two words, where two letters that changed places are one, or `most` + 1
 * once it is sure to be larger; words past 63 bytes never match. */
static size_t distance(const char *a, const char *b, size_t most)
{
	enum { LONGEST = 63 };
	size_t na = strlen(a), nb = strlen(b), rows[3][LONGEST + 1];

	if (na > LONGEST || nb > LONGEST || (na > nb ? na - nb : nb - na) > most)
		return most + 1;
	for (size_t j = 0; j <= nb; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= na; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];
		const size_t *twice = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= nb; j++) {
			size_t change = above[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = least(least(above[j], row[j - 1]) + 1, change);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				row[j] = least(row[j], twice[j - 2] + 1);
		}
	}
	return rows[na % 3][nb];
}

const char *api_nearest(const char *word, const char *const *candidates, size_t n)
{
	const char *best = NULL;
	size_t best_distance = 3;

	for (size_t i = 0; i < n; i++) {
		size_t d = distance(word, candidates[i], 2);
		if (d < best_distance && d * 2 < strlen(word)) {
			best = candidates[i];
			best_distance = d;
		}
	}
	return best;
}
