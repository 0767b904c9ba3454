/* Credentials: what is stored of one, and the pieces that its methods share. */
#pragma once

#include "daemon/judge/held.h"

/* A number with all but its last characters hidden; NULL and "" as they are. */
const char *credential_masked(const char *number, struct arena *a);

/* Everything known of a credential, judged today. The number is masked ("****4821")
 * unless `reveal`. */
int credential_fill(struct work *w, const struct held *h, bool reveal,
		    struct credential *ret, struct err *e);

/* The same, read anew by its alias. */
int credential_read(struct work *w, const char *alias, struct credential *ret,
		    struct err *e);

/* Writes the whole answer of a writing method: the credential as it is now and `done`,
 * which is also the line of the history. */
int credential_answer(struct work *w, const char *alias, const char *done,
		      struct credential_changed *ret, struct err *e);

/* What a change did to a credential, as struct difference: what is told of it, its open
 * cycle, its facts and its items. */
void credential_changes(const struct credential *before, const struct credential *after,
			struct arena *a, struct list *ret);

/* The same with what counts in the open cycle. */
void credential_changes_counted(const struct credential *before,
				const struct credential *after, struct arena *a,
				struct list *changed);

/* What credential.add and setup.run have in common. */
struct credential_new {
	const char *pack, *alias, *title, *number, *jurisdiction, *level, *note;
	civil_day expires, issued, begins;
	struct texts endorsements, facts;
	struct texts needs, limits; /* as struct pack_own has them */
	struct credit required;
	struct texts opening; /* as credit_openings() reads it */
	int32_t every;
	const char *
		alias_of; /* the pack that a short name is made of where `pack` is none */
};

/* Adds a credential, its first cycle and, if there is one, its opening balance, whose
 * number goes to *ret_opening (INT_NONE without one). */
int credential_create(struct work *w, const struct credential_new *n,
		      const char **ret_alias, int64_t *ret_opening, struct err *e);

/* Adds a note for each other credential in use that has the same pack (or, by hand, the same title) and the same open
 * cycle: most likely it was added twice. */
int credential_tell_twins(struct work *w, const char *alias, struct texts *notes,
			  struct err *e);

/* Adds a note for each day of its open cycle that contradicts its rules, and for a cycle that has not begun. */
int credential_tell_doubts(struct work *w, const char *alias, struct texts *notes,
			   struct err *e);

/* Has the open cycle judged by these rules from now on. */
int credential_judge_by(struct work *w, const struct held *h, const struct pack *now,
			struct err *e);

/* What is new for a credential whose rules were changed to those of `now`, `h` being as it was. */
void credential_note_rules(struct work *w, const struct held *h, const struct pack *now,
			   struct credential_changed *ret);

/* The number of the rule set with this pack's text, stored if it is new. -PDH_REFUSED if
 * this version was stored with another text. */
int credential_rule_set(struct work *w, const struct pack *pack, int64_t *ret,
			struct err *e);

int credential_set_endorsements(struct work *w, int64_t id, const struct texts *names,
				struct err *e);

/* Items follow what the rules ask for now. */
int credential_sync(struct work *w, const char *alias, struct err *e);

/* An amount typed in any unit, in the unit of `rules`. `field` is to blame if it has no
 * worth there. */
int credential_amount(const struct ruleset *rules, struct credit typed, const char *field,
		      int64_t *ret, struct err *e);
