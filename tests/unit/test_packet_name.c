/* Names in a packet: none that a manifest, a zip or another system cannot bear. */
#include "client/verbs/packet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void expect(int64_t id, const char *title, size_t which, const char *type,
		   const char *wanted)
{
	AUTO_ARENA a = {NULL};

	assert_string_equal(
		packet_proof_name(id, date_make(2026, 3, 13), title, which, type, &a),
		wanted);
}

static void a_proof_is_called_after_its_entry(void **state)
{
	(void)state;
	expect(212, "Teaching with primary sources", 1, "application/pdf",
	       "0212 2026-03-13 Teaching with primary sources.pdf");
	expect(212, "Teaching", 2, "image/jpeg", "0212 2026-03-13 Teaching 2.jpg");
	expect(12345, "x", 1, "application/x-msdownload", "12345 2026-03-13 x.bin");
	expect(7, "Naïve façade", 1, NULL, "0007 2026-03-13 Naive facade.bin");
}

static void nothing_else_is_in_a_name(void **state)
{
	(void)state;
	expect(1, "../../etc/passwd", 1, "text/plain",
	       "0001 2026-03-13 .. .. etc passwd.txt");
	expect(1, "50% off: a\\b/c\n<d>|\"e\"?*", 1, "text/plain",
	       "0001 2026-03-13 50 off a b c d e.txt");
	expect(1, "CON", 1, "text/plain", "0001 2026-03-13 CON.txt");
	expect(1, "ends in a dot. . .", 1, "text/plain",
	       "0001 2026-03-13 ends in a dot.txt");
	expect(1, "", 1, "text/plain", "0001 2026-03-13.txt");
	expect(1,
	       "A title that is far longer than any name of a file should be, so it is cut",
	       1, "text/plain",
	       "0001 2026-03-13 A title that is far longer than any name of a file should "
	       "be.txt");
}

static void a_bag_is_called_after_person_and_cycle(void **state)
{
	AUTO_ARENA a = {NULL};
	struct cycle cycle = {.from = date_make(2022, 9, 1),
			      .to = date_make(2027, 8, 31)};
	struct audited r = {
		.person = "Dana O'Reyes ", .alias = "tx-lib", .cycle = &cycle};

	(void)state;
	assert_string_equal(packet_bag_name(&r, &a), "dana-o-reyes-tx-lib-2022-2027");
	r.person = "دانا";
	cycle.to = DATE_NONE;
	assert_string_equal(packet_bag_name(&r, &a), "tx-lib-2022");
	r.person = NULL;
	cycle.from = DATE_NONE;
	assert_string_equal(packet_bag_name(&r, &a), "tx-lib");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_proof_is_called_after_its_entry),
		cmocka_unit_test(nothing_else_is_in_a_name),
		cmocka_unit_test(a_bag_is_called_after_person_and_cycle),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
