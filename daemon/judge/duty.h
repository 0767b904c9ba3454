/* Duties: dated acts that rules ask for, as items of the credential. */
#pragma once

#include "daemon/judge/held.h"

/* Brings the items of a credential to what the rules of its open cycle ask of this person:
 * adds those that are missing, moves the day of those not done where dates or facts
 * changed, and takes away those not done that are asked no longer. A day that the person
 * gave is kept. Belongs into the transaction of whatever may change what is asked; changes
 * nothing else. */
int duty_sync(struct work *w, const struct held *h, struct err *e);

/* After its cycle was renewed: the hours are finished as they stand, and the renewal was
 * applied for; what else was to be done is still to be done. */
int duty_sync_close(struct work *w, const struct held *closed, struct err *e);

/* Finds the duty of a rule in one of the credential's cycles. 1, with *ret_held as held in that cycle; 0 where the rules of
 * that cycle have no such duty any more; or a negative error. */
int duties_find(struct work *w, const struct held *h, int64_t cycle_id, const char *rule,
		struct held *ret_held, const struct rule **ret, struct err *e);

/* Whether the rules of the open cycle ask for it: 1 or 0. */
int duties_asked(struct work *w, const struct held *h, const char *rule, struct err *e);

/* Fills in what the rule says about its item: source, level, days. `h` is held in the
 * item's cycle. */
int duties_describe(struct work *w, const struct held *h, const struct rule *r,
		    struct item *item, struct err *e);

/* The day through which proof of the cycle is to be kept; DATE_NONE if its rules do not
 * say. */
int duties_keep_proof(struct work *w, const struct held *h, civil_day *ret,
		      struct err *e);

/* A sentence for each duty of the open cycle of which it cannot be told whether it is
 * asked. */
int duties_undecided(struct work *w, const struct held *h, struct texts *ret,
		     struct err *e);

/* What an item made by a rule is called. */
const char *duty_title(const struct rule *r, struct arena *a);

/* A duty by its act, such as "finish". */
bool duty_is(const struct rule *r, enum duty_act act);

/* What the rules are asked about the duties of one cycle; it has no entries. */
struct duty_case {
	struct rule_facts facts;
	struct rules_case c;
};
int duty_case_of(struct work *w, const struct held *h, struct duty_case *ret,
		 struct err *e);

/* Whether the day of a duty was over before the person told pdh of the cycle, which still runs. The person may have done it
 * in time, so it is not overdue until they say that they did not. */
bool duty_is_from_before(struct work *w, const struct duty_case *of, const struct rule *r,
			 civil_day due);

/* Whether a rule is a duty that makes an item for this person. */
bool duties_ask(struct work *w, const struct duty_case *of, const struct rule *r);
