/* Judgement: a cycle's rules and entries in, a verdict with reasons out. Pure: no clock,
 * no database, no failure; memory comes from the arena it is given, and everything it
 * needs was checked when the pack was loaded.
 *
 * Amounts are in 1/3,600,000 of the pack's unit (credit.h), counts of things are plain
 * numbers. The order of evaluation is
 *
 *   gate, unit, fixed/times, least/floor/most, step, once, limits, needs
 *
 * where a credit speaks of those parts of a split activity that its selector takes, as of
 * one amount. Where limits cross, or an hour may serve one need of several, the hours are
 * chosen so that the least is missing (rules_choose.c). */
#pragma once

#include "common/arena.h"
#include "common/choice.h"
#include "common/credit.h"
#include "common/date.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- what is judged ------------------------------------------------------------------- */

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

/* A fact, the day from which it holds (DATE_NONE: it always did), and the last day on which it
 * does (DATE_NONE: until another value follows). */
struct rule_fact {
	const char *name, *value;
	civil_day from, to;
};

/* What only the person knows, and what the calendar says. */
struct rule_facts {
	const struct rule_fact *named; /* one name may have several, of different days */
	size_t n;
	struct rule_words endorsements;
	const char *level; /* of the credential; NULL: not told */
	civil_day issued;  /* DATE_NONE: not told */
	int period_number; /* 1 for the first whole one; 0: not known */
	const struct period
		*leaves; /* pauses, the earliest first; none overlaps another */
	size_t leave_count;
	bool has_months; /* the active months are told, and not to be counted */
	int months_active;
	bool lapsed;	   /* the period is over, and none was begun after it */
	int months_lapsed; /* whole months since then */
};

/* ---- rules ---------------------------------------------------------------------------- */

enum rule_level { LEVEL_MUST, LEVEL_SHOULD, LEVEL_UNSURE };

/* As it is told. */
enum told_level rules_level(enum rule_level level);

/* A selector: every term holds, and `not` (if any) does not. */
/* A selector: every term holds, one of `any` does (if there are some), and `not` (if it is
 * there) does not. */
struct where_term {
	enum rule_attr attr;
	struct rule_words words; /* any of them */
};
struct where {
	const struct where_term *terms;
	size_t n;
	const struct where * not ;
	const struct where *any;
	size_t any_count;
};

/* What is known of everybody: the conditions and tables of a pack may ask for it as for
 * the facts that the pack declares. */
#define RULE_KNOWN_MAP(X)                 \
	X(ISSUED, "issued")               \
	X(LEVEL, "level")                 \
	X(ENDORSEMENT, "endorsement")     \
	X(PERIOD_NUMBER, "period number") \
	X(LAPSED, "lapsed")               \
	X(MONTHS_LAPSED, "months lapsed")

/* A question about a fact. Unknown facts make unknown answers. */
enum condition_op { IS, IS_NOT, BEFORE, FROM, AT_LEAST, AT_MOST };
struct condition {
	const char *fact; /* or one of RULE_KNOWN_MAP */
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

enum rule_verb {
	RULE_NEED,
	RULE_LIMIT,
	RULE_CREDIT,
	RULE_CARRY,
	RULE_ADJUST,
	RULE_DUTY,
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
	bool once, once_ever; /* the same course counts once in the period, or ever */
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
	const char *by;		  /* a fact that is a number; NULL: the active months */
	int64_t of;		  /* what that number is of, times CREDIT_ONE */
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
	const char *cite, *mark;      /* of its source; NULL if none */
	int line;		      /* in its pack */
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
		*by_day;  /* of a need: to be met by then; NULL: in its window */
	int toward;	  /* of a limit: the need inside which alone it caps; NO_RULE */
	int alternatives; /* of a need: so many rules behind it are its alternatives */
	int alternatives_needed; /* how many of them must be met */
	bool is_alternative;	 /* it is one */
	struct worth_rule worth; /* of a credit */
	const struct carry *carry;
	const struct adjust *adjust;
	const struct duty *duty;
};

/* A dated act without hours: it becomes an item of the credential. */
struct duty {
	const char *act, *kind;	     /* "pay", and what kind of item that is: "fee" */
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
	const char *cite, *mark; /* its source's title and mark; NULL if none */
	int total_rule;		 /* its index, or NO_RULE */
	const struct rule *rules;
	size_t n;
	const struct where *wheres;
	size_t where_count;
	const struct rule_word *words; /* those the pack lists */
	size_t word_count;
	bool has_unsure; /* some need, limit or credit is unsure, or hangs on a fact */
	bool asks;	 /* some rule asks about the person */
	bool asks_issue; /* some rule goes by the day of issue */
	int reach; /* months before the period that some window sees; -1: all time */
	bool sees_after;  /* some window, or days of grace, lie behind the period */
	int early_months; /* hours of so many months before count in the first period */
	bool shared_once; /* an hour may serve one credential of this authority alone */
	struct suspension {
		const char *why; /* NULL: the rules are in force */
		const char *cite, *mark;
		civil_day from, until;
		enum rule_by by;
	} suspended;
};

/* ---- a verdict ------------------------------------------------------------------------ */

/* A need or a limit in one of its windows is an instance. Number 0 is the period itself,
 * without a rule. */
struct judged_instance {
	const struct rule *rule;
	struct period window; /* open ends are DATE_NONE */
};

/* A set of instances, by number. */
enum { INSTANCES_MAX = 256, INSTANCE_WORDS = INSTANCES_MAX / 64 };
struct instance_set {
	uint64_t bits[INSTANCE_WORDS];
};

static inline bool set_has(const struct instance_set *s, size_t i)
{
	return s->bits[i / 64] >> (i % 64) & 1;
}

static inline void set_add(struct instance_set *s, size_t i)
{
	s->bits[i / 64] |= UINT64_C(1) << (i % 64);
}

enum judged {
	JUDGED_MET,
	JUDGED_SO_FAR, /* met in the year of the day, and open in one to come */
	JUDGED_SHORT,
	JUDGED_MISSED, /* its window is over, and it was short */
	JUDGED_UNDECIDED,
	JUDGED_NOT_APPLYING,
};

/* A year to come of a need that is asked for in each. */
struct judged_year {
	struct period window;
	int64_t have, need, missing; /* as of the need */
};

/* A need as judged. One that is asked for in each year is judged once for each year that was
 * missed, and once for the year that the day lies in, with those to come. */
struct judged_need {
	const struct rule *rule;
	const struct rule
		*measured; /* have, need and missing are by its measure: the rule's
					own, or that of its nearest alternative */
	enum judged state;
	int64_t have, need, missing; /* amounts, or counts */
	struct period window;	     /* the days it looks at */
	const char *why;	     /* undecided, not applying; in the arena */
	const struct rule *adjusted; /* by this rule, from `asked`; NULL: it is not */
	int64_t asked;
	struct instance_set
		in; /* it was judged in these: its own, or those of its alternatives */
	struct judged_year *coming; /* years to come of which something is missing */
	size_t coming_count;
};

/* A limit that is in force. */
struct judged_limit {
	const struct rule *rule;
	int64_t most, logged, used; /* used = min(most, logged) unless limits cross */
	struct period window;
	size_t instance;
};

/* Where one entry, or part of one, went. value = counted + cut; 0 for what is refused and
 * for what is held back. */
struct judged_part {
	int64_t id;
	int64_t value;	 /* its worth in the pack's unit, before limits */
	int64_t counted; /* of it */
	int64_t of_total; /* of what counts: towards the total, or the period without one */
	int64_t base;	  /* its worth by its unit alone */
	const struct rule *rule; /* what cut, refused or changed it; NULL: nothing did */
	uint64_t changed; /* the credits that changed its worth, a bit for each rule */
	const struct rule
		*unknown; /* a gate that let it pass because the board's word on it
				       is not known; NULL: none */
	enum part_state {
		PART_COUNTED,
		PART_CUT, /* some of it, or all, by a limit */
		PART_REFUSED, /* by a gate, by `least`, as worth nothing or as done once already */
		PART_UNIT,    /* its unit is worth nothing here */
		PART_OUTSIDE, /* its day lies outside the period */
		PART_CARRIED, /* brought over from the period before, and counted as far as
				 limits let it */
		PART_LATE, /* the same of what was done in the days of grace of the period */
	} state;
	int64_t held_back; /* of what it is worth: used by the period before */
	struct instance_set
		in;    /* the needs that it serves, or would if limits let it, and
				   the limits it comes under */
	size_t cut_by; /* PART_CUT, PART_CARRIED, PART_LATE: the instance that took
			      something of it; 0: none alone */
	size_t again; /* refused as done already: the entry of the course that counts, its
			 index plus one; 0: it is not that */
};

struct verdict {
	struct period
		span;	/* the days whose hours are of the period: early ones and those of
			       grace too */
	int64_t logged; /* all entries of the period by unit alone */
	int64_t counted;
	int64_t required;      /* 0 when none is */
	int64_t remaining;     /* of the total; 0 when met or when none is required */
	int64_t carried;       /* of what counted: brought over from the period before */
	int64_t held_back;     /* of what was logged: used by the period before */
	const char *exempt;    /* why no total applies to this person; NULL: one does */
	const char *suspended; /* why the rules are not in force; NULL: they are */
	const struct rule *late;  /* the duty that gives days of grace; NULL: none */
	civil_day late_until;	  /* the last of them */
	const struct rule *shift; /* the rule that moves the period's end; NULL: none */
	int shift_months;
	bool met; /* the total, and every need that is a must, in years to come too */
	bool total_met;
	bool undecided; /* it hangs on a rule that is unsure, or a fact that is unknown */
	int64_t otherwise; /* counted, if the rules that are unsure do not hold */
	int64_t not_counted[UNIT_COUNT]; /* logged in units the pack does not count, in
					    those units */
	struct judged_need *needs;
	size_t need_count;
	struct judged_limit *limits;
	size_t limit_count;
	struct judged_part *parts;		 /* one for each entry, if asked for */
	const struct judged_instance *instances; /* with the parts */
	size_t instance_count;
	size_t total; /* the instance that is the total; 0: none is */
};

struct rules_case {
	const struct ruleset *rules;
	struct period period; /* either end may be DATE_NONE */
	civil_day day;	      /* today, as far as the verdict is concerned */
	const struct rule_facts *facts;
	const struct entry_class *classes;
	size_t class_count;
	const struct entry *entries; /* of the period, and those its windows reach */
	size_t n;
	const struct held_back *held_back; /* few */
	size_t held_back_count;
	bool closed; /* the period is over and was renewed: nothing more flows into it */
	bool parts;  /* fill in verdict.parts */
};

void rules_evaluate(const struct rules_case *c, struct arena *a, struct verdict *ret);

/* The rules that hold in the reading to plan for, a bit for each: what is not sure asks for hours
 * and cuts them, and saves none. Other rules have their bit too. */
uint64_t rules_certain(const struct rules_case *c, struct arena *a);

/* Whether a need asks for the hours of a period as a whole, and so may be its total. */
bool rules_may_be_total(const struct rule *r);

/* Whether it holds in each year by itself. */
bool rules_each_year(const struct rule *r);

/* What one amount is worth by its unit; false if the pack does not count its unit. */
bool rules_worth(const struct ruleset *r, enum credit_unit unit, int64_t amount,
		 int64_t *ret);

/* The days that some window sees: the first and the last of them. DATE_NONE where there is
 * no end to them. */
struct period rules_reach(const struct ruleset *r, struct period period);

/* The day a rule's date stands for; DATE_NONE where a fact or a date is missing. */
civil_day rules_day(const struct rules_case *c, const struct rule_date *d,
		    struct arena *a);

/* ---- duties ------------------------------------------------------------------------------ */

/* Whether a duty is asked of this person: JUDGED_SHORT where it is; JUDGED_NOT_APPLYING
 * and JUDGED_UNDECIDED, with *ret_why. */
enum judged rules_duty(const struct rules_case *c, const struct rule *r, struct arena *a,
		       const char **ret_why);

/* The day by which it is: the later of those it names and that are known; DATE_NONE where
 * none is. */
civil_day rules_due(const struct rules_case *c, const struct duty *d, struct arena *a);

/* ---- carry-over -------------------------------------------------------------------------- */

/* A part of an entry, and how much of it, in the pack's unit. */
struct carried_part {
	size_t entry; /* its index in the case */
	int64_t amount;
};

struct carry_out {
	const struct rule *rule; /* the rule of carry-over; NULL: the pack has none */
	int64_t surplus;	 /* counted beyond what is required */
	int64_t amount;		 /* of that, what goes on */
	const char *why;	 /* why nothing goes on, or less than the surplus; NULL */
	struct carried_part *parts; /* the latest first; hours that are used up stay */
	size_t n;
};

/* What leaves a period that ends as it stands. */
void rules_carry_out(const struct rules_case *c, struct arena *a, struct carry_out *ret);

/* What of the hours done in the days of grace a period needs for itself. */
void rules_fill_late(const struct rules_case *c, struct arena *a, struct carry_out *ret);

/* A word as selectors compare it. */
const char *rules_fold(const char *word, struct arena *a);

/* Whether a selector takes entries of this class. */
bool rules_where(const struct where *w, const struct entry_class *class);

/* ---- pace: what an even pace would have, from days alone --------------------------------- */

struct pace_days {
	int64_t length;	 /* days of the cycle, pauses left out */
	int64_t elapsed; /* of those, before today; 0 to length */
	int64_t left;	 /* days from today to the last, 0 when over */
};

struct pace_verdict {
	int64_t expected;   /* required * elapsed / length, rounded down */
	int64_t difference; /* counted - expected */
	int64_t per_month;  /* remaining / months left, at most all of it; a month is 1/12
			       of 365.2425 days */
	int64_t so_far;	    /* counted / months elapsed; 0 on the first day */
	int64_t projected;  /* short on the last day at that rate, 0 or more */
};

/* Without a total required, all zero. */
void rules_pace(const struct verdict *v, const struct pace_days *days,
		struct pace_verdict *ret);
