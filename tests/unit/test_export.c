/* What leaves pdh as one document: all that is content, in pieces of one state; and the uid of activities. */
#include "client/verbs/export.h"
#include "daemon/store/change.h"
#include "daemon/transfer/parts.h"
#include "tests/support/transferred.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool is_named(const char *table)
{
	size_t n;
	const struct part_exception *v = part_exceptions(&n);

	for (size_t i = 0; i < PART_COUNT; i++) {
		const char *at = strstr(transfer_parts[i].tables, table);
		size_t len = strlen(table);
		for (; at; at = strstr(at + 1, table))
			if ((at == transfer_parts[i].tables || at[-1] == ',') &&
			    (!at[len] || at[len] == ','))
				return true;
	}
	for (size_t i = 0; i < n; i++)
		if (strcmp(v[i].table, table) == 0)
			return true;
	return false;
}

static void every_table_of_content_is_exported_or_named_as_not(void **state)
{
	struct home *h = *state;
	sqlite3_stmt *s;

	assert_int_equal(
		sqlite3_prepare_v2(db_handle(h->rpc.db),
				   "SELECT name FROM sqlite_schema WHERE type = 'table'",
				   -1, &s, NULL),
		SQLITE_OK);
	while (sqlite3_step(s) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(s, 0);
		if (change_has(table) && !is_named(table))
			fail_msg("%s is content, and neither a part nor an exception in "
				 "daemon/transfer/parts.def",
				 table);
	}
	sqlite3_finalize(s);
}

/* ---- uid ---------------------------------------------------------------------------------------------- */

static const char *uid_of(struct home *h, const char *title, char out[40])
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(h->rpc.db),
					    "SELECT uid FROM activity WHERE title = ?",
					    -1, &s, NULL),
			 SQLITE_OK);
	sqlite3_bind_text(s, 1, title, -1, SQLITE_STATIC);
	out[0] = '\0';
	if (sqlite3_step(s) == SQLITE_ROW)
		snprintf(out, 40, "%s", (const char *)sqlite3_column_text(s, 0));
	sqlite3_finalize(s);
	return out;
}

static void an_activity_keeps_the_uid_that_it_was_logged_with(void **state)
{
	struct home *h = *state;
	char was[40], other[40], now[40];

	home_call(h, "activity.add", "{\"title\": \"One\", \"credit\": \"1h\"}");
	home_call(h, "activity.add", "{\"title\": \"Two\", \"credit\": \"1h\"}");
	uid_of(h, "One", was);
	assert_int_equal(strlen(was), 32);
	assert_int_equal(strspn(was, "0123456789abcdef"), 32);
	assert_string_not_equal(was, uid_of(h, "Two", other));
	home_call(h, "activity.edit", "{\"id\": 1, \"credit\": \"2h\"}");
	assert_string_equal(was, uid_of(h, "One", now));
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	home_call(h, "change.undo", "{}");
	assert_string_equal(was, uid_of(h, "One", now));
	home_call(h, "change.redo", "{}");
	home_call(h, "change.undo", "{}");
	assert_string_equal(was, uid_of(h, "One", now));
}

static void run(struct home *h, const char *sql)
{
	sqlite3_stmt *s;

	assert_int_equal(sqlite3_prepare_v2(db_handle(h->rpc.db), sql, -1, &s, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	sqlite3_finalize(s);
}

/* As the undo of a change from before there was a uid puts it back. */
static void one_without_a_uid_gets_one(void **state)
{
	struct home *h = *state;
	char uid[40];

	run(h, "INSERT INTO activity (title, title_key, done_on, credit, credit_unit) "
	       "VALUES ('Old', 'old', '2025-01-01', 3600000, 'hour')");
	assert_int_equal(strlen(uid_of(h, "Old", uid)), 32);
}

/* ---- pieces ------------------------------------------------------------------------------------------- */

static void log_many(struct home *h, int n)
{
	json_t *p = json_object(), *l = json_array(), *e;

	for (int i = 0; i < n; i++)
		json_array_append_new(l, json_pack("{s:s, s:s, s:b}", "title", "Reading",
						   "credit", "1h", "similar", 1));
	json_object_set_new(p, "activities", l);
	assert_non_null(home_try(h, "activity.import", p, &e));
	json_decref(p);
}

static void pieces_are_one_document(void **state)
{
	struct home *h = *state;
	int pieces;

	log_many(h, 1300);
	char *text = transferred_document(h, "{}", &pieces),
	     *again = transferred_document(h, "{}", &pieces);
	assert_int_equal(pieces, 3);
	assert_string_equal(text, again);
	json_t *all = json_loads(text, 0, NULL);
	assert_non_null(all);
	assert_string_equal(text_at(all, "schema"), "pdh.export/1");
	assert_int_equal(count_at(all, "activities"), 1300);
	for (size_t i = 0; i < PART_COUNT; i++)
		assert_true(json_is_array(json_object_get(all, transfer_parts[i].name)));
	json_decref(all);
	free(text);
	free(again);
}

/* A piece ends where the part does, too. */
static void a_part_may_end_with_its_piece(void **state)
{
	struct home *h = *state;
	int pieces;

	for (int n = 499; n <= 501; n++) {
		run(h, "DELETE FROM activity");
		log_many(h, n);
		char *text = transferred_document(h, "{}", &pieces);
		json_t *all = json_loads(text, 0, NULL);
		assert_non_null(all);
		assert_int_equal(count_at(all, "activities"), n);
		json_decref(all);
		free(text);
	}
}

static void lines_have_the_values_of_the_list_in_its_order(void **state)
{
	struct home *h = *state;
	int pieces;

	log_many(h, 1);
	home_call(h, "credential.add",
		  "{\"title\": \"City\", \"alias\": \"city\", \"required\": \"40h\", "
		  "\"every\": \"2y\", \"expires\": \"2026-12-31\"}");
	char *text = transferred_document(h, "{}", &pieces);
	json_t *all = json_loads(text, 0, NULL);
	for (size_t i = 0; i < PART_COUNT; i++) {
		const struct part *part = &transfer_parts[i];
		json_t *line = json_array_get(json_object_get(all, part->name), 0),
		       *value;
		const char *name;
		size_t k = 0;
		json_object_foreach(line, name, value)
			assert_string_equal(name, part->values[k++].name);
		assert_true(!line || k == part->n);
	}
	json_decref(all);
	free(text);
}

static void it_is_chosen_by_credential_days_and_parts(void **state)
{
	struct home *h = *state;
	int pieces;

	home_call(h, "credential.add",
		  "{\"title\": \"City\", \"alias\": \"city\", \"expires\": "
		  "\"2026-12-31\"}");
	home_call(h, "credential.add",
		  "{\"title\": \"Club\", \"alias\": \"club\", \"expires\": "
		  "\"2026-12-31\"}");
	home_call(
		h, "activity.add",
		"{\"title\": \"All\", \"credit\": \"1h\", \"done_on\": \"2025-03-01\"}");
	home_call(h, "activity.add",
		  "{\"title\": \"City's\", \"credit\": \"1h\", \"only\": [\"city\"]}");
	home_call(h, "activity.add",
		  "{\"title\": \"Not the club's\", \"credit\": \"1h\", \"except\": "
		  "[\"club\"]}");
	char *text = transferred_document(h, "{\"credential\": \"club\"}", &pieces);
	assert_non_null(strstr(text, "\"All\""));
	assert_null(strstr(text, "City"));
	assert_null(strstr(text, "Not the club's"));
	free(text);
	text = transferred_document(
		h,
		"{\"period\": \"2026-01-01..2026-12-31\", \"parts\": [\"activities\"]}",
		&pieces);
	assert_null(strstr(text, "\"All\""));
	assert_non_null(strstr(text, "City's"));
	assert_null(strstr(text, "person"));
	free(text);
	home_fail(h, "export.page", "{\"parts\": [\"nothing\"]}", "usage");
	home_fail(h, "export.page", "{\"after\": \"activities\"}", "usage");
	home_fail(h, "export.page", "{\"after\": \"activities -1\"}", "usage");
	home_fail(h, "export.page", "{\"after\": \"nothing 1\"}", "usage");
	home_fail(h, "export.page", "{\"credential\": \"nobody\"}", "not_found");
}

/* ---- a record that changes ---------------------------------------------------------------------------- */

struct changing {
	int asked, changes; /* it changes so often */
};

static int ask(void *data, const char *after, struct exported *ret, struct err *e)
{
	struct changing *c = data;

	(void)e;
	c->asked++;
	ret->at = 100 - c->changes;
	if (after && c->changes)
		c->changes--;
	ret->text = after ? "two" : "one ";
	ret->next = after ? NULL : "activities 1";
	if (after && ret->at != 100 - c->changes)
		ret->at = 100 - c->changes;
	return 0;
}

static void it_begins_again_where_the_records_changed(void **state)
{
	struct changing c = {0, 2};
	AUTO_BUF text = {0};
	struct err e;

	(void)state;
	assert_int_equal(export_join(ask, &c, &text, &e), 0);
	assert_int_equal(c.asked, 6);
	assert_int_equal(text.len, strlen("one two"));
	assert_memory_equal(text.data, "one two", text.len);
	c = (struct changing){0, 9};
	assert_int_equal(export_join(ask, &c, &text, &e), -PDH_BUSY);
	assert_non_null(strstr(e.message, "the records keep changing"));
	assert_int_equal(c.asked, 6);
}

/* ---- cells -------------------------------------------------------------------------------------------- */

static void cells_that_would_be_computed_are_guarded(void **state)
{
	static const struct {
		const char *title, *cell;
	} cases[] = {
		{"plain", ",plain,"},
		{"=1+1", ",'=1+1,"},
		{"+1", ",'+1,"},
		{"-1", ",'-1,"},
		{"@x", ",'@x,"},
		{"'=1", ",''=1,"},
		{"''", ",'',"},
		{"'tis", ",'tis,"},
		{"say \"so\", then", ",\"say \"\"so\"\", then\","},
	};
	struct export_lines l = {.aliases = json_object()};
	AUTO_ARENA a = {0};

	(void)state;
	l.arena = &a;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		AUTO_BUF text = {0};
		json_t *o = json_pack("{s:s, s:s, s:{s:i, s:s}}", "done_on", "2026-01-01",
				      "title", cases[i].title, "credit", "exact", 1200000,
				      "unit", "hour");
		l.activities = &o;
		l.n = 1;
		export_csv(&l, false, true, &text);
		assert_int_equal(buf_write(&text, "", 1), 0);
		if (!strstr(text.data, cases[i].cell))
			fail_msg("%s is %s", cases[i].title, text.data);
		assert_non_null(strstr(text.data, "0.333333333333 h"));
		json_decref(o);
	}
	json_decref(l.aliases);
}

#define T(f) cmocka_unit_test_setup_teardown(f, home_open, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(every_table_of_content_is_exported_or_named_as_not),
		T(an_activity_keeps_the_uid_that_it_was_logged_with),
		T(one_without_a_uid_gets_one),
		T(pieces_are_one_document),
		T(a_part_may_end_with_its_piece),
		T(lines_have_the_values_of_the_list_in_its_order),
		T(it_is_chosen_by_credential_days_and_parts),
		cmocka_unit_test(it_begins_again_where_the_records_changed),
		cmocka_unit_test(cells_that_would_be_computed_are_guarded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
