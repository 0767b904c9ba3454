#include "daemon/record/told.h"

#include "common/ascii.h"
#include "common/word_list.h"
#include "daemon/judge/held.h"
#include "daemon/record/have_read.h"
#include "daemon/store/row.h"

#include <stdlib.h>
#include <string.h>

/* The words of a text, of which some are taken from the front or the end. */
struct typed_words {
	struct word_list all;
	size_t from;
};

static bool is_number(const char *word)
{
	return *word && strspn(word, "0123456789") == strlen(word);
}

/* "2021", "2021-05", "2021-05-15", "2014-08..2019-06"; a number alone is a year where no score is meant. */
static bool is_days(const char *word, bool year)
{
	bool dashed = strlen(word) >= 6 && strspn(word, "0123456789") == 4 &&
		      (word[4] == '-' || word[4] == '.');

	return dashed || (year && is_number(word) && strlen(word) == 4);
}

static int take_days(struct typed_words *w, civil_day today, struct have *h,
		     struct err *e)
{
	struct period days;

	if (w->all.n == w->from || !is_days(w->all.v[w->all.n - 1], h->kind != HAVE_EXAM))
		return 0;
	int r = period_parse(w->all.v[w->all.n - 1], today, DATE_ORDER_UNTOLD, &days, e);
	if (r < 0)
		return r;
	w->all.n--;
	h->on = days.to;
	if (h->kind == HAVE_EXPERIENCE || h->kind == HAVE_PROGRAM)
		h->from = days.from;
	return 0;
}

/* "3 years" before what was done: the last so many. */
static void take_years(struct typed_words *w, civil_day today, struct have *h)
{
	if (w->all.n - w->from < 2 || !is_number(w->all.v[w->from]) ||
	    strncmp(w->all.v[w->from + 1], "year", 4) != 0)
		return;
	h->on = h->on == DATE_NONE ? today : h->on;
	h->from = date_add_months(h->on + 1, -12 * strtol(w->all.v[w->from], NULL, 10));
	w->from += 2;
}

static void take_score(struct typed_words *w, struct have *h)
{
	if (w->all.n - w->from < 2 || !is_number(w->all.v[w->all.n - 1]) ||
	    strlen(w->all.v[w->all.n - 1]) > 6)
		return;
	h->score = strtol(w->all.v[w->all.n - 1], NULL, 10);
	w->all.n--;
}

static int refuse(const char *text, struct err *e)
{
	err_set(e, -PDH_USAGE, "have", "\"%.60s\" does not begin with what it is", text);
	return err_hint(e, "a level of a degree, or exam, experience, credits, program, "
			   "course, clearance, portfolio, paper or recommendation");
}

/* The kind, or the level of a degree. */
static int take_kind(struct typed_words *w, const char *text, struct have *h,
		     struct err *e)
{
	static const char *const degrees[] = {"associate", "bachelor", "master",
					      "specialist", "doctor"};
	const char *first = w->all.n ? w->all.v[0] : "";

	h->kind = (enum have_kind)kind_value(KIND_HAVE, first);
	if (h->kind && h->kind != HAVE_DEGREE) {
		w->from = 1;
		return 0;
	}
	const char *level = h->kind == HAVE_DEGREE && w->all.n > 1 ? w->all.v[1] : first;
	w->from = h->kind == HAVE_DEGREE ? 2 : 1;
	for (size_t i = 0; i < sizeof(degrees) / sizeof(degrees[0]); i++)
		if (strncmp(level, degrees[i], strlen(degrees[i])) == 0)
			h->level = degrees[i];
	h->kind = HAVE_DEGREE;
	return h->level ? 0 : refuse(text, e);
}

int told_parse(const char *text, civil_day today, struct arena *a, struct have *ret,
	       struct err *e)
{
	struct typed_words w = {word_list_cut(text, " ", a), 0};

	shape_none(&shape_have, ret);
	int r = take_kind(&w, text, ret, e);
	if (r < 0)
		return r;
	r = take_days(&w, today, ret, e);
	if (r == 0 && ret->kind == HAVE_CREDITS && w.from < w.all.n)
		r = credit_parse(w.all.v[w.from++], &ret->credit, e);
	if (r < 0)
		return err_set(e, -PDH_USAGE, "have", "\"%.60s\" cannot be read", text);
	if (ret->kind == HAVE_EXPERIENCE)
		take_years(&w, today, ret);
	if (ret->kind == HAVE_EXAM)
		take_score(&w, ret);
	ret->title = word_list_join(&w.all, w.from, w.all.n, a);
	if (!*ret->title && ret->kind != HAVE_DEGREE) {
		err_set(e, -PDH_USAGE, "have", "\"%.60s\" does not say what it is", text);
		return err_hint(e, "such as \"exam 5312 158 2026-05-02\"");
	}
	return 0;
}

/* ---- the record -------------------------------------------------------------------------- */

static int read_papers(struct work *w, struct path_case *ret, struct err *e)
{
	struct held_list held;
	int r = held_all(w, DATE_NONE, &held, e);

	if (r < 0)
		return r;
	struct path_paper *papers = arena_array(w->arena, held.n + 1, sizeof(*papers));
	for (size_t i = 0; i < held.n; i++) {
		const struct held *h = &held.v[i];
		if (h->pursued)
			continue;
		papers[ret->paper_count++] =
			(struct path_paper){h->alias, h->title,	       h->cycle.pack->id,
					    h->level, h->jurisdiction, h->cycle.ends};
	}
	ret->papers = papers;
	return 0;
}

/* Items that are done, and credits of college that were logged, as if they had been entered. */
static int read_rows(struct work *w, enum db_query q, struct list *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	return r < 0 ? r : row_read_all(w->db, s, &shape_have, w->arena, ret, e);
}

int told_read(struct work *w, const struct texts *tried, civil_day day,
	      struct path_case *ret, struct err *e)
{
	struct list parts[3];

	*ret = (struct path_case){.day = day, .a = w->arena};
	int r = have_read(w, NULL, &parts[0], e);
	if (r == 0)
		r = read_rows(w, Q_have_items, &parts[1], e);
	if (r == 0)
		r = read_rows(w, Q_have_logged, &parts[2], e);
	if (r == 0)
		r = read_papers(w, ret, e);
	if (r < 0)
		return r;
	struct have *all =
		arena_array(w->arena, tried->n + parts[0].n + parts[1].n + parts[2].n + 1,
			    sizeof(*all));
	for (size_t i = 0; r == 0 && i < tried->n; i++)
		r = told_parse(tried->v[i], w->today, w->arena, &all[ret->have_count++],
			       e);
	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < parts[k].n; i++)
			all[ret->have_count++] = ((struct have *)parts[k].v)[i];
	ret->haves = all;
	return r;
}
