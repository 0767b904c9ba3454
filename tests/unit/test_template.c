/* Templates of --format, and the columns they name. */
#include "client/out/template.h"

#include "tests/support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

/* What the template makes of a record; the caller frees it. */
static char *filled(const char *text, const struct shape *s, const void *record)
{
	struct template t;
	struct err e = {0};
	char *result = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&result, &n);

	assert_non_null(out);
	if (template_read(text, s, &arena, &t, &e) < 0)
		fail_msg("%s: %s", text, e.message);
	template_print(&t, record, &arena, out);
	fclose(out);
	return result;
}

static void expect(const char *text, const struct shape *s, const void *record,
		   const char *wanted)
{
	char *result = filled(text, s, record);

	assert_string_equal(result, wanted);
	free(result);
}

struct refusal {
	const char *text, *message, *hint; /* hint: NULL for any */
};

static void expect_refusals(const struct shape *s, const struct refusal *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct template t;
		struct err e = {0};
		if (template_read(cases[i].text, s, &arena, &t, &e) == 0)
			fail_msg("%s was read", cases[i].text);
		assert_string_equal(e.message, cases[i].message);
		if (cases[i].hint)
			assert_string_equal(e.hint, cases[i].hint);
		assert_int_equal(e.code, -PDH_USAGE);
	}
}

static void sample_one(struct listed *r)
{
	sample_listed(&arena, r);
	r->activities.v++;
	r->activities.n = 1;
}

static void a_template_is_filled_in_for_each_row(void **state)
{
	struct listed r;

	(void)state;
	sample_listed(&arena, &r);
	expect("{id} {title}", &shape_listed, &r,
	       "213 Story time in two languages\n"
	       "212 Teaching with primary sources\n"
	       "205 Wednesday PLC\n"
	       "98 Self-study: MARC for schools\n");
	expect("", &shape_listed, &r, "\n\n\n\n");
	r.activities.n = 0;
	expect("{id}", &shape_listed, &r, "");
}

static void what_is_no_column_stays(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"plain", "plain\n"},		{"ends\\n", "ends\n"},
		{"ends\n", "ends\n"},		{"ends\\n\\n", "ends\n\n"},
		{"a\\tb\\\\c", "a\tb\\c\n"},	{"C:\\dir", "C:\\dir\n"},
		{"last\\", "last\\\n"},		{"{{}}", "{}\n"},
		{"{{id}}", "{id}\n"},		{"{{{id}}}", "{212}\n"},
		{"{id}{id}", "212212\n"},	{"{id}\\n{id}", "212\n212\n"},
		{"\\\\{id}", "\\212\n"},	{"100 % {id} %s %n", "100 % 212 %s %n\n"},
		{"Zo\xc3\xab", "Zo\xc3\xab\n"}, {"\\n{id}", "\n212\n"},
	};
	struct listed r;

	(void)state;
	sample_one(&r);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(cases[i].text, &shape_listed, &r, cases[i].wanted);
}

static void a_column_is_a_field_a_part_of_one_or_a_short_name(void **state)
{
	static const struct {
		const char *name, *wanted;
	} cases[] = {
		{"id", "212\n"},
		{"done_on", "2026-03-13\n"},
		{"date", "2026-03-13\n"},
		{"from", "\n"},
		{"credit", "2.5\n"},
		{"hours", "2.5\n"},
		{"credit.exact", "9000000\n"},
		{"credit.amount", "2.5\n"},
		{"credit.unit", "hour\n"},
		{"topics", "literacy,equity\n"},
		{"planned", "\n"},
		{"duty", "no\n"},
		{"note", "\n"},
		{"only", "\n"},
		{"logged", "11.0\n"},
		{"logged.unit", "hour\n"},
		{"next", "\n"},
	};
	static const char *topics[] = {"literacy", "equity"};
	struct listed r;

	(void)state;
	sample_one(&r);
	r.activities.v->topics = (struct texts){2, topics};
	r.activities.v->duty = 0;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(arena_printf(&arena, "{%s}", cases[i].name), &shape_listed, &r,
		       cases[i].wanted);
}

static void a_column_reaches_into_records(void **state)
{
	struct status r;

	(void)state;
	sample_status(&arena, &r);
	expect("{alias} {state} {days} {date} {hours} {pace.per_month}", &shape_status,
	       &r,
	       "tx-lib behind 535 2027-08-31 134.0 3.8\n"
	       "il-pel on-pace 1204 2029-06-30 49.5 1.8\n"
	       "fp due-soon 77 2026-05-30 0.0 \n");
	r.credentials.n = 1;
	expect("{person}:{as_of}:{cycle.from}:{required.unit}:{pace.projected.exact}",
	       &shape_status, &r,
	       "Dana Reyes:2026-03-14:2022-09-01:clock hour:47880000\n");
	r.credentials.v->cycle = NULL;
	expect("{days}|{cycle.counted.unit}|{cycle.closed_on}", &shape_status, &r,
	       "||\n");
}

static void an_answer_without_rows_is_its_own(void **state)
{
	struct version v = {.version = "1.0.0", .level = 1};

	(void)state;
	expect("{version}/{level}", &shape_version, &v, "1.0.0/1\n");
}

static void a_value_cannot_end_a_line(void **state)
{
	struct listed r;

	(void)state;
	sample_one(&r);
	r.activities.v->note = "two\nlines\tand \033[31m{id}\\n";
	expect("{note}\\t.", &shape_listed, &r, "two lines and  [31m{id}\\n\t.\n");
}

static void an_unknown_name_is_refused_with_the_nearest(void **state)
{
	static const struct refusal cases[] = {
		{"{tittle}", "--format: {tittle} is not among the fields of the answer",
		 "did you mean {title}?"},
		{"{dat}", "--format: {dat} is not among the fields of the answer",
		 "did you mean {date}?"},
		{"{}", "--format: {} is not among the fields of the answer", NULL},
		{"{ id }", "--format: { id } is not among the fields of the answer",
		 NULL},
		{"{id.x}", "--format: {id.x} is not among the fields of the answer",
		 NULL},
		{"{id.}", "--format: {id.} is not among the fields of the answer", NULL},
		{"{credit.}", "--format: {credit.} is not among the fields of the answer",
		 NULL},
		{"{credit.unit.x}",
		 "--format: {credit.unit.x} is not among the fields of the answer", NULL},
		{"{counts}", "--format: {counts} is a list of records; --json shows it",
		 ""},
	};
	static const struct refusal of_status[] = {
		{"{cycle}",
		 "--format: {cycle} is a record; name a field of it, such as {cycle.from}",
		 ""},
		{"{cycle.too}",
		 "--format: {cycle.too} is not among the fields of the answer", NULL},
	};

	(void)state;
	expect_refusals(&shape_listed, cases, sizeof(cases) / sizeof(cases[0]));
	expect_refusals(&shape_status, of_status,
			sizeof(of_status) / sizeof(of_status[0]));
}

static void a_brace_stands_in_a_pair(void **state)
{
	static const struct refusal cases[] = {
		{"{id", "--format: a { has no }; write {{ for a brace", ""},
		{"{", "--format: a { has no }; write {{ for a brace", ""},
		{"{i{d}", "--format: a { has no }; write {{ for a brace", ""},
		{"{{{", "--format: a { has no }; write {{ for a brace", ""},
		{"id}", "--format: a } has no {; write }} for a brace", ""},
		{"{id}}", "--format: a } has no {; write }} for a brace", ""},
	};

	(void)state;
	expect_refusals(&shape_listed, cases, sizeof(cases) / sizeof(cases[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_template_is_filled_in_for_each_row),
		cmocka_unit_test(what_is_no_column_stays),
		cmocka_unit_test(a_column_is_a_field_a_part_of_one_or_a_short_name),
		cmocka_unit_test(a_column_reaches_into_records),
		cmocka_unit_test(an_answer_without_rows_is_its_own),
		cmocka_unit_test(a_value_cannot_end_a_line),
		cmocka_unit_test(an_unknown_name_is_refused_with_the_nearest),
		cmocka_unit_test(a_brace_stands_in_a_pair),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
