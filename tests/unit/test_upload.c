/* Files on their way in: piece by piece, in order, bounded, and gone when they should be. */
#include "daemon/rpc/rpc.h"
#include "tests/support/rpc_home.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char *incoming(struct home *h)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/evidence/incoming", h->folder);
	return path;
}

static int files(struct home *h)
{
	DIR *d = opendir(incoming(h));
	const struct dirent *entry;
	int n = 0;

	while (d && (entry = readdir(d)))
		n += entry->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static const char *begin(struct home *h, const char *purpose, long long size)
{
	static char tokens[8][UPLOAD_TOKEN_SIZE];
	static int next;
	char params[128];

	snprintf(params, sizeof(params), "{\"size\": %lld, \"purpose\": \"%s\"}", size,
		 purpose);
	char *token = tokens[next++ % 8];
	snprintf(token, UPLOAD_TOKEN_SIZE, "%s",
		 text_at(home_call(h, "upload.begin", params), "token"));
	assert_int_equal(strlen(token), UPLOAD_TOKEN_SIZE - 1);
	return token;
}

static const char *piece(const char *token, long long offset, const char *data)
{
	static char params[256];

	snprintf(params, sizeof(params),
		 "{\"token\": \"%s\", \"offset\": %lld, \"data\": {\"$bytes\": \"%s\"}}",
		 token, offset, data);
	return params;
}

static long long put(struct home *h, const char *token, long long offset,
		     const char *data)
{
	return int_at(home_call(h, "upload.write", piece(token, offset, data)), "got");
}

static int open_it(struct home *h, const char *token, const char *purpose,
		   struct upload_file *ret)
{
	struct work w = rpc_work(&h->rpc);
	struct err e;

	return upload_open(&w, token, purpose, ret, &e);
}

static void a_file_comes_in_pieces(void **state)
{
	struct home *h = *state;
	const char *t = begin(h, "evidence", 3);
	struct upload_file f;
	char back[4] = "";
	struct stat st;

	assert_int_equal(put(h, t, 0, "a"), 1);
	assert_int_equal(open_it(h, t, "evidence", &f), -PDH_REFUSED);
	assert_int_equal(put(h, t, 1, "bc"), 3);
	assert_int_equal(open_it(h, t, "evidence", &f), 0);
	assert_int_equal(f.size, 3);
	assert_string_equal(
		f.sha256,
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_int_equal(pread(f.fd, back, 3, 0), 3);
	assert_string_equal(back, "abc");
	assert_int_equal(stat(f.path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(incoming(h), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(open_it(h, t, "import", &f), -PDH_REFUSED);
	char params[64];
	snprintf(params, sizeof(params), "{\"token\": \"%s\"}", t);
	assert_int_equal(int_at(home_call(h, "upload.drop", params), "got"), 3);
	home_call(h, "upload.drop", params);
	assert_int_equal(open_it(h, t, "evidence", &f), -PDH_NOT_FOUND);
	assert_int_equal(files(h), 0);
}

/* As after an answer that did not arrive. */
static void a_piece_may_come_again(void **state)
{
	struct home *h = *state;
	const char *t = begin(h, "import", 6);
	struct upload_file f;

	assert_int_equal(put(h, t, 0, "abc"), 3);
	assert_int_equal(put(h, t, 0, "abc"), 3);
	assert_int_equal(put(h, t, 1, "bc"), 3);
	home_fail(h, "upload.write", piece(t, 0, "xyz"), "refused");
	home_fail(h, "upload.write", piece(t, 4, "e"), "refused");
	home_fail(h, "upload.write", piece(t, -1, "a"), "refused");
	home_fail(h, "upload.write", piece(t, 3, "defg"), "refused");
	assert_int_equal(put(h, t, 3, "def"), 6);
	assert_int_equal(open_it(h, t, "import", &f), 0);
	assert_string_equal(
		f.sha256,
		"bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721");
}

static void what_cannot_be_is_refused(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *params, *word, *field;
	} cases[] = {
		{"{\"size\": 0, \"purpose\": \"evidence\"}", "refused", "size"},
		{"{\"size\": -5, \"purpose\": \"evidence\"}", "refused", "size"},
		{"{\"size\": 104857601, \"purpose\": \"evidence\"}", "too_large", "size"},
		{"{\"size\": 9223372036854775807, \"purpose\": \"import\"}", "too_large",
		 "size"},
		{"{\"size\": 1, \"purpose\": \"../x\"}", "usage", "purpose"},
		{"{\"purpose\": \"import\"}", "usage", "size"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(text_at(home_fail(h, "upload.begin", cases[i].params,
						      cases[i].word),
					    "field"),
				    cases[i].field);
	home_fail(h, "upload.write", piece("../../pdh.db", 0, "x"), "not_found");
	home_fail(h, "upload.write", piece(begin(h, "import", 5), 0, ""), "usage");
}

static void so_many_are_on_their_way_at_most(void **state)
{
	struct home *h = *state;
	static const char more[] = "{\"size\": 9, \"purpose\": \"import\"}";
	char first[40], second[40];

	snprintf(first, sizeof(first), "%s", begin(h, "import", 9));
	snprintf(second, sizeof(second), "%s", begin(h, "import", 9));
	for (int i = 2; i < UPLOAD_MOST; i++)
		begin(h, "import", 9);
	home_fail(h, "upload.begin", more, "busy");
	home_clock(h, "2026-03-14T09:35:00");
	put(h, first, 0, "news");
	home_clock(h, "2026-03-14T09:40:00");
	/* The one without news for longest makes room, after ten minutes. */
	home_call(h, "upload.begin", more);
	assert_int_equal(put(h, first, 4, "more"), 8);
	home_fail(h, "upload.write", piece(second, 0, "x"), "not_found");
	assert_int_equal(files(h), UPLOAD_MOST);
}

static void all_of_them_have_so_many_bytes_at_most(void **state)
{
	struct home *h = *state;
	static const char large[] = "{\"size\": 104857600, \"purpose\": \"evidence\"}";

	for (int i = 0; i < 4; i++)
		home_call(h, "upload.begin", large);
	home_fail(h, "upload.begin", large, "busy");
	home_fail(h, "upload.begin", "{\"size\": 1, \"purpose\": \"import\"}", "busy");
	home_clock(h, "2026-03-14T09:40:00");
	home_call(h, "upload.begin", large);
	assert_int_equal(files(h), 4);
}

static void they_are_gone_after_an_hour(void **state)
{
	struct home *h = *state;
	const char *t = begin(h, "import", 9);
	struct err e;
	char line[RPC_PROMPT_SIZE];

	put(h, t, 0, "a");
	home_clock(h, "2026-03-14T10:29:59");
	put(h, t, 1, "b");
	home_clock(h, "2026-03-14T10:30:00");
	/* Whatever the daemon does next. */
	assert_int_equal(rpc_prompt(&h->rpc, date_make(2026, 3, 14), line, &e), 0);
	assert_int_equal(files(h), 0);
	home_fail(h, "upload.write", piece(t, 2, "c"), "not_found");
}

static void they_are_gone_with_the_daemon(void **state)
{
	struct home *h = *state;
	char path[160], database[96];
	const char *t = begin(h, "import", 9);

	home_restart(h);
	assert_int_equal(files(h), 0);
	home_fail(h, "upload.write", piece(t, 0, "a"), "not_found");
	/* And what one left that was killed. */
	snprintf(path, sizeof(path), "%s/left", incoming(h));
	FILE *f = fopen(path, "we");
	assert_non_null(f);
	assert_int_equal(fclose(f), 0);
	snprintf(database, sizeof(database), "%s/pdh.db", h->folder);
	uploads_sweep(database);
	assert_int_equal(files(h), 0);
}

static void they_leave_no_history(void **state)
{
	struct home *h = *state;

	put(h, begin(h, "import", 1), 0, "a");
	assert_int_equal(count_at(home_call(h, "change.list", "{}"), "changes"), 0);
}

/* What has come may be anything then. */
static void a_file_that_cannot_be_kept_is_forgotten(void **state)
{
	struct home *h = *state;
	const char *t = begin(h, "evidence", 4);
	char path[160];

	put(h, t, 0, "ab");
	/* The slot's descriptor is taken away, and one that cannot be written stands in its place. */
	snprintf(path, sizeof(path), "%s/%s", incoming(h), t);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	for (size_t i = 0; i < UPLOAD_MOST; i++)
		if (h->rpc.uploads.slots[i].token[0])
			assert_true(dup2(fd, h->rpc.uploads.slots[i].fd) >= 0);
	close(fd);
	home_fail(h, "upload.write", piece(t, 2, "cd"), "storage");
	home_fail(h, "upload.write", piece(t, 2, "cd"), "not_found");
	assert_int_equal(files(h), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(a_file_comes_in_pieces),
		TEST(a_piece_may_come_again),
		TEST(what_cannot_be_is_refused),
		TEST(so_many_are_on_their_way_at_most),
		TEST(all_of_them_have_so_many_bytes_at_most),
		TEST(they_are_gone_after_an_hour),
		TEST(they_are_gone_with_the_daemon),
		TEST(they_leave_no_history),
		TEST(a_file_that_cannot_be_kept_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
