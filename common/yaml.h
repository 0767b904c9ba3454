/* The text of a pack or layout as a plain tree: texts, lists and maps, each with its line.
 *
 * What YAML has beyond that, and what could be used to make a small text large, is
 * refused here: anchors, aliases, tags, merge keys, several documents, deep nesting,
 * repeated keys. Every value stays text, so that `no` and `1e3` mean what they say to the
 * parser of their field. The tree lives in the arena. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

enum { YAML_SIZE_MAX = 1 << 19, YAML_DEPTH_MAX = 16 };

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	int line;	    /* from 1; of a member of a map, its key's */
	const char *text;   /* of a YAML_TEXT, else NULL; "" where nothing is written */
	const char *key;    /* of a member of a map, else NULL */
	struct yaml *first; /* of a list or map */
	struct yaml *next;  /* after this one in its list or map */
	size_t n;	    /* members of a list or map */
};

/* A text of `n` bytes: `name` is its file, `what` its kind ("pack") in sentences. */
struct yaml_source {
	const char *text;
	size_t n;
	const char *name, *what;
};

/* -PDH_REFUSED with "name:line: what is wrong". */
int yaml_parse(const struct yaml_source *source, struct arena *a, const struct yaml **ret,
	       struct err *e);

/* The member of a map, or NULL. */
const struct yaml *yaml_get(const struct yaml *map, const char *key);

/* Sets "name:line: ..." and returns -PDH_REFUSED. Of a long name only the end is shown. */
int yaml_refuse(const char *name, int line, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
