/* What is kept of the entries of cycles is what the database holds, whatever is told to it; and it is not read again. */
#include "daemon/judge/ledger.h"
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { PARAMS = 512, ROUNDS = 250 };

static uint64_t seed = UINT64_C(88172645463325252);

static unsigned any(unsigned n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed % n);
}

static void hold(struct home *h, const char *alias, const char *begins,
		 const char *expires)
{
	char params[PARAMS];

	snprintf(params, sizeof(params),
		 "{\"alias\": \"%s\", \"title\": \"%s\", \"required\": \"100h\", "
		 "\"begins\": \"%s\", \"expires\": \"%s\"}",
		 alias, alias, begins, expires);
	home_call(h, "credential.add", params);
}

static int open_two(void **state)
{
	int r = home_open(state);

	hold(*state, "one", "2025-01-01", "2026-12-31");
	hold(*state, "two", "2023-07-01", "2026-06-30");
	return r;
}

/* A day that may lie before, in or between the cycles. */
static const char *day(void)
{
	static char text[16];

	snprintf(text, sizeof(text), "%u-%02u-%02u", 2023 + any(3), 1 + any(12),
		 1 + any(28));
	return text;
}

static const char *scope(void)
{
	static const char *const all[] = {"",
					  "",
					  "",
					  ", \"only\": [\"one\"]",
					  ", \"except\": [\"one\"]",
					  ", \"only\": [\"two\"]",
					  ", \"except\": [\"one\", \"two\"]"};

	return all[any(sizeof(all) / sizeof(all[0]))];
}

static const char *split(void)
{
	static const char *const all[] = {
		"", "", ", \"split\": [\"ethics=1h\"], \"topics\": [\"ethics\", \"law\"]",
		", \"split\": [\"law=0.5h\", \"ethics=1h\"]", ", \"topics\": [\"law\"]"};

	return all[any(sizeof(all) / sizeof(all[0]))];
}

static const char *words(void)
{
	static const char *const all[] = {
		"", ", \"provider\": \"The Academy\"",
		", \"note\": \"With Ana, at the ACADEMY\"",
		", \"note\": \"with nobody\", \"provider\": \"Elsewhere\""};

	return all[any(sizeof(all) / sizeof(all[0]))];
}

static void add(struct home *h)
{
	char params[PARAMS];

	snprintf(params, sizeof(params),
		 "{\"title\": \"Some %u\", \"credit\": \"%u.5h\", \"done_on\": \"%s\", "
		 "\"similar\": true, \"planned\": %s%s%s%s}",
		 any(1000), 2 + any(4), day(), any(6) ? "false" : "true", scope(),
		 split(), words());
	home_call(h, "activity.add", params);
}

static void edit(struct home *h, long long id)
{
	char params[PARAMS];
	size_t n = (size_t)snprintf(params, sizeof(params), "{\"id\": %lld", id);

	if (any(2))
		n += (size_t)snprintf(params + n, sizeof(params) - n,
				      ", \"done_on\": \"%s\"", day());
	if (any(2))
		n += (size_t)snprintf(params + n, sizeof(params) - n,
				      ", \"credit\": \"%u.5h\"", 2 + any(4));
	snprintf(params + n, sizeof(params) - n, "%s%s%s}", any(2) ? scope() : "",
		 any(2) ? split() : "", any(2) ? words() : "");
	home_call(h, "activity.edit", params);
}

static long long some_id(struct home *h)
{
	json_t *all =
		json_at(home_call(h, "activity.list", "{\"limit\": 50}"), "activities");

	return json_array_size(all)
		       ? int_at(json_array_get(all, any((unsigned)json_array_size(all))),
				"id")
		       : 0;
}

static void do_something(struct home *h)
{
	char params[PARAMS];
	long long id = some_id(h);

	if (!id || any(3) == 0) {
		add(h);
	} else if (any(3)) {
		edit(h, id);
	} else {
		snprintf(params, sizeof(params), "{\"ids\": [%lld]}", id);
		home_call(h, "activity.remove", params);
	}
}

/* What is judged, and what is found by words. */
static const char *answers_of(struct home *h, struct arena *a)
{
	static const char *const searches[] = {
		"{\"text\": \"some 1\"}",
		"{\"text\": \"acADEmy\", \"limit\": 2}",
		"{\"text\": \"WITH\", \"since\": \"2024-02-02\", \"planned\": true}",
	};
	char *text = json_dumps(home_call(h, "status.get", "{}"), JSON_SORT_KEYS);
	const char *all = arena_dup(a, text);

	free(text);
	for (size_t i = 0; i < sizeof(searches) / sizeof(searches[0]); i++) {
		text = json_dumps(home_call(h, "activity.list", searches[i]),
				  JSON_SORT_KEYS);
		all = arena_printf(a, "%s\n%s", all, text);
		free(text);
	}
	return all;
}

static void what_is_told_is_what_is_stored(void **state)
{
	struct home *h = *state;

	for (int i = 0; i < ROUNDS; i++) {
		AUTO_ARENA a = {NULL};
		size_t read = h->rpc.ledgers.read;
		do_something(h);
		const char *told = answers_of(h, &a);
		if (i > 0)
			assert_int_equal(h->rpc.ledgers.read, read);
		ledgers_done(&h->rpc.ledgers);
		assert_string_equal(told, answers_of(h, &a));
	}
}

/* Many in the cycles of two, with less room for them than they are. */
static void many_entries_are_read_once(void **state)
{
	struct home *h = *state;

	h->rpc.ledgers.most = 20;
	for (int i = 0; i < 60; i++)
		add(h);
	home_call(h, "status.get", "{}");
	size_t read = h->rpc.ledgers.read;
	for (int i = 0; i < 10; i++) {
		home_call(h, "status.get", "{}");
		do_something(h);
	}
	assert_int_equal(h->rpc.ledgers.read, read);
}

/* What counts for every credential is one copy, however many they are. */
static void credentials_share_what_counts_for_all(void **state)
{
	struct home *h = *state;

	for (int i = 0; i < 30; i++)
		home_call(
			h, "activity.add",
			"{\"title\": \"Same\", \"credit\": \"1h\", \"done_on\": \"2025-05-05\", "
			"\"similar\": true}");
	ledgers_done(&h->rpc.ledgers);
	hold(h, "three", "2025-01-01", "2026-12-31");
	hold(h, "four", "2025-02-01", "2026-12-31");
	home_call(h, "status.get", "{}");
	assert_int_equal(h->rpc.ledgers.entries, 30);
}

static void what_was_not_asked_about_lately_goes(void **state)
{
	struct home *h = *state;

	for (int i = 0; i < 10; i++)
		home_call(
			h, "activity.add",
			"{\"title\": \"Old\", \"credit\": \"1h\", \"done_on\": \"2023-08-08\", "
			"\"similar\": true, \"only\": [\"two\"]}");
	home_call(h, "status.get", "{}");
	assert_int_equal(h->rpc.ledgers.entries, 10);
	h->rpc.ledgers.most = 5;
	for (int i = 0; i < 40; i++)
		home_call(h, "status.get", "{\"credentials\": [\"one\"]}");
	hold(h, "three", "2020-01-01", "2026-12-31");
	home_call(h, "status.get", "{\"credentials\": [\"one\"]}");
	home_call(h, "status.get", "{\"credentials\": [\"two\"]}");
	assert_int_equal(h->rpc.ledgers.entries, 10);
}

#define T(f) cmocka_unit_test_setup_teardown(f, open_two, home_close)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(what_is_told_is_what_is_stored),
		T(many_entries_are_read_once),
		T(credentials_share_what_counts_for_all),
		T(what_was_not_asked_about_lately_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
