/* pdh remind calendar --out FILE: the client writes, since the daemon opens no file for a client. */
#pragma once

#include "client/net/call.h"

/* Puts the calendar of the answer into the file that was named, if one was: the answer then names it instead of
 * holding the text. 0, or -PDH_STORAGE. */
int calendar_write(const struct calendar_get_params *p, struct answer *ans,
		   struct arena *a, struct err *e);
