/* What the daemon answered: read from its frame, or made here in the same form. */
#pragma once

#include "common/codec.h"

/* What came back. `raw` is the map as it was sent; `record` is the same as the method's struct. Both live in the
 * arena and in `zone`; release with answer_done(). */
struct answer {
	const struct method *method;
	void *record;
	const msgpack_object *raw;
	msgpack_unpacked zone;
	struct answer *pages; /* further ones whose rows this one has; they go with it */
	size_t pages_n;
};

/* Reads the frame of `size` bytes at the start of `in`, and takes it away: the answer to request `id` of ret->method, into
 * ret->record. 0; the daemon's error; or -PDH_BAD_FRAME. */
int answer_read(struct buf *in, size_t size, uint32_t id, struct arena *a,
		struct answer *ret, struct err *e);

/* Whether that frame is no answer, but tells how far the daemon is; then it is taken away, and *ret_done is in thousandths. */
bool answer_is_progress(struct buf *in, size_t size, int *ret_done);

/* An answer made here, for verbs without a method of the daemon: `record` is encoded and read back, so
 * that every form of output has one source. */
void answer_local(const struct method *m, void *record, struct arena *a,
		  struct answer *ret);

void answer_done(struct answer *ans);
