/* What is still to do: the parts of plan.get and plan.save. */
#pragma once

#include "daemon/judge/classes.h"
#include "daemon/judge/held.h"
#include "daemon/rules/least/least.h"

/* ---- kinds.c: kinds of hour ---- */

/* What rules can tell apart of hours to come, plainer kinds first. */
struct plan_kinds {
	struct least_kind *v;
	struct hours *words; /* of each: kind, format, topics and so on */
	size_t n;
	int64_t piece;
	bool bounded;		/* there are more */
	struct classes classes; /* theirs; to be released */
};

/* Of credentials, with their verdicts. */
void plan_kinds_find(const struct held_list *held, const struct verdict *verdicts,
		     struct arena *a, struct plan_kinds *ret);
/* Where an hour may serve one of several cases alone, each kind becomes as many: all but
 * one of the cases in `group` are not served. `alias` of each case by its number. */
void plan_kinds_split(struct plan_kinds *k, uint64_t group, const char *const *alias,
		      struct arena *a);

void plan_kinds_done(struct plan_kinds *k);

/* ---- goal.c: one credential ---- */

/* Its goal, but for `free` and `least`, and its verdict. */
int plan_goal(struct work *w, const struct held *h, struct goal *ret, struct verdict *v,
	      struct err *e);

/* Whether a need is what its verdict calls the total. */
bool plan_is_total(const struct verdict *v, const struct judged_need *n);

/* The needs that are not met, each year to come by itself, and the total left out. */
void plan_open_needs(const struct held_cycle *c, const struct verdict *v, struct arena *a,
		     struct list *ret);

/* ---- fewest.c: all of them together ---- */

/* Fills in hours, fewest, apart, open and caveats, and free and least of the goals. */
int plan_fewest(struct work *w, const struct held_list *held,
		const struct verdict *verdicts, struct plan *ret, struct err *e);

/* ---- tokens.c, vocabulary.c, when.c, add.c: what is added in thought ---- */

enum { PLAN_ADDED_MAX = 500 }; /* a week each for almost ten years */

/* A word that something knows. */
struct plan_word {
	const char *folded; /* as typed words are compared */
	const char *stored; /* as an activity has it */
	enum rule_attr attr;
	const struct where *where; /* of a need that bears this name; else NULL */
};
struct plan_vocabulary {
	struct plan_word *v;
	size_t n;
};

/* Words of the credentials' packs and selectors, names of their needs, words in use, and
 * those that people commonly log. */
int plan_vocabulary(struct work *w, const struct held_list *held,
		    struct plan_vocabulary *ret, struct err *e);
const struct plan_word *plan_word_find(const struct plan_vocabulary *v,
				       const char *folded);
const char *plan_word_near(const struct plan_vocabulary *v, const char *folded,
			   struct arena *a);

/* Words of one part of --add: what is in quotes is one. */
struct plan_token {
	const char *text;
	bool quoted;
};
struct plan_tokens {
	struct plan_token *v;
	size_t n;
};

/* Reads one part of --add, up to a comma that is not quoted; returns what follows it. */
const char *plan_tokens_read(const char *text, struct arena *a, struct plan_tokens *ret);

const char *plan_tokens_join(const struct plan_tokens *t, size_t from, size_t to,
			     const char *between, struct arena *a);

/* Takes what says when from the end of the words: days from today to `last`, the last day
 * of the latest cycle (DATE_NONE: there is none). -PDH_USAGE, -PDH_REFUSED. */
int plan_when(struct work *w, struct plan_tokens *words, civil_day last, civil_day **ret,
	      size_t *ret_n, struct err *e);

/* Everything that is added, as activities that are planned, by day; and notes about
 * words. The words of `all` are known; what has no end ends with the cycles of `held`. */
int plan_add(struct work *w, const struct held_list *all, const struct held_list *held,
	     const struct texts *add, struct list *ret, struct texts *notes,
	     struct err *e);

/* ---- outlook.c: what if ---- */

int plan_outlooks(struct work *w, const struct held_list *held, struct plan *ret,
		  struct err *e);
