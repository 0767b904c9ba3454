/* Proofs: kept once, whatever they prove; taken back and brought back; and what becomes of their files. */
#include "daemon/rpc/rpc.h"
#include "tests/support/rpc_home.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* Its years want proof kept for two years. */
static const char lab[] =
	"pack: lab\nversion: 1\ntitle: Laboratory\nauthority: The board\n"
	"read: 2023-01-02\nunit: hour\ncalendar: {length: 1 year}\n"
	"sources: {s: {title: The rule, mark: confirmed}}\n"
	"rules:\n  - {id: total, need: 20, cite: s}\n"
	"  - {id: proof, duty: keep proof, due: period end + 2 years, cite: s}\n";

static void hold_lab(struct home *h)
{
	home_pack(h, "lab", lab);
	home_call(h, "credential.add",
		  "{\"pack\": \"lab\", \"alias\": \"lab\", \"begins\": \"2026-01-01\", "
		  "\"expires\": \"2026-12-31\"}");
	home_call(h, "activity.add",
		  "{\"title\": \"Story time\", \"credit\": \"2h\", \"done_on\": "
		  "\"2026-03-01\"}");
	home_call(h, "activity.add",
		  "{\"title\": \"Archives\", \"credit\": \"3h\", \"done_on\": "
		  "\"2026-03-02\"}");
}

static const char *sent(struct home *h, const char *content)
{
	static char token[64];
	char params[256];

	snprintf(params, sizeof(params), "{\"size\": %zu, \"purpose\": \"evidence\"}",
		 strlen(content));
	snprintf(token, sizeof(token), "%s",
		 text_at(home_call(h, "upload.begin", params), "token"));
	snprintf(params, sizeof(params),
		 "{\"token\": \"%s\", \"offset\": 0, \"data\": {\"$bytes\": \"%s\"}}",
		 token, content);
	home_call(h, "upload.write", params);
	return token;
}

static const char *adding(struct home *h, const char *content, const char *more)
{
	static char params[512];

	snprintf(params, sizeof(params),
		 "{\"upload\": \"%s\", \"name\": \"cert.pdf\", %s}", sent(h, content),
		 more);
	return params;
}

static json_t *attach(struct home *h, const char *content, const char *more)
{
	return home_call(h, "evidence.add", adding(h, content, more));
}

static const char *path_of(struct home *h, const char *digest)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/evidence/%.2s/%s", h->folder, digest, digest);
	return path;
}

static const char abc[] =
	"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

static size_t listed(struct home *h, const char *params, const char *what)
{
	return count_at(home_call(h, "evidence.list", params), what);
}

static void a_proof_is_kept_under_its_digest(void **state)
{
	struct home *h = *state;
	struct stat st;

	hold_lab(h);
	json_t *r = attach(h, "abc", "\"ids\": [1], \"media_type\": \"application/pdf\"");
	assert_string_equal(text_at(r, "evidence.0.sha256"), abc);
	assert_string_equal(text_at(r, "evidence.0.name"), "cert.pdf");
	assert_string_equal(text_at(r, "evidence.0.state"), "kept");
	assert_string_equal(text_at(r, "evidence.0.received_on"), "2026-03-14");
	assert_string_equal(text_at(r, "evidence.0.keep_until"), "2028-12-31");
	assert_int_equal(int_at(r, "evidence.0.of.0.activity"), 1);
	assert_int_equal(int_at(r, "missing"), 1);
	assert_int_equal(stat(path_of(h, abc), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0400);
	assert_int_equal(st.st_size, 3);
	assert_string_equal(text_at(home_call(h, "change.list", "{}"), "changes.0.what"),
			    "attach cert.pdf to #1");
	assert_string_equal(text_at(home_call(h, "activity.get", "{\"ids\": 1}"),
				    "activities.0.evidence.0"),
			    "1 cert.pdf");
	/* The upload is used up. */
	assert_int_equal(h->rpc.uploads.slots[0].token[0], 0);
}

static void the_same_bytes_are_kept_once(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	attach(h, "abc", "\"ids\": [1]");
	json_t *r = attach(h, "abc", "\"ids\": [1, 2], \"note\": \"both days\"");
	assert_int_equal(int_at(r, "evidence.0.id"), 1);
	assert_int_equal(count_at(r, "evidence.0.of"), 2);
	assert_string_equal(text_at(r, "evidence.0.note"), "both days");
	assert_string_equal(
		text_at(r, "notes.0"),
		"the same file is kept already, as proof of #1; it now proves #2 too");
	r = attach(h, "abc", "\"ids\": [2]");
	assert_true(json_is_null(json_at(r, "op")));
	attach(h, "abc", "\"credential\": \"lab\"");
	assert_int_equal(listed(h, "{}", "evidence"), 1);
	assert_int_equal(count_at(home_call(h, "evidence.list", "{}"), "evidence.0.of"),
			 3);
}

static void undo_takes_it_off_and_leaves_the_file(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	attach(h, "abc", "\"ids\": [1]");
	home_call(h, "change.undo", "{}");
	assert_int_equal(listed(h, "{}", "evidence"), 0);
	assert_int_equal(listed(h, "{\"orphans\": true}", "orphans"), 1);
	assert_int_equal(access(path_of(h, abc), F_OK), 0);
	home_call(h, "change.redo", "{}");
	assert_int_equal(listed(h, "{}", "evidence"), 1);
	assert_int_equal(listed(h, "{\"orphans\": true}", "orphans"), 0);
	/* With the entry goes that it is proved, and both come back. */
	home_call(h, "activity.remove", "{\"ids\": [1]}");
	assert_int_equal(count_at(home_call(h, "evidence.list", "{}"), "evidence.0.of"),
			 0);
	home_call(h, "change.undo", "{}");
	assert_int_equal(count_at(home_call(h, "evidence.list", "{}"), "evidence.0.of"),
			 1);
	home_call(h, "evidence.remove", "{\"id\": 1}");
	home_fail(h, "evidence.get", "{\"id\": 1}", "not_found");
	home_call(h, "change.undo", "{}");
	assert_int_equal(count_at(home_call(h, "evidence.list", "{}"), "evidence.0.of"),
			 1);
	/* What it hangs on cannot be taken back under it. */
	assert_non_null(strstr(
		text_at(home_fail(h, "change.undo", "{\"op\": 2}", "refused"), "message"),
		"hangs on it"));
}

static void what_cannot_be_is_refused(void **state)
{
	struct home *h = *state;
	static const struct {
		const char *more, *word, *field;
	} cases[] = {
		{"\"ids\": []", "usage", "ids"},
		{"\"ids\": [1], \"item\": 1", "usage", "ids"},
		{"\"ids\": [99]", "not_found", "ids"},
		{"\"item\": 99", "not_found", "item"},
		{"\"credential\": \"nobody\"", "not_found", "credential"},
		{"\"ids\": [1], \"media_type\": \"a b\"", "usage", "media_type"},
		{"\"ids\": [1], \"media_type\": \"pdf\"", "usage", "media_type"},
		{"\"ids\": [1], \"sha256\": \"00\"", "refused", "sha256"},
		{"\"ids\": [1], \"note\": \"\\u0001\"", "usage", "note"},
	};

	hold_lab(h);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *e = home_fail(h, "evidence.add", adding(h, "abc", cases[i].more),
				      cases[i].word);
		assert_string_equal(text_at(e, "field"), cases[i].field);
		uploads_done(&h->rpc.uploads);
	}
	home_fail(h, "evidence.add",
		  "{\"upload\": \"none\", \"name\": \"x\", \"ids\": [1]}", "not_found");
	assert_int_equal(listed(h, "{}", "evidence"), 0);
	assert_int_equal(listed(h, "{\"orphans\": true}", "orphans"), 0);
}

/* Of two boards the one that wants it longer is heard, whichever comes first. */
static void it_is_kept_for_the_longest(void **state)
{
	struct home *h = *state;
	char longer[sizeof(lab) + 16], *at;

	hold_lab(h);
	snprintf(longer, sizeof(longer), "%s", lab);
	memcpy(strstr(longer, "pack: lab"), "pack: zoo", strlen("pack: zoo"));
	at = strstr(longer, "2 years");
	assert_non_null(at);
	*at = '5';
	home_pack(h, "zoo", longer);
	home_call(h, "credential.add",
		  "{\"pack\": \"zoo\", \"alias\": \"zoo\", \"begins\": \"2026-01-01\", "
		  "\"expires\": \"2026-12-31\"}");
	assert_string_equal(
		text_at(attach(h, "abc", "\"ids\": [1]"), "evidence.0.keep_until"),
		"2031-12-31");
	home_call(h, "activity.edit", "{\"id\": 1, \"except\": [\"zoo\"]}");
	assert_string_equal(
		text_at(home_call(h, "evidence.list", "{}"), "evidence.0.keep_until"),
		"2028-12-31");
}

static void names_are_cleaned(void **state)
{
	struct home *h = *state;
	char params[256];

	hold_lab(h);
	snprintf(params, sizeof(params),
		 "{\"upload\": \"%s\", \"name\": \"../../etc/cert.pdf\", \"ids\": [1]}",
		 sent(h, "abc"));
	assert_string_equal(
		text_at(home_call(h, "evidence.add", params), "evidence.0.name"),
		"cert.pdf");
}

static void a_dry_run_keeps_nothing(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	json_t *r = attach(h, "abc", "\"ids\": [1], \"dry_run\": true");
	assert_string_equal(text_at(r, "evidence.0.sha256"), abc);
	assert_int_equal(access(path_of(h, abc), F_OK), -1);
	assert_int_equal(listed(h, "{}", "evidence"), 0);
}

static void entries_without_one_are_found(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	home_call(h, "activity.add",
		  "{\"title\": \"Long ago\", \"credit\": \"2h\", \"done_on\": "
		  "\"2020-03-01\"}");
	json_t *r = home_call(h, "evidence.list", "{\"missing\": true}");
	assert_int_equal(count_at(r, "missing"), 2);
	assert_int_equal(int_at(r, "missing.0.id"), 1);
	assert_string_equal(text_at(r, "missing.0.credential"), "lab");
	attach(h, "abc", "\"ids\": [1]");
	r = home_call(h, "evidence.list", "{\"missing\": true, \"credential\": \"lab\"}");
	assert_int_equal(count_at(r, "missing"), 1);
	assert_int_equal(int_at(r, "missing.0.id"), 2);
	/* That what does not count lacks none. */
	home_call(h, "activity.edit", "{\"id\": 2, \"except\": [\"lab\"]}");
	assert_int_equal(listed(h, "{\"missing\": true}", "missing"), 0);
}

static void lists_find_and_turn_pages(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	attach(h, "one", "\"ids\": [1]");
	attach(h, "two", "\"ids\": [2]");
	attach(h, "three", "\"credential\": \"lab\"");
	assert_int_equal(listed(h, "{\"text\": \"ARCH\"}", "evidence"), 1);
	assert_int_equal(listed(h, "{\"text\": \"cert\"}", "evidence"), 3);
	assert_int_equal(listed(h, "{\"credential\": \"lab\"}", "evidence"), 3);
	json_t *r = home_call(h, "evidence.list", "{\"limit\": 2}");
	assert_int_equal(count_at(r, "evidence"), 2);
	assert_int_equal(int_at(r, "files"), 3);
	assert_int_equal(int_at(r, "bytes"), 11);
	assert_string_equal(text_at(r, "next"), "2");
	r = home_call(h, "evidence.list", "{\"limit\": 2, \"after\": \"2\"}");
	assert_int_equal(count_at(r, "evidence"), 1);
	assert_true(json_is_null(json_at(r, "next")));
	home_fail(h, "evidence.list", "{\"after\": \"x\"}", "usage");
}

static void spoil(const char *path, const char *content)
{
	assert_int_equal(unlink(path), 0);
	FILE *f = fopen(path, "we");
	assert_non_null(f);
	assert_true(fputs(content, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void damaged_and_absent_files_are_found(void **state)
{
	struct home *h = *state;
	char two[SHA256_TEXT_SIZE];

	hold_lab(h);
	attach(h, "abc", "\"ids\": [1]");
	snprintf(two, sizeof(two), "%s",
		 text_at(attach(h, "two", "\"ids\": [2]"), "evidence.0.sha256"));
	json_t *r = home_call(h, "evidence.check", "{}");
	assert_int_equal(int_at(r, "checked"), 2);
	assert_int_equal(int_at(r, "bytes"), 6);
	assert_int_equal(count_at(r, "damaged") + count_at(r, "absent"), 0);
	spoil(path_of(h, abc), "abd");
	assert_int_equal(unlink(path_of(h, two)), 0);
	r = home_call(h, "evidence.check", "{}");
	assert_int_equal(int_at(r, "damaged.0.id"), 1);
	assert_string_equal(text_at(r, "damaged.0.state"), "damaged");
	assert_int_equal(int_at(r, "absent.0.id"), 2);
	r = home_call(h, "evidence.check", "{\"id\": 2}");
	assert_int_equal(count_at(r, "absent"), 1);
	home_fail(h, "evidence.get", "{\"id\": 2}", "storage");
	home_fail(h, "evidence.check", "{\"id\": 3}", "not_found");
	/* The same bytes again mend it. */
	attach(h, "abc", "\"ids\": [1]");
	r = home_call(h, "evidence.check", "{\"id\": 1}");
	assert_int_equal(count_at(r, "damaged"), 0);
	/* A link in its place is not followed. */
	assert_int_equal(symlink("/etc/hostname", path_of(h, two)), 0);
	r = home_call(h, "evidence.check", "{}");
	assert_int_equal(count_at(r, "absent"), 1);
}

/* A file of 20 MiB is read in three calls, and its digest comes out right. */
static void a_large_file_is_checked_in_several_calls(void **state)
{
	enum { SIZE = 20 << 20, BLOCK = 1 << 20 };
	struct home *h = *state;
	char *block = calloc(1, BLOCK), params[400], digest[SHA256_TEXT_SIZE];
	struct sha256 hash;
	int calls = 1;

	hold_lab(h);
	attach(h, "abc", "\"ids\": [1]");
	attach(h, "last", "\"ids\": [2]");
	assert_non_null(block);
	sha256_begin(&hash);
	assert_int_equal(chmod(path_of(h, abc), 0600), 0);
	int fd = open(path_of(h, abc), O_WRONLY | O_TRUNC | O_CLOEXEC);
	for (int i = 0; i < SIZE / BLOCK; i++) {
		block[i] = 'x';
		sha256_add(&hash, block, BLOCK);
		assert_int_equal(write(fd, block, BLOCK), BLOCK);
	}
	close(fd);
	sha256_text(&hash, digest);
	free(block);
	/* It is as if it had been stored so. */
	snprintf(params, sizeof(params), "%s", path_of(h, abc));
	char to[256];
	snprintf(to, sizeof(to), "%s", path_of(h, digest));
	*strrchr(to, '/') = '\0';
	(void)mkdir(to, 0700);
	assert_int_equal(rename(params, path_of(h, digest)), 0);
	char sql[400];
	snprintf(sql, sizeof(sql),
		 "sqlite3 %s/pdh.db \"UPDATE evidence SET sha256 = '%s', size = %d WHERE "
		 "id = 1\"",
		 h->folder, digest, SIZE);
	home_end(h);
	assert_int_equal(system(sql), 0);
	home_begin(h);
	json_t *r = home_call(h, "evidence.check", "{}");
	long long bytes = int_at(r, "bytes"), checked = int_at(r, "checked");
	while (!json_is_null(json_at(r, "next"))) {
		snprintf(params, sizeof(params), "{\"after\": \"%s\"}",
			 text_at(r, "next"));
		r = home_call(h, "evidence.check", params);
		assert_int_equal(count_at(r, "damaged") + count_at(r, "absent"), 0);
		bytes += int_at(r, "bytes");
		checked += int_at(r, "checked");
		calls++;
	}
	assert_int_equal(calls, 3);
	assert_int_equal(bytes, SIZE + 4);
	assert_int_equal(checked, 2);
	home_fail(h, "evidence.check", "{\"after\": \"1:5:zz\"}", "usage");
	home_fail(h, "evidence.check", "{\"after\": \"1:5\"}", "usage");
}

static void make_old(const char *path)
{
	const struct timespec old[2] = {{.tv_sec = 1700000000}, {.tv_sec = 1700000000}};

	assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
}

static void only_what_is_long_forgotten_is_purged(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	attach(h, "abc", "\"ids\": [1]");
	make_old(path_of(h, abc));
	assert_int_equal(count_at(home_call(h, "evidence.purge", "{}"), "removed"), 0);
	home_call(h, "evidence.remove", "{\"id\": 1}");
	/* The file is old, but that it was taken off is news. */
	json_t *r = home_call(h, "evidence.purge", "{}");
	assert_int_equal(count_at(r, "removed"), 0);
	assert_int_equal(int_at(r, "later"), 1);
	home_clock(h, "2026-04-20T09:30:00");
	r = home_call(h, "evidence.purge", "{\"dry_run\": true}");
	assert_int_equal(count_at(r, "removed"), 1);
	assert_int_equal(access(path_of(h, abc), F_OK), 0);
	r = home_call(h, "evidence.purge", "{}");
	assert_string_equal(text_at(r, "removed.0.sha256"), abc);
	assert_int_equal(access(path_of(h, abc), F_OK), -1);
}

/* The folder of the proofs cannot be written. */
static void what_cannot_be_kept_is_not_stored(void **state)
{
	struct home *h = *state;
	char folder[128];

	hold_lab(h);
	snprintf(folder, sizeof(folder), "%s/evidence/ba", h->folder);
	const char *params = adding(h, "abc", "\"ids\": [1]");
	int fd = open(folder, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	home_fail(h, "evidence.add", params, "storage");
	assert_int_equal(listed(h, "{}", "evidence"), 0);
	/* And works again once it can be: the file that was sent is still there. */
	assert_int_equal(unlink(folder), 0);
	home_call(h, "evidence.add", params);
}

static void events_name_proofs(void **state)
{
	struct home *h = *state;
	static const char *const wanted[] = {"activity.edited #1 2.0 h Story time",
					     "evidence.added proof 1 cert.pdf of #1",
					     "activity.edited #1 2.0 h Story time",
					     "evidence.removed proof 1 cert.pdf"};
	char text[128];

	hold_lab(h);
	long long since = int_at(home_call(h, "events.list", "{}"), "last");
	attach(h, "abc", "\"ids\": [1]");
	home_call(h, "evidence.remove", "{\"id\": 1}");
	snprintf(text, sizeof(text), "{\"since_seq\": %lld}", since);
	json_t *r = home_call(h, "events.list", text);
	assert_int_equal(count_at(r, "events"), 4);
	for (size_t i = 0; i < 4; i++) {
		json_t *one = json_array_get(json_at(r, "events"), i);
		snprintf(text, sizeof(text), "%s %s %s", text_at(one, "event"),
			 text_at(one, "subject"), text_at(one, "text"));
		for (char *p = text; *p; p++)
			if (strncmp(p, "\xc2\xa0", 2) == 0)
				memmove(p, p + 1, strlen(p)), *p = ' ';
		assert_string_equal(text, wanted[i]);
	}
}

static bool holds(json_t *list, const char *key, const char *text)
{
	json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		const char *have =
			json_string_value(key ? json_object_get(one, key) : one);
		if (have && strstr(have, text))
			return true;
	}
	return false;
}

/* Who has attached nothing yet keeps proofs elsewhere, and is told of none. */
static void what_lacks_one_is_told_where_it_matters(void **state)
{
	struct home *h = *state;
	static const char notice[] = "1 entry of lab lacks proof: pdh evidence --missing";

	hold_lab(h);
	assert_int_equal(count_at(home_call(h, "status.get", "{}"), "notices"), 0);
	assert_null(strstr(text_at(home_call(h, "calendar.get", "{}"), "text"),
			   "Without proof"));
	assert_true(holds(json_at(home_call(h, "daemon.check", "{}"), "findings"), "text",
			  "none is kept here; 2 entries would want one in an audit"));
	/* Before the cycle ends who asks is told, and nobody is reminded. */
	home_clock(h, "2026-10-01T09:30:00");
	assert_int_equal(count_at(home_call(h, "status.get", "{}"), "notices"), 0);
	home_clock(h, "2026-10-02T09:30:00");
	assert_true(holds(json_at(home_call(h, "status.get", "{}"), "notices"), NULL,
			  "the proofs that lab wants kept are not here"));
	assert_null(strstr(text_at(home_call(h, "calendar.get", "{}"), "text"),
			   "Without proof"));
	home_clock(h, "2026-03-14T09:30:00");
	attach(h, "abc", "\"ids\": [1]");
	assert_true(holds(json_at(home_call(h, "status.get", "{}"), "notices"), NULL,
			  notice));
	assert_int_equal(
		count_at(home_call(h, "status.get", "{\"as_of\": \"2026-06-01\"}"),
			 "notices"),
		0);
	assert_non_null(strstr(text_at(home_call(h, "calendar.get", "{}"), "text"),
			       "Still without the proof to keep: 1 entry"));
	assert_true(holds(json_at(home_call(h, "daemon.check", "{}"), "findings"), "text",
			  "1 proof is kept"));
	attach(h, "two", "\"ids\": [2]");
	assert_int_equal(count_at(home_call(h, "status.get", "{}"), "notices"), 0);
	assert_int_equal(unlink(path_of(h, abc)), 0);
	json_t *found = json_at(home_call(h, "daemon.check", "{}"), "findings");
	assert_true(holds(found, "text", "of 2 proofs the file of 1 is not there"));
	assert_true(holds(found, "level", "fail"));
}

static void pieces_are_read(void **state)
{
	struct home *h = *state;

	hold_lab(h);
	attach(h, "abc", "\"ids\": [1]");
	json_t *r = home_call(h, "evidence.get", "{\"id\": 1, \"offset\": 1}");
	assert_int_equal(int_at(r, "size"), 3);
	assert_string_equal(text_at(r, "data"), "bc");
	r = home_call(h, "evidence.get", "{\"id\": 1, \"offset\": 3}");
	assert_true(json_is_null(json_at(r, "data")));
	home_fail(h, "evidence.get", "{\"id\": 1, \"length\": 524289}", "usage");
	home_fail(h, "evidence.get", "{\"id\": 1, \"offset\": -1}", "usage");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, home_open, home_close)
	const struct CMUnitTest tests[] = {
		TEST(a_proof_is_kept_under_its_digest),
		TEST(the_same_bytes_are_kept_once),
		TEST(undo_takes_it_off_and_leaves_the_file),
		TEST(what_cannot_be_is_refused),
		TEST(it_is_kept_for_the_longest),
		TEST(names_are_cleaned),
		TEST(a_dry_run_keeps_nothing),
		TEST(entries_without_one_are_found),
		TEST(lists_find_and_turn_pages),
		TEST(damaged_and_absent_files_are_found),
		TEST(a_large_file_is_checked_in_several_calls),
		TEST(only_what_is_long_forgotten_is_purged),
		TEST(what_cannot_be_kept_is_not_stored),
		TEST(events_name_proofs),
		TEST(what_lacks_one_is_told_where_it_matters),
		TEST(pieces_are_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
