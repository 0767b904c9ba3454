/* What the steps of one evaluation share. */
#pragma once

#include "daemon/rules/rules.h"

/* A need or a limit in one of its windows. Number 0 is the period itself, without a rule. */
struct instance {
	const struct rule *rule;
	struct period window; /* open ends are DATE_NONE */
	int64_t amount; /* needed, or at most; of a share of what counts: of what does */
	bool unknown;	/* a fact is missing, see `why` */
	bool no_amount; /* and the amount hangs on it */
	const char *why;
	int64_t have;	/* of a need: what counts toward it, or how many things */
	int64_t logged; /* of a limit: what it would have to take in */
	bool full;	/* of a limit: it has no room left */
};

/* All entries of which the same needs and limits speak: nothing tells them apart. */
struct cell {
	struct instance_set in;
	int64_t available, counted;
	int64_t of_total; /* of what counts: toward the total */
};

enum answer { NO, YES, UNKNOWN };

/* The credits that take a class of entries, a bit for each rule. */
struct class_credits {
	uint64_t taken;
	uint64_t shut;	 /* of them: whose gate refuses it */
	uint64_t untold; /* of them: whose gate hangs on what nobody told */
};

/* Of the rules that are not sure those that hold, a bit for each rule. */
typedef uint64_t reading;
#define READING_ALL  UINT64_MAX
#define READING_NONE UINT64_C(0)

struct judgement {
	const struct rules_case *c;
	struct arena *a;
	reading holds; /* of the rules that are unsure, and those whose facts are missing */
	struct period span;	  /* the days whose hours count in the period */
	civil_day grace_until;	  /* the last day of grace; DATE_NONE: there are none */
	const struct rule *total; /* the need that is the total here; NULL if none is */
	const char *exempt;	  /* why none is, where the pack has one */
	int64_t required;
	const struct rule **adjusted; /* by rule: what adjusted it; NULL: nothing */
	int64_t *asked;		      /* by rule: before that */
	struct instance *instances;
	size_t n;
	bool full;		    /* some window found no room among them */
	struct instance_set *takes; /* by class: the instances whose selector takes it */
	struct class_credits *credits; /* by class */
	civil_day *edges;	       /* first days of the segments of time, ascending */
	struct instance_set *live; /* by segment: the instances whose window holds it */
	size_t segments;
	int32_t *cell_of; /* by class and segment; -1: none yet */
	struct cell *cells;
	size_t cell_count;
	size_t *segment_of;  /* by entry */
	int32_t *entry_cell; /* by entry; -1: nothing of it counts */
	int64_t *value;	     /* by entry: its worth before limits */
};

static inline bool is_limit(const struct instance *i)
{
	return i->rule && i->rule->verb == RULE_LIMIT;
}

/* The need inside which alone a limit caps; NULL for other limits. */
static inline const struct rule *need_of(const struct judgement *j,
					 const struct instance *limit)
{
	return limit->rule->toward == NO_RULE ? NULL
					      : &j->c->rules->rules[limit->rule->toward];
}

/* Whether hours of a cell count beside a limit that is a share of what counts, such as "at most half of all hours by
 * reading": they lie in its window and make the share larger, and are not of the kind that it limits. Instance `limit` is
 * the limit itself; the instance behind it (limit + 1) takes all hours of the same window. */
static inline bool beside(const struct judgement *j, const struct cell *cell,
			  size_t limit)
{
	return !set_has(&cell->in, limit) && set_has(&cell->in, limit + 1) &&
	       j->n > limit + 1;
}

/* ---- when.c: facts ---- */

/* Whether a rule holds for this person in this period; *ret_why says which fact is
 * missing, or why it does not apply. */
enum answer rule_applies(const struct judgement *j, const struct rule *r,
			 const char **ret_why);

/* The same on one day. */
enum answer rule_applies_on(const struct judgement *j, const struct rule *r,
			    civil_day day, const char **ret_why);

/* "it needs to know: employment" */
const char *rules_unknown(const struct judgement *j, const char *fact);

/* The value of a fact on a day, folded; NULL if it is not told. Without a day: that of the
 * question, or the last of the period once that is over. */
const char *when_fact_on(const struct judgement *j, const char *name, civil_day day);
const char *when_fact(const struct judgement *j, const char *name);

/* Whether conditions hold on a day; *ret_which is the one that does not, or is not known. */
enum answer when_all_hold(const struct judgement *j, const struct conditions *all,
			  civil_day day, const struct condition **ret_which);

/* Whether a rule, or the suspension of all rules, is in force. */
enum answer when_dates_hold(const struct judgement *j, civil_day from, civil_day until,
			    enum rule_by by);

/* ---- adjust.c ---- */

/* What a need asks of this person. */
int64_t adjust_amount(struct judgement *j, const struct rule *need, int64_t asked);

/* The rule that moves the end of the period. */
void adjust_shift(struct judgement *j, struct verdict *v);

/* The year in which the period ends; 0: not known. */
int when_expiry_year(const struct judgement *j);

/* A fact that is a number, times CREDIT_ONE. */
bool when_fact_number(const struct judgement *j, const char *name, int64_t *ret);

/* The spelling that the pack lists first, where a word is another one of it. */
const char *when_spelled(const struct judgement *j, enum rule_attr attr,
			 const char *word);

/* ---- months.c ---- */

/* The months of the period that are active, of those in which the conditions hold; false
 * where the period has no ends. */
bool months_of_active(const struct judgement *j, const struct conditions *active,
		      enum month_kind kind, int *ret);

/* ---- amount.c ---- */

/* An amount, and that of a need after all that adjusts it. False where a fact is missing. */
bool amount_of(struct judgement *j, const struct amount *m, int64_t *ret);
bool amount_of_need(struct judgement *j, const struct rule *r, int64_t *ret);

/* Which need is the total, what it asks for, and what needs on top of it add. */
void amount_required(struct judgement *j);

/* Whether a rule holds if it is one that is not sure. */
static inline bool holds_if_unsure(const struct judgement *j, const struct rule *r)
{
	return j->holds >> (r - j->c->rules->rules) & 1;
}

/* A rule that does not count where rules that are not sure are left out. */
static inline bool is_unsure(const struct judgement *j, const struct rule *r,
			     enum answer applies)
{
	return !holds_if_unsure(j, r) && (r->level == LEVEL_UNSURE || applies == UNKNOWN);
}

/* ---- window.c ---- */

/* Fills in span, instances, required, edges and live. */
void window_judge(struct judgement *j, struct verdict *v);

static inline bool in_span(const struct judgement *j, civil_day day)
{
	return (j->span.from == DATE_NONE || day >= j->span.from) &&
	       (j->span.to == DATE_NONE || day <= j->span.to);
}

/* The day the verdict speaks of: that of the question, the last of a period that is over, or
 * the first of one that has not begun. */
static inline civil_day judged_day(const struct judgement *j)
{
	civil_day day = j->c->day, from = j->c->period.from, to = j->c->period.to;

	if (to != DATE_NONE && to < day)
		return to;
	return from != DATE_NONE && from > day ? from : day;
}

/* ---- tally.c: what entries of one word come to together ---- */

/* Whether a credit speaks of what was done on that day. */
static inline bool is_live(const struct rule *r, civil_day day)
{
	return r->by != BY_ACTIVITY || ((r->from == DATE_NONE || day >= r->from) &&
					(r->until == DATE_NONE || day <= r->until));
}

/* What was seen of one word under one rule: of a course that counts once, that it was; of
 * bounds on all entries together, what they came to so far. */
struct tally {
	const struct rule *rule;
	const char *word;
	int64_t sum;
	size_t entry; /* by which it was begun */
	int64_t beside; /* the sum with those hours without a subject that may be of this one; for hours without a
			   subject, the sum with the subject that they may be of; 0: there are no such hours */
	const char *
		joins; /* for hours without a subject: the subject that they are counted to; NULL: none */
};

/* The word of an entry for a tally of its period: what holds for all entries of a period
 * together holds for those of each period before it, so that these have the number of
 * theirs with it. NULL behind the period, and where periods have no ends. */
const char *tally_word(const struct judgement *j, const char *word, civil_day day);

/* Zeroed: empty. */
struct tallies {
	struct tally *slots; /* by hash; rule NULL: free */
	size_t room, n;
};

/* The tally of a word under a rule, begun by `entry` where there is none. Borrowed until the
 * next call. */
struct tally *tally_of(struct tallies *all, const struct rule *r, const char *word,
		       size_t entry, struct arena *a);

/* That of a word that was told of already; NULL if it was not. */
const struct tally *tally_find(const struct tallies *all, const struct rule *r,
			       const char *word);

/* Whether a rule asks for the least of what all entries of one word come to. */
bool tally_asks(const struct rule *r);

/* The word by which a rule bounds an entry together with others: the first it has; NULL if
 * it has none, or the rule bounds each entry by itself. */
const char *tally_word_of(const struct judgement *j, const struct rule *r, size_t entry);

/* Adds up `value` of each period by each word under rules that ask for the least of it
 * together. */
void tally_together(const struct judgement *j, struct tallies *all);

/* The most that any word of an entry comes to; its own worth if it has none. */
int64_t tally_most(const struct judgement *j, struct tallies *together,
		   const struct rule *r, size_t entry);

/* ---- class.c: what selectors see ---- */

/* Fills in takes and credits, of the classes that some entry is of. */
void class_judge(struct judgement *j);

bool class_is_carried(const struct entry_class *class);

/* Behind the last part of the activity that begins at an entry. What was carried over is
 * judged part by part. */
static inline size_t activity_end(const struct judgement *j, size_t from)
{
	const struct entry *first = &j->c->entries[from];
	size_t to = from + 1;

	while (to < j->c->n && first->unit != UNIT_CARRIED &&
	       j->c->entries[to].id == first->id &&
	       j->c->entries[to].done_on == first->done_on)
		to++;
	return to;
}

/* ---- worth.c: what entries are worth ---- */

/* Fills in value; `parts` may be NULL. */
void worth_judge(struct judgement *j, struct verdict *v, struct judged_part *parts);

/* ---- cell.c: where they go ---- */

/* Fills in entry_cell, the cells, and `have` of needs that count things. */
void cell_places(struct judgement *j);

/* ---- choose.c, choose_among.c: which hours count ---- */

/* Fills in what of each cell counts, and `have` of needs and `logged` and `full` of
 * limits. */
void choose_limits(struct judgement *j);

/* Hours that may leave the period, all of one cell: nothing tells them apart there. */
struct leaving {
	size_t cell;
	uint64_t parts; /* of the rule of carry-over, that take them */
	int64_t most;	/* there is so much of them */
	int64_t late;	/* of two the one with the higher number goes first */
	int64_t goes;	/* the answer */
	int column;
};

struct leave {
	struct leaving *v;
	size_t n;
	int64_t room; /* so much may go in all */
	const int64_t *part_room;
	size_t part_count;
};

/* How much of each may leave, in all as much as can be, so that every need keeps its
 * `amount`; of each cell there is what is available. The judgement is not to be used for
 * anything else then. False if the numbers are too large for an answer. */
bool choose_leaving(struct judgement *j, struct leave *leave);

/* The instance that is the total; 0: none is. */
static inline size_t total_instance(const struct judgement *j)
{
	for (size_t i = 1; j->total && i < j->n; i++)
		if (j->instances[i].rule == j->total)
			return i;
	return 0;
}

/* ---- need.c ---- */

/* Fills in `have` of needs that count neither credit nor activities. */
void need_things(struct judgement *j);

/* Needs, limits and the total. */
void need_judge(struct judgement *j, struct verdict *v);

/* ---- rules.c ---- */

/* Windows and cells, with nothing chosen yet. */
void rules_cells(const struct rules_case *c, struct arena *a, reading holds,
		 struct judgement *ret, struct verdict *v);

/* All of it: the verdict, and what it was found with; with all that is not sure, or without. */
void judge_reading(const struct rules_case *c, struct arena *a, reading holds,
		   struct judgement *ret, struct verdict *v);
void rules_judge(const struct rules_case *c, struct arena *a, bool with_unsure,
		 struct judgement *ret, struct verdict *v);

/* ---- readings.c: rules that are not sure ---- */

/* Looks at other readings than the one of `j` and `ret`, in which all of them hold. */
void judge_readings(const struct judgement *j, struct verdict *ret);

/* ---- arithmetic that ends at the ends of int64_t ---- */

static inline int64_t saturated(int128 v)
{
	if (v > INT64_MAX)
		return INT64_MAX;
	return v < INT64_MIN ? INT64_MIN : (int64_t)v;
}

/* a * b / c, rounded down, for b >= 0 and c > 0. */
static inline int64_t scaled(int64_t a, int64_t b, int64_t c)
{
	int64_t small;

	/* Most amounts are small, and dividing 128 bits is slow. */
	if (a >= 0 && !__builtin_mul_overflow(a, b, &small))
		return small / c;
	int128 product = (int128)a * b;
	int128 q = product / c;
	return saturated(product % c < 0 ? q - 1 : q);
}

static inline int64_t added(int64_t a, int64_t b)
{
	int64_t sum;

	if (!__builtin_add_overflow(a, b, &sum))
		return sum;
	return a < 0 ? INT64_MIN : INT64_MAX;
}
