/* A timer of the wall clock. Its descriptor becomes readable when its time has come, and when the clock was set. Tests bring
 * one of their own. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct wall {
	int fd; /* -1: there is none */
	/* Waits for an instant (seconds since 1970), and no more for the one before. */
	void (*arm)(struct wall *w, int64_t at);
	/* Whether its time has come or the clock was set, since this was asked last. */
	bool (*rang)(struct wall *w);
};

/* The system's, timerfd_create(2). Under a test clock there is none, since it goes by another. */
void wall_open(struct wall *ret);

void wall_close(struct wall *w); /* may be called twice */
