/* The JSON lines of `pdh log -`, written with ' for ". */
#include "client/verbs/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static int read_bytes(const char *text, size_t n, struct lines *ret, struct err *e)
{
	const struct kind_context c = {.arena = &arena, .today = date_make(2026, 3, 14)};

	char *json = arena_dup_n(&arena, text, n);

	for (size_t i = 0; i < n; i++)
		json[i] = json[i] == '\'' ? '"' : json[i];
	*e = (struct err){0};
	return lines_read(json, n, &c, ret, e);
}

static struct lines read_well(const char *text)
{
	struct lines l = {.numbers = NULL};
	struct err e;

	if (read_bytes(text, strlen(text), &l, &e) < 0)
		fail_msg("%s: %s", text, e.message);
	return l;
}

static const struct activity_add_params *read_one(const char *text)
{
	struct lines l = read_well(text);

	assert_int_equal(l.params.activities.n, 1);
	return &l.params.activities.v[0];
}

struct refusal {
	const char *text;
	int code;
	const char *field, *says;
};

static void expect_refusals(const struct refusal *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct lines l;
		struct err e;
		if (read_bytes(cases[i].text, strlen(cases[i].text), &l, &e) == 0)
			fail_msg("%s was read", cases[i].text);
		if (!strstr(e.message, cases[i].says) || !strstr(e.message, "line"))
			fail_msg("%s: %s", cases[i].text, e.message);
		assert_string_equal(e.field, cases[i].field);
		assert_int_equal(e.code, cases[i].code);
	}
}

/* ---- values ------------------------------------------------------------------------------------- */

static void every_key_has_its_parameter(void **state)
{
	const struct activity_add_params *p =
		read_one("{'credit':'2h30','title':' Book  study ','date':'fri',"
			 "'from':'2026-03-01','topic':['literacy','equity'],"
			 "'delivery':'live','planned':true,'duty':'no','not':'TX-Lib',"
			 "'again':212,'allow-similar':false,'note':null}");

	(void)state;
	assert_int_equal(p->credit.exact, 9000000);
	assert_string_equal(p->title, "Book  study");
	assert_int_equal(p->done_on, date_make(2026, 3, 13));
	assert_int_equal(p->from, date_make(2026, 3, 1));
	assert_int_equal(p->topics.n, 2);
	assert_string_equal(p->topics.v[1], "equity");
	assert_string_equal(p->format, "live");
	assert_int_equal(p->planned, 1);
	assert_int_equal(p->duty, 0);
	assert_string_equal(p->except.v[0], "tx-lib");
	assert_int_equal(p->again, 212);
	assert_int_equal(p->similar, 0);
	assert_null(p->note);
	assert_null(p->only.v);
}

static void a_key_is_a_flag_or_a_parameter(void **state)
{
	static const char *const lines[] = {
		"{'date':'2026-03-13','topic':'a','hours':1}",
		"{'done_on':'2026-03-13','topics':['a'],'credit':1}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const struct activity_add_params *p = read_one(lines[i]);
		assert_int_equal(p->done_on, date_make(2026, 3, 13));
		assert_string_equal(p->topics.v[0], "a");
		assert_int_equal(p->credit.exact, CREDIT_ONE);
	}
}

static void an_activity_of_an_answer_is_read_again(void **state)
{
	const struct activity_add_params *p = read_one(
		"{'id':7,'title':'a','done_on':'2026-03-13','from':null,"
		"'credit':{'exact':7200000,'amount':'2.0','unit':'hour'},'kind':null,"
		"'format':'live','role':null,'topics':['x'],'provider':null,'note':'1\\n2',"
		"'planned':false,'duty':false,'evidence':['/proof'],'only':[],'except':[],"
		"'counts':[{'alias':'tx-lib','counted':1.5,'why':null}]}");

	(void)state;
	assert_string_equal(p->title, "a");
	assert_int_equal(p->done_on, date_make(2026, 3, 13));
	assert_int_equal(p->credit.exact, 7200000);
	assert_string_equal(p->format, "live");
	assert_string_equal(p->note, "1\n2");
	assert_int_equal(p->planned, 0);
	assert_int_equal(p->only.n, 0);
	assert_int_equal(p->again, INT_NONE);
}

static void an_empty_value_is_as_if_it_were_left_out(void **state)
{
	const struct activity_add_params *p = read_one(
		"{'title':'x','credit':'1h','date':'','from':' ','kind':'','topic':'',"
		"'note':'','planned':'','duty':'','only':'','again':'','split':[]}");

	(void)state;
	assert_string_equal(p->title, "x");
	assert_int_equal(p->done_on, DATE_NONE);
	assert_int_equal(p->from, DATE_NONE);
	assert_int_equal(p->planned, BOOL_NONE);
	assert_int_equal(p->again, INT_NONE);
	assert_null(p->kind);
	assert_null(p->note);
	assert_null(p->topics.v);
	assert_null(p->only.v);
	p = read_one("{'title':'','credit':''}");
	assert_null(p->title);
	assert_null(p->credit.unit);
}

static void a_byte_order_mark_is_passed_over(void **state)
{
	struct lines l =
		read_well("\xef\xbb\xbf{'title':'x'}\r\n\xef\xbb\xbf{'title':'y'}\n"
			  "\xef\xbb\xbf\n");

	(void)state;
	assert_int_equal(l.params.activities.n, 2);
	assert_string_equal(l.params.activities.v[0].title, "x");
	assert_string_equal(l.params.activities.v[1].title, "y");
	assert_int_equal(l.numbers[1], 2);
}

static void numbers_are_read_as_they_are_typed(void **state)
{
	static const struct {
		const char *number;
		int64_t exact;
	} cases[] = {
		{"2", 7200000},
		{"2.25", 8100000},
		{"0.1", 360000},
		{"0.7", 2520000},
		{"1.1", 3960000},
		{"0.000025", 90},
		{"99999.9", 359999640000},
		{"1e2", 360000000},
		{"25e-1", 9000000},
		{"2.5000000000000000000000000", 9000000},
		{"'20m'", 1200000},
		{"{'exact':9000001,'amount':'2.5','unit':'hour'}", 9000001},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *line = arena_printf(&arena, "{'credit':%s}", cases[i].number);
		assert_int_equal(read_one(line)->credit.exact, cases[i].exact);
	}
	assert_string_equal(read_one("{'credit':{'exact':1,'unit':'ceus'}}")->credit.unit,
			    "CEU");
}

static void what_is_no_credit_is_refused(void **state)
{
	static const struct refusal cases[] = {
		{"{'credit':0.3333333}", -PDH_USAGE, "credit",
		 "\"0.3333333\" cannot be kept exactly"},
		{"{'credit':0.10000000000000000001}", -PDH_USAGE, "credit",
		 "\"0.10000000000000000001\" cannot be kept exactly"},
		{"{'credit':1e-7}", -PDH_USAGE, "credit",
		 "\"0.0000001\" cannot be kept exactly"},
		{"{'credit':1e-400}", -PDH_USAGE, "credit", "\"e\" is not a unit"},
		{"{'credit':1.000001}", -PDH_USAGE, "credit", "kept exactly"},
		{"{'credit':1e300}", -PDH_USAGE, "credit", "\"e\" is not a unit"},
		{"{'credit':-1e300}", -PDH_REFUSED, "credit", "more than zero"},
		{"{'credit':9223372036854775807}", -PDH_USAGE, "credit", ""},
		{"{'credit':100000.5}", -PDH_REFUSED, "credit", "at most 100000"},
		{"{'credit':-1.5}", -PDH_REFUSED, "credit", "more than zero"},
		{"{'credit':-0.0}", -PDH_REFUSED, "credit", "more than zero"},
		{"{'credit':'1h\\nb'}", -PDH_USAGE, "credit", "\"h b\" is not a unit"},
		{"{'credit':'\\u202e'}", -PDH_USAGE, "credit", "\" \" is not an amount"},
		{"{'credit':{'exact':1.0,'unit':'h'}}", -PDH_USAGE, "credit", ""},
		{"{'credit':{'exact':1}}", -PDH_USAGE, "credit",
		 "line 1: credit needs \"exact\""},
		{"{'credit':{'exact':1,'unit':'mile'}}", -PDH_USAGE, "credit", ""},
		{"{'credit':{'exact':0,'unit':'h'}}", -PDH_REFUSED, "credit",
		 "line 1: credit must be more than zero"},
		{"{'credit':{'exact':360000000001,'unit':'h'}}", -PDH_REFUSED, "credit",
		 ""},
	};

	(void)state;
	expect_refusals(cases, sizeof(cases) / sizeof(cases[0]));
}

static void a_value_of_another_type_is_refused(void **state)
{
	static const struct refusal cases[] = {
		{"{'title':true}", -PDH_USAGE, "title",
		 "line 1: title cannot be true or false; it takes text"},
		{"{'title':{}}", -PDH_USAGE, "title",
		 "line 1: title has the wrong type; it takes text"},
		{"{'title':['x']}", -PDH_USAGE, "title",
		 "line 1: title is one value, not a list"},
		{"{'planned':2}", -PDH_USAGE, "planned",
		 "planned: \"2\" is neither yes nor no"},
		{"{'again':1.5}", -PDH_USAGE, "again", "again: \"1.5\" is no"},
		{"{'topic':[['a']]}", -PDH_USAGE, "topics", ""},
		{"{'topic':[null]}", -PDH_USAGE, "topics", ""},
		{"{'date':'none'}", -PDH_USAGE, "done_on", "date takes a day"},
		{"{'date':'32 mar'}", -PDH_USAGE, "done_on",
		 "date: \"32 mar\" is not a day"},
		{"{'title':'\\u001b[31m'}", -PDH_USAGE, "title",
		 "title: text may not hold"},
	};

	(void)state;
	expect_refusals(cases, sizeof(cases) / sizeof(cases[0]));
}

/* ---- lines -------------------------------------------------------------------------------------- */

static void a_line_is_one_object(void **state)
{
	static const struct refusal cases[] = {
		{"", -PDH_USAGE, "", "one JSON object a line"},
		{"\n \t\r\n", -PDH_USAGE, "", "one JSON object a line"},
		{"not json", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'title':'x'", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'title':'x'} {}", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'title':\n'x'}", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'title':'\\ud83d'}", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'title':'\xff'}", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'title':'a\\u0000'}", -PDH_USAGE, "",
		 "line 1: text may not hold control characters (U+0000)"},
		{"{'a\\u0000':1}", -PDH_USAGE, "",
		 "line 1: text may not hold control characters (U+0000)"},
		{"[{}]", -PDH_USAGE, "", "line 1 is not a JSON object"},
		{"null", -PDH_USAGE, "", "line 1 is not a JSON object"},
		{"1.5", -PDH_USAGE, "", "line 1 is not a JSON object"},
		{"{'credit':01.5}", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'credit':1.5.0}", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{}\n\n7", -PDH_USAGE, "", "line 3 is not a JSON object"},
	};
	struct lines l;
	struct err e;

	(void)state;
	expect_refusals(cases, sizeof(cases) / sizeof(cases[0]));
	assert_int_equal(read_bytes("{}\0{}", 5, &l, &e), -PDH_USAGE);
	assert_int_equal(read_bytes("\0", 1, &l, &e), -PDH_USAGE);
}

static void a_key_that_is_unknown_or_there_twice_is_refused(void **state)
{
	static const struct refusal cases[] = {
		{"{'tittle':1}", -PDH_USAGE, "", "no key \"tittle\""},
		{"{'--date':1}", -PDH_USAGE, "", "no key \"--date\""},
		{"{'d':'fri'}", -PDH_USAGE, "", "no key \"d\""},
		{"{'schema':'pdh.list/1','activities':[]}", -PDH_USAGE, "",
		 "line 1 is a whole answer"},
		{"{'2+':'x'}", -PDH_USAGE, "", "no key \"2+\""},
		{"{'a\\nb':'x'}", -PDH_USAGE, "", "no key \"a b\""},
		{"{'':'x'}", -PDH_USAGE, "", "no key \"\""},
		{"{'title':1,'title':1}", -PDH_USAGE, "", "line 1 is not JSON: "},
		{"{'date':'fri','done_on':'fri'}", -PDH_USAGE, "done_on",
		 "line 1: done_on is given twice"},
		{"{'hours':1,'credit':1}", -PDH_USAGE, "credit",
		 "line 1: credit is given twice"},
		{"{'topics':[],'topic':'a'}", -PDH_USAGE, "topics",
		 "line 1: topic is given twice"},
	};
	static const char twice[] =
		"{'credit':null,'hours':1,'done_on':'fri','date':'fri'}";
	struct lines l;
	struct err e;

	(void)state;
	expect_refusals(cases, sizeof(cases) / sizeof(cases[0]));
	assert_int_equal(read_bytes("{'tittle':1}", 12, &l, &e), -PDH_USAGE);
	assert_string_equal(e.hint, "did you mean \"title\"?");
	assert_int_equal(read_bytes(twice, sizeof(twice) - 1, &l, &e), -PDH_USAGE);
	assert_string_equal(e.hint, "done_on and date are the same");
}

static void every_activity_remembers_its_line(void **state)
{
	struct lines l = read_well("\n{'title':'a'}\r\n\n  \n {'title':'b'} ");

	(void)state;
	assert_int_equal(l.params.activities.n, 2);
	assert_int_equal(l.numbers[0], 2);
	assert_int_equal(l.numbers[1], 5);
	assert_string_equal(l.params.activities.v[1].title, "b");
	assert_int_equal(l.params.similar, BOOL_NONE);
}

static void the_daemons_refusal_names_the_line(void **state)
{
	static const struct {
		const char *field, *message, *wanted, *wanted_field;
	} cases[] = {
		{"activities[1].title", "is missing: What you did.",
		 "line 3: title is missing: What you did.", "title"},
		{"activities[0].done_on", "is in the future",
		 "line 2: done_on is in the future", "done_on"},
		{"activities[1]", "looks like #212", "line 3: looks like #212", ""},
		{"activities[2].title", "is missing", "is missing",
		 "activities[2].title"},
		{"similar", "is missing", "is missing", "similar"},
		{"", "the disk is full", "the disk is full", ""},
	};
	struct lines l = read_well("\n{'credit':1}\n{'credit':2}");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err e = {0};
		err_set(&e, -PDH_REFUSED, cases[i].field, "%s", cases[i].message);
		lines_blame(&l, &e);
		assert_string_equal(e.message, cases[i].wanted);
		assert_string_equal(e.field, cases[i].wanted_field);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_has_its_parameter),
		cmocka_unit_test(a_key_is_a_flag_or_a_parameter),
		cmocka_unit_test(an_activity_of_an_answer_is_read_again),
		cmocka_unit_test(an_empty_value_is_as_if_it_were_left_out),
		cmocka_unit_test(a_byte_order_mark_is_passed_over),
		cmocka_unit_test(numbers_are_read_as_they_are_typed),
		cmocka_unit_test(what_is_no_credit_is_refused),
		cmocka_unit_test(a_value_of_another_type_is_refused),
		cmocka_unit_test(a_line_is_one_object),
		cmocka_unit_test(a_key_that_is_unknown_or_there_twice_is_refused),
		cmocka_unit_test(every_activity_remembers_its_line),
		cmocka_unit_test(the_daemons_refusal_names_the_line),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
