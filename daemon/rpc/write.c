/* Requests that write: once, in one transaction, with the change beside the data. */
#include "daemon/event/event.h"
#include "daemon/rpc/call.h"
#include "daemon/store/change.h"

#include <string.h>

/* After a change a reminder may be found for the first time whose time was over before the request arrived. The person who
 * set it so knows of it, and it is not sent. It is sent where the last look failed, because it may have been there before,
 * and where the method asked for messages to be sent at once. */
static void note_write(struct call *c)
{
	struct rpc_reminders *r = &c->rpc->reminders;

	c->work.next |= NEXT_LINE | NEXT_REMIND;
	if (!(c->work.next & NEXT_SEND) && !r->missed && c->arrived > r->late_until)
		r->late_until = c->arrived;
}

/* The result as it was written, for whoever asks again. */
struct answer {
	struct call *call;
	const char *data;
	size_t n;
};

/* What is stored beside the data: the change, its events, and the answer. */
static int store_beside(struct work *w, void *arg, struct err *e)
{
	const struct answer *answer = arg;
	struct call *c = answer->call;
	struct change_note note = {
		.at = w->now,
		.who = w->who,
		.method = c->method->name,
		.what = w->what ? w->what : c->method->name,
		.undoes = w->undoes,
	};
	int r = change_store(w->recorder, &note, e);

	if (r == 0)
		r = tell_events(w, e);
	change_end(w->recorder);
	w->recorder = NULL;
	return r < 0 ? r
		     : rpc_once_keep(w->db, &c->once, w->now, c->op, answer->data,
				     answer->n, e);
}

/* Stores the change beside the data and makes both durable, or neither. */
static int commit(struct call *c, const char *data, size_t n)
{
	struct answer answer = {c, data, n};
	int r = transaction_beside(&c->work, store_beside, &answer, &c->err);

	if (r == 0)
		r = transaction_commit(&c->work, &c->err);
	if (r == 0)
		note_write(c);
	return r;
}

/* Puts the number of the change into the answer, where there will be one. A method cannot know that: what it wrote may be
 * what was there before. */
static int name_change(struct call *c)
{
	const struct shape *record = c->method->result;
	const struct field *op = shape_find(record, "op", strlen("op"));
	bool stored;

	int r = change_will_be_stored(c->work.recorder, c->work.undoes, &stored, &c->err);
	if (r == 0 && stored)
		c->op = change_op(c->work.recorder);
	if (r == 0 && stored && op)
		*(int64_t *)field_at(op, c->result) = c->op;
	return r;
}

static int run_write(struct call *c, struct buf *out)
{
	size_t before = out->len, at = 0;
	int r = transaction_begin(&c->work, &c->err);

	if (r < 0)
		return r;
	r = change_begin(c->rpc->db, &c->work.recorder, &c->err);
	if (r == 0)
		r = call_run(c);
	if (r == 0 && !c->caller.dry_run)
		r = name_change(c);
	if (r == 0)
		r = call_reply(c, out, &at);
	if (r == 0 && !c->caller.dry_run)
		r = commit(c, out->data + at, out->len - at);
	change_end(c->work.recorder);
	transaction_end(&c->work);
	if (r < 0)
		out->len = before;
	return r;
}

/* What was done already is answered and not done again. 1: it was. */
static int answer_again(struct call *c, struct buf *out)
{
	const char *answer;
	msgpack_packer pk;
	int64_t op;
	size_t n;

	int r = rpc_once_find(c->rpc->db, &c->once, &c->rpc->arena, &answer, &n, &op,
			      &c->err);
	if (r <= 0)
		return r;
	if (n == 0) {
		err_set(&c->err, -PDH_DUPLICATE, NULL,
			"this was stored already, as change %lld; nothing was stored twice",
			(long long)op);
		return err_hint(&c->err, "pdh history shows it");
	}
	msgpack_packer_init(&pk, out, buf_write);
	wire_pack_response(&pk, c->request.id);
	msgpack_pack_nil(&pk);
	return buf_write(out, answer, n) < 0 ? -PDH_TOO_LARGE : 1;
}

int call_write(struct call *c, struct buf *out)
{
	int r = answer_again(c, out);

	return r == 0 ? run_write(c, out) : r;
}
