/* A timer of the wall clock. Its descriptor becomes readable when its time has come, and when somebody set the clock. Tests
 * replace it by one of their own. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct wall {
	int fd; /* -1: there is none */
	/* Sets the time to wait for, in seconds since 1970, in place of the one before. */
	void (*arm)(struct wall *w, int64_t at);
	/* Whether its time has come, or the clock was set, since the last call. */
	bool (*rang)(struct wall *w);
};

/* Opens the timer of the system, timerfd_create(2). Under a test clock there is none (fd -1): the system does not know that
 * clock. */
void wall_open(struct wall *ret);

void wall_close(struct wall *w); /* may be called twice */
