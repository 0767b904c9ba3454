/* One thing that is tried again and again from the same files, each time in a process of its own and with another call of the
 * system that fails (faults.h). PDH_FAULTS=all tries each call (make torture), PDH_FAULTS=memory those of one kind,
 * PDH_FAULTS=memory/20 each twentieth of them, PDH_FAULTS="memory 431" that one alone; otherwise a few. */
#pragma once

#include "tests/support/faults.h"
#include "tests/support/rpc_home.h"

#include <stddef.h>

/* What lies in a file, to be put back. */
struct kept {
	char path[96];
	char *bytes;
	size_t n;
};

void keep(struct kept *k, const char *folder, const char *name);

/* What lies beside a database and belongs to another state of it goes. */
void put_back(const struct kept *k);
void kept_free(struct kept *k);

struct sweep_try {
	enum fault fault;
	int at;
	bool happened;
	bool ended; /* it did not come to its end: it was killed, or had no memory left */
};

struct sweep {
	struct home *home; /* is closed */
	const char *what;
	const struct kept *base;
	const struct kept *log; /* beside it; NULL: none */
	/* In a process of its own: what lies between sweep_arm() and sweep_disarm() is what fails. */
	void (*try)(void *arg);
	/* In this one, afterward. */
	void (*check)(void *arg, const struct sweep_try *t);
	void *arg; /* of sweep_share(), where the one is to tell the other something */
};

/* Whether more than a few are tried. */
bool sweep_is_whole(void);

/* Zeroed memory that processes share. */
void *sweep_share(size_t n);

void sweep_arm(void);
void sweep_disarm(void);

/* Tries all, and says how many calls there were. */
void sweep_run(const struct sweep *s);
