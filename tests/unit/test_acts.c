/* What the model calls (test_model.c): each method that writes, with each of its parameters. */
#include "tests/support/acts_kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void every_method_that_writes_is_tried(void **state)
{
	(void)state;
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (api_methods[i].access == ACCESS_WRITE &&
		    !acts_know(api_methods[i].name))
			fail_msg("tests/support/acts_kinds.c calls no %s",
				 api_methods[i].name);
	for (size_t i = 0; i < act_kind_count; i++) {
		const char *name = act_kinds[i].method;
		const struct method *m = api_find(name, strlen(name));
		if (!m || m->access != ACCESS_WRITE)
			fail_msg("%s is no method that writes", name);
	}
}

#define OF_THE_READER "pdh reads the file by it; the daemon gets what was read"

/* Parameters that no act has, and why. */
static const struct {
	const char *method, *name, *why;
} left_out[] = {
	{"activity.add", "line", "it is of import.run"},
	{"activity.import", "upload", "tests/func/pages.sh sends lines"},
	{"activity.add", "source_id", "it is of import.run"},
	{"import.run", "plan", "the answer to a dry run names it"},
	{"import.run", "upload", "test_import_files.c sends files"},
	{"import.run", "ask", OF_THE_READER},
	{"import.run", "programs", "it is of records.load"},
	{"records.load", "plan", "the answer to a dry run names it"},
	{"reconcile.save", "file", OF_THE_READER},
	{"reconcile.save", "letter", "pdh writes it"},
	{"reconcile.save", "layout", OF_THE_READER},
	{"reconcile.save", "map", OF_THE_READER},
	{"reconcile.save", "dates", OF_THE_READER},
	{"reconcile.save", "unit", OF_THE_READER},
	{"import.run", "map", OF_THE_READER},
	{"import.run", "dates", OF_THE_READER},
	{"import.run", "unit", OF_THE_READER},
	{"import.run", "hours", OF_THE_READER},
	{"import.run", "where", OF_THE_READER},
	{"import.run", "match", OF_THE_READER},
	{"import.run", "lenient", OF_THE_READER},
	{"import.run", "encoding", OF_THE_READER},
	{"import.run", "separator", OF_THE_READER},
	{"import.run", "decimal", OF_THE_READER},
	{"import.run", "sheet", OF_THE_READER},
	{"import.run", "save_layout", "pdh writes it"},
};

static bool is_left_out(const char *method, const char *name)
{
	for (size_t i = 0; i < sizeof(left_out) / sizeof(left_out[0]); i++)
		if (strcmp(left_out[i].name, name) == 0 &&
		    strcmp(left_out[i].method, method) == 0)
			return true;
	return false;
}

/* All that an act may say, drawn again and again. */
static json_t *drawn_of(struct acts *a, const struct act_kind *kind)
{
	enum { TIMES = 400 };
	json_t *all = json_object();

	for (int i = 0; i < TIMES; i++) {
		json_t *p = json_object();
		kind->fill(a, p);
		acts_say_more(a, kind->method, p);
		json_object_update(all, p);
		json_decref(p);
	}
	return all;
}

static void every_parameter_is_tried(void **state)
{
	struct acts acts;
	int missing = 0;

	acts_begin(&acts, *state, 1);
	for (size_t i = 0; i < act_kind_count; i++) {
		const char *name = act_kinds[i].method;
		const struct shape *params = api_find(name, strlen(name))->params;
		json_t *all = drawn_of(&acts, &act_kinds[i]);
		for (size_t k = 0; k < params->n; k++) {
			const char *param = params->fields[k].name;
			bool tried = json_object_get(all, param);
			if (tried == is_left_out(name, param)) {
				print_message("%s: %s is %s\n", name, param,
					      tried ? "tried, and said not to be"
						    : "not tried");
				missing++;
			}
		}
		json_decref(all);
	}
	assert_int_equal(missing, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_method_that_writes_is_tried),
		cmocka_unit_test_setup_teardown(every_parameter_is_tried, home_open,
						home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
