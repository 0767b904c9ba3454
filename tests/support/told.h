/* What is told of a verdict: explain's sums are the verdict's, part by part. */
#pragma once

#include "daemon/rules/rules.h"

/* The first sum that is another in what explain tells than in the verdict; NULL: none is. The
 * verdict has its parts. */
const char *told_otherwise(const struct rules_case *c, const struct verdict *v,
			   struct arena *a);
