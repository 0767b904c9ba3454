/* Layouts: what the columns of a known file mean, as data.
 *
 * A layout is a YAML file like a pack (pdh-layouts(5)). Its columns are words of a heading, folded as similar_words() does,
 * so that case, accents and punctuation do not matter. A layout lives in the arena that it was read into and is never
 * changed afterward. */
#pragma once

#include "common/arena.h"
#include "common/err.h"
#include "common/kind.h"

/* X(constant, word in a layout and in an answer) */
#define LAYOUT_FIELD_MAP(X)           \
	X(TITLE, "title")             \
	X(DONE_ON, "done_on")         \
	X(FROM, "from")               \
	X(CREDIT, "credit")           \
	X(KIND, "kind")               \
	X(FORMAT, "format")           \
	X(ROLE, "role")               \
	X(TOPICS, "topics")           \
	X(PROVIDER, "provider")       \
	X(PROVIDER_ID, "provider_id") \
	X(PLACE, "place")             \
	X(APPROVAL, "approval")       \
	X(COURSE, "course")           \
	X(NOTE, "note")               \
	X(PROOF, "proof")             \
	X(DUTY, "duty")               \
	X(PLANNED, "planned")         \
	X(ONLY, "only")               \
	X(EXCEPT, "not")

enum layout_field {
#define X(name, word) LAYOUT_##name,
	LAYOUT_FIELD_MAP(X)
#undef X
		LAYOUT_FIELD_COUNT
};

extern const char *const layout_fields[LAYOUT_FIELD_COUNT];

/* The field that a person means: "date" and "hours" too. -1: none. */
int layout_field_find(const char *word);

/* A word of the file and ours; a pattern that ends in "*" is the beginning of it. */
struct layout_word {
	const char *pattern; /* folded */
	const char *word;
};

struct layout_words {
	size_t n;
	const struct layout_word *v;
};

/* One way to fill a field. */
struct layout_source {
	struct texts from; /* columns; the first that is not empty */
	const char *
		unit; /* of a credit without one: a unit of credit.h, "minute", "clock" or "ask" */
	struct texts
		between; /* columns of begin and end: 2 instants, or day, time, day, time */
	struct texts sum;  /* columns that are added up */
	const char *value; /* the same for every row; NULL: none */
	const char *split; /* characters that separate several values; NULL: it is one */
	struct texts drop; /* values that say nothing, folded */
	struct texts
		except; /* words of headings that a synonym is no part of: "enrolled date" */
	struct layout_words
		words; /* values by their words; others are taken as written */
	struct layout_words
		set; /* fields that this source sets too: pattern is the field */
};

struct layout_sources {
	size_t n;
	const struct layout_source *v;
};

/* All of its columns have one of their values. */
struct layout_test {
	const char *column;
	struct texts values; /* folded patterns */
};

struct layout_rule {
	size_t n;
	const struct layout_test *tests;
	const char *why; /* of a row that is left out */
	bool bare;	 /* `why` alone is the reason */
	bool all_day; /* for want of hours, as far as the day before the last: --hours takes it */
	struct layout_words add, set; /* fields: topics are added, others set */
};

struct layout_rules {
	size_t n;
	const struct layout_rule *v;
};

struct layout_example {
	int line;
	const char *text;	     /* a file, heading and all */
	struct layout_words options; /* of the command, by name */
	struct layout_words
		expect; /* fields of its first row; or "skipped", "bad" with a reason */
};

/* What a person would say beside the file (pdh-import(7)); a word that is said holds instead. */
struct layout_options {
	struct texts where, match;
	struct credit hours; /* its unit NULL: none */
	const char *dates, *unit, *encoding, *separator, *decimal, *sheet;
	bool lenient;
};

struct layout {
	const char *id, *version, *title, *url, *mark;
	const char *layer; /* "shipped", "system", "own" */
	struct texts
		match; /* columns that must be there; none: its fields are matched by synonyms */
	const char *dates; /* such as "m/d/y"; NULL: found from the column */
	const char *sheet, *encoding, *separator, *decimal; /* NULL: found */
	struct layout_sources fields[LAYOUT_FIELD_COUNT];
	struct layout_sources
		last[LAYOUT_FIELD_COUNT]; /* synonyms for a field that found nothing */
	struct layout_words
		split; /* column by topic; topic "": one column has all parts, as in "a=1 h; b=2 h" */
	struct layout_words
		where; /* name by column: pattern is the name, word the column */
	struct layout_rules skip, when;
	struct layout_options options;
	struct texts identity; /* columns that name a row for good */
	bool calendar;	       /* its rows are events, of which a person chooses */
	bool exact; /* its cells are texts of pdh, as csv_read_exact() reads them */
	size_t example_count;
	const struct layout_example *examples;
};

/* Reads one layout. -PDH_REFUSED with file, line and the nearest known word. */
int layout_parse(const char *text, size_t n, const char *name, struct arena *a,
		 struct layout *ret, struct err *e);

/* The word for a folded value, or NULL. */
const char *layout_word(const struct layout_words *words, const char *folded);

/* Whether a folded value is one of the patterns. */
bool layout_has(const struct texts *patterns, const char *folded);

/* A heading or a value as layouts compare them: similar_words(), with "number" for "#". */
const char *layout_fold(const char *text, struct arena *a);
