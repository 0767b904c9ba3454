/* Bars of progress with a marker where an even pace would be; exact integers only. */
#pragma once

#include "client/term/term.h"
#include "common/arena.h"

#include <stdint.h>

#define BAR_MARKER "┃"

/* Columns that a bar takes besides its cells: brackets, in ASCII. */
int bar_frame(const struct term *t);

/* part * of / whole, rounded down; 0 where whole is 0. */
int64_t bar_share(int64_t part, int64_t whole, int64_t of);

/* A bar of `cells` cells, filled to have/need, with the marker at even/need; no marker where even <= 0. */
const char *bar_text(const struct term *t, struct arena *a, int cells, int64_t have,
		     int64_t even, int64_t need);
