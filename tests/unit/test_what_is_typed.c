/* What people type (tests/typed.txt), and every amount that pdh itself writes. */
#include "common/kind.h"
#include "common/texts.h"
#include "common/typed.h"
#include "daemon/pack/file.h"
#include "daemon/pack/pack.h"
#include "daemon/rules/rules.h"

#include <assert.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { FIELDS = 4, LINES_LEAST = 300 };

static const struct locale {
	const char *word, *all, *time, *lang;
} locales[] = {
	{"C", "C.UTF-8", "en_US.UTF-8", "en_US.UTF-8"},
	{"US", "", "en_US.UTF-8", "de_DE.UTF-8"},
	{"DE", NULL, "", "de_DE.UTF-8"},
	{"GB", NULL, "en_GB.UTF-8", "en_US.UTF-8"},
};

static struct kind_context context(const struct locale *l, struct arena *a)
{
	const char *name = typed_locale(l->all, l->time, l->lang);

	return (struct kind_context){.arena = a,
				     .today = date_make(2026, 3, 14),
				     .order = typed_month_first(name)
						      ? DATE_ORDER_MONTH_FIRST
						      : DATE_ORDER_UNTOLD};
}

static enum kind kind_of(const char *word)
{
	static const struct {
		const char *word;
		enum kind kind;
	} kinds[] = {{"day", KIND_DATE},
		     {"due", KIND_DUE},
		     {"period", KIND_PERIOD},
		     {"span", KIND_SPAN},
		     {"amount", KIND_CREDIT}};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(word, kinds[i].word) == 0)
			return kinds[i].kind;
	fail_msg("no kind \"%s\"", word);
	return KIND_DATE;
}

/* ---- what a value is in the table --------------------------------------------------------- */

static const char *day_text(civil_day d, struct arena *a)
{
	char iso[DATE_ISO_SIZE];

	if (d == DATE_CLEAR)
		return "none";
	date_format_iso(d, iso);
	return arena_dup(a, iso);
}

static const char *amount_text(struct credit c, struct arena *a)
{
	char text[CREDIT_TEXT_SIZE];
	enum { TENTH = 6000 };

	credit_format(c.exact, text);
	if (strcmp(c.unit, "hour") != 0)
		return arena_printf(a, "%s %s", text, credit_unit_brief(c.unit));
	return c.exact % 60000 ? arena_printf(a, "%lld.%lld", (long long)c.exact / 60000,
					      (long long)c.exact % 60000 / TENTH)
			       : arena_printf(a, "%lld", (long long)c.exact / 60000);
}

union value {
	civil_day day;
	struct period period;
	int32_t months;
	struct credit credit;
};

static const char *value_text(enum kind k, const union value *v, struct arena *a)
{
	switch (k) {
	case KIND_PERIOD:
		return arena_printf(a, "%s..%s", day_text(v->period.from, a),
				    day_text(v->period.to, a));
	case KIND_SPAN:
		return arena_printf(a, "%d", (int)v->months);
	case KIND_CREDIT:
		return amount_text(v->credit, a);
	default:
		return day_text(v->day, a);
	}
}

/* ---- the table ---------------------------------------------------------------------------- */

/* Where it is read as it should be: NULL, or what it came to. */
static const char *try_line(char *field[FIELDS], const struct locale *l, struct arena *a)
{
	const struct kind_context c = context(l, a);
	enum kind k = kind_of(field[0]);
	union value v;
	struct err e = {0};

	kind_none(k, &v);
	int r = kind_from_text(k, field[2], &c, &v, &e);
	if (r == 0 && k == KIND_CREDIT && v.credit.exact == 0)
		r = credit_is_none(&e);
	const char *got =
		r < 0 ? arena_printf(a, "!%s", e.message) : value_text(k, &v, a);
	bool right = r < 0 ? field[3][0] == '!' && strstr(e.message, field[3] + 1)
			   : strcmp(got, field[3]) == 0;
	return right ? NULL : got;
}

static void split(char *line, char *field[FIELDS])
{
	for (int i = 0; i < FIELDS; i++) {
		field[i] = line;
		line = i == FIELDS - 1 ? line : strchr(line, '|');
		assert_non_null(line);
		if (i < FIELDS - 1)
			*line++ = '\0';
	}
}

static char *read_table(struct arena *a)
{
	char *text;
	size_t n;

	assert_int_equal(pack_file_read("tests/typed.txt", &text, &n), 0);
	char *copy = arena_dup_n(a, text, n);
	free(text);
	return copy;
}

static void what_people_type_means_what_the_table_says(void **state)
{
	AUTO_ARENA a = {0};
	size_t lines = 0, wrong = 0;
	char *rest = read_table(&a), *field[FIELDS];

	(void)state;
	for (char *line; (line = strsep(&rest, "\n"));) {
		if (!*line || *line == '#')
			continue;
		lines++;
		split(line, field);
		for (size_t i = 0; i < sizeof(locales) / sizeof(locales[0]); i++) {
			if (*field[1] != '*' && strcmp(field[1], locales[i].word) != 0)
				continue;
			const char *got = try_line(field, &locales[i], &a);
			if (got && ++wrong)
				print_error("%s in %s: \"%s\" is %s, not %s\n", field[0],
					    locales[i].word, field[2], got, field[3]);
		}
	}
	assert_true(lines >= LINES_LEAST);
	assert_int_equal(wrong, 0);
}

static void the_order_of_a_date_is_that_of_the_locales_name(void **state)
{
	(void)state;
	assert_true(typed_month_first("en_US"));
	assert_true(typed_month_first("es_us.utf8@euro"));
	assert_false(typed_month_first("en_USA"));
	assert_false(typed_month_first("en_GB.UTF-8"));
	assert_false(typed_month_first("C.UTF-8"));
	assert_false(typed_month_first("POSIX"));
	assert_false(typed_month_first("en.en_US"));
	assert_false(typed_month_first(""));
	assert_string_equal(typed_locale(NULL, NULL, NULL), "C");
	assert_string_equal(typed_locale("", "", "de_DE"), "de_DE");
	assert_string_equal(typed_locale("a", "b", "c"), "a");
}

/* ---- what pdh writes it reads --------------------------------------------------------------- */

static const int64_t amounts[] = {CREDIT_ONE,	   CREDIT_ONE * 60, CREDIT_ONE * 5 / 2,
				  CREDIT_ONE / 4,  CREDIT_ONE / 8,  CREDIT_ONE * 9 / 8,
				  CREDIT_ONE * 15, 442800,	    18,
				  CREDIT_MAX};

/* The text means this amount, in this unit. */
static void check_read(const char *text, int64_t exact, const char *unit)
{
	struct credit c;
	struct err e;

	if (credit_parse(text, &c, &e) < 0)
		fail_msg("%s: %s", text, e.message);
	if (c.exact != exact || strcmp(c.unit, unit) != 0)
		fail_msg("%s is read as %lld %s", text, (long long)c.exact, c.unit);
}

static void what_is_written_in_our_units_is_read(void **state)
{
	static const char *const many[] = {
#define X(name, word, brief, many, accepted, text) many,
		CREDIT_UNIT_MAP(X)
#undef X
	};
	AUTO_ARENA a = {0};

	(void)state;
	for (size_t u = 0; u < UNIT_COUNT; u++)
		for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
			const char *word = credit_unit_word((enum credit_unit)u);
			const struct credit c = {amounts[i], word};
			char number[CREDIT_TEXT_SIZE];
			credit_format(c.exact, number);
			check_read(texts_credit(&a, c), c.exact, word);
			check_read(arena_printf(&a, "%s %s", number, word), c.exact,
				   word);
			check_read(arena_printf(&a, "%s %s", number, many[u]), c.exact,
				   word);
		}
}

/* An amount in the pack's own unit is worth itself there. Hours of a board that are shorter than ours are told by the
 * person in ours. */
static void check_pack(const struct pack *p, struct arena *a)
{
	const char *unit = p->rules.unit;
	const struct ratio hour = p->rules.worth[UNIT_HOUR];
	const bool shorter = credit_unit_is_hours(unit) && hour.num != hour.den;

	for (size_t i = 0; i < sizeof(amounts) / sizeof(amounts[0]); i++) {
		char number[CREDIT_TEXT_SIZE];
		struct credit c;
		int64_t worth;
		struct err e;
		credit_format(amounts[i], number);
		const char *text = arena_printf(a, "%s %s", number, unit);
		const char *of = credit_unit_find(unit);
		if (!of)
			fail_msg("%s: the unit \"%s\" is not read", p->id, unit);
		check_read(text, amounts[i], of);
		check_read(texts_credit(a, (struct credit){amounts[i], unit}), amounts[i],
			   of);
		assert_int_equal(credit_parse(text, &c, &e), 0);
		if (shorter)
			continue;
		if (!rules_worth(&p->rules, credit_unit_number(c.unit), c.exact,
				 &worth) ||
		    worth != amounts[i])
			fail_msg("%s: %s is not worth itself", p->id, text);
	}
}

static void what_is_written_in_the_unit_of_a_pack_is_read_and_worth_itself(void **state)
{
	AUTO_ARENA a = {0};
	struct dirent **files;
	int packs = 0, n = scandir("schema/packs", &files, NULL, alphasort);

	(void)state;
	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		const char *path = arena_printf(&a, "schema/packs/%s", files[i]->d_name);
		struct pack p;
		struct err e;
		char *text;
		size_t size;
		if (strstr(files[i]->d_name, ".yaml")) {
			assert_int_equal(pack_file_read(path, &text, &size), 0);
			int r = pack_parse(text, size, path, &a, &p, &e);
			free(text);
			assert_int_equal(r, 0);
			if (p.rules.unit && ++packs)
				check_pack(&p, &a);
		}
		free(files[i]);
	}
	free(files);
	assert_true(packs > 50);
}

int main(void)
{
	/* What is written in UTC is a day of the zone. */
	assert(setenv("TZ", "UTC0", 1) == 0);
	tzset();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_type_means_what_the_table_says),
		cmocka_unit_test(what_is_written_in_our_units_is_read),
		cmocka_unit_test(
			what_is_written_in_the_unit_of_a_pack_is_read_and_worth_itself),
		cmocka_unit_test(the_order_of_a_date_is_that_of_the_locales_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
