/* A layout that is saved reads a file just as it was read when it was saved, and another file of its heading just as the
 * same words of the person would. Tables are random: the columns of each layout that is shipped, or any, with random
 * corrections. PDH_SEED begins another series, PDH_ROUNDS makes it longer. */
#include "client/read/source.h"
#include "common/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct pack_layer folders[PATH_PACK_LAYERS] = {
	{"shipped", "schema/layouts"}, {"system", "/nowhere"}, {"own", "/nowhere"}};

struct world {
	uint64_t state;
	struct arena *arena;
	struct layouts shipped;
	struct texts columns; /* of the table, as a file writes them */
	bool days_first;
	size_t saved, again;
};

static size_t pick(struct world *w, size_t n)
{
	w->state = w->state * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (size_t)(w->state >> 33) % n;
}

#define ONE_OF(w, list) (list)[pick(w, sizeof(list) / sizeof((list)[0]))]

/* ---- a table ------------------------------------------------------------------------------------------------------- */

static void add_column(struct world *w, const char *name)
{
	if (!texts_has(&w->columns, name) && w->columns.n < 40)
		texts_add(&w->columns, name, w->arena);
}

static void add_columns_of(struct world *w, const struct texts *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (pick(w, 4))
			add_column(w, names->v[i]);
}

/* What a layout must see, and some of what it may. */
static void known_columns(struct world *w, const struct layout *l)
{
	for (size_t i = 0; i < l->match.n; i++)
		add_column(w, l->match.v[i]);
	for (size_t f = 0; f < LAYOUT_FIELD_COUNT; f++)
		for (size_t i = 0; i < l->fields[f].n && l->match.n; i++) {
			add_columns_of(w, &l->fields[f].v[i].from);
			add_columns_of(w, &l->fields[f].v[i].between);
			add_columns_of(w, &l->fields[f].v[i].sum);
		}
}

static void any_columns(struct world *w)
{
	static const char *const all[] = {
		"date",	   "wann",    "end date",   "start date", "title",
		"worum",   "subject", "course",	    "hours",	  "credits",
		"minutes", "ceu",     "provider",   "von wem",	  "notes",
		"status",  "topic",   "place",	    "type",	  "duration min",
		"stand",   "x y z",   "certificate"};
	size_t n = 3 + pick(w, 8);

	for (size_t i = 0; i < n; i++)
		add_column(w, ONE_OF(w, all));
}

static bool speaks_of(const char *column, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strstr(column, words[i]))
			return true;
	return false;
}

#define SPEAKS_OF(column, words) \
	speaks_of(column, words, sizeof(words) / sizeof((words)[0]))

static const char *cell(struct world *w, const char *column)
{
	static const char *const days[] = {"date", "wann",  "start",
					   "end",  "datum", "day"};
	static const char *const times[] = {"time", "zeit"};
	static const char *const amounts[] = {"hour", "credit",	  "minute", "ceu",
					      "min",  "duration", "pdu",    "menge"};
	static const char *const states[] = {"status", "stand", "type"};
	static const char *const words[] = {"Makerspace", "Reading zone",  "Total",
					    "book study", "pending",	   "Ethics; law",
					    "Denied",	  "yes",	   "in progress",
					    "Approved",	  "PD: Copyright", ""};
	static const char *const sums[] = {"1",	       "2.5",  "1,5", "0",   "90",
					   "2 hrs 30", "1:30", "0.3", "abc", ""};
	static const char *const clocks[] = {"08:00", "10:30", "1:15 PM", ""};
	int month = (int)pick(w, 12) + 1, day = (int)pick(w, 28) + 1;

	if (pick(w, 12) == 0)
		return "";
	if (SPEAKS_OF(column, times))
		return ONE_OF(w, clocks);
	if (SPEAKS_OF(column, amounts))
		return ONE_OF(w, sums);
	if (SPEAKS_OF(column, days))
		return arena_printf(w->arena, "%d/%d/2025", w->days_first ? day : month,
				    w->days_first ? month : day);
	return SPEAKS_OF(column, states) ? ONE_OF(w, words) : words[pick(w, 12)];
}

static const char *table(struct world *w)
{
	const char *text = "";
	size_t rows = 2 + pick(w, 8);

	for (size_t i = 0; i <= rows; i++)
		for (size_t c = 0; c < w->columns.n; c++)
			text = arena_printf(w->arena, "%s\"%s\"%s", text,
					    i ? cell(w, w->columns.v[c])
					      : w->columns.v[c],
					    c + 1 < w->columns.n ? "," : "\n");
	return text;
}

/* ---- what a person says of it ------------------------------------------------------------------------------------ */

static void say_map(struct world *w, struct read_options *o)
{
	static const char *const fields[] = {"title",  "date",	   "hours", "minutes",
					     "credit", "provider", "kind",  "topics",
					     "place",  "from",	   "note"};

	for (size_t n = pick(w, 4); n > 0; n--)
		texts_add(&o->map,
			  arena_printf(w->arena, "%s=%s", ONE_OF(w, fields),
				       w->columns.v[pick(w, w->columns.n)]),
			  w->arena);
}

static void say(struct world *w, struct read_options *o)
{
	static const char *const units[] = {"hour", "minutes", "ceu", "sh"};
	static const char *const words[] = {"PD", "maker", "e"};

	say_map(w, o);
	if (pick(w, 2))
		o->unit = ONE_OF(w, units);
	if (pick(w, 2))
		o->dates = w->days_first ? "d/m/y" : "m/d/y";
	if (pick(w, 4) == 0)
		o->decimal = pick(w, 2) ? "," : ".";
	if (pick(w, 3) == 0)
		o->hours = (struct credit){5400000, credit_unit_word(UNIT_HOUR)};
	if (pick(w, 4) == 0)
		texts_add(&o->match, ONE_OF(w, words), w->arena);
	if (pick(w, 6) == 0)
		texts_add(&o->where,
			  arena_printf(w->arena, "%s=pending",
				       w->columns.v[pick(w, w->columns.n)]),
			  w->arena);
	o->lenient = pick(w, 3) == 0;
}

/* ---- the same ----------------------------------------------------------------------------------------------------- */

static const char *joined(const struct texts *t, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < t->n; i++)
		all = arena_printf(a, "%s|%s", all, t->v[i]);
	return all;
}

#define OR(text) ((text) ? (text) : "-")

static const char *told(const struct read_row *r, struct arena *a)
{
	const struct read_activity *v = &r->activity;

	if (r->state != READ_TAKEN)
		return arena_printf(a, "%lld %d %s %s %s %s", (long long)r->line,
				    r->state, OR(r->why), OR(r->field), OR(r->text),
				    OR(v->title));
	return arena_printf(
		a,
		"%lld %d %s %s %s; %s %d %d %lld %s; %s %s %s %s %s %s %s %s "
		"%s %s %s; %s %s %s %s %d %d; %s",
		(long long)r->line, r->state, OR(r->why), OR(r->field), OR(r->text),
		OR(v->title), v->done_on, v->from, (long long)v->credit.exact,
		OR(v->credit.unit), OR(v->kind), OR(v->format), OR(v->role),
		OR(v->provider), OR(v->provider_id), OR(v->place), OR(v->approval),
		OR(v->course), OR(v->note), OR(v->source_id), OR(v->proof),
		joined(&v->topics, a), joined(&v->split, a), joined(&v->only, a),
		joined(&v->except, a), v->duty, v->planned, joined(&r->flags, a));
}

/* cmocka cuts what is long. */
static void fail_with(const char *wanted, const char *got, const char *text,
		      const char *layout)
{
	(void)fprintf(stderr, "%s\nread again as\n%s\n%s\n%s", wanted, got, text, layout);
	fail();
}

static void compare(struct world *w, const struct read_result *x,
		    const struct read_result *y, const char *text, const char *layout)
{
	assert_int_equal(x->n, y->n);
	for (size_t i = 0; i < x->n; i++) {
		const char *wanted = told(&x->rows[i], w->arena);
		const char *got = told(&y->rows[i], w->arena);
		if (strcmp(wanted, got) != 0)
			fail_with(wanted, got, text, layout);
	}
	assert_int_equal(x->calendar, y->calendar);
	assert_int_equal(x->chosen, y->chosen);
}

static int read_it(struct world *w, const struct layouts *all, const char *text,
		   const struct read_options *o, struct read_result *ret, struct err *e)
{
	const struct decoder decoder = {0};

	*e = (struct err){0};
	return source_read(&(struct source){text, strlen(text), all, &decoder}, o,
			   w->arena, ret, e);
}

static struct layouts with_saved(struct world *w, const char *text)
{
	struct layout *l = arena_alloc(w->arena, sizeof(*l));
	struct layouts all = {.n = w->shipped.n + 1};
	struct err e;

	if (layout_parse(text, strlen(text), "mine", w->arena, l, &e) < 0)
		fail_msg("%s\n%s", e.message, text);
	l->layer = "own";
	all.v = arena_array(w->arena, all.n, sizeof(struct layout *));
	all.v[0] = l;
	memcpy(all.v + 1, w->shipped.v, w->shipped.n * sizeof(struct layout *));
	return all;
}

static void try_other(struct world *w, const struct layouts *all, struct read_options *o,
		      const char *dates, const char *layout)
{
	const struct read_options mine = {.today = o->today, .layout = "mine"};
	const char *text = table(w);
	struct read_result wanted, got;
	struct err e;

	/* Where days of both orders fit, what the first file told is known to the layout alone. */
	o->save_layout = NULL;
	if (read_it(w, &w->shipped, text, o, &wanted, &e) < 0 ||
	    strcmp(wanted.dates, dates) != 0)
		return;
	if (read_it(w, all, text, &mine, &got, &e) < 0)
		fail_with("", e.message, text, layout);
	compare(w, &wanted, &got, text, layout);
	w->again++;
}

static void one_round(struct world *w)
{
	struct read_options o = {.today = date_make(2026, 3, 14), .save_layout = "mine"};
	const struct read_options mine = {.today = o.today, .layout = "mine"};
	const struct layout *l = w->shipped.v[pick(w, w->shipped.n)];
	struct read_result first, got;
	struct err e;

	w->columns = (struct texts){0};
	w->days_first = pick(w, 2);
	known_columns(w, l);
	if (l->match.n == 0 || pick(w, 3) == 0)
		any_columns(w);
	say(w, &o);
	const char *text = table(w);
	if (read_it(w, &w->shipped, text, &o, &first, &e) < 0)
		return;
	struct layouts all = with_saved(w, first.saved);
	if (read_it(w, &all, text, &mine, &got, &e) < 0)
		fail_with("", e.message, text, first.saved);
	compare(w, &first, &got, text, first.saved);
	assert_string_equal(got.layout, "mine");
	w->saved++;
	try_other(w, &all, &o, first.dates, first.saved);
}

static void what_was_saved_reads_the_same(void **state)
{
	const char *given = getenv("PDH_SEED"), *rounds = getenv("PDH_ROUNDS");
	uint64_t seed = given ? strtoull(given, NULL, 10) : 1;
	long n = rounds ? strtol(rounds, NULL, 10) : 1500;
	AUTO_ARENA kept = {0};
	struct world w = {.arena = &kept};

	(void)state;
	layouts_load(folders, &kept, &w.shipped);
	for (long i = 0; i < n; i++, seed++) {
		AUTO_ARENA a = {0};
		w.arena = &a;
		w.state = seed * 977 + 5;
		one_round(&w);
	}
	print_message("%zu saved, %zu other files\n", w.saved, w.again);
	assert_true(w.saved > (size_t)n / 5 && w.again > (size_t)n / 8);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_saved_reads_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
