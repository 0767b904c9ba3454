/* Asks for one value of a command: what was asked for is read as on the command line. */
#pragma once

#include "client/verbs/ask_facts.h"

struct ask_field {
	const struct shape *shape;
	void *params; /* of this shape */
	const char *name, *question;
	const char *
		proposal; /* what an empty line is; NULL, or refused by the field: nothing is proposed */
	bool needed; /* an empty line without a proposal is asked again */
};

/* Asks until the answer can be read, unless the field has a value already; an empty answer leaves it without one. "none" is
 * no hours. 0, or -PDH_INTERRUPTED at the end of the input. */
int ask_field(const struct asked *who, const struct ask_field *f, struct err *e);

/* Takes the value of a field away, so that it is asked for again. */
void ask_forget(const struct shape *shape, void *params, const char *name);

/* The end of the input: nothing is done. */
int ask_stopped(struct err *e);
