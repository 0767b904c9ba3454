/* A credential while it is explained: its cycle judged, and what its rules made of it. */
#pragma once

#include "daemon/judge/judge.h"

struct explaining {
	struct work *w;
	const struct held *h;
	civil_day day;
	struct judged_cycle j; /* done by that day, with parts */
	struct standing standing;
	bool own_total; /* the person gave it, and no rule of the pack asks for it */
	const int64_t *about; /* the activity asked about; NULL: the credential was */
	uint64_t told;	      /* the rules that had a say, a bit for each */
};

/* Judges the cycle. Everything lives in the arena of `w`. */
int explain_begin(struct work *w, const struct held *h, civil_day day,
		  const int64_t *about, struct explaining *ret, struct err *e);

/* All but lists and sums, which are empty. */
void explain_head(const struct explaining *x, struct credential_explained *ret);

/* The notice that the day lies before the cycle, where it does. */
void explain_tell_begin(const struct explaining *x, struct credential_explained *ret);

/* That a rule had a say. */
static inline void explain_tell(struct explaining *x, const struct rule *r)
{
	x->told |= UINT64_C(1) << (r - x->h->cycle.rules.rules);
}

/* ---- entries.c ------------------------------------------------------------------ */

/* Fills in entries, sums and what was logged and counted. */
int explain_entries(struct explaining *x, struct credential_explained *ret,
		    struct err *e);
int explain_activity(struct explaining *x, const struct activity *a,
		     struct credential_explained *ret, struct err *e);

/* The sums alone, and what was logged and counted. */
int explain_sums_only(struct explaining *x, struct credential_explained *ret,
		      struct err *e);

/* ---- parts.c: each hour in one place -------------------------------------------- */

/* Where one part lies, in the credential's unit; what was logged is their sum. */
struct places {
	int64_t counted;
	int64_t aside; /* counts, but not toward the total */
	int64_t cut, refused;
	int64_t held;	 /* used by the cycle before */
	int64_t changed; /* by credit rules: less than zero where they added */
};

/* Of a part whose day lies in the cycle. */
struct places explain_places(const struct judged_part *p);

/* An activity and every hour of it. */
void explain_entry(struct explaining *x, const struct activity *a,
		   struct entry_explained *ret);

/* ---- explain_sums.c --------------------------------------------------------------------- */

/* All hours by the places they are in, in the credential's unit. */
enum { PLACES = PLACE_LATE + 1 };
struct explain_tally {
	/* By enum hours_place; PLACE_NONE has nothing. EARLY, CARRIED and LATE are less than zero: what was not logged
	 * in the cycle and counts in it. `logged` is the sum. */
	int64_t v[PLACES], logged;
	int64_t entries[PLACES], last[PLACES]; /* how many, and the latest of them */
	int64_t units[UNIT_COUNT], unit_entries[UNIT_COUNT], unit_last;
};

/* Of the cycle, or of the activity asked about. */
void explain_count(const struct explaining *x, struct explain_tally *ret);

/* The sums of the cycle or of the activity; `outside`: what lies beside them. */
void explain_sums(struct explaining *x, const struct entry_explained *outside, size_t n,
		  struct credential_explained *ret);

/* ---- rules.c: what the verdict says of parts and rules -------------------------- */

/* Whether part `i` serves a need, or would if limits let it: in some window, or in those that
 * it was judged in. */
bool explain_fits(const struct explaining *x, const struct judged_need *n, size_t i);
bool explain_fits_in(const struct explaining *x, const struct judged_need *n, size_t i);

/* Whether part `i` comes under a limit. */
bool explain_is_under(const struct explaining *x, const struct judged_limit *l, size_t i);

/* The limit that took something of part `i`; NULL: none alone. */
const struct judged_limit *explain_limit(const struct explaining *x, size_t i);

/* That the rules which refused, cut or changed something had a say, whichever entry it was. */
void explain_tell_all(struct explaining *x);

/* Whether part `i` is among what the total is made of, or the cycle without one. */
bool explain_is_of_total(const struct explaining *x, size_t i);

/* What a rule says, with the numbers of the cycle. */
const char *explain_words(const struct explaining *x, const struct rule *r,
			  int64_t amount);

/* ---- portions.c: which entries a rule took -------------------------------------- */

/* What is asked of each part. Neither: whether it counts toward the total. */
struct asking {
	const struct judged_need *need;
	const struct judged_limit *limit;
};

enum { PORTIONS_MOST = 5 }; /* entries named for one rule; the others are only counted */

struct gathered {
	struct portion top[PORTIONS_MOST]; /* most first, and of the same the earlier */
	size_t named;
	int64_t entries, all;
	int64_t before, after; /* of the activity asked about, which is left out */
};

/* `about`: the activity that is left out; NULL: none is. */
void explain_gather(const struct explaining *x, const struct asking *q,
		    const int64_t *about, struct gathered *ret);

/* What a need asks for, as an amount. */
struct credit explain_amount(const struct explaining *x, const struct asking *q,
			     int64_t exact);

/* The entries by name, a list of struct portion. */
int explain_named(struct explaining *x, const struct gathered *g, struct list *ret,
		  struct err *e);

/* ---- needs.c -------------------------------------------------------------------- */

/* Needs and limits; of an activity those it comes under. */
int explain_needs(struct explaining *x, struct credential_explained *ret, struct err *e);
int explain_limits(struct explaining *x, struct credential_explained *ret, struct err *e);

/* ---- rulings.c ------------------------------------------------------------------ */

/* The rules told of so far, and those on which the verdict hangs. */
void explain_rulings(struct explaining *x, struct credential_explained *ret);
