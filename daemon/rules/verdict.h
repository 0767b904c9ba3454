/* What the rules answer: needs, limits, and where each part of an entry went. */
#pragma once

#include "daemon/rules/rule.h"

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
	int64_t value;	  /* its worth in the pack's unit, before limits */
	int64_t counted;  /* of it */
	int64_t of_total; /* of what counts: toward the total, or the period without one */
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
	int part_months; /* what is short is enough to be renewed for so long; 0: it is not, or nothing is
			    short */
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
