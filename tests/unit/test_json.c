/* Answers and errors as JSON: schema first, every key present, nothing a float. */
#include "client/out/json.h"

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

static struct json_pick pick(const char *fields, const struct shape *answer)
{
	struct json_pick p = {.all = false};
	struct err e = {0};

	if (json_pick_read(fields, answer, &p, &e) < 0)
		fail_msg("%s: %s", fields, e.message);
	return p;
}

/* What json_print() writes, without its newline; the caller frees it. */
static char *printed(const struct answer *ans, const char *fields)
{
	const struct json_pick p = pick(fields, ans->method->result);
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	json_print(ans, &p, out);
	fclose(out);
	assert_ptr_equal(strchr(text, '\n'), text + n - 1);
	text[n - 1] = '\0';
	return text;
}

static char *printed_record(enum method_id id, void *record, const char *fields)
{
	struct answer ans;

	answer_local(&api_methods[id], record, &arena, &ans);
	char *text = printed(&ans, fields);
	answer_done(&ans);
	return text;
}

static void expect(enum method_id id, void *record, const char *fields,
		   const char *wanted)
{
	char *text = printed_record(id, record, fields);

	assert_string_equal(text, wanted);
	free(text);
}

static void a_document_names_its_schema_first(void **state)
{
	struct version v = {.version = "1.0.0", .level = 1};
	struct undone u;

	(void)state;
	shape_none(&shape_undone, &u);
	u.op = 880;
	char *text = printed_record(METHOD_change_undo, &u, NULL);
	assert_non_null(strstr(text, "{\"schema\":\"pdh.undo/1\",\"op\":880,"));
	free(text);
	expect(METHOD_version, &v, NULL,
	       "{\"schema\":\"pdh.version/1\",\"version\":\"1.0.0\",\"level\":1}");
}

/* Every key in the order of the shape, and nothing a fraction. */
static void check_record(const json_t *object, const struct shape *s)
{
	void *at = json_object_iter((json_t *)object);

	for (size_t i = 0; i < s->n;
	     i++, at = json_object_iter_next((json_t *)object, at)) {
		const struct field *f = &s->fields[i];
		assert_non_null(at);
		assert_string_equal(json_object_iter_key(at), f->name);
		const json_t *value = json_object_iter_value(at);
		assert_false(json_is_real(value));
		if (f->kind == KIND_LIST || f->kind == KIND_IDS || kind_is_texts(f->kind))
			assert_true(json_is_array(value));
		if (f->kind == KIND_RECORD && !json_is_null(value))
			check_record(value, f->of);
		for (size_t k = 0; f->kind == KIND_LIST && k < json_array_size(value);
		     k++)
			check_record(json_array_get(value, k), f->of);
	}
	assert_null(at);
}

static void every_key_is_there_and_no_list_is_null(void **state)
{
	struct status status;
	struct listed listed;
	struct credential c;
	struct credentials credentials = {.credentials = {1, &c}};
	struct explained explained;
	const struct {
		enum method_id id;
		void *record;
	} answers[] = {
		{METHOD_status_get, &status},
		{METHOD_explain_get, &explained},
		{METHOD_activity_list, &listed},
		{METHOD_credential_get, &credentials},
	};

	(void)state;
	sample_status(&arena, &status);
	sample_listed(&arena, &listed);
	sample_credential(&arena, &c);
	sample_explained(&arena, true, &explained);
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		char *text = printed_record(answers[i].id, answers[i].record, NULL);
		json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
		assert_non_null(document);
		json_object_del(document, "schema");
		check_record(document, api_methods[answers[i].id].result);
		json_decref(document);
		free(text);
	}
}

static void fields_are_picked_from_the_rows_and_the_answer(void **state)
{
	struct listed r;
	struct edited edited;

	(void)state;
	sample_listed(&arena, &r);
	r.activities.n = 2;
	expect(METHOD_activity_list, &r, "id,planned",
	       "{\"schema\":\"pdh.list/1\",\"activities\":["
	       "{\"id\":213,\"planned\":null},{\"id\":212,\"planned\":null}]}");
	expect(METHOD_activity_list, &r, " next, credit ,",
	       "{\"schema\":\"pdh.list/1\",\"activities\":["
	       "{\"credit\":{\"exact\":5400000,\"amount\":\"1.5\",\"unit\":\"hour\"}},"
	       "{\"credit\":{\"exact\":9000000,\"amount\":\"2.5\",\"unit\":\"hour\"}}],"
	       "\"next\":null}");
	expect(METHOD_activity_list, &r, "next",
	       "{\"schema\":\"pdh.list/1\",\"next\":null}");
	shape_none(&shape_edited, &edited);
	edited.activity = r.activities.v;
	expect(METHOD_activity_edit, &edited, "id,op",
	       "{\"schema\":\"pdh.edit/1\",\"op\":null,\"activity\":{\"id\":213}}");
	edited.activity = NULL;
	expect(METHOD_activity_edit, &edited, "id",
	       "{\"schema\":\"pdh.edit/1\",\"activity\":null}");
}

static void the_rows_by_name_are_whole_rows(void **state)
{
	struct listed r;

	(void)state;
	sample_listed(&arena, &r);
	char *text = printed_record(METHOD_activity_list, &r, "activities,id");
	assert_non_null(strstr(text, "\"title\":\"Wednesday PLC\""));
	assert_null(strstr(text, "\"next\""));
	free(text);
}

static void a_field_that_is_unknown_is_refused_with_the_nearest(void **state)
{
	static const struct {
		const char *fields, *message, *hint;
	} cases[] = {
		{"id,tittle", "--json: \"tittle\" is not among the fields of the answer",
		 "did you mean title?"},
		{"nex", "--json: \"nex\" is not among the fields of the answer",
		 "did you mean next?"},
		{"ID", "--json: \"ID\" is not among the fields of the answer", ""},
		{"credit.unit",
		 "--json: \"credit.unit\" is not among the fields of the answer", ""},
		{"", "--json= needs the names of fields", ""},
		{", ,", "--json= needs the names of fields", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct json_pick p;
		struct err e = {0};
		assert_int_equal(json_pick_read(cases[i].fields, &shape_listed, &p, &e),
				 -PDH_USAGE);
		assert_string_equal(e.message, cases[i].message);
		assert_string_equal(e.hint, cases[i].hint);
	}
}

/* {"level": 2, "newer": {"a": [1.5, true]}, 7: 8} */
static void what_a_newer_daemon_adds_is_kept(void **state)
{
	struct answer ans = {.method = &api_methods[METHOD_version]};
	AUTO_BUF b = {0};
	msgpack_packer pk;
	size_t at = 0;

	(void)state;
	msgpack_packer_init(&pk, &b, buf_write);
	msgpack_pack_map(&pk, 3);
	wire_pack_text(&pk, "newer");
	msgpack_pack_map(&pk, 1);
	wire_pack_text(&pk, "a");
	msgpack_pack_array(&pk, 2);
	msgpack_pack_double(&pk, 1.5);
	msgpack_pack_true(&pk);
	msgpack_pack_int(&pk, 7);
	msgpack_pack_int(&pk, 8);
	wire_pack_text(&pk, "level");
	msgpack_pack_int(&pk, 2);
	msgpack_unpacked_init(&ans.zone);
	assert_int_equal(msgpack_unpack_next(&ans.zone, b.data, b.len, &at),
			 MSGPACK_UNPACK_SUCCESS);
	ans.raw = &ans.zone.data;
	char *text = printed(&ans, NULL);
	assert_string_equal(text, "{\"schema\":\"pdh.version/1\",\"version\":null,"
				  "\"level\":2,\"newer\":{\"a\":[null,true]}}");
	free(text);
	text = printed(&ans, "level");
	assert_string_equal(text, "{\"schema\":\"pdh.version/1\",\"level\":2}");
	free(text);
	answer_done(&ans);
}

static void what_is_not_utf8_is_replaced(void **state)
{
	static const struct {
		const char *text, *wanted;
		size_t n;
	} cases[] = {
		{"Zo\xc3\xab", "Zo\xc3\xab", 4},
		{"", "", 0},
		{"\xff", "\xef\xbf\xbd", 1},
		{"a\xe6\xbc", "a\xef\xbf\xbd\xef\xbf\xbd", 3},
		{"\xc0\xaf", "\xef\xbf\xbd\xef\xbf\xbd", 2},
		{"\xed\xa0\x80!", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd!", 4},
		{"cut", "cu", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *text = json_text(cases[i].text, cases[i].n);
		assert_string_equal(json_string_value(text), cases[i].wanted);
		json_decref(text);
	}
}

static void an_error_is_one_object(void **state)
{
	struct err e;
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	(void)state;
	err_set(&e, -PDH_NOT_FOUND, "id", "x");
	/* As another program's daemon may send it. */
	snprintf(e.message, sizeof(e.message), "there is no activity #99 \"\xff\"\n");
	json_print_error(&e, out);
	err_set(&e, -4711, NULL, "%s", "");
	err_hint(&e, "try again");
	json_print_error(&e, out);
	fclose(out);
	assert_string_equal(
		text, "{\"schema\":\"pdh.error/1\",\"code\":\"not_found\","
		      "\"message\":\"there is no activity #99 \\\"\xef\xbf\xbd\\\"\\n\","
		      "\"field\":\"id\",\"hint\":null}\n"
		      "{\"schema\":\"pdh.error/1\",\"code\":\"failed\",\"message\":null,"
		      "\"field\":null,\"hint\":\"try again\"}\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_names_its_schema_first),
		cmocka_unit_test(every_key_is_there_and_no_list_is_null),
		cmocka_unit_test(fields_are_picked_from_the_rows_and_the_answer),
		cmocka_unit_test(the_rows_by_name_are_whole_rows),
		cmocka_unit_test(a_field_that_is_unknown_is_refused_with_the_nearest),
		cmocka_unit_test(what_a_newer_daemon_adds_is_kept),
		cmocka_unit_test(what_is_not_utf8_is_replaced),
		cmocka_unit_test(an_error_is_one_object),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
