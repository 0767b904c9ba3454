/* What takes long says how far it is: one line on standard error that is written over and goes away in the end. Only at a
 * terminal, and only after half a second. */
#pragma once

#include <stdint.h>

struct progress {
	int64_t begun_ms;
	int shown; /* columns */
};

void progress_begin(struct progress *p);

/* Milliseconds since then. */
int64_t progress_age(const struct progress *p);

/* The line, without its end. */
void progress_tell(struct progress *p, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

void progress_end(struct progress *p);
