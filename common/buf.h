/* Growable bytes with a ceiling. The owner of the struct owns the bytes. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct buf {
	char *data;
	size_t len, cap;
	size_t max; /* never grows past this; 0: no ceiling but memory */
};

/* Appends; 0, or -1 when that would pass the ceiling (nothing is appended then). Has the
 * shape of msgpack's packer callback, so `data` is void. */
int buf_write(void *data, const char *bytes, size_t n);

/* Makes room for `n` more bytes and returns where they go, or NULL past the ceiling. */
char *buf_reserve(struct buf *b, size_t n);

/* Drops the first `n` bytes. */
void buf_consume(struct buf *b, size_t n);

void buf_done(struct buf *b);

#define AUTO_BUF __attribute__((cleanup(buf_done))) struct buf
