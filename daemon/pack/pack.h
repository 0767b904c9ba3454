/* Rules packs: YAML read by schema into immutable structs. A word of the vocabulary that
 * this version does not know yet is refused by name. Every refusal names file, line and
 * key, and the nearest known word. */
#pragma once

#include "common/arena.h"
#include "common/date.h"
#include "common/err.h"
#include "common/fact.h"
#include "common/paths.h"
#include "common/yaml.h"
#include "daemon/rules/rules.h"

/* A text of this size fits into one request, so that it can be checked before it is used. */
enum { PACK_SIZE_MAX = YAML_SIZE_MAX };

struct pack_source {
	const char *id, *title, *url;
	enum source_mark mark;
};

/* A worked example: a record, and what its author says that the rules make of it. */
struct example_part {
	const char *topic;
	int64_t exact; /* in the unit of the whole */
};
struct example_entry {
	struct credit credit; /* unit NULL where it was carried over: in the pack's */
	bool carried;
	const struct example_part *parts;
	size_t part_count;
	civil_day done_on; /* DATE_NONE: the first day of the period */
	const char *kind, *format, *role, *provider, *course, *approval;
	struct texts topics;
	bool duty;
};

enum expected {
	EXPECT_COUNTED,
	EXPECT_LOGGED,
	EXPECT_REQUIRED,
	EXPECT_OTHERWISE,
	EXPECT_MET,
	EXPECT_CARRY, /* what may go on to the next period */
	EXPECT_LATE,  /* what of the hours done in days of grace the period needs */
	EXPECT_EXEMPT,
	EXPECT_SUSPENDED,
	EXPECT_SHORT_TERM, /* a part is enough for a shorter term */
	/* From here on each is about rules: one without a rule says that those which follow
	 * are all there are. */
	EXPECT_SHORT,
	EXPECT_MISSED,
	EXPECT_COMING, /* in years to come */
	EXPECT_CUT,
	EXPECT_REFUSED,
	EXPECT_UNDECIDED,
	EXPECT_NOT_APPLYING,
	EXPECT_DUE,
	EXPECT_GRACE, /* the last day of grace for the hours */
	EXPECT_ENDS,  /* the last day that the calendar proposes */
};

struct expectation {
	enum expected what;
	const struct rule *rule; /* NULL: see above */
	int64_t exact;
};

struct pack_example {
	const char *name;
	int line;
	const struct pack *pack; /* while it is read */
	struct period period;
	civil_day issued, day; /* DATE_NONE: not told; the last day of the period */
	const char *level;
	struct texts endorsements;
	const struct rule_fact *facts;
	size_t fact_count;
	int period_number, months_active; /* 0, -1: not told */
	bool further; /* another credential of the authority comes before it */
	const struct period *leaves;
	size_t leave_count;
	const struct example_entry *entries;
	size_t entry_count;
	const struct expectation *expected;
	size_t expected_count;
};

/* Where a cycle ends: `length` months behind the first anchor day on or after the day before
 * the one of issue, and so forth, so that what is issued on the day behind an anchor begins
 * its first cycle that day. An end on the last day of a month stays on the last day, however
 * long the month is. */
enum pack_anchor {
	ANCHOR_NONE,  /* the person says */
	ANCHOR_ISSUE, /* the day before the one of issue, so that a cycle begins on its
			 anniversary */
	ANCHOR_ISSUE_MONTH_END,
	ANCHOR_DAY,	     /* a day of the year, such as 06-30 */
	ANCHOR_MONTH_END_OF, /* the last day of the month in fact `fact`, moved by
				`offset_months` */
	ANCHOR_DAY_OF,	     /* the day of the year in fact `fact`, such as a birthday */
};

/* What a word of a fact stands for. */
struct calendar_row {
	const char *word; /* folded; "" for all */
	int value;	  /* months; of a phase 1 for odd years, 0 for even ones */
};

struct pack_calendar {
	int length_months;	 /* 0: the pack has no cycle of its own */
	const char *length_fact; /* NULL: the length is the same for all */
	const struct calendar_row *lengths;
	size_t length_count;
	enum pack_anchor anchor;
	int month, day; /* ANCHOR_DAY */
	/* ANCHOR_DAY: cycles that begin from a day on end on another one; month 0: none do */
	civil_day changed_from;
	int changed_month, changed_day;
	const char *fact; /* ANCHOR_MONTH_END_OF, such as "birth month"; ANCHOR_DAY_OF */
	int offset_months;
	const char *phase_fact;		   /* NULL: the same years for all */
	const struct calendar_row *phases; /* cycles end in these years only */
	size_t phase_count;
	bool has_first;	  /* the first cycle has a length of its own, */
	int first_months; /* from the first anchor day on; 0: it ends there */
	const char
		*follows; /* the pack of a credential with which cycles end; NULL: none */
	bool leap_march;  /* 29 February is 1 March in common years, else 28 February */
	const struct period
		*periods; /* instead of all that, where the board lists them */
	size_t period_count;
};

/* A level that ends: while `fact` has the value `is`, and all of `rules` are met or done when a
 * cycle is renewed, the next cycle begins with the value `then`. */
struct pack_level {
	const struct pack_fact *fact; /* a choice that holds for ever */
	const char *is, *then;	      /* two of its values */
	uint64_t rules;		      /* needs and duties, a bit for each by index */
};

struct pack {
	const char *id, *version, *title, *authority,
		*jurisdiction; /* the last two may be NULL */
	const char
		*note; /* what the pack does not say yet, for the person; NULL if none */
	struct texts professions;
	civil_day read;
	struct period in_force; /* open ends are DATE_NONE */
	const struct pack_source *sources;
	size_t source_count;
	const struct pack_fact *facts;
	size_t fact_count;
	struct pack_calendar calendar;
	const char *remind_before,
		*remind_after; /* days, as "90d, 30d"; NULL: as is usual */
	struct rule_word *words;
	size_t word_count;
	struct ruleset rules;
	const struct pack_level *levels;
	size_t level_count;
	const struct pack_example *examples;
	size_t example_count;
	const char *layer; /* "shipped", "system", "own"; "pinned" when read back from the
			      database */
	const char *text;  /* the whole pack: the file as read; of an overlay, what it and
			     its base make together */
	size_t text_len;
	const char *source; /* the file as read, of an overlay too */
	size_t source_len;
	const struct pack *base; /* what it extends; NULL if it is no overlay */
};

/* Reads a pack from a text that needs no other: one that pdh made, or kept when a cycle
 * began. It stays readable where a later version asks more of what people write. `name` is
 * for messages. Everything lives in the arena. -PDH_REFUSED with one sentence. */
int pack_parse(const char *text, size_t n, const char *name, struct arena *a,
	       struct pack *ret, struct err *e);

/* Where overlays find what they extend: the pack `id` for the overlay `from`. Negative with
 * the rest of a sentence that names the overlay. */
struct pack_bases {
	int (*find)(void *data, const char *id, const char *from, const struct pack **ret,
		    struct err *e);
	void *data;
};

/* Reads what a person wrote, which may be an overlay (read/extend.h). `name` is usually the
 * file's path. The base stays borrowed. */
int pack_parse_written(const char *text, size_t n, const char *name,
		       const struct pack_bases *bases, struct arena *a, struct pack *ret,
		       struct err *e);

/* A pack for a board without one. */
struct pack_own {
	const char *id, *title, *jurisdiction; /* the last may be NULL */
	int64_t required;		       /* of hours; <= 0: none */
	int months;			       /* of a cycle; 0: none */
	/* As typed: "3 ethics", "2 ethics each year", "20% self-study", "10 presenting". A word
	 * is a topic in a need and a kind in a limit unless topic:, kind: or format: stands
	 * before it. */
	const struct texts *needs, *limits; /* NULL: none */
};

/* Its text. -PDH_USAGE where a need or limit cannot be read: it names the field. */
int pack_own_text(struct arena *a, const struct pack_own *o, const char **ret,
		  struct err *e);

/* The packs of all layers, read when first asked for. A pack that cannot be read hides
 * nothing: it is a problem to show, and the same pack of an earlier layer stays in use.
 */
struct pack_library;

struct pack_library *pack_library_new(const struct pack_layer layers[PATH_PACK_LAYERS]);

/* Another of the same folders, of which nothing was read yet; for another thread. */
struct pack_library *pack_library_like(const struct pack_library *l);
void pack_library_free(struct pack_library *l); /* accepts NULL */

/* Forgets what was read, so that the next question reads the folders again (SIGHUP). */
void pack_library_reload(struct pack_library *l);

/* The pack of this name. -PDH_NOT_FOUND with the nearest name, or -PDH_REFUSED if its
 * only file is broken. Borrowed until the next reload. */
int pack_library_find(struct pack_library *l, const char *id, const struct pack **ret,
		      struct err *e);

/* All packs, by name, and all problems. Borrowed until the next reload. */
void pack_library_all(struct pack_library *l, const struct pack *const **ret,
		      size_t *ret_n, struct texts *ret_problems);

/* What is wrong with the person's own packs. Reads no other layer. */
void pack_library_own_problems(struct pack_library *l, struct texts *ret);

/* Reads a text as if it were the file of a pack of the person's own, `name` in messages.
 * It lives in the arena, what it extends until the next reload. */
int pack_library_parse(struct pack_library *l, const char *text, const char *name,
		       struct arena *a, struct pack *ret, struct err *e);

/* The usable packs of that name, the one in use first, then those it hides. */
struct pack_stack {
	const struct pack *v[PATH_PACK_LAYERS];
	size_t n;
};
void pack_library_stack(struct pack_library *l, const char *id, struct pack_stack *ret);

/* The folder of the person's own packs. */
const char *pack_library_own_folder(const struct pack_library *l);

/* What ends a level, in words. */
const char *pack_level_text(const struct pack *p, const struct pack_level *l,
			    struct arena *a);

/* ---- calendar --------------------------------------------------------------------------- */

/* What people read for each value of a choice, in their order; not given for other facts. */
struct texts pack_fact_labels(const struct pack_fact *f, struct arena *a);

/* The fact of this name, whatever its case. -PDH_USAGE names those the pack asks for. */
int pack_fact_find(const struct pack *p, const char *name, struct arena *a,
		   const struct pack_fact **ret, struct err *e);

/* The last day on which a value holds that is told from a day on (DATE_NONE: from the first
 * cycle on), by what its pack says about the fact (NULL: nothing). `cycles` are those of the
 * credential, the earliest first. DATE_NONE: it holds until another follows. */
civil_day pack_fact_end(const struct pack_fact *f, const struct period *cycles, size_t n,
			civil_day from);

/* From which day a value holds that is told on `day` without one: of the last cycle or the
 * year in it. DATE_NONE: it always did. */
civil_day pack_fact_begin(const struct pack_fact *f, const struct period *cycles,
			  size_t n, civil_day day);

/* Checks a fact's value against its type, and returns it in its canonical form ("3" for
 * "March"). */
int pack_fact_check(const struct pack *p, const char *name, const char *value,
		    struct arena *a, const char **ret, struct err *e);

/* Proposes the last day of the cycle that `day` lies in for a credential issued on
 * `issued` (may be DATE_NONE). -PDH_REFUSED, and the sentence says which date or fact is
 * missing. */
int pack_cycle_end(const struct pack *p, const struct texts *facts, civil_day issued,
		   civil_day day, civil_day *ret, struct err *e);

/* The last day of the cycle after one that ended on `end`, of a credential issued on `issued`
 * (may be DATE_NONE); DATE_NONE if the pack has no cycle. */
civil_day pack_next_end(const struct pack *p, const struct texts *facts, civil_day issued,
			civil_day end);

/* Which cycle of one issued on `issued` the last of these is: 1 for the first, and for a stub
 * before it; 0 where it cannot be told. They follow each other, and the first of them is the
 * earliest of which anything is known: only of that one the calendar is asked. */
int pack_cycle_number(const struct pack *p, const struct texts *facts, civil_day issued,
		      const struct period *cycles, size_t n);

/* The first day of the cycle that ends on `end`, which may be one that the person gave;
 * DATE_NONE if the pack has no cycle. */
civil_day pack_cycle_begin(const struct pack *p, const struct texts *facts,
			   civil_day issued, civil_day end);
