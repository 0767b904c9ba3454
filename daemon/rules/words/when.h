/* For whom and when a rule holds, in words. */
#pragma once

#include "daemon/rules/rules.h"

/* "employment is part-time, unless national board is yes, from 2026-07-01"; "" for a rule
 * that always holds. */
const char *rules_when_words(const struct rule *r, struct arena *a);
