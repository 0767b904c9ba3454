/* What the steps of one search for the fewest hours share. */
#pragma once

#include "daemon/rules/least/least.h"
#include "daemon/rules/parts.h"
#include "daemon/rules/simplex.h"

enum { NO_COLUMN = -1 };

/* Amounts are logged in hundredths. */
#define LEAST_STEP (CREDIT_ONE / 100)

/* A kind of hour in a stretch of time. */
struct offer {
	size_t kind;
	struct period days;
	bool best;  /* no other does all that it does */
	bool kept;  /* in the programme */
	int column; /* how many pieces of it, in 1/3,600,000 */
	int64_t pieces;
};

/* One case: what is logged, judged, and what the offers would be there. */
struct view {
	const struct rules_case *c;
	reading holds;	       /* that is planned for */
	struct judgement base; /* of what is logged alone, whole */
	struct verdict verdict;
	struct judgement j; /* with a piece of each offer; cells alone */
	int32_t *cell;	    /* by offer; -1: it is worth nothing here */
	int64_t *value;	    /* by offer: what a piece is worth */
	int64_t *logged;    /* by cell of `j`: what of it is logged */
	uint64_t chosen;    /* alternatives that are wanted, by rule */
	uint64_t alone;	    /* those of the answer for this case alone */
	bool *wanted;	    /* by instance: it is to be met */
	int64_t *want;	    /* by instance: as far as this; things times CREDIT_ONE */
	int64_t *beyond;    /* by instance: what of it no hours can meet */
	bool *open; /* by instance: some of it is missing with the hours of the answer */
	int64_t *left; /* by instance: what is missing with the hours of the answer */
	int64_t *rest; /* by instance: what the hours that were told of leave missing */
	/* Of the last programme that asked for the case: */
	int *counts; /* columns by cell: what of it counts; NO_COLUMN: all */
	int *use;    /* by cell and instance: what of a cell serves that need */
	int *met;    /* by instance: how far it is met */
};

struct least {
	const struct least_question *q;
	struct arena *a;
	struct offer *offers;
	size_t n;
	struct view *views;
	uint64_t cases; /* that are asked about */
	bool bounded;
	struct arena programme; /* the numbers of the last one */
	struct simplex s;
	struct least_part *parts; /* what the last one comes to, as it is logged */
	size_t n_parts;
};

static inline bool is_asked(const struct least *l, size_t view)
{
	return l->cases >> view & 1;
}

/* Whether an offer may serve a case at all. */
static inline bool least_serves(const struct least *l, size_t offer, const struct view *v)
{
	return !(l->q->kinds[l->offers[offer].kind].not_for >> (v - l->views) & 1);
}

static inline bool counts_credit(const struct view *v, size_t instance)
{
	const struct rule *r = v->base.instances[instance].rule;

	return !r || r->measure == MEASURE_CREDIT;
}

static inline int *use_of(const struct view *v, size_t cell, size_t instance)
{
	return &v->use[cell * v->j.n + instance];
}

/* ---- view.c: what the offers are ---- */

void least_look(struct least *l);

/* Puts the best offers into the programme, of those that help a case that is asked about. */
void least_keep_best(struct least *l);

/* Puts those into it that the answer has, and plainer ones that do a part of what these do. */
void least_keep_plain(struct least *l);

/* Which needs are wanted, by the alternatives that are chosen. */
void least_want(const struct least *l, struct view *v);

/* What a need asks for and has, where things count CREDIT_ONE each. */
int64_t least_asked(const struct view *v, size_t instance);
int64_t least_have(const struct view *v, const struct judgement *j,
		   const struct verdict *verdict, size_t instance);

/* ---- rows.c: the programme ---- */

/* Whether a limit decides how much of a cell counts. */
bool least_is_capped(const struct view *v, size_t cell);

/* Fills in pieces of offers and which needs stay open; false where it has no answer. */
bool least_programme(struct least *l);

/* ---- choose.c: alternatives ---- */

/* The same for the best choice among alternatives. */
bool least_choose(struct least *l);

/* ---- least.c ---- */

/* Whether a person plans it hour by hour, and not as a course or a paper. */
static inline bool is_by_the_hour(const struct least_kind *kind)
{
	return kind->unit == UNIT_HOUR && !kind->by_piece;
}

/* About how many hours of work a piece of an offer is. */
int64_t least_hours(const struct least *l, size_t offer);

/* The amount that so many pieces of an offer come to, in its unit. */
int64_t least_amount(const struct least *l, size_t offer, int64_t pieces);

/* ---- tell.c: the answer in activities ---- */

/* Fills in the parts from pieces of offers. */
void least_list(struct least *l);

/* What is open. */
void least_tell_open(const struct least *l, struct least_answer *ret);

/* ---- lines.c: the activities as entries ---- */

/* The entries of a case with those of the parts. */
const struct entry *least_with_parts(const struct least *l, const struct view *v,
				     struct arena *a, size_t *ret_n);

/* In how many activities pieces of an offer are worth what the programme takes them for, at
 * least `least`; and how long each is. */
void least_divide(const struct least *l, size_t offer, int64_t pieces, size_t least,
		  struct least_part *ret);

/* Leaves out of the parts what nothing is missing without, and as many hundredths. */
void least_shorten(struct least *l, bool inexact);
