/* Values that clear: every parameter of the one table takes them where it says so, and nowhere else. A parameter that is
 * added is tried without a word here; one that clears asks for a line in `cases`. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What a value that clears is tried with, and where the answer has what became of it; "" where it has it nowhere. */
static const struct {
	const char *method, *params, *record, *field; /* field NULL: any */
} cases[] = {
	{"activity.add", "{\"again\":1,\"similar\":true}", "activities.0", NULL},
	{"activity.edit", "{\"id\":1}", "activity", NULL},
	{"credential.add", "{\"title\":\"Badge\",\"alias\":\"new\"}", "credential", NULL},
	{"credential.edit", "{\"credential\":\"fp\"}", "credential", NULL},
	{"have.edit", "{\"id\":1}", "have", NULL},
	{"credential.pause", "{\"credential\":\"own\"}", "credential.pauses.0", NULL},
	{"item.add", "{\"credential\":\"own\",\"title\":\"x\"}", "item", NULL},
	{"item.edit", "{\"id\":1}", "item", NULL},
	{"setup.run", "{\"title\":\"Badge\",\"alias\":\"new\"}", "credential", NULL},
	{"pack.check", "{\"file\":\"a.yaml\"}", "", NULL},
	{"reminder.policy", "{\"credential\":\"own\"}", "", NULL},
	{"reminder.channel", "{\"channel\":\"mail\"}", "", "to"},
	{"reminder.channel", "{\"channel\":\"mail\"}", "", "program"},
	{"reminder.channel", "{\"channel\":\"calendar\"}", "", "file"},
	{"word.list", "{\"of\":\"fact\"}", "", NULL},
};

static void hold(struct home *h)
{
	home_call(h, "setup.run",
		  "{\"name\":\"Dana\",\"alias\":\"own\",\"title\":\"Archivist\","
		  "\"required\":\"40h\",\"every\":\"2y\",\"expires\":\"2027-08-31\"}");
	home_call(
		h, "credential.add",
		"{\"pack\":\"clearance\",\"alias\":\"fp\",\"expires\":\"2027-05-30\","
		"\"issued\":\"2020-01-01\",\"number\":\"123\",\"jurisdiction\":\"US-TX\","
		"\"level\":\"standard\",\"endorsements\":[\"a\"],\"note\":\"n\"}");
	home_call(
		h, "activity.add",
		"{\"title\":\"Ethics\",\"credit\":\"2h\",\"from\":\"2026-03-01\","
		"\"topics\":[\"ethics\"],\"kind\":\"workshop\",\"format\":\"live\","
		"\"role\":\"presenter\",\"provider\":\"ALA\",\"approval\":\"approved\","
		"\"course\":\"1\",\"split\":[\"ethics=1h\"],\"note\":\"n\",\"only\":[\"own\"]}");
	home_call(
		h, "item.add",
		"{\"credential\":\"own\",\"title\":\"Exam\",\"due\":\"2026-04-01\","
		"\"expires\":\"2027-04-01\",\"done_on\":\"2026-03-01\",\"note\":\"n\"}");
	home_call(h, "have.add",
		  "{\"kind\":\"exam\",\"title\":\"Librarian\",\"code\":\"150\","
		  "\"score\":240,\"place\":\"TEA\",\"on\":\"2025-05-01\","
		  "\"expires\":\"2030-05-01\",\"note\":\"n\"}");
}

static bool is_list(const struct field *f)
{
	return kind_is_texts(f->kind) || f->kind == KIND_IDS || f->kind == KIND_LIST;
}

/* NULL: the kind has no value that clears. */
static json_t *clearing(const struct field *f)
{
	if (f->kind == KIND_DATE || f->kind == KIND_DUE)
		return json_string("none");
	if (f->kind == KIND_CREDIT)
		return json_string("0h");
	if (kind_is_text(f->kind))
		return json_string("");
	return is_list(f) ? json_array() : NULL;
}

static json_t *call(struct home *h, const char *method, json_t *params)
{
	char *text = json_dumps(params, 0);

	assert_non_null(text);
	json_t *e = home_error(h, method, text);
	free(text);
	json_decref(params);
	return e;
}

/* How many there were: the number of the last. */
static long long changes(struct home *h)
{
	return int_at(home_call(h, "change.list", "{\"limit\":1}"), "changes.0.op");
}

static bool is_blamed(const json_t *e, const struct field *f)
{
	json_t *name = json_object_get(e, "name"), *field = json_object_get(e, "field");

	return json_is_string(field) &&
	       strcmp(json_string_value(name),
		      f->kind == KIND_CREDIT ? "refused" : "usage") == 0 &&
	       strcmp(json_string_value(field), f->name) == 0;
}

/* What needs no parameter is done, and taken back. */
static void take_back(struct home *h, long long before)
{
	if (changes(h) != before)
		home_call(h, "change.undo", "{}");
}

static void refuses(struct home *h, const struct method *m, const struct field *f)
{
	long long before = changes(h);
	json_t *params = json_object();
	/* An empty list is as if it were left out. */
	bool blamed = is_list(f) && !f->required
			      ? is_blamed(call(h, m->name, json_object()), f)
			      : true;

	take_back(h, before);
	before = changes(h);
	json_object_set_new(params, f->name, clearing(f));
	json_t *e = call(h, m->name, params);
	if (is_blamed(e, f) != blamed)
		fail_msg("%s %s: %s", m->name, f->name,
			 e ? text_at(e, "message") : "it was taken");
	if (blamed)
		assert_int_equal(changes(h), before);
	take_back(h, before);
}

static void is_gone(const char *method, const struct field *f, json_t *record)
{
	json_t *now = json_object_get(record, f->name);

	if (now && !json_is_null(now) && json_array_size(now) + !json_is_array(now) > 0)
		fail_msg("%s %s: it is still %s", method, f->name,
			 json_dumps(now, JSON_ENCODE_ANY));
}

static void takes(struct home *h, const struct method *m, const struct field *f)
{
	const long long before = changes(h);
	size_t i = 0;

	while (i < COUNT(cases) &&
	       (strcmp(cases[i].method, m->name) != 0 ||
		(cases[i].field && strcmp(cases[i].field, f->name) != 0)))
		i++;
	if (i == COUNT(cases))
		fail_msg("%s %s clears and has no case here", m->name, f->name);
	json_t *params = json_loads(cases[i].params, 0, NULL);
	json_object_set_new(params, f->name, clearing(f));
	json_t *e = call(h, m->name, params);
	if (e && (*cases[i].record || strcmp(text_at(e, "field"), f->name) == 0))
		fail_msg("%s %s: %s", m->name, f->name, text_at(e, "message"));
	if (*cases[i].record)
		is_gone(m->name, f, json_at(json_array_get(h->last, 3), cases[i].record));
	if (changes(h) != before)
		home_call(h, "change.undo", "{}");
}

static void what_clears_is_taken_where_the_table_says_so(void **state)
{
	struct home *h = *state;

	hold(h);
	for (size_t i = 0; i < METHOD_COUNT; i++)
		for (size_t k = 0; k < api_methods[i].params->n; k++) {
			const struct method *m = &api_methods[i];
			const struct field *f = &m->params->fields[k];
			json_t *value = clearing(f);
			json_decref(value);
			if (!*m->name || !value)
				assert_false(f->clears);
			else if (f->clears)
				takes(h, m, f);
			else
				refuses(h, m, f);
		}
}

/* Members of lists of parameters are read like parameters. */
static void members_clear_as_their_method_does(void **state)
{
	static const struct {
		const char *params, *field;
	} refused[] = {
		{"{\"activities\":[{\"title\":\"x\",\"credit\":\"1h\",\"done_on\":\"none\"}]}",
		 "activities[0].done_on"},
		{"{\"activities\":[{\"title\":\"x\",\"credit\":\"1h\"},{\"title\":\"\",\"credit\":\"1h\"}]}",
		 "activities[1].title"},
		{"{\"activities\":[]}", "activities"},
	};
	struct home *h = *state;

	for (size_t i = 0; i < COUNT(refused); i++) {
		json_t *e = home_fail(h, "activity.import", refused[i].params, "usage");
		assert_string_equal(text_at(e, "field"), refused[i].field);
	}
	json_t *r = home_call(
		h, "activity.import",
		"{\"activities\":[{\"title\":\"x\",\"credit\":\"1h\",\"from\":\"none\","
		"\"topics\":[\"\"],\"provider\":\"\",\"only\":[]}]}");
	assert_true(json_is_null(json_at(r, "activities.0.from")));
	assert_true(json_is_null(json_at(r, "activities.0.provider")));
	assert_int_equal(count_at(r, "activities.0.topics"), 0);
	home_fail(h, "credential.add", "{\"title\":\"x\",\"facts\":[\"\"]}", "usage");
}

/* What the rules of a credential need cannot be taken away. */
static void a_cycle_with_hours_keeps_its_last_day(void **state)
{
	struct home *h = *state;

	hold(h);
	json_t *e = home_fail(h, "credential.edit",
			      "{\"credential\":\"own\",\"expires\":\"none\"}", "refused");
	assert_string_equal(text_at(e, "field"), "expires");
	e = home_fail(
		h, "credential.add",
		"{\"title\":\"x\",\"required\":\"4h\",\"every\":\"2y\",\"issued\":\"none\"}",
		"usage");
	assert_string_equal(text_at(e, "field"), "issued");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_clears_is_taken_where_the_table_says_so, home_open,
			home_close),
		cmocka_unit_test_setup_teardown(members_clear_as_their_method_does,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(a_cycle_with_hours_keeps_its_last_day,
						home_open, home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
