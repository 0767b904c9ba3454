/* What is judged: the entries of a cycle, each with the class that selectors see. */
#pragma once

#include "common/credit.h"
#include "common/date.h"

#include <stddef.h>
#include <stdint.h>

/* What selectors ask of an entry. X(constant, word in a pack) */
#define RULE_ATTR_MAP(X)        \
	X(KIND, "kind")         \
	X(FORMAT, "format")     \
	X(ROLE, "role")         \
	X(PROVIDER, "provider") \
	X(TOPIC, "topic")       \
	X(COURSE, "course")     \
	X(APPROVAL, "approval") \
	X(DUTY, "duty")         \
	X(UNIT, "unit")         \
	X(ORIGIN, "origin")

enum rule_attr {
#define X(name, word) ATTR_##name,
	RULE_ATTR_MAP(X)
#undef X
		ATTR_COUNT
};

/* A word of entries that the pack knows, folded, and the one it is another spelling of. */
struct rule_word {
	enum rule_attr attr;
	const char *word, *canonical;
};

/* Words as selectors compare them: lower case, runs of spaces, - and _ made one -. */
struct rule_words {
	const char *const *v;
	size_t n;
};

/* What entries that no selector can tell apart have in common. */
struct entry_class {
	struct rule_words attr[ATTR_COUNT];
};

/* The `unit` of what was carried over: its amount is in the pack's unit already, and no
 * credit rule looks at it again. */
enum { UNIT_CARRIED = UNIT_COUNT };

/* One entry, or one part of an entry that was split. Sorted by day, then by id; the parts
 * of one entry follow each other and bear its id. What was carried over lies on the first
 * day of the period and bears the id of the entry it was. */
struct entry {
	int64_t id;
	int64_t amount; /* in `unit`, more than zero */
	civil_day done_on;
	int unit;	/* enum credit_unit, or UNIT_CARRIED */
	uint32_t class; /* index of its class */
};

/* Of an entry done in the days of grace: what the period before has used of it, in the
 * pack's unit. */
struct held_back {
	int64_t id, amount;
};
