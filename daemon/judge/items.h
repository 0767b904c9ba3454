/* Items of a credential as they are shown: judged, with what the rules behind them say. */
#pragma once

#include "daemon/judge/held.h"

enum {
	ITEM_WARN_DAYS =
		90, /* "due soon": the last quarter of a year, time enough for a course */
};

/* An item's state and days left on `day`. */
void items_judge(struct item *item, civil_day day);

/* All items of a credential, as struct item. A duty to finish the hours of the cycle is done
 * when `v`, the verdict on it, says so. */
int items_read(struct work *w, const struct held *h, const struct verdict *v,
	       civil_day day, struct list *ret, struct err *e);
