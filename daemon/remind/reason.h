/* Why a reminder matters, as messages and the calendar say it. */
#pragma once

#include "daemon/remind/plan.h"

/* What credential, which day, and what is missing, proof of what counts too; lines. */
const char *reason_text(const struct rung_basis *b, const struct reminder *m,
			struct arena *a);
