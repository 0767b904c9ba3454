/* Opening balances: what somebody had earned before pdh kept the record, as one writes it.
 *
 * "60h", "60h, ethics 2h" (60 hours, 2 of them in ethics), "20h in 2025, 12h in 2026". */
#pragma once

#include "common/arena.h"
#include "common/credit.h"

/* A part that belongs to one topic alone. */
struct credit_topic {
	const char *topic;
	struct credit credit;
};

/* What was earned in one year, or in all of them together. */
struct credit_opening {
	int year; /* that it was earned in; 0: not said */
	struct credit total;
	struct credit_topic
		*topics; /* parts of the total; more than it where the total is wrong */
	size_t topic_count;
};

/* Reads texts of parts that a semicolon divides, or a comma that is no decimal comma; a year's parts are put together, and the
 * total is the sum of its topics where no part is without one. Parts of nothing, such as "0" or "none", are left out.
 * Everything lives in the arena. 0, or -PDH_USAGE or -PDH_REFUSED with a sentence about what cannot be read. */
int credit_openings(const char *const *texts, size_t n, struct arena *a,
		    struct credit_opening **ret, size_t *ret_n, struct err *e);
