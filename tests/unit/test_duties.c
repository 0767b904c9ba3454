/* Items that rules ask for, on the days on which they change: due today, due again, kept until. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* On 14 March 2026. */
static json_t *hold(struct home *h, const char *rules, const char *begins)
{
	static int version;
	AUTO_ARENA a = {NULL};

	home_pack(h, "board",
		  arena_printf(
			  &a,
			  "pack: board\nversion: %d\ntitle: The board\nunit: hour\n"
			  "calendar: {length: 1 year}\nrules:\n  - {id: total, need: 5}\n"
			  "%s",
			  ++version, rules));
	return home_call(
		h, "credential.add",
		arena_printf(&a,
			     "{\"pack\":\"board\",\"alias\":\"b\",\"begins\":\"%s\","
			     "\"expires\":\"2026-12-31\"}",
			     begins));
}

/* What was due before pdh knew of it has no day; one that comes to be due today has that. */
static void what_comes_to_be_due_today_is_due(void **state)
{
	struct home *h = *state;
	json_t *r =
		hold(h, "  - {id: plan, duty: attest, due: period start + 3 months}\n",
		     "2025-11-01");

	assert_true(json_is_null(json_at(r, "credential.items.0.due")));
	assert_string_equal(text_at(r, "credential.items.0.was_due"), "2026-02-01");
	r = home_call(h, "credential.edit",
		      "{\"credential\":\"b\",\"begins\":\"2025-12-14\"}");
	assert_string_equal(text_at(r, "credential.items.0.due"), "2026-03-14");
	assert_string_equal(text_at(r, "credential.items.0.state"), "due-soon");
	r = home_call(h, "item.done", "{\"id\":1,\"on\":\"2026-03-14\"}");
	assert_string_equal(text_at(r, "item.state"), "done");
	home_fail(h, "item.edit", "{\"id\":1,\"done_on\":\"2026-03-15\"}", "refused");
}

/* What comes again goes on from cycle to cycle while the rules ask for it, and no longer. */
static void what_comes_again_ends_with_its_reason(void **state)
{
	static const char rules[] =
		"  - {id: prints, duty: clear, due: period end - 1 month, every: 5 years,\n"
		"     when: {works: \"yes\"}}\n"
		"facts:\n  works: {type: yes-no, ask: Do you work?, holds: cycle}\n";
	struct home *h = *state;

	hold(h, rules, "2026-01-01");
	json_t *r = home_call(h, "credential.edit",
			      "{\"credential\":\"b\",\"facts\":[\"works=yes\"]}");
	assert_int_equal(count_at(r, "credential.items"), 1);
	r = home_call(h, "credential.renew", "{\"credential\":\"b\"}");
	assert_int_equal(count_at(r, "credential.items"), 0);
}

/* Of two days to which proof is kept the later one counts, whichever rule comes first. */
static void proof_is_kept_until_the_later_day(void **state)
{
	static const char *const rules[] = {
		"  - {id: a, duty: keep proof, due: period end + 5 years}\n"
		"  - {id: b, duty: keep proof, due: period end + 6 years}\n",
		"  - {id: a, duty: keep proof, due: period end + 6 years}\n"
		"  - {id: b, duty: keep proof, due: period end + 5 years}\n",
	};
	struct home *h = *state;

	for (size_t i = 0; i < 2; i++) {
		json_t *r = hold(h, rules[i], "2026-01-01");
		assert_string_equal(text_at(r, "credential.cycle.keep_proof"),
				    "2032-12-31");
		home_call(h, "change.undo", "{}");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_comes_to_be_due_today_is_due,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(what_comes_again_ends_with_its_reason,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(proof_is_kept_until_the_later_day,
						home_open, home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
