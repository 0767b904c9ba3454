/* path.compare: the paths of several boards, one row a question. */
#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/ways/ways.h"

#include <string.h>

enum { SIDES_MAX = 12 };

struct side {
	const struct pack *pack;
	struct paths paths;
};

/* ---- which packs ------------------------------------------------------------------------- */

static const struct path *of_kind(const struct paths *all, enum path_kind kind)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].kind == kind)
			return &all->v[i];
	return NULL;
}

/* How to become one: a license of its own, or an endorsement where there is none. */
static const struct path *way_in(const struct paths *all)
{
	const struct path *first = of_kind(all, PATH_FIRST);

	return first ? first : of_kind(all, PATH_ADD);
}

/* "tx", "us-tx" and "US-TX" are the jurisdiction US-TX. */
static bool is_place(const struct pack *p, const char *word)
{
	const char *of = p->jurisdiction ? p->jurisdiction : "";

	return ascii_same(of, word) ||
	       (strncmp(of, "US-", 3) == 0 && ascii_same(of + 3, word));
}

/* The first pack of a place whose paths say how to become certified there. */
static int find_place(struct work *w, const char *word, struct side *ret, struct err *e)
{
	const struct pack *const *all;
	struct texts problems;
	bool place = false;
	size_t n;

	pack_library_all(w->packs, &all, &n, &problems);
	for (size_t i = 0; i < n; i++) {
		if (!is_place(all[i], word))
			continue;
		place = true;
		ret->pack = all[i];
		int r = path_read(all[i], w->arena, &ret->paths, e);
		if (r < 0 || way_in(&ret->paths))
			return r;
	}
	if (place)
		return err_set(e, -PDH_NOT_FOUND, "packs",
			       "no pack of %.40s says what is asked before it is held",
			       word);
	err_set(e, -PDH_NOT_FOUND, "packs",
		"\"%.60s\" is not a rules pack, and no pack is of there", word);
	return err_hint(e, "such as pdh path compare tx co wa");
}

static int find_side(struct work *w, const char *word, struct side *ret, struct err *e)
{
	struct err other;

	if (pack_library_find(w->packs, word, &ret->pack, &other) < 0)
		return find_place(w, word, ret, e);
	int r = path_read(ret->pack, w->arena, &ret->paths, e);
	if (r == 0 && ret->paths.n == 0)
		return err_set(e, -PDH_NOT_FOUND, "packs",
			       "%.80s does not say what is asked before it is held",
			       word);
	return r;
}

/* ---- answers ----------------------------------------------------------------------------- */

static void weaken(struct path_cell *cell, const struct step *s)
{
	if (s->cite && (!cell->mark || s->cite->mark > cell->mark)) {
		cell->mark = s->cite->mark;
		cell->cite = s->cite->title;
	}
	if (s->level == RULE_LEVEL_UNSURE)
		cell->unsure = 1;
}

static void append(struct path_cell *cell, const char *between, const char *text,
		   struct arena *a)
{
	cell->text =
		cell->text ? arena_printf(a, "%s%s%s", cell->text, between, text) : text;
}

/* Steps that ask for one of these, those of a choice with "or" between. */
static void collect(const struct step *steps, size_t n, unsigned verbs,
		    const char *between, struct path_cell *cell, struct arena *a)
{
	for (size_t i = 0; i < n; i++) {
		const struct step *s = &steps[i];
		const char *inner =
			s->verb == STEP_ONE_OF || s->verb == STEP_N_OF ? ", or " : "; ";
		if (s->n) {
			collect(s->steps, s->n, verbs, inner, cell, a);
		} else if (verbs >> s->verb & 1) {
			append(cell, between, path_step_text(s, a), a);
			weaken(cell, s);
		}
	}
}

static void answer_steps(const struct path *p, unsigned verbs, struct path_cell *cell,
			 struct arena *a)
{
	if (p)
		collect(p->steps, p->n, verbs, "; ", cell, a);
}

static void answer_texts(const struct texts *t, struct path_cell *cell, struct arena *a)
{
	for (size_t i = 0; i < t->n; i++)
		append(cell, "; ", t->v[i], a);
}

enum asked {
	ASK_PAPER,
	ASK_DEGREE,
	ASK_STUDY,
	ASK_WORK,
	ASK_EXAM,
	ASK_CLEARANCE,
	ASK_COURSE,
	ASK_FEE,
	ASK_GIVES,
	ASK_UP,
	ASK_IN_ACCEPTS,
	ASK_IN_WAIVES,
	ASK_IN_STEPS,
	ASK_NOT_FOUND,
	QUESTIONS
};

static const char *const questions[QUESTIONS] = {
	[ASK_PAPER] = "Another paper first",
	[ASK_DEGREE] = "Degree",
	[ASK_STUDY] = "Program or credits",
	[ASK_WORK] = "Years of work",
	[ASK_EXAM] = "Exam",
	[ASK_CLEARANCE] = "Clearance",
	[ASK_COURSE] = "Courses, portfolio, recommendation",
	[ASK_FEE] = "Fee",
	[ASK_GIVES] = "First paper",
	[ASK_UP] = "Next level asks",
	[ASK_IN_ACCEPTS] = "Moving in: accepted",
	[ASK_IN_WAIVES] = "Moving in: not asked again",
	[ASK_IN_STEPS] = "Moving in: asked",
	[ASK_NOT_FOUND] = "Not found",
};

#define BIT(verb) (1U << STEP_##verb)

static const unsigned verbs_of[QUESTIONS] = {
	[ASK_PAPER] = BIT(HOLD),
	[ASK_DEGREE] = BIT(DEGREE),
	[ASK_STUDY] = BIT(PROGRAM) | BIT(CREDITS),
	[ASK_WORK] = BIT(YEARS),
	[ASK_EXAM] = BIT(EXAM),
	[ASK_CLEARANCE] = BIT(CLEARANCE),
	[ASK_COURSE] =
		BIT(COURSE) | BIT(PORTFOLIO) | BIT(RECOMMENDATION) | BIT(INDUCTION),
	[ASK_FEE] = BIT(FEE),
	[ASK_UP] = BIT(HOLD) | BIT(DEGREE) | BIT(PROGRAM) | BIT(CREDITS) | BIT(YEARS) |
		   BIT(EXAM) | BIT(COURSE) | BIT(PORTFOLIO) | BIT(INDUCTION) | BIT(ACT) |
		   BIT(NOTE),
	[ASK_IN_STEPS] = BIT(HOLD) | BIT(DEGREE) | BIT(PROGRAM) | BIT(CREDITS) |
			 BIT(YEARS) | BIT(EXAM) | BIT(COURSE) | BIT(PORTFOLIO) |
			 BIT(CLEARANCE) | BIT(FEE) | BIT(NOTE),
};

static void answer(const struct side *side, enum asked q, struct path_cell *cell,
		   struct arena *a)
{
	const struct path *first = way_in(&side->paths),
			  *in = of_kind(&side->paths, PATH_IN);

	shape_none(&shape_path_cell, cell);
	cell->pack = side->pack->id;
	if (q == ASK_UP)
		answer_steps(of_kind(&side->paths, PATH_UP), verbs_of[q], cell, a);
	else if (q == ASK_IN_STEPS)
		answer_steps(in, verbs_of[q], cell, a);
	else if (q == ASK_GIVES)
		cell->text = first ? path_gives_text(first, a) : NULL;
	else if (q == ASK_IN_ACCEPTS)
		cell->text = in ? ways_accepts(in, a) : NULL;
	else if (q == ASK_IN_WAIVES && in)
		answer_texts(&in->waives, cell, a);
	else if (q == ASK_NOT_FOUND && first)
		answer_texts(&first->missing, cell, a);
	else
		answer_steps(first, verbs_of[q], cell, a);
}

static const char *on_one_line(const struct path_question *row, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < row->cells.n; i++)
		all = arena_printf(a, "%s%s%s: %s", all, i ? " / " : "",
				   row->cells.v[i].pack,
				   row->cells.v[i].text ? row->cells.v[i].text : "-");
	return all;
}

static void add_side(const struct side *s, struct path_side *ret)
{
	shape_none(&shape_path_side, ret);
	ret->pack = s->pack->id;
	ret->version = s->pack->version;
	ret->jurisdiction = s->pack->jurisdiction;
	ret->title = s->pack->title;
	ret->read = s->pack->read;
}

int method_path_compare(struct work *w, const struct path_compare_params *p,
			struct paths_compared *ret, struct err *e)
{
	struct side sides[SIDES_MAX];
	const size_t n = p->packs.n;
	int r = n > SIDES_MAX
			? err_set(e, -PDH_REFUSED, "packs", "are more than %d", SIDES_MAX)
			: 0;

	for (size_t i = 0; r == 0 && i < n; i++)
		r = find_side(w, p->packs.v[i], &sides[i], e);
	if (r < 0)
		return r;
	ret->sides.v = arena_array(w->arena, n + 1, sizeof(*ret->sides.v));
	ret->questions.v = arena_array(w->arena, QUESTIONS, sizeof(*ret->questions.v));
	for (size_t i = 0; i < n; i++)
		add_side(&sides[i], &ret->sides.v[ret->sides.n++]);
	for (size_t q = 0; q < QUESTIONS; q++) {
		struct path_question *row = &ret->questions.v[ret->questions.n++];
		row->question = questions[q];
		row->cells.n = n;
		row->cells.v = arena_array(w->arena, n + 1, sizeof(*row->cells.v));
		for (size_t i = 0; i < n; i++)
			answer(&sides[i], (enum asked)q, &row->cells.v[i], w->arena);
		row->answers = on_one_line(row, w->arena);
	}
	return 0;
}
