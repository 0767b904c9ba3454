/* `pdh init` with questions: asks for what the command line left out, and changes nothing itself. The caller
 * then makes the ordinary call of setup.run with what was filled in. */
#pragma once

#include "client/verbs/ask_facts.h"

/* Asks for what `p` does not have yet. Invalid answers are asked again with the sentence why. Texts live in the arena
 * of `who`. 0; -PDH_INTERRUPTED at the end of the input; or what the packs said. */
int init_ask(const struct asked *who, const struct ask_packs *packs,
	     struct setup_run_params *p, struct err *e);
