/* Filters as people write them: topic:literacy and hours>=2 and not evidence. pdh-filters(7) describes the language; this is
 * its one parser, which reads a filter into a tree, and its one meaning, which looks at an entry.
 *
 *   either = both {"or" both}      both = one {["and"] one}      one = "not" one | "(" either ")" | term
 *   term   = field operator value {"," value} | flag | word
 */
#pragma once

#include "common/arena.h"
#include "common/credit.h"
#include "common/date.h"
#include "common/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FILTER_MOST = 1000 /* bytes */, FILTER_DEPTH = 32 };

/* The texts of an entry, in the order in which they are kept; each folded, "" for none. Topics are one a line, with a line
 * end before the first and behind the last; PLAIN is search_plain() of the three before it. */
enum filter_text {
	FILTER_TITLE,
	FILTER_PROVIDER,
	FILTER_NOTE,
	FILTER_PLAIN,
	FILTER_TOPICS,
	FILTER_KIND,
	FILTER_FORMAT,
	FILTER_ROLE,
	FILTER_PLACE,
	FILTER_COURSE,
	FILTER_APPROVAL,
	FILTER_PROVIDER_ID,
	FILTER_TEXTS
};

struct filter_row {
	int64_t id, amount;
	enum credit_unit unit;
	civil_day done_on;
	bool planned, duty;
	const char *texts[FILTER_TEXTS];
};

enum filter_field {
	FILTER_FIELD_WORDS, /* search_words() in title, provider or note; with FILTER_IS as a phrase in one of them */
	FILTER_FIELD_PART, /* part of one text */
	FILTER_FIELD_WORD, /* one text as a whole, or one of the topics */
	FILTER_FIELD_DATE,
	FILTER_FIELD_CREDIT,
	FILTER_FIELD_ID,
	FILTER_FIELD_PLANNED,
	FILTER_FIELD_DUTY,
	FILTER_FIELD_EVIDENCE,	  /* needs `set` */
	FILTER_FIELD_FOR,	  /* needs `set` and `days` */
	FILTER_FIELD_UNSUBMITTED, /* needs `set` and `days` */
};

enum filter_op {
	FILTER_HAS,
	FILTER_IS,
	FILTER_LESS,
	FILTER_MOST_OF,
	FILTER_MORE,
	FILTER_LEAST_OF
};

enum filter_node_type { FILTER_AND, FILTER_OR, FILTER_NOT, FILTER_TERM };

struct filter_node {
	enum filter_node_type type;
	struct filter_node *left, *right; /* of NOT the left alone */
	/* of a term: */
	enum filter_field field;
	enum filter_op op;
	enum filter_text text;
	const char *
		value; /* folded; of FOR and UNSUBMITTED the short name; NULL: whether there is any */
	struct period days; /* of a DATE */
	struct credit credit;
	int64_t from, to; /* of an ID */
	const int64_t *
		set; /* sorted numbers of entries, filled in by whoever has the records */
	size_t set_n;
};

/* Reads a filter; the tree is in the arena. -PDH_USAGE with a sentence that names the word and what is known, and `field` as
 * the parameter at fault; -PDH_TOO_LARGE. */
int filter_parse(const char *text, civil_day today, const char *field, struct arena *a,
		 struct filter_node **ret, struct err *e);

/* One term, and two joined by "and", of which either may be NULL; in the arena. */
struct filter_node *filter_term(enum filter_field field, enum filter_text text,
				const char *value, struct arena *a);
struct filter_node *filter_and(struct filter_node *x, struct filter_node *y,
			       struct arena *a);

/* Whether the filter takes the entry. */
bool filter_takes(const struct filter_node *f, const struct filter_row *row);

/* "topic", "kind" and so on, for completion; NULL behind the last. */
const char *const *filter_names(void);
