/* pdh path for people: every state of a step, what was not found, and what to do first. */
#include "client/show/show.h"

#include "client/cli/options.h"
#include "client/term/text.h"
#include "tests/support/golden.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct term wide = {.utf8 = true, .width = 80};
static const struct term narrow = {.utf8 = false, .width = 40};
static const struct options usual;

static struct path_step step(const char *id, const char *kind, const char *text,
			     enum step_state state)
{
	struct path_step s;

	shape_none(&shape_path_step, &s);
	s.id = id;
	s.kind = kind;
	s.text = text;
	s.depth = 0;
	s.state = state;
	s.level = RULE_LEVEL_MUST;
	s.cite = "19 TAC 239.60";
	s.mark = MARK_CONFIRMED;
	return s;
}

enum { STEPS = 11 };

struct sample {
	struct path_step steps[STEPS];
	struct path_judged path;
	struct paths_judged all;
	const char *waives[1], *not_found[2], *others[2];
};

static void fill_steps(struct path_step *s)
{
	s[0] = step("degree", "degree", "master's degree in any field", STEP_STATE_MET);
	s[0].have = "MLIS, UNT, 15 May 2021";
	s[1] = step("prints", "clearance", "fingerprints", STEP_STATE_MET);
	s[1].have = "FBI, 2 Feb 2026";
	s[1].expires = date_make(2026, 8, 1);
	s[2] = step("teaching", "experience", "two years as classroom teacher",
		    STEP_STATE_RUNNING);
	s[2].have = "19 of 24 months";
	s[2].met_on = date_make(2026, 8, 14);
	s[3] = step("exam", "exam", "TExES 150, at least 240", STEP_STATE_MISSING);
	s[3].mark = MARK_SECOND_HAND;
	s[3].now = 1;
	s[4] = step("successor", "exam", "a successor of the test", STEP_STATE_UNSURE);
	s[4].level = RULE_LEVEL_UNSURE;
	s[4].why = "named, and not found";
	s[4].mark = MARK_FROM_MEMORY;
	s[5] = step(NULL, "one of", "one of", STEP_STATE_ATTEST);
	s[5].cite = NULL;
	s[6] = step("quota", "note", "the agency takes 1,000 a year", STEP_STATE_ATTEST);
	s[6].depth = 1;
	s[7] = step("board", "hold", "National Board", STEP_STATE_NOT_NEEDED);
	s[7].depth = 1;
	s[8] = step("teaching-paper", "hold", "teaching certificate",
		    STEP_STATE_NOT_NEEDED);
	s[8].level = RULE_LEVEL_SHOULD;
	s[9] = step("constitution", "course", "state constitution", STEP_STATE_LATER);
	s[9].by = "issue + 3 years";
	s[10] = step("fee", "fee", "75 USD, with the application", STEP_STATE_MISSING);
	s[10].now = 0;
}

static void fill(struct sample *s)
{
	shape_none(&shape_path_judged, &s->path);
	shape_none(&shape_paths_judged, &s->all);
	fill_steps(s->steps);
	s->path.pack = "us-tx-school-librarian";
	s->path.version = "2026.6";
	s->path.jurisdiction = "US-TX";
	s->path.path = "first";
	s->path.title = "TX School Librarian, standard certificate";
	s->path.read = date_make(2026, 11, 23);
	s->path.version_of = "application";
	s->path.steps.v = s->steps;
	s->path.steps.n = STEPS;
	s->path.of = 7;
	s->path.met = 2;
	s->path.missing = 3;
	s->path.doubt = 2;
	s->path.earliest = date_make(2026, 8, 14);
	s->path.expires = date_make(2026, 8, 1);
	s->path.first = "register for the exam";
	s->path.gives = "standard, for 5 years";
	s->path.accepts = "a paper that is valid, standard";
	s->waives[0] = "program";
	s->path.waives = (struct texts){1, s->waives};
	s->not_found[0] = "how long a score is good";
	s->not_found[1] = "the background check";
	s->path.not_found = (struct texts){2, s->not_found};
	s->path.note = "A local board may ask for more.";
	s->others[0] = "permit";
	s->others[1] = "in";
	s->all.as_of = date_make(2026, 3, 14);
	s->all.track = "pdh credential add us-tx-school-librarian --pursuing";
	s->all.paths.v = &s->path;
	s->all.paths.n = 1;
	s->all.others = (struct texts){2, s->others};
}

static void check(const struct term *t, const char *name)
{
	struct path_get_params asked;
	struct sample s;
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	fill(&s);
	shape_none(&shape_path_get_params, &asked);
	asked.pack = "us-tx-school-librarian";
	assert_int_equal(show_answer(&api_methods[METHOD_path_get], &asked, &s.all,
				     &usual, t, out),
			 0);
	fclose(out);
	golden_check(name, text);
	free(text);
}

static void a_path_tells_each_state(void **state)
{
	(void)state;
	check(&wide, "path-tells-each-state");
}

static void a_path_fits_a_narrow_terminal(void **state)
{
	(void)state;
	check(&narrow, "path-fits-a-narrow-terminal");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_tells_each_state),
		cmocka_unit_test(a_path_fits_a_narrow_terminal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
