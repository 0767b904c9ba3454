/* The kinds of value of kinds.def: from text, to text, and the checks that hold for a
 * kind wherever it came from. The client turns words into values here, the daemon checks
 * values here. */
#pragma once

#include "common/arena.h"
#include "common/choice.h"
#include "common/credit.h"
#include "common/date.h"
#include "common/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INT_NONE  INT64_MIN /* INT, ID, OP, TIME not given */
#define BOOL_NONE ((int8_t)-1)
#define SPAN_NONE ((int32_t)0)

/* A list of texts. v == NULL: not given; v set and n == 0: given and empty. */
struct texts {
	size_t n;
	const char **v;
};

struct ids {
	size_t n;
	int64_t *v;
};

/* Bytes of a file. v == NULL: not given. */
struct bytes {
	size_t n;
	const void *v;
};

/* A list of records, as the generic code sees it; the typed lists of api.h have the same
 * layout. */
struct list {
	size_t n;
	void *v;
};

enum kind {
#define KIND(name, ctype, json, most, hint) KIND_##name,
#include "common/kinds.def"
	KIND_LIST,   /* a list of records: struct list */
	KIND_RECORD, /* one record or null: a pointer */
	KIND_COUNT
};

/* The C type of each kind. */
#define KIND(name, ctype, json, most, hint) typedef ctype kind_##name##_type;
#include "common/kinds.def"

struct kind_row {
	const char *name; /* lower case, as api.info shows it */
	const char *json; /* JSON Schema type of the value on the wire */
	size_t size;	  /* of the C type */
	size_t most;	  /* bytes of text, or of each text of a list */
	const char *hint;
};

const struct kind_row *kind_row(enum kind k);

/* What the words need to know that they do not say. */
struct kind_context {
	struct arena *arena; /* results that are text live here */
	civil_day today;
	enum date_order order; /* of a day and its month in numbers */
};

bool kind_is_text(enum kind k);	 /* const char * */
bool kind_is_texts(enum kind k); /* struct texts */
bool kind_is_int(enum kind k);	 /* int64_t sent as an integer: INT, ID, OP */

/* The words of a kind of choices.def, NULL behind the last; NULL: it is none of them. */
const char *const *kind_words(enum kind k);
const char *kind_word(enum kind k, const void *value); /* of a value that is given */
int kind_value(enum kind k, const char *word);	       /* 0: it is none of its words */

/* Writes "not given". */
void kind_none(enum kind k, void *value);
bool kind_is_none(enum kind k, const void *value);

/* Whether a value is the one that clears: DATE_CLEAR, an empty text, an empty list, no credit. Other
 * kinds have none. */
bool kind_clears(enum kind k, const void *value);

/* Reads one word a person typed. For list kinds the word (which may hold commas) is
 * appended to what is there. 0, or -PDH_USAGE / -PDH_REFUSED with the sentence; the
 * caller names the field. */
int kind_from_text(enum kind k, const char *text, const struct kind_context *c,
		   void *value, struct err *e);

/* The same of a DATE that begins or ends what is asked for, where a period may stand too: its first day, or its last. */
int kind_end_from_text(const char *text, const struct kind_context *c, bool last,
		       civil_day *ret, struct err *e);

/* Checks a text of `n` bytes for kind `k` and trims it: valid UTF-8, no control
 * characters (a NOTE may hold newlines and tabs), not too long; ITEM is one of its words,
 * ALIAS begins with a letter and is lower-case letters, digits, - and _ . On success *ret
 * is a trimmed copy in the arena. */
int kind_check_text(enum kind k, const char *text, size_t n, struct arena *a,
		    const char **ret, struct err *e);
