/* The one table, expanded: a C struct for each record and for each method's parameters,
 * and the shapes that let generic code read, write, bind and describe them.
 *
 *   struct activity             a record             (RECORD in methods.def)
 *   struct activity_add_params  a method's parameters (METHOD)
 *   METHOD_activity_add         the method's number
 *
 * A struct owns nothing: texts and lists live in the request's arena. Fields that were
 * not given hold their kind's "none" (kind.h), which shape_none() writes. */
#pragma once

#include "common/kind.h"

#define PDH_VERSION "1.0.0"

/* The API level grows by one with each release that adds a method, parameter or field,
 * and the oldest level that is still understood grows when something had to go. */
enum { PDH_API_LEVEL = 1, PDH_API_COMPATIBLE_SINCE = 1 };

#define RECORD(id, doc) \
	struct id {     \
		char opened_;
#define FIELD_OF(record, member, name, kind, always, doc) kind_##kind##_type member;
#define FIELD_LIST(record, name, of, doc) \
	struct {                          \
		size_t n;                 \
		struct of *v;             \
	} name;
#define RECORD_OF(record, name, of, always, doc) struct of *name;
#define END_RECORD(id) \
	}              \
	;
#define METHOD(id, wire, verb, level, access, record, doc) \
	struct id##_params {                               \
		char opened_;
#define PARAM(method, name, kind, need, how, doc) kind_##kind##_type name;
#define PARAM_LIST(method, name, of, need, how, doc) \
	struct {                                     \
		size_t n;                            \
		struct of##_params *v;               \
	} name;
#define END_METHOD(id) \
	}              \
	;
#include "common/methods.def"

enum method_id {
#define METHOD(id, wire, verb, level, access, record, doc) METHOD_##id,
#include "common/methods.def"
	METHOD_COUNT
};

enum access { ACCESS_READ, ACCESS_WRITE, ACCESS_CONTROL, ACCESS_LOCAL };

struct shape;

struct field {
	const char *name;
	enum kind kind;
	size_t offset;
	const struct shape *of; /* members of a KIND_LIST, or the record of a KIND_RECORD;
				   else NULL */
	bool required, clears;	/* parameters only */
	bool always;		/* fields only: never null */
	const char *how;	/* place or flags on the command line; "" for fields */
	const char *doc;
};

struct shape {
	const char *name; /* the record, or the method whose parameters these are */
	const char *doc;
	size_t size;
	const struct field *fields;
	size_t n;
};

struct method {
	const char *name; /* wire name; "" for LOCAL */
	const char *verb; /* "" for none */
	const char *doc;
	int level;
	enum access access;
	const struct shape *params;
	const struct shape *result;
};

extern const struct method api_methods[METHOD_COUNT];
extern const struct shape *const api_records[];
extern const size_t api_record_count;

#define RECORD(id, doc) extern const struct shape shape_##id;
#define METHOD(id, wire, verb, level, access, record, doc) \
	extern const struct shape shape_##id##_params;
#include "common/methods.def"

/* The method with this wire name; NULL if there is none. `name` need not end in NUL. */
const struct method *api_find(const char *name, size_t n);

/* The field of this name, or NULL. */
const struct field *shape_find(const struct shape *s, const char *name, size_t n);

/* Checks a value that was given: one that clears is refused where the field does not take it
 * (-PDH_USAGE or -PDH_REFUSED, without the field's name), but that an empty list is then as if not given. */
int field_check(const struct field *f, void *value, struct err *e);

/* Writes "not given" into every field. */
void shape_none(const struct shape *s, void *record);

static inline void *field_at(const struct field *f, void *record)
{
	return (char *)record + f->offset;
}

static inline const void *field_in(const struct field *f, const void *record)
{
	return (const char *)record + f->offset;
}

/* "read", "write", "control", "local". */
const char *api_access_word(enum access a);

/* "pdh.credential.add/1" for the verb "credential add": the first key of every JSON
 * answer. */
enum { SCHEMA_SIZE = 64 };
void api_schema_name(const struct method *m, char out[SCHEMA_SIZE]);

/* The candidate nearest to `word` if it is near enough to be a slip (at most 2 edits, and
 * fewer than half its letters), else NULL. */
const char *api_nearest(const char *word, const char *const *candidates, size_t n);
