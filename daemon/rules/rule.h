/* The rules of a pack, as they are after reading: selectors, conditions, windows, amounts, the rules and the set
 * of them. */
#pragma once

#include "common/choice.h"
#include "daemon/rules/entry.h"

#include <stdbool.h>

enum rule_level { LEVEL_MUST, LEVEL_SHOULD, LEVEL_UNSURE };

/* As it is told. */
enum told_level rules_level(enum rule_level level);

/* A selector: every term holds, one of `any` does (if there are some), and `except` (if it is
 * there) does not. */
struct where_term {
	enum rule_attr attr;
	struct rule_words words; /* any of them */
};
struct where {
	const struct where_term *terms;
	size_t n;
	const struct where *except;
	const struct where *any;
	size_t any_count;
};

/* A question about a fact. Unknown facts make unknown answers. */
enum condition_op { IS, IS_NOT, BEFORE, FROM, AT_LEAST, AT_MOST };
struct condition {
	const char *fact; /* of the pack, or the word of an enum rule_known */
	enum condition_op op;
	struct rule_words words; /* IS, IS_NOT: any of them */
	civil_day day;		 /* BEFORE, FROM */
	int64_t number;		 /* AT_LEAST, AT_MOST; times CREDIT_ONE */
};
struct conditions { /* all hold; none: always */
	const struct condition *v;
	size_t n;
};

enum window_kind {
	WINDOW_PERIOD,
	WINDOW_EACH_YEAR,     /* from the first day of the period */
	WINDOW_EACH_CALENDAR, /* 1 January to 31 December */
	WINDOW_EACH_SCHOOL,   /* 1 July to 30 June */
	WINDOW_LAST,	      /* so many months, to the last day of the period */
	WINDOW_LAST_TO_NOW,   /* so many months, to the day of the question */
	WINDOW_BEFORE,	      /* the period and so many months before */
	WINDOW_SINCE_ISSUE,
	WINDOW_EVER,
	WINDOW_NTH,   /* every n-th period; else the rule does not apply */
	WINDOW_FIXED, /* the same days for all */
};
struct window {
	enum window_kind kind;
	int n; /* months, or n */
	struct period fixed;
	bool ending; /* EACH_CALENDAR, EACH_SCHOOL: whole years, those whose last day lies in the
			period */
	bool after_issue; /* of them those that end in a year after that of issue */
};

/* A day that is told by another: "period end + 3 months". */
struct rule_date {
	enum rule_anchor {
		AT_PERIOD_START,
		AT_PERIOD_END,
		AT_ISSUE,
		AT_FACT,
		AT_DAY_OF_YEAR, /* of the year in which the period ends */
	} anchor;
	const char *fact; /* AT_FACT: a date */
	int month, day;	  /* AT_DAY_OF_YEAR: one that every year has */
	int months, days; /* added, in this order */
	bool month_end;	  /* then moved to the last day of its month */
};

enum amount_kind {
	AMOUNT_FIXED,
	AMOUNT_OF_REQUIRED,
	AMOUNT_OF_COUNTED,
	AMOUNT_OF_NEED,
	AMOUNT_TABLE,
	AMOUNT_FACT,
	AMOUNT_PER_MONTH,	 /* for each active month of the period */
	AMOUNT_PER_MONTH_LAPSED, /* for each whole month since the period's end */
};

/* How active months are counted: whole ones from day to day, where those of each leave begin
 * with its first day; each of the calendar of which some day is active; or of which all are.
 * X(constant, word in a pack) */
#define RULE_MONTH_MAP(X)             \
	X(WHOLE, "month")             \
	X(CALENDAR, "calendar month") \
	X(FULL_CALENDAR, "full calendar month")

enum month_kind {
#define X(name, word) MONTH_##name,
	RULE_MONTH_MAP(X)
#undef X
		MONTH_KIND_COUNT
};

/* Of a fact that changed in the period. */
enum pick { PICK_LAST, PICK_LONGEST, PICK_HIGHEST };

struct amount_row {
	const char *word; /* folded; "" in the last row: otherwise */
	int64_t exact;
};
struct amount {
	enum amount_kind kind;
	int64_t exact;	    /* FIXED, PER_MONTH; otherwise of TABLE */
	struct ratio share; /* OF_...: less than or equal to one */
	size_t need;	    /* OF_NEED: index of the rule */
	const char *fact;   /* TABLE, FACT */
	const struct amount_row *rows;
	size_t n;
	enum pick pick;	       /* TABLE */
	enum month_kind month; /* PER_MONTH */
	int64_t most;	       /* PER_...; 0: no end */
};

enum measure {
	MEASURE_CREDIT,	    /* amounts */
	MEASURE_ACTIVITIES, /* entries */
	MEASURE_DISTINCT,   /* different words of `distinct` */
	MEASURE_UNIT,	    /* amounts in one of our units, worth something here or not */
};

enum rounding { ROUND_DOWN, ROUND_UP, ROUND_NEAREST };

enum { PER_SUBJECT = ATTR_COUNT + 1 };

/* What one entry is worth beyond its unit. */
struct worth_rule {
	struct ratio times; /* den 0: unchanged */
	int64_t fixed;	    /* 0: none; instead of what its unit says */
	int64_t least, floor,
		most;	     /* 0: none. Below least: nothing; below floor: raised */
	int64_t step, first; /* 0: none; multiples of step beyond first */
	enum rounding round;
	int per; /* the bounds and steps hold for all entries of the period together that have
		    the same word of this attribute; ATTR_COUNT: for each entry;
		    PER_SUBJECT: that have the same topic beyond those that the pack
		    lists, or where they have none, the same that it lists */
	bool once,
		once_ever; /* what has the same word of `once_by` counts once in the period,
				 or ever */
	int once_by; /* an attribute, such as the course; ATTR_COUNT: all that it takes */
	const struct where *only_if, *unless; /* NULL: none; else a gate */
};

/* What leaves a period for the next, beyond `most` (the rule's amount) and `where`. */
struct carry_part {
	int where;
	int64_t most;
};
struct carry {
	bool unbounded;	   /* no `most` */
	int earned_months; /* in the last so many months of the period; 0: in all of it */
	bool as_general;   /* what it was about is forgotten on the way */
	uint64_t serves_not; /* needs by index */
	bool block_if_used; /* nothing leaves a period that is met by carried hours only */
	const struct carry_part *parts; /* at most so much of some hours */
	size_t part_count;
};

/* Changes what needs ask of one person. */
struct adjust {
	const char *by; /* a fact that is a number; NULL: the active months */
	int64_t of; /* what that number is of, times CREDIT_ONE; 0: it scales nothing */
	int64_t each,
		less; /* for each so much of that number, times CREDIT_ONE, so much less is
			       asked for; each 0: it does not take off */
	int64_t less_most;	  /* in all at most so much less; 0: no end */
	enum month_kind month;	  /* how the active months are counted */
	int whole;		  /* they count in full groups of so many; 0: each */
	struct conditions active; /* months are active in which these hold */
	int shift_months;	  /* the period ends so much later; 0: it does not move */
	uint64_t only; /* needs by index; 0: all that name an amount of their own */
	int64_t step;  /* 0: no rounding but down to 1/3,600,000 */
	enum rounding round;
	int64_t floor_below, floor_is; /* less than that is this; 0: no floor */
};

enum { NO_RULE = -1, WHERE_ALL = -1 };

struct rule {
	const char *id, *title, *why; /* the last two may be NULL */
	const char *cite;	      /* its source's title; NULL if none */
	enum source_mark mark;
	int line; /* in its pack */
	enum rule_verb verb;
	enum rule_level level;
	struct conditions when, unless;
	civil_day from, until; /* in force, by `by`; DATE_NONE: open */
	enum rule_by { BY_PERIOD_START, BY_PERIOD_END, BY_ACTIVITY, BY_ISSUE, BY_NOW } by;
	int where; /* index of its selector, or WHERE_ALL */
	struct window window;
	struct amount amount; /* of a need or limit */
	enum measure measure; /* of a need */
	int64_t least; /* of a need: activities worth less are not counted; 0: none */
	enum rule_attr distinct;
	enum credit_unit unit; /* of a need that measures a unit */
	bool on_top;	       /* of a need: added to the total */
	int exclusive;	       /* of a need: number of its group from 1; 0: none */
	const struct rule_date
		*by_day; /* of a need: to be met by then; NULL: in its window */
	int64_t part; /* of a need: so much renews for `part_months` alone; 0: no part does */
	int part_months;
	int toward;	  /* of a limit: the need inside which alone it caps; NO_RULE */
	int alternatives; /* of a need: so many rules behind it are its alternatives */
	int alternatives_needed; /* how many of them must be met */
	bool is_alternative;	 /* it is one */
	bool routes; /* its alternatives are routes: the nearest of them is told, by its share */
	struct worth_rule worth; /* of a credit */
	const struct carry *carry;
	const struct adjust *adjust;
	const struct duty *duty;
};

/* A dated act without hours: it becomes an item of the credential. */
struct duty {
	enum duty_act act;
	const char *kind;	     /* of its item: "fee" for ACT_PAY */
	const struct rule_date *due; /* the later of these */
	size_t due_count;
	const struct rule_date *open;	    /* not before this day; NULL: at any time */
	const struct rule_date *late_until; /* days of grace; NULL: none */
	const char *fee;		    /* what it costs to be late; NULL: not told */
	bool fill_previous; /* hours of these days fill the period that is over first */
	int every_months;   /* again so long after it was done; 0: once in a period */
	int lasts_months;   /* what was done is good for so long; 0: not told */
};

/* More than any board has; they bound the cost of a verdict. */
enum { RULES_MAX = 60, WHERES_MAX = 60 };

/* What one of our units is worth in the pack's unit. den == 0: the pack does not count
 * that unit. */
struct ruleset {
	const char *unit; /* the pack's word for its unit, such as "clock hour" */
	struct ratio worth[UNIT_COUNT]; /* by enum credit_unit */
	bool has_total;			/* false: no hours are required */
	int64_t total;	/* the amount of the need that is the total, where it is fixed */
	bool own_total; /* the person gave it: it stands whatever the rule says */
	const char *total_id;	 /* its rule, such as "total" */
	const char *total_title; /* what it asks for, in words; NULL if the pack does not
				    say */
	const char *cite;	 /* its source's title; NULL if none */
	enum source_mark mark;
	int total_rule; /* its index, or NO_RULE */
	const struct rule *rules;
	size_t n;
	const struct where *wheres;
	size_t where_count;
	const struct rule_word *words; /* those the pack lists */
	size_t word_count;
	bool has_unsure;   /* some need, limit or credit is unsure, or hangs on a fact */
	bool asks;	   /* some rule asks about the person */
	bool asks_issue;   /* some rule goes by the day of issue */
	bool asks_further; /* some rule asks whether another credential comes before it */
	int reach; /* months before the period that some window sees; -1: all time */
	bool sees_after;  /* some window, or days of grace, lie behind the period */
	int early_months; /* hours of so many months before count in the first period */
	bool shared_once; /* an hour may serve one credential of this authority alone */
	struct suspension {
		const char *why; /* NULL: the rules are in force */
		const char *cite;
		enum source_mark mark;
		civil_day from, until;
		enum rule_by by;
	} suspended;
};
