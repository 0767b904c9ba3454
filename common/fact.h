/* Facts: what rules ask and only the person knows. A pack says of which type a fact is;
 * client and daemon read its value here. */
#pragma once

#include "common/kind.h"

/* X(constant, word in a pack) */
#define FACT_TYPE_MAP(X)    \
	X(MONTH, "month")   \
	X(DATE, "date")     \
	X(WORD, "word")     \
	X(NUMBER, "number") \
	X(YES_NO, "yes-no") \
	X(CHOICE, "choice")

enum fact_type {
#define X(name, word) FACT_##name,
	FACT_TYPE_MAP(X)
#undef X
		FACT_TYPE_COUNT
};

extern const char *const fact_types[FACT_TYPE_COUNT];

/* For how long a value is true. X(constant, word in a pack) */
#define FACT_LIFE_MAP(X)  \
	X(EVER, "ever")   \
	X(CYCLE, "cycle") \
	X(YEAR, "year") /* of the cycle, from its first day */

enum fact_life {
#define X(name, word) FACT_LIFE_##name,
	FACT_LIFE_MAP(X)
#undef X
		FACT_LIFE_COUNT
};

extern const char *const fact_lives[FACT_LIFE_COUNT];

/* A fact that a pack asks for. */
struct pack_fact {
	const char *name;  /* such as "birth month" */
	const char *type;  /* one of fact_types; any other is taken for a word */
	const char *ask;   /* the question */
	struct texts of;   /* of a choice: its values */
	const char *holds; /* one of fact_lives; NULL: ever */
	struct texts
		labels; /* of a choice: what people read, one for each value; or none */
};

bool fact_is(const struct pack_fact *f, enum fact_type type);

/* Reads a value as typed into the one form in which it is kept: "3" for "March", "yes"
 * for "y". -PDH_USAGE with a sentence that says what is taken, and the nearest choice. */
int fact_read(const struct pack_fact *f, const char *typed, struct arena *a,
	      const char **ret, struct err *e);

/* What people read for a value of a choice: the label of the pack, else the value with
 * spaces where it has - or _: "full time". */
const char *fact_label(const struct texts *of, const struct texts *labels, size_t i,
		       struct arena *a);

/* What `holds` says; FACT_LIFE_EVER where it says nothing. */
enum fact_life fact_life(const char *holds);

/* The value of a fact among those given as "name=value", whatever its case; NULL if it is
 * not among them. */
const char *fact_given(const struct texts *facts, const char *name);

/* "a, b or c"; `last` is the word before the last of them. */
const char *fact_list(const struct texts *words, const char *last, struct arena *a);
