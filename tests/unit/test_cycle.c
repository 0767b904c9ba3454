/* The cycles that calendars propose: of each shipped pack three in a row, issued on days around
 * the one on which cycles end. The table was compared with the sources of the packs once;
 * `test_cycle --print` prints it anew. */
#include "common/texts.h"
#include "daemon/pack/ends.h"
#include "daemon/pack/file.h"
#include "daemon/record/cycle.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CYCLES = 3 };

static const char table[] = "tests/calendars.txt";

struct asked {
	const struct pack *pack;
	struct texts facts;
	struct arena *a;
	FILE *to;
};

static const char *iso(civil_day day, struct arena *a)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(day, text);
	return arena_dup(a, text);
}

/* In the middle of a later cycle the same days are proposed as by renewing one after the
 * other, and the calendar alone knows its number. */
static void check_later(const struct asked *q, civil_day issued,
			const struct period *cycles, size_t n)
{
	const struct period *last = &cycles[n - 1];
	const struct cycle_told told = {.pack = q->pack,
					.facts = &q->facts,
					.issued = issued,
					.begins = DATE_NONE,
					.expires = DATE_NONE};
	struct cycle_ends ends;
	struct period days;
	struct err e;

	assert_int_equal(pack_ends(q->pack, &q->facts, issued, &ends, &e), 0);
	assert_int_equal(pack_cycle_number(q->pack, &q->facts, issued, last, 1),
			 pack_cycle_number(q->pack, &q->facts, issued, cycles, n));
	assert_int_equal(pack_cycle_begin(q->pack, &q->facts, issued, last->to),
			 last->from);
	if (ends.guessed)
		return;
	assert_int_equal(
		cycle_days(&told, last->from + (last->to - last->from) / 2, &days, &e),
		0);
	assert_int_equal(days.from, last->from);
	assert_int_equal(days.to, last->to);
}

static void print_row(const struct asked *q, civil_day issued)
{
	struct period cycles[CYCLES];
	struct cycle_ends ends;
	struct err e;

	assert_int_equal(pack_ends(q->pack, &q->facts, issued, &ends, &e), 0);
	cycles[0].to = pack_ends_at(&ends, 1);
	cycles[0].from = pack_cycle_begin(q->pack, &q->facts, issued, cycles[0].to);
	fprintf(q->to, "  %s", iso(issued, q->a));
	for (size_t i = 0; i < CYCLES; i++) {
		if (i > 0) {
			cycles[i].from = cycles[i - 1].to + 1;
			cycles[i].to = pack_next_end(q->pack, &q->facts, issued,
						     cycles[i - 1].to);
		}
		check_later(q, issued, cycles, i + 1);
		fprintf(q->to, "  %d %s %s",
			pack_cycle_number(q->pack, &q->facts, issued, cycles, i + 1),
			iso(cycles[i].from, q->a), iso(cycles[i].to, q->a));
	}
	fprintf(q->to, "\n");
}

/* Around the day in the year on which cycles end, or around days that not every month has. */
static void print_rows(const struct asked *q)
{
	static const int uneven[][3] = {
		{2021, 2, 28}, {2021, 3, 1}, {2021, 8, 31}, {2024, 2, 29}};
	static const int from_end[] = {-1, 0, 1, 2, 120, 366};
	const civil_day issued = date_make(2021, 5, 15);
	enum pack_anchor anchor = q->pack->calendar.anchor;
	struct cycle_ends ends;
	int unused, month, day;
	struct err e;

	assert_int_equal(pack_ends(q->pack, &q->facts, issued, &ends, &e), 0);
	date_split(pack_ends_at(&ends, 1), &unused, &month, &day);
	int last = date_days_in_month(2021, month);
	civil_day end = date_make(2021, month, day < last ? day : last);
	bool yearly = anchor == ANCHOR_DAY || anchor == ANCHOR_DAY_OF ||
		      anchor == ANCHOR_MONTH_END_OF;
	for (size_t i = 0; yearly && i < sizeof(from_end) / sizeof(from_end[0]); i++)
		print_row(q, end + from_end[i]);
	for (size_t i = 0; !yearly && i < sizeof(uneven) / sizeof(uneven[0]); i++)
		print_row(q, date_make(uneven[i][0], uneven[i][1], uneven[i][2]));
}

/* Once for each value of the fact that lengths or years hang on. */
static void print_pack(const struct pack *p, FILE *to, struct arena *a)
{
	const struct pack_calendar *c = &p->calendar;
	bool by_length = c->length_count > 0;
	const char *by = by_length ? c->length_fact : c->phase_fact;
	const struct calendar_row *rows = by_length ? c->lengths : c->phases;
	size_t n = !by ? 1 : by_length ? c->length_count : c->phase_count;

	for (size_t i = 0; c->length_months && i < n; i++) {
		struct asked q = {p, {0, NULL}, a, to};
		if (c->anchor == ANCHOR_MONTH_END_OF)
			texts_add(&q.facts, arena_printf(a, "%s=3", c->fact), a);
		if (c->anchor == ANCHOR_DAY_OF)
			texts_add(&q.facts, arena_printf(a, "%s=1980-03-14", c->fact), a);
		if (by)
			texts_add(&q.facts, arena_printf(a, "%s=%s", by, rows[i].word),
				  a);
		fprintf(to, "%s", p->id);
		for (size_t k = 0; k < q.facts.n; k++)
			fprintf(to, ", %s", q.facts.v[k]);
		fprintf(to, "\n");
		print_rows(&q);
	}
}

static void print_all(FILE *to)
{
	AUTO_ARENA arena = {NULL};
	struct dirent **files;
	int n = scandir("schema/packs", &files, NULL, alphasort);

	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		const char *path =
			arena_printf(&arena, "schema/packs/%s", files[i]->d_name);
		struct pack p;
		struct err e;
		char *text;
		size_t size;
		if (strstr(files[i]->d_name, ".yaml")) {
			assert_int_equal(pack_file_read(path, &text, &size), 0);
			assert_int_equal(pack_parse(text, size, path, &arena, &p, &e), 0);
			free(text);
			print_pack(&p, to, &arena);
		}
		free(files[i]);
	}
	free(files);
}

static void every_shipped_calendar_is_as_in_the_table(void **state)
{
	char *text, *kept;
	size_t size, kept_size;
	FILE *to = open_memstream(&text, &size);

	(void)state;
	print_all(to);
	fclose(to);
	assert_int_equal(pack_file_read(table, &kept, &kept_size), 0);
	if (size != kept_size || memcmp(text, kept, size) != 0)
		fail_msg("%s is not what test_cycle --print prints", table);
	free(text);
	free(kept);
}

/* What is typed instead of a calendar's day: a first cycle may be longer, and cycles shorter
 * than a year are told apart. */
static void a_typed_day_has_a_first_day_too(void **state)
{
	static const struct {
		const char *calendar;
		int issued[3], expires[3], every, day[3], from[3], to[3];
	} cases[] = {
		{"{length: 5 years, end: 06-30}",
		 {2021, 7, 1},
		 {2027, 6, 30},
		 0,
		 {2023, 1, 1},
		 {2021, 7, 1},
		 {2027, 6, 30}},
		{"{length: 5 years}",
		 {2021, 9, 1},
		 {2027, 6, 30},
		 0,
		 {2023, 1, 1},
		 {2021, 9, 1},
		 {2027, 6, 30}},
		{"{length: 6 months, end: issue}",
		 {2021, 1, 10},
		 {0},
		 0,
		 {2021, 9, 1},
		 {2021, 7, 10},
		 {2022, 1, 9}},
		{"{length: 6 months}",
		 {2021, 1, 10},
		 {2022, 1, 20},
		 0,
		 {2021, 9, 1},
		 {2021, 7, 21},
		 {2022, 1, 20}},
		{"{length: 6 months}",
		 {2021, 8, 31},
		 {0},
		 6,
		 {2022, 3, 1},
		 {2022, 3, 1},
		 {2022, 8, 30}},
		{"{length: 6 months}",
		 {2021, 8, 31},
		 {0},
		 6,
		 {2022, 2, 28},
		 {2021, 8, 31},
		 {2022, 2, 28}},
		{"{length: 1 year}",
		 {2021, 7, 1},
		 {2023, 6, 30},
		 0,
		 {2023, 1, 1},
		 {2022, 7, 1},
		 {2023, 6, 30}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
#define DAY(d) ((d)[0] ? date_make((d)[0], (d)[1], (d)[2]) : DATE_NONE)
		AUTO_ARENA arena = {NULL};
		const char *text = arena_printf(
			&arena, "pack: typed\nversion: 1\ntitle: Typed\ncalendar: %s\n",
			cases[i].calendar);
		struct pack p;
		struct period days;
		struct err e;
		assert_int_equal(pack_parse(text, strlen(text), "typed", &arena, &p, &e),
				 0);
		const struct cycle_told told = {.pack = &p,
						.issued = DAY(cases[i].issued),
						.begins = DATE_NONE,
						.expires = DAY(cases[i].expires),
						.every = cases[i].every};
		assert_int_equal(cycle_days(&told, DAY(cases[i].day), &days, &e), 0);
		assert_int_equal(days.from, DAY(cases[i].from));
		assert_int_equal(days.to, DAY(cases[i].to));
#undef DAY
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shipped_calendar_is_as_in_the_table),
		cmocka_unit_test(a_typed_day_has_a_first_day_too),
	};

	if (argc == 2 && strcmp(argv[1], "--print") == 0) {
		print_all(stdout);
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
