/* What the files that read a layout share: its parser, and how single values are read. */
#pragma once

#include "client/read/layout.h"
#include "common/yaml.h"

struct parser {
	const char *name;
	struct arena *arena;
	struct layout *l;
	struct texts columns; /* that a match or a field names */
	struct err *e;
};

#define parser_refuse(p, node, ...) \
	yaml_refuse((p)->name, (node)->line, (p)->e, __VA_ARGS__)

/* Reads the value of a key into what `to` points at. 0, or -PDH_REFUSED with its line. */
typedef int parser_fn(struct parser *p, const struct yaml *node, void *to);

/* A key of a map, and how its value is read. */
struct key {
	const char *name;
	parser_fn *read;
	size_t offset; /* in what is read */
};

/* The keys of a map; one that is not among them is refused with the nearest. */
int parser_keys(struct parser *p, const struct yaml *map, const struct key *keys,
		size_t n, void *to);

parser_fn parser_text;	  /* const char * */
parser_fn parser_bool;	  /* bool */
parser_fn parser_words;	  /* struct texts: one word or a list, folded */
parser_fn parser_columns; /* the same; the columns are known from then on */
parser_fn parser_dates;	  /* const char *: an order of day and month */
parser_fn parser_pairs;	  /* struct layout_words, keys as written */
parser_fn parser_folded;  /* the same, keys folded */
parser_fn parser_set;	  /* the same, keys are fields */
parser_fn
	parser_split; /* struct layout_words: topic and column, which is known from then on; a column alone: topic "" */
parser_fn parser_where; /* struct layout_words: name and column, which must be known */

/* Refuses a column that nothing before has named. */
int parser_column(struct parser *p, const struct yaml *node, const char *column);

/* layout_rows.c */
parser_fn
	parser_fields; /* struct layout_sources[LAYOUT_FIELD_COUNT], or with split in struct layout */
parser_fn parser_skip;	   /* struct layout_rules */
parser_fn parser_when;	   /* the same */
parser_fn parser_identity; /* struct texts */

/* layout_options.c */
parser_fn parser_options; /* struct layout_options */

#define PARSER_COUNT(v) (sizeof(v) / sizeof((v)[0]))
