/* `pdh init` with questions: asks for what the command line left out, and changes nothing itself. The caller
 * then makes the ordinary call of setup.run with what was filled in. */
#pragma once

#include "client/term.h"
#include "common/api.h"

#include <stdio.h>

/* Where the questions get their packs: calls pack.list with `text` (NULL: all). 0, or a negative error. */
struct init_packs {
	int (*list)(void *data, const char *text, struct packs *ret, struct err *e);
	void *data;
};

/* Asks on `out` and reads `in`, one line for each question; what `p` already has is not asked. Invalid answers
 * are asked again with the sentence why. Texts live in the arena of `c`. 0; -PDH_INTERRUPTED at the end of
 * the input; or what the packs said. */
int init_ask(const struct init_packs *packs, const struct term *t,
	     const struct kind_context *c, FILE *in, FILE *out,
	     struct setup_run_params *p, struct err *e);
