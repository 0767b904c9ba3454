/* What a person is asked where a required word of the command line is missing. */
#pragma once

#include "common/api.h"

/* "Which activity? Give its number (pdh list).", a whole sentence about parameter `f` of `m`; NULL where no question is
 * known. Static. */
const char *asked_question(const struct method *m, const struct field *f);
