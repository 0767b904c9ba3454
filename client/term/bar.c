#include "client/term/bar.h"

#include "common/buf.h"

#include <string.h>

/* Products of two amounts pass what an int64_t holds. */
__extension__ typedef __int128 int128;

int bar_frame(const struct term *t)
{
	return t->utf8 ? 0 : 2;
}

int64_t bar_share(int64_t part, int64_t whole, int64_t of)
{
	return whole > 0 ? (int64_t)((int128)part * of / whole) : 0;
}

static void put(struct buf *b, const char *sign)
{
	buf_write(b, sign, strlen(sign));
}

const char *bar_text(const struct term *t, struct arena *a, int cells, int64_t have,
		     int64_t even, int64_t need)
{
	int64_t filled = bar_share(have, need, cells),
		marker = bar_share(even, need, cells);
	AUTO_BUF b = {0};

	if (even <= 0)
		marker = -1;
	else if (marker >= cells)
		marker = cells - 1;
	put(&b, t->utf8 ? "" : "[");
	for (int i = 0; i < cells; i++) {
		if (i == marker)
			put(&b, t->utf8 ? BAR_MARKER : "|");
		else if (i < filled)
			put(&b, t->utf8 ? "█" : "#");
		else
			put(&b, t->utf8 ? "░" : "-");
	}
	put(&b, t->utf8 ? "" : "]");
	return arena_dup_n(a, b.data ? b.data : "", b.len);
}
