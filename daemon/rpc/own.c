/* What the daemon does by itself, between requests. */
#include "daemon/event/event.h"
#include "daemon/meta/prompt.h"
#include "daemon/rpc/rpc.h"

#include <stdio.h>

int rpc_ready(struct rpc *rpc, struct err *e)
{
	int r = db_look(rpc->db, e);

	if (r <= 0)
		return r;
	ledgers_done(&rpc->ledgers);
	pins_done(&rpc->pins);
	rpc_forget_untold(rpc);
	rpc->next |= NEXT_LINE | NEXT_EVENTS | NEXT_REMIND;
	return 0;
}

int rpc_run(struct rpc *rpc, transaction_fn fn, void *arg, struct err *e)
{
	if (rpc->lent)
		return err_set(e, -PDH_BUSY, NULL, "a long write runs");
	struct work w = rpc_work(rpc);
	int r = rpc_ready(rpc, e);

	if (r == 0)
		r = transaction_begin(&w, e);
	if (r < 0)
		return r;
	r = transaction_beside(&w, fn, arg, e);
	if (r == 0)
		r = transaction_commit(&w, e);
	transaction_end(&w);
	if (r == 0)
		w.next |= NEXT_EVENTS;
	rpc_work_done(rpc, &w);
	return r;
}

int rpc_prompt(struct rpc *rpc, civil_day today, char out[RPC_PROMPT_SIZE], struct err *e)
{
	struct work w = rpc_work(rpc);
	struct status status;
	bool told = true;

	w.today = today;
	int r = rpc_ready(rpc, e);
	if (r == 0)
		r = prompt_status(&w, &status, e);
	if (r == 0)
		r = event_states_told(&w, &status, &told, e);
	if (r == 0)
		(void)snprintf(out, RPC_PROMPT_SIZE, "%s",
			       status.prompt ? status.prompt : "");
	if (!told)
		w.next |= NEXT_STATES;
	rpc_work_done(rpc, &w);
	return r;
}

int rpc_fold(struct rpc *rpc, struct err *e)
{
	int r = rpc_ready(rpc, e);

	return r < 0 ? r : db_fold(rpc->db, e);
}

bool rpc_is_folded(const struct rpc *rpc)
{
	return db_is_folded(rpc->db);
}
