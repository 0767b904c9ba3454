/* The questions of pdh init and of pdh credential add, for a person at a terminal. */
#pragma once

#include "client/verbs/ask_facts.h"

/* What the daemon would make of the answers: as it would store them, without storing. */
struct setup_trial {
	int (*run)(void *data, const struct setup_run_params *p,
		   const struct credential **ret, struct err *e);
	void *data;
};

struct init_how {
	const struct asked *who;
	const struct ask_packs *packs;
	const struct setup_trial *trial; /* NULL: nothing is tried */
	bool names;			 /* the name is asked for */
	const char *person;		 /* the name that is stored; NULL: none */
};

/* Asks for what `p` does not have yet, and fills it in. What the daemon refuses of the answers is told and asked again, the
 * others are kept. 0; -PDH_INTERRUPTED at the end of the input; or what the packs said. */
int init_ask(const struct init_how *how, struct setup_run_params *p, struct err *e);
