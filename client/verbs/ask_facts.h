/* The questions of a rules pack: what its rules must know and only the person does. */
#pragma once

#include "client/term/term.h"
#include "common/api.h"

#include <stdio.h>

/* Where questions get their packs: calls pack.list with `text` (NULL: all). 0, or a negative error. */
struct ask_packs {
	int (*list)(void *data, const char *text, struct packs *ret, struct err *e);
	void *data;
};

/* Who is asked: on `out`, answering on `in`, one line for each question. */
struct asked {
	const struct term *t;
	const struct kind_context *c;
	FILE *in, *out;
};

/* Asks for those facts of the pack that `facts` ("name=value") does not have, and adds them; and where its rules go by
 * it, for the day of issue, if *issued is DATE_NONE. An empty answer leaves one out, a wrong one is told and asked again. Nothing for a pack that is not known, of which the daemon has more
 * to say. 0; -PDH_INTERRUPTED at the end of the input; or what the packs said. */
int ask_facts(const struct asked *who, const struct ask_packs *packs, const char *pack,
	      struct texts *facts, civil_day *issued, struct err *e);
