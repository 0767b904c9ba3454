/* Whole records as lines of JSON: what stands in which line (parts.def), for writing and for reading. */
#pragma once

#include "common/kind.h"
#include "daemon/store/db.h"

/* The name of the form, with its number. What is read may have fewer values than this pdh writes, and no others. */
#define TRANSFER_FORM "pdh.export/"
enum { TRANSFER_NUMBER = 1 };

enum part_id {
#define PART(id, filter, tables) PART_##id,
#include "daemon/transfer/parts.def"
	PART_COUNT
};

/* What the lines of a part may be chosen by. */
enum part_filter { PART_FILTER_NONE, PART_FILTER_CREDENTIAL, PART_FILTER_ACTIVITY };

enum part_gone {
	PART_GONE_NONE, /* it names no line of another part */
	PART_GONE_REFUSED,
	PART_GONE_STAYS
};

struct part_value {
	const char *name;
	enum kind kind;
	bool always;	 /* never null */
	bool list;	 /* stored in a table of its own */
	enum part_id of; /* the part whose id it is, unless gone is NONE */
	enum part_gone gone;
};

struct part {
	const char *name;
	enum part_filter filter;
	enum db_query page, load; /* write its lines; store one */
	const struct part_value *values;
	size_t n;
	const char *tables; /* separated by commas */
};

extern const struct part transfer_parts[PART_COUNT];

/* NULL: there is none of that name. */
const struct part *part_find(const char *name, size_t n);
const struct part_value *part_value_find(const struct part *p, const char *name);

/* Tables of content that no part has, with the reason. */
struct part_exception {
	const char *table, *why;
};
const struct part_exception *part_exceptions(size_t *ret_n);
