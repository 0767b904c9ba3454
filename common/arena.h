/* Memory of one request: everything is allocated from an arena and dies with it.
 *
 * Allocation never fails: a process that cannot get a few kilobytes ends with a message
 * (oom()), the database stays whole and the service manager starts it again. What a peer
 * can make large is bounded before it is allocated (see wire.h). */
#pragma once

#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *head; /* newest block */
};

/* `n` bytes, zeroed, aligned for any type; they live until arena_done(). */
void *arena_alloc(struct arena *a, size_t n);

/* An array of `n` members of `size` bytes each, zeroed; ends the program on overflow. */
void *arena_array(struct arena *a, size_t n, size_t size);

/* Room for one more member of an array that holds `n` so far and began as NULL: `v`
 * itself, or a copy twice as large. The copies add up to twice the array. */
void *arena_grow(struct arena *a, void *v, size_t n, size_t size);

char *arena_dup(struct arena *a, const char *s);
char *arena_dup_n(struct arena *a, const char *s, size_t n); /* adds the final NUL */
char *arena_printf(struct arena *a, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Frees everything; the arena is empty and usable again. A zeroed arena is an empty one. */
void arena_done(struct arena *a);

/* Frees everything but one block of ordinary size, which the next request uses again. */
void arena_reset(struct arena *a);

/* Ends the program: out of memory. */
_Noreturn void oom(void);

#define AUTO_ARENA __attribute__((cleanup(arena_done))) struct arena
