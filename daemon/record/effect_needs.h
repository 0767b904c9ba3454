/* What activities did to needs. For effect.c. */
#pragma once

#include "daemon/judge/judge.h"

/* The ids of the needs that are short. */
void effect_needs_short(const struct verdict *v, struct arena *a, struct texts *ret);

/* Notes for each need that was short before and is met now, and, where one activity was added that has no topic, for the
 * first need still short whose topic is in its title. */
void effect_needs_tell(struct work *w, const struct held *h, const struct texts *before,
		       const struct verdict *v, const struct activity *activities,
		       size_t n, struct texts *notes);
