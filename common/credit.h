/* Credit: how much an activity is worth, exactly.
 *
 * An amount is an int64_t in 1/3,600,000 of its unit; where the unit is the hour that is
 * one millisecond. Minutes, hundredths of an hour, thousandths of a CEU and 45- or
 * 50-minute hours are then all whole numbers, and three times 20 minutes is one hour.
 * Nothing here is floating point. */
#pragma once

#include "common/arena.h"
#include "common/err.h"

#include <stdbool.h>
#include <stdint.h>

#define CREDIT_ONE INT64_C(3600000)

/* The largest amount accepted: 100,000 units. More than a working life of hours, and
 * small enough that sums of millions of entries stay far from the end of int64_t. */
#define CREDIT_MAX (INT64_C(100000) * CREDIT_ONE)

/* Wide enough for the product of two amounts. */
__extension__ typedef __int128 int128;

/* X(constant, word as stored and sent, short form for output, many of it, other words
 * accepted with | between them, what it is). What a CEU or a semester hour is worth to a board is the pack's
 * to say. A credit that a board, a sponsor or a provider states in a unit of its own (PDP, PDU, PLU, CPE) is a
 * point; a contact hour (PDH) is one hour of any board, whatever its minutes. */
#define CREDIT_UNIT_MAP(X)                                                   \
	X(HOUR, "hour", "h", "hours",                                        \
	  "h|hr|hrs|clock hour|clock hours|clock hr|clock hrs|pd hour|"      \
	  "pd hours|hour of pd|hours of pd|hours pd|cle|cles|cle hour|"      \
	  "cle hours|cle credit|cle credits|"                                \
	  "professional development hour|professional development hours|"    \
	  "professional learning hour|professional learning hours|"          \
	  "training hour|training hours|hours of training|"                  \
	  "ctle hour|ctle hours|scech|scechs",                               \
	  "Clock hour, 60 minutes.")                                         \
	X(CEU, "CEU", "CEU", "CEUs",                                         \
	  "continuing education unit|continuing education units",            \
	  "Continuing education unit.")                                      \
	X(SEMESTER_HOUR, "semester hour", "sh", "semester hours",            \
	  "sh|semester hr|semester hrs|sem hour|sem hours|sem hr|sem hrs|"   \
	  "semester credit|semester credits|semester credit hour|"           \
	  "semester credit hours|semester unit|semester units",              \
	  "Semester hour of college credit.")                                \
	X(QUARTER_HOUR, "quarter hour", "qh", "quarter hours",               \
	  "qh|quarter hr|quarter hrs|quarter credit|quarter credits|"        \
	  "quarter credit hour|quarter credit hours|quarter unit|"           \
	  "quarter units",                                                   \
	  "Quarter hour of college credit.")                                 \
	X(POINT, "point", "pt", "points",                                    \
	  "pt|pts|pdp|pdps|pdu|pdus|plu|plus|clu|clus|leu|leus|"             \
	  "cpe|cpes|cpe credit|cpe credits|credit|credits|rating|ratings|"   \
	  "professional learning unit|professional learning units|"          \
	  "professional development point|professional development points|"  \
	  "professional development unit|professional development units",    \
	  "Point, as some boards count.")                                    \
	X(PRACTICE_HOUR, "practice hour", "ph", "practice hours",            \
	  "ph|practice hr|practice hrs",                                     \
	  "Hour of practice, where a board asks for practice too.")          \
	X(DAY, "day", "d", "days", "d", "Day of work or teaching.")          \
	X(CONTACT_HOUR, "contact hour", "contact h", "contact hours",        \
	  "contact h|contact hr|contact hrs|ce hour|ce hours|ce hr|ce hrs|"  \
	  "hour ce|hours ce|hr ce|hrs ce|hour of ce|hours of ce|"            \
	  "continuing education hour|continuing education hours|cpd hour|"   \
	  "cpd hours|hours cpd|hour of cpd|hours of cpd|cpe hour|cpe hours|" \
	  "pdh|pdhs",                                                        \
	  "Hour of credit as a provider states it, of 50 minutes or 60.")

enum credit_unit {
#define X(name, word, brief, many, accepted, text) UNIT_##name,
	CREDIT_UNIT_MAP(X)
#undef X
		UNIT_COUNT
};

/* An amount of something. `unit` is borrowed: a static word of the table above, or a
 * pack's own word for its unit ("clock hour") which lives as long as the pack. NULL: not
 * given. */
struct credit {
	int64_t exact;
	const char *unit;
};

/* num/den of a pack's unit for one of ours: 15/1 for a semester hour in Texas, 60/50 for
 * an hour where the board's hour has 50 minutes. Both positive. */
struct ratio {
	int64_t num, den;
};

/* The greatest common divisor of two numbers that are not negative, and num/den in lowest
 * terms. */
int64_t ratio_divisor(int64_t a, int64_t b);
struct ratio ratio_of(int64_t num, int64_t den);

enum { CREDIT_TEXT_SIZE = 32 };

/* Hours: "2.5h" "2,5h" "2h30" "2h30m" "150m" "2:30" "1/2h" "1 1/2 h" "half an hour"; from one time of the clock to another,
 * "9:00-11:30" "9-11:30" "9am-11:30am" "10pm-1am", several with commas between them, less a break, "9:00-15:30 -30m"; other
 * units: "1.5ceu" "3sh" "3 qh" "12pt" "60 PDU"; made of others: "2 x 90 min" "1.5h + 45m" "1 CEU (10 hours)"; a bare number
 * is hours. Blanks and dashes may be any (typed_plain()).
 *
 * A point is always the decimal one. So is a comma, but where three digits behind it may as well be hundreds, "1,500".
 * Nothing is rounded: at most six decimals are read, and what 1/3,600,000 cannot hold exactly is refused. Of times without
 * am and pm the end is the next that comes, within 8 hours where it is past noon and within 12 where it is past midnight.
 * 0, or -PDH_USAGE (unreadable, or one of two things) or -PDH_REFUSED (zero, negative, too large). */
int credit_parse(const char *text, struct credit *ret, struct err *e);

/* The same, and zero too, which is how a person says that there is none. */
int credit_parse_or_none(const char *text, struct credit *ret, struct err *e);

/* Whether a text is times of the clock alone, "9:00-11:30", which need no unit. */
bool credit_times(const char *text, struct credit *ret);

/* A part of a split activity as stored, "ethics=1.0 hour": its topic, in the arena, and its
 * amount; NULL if it is none. */
const char *credit_part(const char *part, struct arena *a, int64_t *ret_exact);
size_t credit_part_topic(const char *part); /* the length of its topic; 0: it has none */

/* -PDH_REFUSED, with the sentence for amounts of nothing and less. */
int credit_is_none(struct err *e);

/* The table's word for any accepted spelling, or NULL. */
const char *credit_unit_find(const char *word);
enum credit_unit credit_unit_number(
	const char *unit); /* of a word of the table; UNIT_HOUR for others */
const char *credit_unit_word(enum credit_unit unit);	     /* the reverse */
bool credit_unit_is(const char *unit, enum credit_unit one); /* whether it is its word */
bool credit_unit_is_hours(const char *unit); /* hours, clock hours or contact hours */
bool credit_unit_same(const char *a, const char *b); /* the same word, or hours both */
const char *credit_unit_brief(
	const char
		*unit); /* "h" for "hour" and "clock hour", else that of the map, else the
			      word itself */

/* What stands behind an amount: the same, where a word that packs have of their own ("credit", "unit") is in the
 * plural unless `exact` is one of it. Static, or `unit`. */
const char *credit_unit_behind(const char *unit, int64_t exact);

/* a + b; -PDH_REFUSED when the sum passes what an int64_t holds. */
int credit_add(int64_t a, int64_t b, int64_t *ret, struct err *e);

/* amount * r, rounded down to 1/3,600,000; -PDH_REFUSED on overflow. */
int credit_convert(int64_t amount, struct ratio r, int64_t *ret, struct err *e);

/* The exact decimal where there is one of at most 7 digits, else rounded half up to 4:
 * "2.5", "66.0", "0.3333". Always at least one decimal. */
void credit_format(int64_t exact, char out[CREDIT_TEXT_SIZE]);

/* Rounded half away from zero to `decimals` (0 to 3): columns of figures line up. */
void credit_format_fixed(int64_t exact, int decimals, char out[CREDIT_TEXT_SIZE]);
