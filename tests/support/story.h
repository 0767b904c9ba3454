/* A random pack and a random record for tests: what they say, told twice. Once as the text
 * of a pack and as entries, for the rules; once as the plain numbers below, for an oracle
 * that knows nothing of how the rules judge. */
#pragma once

#include "daemon/judge/classes.h"
#include "daemon/rules/rules.h"

enum {
	STORY_TOPICS = 3,   /* a, b, c */
	STORY_RULES = 24,   /* at most, alternatives counted */
	STORY_ENTRIES = 20, /* activities, and what was carried in */
	STORY_PARTS = 3 * STORY_ENTRIES,
	STORY_TURNS = 300, /* needs and limits, each in its windows */
};

/* Any of the topics (none: all), and this kind, or another one than this. */
struct story_where {
	unsigned topics;
	char kind; /* 'x', 'y'; 0: any */
	bool other;
};

struct story_window {
	enum window_kind kind;
	int months;
	struct period fixed;
	bool ending;	  /* whole years, by where they end, */
	bool after_issue; /* in a year after that of issue */
};

struct story_rule {
	enum rule_verb verb;
	struct story_where where;
	struct story_window window;
	bool unsure, should;
	civil_day from, until; /* by the day of each activity; DATE_NONE: open */
	int hours;   /* needed, or at most; of a need that counts things: things */
	int percent; /* of `of`, instead of hours; 0: hours */
	enum { OF_REQUIRED, OF_COUNTED, OF_NEED } of;
	int need;     /* OF_NEED: whose index this is */
	bool by_year; /* told as a table by the year in which the period ends */

	enum measure measure;
	bool on_top, exclusive, due; /* due: three months before the period ends */
	int alternatives, needed;    /* so many rules behind it; of them so many */
	bool is_alternative;

	int toward; /* of a limit: the need; -1: none */

	int fixed, quarters_least, quarters_floor, quarters_most, quarters_step;
	int times_num, times_den; /* 0: unchanged */
	enum rounding round;
	bool per_provider, gate; /* gate: what was refused counts nothing */
	enum { ONCE_NOT, ONCE_COURSE, ONCE_KIND, ONCE_PROVIDER, ONCE_ACTIVITY } once;

	int most, earned; /* of carry: hours, or -1: all; months, or 0: all */
	int part_most;	  /* of kind x at most so much of it; -1: no such part */

	int active_of; /* of adjust */
	int less_each, less,
		less_most; /* of adjust: hours for each so many years; 0: not so; no end */
};

struct story_part {
	unsigned topics;
	int quarters;
};

struct story_entry {
	civil_day day;
	int unit; /* UNIT_HOUR, UNIT_SEMESTER_HOUR (3 hours), UNIT_DAY (nothing) */
	char kind, provider, course; /* 0: not said */
	bool refused, carried;
	struct story_part parts[STORY_TOPICS];
	int n;
};

struct story {
	struct period period;
	civil_day day, issued;
	int months, months_active;
	int work_years; /* -1: not told */
	bool large;	/* five years, more rules, any percent: numbers that grow large */
	bool grace;	/* hours of the quarter behind the period fill it */
	struct story_rule rules[STORY_RULES];
	int n, total; /* index of the total, or -1 */
	struct story_entry entries[STORY_ENTRIES];
	int entry_count;
};

/* A story that hangs on `seed` alone. */
void story_tell(struct story *s, uint64_t seed);

/* The name of a rule by its index, such as "r3". */
const char *story_id(const struct story *s, int rule, struct arena *a);
const char *story_pack(const struct story *s, struct arena *a);

/* The parts of all entries as the rules take them; returns how many. */
size_t story_entries(const struct story *s, struct classes *classes, struct entry *ret,
		     struct arena *a);
