/* A transaction of the database and of the ledgers: after a rollback the ledgers drop what they read or were told in it. */
#pragma once

#include "daemon/work.h"

typedef int (*transaction_fn)(struct work *w, void *arg, struct err *e);

int transaction_begin(struct work *w, struct err *e);

/* Runs `fn` within the transaction. `fn` must store no activity, credential or cycle: the ledgers are not told of what it
 * writes, and count as up to date afterward. */
int transaction_beside(struct work *w, transaction_fn fn, void *arg, struct err *e);

int transaction_commit(struct work *w, struct err *e);

/* Rolls back, unless the transaction was committed. */
void transaction_end(struct work *w);
