#include "daemon/rpc/transaction.h"

#include "daemon/judge/ledger.h"

int transaction_begin(struct work *w, struct err *e)
{
	return db_begin(w->db, e);
}

int transaction_beside(struct work *w, transaction_fn fn, void *arg, struct err *e)
{
	bool right = ledgers_are_right(w);
	int r = fn(w, arg, e);

	if (right)
		ledgers_stay(w);
	return r;
}

int transaction_commit(struct work *w, struct err *e)
{
	int r = db_commit(w->db, e);

	if (r == 0)
		ledgers_settle(w->ledgers, true);
	return r;
}

void transaction_end(struct work *w)
{
	if (db_in_transaction(w->db))
		db_rollback(w->db);
	ledgers_settle(w->ledgers, false);
}
