/* Amounts as the documents made from packs have them. */
#pragma once

#include "daemon/pack/pack.h"

/* "200 h": the total of rules that have one. In the arena. */
const char *amounts_total(const struct ruleset *rules, struct arena *a);

/* "5 years", "18 months". In the arena. */
const char *amounts_months(int months, struct arena *a);
