#include "common/buf.h"

#include "common/arena.h"

#include <stdlib.h>
#include <string.h>

char *buf_reserve(struct buf *b, size_t n)
{
	if (n > SIZE_MAX / 4 || (b->max && n > b->max - b->len))
		return NULL;
	if (!b->data || b->cap - b->len < n) {
		size_t cap = b->cap ? b->cap : 512;
		while (cap - b->len < n)
			cap *= 2;
		char *p = realloc(b->data, cap);
		if (!p)
			oom();
		b->data = p;
		b->cap = cap;
	}
	return b->data + b->len;
}

int buf_write(void *data, const char *bytes, size_t n)
{
	struct buf *b = data;

	if (n == 0)
		return 0;
	char *to = buf_reserve(b, n);
	if (!to)
		return -1;
	memcpy(to, bytes, n);
	b->len += n;
	return 0;
}

void buf_consume(struct buf *b, size_t n)
{
	b->len -= n;
	if (b->len)
		memmove(b->data, b->data + n, b->len);
}

void buf_done(struct buf *b)
{
	free(b->data);
	b->data = NULL;
	b->len = b->cap = 0;
}
