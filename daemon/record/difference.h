/* Two records of one shape compared field by field, for the answers of editing methods. */
#pragma once

#include "common/api.h"

/* Fields that differ, with both values as text a person reads; numbers, lists of records
 * and records inside are passed over. */
void difference_of(const struct shape *s, const void *before, const void *after,
		   struct arena *a, struct list *ret);

/* "topic, hours": the fields' names, for the history. */
const char *difference_names(const struct list *differences, struct arena *a);
