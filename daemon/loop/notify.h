/* Messages to the service manager, sd_notify(3), and the socket that it passed to the daemon, sd_listen_fds(3). Without a
 * service manager these functions do nothing. */
#pragma once

#include "common/err.h"

#include <stdint.h>

void notify_ready(void);
void notify_stopping(void);
void notify_reloading(void);
void notify_watchdog(void);

/* The time in microseconds within which notify_watchdog() must be called again; 0: it need not be called. */
uint64_t notify_watchdog_usec(void);

/* The listening Unix socket that was passed to the daemon; *ret is -1 if none was. -PDH_FAILED if something else was. */
int notify_listen_fd(int *ret, struct err *e);
