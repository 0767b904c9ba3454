/* The parts of an amount that a person types. For credit_parse.c, credit_clock.c and credit_composed.c. */
#pragma once

#include "common/credit.h"

enum {
	CREDIT_TYPED_MAX = 100,
	CREDIT_PLAIN_SIZE = 4 * CREDIT_TYPED_MAX,
	CREDIT_MINUTE = 60000
};

const char *credit_skip_blanks(const char *p);

/* Up to nine digits; *p moves behind them. -1 without a digit or with too many. */
int64_t credit_digits(const char **p);

/* "is not an amount of credit", with what is. */
int credit_unreadable(const char *typed, struct err *e);

/* An amount without times of the clock, as typed_plain() writes it; `typed` is for errors. */
int credit_amount(const char *plain, const char *typed, struct credit *ret,
		  struct err *e);

/* One amount without times of the clock, or a length such as "2:30". */
int credit_single(const char *plain, const char *typed, struct credit *ret,
		  struct err *e);

/* An amount that is made of others: "2 x 90 min", "1.5h + 45m", "1 CEU (10 hours)", "6 hours in total". 1; 0 where the
 * text is none; or an error. */
int credit_composed(const char *plain, const char *typed, struct credit *ret,
		    struct err *e);

/* Times of the clock in hours: 1; 0 where the text is none; or an error. */
int credit_clocks(const char *plain, const char *typed, int64_t *ret, struct err *e);
