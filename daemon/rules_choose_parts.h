/* What the steps of one choice of hours share. */
#pragma once

#include "daemon/rules_parts.h"
#include "daemon/rules_simplex.h"

enum { NONE = -1 };

struct chooser {
	struct judgement *j;
	bool *cuts;	     /* by instance: a limit that may cut */
	bool divides;	     /* some need is one of a group, or has a limit inside it */
	int *column;	     /* by cell: its column, or NONE if it counts whole */
	int *use;	     /* by cell and instance: the column of that use, or NONE */
	int *met;	     /* by instance: the column of how far it is met, or NONE */
	struct leave *leave; /* NULL: nothing leaves */
	size_t columns;
	struct simplex s;
};

static inline int *choose_use(const struct chooser *ch, size_t cell, size_t instance)
{
	return &ch->use[cell * ch->j->n + instance];
}

static inline bool is_share(const struct instance *limit)
{
	return limit->rule->amount.kind == AMOUNT_OF_COUNTED;
}

/* ---- rules_choose_rows.c ---- */

/* Begins the programme and writes its rows. */
void choose_rows(struct chooser *ch);
