/* What lists of packs and the packs themselves have in common. */
#pragma once

#include "client/show/answers.h"

/* "200 h in 5 years"; NULL where it asks for nothing and has no cycle. */
const char *show_pack_needs(const struct show *v, const struct pack_row *p);

/* A line for each file that cannot be used. */
void show_pack_problems(const struct show *v, const struct texts *problems);
