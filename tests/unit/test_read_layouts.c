/* The layouts that are shipped: each is read, and its examples come out as it says. */
#include "client/read/source.h"
#include "common/texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct pack_layer folders[PATH_PACK_LAYERS] = {
	{"shipped", "schema/layouts"}, {"system", "/nowhere"}, {"own", "/nowhere"}};

static const char *joined(const struct texts *t, const char *between, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < t->n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? between : "", t->v[i]);
	return all;
}

static const char *day(civil_day d, struct arena *a)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(d, iso);
	return arena_dup(a, date_is_day(d) ? iso : "");
}

/* A field of a row as an example writes it. */
static const char *value_of(const struct read_row *row, const char *field,
			    struct arena *a)
{
	const struct read_activity *v = &row->activity;
	const struct {
		const char *name, *value;
	} all[] = {{"title", v->title},
		   {"done_on", day(v->done_on, a)},
		   {"from", day(v->from, a)},
		   {"credit", v->credit.unit ? texts_credit(a, v->credit) : ""},
		   {"kind", v->kind},
		   {"format", v->format},
		   {"role", v->role},
		   {"topics", joined(&v->topics, ", ", a)},
		   {"provider", v->provider},
		   {"provider_id", v->provider_id},
		   {"place", v->place},
		   {"approval", v->approval},
		   {"course", v->course},
		   {"note", v->note},
		   {"source_id", v->source_id},
		   {"proof", v->proof},
		   {"split", joined(&v->split, " ", a)},
		   {"only", joined(&v->only, ", ", a)},
		   {"not", joined(&v->except, ", ", a)},
		   {"skipped", row->state == READ_SKIPPED ? row->why : ""},
		   {"bad", row->state == READ_BAD ? row->why : ""}};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].name, field) == 0)
			return all[i].value ? all[i].value : "";
	return "(no such field)";
}

static void set_option(struct read_options *o, const char *name, const char *value,
		       struct arena *a)
{
	if (strcmp(name, "unit") == 0)
		o->unit = value;
	else if (strcmp(name, "dates") == 0)
		o->dates = value;
	else if (strcmp(name, "where") == 0)
		texts_add(&o->where, value, a);
	else if (strcmp(name, "match") == 0)
		texts_add(&o->match, value, a);
	else
		fail_msg("an example has no option \"%s\"", name);
}

static void run_example(const struct layouts *all, const struct layout *l,
			const struct layout_example *x, struct arena *a)
{
	struct read_options o = {.today = date_make(2026, 3, 14)};
	const struct decoder decoder = {0};
	struct read_result result;
	struct err e;

	for (size_t i = 0; i < x->options.n; i++)
		set_option(&o, x->options.v[i].pattern, x->options.v[i].word, a);
	if (source_read(&(struct source){x->text, strlen(x->text), all, &decoder}, &o, a,
			&result, &e) < 0)
		fail_msg("%s:%d: %s", l->id, x->line, e.message);
	if (strcmp(result.layout, l->id) != 0)
		fail_msg("%s:%d: read as %s", l->id, x->line, result.layout);
	assert_true(result.n > 0);
	for (size_t i = 0; i < x->expect.n; i++) {
		const struct layout_word *w = &x->expect.v[i];
		const char *got = value_of(&result.rows[0], w->pattern, a);
		if (strcmp(got, w->word) != 0)
			fail_msg("%s:%d: %s is \"%s\", not \"%s\"", l->id, x->line,
				 w->pattern, got, w->word);
	}
}

static void every_layout_does_what_its_examples_say(void **state)
{
	AUTO_ARENA a = {0};
	struct layouts all;

	(void)state;
	layouts_load(folders, &a, &all);
	if (all.faults.n)
		fail_msg("%s", all.faults.v[0]);
	assert_true(all.n >= 9);
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i]->example_count == 0)
			fail_msg("%s has no example", all.v[i]->id);
		for (size_t k = 0; k < all.v[i]->example_count; k++)
			run_example(&all, all.v[i], &all.v[i]->examples[k], &a);
	}
}

/* ---- what is refused -------------------------------------------------------------------------------- */

static void refused(const char *text, const char *wanted)
{
	AUTO_ARENA a = {0};
	struct layout l;
	struct err e = {0};

	if (layout_parse(text, strlen(text), "x.yaml", &a, &l, &e) == 0)
		fail_msg("taken: %s", text);
	assert_string_equal(e.message, wanted);
}

#define HEAD  "layout: x\nversion: '1'\ntitle: X\nmatch: [course, day]\n"
#define WHOLE HEAD "fields:\n  title: course\n  done_on: day\n"

static void a_slip_is_named_with_its_line(void **state)
{
	(void)state;
	refused("layout: x\n", "x.yaml:1: layout, version and title are wanted");
	refused("layout: X y\n",
		"x.yaml:1: a layout is named in lower-case letters, digits and -");
	refused(HEAD "field: {}\n",
		"x.yaml:5: \"field\" is not known here; did you mean \"fields\"?");
	refused(HEAD "fields:\n  titel: course\n",
		"x.yaml:6: \"titel\" is not known here; did you mean \"title\"?");
	refused(WHOLE "skip:\n  - {if: {statas: [x]}, why: y}\n",
		"x.yaml:9: no column \"statas\" stands under match, fields or also");
	refused(WHOLE "  provider: status\nskip:\n  - {if: {statas: [x]}, why: y}\n",
		"x.yaml:10: no column \"statas\"; did you mean \"status\"?");
	refused(WHOLE "skip:\n  - {if: {day: [x]}}\n", "x.yaml:9: why is missing");
	refused(WHOLE "identity: [nummer]\n",
		"x.yaml:8: no column \"nummer\" stands under match, fields or also");
	refused(WHOLE "  credit: {from: hours, unit: horse}\n",
		"x.yaml:8: \"horse\" is not a unit: hour, minute, clock, CEU, semester hour, "
		"quarter hour, point, day or ask");
	refused(WHOLE "dates: y/d/m\n",
		"x.yaml:8: dates is m/d/y, d/m/y, d.m.y, m.d.y or y-m-d");
	refused(WHOLE "calendar: perhaps\n", "x.yaml:8: true or false is wanted here");
	refused(HEAD "fields: {title: course}\n",
		"x.yaml:1: fields says neither title nor done_on");
	refused("a: &x 1\n",
		"x.yaml:1: anchors and aliases (& and *) do not belong in a layout");
}

static void a_later_layer_wins(void **state)
{
	AUTO_ARENA a = {0};
	const struct pack_layer twice[PATH_PACK_LAYERS] = {{"shipped", "schema/layouts"},
							   {"system", "/nowhere"},
							   {"own", "schema/layouts"}};
	struct layouts all;
	const char *near;

	(void)state;
	layouts_load(twice, &a, &all);
	const struct layout *found = layouts_find(&all, "toggl", &near, &a);
	assert_non_null(found);
	assert_string_equal(found->layer, "own");
	assert_null(layouts_find(&all, "togl", &near, &a));
	assert_string_equal(near, "toggl");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_layout_does_what_its_examples_say),
		cmocka_unit_test(a_slip_is_named_with_its_line),
		cmocka_unit_test(a_later_layer_wins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
