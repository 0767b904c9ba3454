/* Events for those who subscribed. Nothing is queued: each has a cursor, and the next page is read when it is wanted. */
#include "common/codec.h"
#include "daemon/event/event.h"
#include "daemon/rpc/rpc.h"
#include "daemon/rpc/transaction.h"

enum { PAGE = 100 };

static int store_states(struct work *w, void *changed, struct err *e)
{
	return event_states_store(w, changed, e);
}

static int store(struct work *w, struct list *changed, struct err *e)
{
	int r = transaction_begin(w, e);

	if (r == 0)
		r = transaction_beside(w, store_states, changed, e);
	if (r == 0)
		r = transaction_commit(w, e);
	transaction_end(w);
	return r;
}

int rpc_events_look(struct rpc *rpc, struct err *e)
{
	struct work w = rpc_work(rpc);
	struct list changed;
	int r = rpc_ready(rpc, e);

	if (r == 0)
		r = event_states_changed(&w, &changed, e);
	if (r == 0 && changed.n)
		r = store(&w, &changed, e);
	rpc_work_done(rpc, &w);
	return r;
}

static void pack_notification(msgpack_packer *pk, const char *name)
{
	msgpack_pack_array(pk, 3);
	msgpack_pack_int(pk, WIRE_NOTIFICATION);
	wire_pack_text(pk, name);
	msgpack_pack_array(pk, 1);
}

static void pack_end(struct buf *out, const struct err *e)
{
	msgpack_packer pk;

	msgpack_packer_init(&pk, out, buf_write);
	pack_notification(&pk, "error");
	wire_pack_error(&pk, e, 0);
}

int rpc_events_page(struct rpc *rpc, struct event_cursor *c, struct buf *out)
{
	struct work w = rpc_work(rpc);
	msgpack_packer pk;
	struct list rows;
	struct err e;

	int r = rpc_ready(rpc, &e);
	if (r == 0)
		r = event_page(&w, c, PAGE, &rows, &e);
	if (r < 0)
		pack_end(out, &e);
	msgpack_packer_init(&pk, out, buf_write);
	for (size_t i = 0; r == 0 && i < rows.n; i++) {
		pack_notification(&pk, "event");
		codec_write_record(&pk, &shape_event, (const struct event *)rows.v + i);
	}
	rpc_work_done(rpc, &w);
	return r < 0 ? r : rows.n == PAGE;
}

void rpc_events_drop(struct buf *out)
{
	struct err e;

	err_set(&e, -PDH_BUSY, NULL,
		"events were not read fast enough; the daemon stopped sending them");
	err_hint(&e,
		 "subscribe again with since_seq, the number of the last that was read");
	pack_end(out, &e);
}
