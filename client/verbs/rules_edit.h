/* pdh rules edit: a pack in a file of the person's own, which no update overwrites. */
#pragma once

#include "client/net/call.h"

/* Makes the file if it is not there, opens it in $VISUAL, $EDITOR or vi if `editor`, checks it, and has the daemon
 * read all packs anew. A file that is there is never overwritten. A broken one stays, and is -PDH_REFUSED. */
int rules_edit(struct call *c, const struct pack_edit_params *p, bool editor,
	       struct pack_edited *ret, struct err *e);
