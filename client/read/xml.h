/* XML of other people, piece by piece, by expat. Names come without their prefix. A document type is refused, and with it
 * every entity that somebody could declare. */
#pragma once

#include "common/arena.h"
#include "common/buf.h"
#include "common/err.h"

#include <stdbool.h>

/* What is told of an element; any may be NULL. `data` is the caller's. */
struct xml_told {
	/* An element begins. -1 stops the reading; the caller has set its error. */
	int (*begin)(void *data, const char *name, const char **attributes);
	/* It ends; `text` is the NUL-terminated text since the last beginning. */
	int (*end)(void *data, const char *name, const char *text);
	void *data;
};

/* The value of an attribute by its name without prefix; NULL. */
const char *xml_attribute(const char **attributes, const char *name);

/* 0, or -PDH_REFUSED: `what` names the part in sentences. */
int xml_read(const char *text, size_t n, const char *what, const struct xml_told *told,
	     struct err *e);
