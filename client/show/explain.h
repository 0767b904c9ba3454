/* What both explanations say: of an activity, and of a credential. */
#pragma once

#include "client/show/answers.h"

enum { EXPLAIN_LABEL = 9 }; /* "undecided" */

void show_explained_credential(const struct show *v, const struct credential_explained *c,
			       civil_day as_of);

/* "#3 20.0 h, #9 10.0 h and 2 more"; `entries` are all there are. Without `hours`: "#3, #9 and 2 more". */
const char *show_portions(const struct show *v, const struct portion *p, size_t n,
			  int64_t entries, bool hours);

/* "19 TAC 232.15, confirmed" */
const char *show_source(const struct show *v, const char *cite, enum source_mark mark,
			enum told_level level);

/* Cycle, pack, and what else to know. */
void show_explained_cycle(const struct show *v, const struct credential_explained *c,
			  civil_day as_of);

/* What hangs on rules that are not sure. */
void show_undecided(const struct show *v, const struct credential_explained *c);

/* "138.0 h logged = 134.0 h counted + 4.0 h cut", and what lies beside that. */
void show_explained_sums(const struct show *v, const struct credential_explained *c);
