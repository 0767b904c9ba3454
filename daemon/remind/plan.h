/* The plan of reminders: derived anew from the days that matter and from what the person said, never stored.
 *
 * A day that matters is the last day of an open cycle, or the day of an item that is to be done by it or expires after
 * it (those only advised are left aside). Each has a ladder: a rung speaks so many days before it, or after. Of the
 * rungs whose time has come the latest alone speaks; the older ones are superseded by it. */
#pragma once

#include "daemon/remind/channel.h"
#include "daemon/remind/policy.h"

/* Beside these, a credential that is behind is told of once in each month of its cycle but the first. */

enum { REMIND_PACE = -1 }; /* the item_id of what is about pace */

/* What the rungs of one credential follow from. */
struct rung_basis {
	struct standing standing;
	struct remind_policy policy;
	size_t unproved; /* entries that count without a proof that its rules want kept */
};

/* One rung of one day. */
struct rung {
	const struct rung_basis *basis;
	int64_t credential_id, item_id; /* item_id 0: the cycle */
	bool reached;			/* its place on the ladder is */
	bool put_off;			/* the person named another day for it, */
	civil_day until;		/* this one; else DATE_NONE */
	bool past;			/* its time has come */
	bool speaks;			/* the latest of its day whose time has come */
	int64_t shown_at; /* at a terminal, since its time came; INT_NONE: not yet */
	struct reminder reminder;
};

/* A day that matters with its rungs: n from the first on, which may be none. Those of pace are among them. */
struct remind_day {
	const struct rung_basis *basis;
	int64_t credential_id, item_id;
	struct reminder about; /* without what a rung has of its own */
	size_t first, n;
};

struct rungs {
	struct rung *v;
	size_t n;
	struct remind_day *days;
	size_t days_n;
	struct channels channels; /* as they are set */
};

/* Every rung of the credentials that are named (all in use where none is), by the day that matters and then by time. */
int remind_plan(struct work *w, const struct texts *credentials, struct rungs *ret,
		struct err *e);

/* The day on which it speaks, at the time of day of its policy. */
civil_day rung_day(const struct rung *rung);

/* Whether two are on one ladder. */
bool rung_is_beside(const struct rung *a, const struct rung *b);

/* The name of the rung so many days before a day: fp/30d, tx-lib/3/30d of its item 3, fp/0d on the day, fp/+7d after
 * it; tx-lib/pace-2026-03 where item_id is REMIND_PACE. In the arena. */
const char *rung_name(struct arena *a, const char *alias, int64_t item_id, civil_day day,
		      int rung);
