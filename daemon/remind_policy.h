/* When reminders about a credential and its items speak: the usual ladder, or the person's own. */
#pragma once

#include "daemon/work.h"

enum {
	REMIND_RUNGS = 32, /* most of a ladder, either side of the day together */
	REMIND_LEAD_MAX = 10 * 366, /* no cycle is longer */
	REMIND_AFTER_MAX = 366,
};

struct remind_policy {
	int rungs
		[REMIND_RUNGS]; /* days before the day, the most first; negative after it */
	size_t n;
	int minute; /* of the local day */
	bool usual;
};

/* Of the credential of this number. */
int remind_policy_read(struct work *w, int64_t credential_id, struct remind_policy *ret,
		       struct err *e);
