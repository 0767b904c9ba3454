/* Which of the words behind pdh log are the amount, and which the title. */
#pragma once

#include "common/kind.h"

/* At least one word. The longest run in front that is an amount is it; where the first word is none, one behind that has a
 * unit; else the first word. *ret_title is what is left, NULL where nothing is. */
void args_log_words(const struct texts *words, struct arena *a, const char **ret_amount,
		    const char **ret_title);
