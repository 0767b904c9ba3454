/* The file for shell prompts: what is in it, when it is written, and that none is better than a wrong one. */
#include "daemon/loop/line.h"

#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_SIZE = 96 };

struct desk {
	struct home *home;
	struct line line;
	char path[PATH_SIZE];
};

static int set_up(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	assert_non_null(d);
	assert_int_equal(home_open((void **)&d->home), 0);
	snprintf(d->path, sizeof(d->path), "%s/line", d->home->folder);
	line_init(&d->line, &d->home->rpc, d->path);
	*state = d;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *d = *state;
	int r = home_close((void **)&d->home);

	free(d);
	return r;
}

/* "-" where there is no file. */
static const char *read_line(const char *path)
{
	static char text[100];
	FILE *f = fopen(path, "re");

	if (!f)
		return "-";
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	assert_int_equal(fclose(f), 0);
	return text;
}

/* Something of it is due soon. */
static void hold(struct desk *d)
{
	home_call(d->home, "credential.add", "{\"title\":\"Prints\",\"alias\":\"fp\"}");
	home_call(d->home, "item.add",
		  "{\"credential\":\"fp\",\"title\":\"Card\",\"due\":\"2026-04-01\"}");
}

static void it_has_the_day_and_what_needs_attention(void **state)
{
	struct desk *d = *state;
	struct stat st;

	line_write(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14\n");
	assert_int_equal(stat(d->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	hold(d);
	line_write(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14 PD:1!\n");
}

static void it_is_judged_after_a_change_or_a_day_alone(void **state)
{
	struct desk *d = *state;

	line_look(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14\n");
	hold(d);
	/* Whoever changed something says so. */
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14\n");
	d->line.old = true;
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14 PD:1!\n");
	assert_false(d->line.old);
	home_clock(d->home, "2026-03-14T23:59:59");
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14 PD:1!\n");
	home_clock(d->home, "2026-03-15T00:00:00");
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-15 PD:1!\n");
	/* The clock was set back. */
	home_clock(d->home, "2026-03-14T12:00:00");
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14 PD:1!\n");
}

/* A bar that watches the file is not woken for nothing. */
static void what_is_the_same_is_not_written(void **state)
{
	struct desk *d = *state;

	line_write(&d->line);
	assert_int_equal(unlink(d->path), 0);
	d->line.old = true;
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "-");
}

static void one_that_cannot_be_judged_is_taken_away(void **state)
{
	struct desk *d = *state;
	char at[PATH_SIZE], away[PATH_SIZE + 8];

	hold(d);
	line_write(&d->line);
	snprintf(at, sizeof(at), "%s/pdh.db", d->home->folder);
	snprintf(away, sizeof(away), "%s.away", at);
	assert_int_equal(rename(at, away), 0);
	d->line.old = true;
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "-");
	/* With the next change it is right again. */
	assert_int_equal(rename(away, at), 0);
	d->line.old = true;
	line_look(&d->line);
	assert_string_equal(read_line(d->path), "2026-03-14 PD:1!\n");
}

static void one_that_cannot_be_written_is_tried_with_the_next_change(void **state)
{
	struct desk *d = *state;
	char folder[PATH_SIZE], path[PATH_SIZE + 8];

	snprintf(folder, sizeof(folder), "%s/later", d->home->folder);
	snprintf(path, sizeof(path), "%s/line", folder);
	line_move(&d->line, path);
	assert_string_equal(read_line(path), "-");
	assert_int_equal(mkdir(folder, 0700), 0);
	line_look(&d->line);
	assert_string_equal(read_line(path), "-");
	d->line.old = true;
	line_look(&d->line);
	assert_string_equal(read_line(path), "2026-03-14\n");
}

static void another_file_is_written_at_once(void **state)
{
	struct desk *d = *state;
	char other[PATH_SIZE + 8];

	line_write(&d->line);
	snprintf(other, sizeof(other), "%s.other", d->path);
	line_move(&d->line, other);
	assert_string_equal(read_line(other), "2026-03-14\n");
}

#define DESK_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(it_has_the_day_and_what_needs_attention),
		DESK_TEST(it_is_judged_after_a_change_or_a_day_alone),
		DESK_TEST(what_is_the_same_is_not_written),
		DESK_TEST(one_that_cannot_be_judged_is_taken_away),
		DESK_TEST(one_that_cannot_be_written_is_tried_with_the_next_change),
		DESK_TEST(another_file_is_written_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
