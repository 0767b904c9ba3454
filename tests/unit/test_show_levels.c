/* Answers of a daemon of another level: every field of every record may be missing, and then the answer is shown
 * without it or refused as a whole. Nothing makes the client end. */
#include "client/cli/options.h"
#include "client/out/plain.h"
#include "client/show/show.h"
#include "common/codec.h"
#include "tests/support/sample.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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
		else if (kind_words(f->kind))
			*(int *)to = 1;
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

/* What one client got through, for whoever waits for it. */
struct progress {
	unsigned at; /* how many fields were taken away before */
	char where[200];
};

struct trying {
	const struct method *m;
	const void *whole;
	unsigned from, n; /* the first that is to be tried; how many there are */
	struct progress *progress;
};

/* As a client does: it may refuse the answer, and shows any other. */
static bool try_one(const struct trying *t)
{
	struct arena a = {NULL};
	void *record = arena_alloc(&a, t->m->result->size);
	bool taken = receive(t->m->result, t->whole, &a, record) == 0;

	if (taken)
		show_all(t->m, record, &a);
	arena_done(&a);
	return taken;
}

/* Takes each field away in turn. */
static void take_away(struct trying *t, const struct shape *s, void *record,
		      const char *path, int depth)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		char kept[sizeof(struct list) * 2], where[200];
		void *to = field_at(f, record);
		struct list l = {0, NULL};
		memcpy(kept, to, kind_row(f->kind)->size);
		snprintf(where, sizeof(where), "%s.%s", path, f->name);
		if (t->n++ >= t->from) {
			kind_none(f->kind, to);
			t->progress->at = t->n;
			memcpy(t->progress->where, where, sizeof(where));
			(void)try_one(t);
			memcpy(to, kept, kind_row(f->kind)->size);
		}
		if (f->kind == KIND_LIST)
			memcpy(&l, to, sizeof(l));
		else if (f->kind == KIND_RECORD)
			memcpy(&l.v, to, sizeof(l.v));
		if (f->of && l.v && depth < 3)
			take_away(t, f->of, l.v, where, depth + 1);
	}
}

/* In a process of its own, which goes on behind the field without which the last one ended. */
static bool goes_through(struct trying *t, void *record)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		/* Not cmocka's, which would go on with the tests. */
		(void)signal(SIGSEGV, SIG_DFL);
		(void)signal(SIGABRT, SIG_DFL);
		(void)signal(SIGFPE, SIG_DFL);
		t->n = 0;
		take_away(t, t->m->result, record, t->m->result->name, 0);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* How many fields end the client when they are missing. */
static unsigned try_record(enum method_id id, void *record)
{
	struct progress *progress = mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE,
					 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct trying t = {.m = &api_methods[id], .whole = record, .progress = progress};
	unsigned ended = 0;

	assert_true(progress != MAP_FAILED);
	if (!try_one(&t))
		fail_msg("%s: refused with all that there is", t.m->name);
	while (!goes_through(&t, record)) {
		print_error("%s: ends without %s\n", t.m->name, progress->where);
		t.from = progress->at;
		ended++;
	}
	assert_int_equal(munmap(progress, sizeof(*progress)), 0);
	return ended;
}

static void nothing_that_is_missing_ends_the_client(void **state)
{
	unsigned ended = 0;

	(void)state;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		struct arena a = {NULL};
		void *record = arena_alloc(&a, api_methods[i].result->size);
		fill(api_methods[i].result, record, 0, &a);
		ended += try_record((enum method_id)i, record);
		arena_done(&a);
	}
	assert_int_equal(ended, 0);
}

/* Answers as there are, where what is there asks for what is not. */
static void nor_does_it_in_answers_as_there_are(void **state)
{
	unsigned ended = 0;
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
	ended += try_record(METHOD_status_get, &status);
	sample_logged(&a, &logged);
	ended += try_record(METHOD_activity_add, &logged);
	sample_listed(&a, &listed);
	ended += try_record(METHOD_activity_list, &listed);
	ended += try_record(METHOD_activity_get, &listed);
	sample_credential(&a, &credential);
	ended += try_record(METHOD_credential_list, &held);
	ended += try_record(METHOD_credential_get, &held);
	for (int activity = 0; activity < 2; activity++) {
		sample_explained(&a, activity, &explained);
		ended += try_record(METHOD_explain_get, &explained);
	}
	sample_plan(&a, &plan);
	ended += try_record(METHOD_plan_get, &plan);
	sample_what_if(&a, &plan);
	ended += try_record(METHOD_plan_get, &plan);
	assert_int_equal(ended, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_that_is_missing_ends_the_client),
		cmocka_unit_test(nor_does_it_in_answers_as_there_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
