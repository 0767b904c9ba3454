/* Rows of files: each activity is there once, however often, in whatever order and overlap files come; what is shown before
 * is what is stored. Files are random, and small enough to be counted by hand. */
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { KINDS = 9, ROWS_MOST = 12, ROUNDS = 60 };

/* ---- files --------------------------------------------------------------------------------------------------------- */

static const char *const titles[] = {"Story time", "Copyright, part 2",
				     "Teaching with primary sources"};

/* Row `kind` of a file: its day, title and credit. No two are like each other by title within weeks. */
static json_t *row_of(int kind, int line)
{
	char day[48], title[64];

	snprintf(day, sizeof(day), "2025-%02d-%02d", kind + 1, kind % 3 + 10);
	snprintf(title, sizeof(title), "%s %c", titles[kind % 3], 'A' + kind);
	return json_pack("{s:i,s:s,s:s,s:s,s:s}", "line", line, "title", title, "done_on",
			 day, "credit", kind % 2 ? "1.5h" : "2h", "provider",
			 kind % 2 ? "AASL" : "Region 13");
}

struct file {
	int n;
	int kinds[ROWS_MOST];
};

static struct file random_file(void)
{
	struct file f = {1 + rand() % ROWS_MOST, {0}};

	for (int i = 0; i < f.n; i++)
		f.kinds[i] = rand() % KINDS;
	return f;
}

static int count_in(const struct file *f, int kind)
{
	int n = 0;

	for (int i = 0; i < f->n; i++)
		n += f->kinds[i] == kind;
	return n;
}

/* How many of each kind there are to be once all of the files came. */
static int wanted(const struct file *files, int n)
{
	int all = 0;

	for (int kind = 0; kind < KINDS; kind++) {
		int most = 0;
		for (int i = 0; i < n; i++)
			if (count_in(&files[i], kind) > most)
				most = count_in(&files[i], kind);
		all += most;
	}
	return all;
}

/* ---- calls ------------------------------------------------------------------------------------------------------------ */

static char *lines_of(const struct file *f)
{
	char *all = calloc(1, (size_t)f->n * 512 + 2);

	for (int i = 0; i < f->n; i++) {
		json_t *row = row_of(f->kinds[i], i + 2);
		char *text = json_dumps(row, JSON_COMPACT);
		strcat(strcat(all, text), "\n");
		free(text);
		json_decref(row);
	}
	return strcat(all, "\n");
}

/* Takes the parameters. */
static json_t *try(struct home *h, const char *method, json_t *params, json_t **ret_error)
{
	json_t *result = home_try(h, method, params, ret_error);

	json_decref(params);
	return result;
}

static json_t *call(struct home *h, const char *method, json_t *params)
{
	json_t *error, *result = try(h, method, params, &error);

	if (!result)
		fail_msg("%s: %s", method,
			 json_string_value(json_object_get(error, "message")));
	return result;
}

static const char *send_text(struct home *h, const char *text)
{
	static char token[64];
	size_t n = strlen(text);

	snprintf(token, sizeof(token), "%s",
		 text_at(call(h, "upload.begin",
			      json_pack("{s:I,s:s}", "size", (json_int_t)n, "purpose",
					"import")),
			 "token"));
	for (size_t at = 0, piece; at < n; at += piece) {
		piece = n - at > 200000 ? 200000 : n - at;
		call(h, "upload.write",
		     json_pack("{s:s,s:I,s:{s:s#}}", "token", token, "offset",
			       (json_int_t)at, "data", "$bytes", text + at, (int)piece));
	}
	return token;
}

static const char *send_file(struct home *h, const struct file *f)
{
	char *text = lines_of(f);
	const char *token = send_text(h, text);

	free(text);
	return token;
}

static void forget(struct home *h, const char *token)
{
	call(h, "upload.drop", json_pack("{s:s}", "token", token));
}

/* The last of the steps; *ret_steps: how many there were. Borrowed until the next call. */
static json_t *preview(struct home *h, const char *token, int *ret_steps)
{
	json_t *seen;
	int steps = 0;

	do {
		seen = call(h, "import.preview", json_pack("{s:s}", "upload", token));
		steps++;
	} while (int_at(seen, "done") < 1000 && steps < 1000);
	if (ret_steps)
		*ret_steps = steps;
	return seen;
}

static json_t *run_params(const char *token, const char *plan)
{
	json_t *p = json_pack("{s:s,s:s}", "file", "f.csv", "upload", token);

	if (plan)
		json_object_set_new(p, "plan", json_string(plan));
	return p;
}

/* Looks, stores, and compares both. Returns how many are new. */
static int import_file(struct home *h, const struct file *f)
{
	char token[64], plan[32];

	snprintf(token, sizeof(token), "%s", send_file(h, f));
	json_t *seen = preview(h, token, NULL);
	assert_int_equal(count_at(seen, "rows"), f->n);
	int created = (int)int_at(seen, "created"), have = (int)int_at(seen, "have");
	snprintf(plan, sizeof(plan), "%s", text_at(seen, "plan"));
	json_t *done = call(h, "import.run", run_params(token, plan));
	assert_int_equal(int_at(done, "created"), created);
	assert_int_equal(int_at(done, "have"), have);
	assert_string_equal(text_at(done, "plan"), plan);
	forget(h, token);
	return created;
}

static int activities(struct home *h)
{
	return (int)count_at(home_call(h, "activity.list", "{\"limit\": 1000}"),
			     "activities");
}

/* ---- properties --------------------------------------------------------------------------------------------------------- */

static void each_is_there_once_in_any_order_and_overlap(void **state)
{
	enum { FILES = 4 };
	struct home *h = *state;

	for (int round = 0; round < ROUNDS; round++) {
		struct file files[FILES];
		srand((unsigned)round);
		home_restart(h);
		for (int i = 0; i < FILES; i++)
			files[i] = random_file();
		int changes = 0;
		for (int i = 0; i < FILES; i++)
			changes += import_file(h, &files[(i + round) % FILES]) > 0;
		assert_int_equal(activities(h), wanted(files, FILES));
		for (int i = FILES - 1; i >= 0; i--)
			assert_int_equal(import_file(h, &files[i]), 0);
		assert_int_equal(activities(h), wanted(files, FILES));
		for (; changes > 0; changes--)
			home_call(h, "change.undo", "{}");
		assert_int_equal(activities(h), 0);
	}
}

static void honest_repeats_stay_two(void **state)
{
	struct home *h = *state;
	const struct file twice = {3, {4, 4, 1}}, once = {2, {4, 1}};

	assert_int_equal(import_file(h, &once), 2);
	assert_int_equal(import_file(h, &twice), 1);
	assert_int_equal(import_file(h, &twice), 0);
	assert_int_equal(import_file(h, &once), 0);
	assert_int_equal(activities(h), 3);
}

static void an_edited_entry_is_known_and_after_undo_it_is_new(void **state)
{
	struct home *h = *state;
	const struct file f = {2, {0, 1}};

	import_file(h, &f);
	home_call(h, "activity.edit",
		  "{\"id\": 1, \"title\": \"Other\", \"done_on\": \"2020-01-01\", "
		  "\"credit\": \"9h\"}");
	assert_int_equal(import_file(h, &f), 0);
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	assert_int_equal(import_file(h, &f), 0);
	const char *token = send_file(h, &f);
	json_t *seen = preview(h, token, NULL);
	assert_int_equal(int_at(seen, "removed"), 1);
	forget(h, token);
	home_call(h, "change.undo", "{}");
	home_call(h, "change.undo", "{}");
	assert_int_equal(import_file(h, &f), 0);
	home_call(h, "change.undo", "{}");
	assert_int_equal(activities(h), 0);
	assert_int_equal(import_file(h, &f), 2);
}

static void what_changed_since_the_look_is_not_stored(void **state)
{
	struct home *h = *state;
	const struct file f = {3, {0, 1, 2}};
	char token[64], plan[32];

	for (int round = 0; round < 2; round++) {
		snprintf(token, sizeof(token), "%s", send_file(h, &f));
		snprintf(plan, sizeof(plan), "%s",
			 text_at(preview(h, token, NULL), "plan"));
		/* Of the second one the verdicts stay as they were. */
		home_call(
			h, "activity.add",
			round == 0
				? "{\"title\": \"Story time A\", \"credit\": \"2h\", "
				  "\"done_on\": \"2025-01-10\", \"provider\": \"Region 13\"}"
				: "{\"title\": \"Far off\", \"credit\": \"1h\"}");
		json_t *error,
			*done = try(h, "import.run", run_params(token, plan), &error);
		if (round == 0) {
			assert_null(done);
			assert_string_equal(
				text_at(error, "message"),
				"the records changed since the preview (change 1); look again");
			assert_int_equal(activities(h), 1);
		} else {
			assert_non_null(done);
			assert_int_equal(activities(h), 4);
		}
		forget(h, token);
	}
}

static void many_rows_take_many_small_steps(void **state)
{
	enum { MANY = 6000 };
	struct home *h = *state;
	char *text = calloc(1, MANY * 128), *to = text;
	char token[64];
	int steps;

	for (int i = 0; i < MANY; i++)
		to += sprintf(
			to,
			"{\"line\":%d,\"title\":\"Row %d\",\"done_on\":\"20%02d-%02d-%02d\","
			"\"credit\":{\"exact\":3600000,\"unit\":\"hour\"}}\n",
			i + 2, i, 10 + i % 15, i / 15 % 12 + 1, i / 180 % 28 + 1);
	snprintf(token, sizeof(token), "%s", send_text(h, text));
	free(text);
	json_t *seen = preview(h, token, &steps);
	assert_true(steps > 15);
	assert_int_equal(int_at(seen, "created"), MANY);
	assert_int_equal(
		int_at(call(h, "import.run", run_params(token, NULL)), "created"), MANY);
	assert_int_equal(int_at(preview(h, token, &steps), "have"), MANY);
	/* Pages have all rows, and each once. */
	int rows = 0;
	long long after = 0;
	do {
		seen = call(h, "import.preview",
			    json_pack("{s:s,s:I}", "upload", token, "after",
				      (json_int_t)after));
		assert_int_equal(int_at(seen, "rows.0.line"), after + 2);
		rows += (int)count_at(seen, "rows");
		after = json_is_null(json_at(seen, "next")) ? 0 : int_at(seen, "next");
	} while (after);
	assert_int_equal(rows, MANY);
	forget(h, token);
	home_call(h, "change.undo", "{}");
	assert_int_equal(activities(h), 0);
	home_call(h, "change.redo", "{}");
}

static void refused(struct home *h, const char *text, const char *sentence)
{
	const char *token = send_text(h, text);
	json_t *error = NULL, *seen = NULL;

	for (int i = 0; i < 20 && !error; i++)
		seen = try(h, "import.preview", json_pack("{s:s}", "upload", token),
			   &error);
	assert_null(seen);
	assert_string_equal(text_at(error, "message"), sentence);
	forget(h, token);
}

static void lines_that_are_none_are_refused_with_their_number(void **state)
{
	struct home *h = *state;
	static char far[300000];

	refused(h, "{\"title\":\n", "line 1 of the rows is not a JSON object");
	refused(h, "\n[]\n", "line 2 of the rows is not a JSON object");
	refused(h, "{\"title\":\"x\",\"titel\":1}\n",
		"line 1 of the rows: titel: activity.add has no parameter \"titel\"");
	refused(h, "{\"title\":\"x\",\"credit\":1.5}\n",
		"line 1 of the rows: credit: a fraction must be sent as text, such as "
		"\"1.5h\", to stay exact");
	refused(h, "{\"title\":\"x\",\"credit\":\"1h\",\"line\":7}\n",
		"line 7 has no day");
	refused(h, "{\"title\":\"x\",\"done_on\":\"2026-01-01\",\"line\":7}\n",
		"line 7 has no credit");
	refused(h,
		"{\"title\":\"x\",\"done_on\":\"2027-01-01\",\"credit\":\"1h\",\"line\":7}\n",
		"line 7: done_on: Fri 1 Jan 2027 is in the future");
	memset(far, 'x', sizeof(far) - 1);
	refused(h, far, "line 1 of the rows has more than 262144 bytes");
	home_fail(h, "import.preview", "{\"upload\": \"nothing\"}", "not_found");
	home_fail(h, "import.run", "{\"upload\": \"nothing\", \"file\": \"x\"}",
		  "not_found");
}

static void what_was_left_out_is_told_later(void **state)
{
	struct home *h = *state;
	const char *token = send_text(
		h,
		"{\"line\":2,\"title\":\"A\",\"done_on\":\"2026-01-01\",\"credit\":\"1h\"}\n"
		"{\"line\":3,\"skipped\":\"refused\"}\n{\"line\":4,\"bad\":\"no date\"}\n"
		"{\"line\":5,\"title\":\"a\",\"done_on\":\"2026-01-03\",\"credit\":\"1h\"}\n");

	home_call(h, "activity.add",
		  "{\"title\": \"A!\", \"credit\": \"4h\", \"done_on\": \"2026-01-03\"}");
	call(h, "import.run", run_params(token, NULL));
	json_t *all = home_call(h, "import.list", "{}");
	assert_int_equal(int_at(all, "imports.0.created"), 1);
	assert_int_equal(int_at(all, "imports.0.left_out"), 3);
	json_t *one = home_call(h, "import.show", "{\"import\": 1}");
	assert_int_equal(count_at(one, "rows"), 4);
	static const char *const states[] = {"similar", "skipped", "bad", "new"};
	for (int i = 0; i < 4; i++) {
		char path[32];
		snprintf(path, sizeof(path), "rows.%d.state", i);
		assert_string_equal(text_at(one, path), states[i]);
	}
	assert_int_equal(int_at(one, "rows.0.id"), 1);
	assert_string_equal(text_at(one, "rows.2.why"), "no date");
	home_call(h, "activity.remove", "{\"ids\": [2]}");
	assert_int_equal(int_at(home_call(h, "import.list", "{}"), "imports.0.there"), 0);
	assert_string_equal(
		text_at(home_call(h, "import.show", "{\"import\": 1}"), "rows.3.why"),
		"it was removed since");
	home_call(h, "change.undo", "{}");
	home_call(h, "change.undo", "{}");
	assert_int_equal(count_at(home_call(h, "import.list", "{}"), "imports"), 0);
	home_fail(h, "import.show", "{\"import\": 1}", "not_found");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(each_is_there_once_in_any_order_and_overlap),
		TEST(honest_repeats_stay_two),
		TEST(an_edited_entry_is_known_and_after_undo_it_is_new),
		TEST(what_changed_since_the_look_is_not_stored),
		TEST(many_rows_take_many_small_steps),
		TEST(lines_that_are_none_are_refused_with_their_number),
		TEST(what_was_left_out_is_told_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
