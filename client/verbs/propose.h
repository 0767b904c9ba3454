/* pdh attach FILE without an entry: what a badge or certificate says is proposed, and taken with a yes. */
#pragma once

#include "client/verbs/run_parts.h"

/* Goes through the files: each proves an entry that is there, or one that is logged for it; what was kept is added to
 * `to`. Where nobody can be asked the proposals are told on standard error, and it is -PDH_REFUSED. */
int propose(struct run *r, const struct texts *files, const char *note,
	    struct attached *to);
