/* A pager for answers that are longer than the screen. What is printed meanwhile is kept, so that a short answer is printed
 * as it is, a long one can be left at any time, and the exit status stays that of pdh. */
#pragma once

#include <stdbool.h>

struct pager {
	int screen; /* the terminal, while standard output is kept; -1: nothing is kept */
	const char *program; /* for sh -c; NULL: less -FIRX */
};

/* Keeps standard output from here on where it is a terminal that can page and the person has a pager: PDH_PAGER, else PAGER;
 * neither where they are empty or "cat". Fills `p` in any case. */
void pager_begin(struct pager *p);

/* Gives the terminal back, and shows what was kept: in the pager where it has more lines than the screen, and waits for it to
 * end. Does nothing where nothing is kept. */
void pager_end(struct pager *p);
