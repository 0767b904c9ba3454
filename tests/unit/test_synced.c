#include "client/verbs/synced.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena arena;
static char home[64];

static int set_up(void **state)
{
	(void)state;
	strcpy(home, "/tmp/pdh-unit-XXXXXX");
	assert_non_null(mkdtemp(home));
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	int r = system(arena_printf(&arena, "rm -rf %s", home));
	arena_done(&arena);
	return r;
}

static const char *at(const char *leaf)
{
	return arena_printf(&arena, "%s/%s", home, leaf);
}

static void folders_are_known_by_their_names(void **state)
{
	static const struct {
		const char *path, *by;
	} cases[] = {
		{"/home/d/Dropbox/pdh.db", "Dropbox"},
		{"/home/d/Dropbox (Personal)/a/pdh.db", "Dropbox"},
		{"/home/d/dropbox/pdh.db", "Dropbox"},
		{"/home/d/OneDrive - Springfield Schools/pdh.db", "OneDrive"},
		{"/mnt/c/Users/d/OneDrive/pdh.db", "OneDrive"},
		{"/home/d/google-drive/pdh.db", "Google Drive"},
		{"/home/d/Google Drive/My Drive/pdh.db", "Google Drive"},
		{"/Users/d/Library/CloudStorage/GoogleDrive-d@x.org/pdh.db",
		 "a cloud service"},
		{"/Users/d/Library/Mobile Documents/pdh.db", "iCloud"},
		{"/home/d/Nextcloud2/pdh.db", "Nextcloud"},
		{"/home/d/MEGAsync Downloads/pdh.db", "MEGA"},
		{"/home/d/MEGA/pdh.db", "MEGA"},
		{"/home/d/Sync/pdh.db", "a program that synchronizes"},
		{"/home/d/Box/pdh.db", "Box"},
		{"/home/d/Yandex.Disk/pdh.db", "Yandex.Disk"},
		{"/home/d/.local/share/pdh/pdh.db", NULL},
		{"/home/d/Boxes/pdh.db", NULL},
		{"/home/d/Synchrony/pdh.db", NULL},
		{"/home/d/Megan/pdh.db", NULL},
		{"/home/d/Dropboxes/pdh.db", NULL},
		{"/home/d/filename-Dropbox/pdh.db", NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *by = synced_by(cases[i].path, &arena);
		if ((!by != !cases[i].by) || (by && strcmp(by, cases[i].by) != 0))
			fail_msg("%s: %s", cases[i].path, by ? by : "none");
	}
}

static void folders_are_known_by_marks_and_through_links(void **state)
{
	static const char *const marks[] = {".stfolder", ".dropbox", ".sync_a1b2c3.db",
					    ".tmp.driveupload", ".owncloudsync.log.1"};

	(void)state;
	assert_int_equal(mkdir(at("a [b]"), 0700), 0);
	assert_int_equal(mkdir(at("a [b]/c"), 0700), 0);
	close(open(at("a [b]/c/pdh.db"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	assert_null(synced_by(at("a [b]/c/pdh.db"), &arena));
	for (size_t i = 0; i < COUNT(marks); i++) {
		const char *mark = at(arena_printf(&arena, "a [b]/%s", marks[i]));
		close(open(mark, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
		if (!synced_by(at("a [b]/c/pdh.db"), &arena))
			fail_msg("%s", marks[i]);
		assert_int_equal(unlink(mark), 0);
	}
	assert_int_equal(mkdir(at("Dropbox"), 0700), 0);
	close(open(at("Dropbox/pdh.db"), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	assert_int_equal(symlink("Dropbox", at("plain")), 0);
	assert_string_equal(synced_by(at("plain/pdh.db"), &arena), "Dropbox");
}

static void this_machine_is_no_other(void **state)
{
	(void)state;
	assert_null(synced_remote("/proc/self/status", &arena));
	assert_null(synced_remote(at("nowhere"), &arena));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_are_known_by_their_names),
		cmocka_unit_test(folders_are_known_by_marks_and_through_links),
		cmocka_unit_test(this_machine_is_no_other),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
