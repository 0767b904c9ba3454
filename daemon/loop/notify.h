/* What the service manager hears from us, and what it gave us: sd_notify(3) and
 * sd_listen_fds(3). All of it is silent where there is no service manager. */
#pragma once

#include "common/err.h"

#include <stdint.h>

void notify_ready(void);
void notify_stopping(void);
void notify_reloading(void);
void notify_watchdog(void);

/* Microseconds within which the service manager wants to hear from us; 0 if it does not. */
uint64_t notify_watchdog_usec(void);

/* The listening Unix socket we were started with; *ret is -1 if there is none. -PDH_FAILED if what we were given
 * is something else. */
int notify_listen_fd(int *ret, struct err *e);
