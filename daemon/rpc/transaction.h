/* A transaction of the database, and of the ledgers with it: what they keep of cycles is what was committed. */
#pragma once

#include "daemon/work.h"

typedef int (*transaction_fn)(struct work *w, void *arg, struct err *e);

int transaction_begin(struct work *w, struct err *e);

/* Runs `fn` within the transaction. It stores nothing that a ledger keeps (no activity, credential or cycle), so the
 * ledgers stay right. */
int transaction_beside(struct work *w, transaction_fn fn, void *arg, struct err *e);

int transaction_commit(struct work *w, struct err *e);

/* Undoes everything, unless it was committed. */
void transaction_end(struct work *w);
