/* The rows of the programme that chooses which hours count. */
#include "daemon/rules/choose_parts.h"

/* The first call counts rows, the second writes them. */
struct writer {
	struct chooser *ch;
	bool writes;
	size_t row;
};

static void put(struct writer *w, int column, int64_t coefficient)
{
	if (w->writes && column != NONE)
		simplex_set(&w->ch->s, w->row, (size_t)column, coefficient);
}

static void end_row(struct writer *w, int128 limit)
{
	if (w->writes)
		simplex_limit(&w->ch->s, w->row, limit);
	w->row++;
}

/* What of a cell serves one need of a group serves no other. */
static void write_uses(struct writer *w, size_t c)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	int whole = ch->column[c];

	for (size_t i = 1; i < j->n; i++) {
		if (*choose_use(ch, c, i) == NONE)
			continue;
		int group = j->instances[i].rule->exclusive;
		bool first = true;
		for (size_t k = 1; group && k < i; k++)
			first = first && (*choose_use(ch, c, k) == NONE ||
					  j->instances[k].rule->exclusive != group);
		if (!first)
			continue;
		for (size_t k = i; k < j->n; k++)
			if (k == i || (group && *choose_use(ch, c, k) != NONE &&
				       j->instances[k].rule->exclusive == group))
				put(w, *choose_use(ch, c, k), 1);
		put(w, whole, -1);
		end_row(w, whole == NONE ? j->cells[c].available : 0);
	}
}

/* A cell counts at most whole, less what of it leaves the period. */
static void write_cell(struct writer *w, size_t c)
{
	const struct leave *leave = w->ch->leave;
	int whole = w->ch->column[c];

	if (whole != NONE) {
		put(w, whole, 1);
		for (size_t k = 0; leave && k < leave->n; k++)
			if (leave->v[k].cell == c)
				put(w, leave->v[k].column, 1);
		end_row(w, w->ch->j->cells[c].available);
	}
	write_uses(w, c);
}

/* What leaves is there, and there is room for it. */
static void write_leave(struct writer *w, const struct leave *leave)
{
	for (size_t k = 0; k < leave->n; k++) {
		put(w, leave->v[k].column, 1);
		end_row(w, leave->v[k].most);
	}
	for (size_t p = 0; p < leave->part_count; p++) {
		for (size_t k = 0; k < leave->n; k++)
			if (leave->v[k].parts >> p & 1)
				put(w, leave->v[k].column, 1);
		end_row(w, leave->part_room[p]);
	}
	for (size_t k = 0; k < leave->n; k++)
		put(w, leave->v[k].column, 1);
	end_row(w, leave->room);
}

/* A limit on a share of what counts: (den - num) * inside - num * beside <= 0. */
static void write_share(struct writer *w, size_t limit)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	struct ratio share = j->instances[limit].rule->amount.share;
	int128 whole = 0;

	for (size_t c = 0; c < j->cell_count; c++) {
		if (set_has(&j->cells[c].in, limit)) {
			put(w, ch->column[c], share.den - share.num);
		} else if (beside(j, &j->cells[c], limit)) {
			put(w, ch->column[c], -share.num);
			if (ch->column[c] == NONE)
				whole += (int128)j->cells[c].available * share.num;
		}
	}
	end_row(w, whole);
}

static void write_limit(struct writer *w, size_t limit)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	const struct instance *in = &j->instances[limit];
	const struct rule *need = need_of(j, in);

	if (!need && is_share(in)) {
		write_share(w, limit);
		return;
	}
	for (size_t c = 0; c < j->cell_count; c++) {
		if (!set_has(&j->cells[c].in, limit))
			continue;
		if (!need)
			put(w, ch->column[c], 1);
		for (size_t i = 1; need && i < j->n; i++)
			if (j->instances[i].rule == need)
				put(w, *choose_use(ch, c, i), 1);
	}
	end_row(w, in->amount);
}

/* How far a need is met is at most what serves it, and at most all it asks for. */
static void write_need(struct writer *w, size_t need)
{
	struct chooser *ch = w->ch;
	const struct judgement *j = ch->j;
	int64_t whole = 0;

	for (size_t c = 0; c < j->cell_count; c++) {
		if (!set_has(&j->cells[c].in, need))
			continue;
		int use = *choose_use(ch, c, need);
		put(w, use != NONE ? use : ch->column[c], -1);
		if (use == NONE && ch->column[c] == NONE)
			whole = added(whole, j->cells[c].available);
	}
	put(w, ch->met[need], 1);
	end_row(w, whole);
	put(w, ch->met[need], 1);
	end_row(w, j->instances[need].amount);
}

static void write_rows(struct writer *w)
{
	struct chooser *ch = w->ch;
	struct judgement *j = ch->j;

	w->row = 0;
	for (size_t c = 0; c < j->cell_count; c++)
		write_cell(w, c);
	for (size_t i = 1; i < j->n; i++) {
		if (ch->cuts[i])
			write_limit(w, i);
		if (ch->met[i] != NONE)
			write_need(w, i);
	}
	if (ch->leave)
		write_leave(w, ch->leave);
}

void choose_rows(struct chooser *ch)
{
	struct writer w = {.ch = ch};

	write_rows(&w);
	simplex_init(&ch->s, ch->columns, w.row, ch->j->a);
	w.writes = true;
	write_rows(&w);
}
