/* pdh watch: subscribes to events and hands them on, one by one, without end. */
#pragma once

#include "client/net/call.h"

/* One event, as an answer of `pdh watch`, which is released afterward; what it needs may go into `a`, which is emptied
 * with it. 0: go on; 1: that was enough; or a negative error. */
typedef int (*watch_fn)(void *data, const struct answer *ans, struct arena *a,
			struct err *e);

/* Subscribes and calls `fn` for each event. 0 when `fn` has had enough or nobody reads what is printed any more; or a
 * negative error: the daemon's, fn's, or -PDH_UNREACHABLE when the daemon ended. Where an event can have been missed by
 * that, the error says from which number to go on. The time limit of the connection holds for the subscription alone. */
int watch(struct call *c, const struct watch_params *p, watch_fn fn, void *data,
	  struct err *e);
