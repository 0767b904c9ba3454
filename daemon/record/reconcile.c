/* reconcile.get and reconcile.save: the list that a board keeps beside the person's own. */
#include "common/similar.h"
#include "common/texts.h"
#include "daemon/judge/held.h"
#include "daemon/method.h"
#include "daemon/record/import_plan.h"
#include "daemon/record/pairs.h"
#include "daemon/record/standing.h"

#include <stdlib.h>
#include <string.h>

enum { APART_DAYS = 60, LATE_DAYS = 30, ROWS_MOST = 1000, MINE_MOST = 2000 };

/* A line of either list. */
struct side {
	int64_t id, row; /* of mine; of the board's its place in the file */
	int64_t line;
	const char *title, *key, *words, *provider, *course, *state;
	const char *provider_name, *course_name;
	civil_day done_on;
	struct credit credit;
};

struct lists {
	struct work *w;
	struct held held;
	struct side *mine, *board;
	size_t mine_n, board_n;
	int *pair; /* of each of the board's: mine, or PAIRS_NONE */
	bool *met; /* of mine */
	bool best; /* no better set of pairs is possible */
	struct import_plan
		sent; /* the rows as they were sent; what the reader left out is not asked about */
	struct err *e;
};

/* ---- both lists ------------------------------------------------------------------------------------------------------ */

static const char *folded(const char *text, struct arena *a)
{
	return text && *text ? similar_key(text, a) : "";
}

static void fold(struct side *v, struct arena *a)
{
	v->key = folded(v->title, a);
	v->words = similar_words(v->title, a);
	v->provider = folded(v->provider_name, a);
	v->course = folded(v->course_name, a);
}

static int read_sent(struct lists *l, const char *token)
{
	struct upload_file file;
	int r = upload_open(l->w, token, "import", &file, l->e);

	while (r == 0 && (r = import_rows_read(l->w, &file, &l->sent, l->e)) > 0)
		r = 0;
	if (r == 0 && l->sent.n > ROWS_MOST)
		r = err_set(
			l->e, -PDH_TOO_LARGE, "upload",
			"%zu rows are more than a board has of one person; at most %d",
			l->sent.n, ROWS_MOST);
	return r;
}

static void read_board(struct lists *l)
{
	struct work *w = l->w;

	l->board = arena_array(w->arena, l->sent.n + 1, sizeof(*l->board));
	for (size_t i = 0; i < l->sent.n; i++) {
		const struct activity_add_params *row = &l->sent.rows[i];
		if (!row->title || !date_is_day(row->done_on) || !row->credit.unit)
			continue;
		struct side *to = &l->board[l->board_n++];
		*to = (struct side){
			.id = INT_NONE,
			.row = (int64_t)i,
			.line = row->line,
			.title = arena_dup(w->arena, row->title),
			.provider_name =
				row->provider ? arena_dup(w->arena, row->provider) : NULL,
			.course_name =
				row->course ? arena_dup(w->arena, row->course) : NULL,
			.done_on = row->done_on,
			.credit = row->credit};
		fold(to, w->arena);
	}
}

/* From the beginning of the cycle, and what may be meant by the board's lines before it. */
static civil_day since(const struct lists *l)
{
	civil_day first = l->held.cycle.begins;

	for (size_t i = 0; i < l->board_n; i++)
		if (first == DATE_NONE ||
		    date_add_days(l->board[i].done_on, -APART_DAYS) < first)
			first = date_add_days(l->board[i].done_on, -APART_DAYS);
	return first == DATE_NONE ? DATE_FIRST : first;
}

static int read_mine(struct lists *l)
{
	struct arena *a = l->w->arena;
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_reconcile_entries, &s, l->e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", l->held.id);
	db_bind_date(s, ":since", since(l));
	db_bind_date(s, ":until", l->w->today);
	db_bind_int(s, ":limit", MINE_MOST + 1);
	while ((r = db_step(l->w->db, s, l->e)) > 0) {
		l->mine = arena_grow(a, l->mine, l->mine_n, sizeof(*l->mine));
		struct side *to = &l->mine[l->mine_n++];
		const char *unit = credit_unit_find(db_word(s, 5));
		*to = (struct side){
			.id = db_int(s, 0),
			.row = INT_NONE,
			.line = INT_NONE,
			.title = db_text(s, 1, a),
			.done_on = db_date(s, 3),
			.credit = {db_int(s, 4), unit ? unit : db_text(s, 5, a)},
			.provider_name = db_text(s, 6, a),
			.course_name = db_text(s, 7, a),
			.state = db_text(s, 8, a)};
		fold(to, a);
	}
	if (r == 0 && l->mine_n > MINE_MOST)
		return err_set(l->e, -PDH_TOO_LARGE, NULL,
			       "more than %d entries in these days; a board has fewer",
			       MINE_MOST);
	return r;
}

/* ---- pairs -------------------------------------------------------------------------------------------------------------- */

static bool same_credit(const struct credit *a, const struct credit *b)
{
	return a->exact == b->exact && strcmp(a->unit, b->unit) == 0;
}

/* As many pairs as possible; of those the ones that say most of the same, on the nearest days. */
static int64_t worth(const void *data, size_t i, size_t j)
{
	enum { PAIR = 1000000, SAME_TITLE = 200000, LIKE_TITLE = 100000 };
	enum { A_DAY = 100, SAME_CREDIT = 5000, SAME_PROVIDER = 1000 };
	const struct lists *l = data;
	const struct side *b = &l->board[i], *m = &l->mine[j];
	int64_t apart = llabs((long long)b->done_on - m->done_on);
	bool course = *b->course && strcmp(b->course, m->course) == 0;
	bool title = strcmp(b->key, m->key) == 0;

	if (apart > APART_DAYS)
		return 0;
	if (!title && !course) {
		AUTO_ARENA scratch = {NULL};
		if (!import_like(b->words, m->words, &scratch))
			return 0;
	}
	return PAIR + (title || course ? SAME_TITLE : LIKE_TITLE) +
	       (APART_DAYS - apart) * A_DAY +
	       (same_credit(&b->credit, &m->credit) ? SAME_CREDIT : 0) +
	       (*b->provider && strcmp(b->provider, m->provider) == 0 ? SAME_PROVIDER
								      : 0);
}

/* Of what is stored now. */
static int pair(struct lists *l)
{
	struct arena *a = l->w->arena;

	l->mine_n = 0;
	l->mine = NULL;
	int r = read_mine(l);
	if (r < 0)
		return r;
	l->pair = arena_array(a, l->board_n + 1, sizeof(*l->pair));
	l->met = arena_array(a, l->mine_n + 1, sizeof(*l->met));
	l->best = pairs_best(l->board_n, l->mine_n, worth, l, a, l->pair);
	for (size_t i = 0; i < l->board_n; i++)
		if (l->pair[i] != PAIRS_NONE)
			l->met[l->pair[i]] = true;
	return 0;
}

static int prepare(struct lists *l, const char *credential, const char *token)
{
	int r = held_find(l->w, credential, "credential", &l->held, l->e);

	if (r == 0)
		r = read_sent(l, token);
	if (r < 0)
		return r;
	read_board(l);
	return pair(l);
}

/* ---- the answer ----------------------------------------------------------------------------------------------------------- */

static void add(struct list *to, const struct lists *l, const struct side *mine,
		const struct side *board)
{
	const struct side *one = mine ? mine : board;
	struct reconciled_row *v = arena_grow(l->w->arena, to->v, to->n, sizeof(*v));

	to->v = v;
	v += to->n++;
	shape_none(&shape_reconciled_row, v);
	v->id = mine ? mine->id : INT_NONE;
	v->title = one->title;
	v->done_on = one->done_on;
	v->credit = one->credit;
	v->provider = one->provider_name;
	v->course = one->course_name;
	v->state = mine ? mine->state : NULL;
	v->days = l->w->today - one->done_on;
	if (board) {
		v->row = board->row;
		v->line = board->line;
	}
	if (mine && board) {
		v->board = board->credit;
		v->board_day = board->done_on;
	}
}

static void tell(const struct lists *l, struct reconciled *ret)
{
	struct list mine = {0}, board = {0}, differ = {0}, late = {0};

	ret->both = 0;
	for (size_t i = 0; i < l->board_n; i++) {
		const struct side *b = &l->board[i];
		const struct side *m =
			l->pair[i] == PAIRS_NONE ? NULL : &l->mine[l->pair[i]];
		if (!m)
			add(&board, l, NULL, b);
		else if (same_credit(&m->credit, &b->credit))
			ret->both++;
		else
			add(&differ, l, m, b);
	}
	for (size_t i = 0; i < l->mine_n; i++) {
		const struct side *m = &l->mine[i];
		/* Of the cycle before only what the board has is of interest. */
		if (l->met[i] || (l->held.cycle.begins != DATE_NONE &&
				  m->done_on < l->held.cycle.begins))
			continue;
		add(&mine, l, m, NULL);
		if (l->w->today - m->done_on > LATE_DAYS)
			add(&late, l, m, NULL);
	}
	memcpy(&ret->mine, &mine, sizeof(mine));
	memcpy(&ret->board, &board, sizeof(board));
	memcpy(&ret->differ, &differ, sizeof(differ));
	memcpy(&ret->late, &late, sizeof(late));
	ret->credential = l->held.alias;
	ret->title = l->held.title;
	if (!l->best)
		texts_add(
			&ret->notes,
			"many lines are alike: they were paired in the order of how well "
			"they fit",
			l->w->arena);
}

int method_reconcile_get(struct work *w, const struct reconcile_get_params *p,
			 struct reconciled *ret, struct err *e)
{
	struct lists l = {.w = w, .e = e};
	int r = prepare(&l, p->credential, p->upload);

	if (r == 0)
		tell(&l, ret);
	import_plan_done(&l.sent);
	return r;
}

/* ---- storing ---------------------------------------------------------------------------------------------------------------- */

static int set(struct lists *l, const struct side *m, const struct side *b)
{
	bool same = same_credit(&m->credit, &b->credit);

	return standing_set(l->w, m->id, l->held.id,
			    same ? STANDING_POSTED : STANDING_DIFFERS,
			    same ? NULL : &b->credit, l->e);
}

static int mark(struct lists *l, struct reconciled *ret)
{
	int r = 0;

	ret->saved = 0;
	for (size_t i = 0; r == 0 && i < l->board_n; i++) {
		if (l->pair[i] == PAIRS_NONE)
			continue;
		r = set(l, &l->mine[l->pair[i]], &l->board[i]);
		ret->saved++;
	}
	return r;
}

/* A line that says what an entry says is not logged beside it: that may be the line of another, or count elsewhere. */
static void say_left_out(const struct lists *l, size_t n, struct reconciled *ret)
{
	if (n == 0)
		return;
	texts_add(&ret->notes,
		  arena_printf(l->w->arena,
			       "%zu %s left out: %s what an entry here says already; "
			       "where it took place twice: pdh log --allow-similar",
			       n,
			       n == 1 ? "line of the board is" : "lines of the board are",
			       n == 1 ? "it says" : "they say"),
		  l->w->arena);
}

/* What only the board has becomes entries: that they are like none of those that are there was just found out. */
static int take(struct lists *l, const struct reconcile_save_params *p,
		struct reconciled *ret)
{
	struct import_run_params q;
	struct imported done;
	size_t n = 0;

	shape_none(&shape_import_run_params, &q);
	shape_none(&shape_imported, &done);
	q.file = p->file ? p->file : l->held.alias;
	q.layout = p->layout;
	q.opening = p->opening;
	q.similar = q.again = 1;
	q.activities.v =
		arena_array(l->w->arena, l->board_n + 1, sizeof(*q.activities.v));
	for (size_t i = 0; i < l->board_n; i++)
		if (l->pair[i] == PAIRS_NONE)
			q.activities.v[n++] = l->sent.rows[l->board[i].row];
	q.activities.n = n;
	ret->taken = 0;
	int r = n ? method_import_run(l->w, &q, &done, l->e) : 0;
	if (r < 0 || n == 0)
		return r;
	ret->taken = done.created;
	say_left_out(l, n - (size_t)done.created, ret);
	ret->openings.n = done.openings.n;
	ret->openings.v = done.openings.v;
	return pair(l);
}

static void say_what(const struct lists *l, const struct reconciled *ret)
{
	struct arena *a = l->w->arena;
	const char *taken =
		ret->taken > 0 ? arena_printf(a, ", %lld taken", (long long)ret->taken)
			       : "";

	l->w->what = ret->saved == INT_NONE
			     ? arena_printf(a, "reconcile %s%s", l->held.alias, taken)
			     : arena_printf(a, "reconcile %s%s, %lld %s", l->held.alias,
					    taken, (long long)ret->saved,
					    ret->saved == 1 ? "entry" : "entries");
}

/* Without a word of what is wanted, entries are marked. */
static int write_all(struct lists *l, const struct reconcile_save_params *p,
		     struct reconciled *ret)
{
	int r = prepare(l, p->credential, p->upload);

	if (r == 0 && p->take > 0)
		r = take(l, p, ret);
	if (r == 0 && (p->keep > 0 || p->take <= 0))
		r = mark(l, ret);
	if (r == 0)
		tell(l, ret);
	return r;
}

int method_reconcile_save(struct work *w, const struct reconcile_save_params *p,
			  struct reconciled *ret, struct err *e)
{
	struct lists l = {.w = w, .e = e};
	int r = p->upload ? write_all(&l, p, ret)
			  : err_set(e, -PDH_USAGE, "upload",
				    "Which file? Give the list that the board keeps.");

	import_plan_done(&l.sent);
	if (r < 0)
		return r;
	ret->dry_run = w->dry_run;
	say_what(&l, ret);
	return 0;
}
