/* pdh daemon stop: asks the daemon to end, by its socket, or by the process that the lock of the database names where
 * no socket leads to it or where it does not answer. */
#pragma once

#include "client/net/call.h"

/* 0 and *ret, a record of daemon.stop whose `pid` is none where no daemon ran, and whose `requests` is none where it did
 * not answer; or a negative error. Ends with the daemon, not before. */
int stop_daemon(struct call *c, struct answer *ret, struct err *e);

/* Ends the daemon if it was this call that started it; errors do not matter any more. */
void stop_started(struct call *c);
