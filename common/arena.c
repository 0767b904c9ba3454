#include "common/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 8192 }; /* holds an ordinary request and its reply's parts */

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	alignas(max_align_t) char data[];
};

_Noreturn void oom(void)
{
	static const char said[] = "out of memory\n";

	fwrite(said, 1, sizeof(said) - 1, stderr);
	abort();
}

/* Links a block where `at` is. */
static struct arena_block *block_link(struct arena_block *b, struct arena_block **at,
				      size_t size)
{
	if (!b)
		oom();
	b->next = *at;
	b->size = size;
	b->used = 0;
	*at = b;
	return b;
}

/* What is larger than a block has one of its own, behind the one that is being filled. */
static void *alloc_large(struct arena *a, size_t n)
{
	struct arena_block *b = block_link(calloc(1, sizeof(*b) + n),
					   a->head ? &a->head->next : &a->head, n);

	b->used = n;
	return b->data;
}

void *arena_alloc(struct arena *a, size_t n)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *b = a->head;

	if (n > SIZE_MAX / 2)
		oom();
	n = (n + align - 1) / align * align;
	if (n > BLOCK)
		return alloc_large(a, n);
	if (!b || b->size - b->used < n)
		b = block_link(malloc(sizeof(*b) + BLOCK), &a->head, BLOCK);
	void *p = b->data + b->used;
	b->used += n;
	return memset(p, 0, n);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(n, size, &bytes))
		oom();
	return arena_alloc(a, bytes ? bytes : 1);
}

void *arena_grow(struct arena *a, void *v, size_t n, size_t size)
{
	enum { FIRST = 8 };

	if (n && (n < FIRST || (n & (n - 1))))
		return v;
	void *grown = arena_array(a, n ? 2 * n : FIRST, size);
	return n ? memcpy(grown, v, n * size) : grown;
}

char *arena_dup_n(struct arena *a, const char *s, size_t n)
{
	char *p = arena_alloc(a, n + 1);

	if (n)
		memcpy(p, s, n);
	return p;
}

char *arena_dup(struct arena *a, const char *s)
{
	return arena_dup_n(a, s, strlen(s));
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	int n = vasprintf(&text, fmt, ap);
	va_end(ap);
	if (n < 0)
		oom();
	char *p = arena_dup_n(a, text, (size_t)n);
	free(text);
	return p;
}

void arena_done(struct arena *a)
{
	while (a->head) {
		struct arena_block *b = a->head;
		a->head = b->next;
		free(b);
	}
}

void arena_reset(struct arena *a)
{
	struct arena_block *keep = NULL;

	while (a->head) {
		struct arena_block *b = a->head;
		a->head = b->next;
		if (!keep && b->size == BLOCK)
			keep = b;
		else
			free(b);
	}
	if (keep) {
		keep->next = NULL;
		keep->used = 0;
		a->head = keep;
	}
}
