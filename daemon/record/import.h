/* import.run: rows of a file meet what is stored, one to one, and those that are new become activities, all in one change.
 *
 * A row is known by what names it in its file (source_id), else by what it says: its day, exact credit and unit, folded
 * title, folded provider and course, as one text ("k1:..."); the nth such row meets the nth known one. Earlier files are
 * asked first, so that an activity that was edited is still known, then what was logged by hand, where provider and course
 * may be missing on one side. What is only similar is a question, never a merge. */
#pragma once

#include "daemon/record/effect.h"
#include "daemon/work.h"

struct import_verdict {
	enum import_state state;
	bool settled; /* known, or asked about already */
	int64_t id;   /* of the activity that it is or looks like; INT_NONE */
	const char *key;
};

/* What becomes of each row, in their order. */
int import_match(struct work *w, const struct import_run_params *p,
		 struct import_verdict **ret, struct err *e);

/* The opening balances that cover days of new rows, and what is left of each once these are taken off. */
int import_openings(struct work *w, const struct import_run_params *p,
		    const struct import_verdict *v, struct list *ret, struct err *e);

/* Shrinks them to that, or removes what nothing is left of. */
int import_reduce(struct work *w, const struct held_list *held,
		  const struct import_opening *v, size_t n, struct err *e);
