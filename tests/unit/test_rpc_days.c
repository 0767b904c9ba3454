/* Every day that a method takes, at the edges of the days there are, and what may be cleared. Both follow the one table:
 * a parameter that is added is tried without a word here, a method that is added asks for a line in `bases`. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What else has to be given so that a method does something. */
static const struct {
	const char *method, *params;
} bases[] = {
	{"activity.add",
	 "{\"title\":\"x\",\"credit\":\"1h\",\"planned\":true,\"similar\":true}"},
	{"activity.import",
	 "{\"similar\":true,\"activities\":[{\"title\":\"x\",\"credit\":\"1h\"}]}"},
	{"import.run",
	 "{\"file\":\"x.csv\",\"opening\":\"keep\",\"activities\":"
	 "[{\"title\":\"x\",\"credit\":\"1h\",\"done_on\":\"2026-01-13\",\"planned\":true}]}"},
	{"activity.list", "{}"},
	{"activity.edit", "{\"id\":1,\"planned\":true}"},
	{"credential.add",
	 "{\"title\":\"Badge\",\"alias\":\"new\",\"required\":\"40h\",\"every\":\"2y\"}"},
	{"credential.edit", "{\"credential\":\"own\"}"},
	{"credential.issue", "{\"credential\":\"own\"}"},
	{"credential.renew", "{\"credential\":\"own\"}"},
	{"cycle.add", "{\"credential\":\"own\"}"},
	{"credential.pause", "{\"credential\":\"own\"}"},
	{"credential.retire", "{\"credential\":\"own\"}"},
	{"item.add", "{\"credential\":\"own\",\"title\":\"Badge, never expires\"}"},
	{"item.edit", "{\"id\":1}"},
	{"item.done", "{\"id\":1}"},
	{"path.get", "{\"pack\":\"us-tx-school-librarian\"}"},
	{"have.add", "{\"kind\":\"course\",\"title\":\"CPR\"}"},
	{"have.edit", "{\"id\":1}"},
	{"status.get", "{}"},
	{"explain.get", "{\"subject\":\"own\"}"},
	{"setup.run",
	 "{\"name\":\"Dana\",\"title\":\"Badge\",\"alias\":\"new\",\"required\":\"40h\",\"every\":\"2y\"}"},
	{"export.page", "{}"},
	{"report.transcript", "{\"credential\":\"own\"}"},
	{"report.audit", "{\"credential\":\"own\"}"},
	{"report.chart", "{}"},
	{"pack.try", "{\"pack\":\"us-tx-school-librarian\",\"credential\":\"own\"}"},
	{"reminder.snooze", "{\"reminder\":\"own/1d\"}"},
};

/* What every view of the record has to go through afterward. */
static const struct {
	const char *method, *params;
} views[] = {
	{"status.get", "{}"},
	{"plan.get", "{}"},
	{"explain.get", "{\"subject\":\"own\"}"},
	{"explain.get", "{\"subject\":\"1\"}"},
	{"credential.list", "{\"retired\":true}"},
	{"credential.get", "{\"credential\":\"own\"}"},
	{"activity.list", "{}"},
	{"reminder.list", "{\"all\":true}"},
	{"calendar.get", "{}"},
	{"prompt.get", "{}"},
	{"events.list", "{}"},
};

static const char *const edges[] = {"1900-01-01", "1900-01-02", "1969-12-31",
				    "2199-12-30", "2199-12-31"};

static const char *base_of(const char *method)
{
	for (size_t i = 0; i < COUNT(bases); i++)
		if (strcmp(bases[i].method, method) == 0)
			return bases[i].params;
	fail_msg("%s takes days and has no line in the bases of this test", method);
	return NULL;
}

static bool is_day(enum kind k)
{
	return k == KIND_DATE || k == KIND_DUE || k == KIND_PERIOD;
}

static bool takes_days(const struct shape *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (is_day(s->fields[i].kind) ||
		    (s->fields[i].kind == KIND_LIST && takes_days(s->fields[i].of)))
			return true;
	return false;
}

static json_t *read_json(const char *text)
{
	json_t *v = json_loads(text, 0, NULL);

	assert_non_null(v);
	return v;
}

/* Calls, and gives the error's map, or NULL if it worked. */
static json_t *try(struct home *h, const char *method, json_t *params)
{
	char *text = json_dumps(params, 0);

	assert_non_null(text);
	json_t *e = home_error(h, method, text);
	free(text);
	return e;
}

static void look(struct home *h)
{
	for (size_t i = 0; i < COUNT(views); i++)
		home_call(h, views[i].method, views[i].params);
}

static long long newest_op(struct home *h)
{
	json_t *r = home_call(h, "change.list", "{\"limit\":1}");

	return count_at(r, "changes") ? int_at(r, "changes.0.op") : 0;
}

static void try_and_take_back(struct home *h, const struct method *m, json_t *params)
{
	long long op = newest_op(h);

	(void)try(h, m->name, params);
	if (newest_op(h) == op)
		return;
	look(h);
	home_call(h, "change.undo", "{}");
}

static void try_day(struct home *h, const struct method *m, const struct field *f,
		    const char *day)
{
	json_t *params = read_json(base_of(m->name));
	char text[40];

	snprintf(text, sizeof(text), f->kind == KIND_PERIOD ? "%s..%s" : "%s", day, day);
	if (f->kind == KIND_LIST) {
		json_t *member = json_array_get(json_object_get(params, f->name), 0);
		json_object_set_new(member, "done_on", json_string(day));
		json_object_set_new(member, "planned", json_true());
	} else {
		json_object_set_new(params, f->name, json_string(text));
	}
	try_and_take_back(h, m, params);
	json_decref(params);
}

static void sql(struct home *h, const char *text)
{
	assert_int_equal(sqlite3_exec(db_handle(h->rpc.db), text, NULL, NULL, NULL),
			 SQLITE_OK);
}

static void hold(struct home *h)
{
	home_call(
		h, "setup.run",
		"{\"name\":\"Dana\",\"alias\":\"own\",\"title\":\"Archivist\","
		"\"required\":\"40h\",\"every\":\"2y\",\"expires\":\"2027-08-31\","
		"\"needs\":[\"3 ethics\",\"2 law each year\"],\"limits\":[\"20% self-study\"]}");
	home_call(
		h, "credential.add",
		"{\"pack\":\"us-tx-school-librarian\",\"alias\":\"tx\",\"expires\":\"2027-08-31\"}");
	home_call(
		h, "credential.add",
		"{\"pack\":\"us-il-pel-teacher\",\"alias\":\"il\",\"expires\":\"2029-06-30\"}");
	home_call(h, "activity.add",
		  "{\"title\":\"Ethics\",\"credit\":\"2h\",\"topics\":[\"ethics\"]}");
	home_call(h, "item.add", "{\"credential\":\"own\",\"title\":\"Clearance\"}");
}

static void every_day_is_taken_or_refused_and_all_goes_on(void **state)
{
	struct home *h = *state;

	hold(h);
	for (size_t m = 0; m < METHOD_COUNT; m++) {
		const struct method *method = &api_methods[m];
		for (size_t i = 0; *method->name && i < method->params->n; i++) {
			const struct field *f = &method->params->fields[i];
			if (!is_day(f->kind) &&
			    (f->kind != KIND_LIST || !takes_days(f->of)))
				continue;
			for (size_t d = 0; d < COUNT(edges); d++)
				try_day(h, method, f, edges[d]);
		}
	}
	look(h);
}

/* Days inside of texts. */
static void days_in_words_are_taken_or_refused(void **state)
{
	static const struct {
		const char *method, *params;
	} cases[] = {
		{"plan.get", "{\"add\":[\"6h x monthly until 2199-12-31\"]}"},
		{"plan.get",
		 "{\"add\":[\"6h x yearly from 2190-01-31 until 2199-12-31\"]}"},
		{"plan.get",
		 "{\"add\":[\"6h x weekly from 2199-12-01 until 2199-12-31\"]}"},
		{"plan.get", "{\"add\":[\"6h x 2199-12-31\"]}"},
		{"plan.get", "{\"add\":[\"6h x 2199\"]}"},
		{"plan.save",
		 "{\"add\":[\"6h x yearly from 2199-12-01 until 2199-12-31\"]}"},
		{"reminder.policy", "{\"skip\":\"1900-01-01..2199-12-31\"}"},
		{"reminder.policy", "{\"lead\":\"9999d,1d\",\"after\":\"9999d\"}"},
		{"credential.edit",
		 "{\"credential\":\"il\",\"facts\":[\"leave=yes\"],\"from\":\"2199-12-31\"}"},
	};
	struct home *h = *state;

	hold(h);
	for (size_t i = 0; i < COUNT(cases); i++) {
		(void)home_error(h, cases[i].method, cases[i].params);
		look(h);
	}
}

/* Under every pack: its calendar, its windows, its duties. */
static void every_pack_judges_the_first_and_the_last_days(void **state)
{
	static const char *const names[] = {"expires", "issued", "begins", "as_of"};
	struct home *h = *state;

	hold(h);
	json_t *packs = json_deep_copy(json_at(home_call(h, "pack.list", "{}"), "packs"));
	for (size_t p = 0; p < json_array_size(packs); p++)
		for (size_t n = 0; n < COUNT(names); n++)
			for (size_t d = 0; d < COUNT(edges); d++) {
				json_t *params = json_pack(
					"{s:O,s:s}", "pack",
					json_object_get(json_array_get(packs, p), "pack"),
					names[n], edges[d]);
				(void)try(h, "pack.try", params);
				if (n > 0)
					json_object_set_new(params, "expires",
							    json_string("2199-12-31"));
				(void)try(h, "pack.try", params);
				json_decref(params);
			}
	json_decref(packs);
}

/* Items and cycles that have the last day, seen on the days around it. */
static void a_record_that_reaches_the_last_day_is_looked_at_on_any(void **state)
{
	static const char *const clocks[] = {"1970-01-02T09:30:00", "2199-12-30T23:59:00",
					     "2199-12-31T00:00:00",
					     "2199-12-31T23:59:59"};
	struct home *h = *state;

	hold(h);
	home_call(h, "item.edit", "{\"id\":1,\"due\":\"2199-12-31\"}");
	home_call(h, "credential.edit",
		  "{\"credential\":\"own\",\"expires\":\"2199-12-31\"}");
	home_call(
		h, "credential.add",
		"{\"pack\":\"us-il-pel-teacher\",\"alias\":\"last\",\"expires\":\"2199-12-31\"}");
	home_call(h, "credential.pause",
		  "{\"credential\":\"tx\",\"until\":\"2199-12-31\"}");
	for (size_t i = 0; i < COUNT(clocks); i++) {
		home_clock(h, clocks[i]);
		look(h);
		home_call(h, "reminder.run", "{}");
		(void)home_error(
			h, "credential.add",
			"{\"title\":\"B\",\"required\":\"4h\",\"every\":\"1 month\",\"issued\":\"1970-01-01\"}");
		(void)home_error(h, "credential.renew", "{\"credential\":\"own\"}");
		(void)home_error(h, "credential.resume", "{\"credential\":\"tx\"}");
		(void)home_error(h, "activity.list", "{\"period\":\"2199-12-31..\"}");
		(void)home_error(h, "plan.get", "{\"add\":[\"1h x monthly\"]}");
	}
}

/* What earlier versions stored past the last day is the last day. */
static void rows_from_outside_the_days_are_read(void **state)
{
	struct home *h = *state;

	hold(h);
	sql(h, "UPDATE item SET due = '2231-05-01'");
	sql(h, "UPDATE cycle SET ends = '9999-12-31' WHERE id = 1");
	sql(h, "UPDATE activity SET done_on = '0001-01-01'");
	look(h);
	json_t *r = home_call(h, "credential.get", "{\"credential\":\"own\"}");
	assert_string_equal(text_at(r, "credentials.0.items.0.due"), "2199-12-31");
	assert_string_equal(text_at(r, "credentials.0.cycle.to"), "2199-12-31");
	r = home_call(h, "activity.list", "{}");
	assert_string_equal(text_at(r, "activities.0.done_on"), "1900-01-01");
	home_call(h, "item.edit", "{\"id\":1,\"due\":\"2027-01-01\"}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_day_is_taken_or_refused_and_all_goes_on, home_open,
			home_close),
		cmocka_unit_test_setup_teardown(days_in_words_are_taken_or_refused,
						home_open, home_close),
		cmocka_unit_test_setup_teardown(
			every_pack_judges_the_first_and_the_last_days, home_open,
			home_close),
		cmocka_unit_test_setup_teardown(
			a_record_that_reaches_the_last_day_is_looked_at_on_any, home_open,
			home_close),
		cmocka_unit_test_setup_teardown(rows_from_outside_the_days_are_read,
						home_open, home_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
