/* From the bytes of a file to its rows: which format it is, and the reader of it. */
#pragma once

#include "client/read/decode.h"
#include "client/read/layouts.h"
#include "client/read/result.h"

enum { SOURCE_MAX = 64 << 20 }; /* bytes of a file, and of what is packed in it */

/* A file, and what it is read with. */
struct source {
	const char *bytes;
	size_t n;
	const struct layouts *layouts;
	const struct decoder *decoder;
};

/* 0, or a negative error that names the line where there is one. Everything is in the arena. */
int source_read(const struct source *from, const struct read_options *o, struct arena *a,
		struct read_result *ret, struct err *e);
