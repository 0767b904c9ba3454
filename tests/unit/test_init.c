/* The questions of pdh init, answered by a file. */
#include "client/verbs/init.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct term term = {.utf8 = true, .tty = true, .width = 80};
static struct pack_row rows[] = {{.pack = "board", .title = "Board", .hours = HOURS_YES}};

static int list(void *data, const char *text, struct packs *ret, struct err *e)
{
	(void)data;
	(void)text;
	(void)e;
	*ret = (struct packs){.packs = {1, rows}};
	return 0;
}

static const struct setup_trial *trial;

/* What a person who types `typed` told; fails the test unless the questions come to an end with the last line. */
static struct setup_run_params told(struct arena *a, const char *typed, char **ret_shown)
{
	const struct kind_context c = {.arena = a, .today = date_make(2026, 3, 14)};
	const struct ask_packs packs = {.list = list};
	struct setup_run_params p;
	size_t n;
	struct asked who = {&term, &c,
			    fmemopen((void *)(uintptr_t)typed, strlen(typed), "r"),
			    open_memstream(ret_shown, &n)};
	struct err e = {0};

	shape_none(&shape_setup_run_params, &p);
	assert_non_null(who.in);
	assert_non_null(who.out);
	const struct init_how how = {
		.who = &who, .packs = &packs, .names = true, .trial = trial};
	int r = init_ask(&how, &p, &e);
	int left = getc(who.in);
	fclose(who.in);
	fclose(who.out);
	if (r < 0 || left != EOF)
		fail_msg("%s%s", r < 0 ? "it went on asking:\n" : "it stopped:\n",
			 *ret_shown);
	return p;
}

static void every_proposal_is_taken(void **state)
{
	struct arena a = {NULL};
	char *shown;

	(void)state;
	struct setup_run_params p = told(&a, "\nx\n\n31 aug 2027\n\n", &shown);
	assert_non_null(strstr(shown, "Hours you already have in this cycle [0]: "));
	assert_string_equal(p.pack, "board");
	assert_int_equal(p.opening.n, 1);
	assert_string_equal(p.opening.v[0], "0");
	free(shown);
	arena_done(&a);
}

static void none_is_said_in_any_way(void **state)
{
	static const char *const ways[] = {"0", "0h", "0.0", "0 hours", "0m", "none", ""};
	struct arena a = {NULL};
	char typed[100], *shown;

	(void)state;
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		snprintf(typed, sizeof(typed), "Dana\nx\n1\n31 aug 2027\n%s\n", ways[i]);
		struct setup_run_params p = told(&a, typed, &shown);
		assert_int_equal(p.opening.n, 1);
		assert_string_equal(p.opening.v[0], *ways[i] ? ways[i] : "0");
		free(shown);
		/* By hand: a title, no hours, and no last day. */
		snprintf(typed, sizeof(typed), "Dana\nx\nn\nBadge\n%s\n\n", ways[i]);
		p = told(&a, typed, &shown);
		assert_int_equal(p.required.exact, 0);
		assert_string_equal(p.title, "Badge");
		free(shown);
	}
	arena_done(&a);
}

static void what_cannot_be_taken_is_asked_again(void **state)
{
	struct arena a = {NULL};
	char *shown;

	(void)state;
	struct setup_run_params p =
		told(&a, "Dana\nx\n1\nnone\n\n31 aug 2027\n-1h\nmany\n12h\n", &shown);
	assert_non_null(strstr(shown, "takes a day, and none is not a day"));
	assert_non_null(strstr(shown, "credit must be more than zero"));
	assert_string_equal(p.opening.v[0], "12h");
	free(shown);
	arena_done(&a);
}

/* A daemon whose rules end in 2028, and that has not heard of days after 2029. */
static int try_board(void *data, const struct setup_run_params *p,
		     const struct credential **ret, struct err *e)
{
	static struct cycle cycle;
	static struct credential c;

	(void)data;
	if (p->expires != DATE_NONE && p->expires > date_make(2029, 12, 31))
		return err_set(e, -PDH_REFUSED, "expires", "that is too late");
	if (p->opening.n && strcmp(p->opening.v[0], "200h") == 0)
		return err_set(e, -PDH_REFUSED, "opening", "that is too much");
	if (!p->title && !p->pack)
		return err_set(e, -PDH_USAGE, "pack", "nobody asks for that");
	cycle.from = date_make(p->expires == date_make(2026, 5, 31) ? 2026 : 2023, 6, 1);
	c.expires = p->expires == DATE_NONE ? date_make(2028, 5, 31) : p->expires;
	c.cycle = &cycle;
	*ret = &c;
	return 0;
}

static void what_is_refused_is_asked_again_and_the_rest_is_kept(void **state)
{
	static const struct setup_trial daemon = {try_board, NULL};
	struct arena a = {NULL};
	char *shown;

	(void)state;
	trial = &daemon;
	struct setup_run_params p =
		told(&a, "Dana\nx\n1\n31 may 2031\n31 may 2026\n", &shown);
	assert_non_null(strstr(shown, "Expires on, such as 31 aug 2027 [31 May 2028]: "));
	assert_non_null(strstr(shown, "that is too late"));
	assert_string_equal(p.name, "Dana");
	assert_int_equal(p.expires, date_make(2026, 5, 31));
	/* Its cycle has not begun, so nothing can be in it. */
	assert_null(strstr(shown, "already have"));
	free(shown);
	/* What the rules say is taken with an empty line. */
	p = told(&a, "\nx\nboard\n\n\n", &shown);
	assert_int_equal(p.expires, date_make(2028, 5, 31));
	free(shown);
	/* Rules that count years ask for each that has begun. */
	rows[0].yearly = 1;
	p = told(&a, "\nx\nboard\n\nmany\n20h, ethics 2h\n0\n0.1ceu\n", &shown);
	assert_non_null(strstr(shown, "in the year from 1 Jun 2025 [0]: "));
	assert_int_equal(p.opening.n, 3);
	assert_string_equal(p.opening.v[0], "20.0 hour in 2023, ethics 2.0 hour in 2023");
	assert_string_equal(p.opening.v[1], "0");
	assert_string_equal(p.opening.v[2], "0.1 CEU in 2025");
	rows[0].yearly = 0;
	free(shown);
	p = told(&a, "\nx\nboard\n\n200h\n20h\n", &shown);
	assert_non_null(strstr(shown, "that is too much"));
	assert_int_equal(p.opening.n, 1);
	assert_string_equal(p.opening.v[0], "20h");
	free(shown);
	trial = NULL;
	arena_done(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_proposal_is_taken),
		cmocka_unit_test(none_is_said_in_any_way),
		cmocka_unit_test(what_cannot_be_taken_is_asked_again),
		cmocka_unit_test(what_is_refused_is_asked_again_and_the_rest_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
