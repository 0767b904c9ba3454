/* Answers of a daemon of another level: every field of every record may be missing, and then the answer is shown
 * without it or refused as a whole. Nothing makes the client end. */
#include "client/options.h"
#include "client/plain.h"
#include "client/show.h"
#include "common/codec.h"
#include "tests/support/sample.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct term term = {.utf8 = true, .width = 80};

static void fill(const struct shape *s, void *record, int depth, struct arena *a);

static void fill_list(const struct field *f, void *to, int depth, struct arena *a)
{
	struct list l = {0, arena_array(a, 1, f->of ? f->of->size : sizeof(char *))};

	if (f->kind == KIND_LIST && depth < 6) {
		fill(f->of, l.v, depth + 1, a);
		l.n = 1;
	} else if (f->kind == KIND_IDS) {
		*(int64_t *)l.v = 1;
		l.n = 1;
	} else if (f->kind != KIND_LIST) {
		*(const char **)l.v = "word";
		l.n = 1;
	}
	memcpy(to, &l, sizeof(l));
}

/* Some value in each field. */
static void fill(const struct shape *s, void *record, int depth, struct arena *a)
{
	static const struct credit hour = {CREDIT_ONE, "hour"};

	shape_none(s, record);
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		void *to = field_at(f, record);
		if (f->kind == KIND_LIST || kind_is_texts(f->kind) || f->kind == KIND_IDS)
			fill_list(f, to, depth, a);
		else if (kind_is_text(f->kind))
			*(const char **)to = "word";
		else if (kind_is_int(f->kind) || f->kind == KIND_TIME)
			*(int64_t *)to = 7;
		else if (f->kind == KIND_BOOL)
			*(int8_t *)to = 1;
		else if (f->kind == KIND_CREDIT)
			memcpy(to, &hour, sizeof(hour));
		else if (f->kind == KIND_DATE || f->kind == KIND_DUE)
			*(civil_day *)to = date_make(2026, 3, 14);
		else if (f->kind == KIND_RECORD) {
			void *inner = arena_alloc(a, f->of->size);
			fill(f->of, inner, depth + 1, a);
			memcpy(to, &inner, sizeof(inner));
		}
	}
}

/* As the client gets it: 0, or the refusal. */
static int receive(const struct shape *s, const void *sent, struct arena *a, void *ret)
{
	AUTO_BUF b = {0};
	msgpack_packer pk;
	msgpack_unpacked u;
	size_t off = 0;
	struct err e;

	msgpack_packer_init(&pk, &b, buf_write);
	codec_write_record(&pk, s, sent);
	msgpack_unpacked_init(&u);
	assert_int_equal(msgpack_unpack_next(&u, b.data, b.len, &off),
			 MSGPACK_UNPACK_SUCCESS);
	int r = codec_read_record(s, &u.data, a, ret, &e);
	msgpack_unpacked_destroy(&u);
	return r;
}

static void show_all(const struct method *m, const void *record, struct arena *a)
{
	static const struct options ways[] = {{0}, {.short_ = true}, {.dry_run = true}};
	void *params = arena_alloc(a, m->params->size);
	FILE *out = fopen("/dev/null", "w");

	shape_none(m->params, params);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		(void)show_answer(m, params, record, &ways[i], &term, out);
	plain_print(m->result, record, true, a, out);
	(void)fclose(out);
}

/* What happened to a client of its own: 'o' shown, 'r' refused, 'c' it ended. */
static char fate(const struct method *m, const void *sent)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		struct arena a = {NULL};
		void *record = arena_alloc(&a, m->result->size);
		/* Not cmocka's, which would go on with the tests. */
		(void)signal(SIGSEGV, SIG_DFL);
		(void)signal(SIGABRT, SIG_DFL);
		(void)signal(SIGFPE, SIG_DFL);
		if (receive(m->result, sent, &a, record) < 0)
			_exit(1);
		show_all(m, record, &a);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return !WIFEXITED(status) ? 'c' : WEXITSTATUS(status) ? 'r' : 'o';
}

struct trying {
	const struct method *m;
	const void *whole;
	unsigned ended, tried;
};

/* Takes each field away in turn. */
static void take_away(struct trying *t, const struct shape *s, void *record,
		      const char *path, int depth)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		char kept[sizeof(struct list) * 2], where[200];
		void *to = field_at(f, record);
		size_t size = kind_row(f->kind)->size;
		assert_true(size <= sizeof(kept));
		snprintf(where, sizeof(where), "%s.%s", path, f->name);
		memcpy(kept, to, size);
		kind_none(f->kind, to);
		if (fate(t->m, t->whole) == 'c') {
			print_error("%s: ends without %s\n", t->m->name, where);
			t->ended++;
		}
		t->tried++;
		memcpy(to, kept, size);
		struct list l = {0, NULL};
		if (f->kind == KIND_LIST)
			memcpy(&l, to, sizeof(l));
		else if (f->kind == KIND_RECORD)
			memcpy(&l.v, to, sizeof(l.v));
		if (f->of && l.v && depth < 3)
			take_away(t, f->of, l.v, where, depth + 1);
	}
}

static void try_record(struct trying *t, enum method_id id, void *record)
{
	t->m = &api_methods[id];
	t->whole = record;
	if (fate(t->m, record) != 'o')
		fail_msg("%s: %c with all that there is", t->m->name, fate(t->m, record));
	take_away(t, t->m->result, record, t->m->result->name, 0);
}

static void nothing_that_is_missing_ends_the_client(void **state)
{
	struct trying t = {.ended = 0};

	(void)state;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		struct arena a = {NULL};
		void *record = arena_alloc(&a, api_methods[i].result->size);
		fill(api_methods[i].result, record, 0, &a);
		try_record(&t, (enum method_id)i, record);
		arena_done(&a);
	}
	assert_true(t.tried > 2000);
	assert_int_equal(t.ended, 0);
}

/* Answers as there are, where what is there asks for what is not. */
static void nor_does_it_in_answers_as_there_are(void **state)
{
	struct trying t = {.ended = 0};
	AUTO_ARENA a = {0};
	struct credential credential;
	struct credentials held = {.credentials = {1, &credential}};
	struct status status;
	struct logged logged;
	struct listed listed;
	struct explained explained;
	struct plan plan;

	(void)state;
	sample_status(&a, &status);
	try_record(&t, METHOD_status_get, &status);
	sample_logged(&a, &logged);
	try_record(&t, METHOD_activity_add, &logged);
	sample_listed(&a, &listed);
	try_record(&t, METHOD_activity_list, &listed);
	try_record(&t, METHOD_activity_get, &listed);
	sample_credential(&a, &credential);
	try_record(&t, METHOD_credential_list, &held);
	try_record(&t, METHOD_credential_get, &held);
	for (int activity = 0; activity < 2; activity++) {
		sample_explained(&a, activity, &explained);
		try_record(&t, METHOD_explain_get, &explained);
	}
	sample_plan(&a, &plan);
	try_record(&t, METHOD_plan_get, &plan);
	sample_what_if(&a, &plan);
	try_record(&t, METHOD_plan_get, &plan);
	assert_int_equal(t.ended, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_that_is_missing_ends_the_client),
		cmocka_unit_test(nor_does_it_in_answers_as_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
