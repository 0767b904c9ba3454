/* Amounts of credit as files write them. */
#pragma once

#include "common/arena.h"
#include "common/credit.h"

enum amount_result {
	AMOUNT_READ,
	AMOUNT_ZERO,
	AMOUNT_BAD,	/* `why` says why */
	AMOUNT_NO_UNIT, /* a bare number, and nobody says of what */
};

struct amount_form {
	const char *
		unit; /* of a bare number: a unit of credit.h, "minute", "clock" (h:mm) or "ask" */
	char decimal; /* '.' or ','; NUL: told by the text */
	bool lenient; /* "2 hrs 30" is 2.5 h */
};

struct amount {
	struct credit credit;
	const char *flag; /* how something was read that may be meant otherwise; NULL */
	const char *why;
	bool comma; /* it has a decimal comma */
};

/* "2.5" "2,5" "2h30" "150m" "90 min" "1:30" "02:30:00" "0.6 CEU" "3sh". What 1/3,600,000 cannot hold is rounded, and
 * told where that is more than noise. */
enum amount_result amount_read(const char *text, const struct amount_form *form,
			       struct arena *a, struct amount *ret);
