#include "daemon/pack/pack.h"

#include "daemon/pack/file.h"
#include "daemon/pack/read/parts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define HEAD	     "pack: x\nversion: 1\ntitle: X\n"
#define CHOICE	     "facts: {work: {type: choice, of: [full, half], ask: W}}\n"
#define NUMBER	     "facts: {years: {type: number, ask: How many?}}\n"

static struct arena arena;

static int tear_down(void **state)
{
	(void)state;
	arena_done(&arena);
	return 0;
}

static struct pack parsed(const char *text)
{
	struct pack p;
	struct err e;

	if (pack_parse(text, strlen(text), "x.yaml", &arena, &p, &e) < 0)
		fail_msg("%s", e.message);
	return p;
}

static void assert_refused(const char *text, size_t n, const char *says)
{
	struct err e;
	struct pack p;

	if (pack_parse(text, n, "x.yaml", &arena, &p, &e) == 0)
		fail_msg("accepted: %s", text);
	assert_int_equal(e.code, -PDH_REFUSED);
	assert_string_equal(e.message, says);
}

static void what_is_no_plain_yaml_is_refused_with_its_line(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"", "x.yaml:1: there is nothing in it"},
		{"# nothing\n", "x.yaml:1: there is nothing in it"},
		{"pack: [\n",
		 "x.yaml:2: this is not YAML: flow sequence without a closing bracket"},
		{"a: 1\na: 2\n", "x.yaml:2: \"a\" is here already, on line 1"},
		{"a: &b 1\n",
		 "x.yaml:1: anchors and aliases (& and *) do not belong in a pack"},
		{"a: 1\nb: *a\n",
		 "x.yaml:2: anchors and aliases (& and *) do not belong in a pack"},
		{"a: !!int 1\n", "x.yaml:1: tags (!) do not belong in a pack"},
		{"<<: {a: 1}\n", "x.yaml:1: merge keys (<<) do not belong in a pack"},
		{"a: 1\n---\nb: 1\n", "x.yaml:2: a file holds one pack"},
		{"? [a]\n: b\n",
		 "x.yaml:1: a key is one word or a few, not a list or a map"},
		{"\"\": b\n", "x.yaml:1: a value without a key"},
		{"a:\n\tb: 1\n", "x.yaml:2: a tab; use spaces"},
		{"a: \xff\n", "x.yaml:1: this is not text in UTF-8"},
		{"a: 1\nb: \xed\xa0\x80\n", "x.yaml:2: this is not text in UTF-8"},
		{"a: \x01\n", "x.yaml:1: a control character"},
		{"\"\\x07\": b\n",
		 "x.yaml:1: this key cannot be read: text may not hold control characters (U+0007)"},
		{"a: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n",
		 "x.yaml:1: lists and maps go at most 16 deep"},
		{"- a\n", "x.yaml:1: a pack takes a map of keys and values, not a list"},
		{"a\n", "x.yaml:1: a pack takes a map of keys and values, not one value"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(cases[i].text, strlen(cases[i].text), cases[i].says);
	assert_refused("a: \0", 4, "x.yaml:1: a control character");
}

static void a_pack_has_a_largest_size(void **state)
{
	char *text = malloc(PACK_SIZE_MAX + 1);

	(void)state;
	assert_non_null(text);
	memset(text, '#', PACK_SIZE_MAX + 1);
	assert_refused(text, PACK_SIZE_MAX + 1,
		       "x.yaml:1: a pack has at most 524288 bytes");
	for (size_t i = 0; i < PACK_SIZE_MAX; i += 4)
		memcpy(text + i, "- a\n", 4);
	assert_refused(text, PACK_SIZE_MAX,
		       "x.yaml:16384: a pack holds at most 16384 values");
	free(text);
}

static void what_a_key_cannot_take_is_refused_by_name(void **state)
{
	static const struct {
		const char *body, *says;
	} cases[] = {
		{"", NULL},
		{"titel: Y\n",
		 "4: \"titel\" is not known in a pack; did you mean \"title\"?"},
		{"zzzzzz: Y\n", "4: \"zzzzzz\" is not known in a pack"},
		{"extends: y\n", "4: extends: there is no other pack to be found here"},
		{"drop: [y]\n",
		 "4: drop goes with extends: it leaves out rules of the pack that is extended"},
		{"note:\n", "4: note has no value"},
		{"note: [a]\n", "4: note takes one value, not a list"},
		{"unit: \"\"\n", "4: unit has no value"},
		{"read: yesterday\n", NULL},
		{"read: 2026-02-30\n", NULL},
		{"profession: [a, [b]]\n", "4: profession takes one value, not a list"},
		{"in_force: {from: 2026-01-02, to: 2026-01-01}\n",
		 "4: in_force ends before it begins"},
		{"in_force: {since: 2026-01-02}\n",
		 "4: \"since\" is not known in in_force"},
		{"sources: []\n",
		 "4: sources takes a map of keys and values, not a list"},
		{"sources: {a: {title: A}}\n", "4: source a needs \"mark\""},
		{"sources: {a: {title: A, mark: sure}}\n",
		 "4: mark is confirmed, second-hand or from memory, not \"sure\""},
		{"sources: {a: {title: A, mark: confirmed, url: ftp://b}}\n",
		 "4: url: \"ftp://b\" does not begin with https://"},
		{"facts: {a=b: {type: word, ask: A}}\n",
		 "4: a fact's name is one short text without ="},
		{"facts: {a: {type: color, ask: A}}\n",
		 "4: type is month, date, word, number, yes-no or choice, not \"color\""},
		{"facts: {a: {type: word, ask: A, holds: month}}\n",
		 "4: holds is ever, cycle or year, not \"month\""},
		{"facts: {a: {type: choice, ask: A}}\n",
		 "4: fact a is a choice of two or more: say of what"},
		{"facts: {a: {type: choice, of: [b], ask: A}}\n",
		 "4: fact a is a choice of two or more: say of what"},
		{"facts: {a: {type: choice, of: b, ask: A}}\n",
		 "4: of takes a list, not one value"},
		{"facts: {a: {type: word, of: [b, c], ask: A}}\n",
		 "4: of goes with type choice, not with word"},
		{"facts: {a: {type: choice, of: [b, c], ask: A, labels: {d: D}}}\n",
		 "4: \"d\" is not a value of fact a"},
		{"facts: {a: {type: choice, of: [b, c], ask: A, labels: [d]}}\n",
		 "4: labels takes a map of keys and values, not a list"},
		{"facts: {a: {type: word}}\n", "4: fact a needs \"ask\""},
		{"units: {hour: 0 min}\n",
		 "4: hour takes the minutes in one unit, such as 60 min, not \"0 min\""},
		{"units: {hour: 1}\n",
		 "4: hour takes the minutes in one unit, such as 60 min, not \"1\""},
		{"units: {minutes: 1}\n", NULL},
		{"units: {CEU: ten}\n", "4: CEU: \"ten\" is not a number"},
		{"units: {CEU: 1/0}\n", "4: CEU: \"1/0\" is not a number"},
		{"units: {CEU: 1/7}\n",
		 "4: CEU: \"1/7\" is too large or cannot be kept exactly"},
		{"units: {CEU: [1]}\n", "4: CEU takes one value, not a list"},
		{"unit: widget\n",
		 "1: nothing counts in \"widget\": say under units what an hour is worth"},
		{"calendar: {end: issue}\n", "4: calendar needs \"length\""},
		{"calendar: {length: long}\n", NULL},
		{"calendar: {length: 1 year, end: now}\n", NULL},
		{"calendar: {length: 1 year, end: 02-30}\n",
		 "4: end: no year has a day 02-30"},
		{"calendar: {length: 1 year, end: 08-31, changed: {from: 2025-07-01, end: 09-30}}\n",
		 "4: changed goes with an end such as 08-31 of cycles of two years or more, and "
		 "not with phase or first"},
		{"calendar: {length: 2 years, end: 08-31, changed: {from: 2025-07-01, end: 9/30}}\n",
		 "4: end is a day of the year such as 09-30 here"},
		{"calendar: {length: 1 year, end: 02-29}\n",
		 "4: end: 02-29 does not come every year"},
		{"calendar: {length: 18 months, end: 06-30}\n",
		 "4: length is whole years where a cycle ends on a day or month of the year"},
		{"calendar: {length: 1 year, end: end of birth month}\n",
		 "4: end: \"birth month\" is not declared under facts"},
		{"facts: {d: {type: date, ask: D}}\ncalendar: {length: 1 year, end: end of d}\n",
		 "5: end: \"d\" is a date and not a month"},
		{"rules: {a: b}\n",
		 "4: rules takes a list, not a map of keys and values"},
		{"rules:\n  - {id: A, need: 1}\n",
		 "5: id is lower-case letters, digits, - and _, beginning with a letter, not \"A\""},
		{"rules:\n  - {id: a}\n",
		 "5: rule a needs one of need, limit, credit, carry, "
		 "adjust and duty"},
		{"rules:\n  - {id: a, need: many}\n",
		 "5: need: \"many\" is not a number"},
		{"rules:\n  - {id: a, need: {by: lapsed, table: {yes: 1}}}\n",
		 "5: a table cannot go by lapsed; say it with \"when\""},
		{"rules:\n  - {id: a, limit: 1, where: {kind: course}, window: each school year ending in period}\n",
		 "5: years ending in period are for a need"},
		{"calendar: {length: 5 years, follows: Two Words}\n",
		 "4: follows is lower-case letters, digits, - and _, beginning with a letter, not \"Two Words\""},
		{"rules:\n  - {id: a, need: 6, part: {need: 0, renews: 1 year}}\n",
		 "5: part asks for more than nothing"},
		{"rules:\n  - {id: a, need: 1, when: {further credential: maybe}}\n",
		 "5: further credential is yes or no"},
		{"rules:\n  - {id: a, need: {by: year of expiry, table: {20255: 1}}}\n",
		 "5: \"20255\" is not a year; the rows are years such as 2026, and otherwise"},
		{"rules:\n  - {id: a, need: {by: year of expiry, table: {2025: 1}, pick: last}}\n",
		 "5: pick does not go with year of expiry"},
		{CHOICE "rules:\n  - {id: a, need: {fact: work}}\n",
		 "6: fact: \"work\" is not a number"},
		{CHOICE
		 "rules:\n  - {id: a, adjust: {less: {each: 2, of: work, is: 3}}}\n",
		 "6: of: \"work\" is not a number"},
		{NUMBER
		 "rules:\n  - {id: a, adjust: {less: {each: 0, of: years, is: 3}}}\n",
		 "6: less: each, is and most are more than zero"},
		{NUMBER
		 "rules:\n  - {id: a, adjust: {less: {each: 2, of: years, is: 3, most: 0}}}\n",
		 "6: less: each, is and most are more than zero"},
		{NUMBER
		 "rules:\n  - {id: a, adjust: {less: {each: 2, of: years, is: 3}, shift: 1 year}}\n",
		 "6: adjust has scale, less or shift, one of them"},
		{NUMBER
		 "rules:\n  - {id: a, adjust: {less: {each: 2, of: years, is: 3}, step: {to: 1, round: up}}}\n",
		 "6: round, step and floor go with scale"},
		{"rules:\n  - {id: a, need: {fact: period number}}\n",
		 "5: fact: \"period number\" is not a number"},
		{CHOICE "rules:\n  - {id: a, need: 1, when: {work: hal}}\n",
		 "6: work is full or half, not \"hal\""},
		{CHOICE "rules:\n  - {id: a, need: 1, when: {work: not never}}\n",
		 "6: work is full or half, not \"never\""},
		{CHOICE
		 "examples:\n  - {name: n, period: 2026-01-01 to 2026-12-31, facts: {work: none}, entries: [], expect: {counted: 0}}\n",
		 "6: work is full or half, not \"none\""},
		{CHOICE
		 "examples:\n  - {name: n, period: 2026-01-01 to 2026-12-31, facts: {job: half}, entries: [], expect: {counted: 0}}\n",
		 "6: x does not ask for \"job\"; it asks for work"},
		{"sources: {s: {title: S, mark: confirmed}}\nrules:\n  - {id: a, need: 1}\n",
		 "6: rule a needs \"cite\""},
		{"sources: {source: {title: S, mark: confirmed}}\nrules:\n  - {id: a, need: 1, cite: sorce}\n",
		 "6: \"sorce\" is not known in sources; did you mean \"source\"?"},
	};

	(void)state;
	for (size_t i = 1; i < COUNT(cases); i++) {
		const char *text = arena_printf(&arena, HEAD "%s", cases[i].body);
		struct pack p;
		struct err e;
		if (pack_parse(text, strlen(text), "x.yaml", &arena, &p, &e) == 0)
			fail_msg("accepted: %s", text);
		assert_int_equal(e.code, -PDH_REFUSED);
		if (cases[i].says)
			assert_string_equal(e.message, arena_printf(&arena, "x.yaml:%s",
								    cases[i].says));
		else
			assert_non_null(strstr(e.message, "x.yaml:4: "));
	}
	assert_refused(
		"pack: X\n", 8,
		"x.yaml:1: pack is lower-case letters, digits, - and _, beginning with a letter, not \"X\"");
	assert_refused("pack: x\ntitle: T\n", 17, "x.yaml:1: a pack needs \"version\"");
}

/* Shapes of rules that a board has and this version has not: credit shared by presenters,
 * simultaneous sessions, a condition on what is claimed, so many organizations at most, hours
 * that live for two periods, a quirk of the calendar, a second calendar. */
static void what_no_rule_can_say_yet_is_refused_by_name(void **state)
{
	static const struct {
		const char *body, *says;
	} cases[] = {
		{"rules: [{id: a, credit: {over: presenters}}]\n",
		 "4: \"over\" is not supported by this version of pdh"},
		{"rules: [{id: a, credit: {overlap: once}}]\n",
		 "4: \"overlap\" is not supported by this version of pdh"},
		{"rules: [{id: a, need: 1, when: {claimed: {role: presenter}}}]\n",
		 "4: \"claimed\" is not supported by this version of pdh"},
		{"rules: [{id: a, limit: {distinct provider: 3}, where: {role: member}}]\n",
		 "4: a limit on a number of things, such as \"distinct provider\", is not "
		 "supported by this version of pdh"},
		{"rules: [{id: a, limit: {activities: 3}, where: {role: member}}]\n",
		 "4: a limit on a number of things, such as \"activities\", is not supported "
		 "by this version of pdh"},
		{"rules: [{id: a, carry: {most: 1, lives: 2}}]\n",
		 "4: lives is 1 in this version of pdh: what is carried over serves the next "
		 "period alone"},
		{"rules: [{id: a, need: {measure: max_gap}}]\n",
		 "4: \"measure\" is not supported by this version of pdh"},
		{"rules: [{id: a, need: {attest: yes}}]\n",
		 "4: \"attest\" is not supported by this version of pdh"},
		{"items: []\n", "4: \"items\" is not supported by this version of pdh"},
		{"reminders: []\n",
		 "4: reminders takes a map of keys and values, not a list"},
		{"reminders: {before: [90d, 4000]}\n",
		 "4: \"4000\" is not a number of days from 0 to 3660"},
		{"reminders: {after: [0]}\n",
		 "4: \"0\" is not a number of days from 1 to 366"},
		{"reminders: {before: 90}\n", "4: before takes a list, not one value"},
		{"calendar: {length: 1 year, end: {by: m, table: {1: 01-02}}}\n",
		 "4: end takes one value, not a map of keys and values"},
		{"calendar: {length: 1 year, quirk: 01-02}\n",
		 "4: \"quirk\" is not known in calendar"},
		{"calendars: {main: {length: 1 year}}\n",
		 "4: \"calendars\" is not known in a pack; did you mean \"calendar\"?"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *text = arena_printf(&arena, HEAD "%s", cases[i].body);
		assert_refused(text, strlen(text),
			       arena_printf(&arena, "x.yaml:%s", cases[i].says));
	}
}

static void of_a_long_name_the_end_is_shown(void **state)
{
	char name[400];
	struct err e;
	struct pack p;

	(void)state;
	memset(name, 'n', sizeof(name));
	strcpy(name + sizeof(name) - 8, "/x.yaml");
	assert_int_equal(pack_parse("", 0, name, &arena, &p, &e), -PDH_REFUSED);
	assert_non_null(strstr(e.message, "n/x.yaml:1: there is nothing in it"));
	assert_true(strlen(e.message) < 200);
}

static void every_key_is_kept(void **state)
{
	const struct pack p = parsed(
		"{\n\t\"pack\": \"x\", \"version\": \"2026.10\", \"title\": \"no\",\n"
		"\t\"authority\": \"B\", \"jurisdiction\": \"US-TX\", \"profession\": \"nurse\",\n"
		"\t\"note\": \"n\", \"read\": \"2026-11-23\", \"in_force\": {\"from\": \"2026-01-01\"},\n"
		"\t\"unit\": \"PDH\", \"units\": {\"hour\": \"50 min\", \"CEU\": \"7/3\"},\n"
		"\t\"rules\": [{\"id\": \"t\", \"need\": \"7.5\", \"title\": \"T\"}]\n}\n");

	(void)state;
	assert_string_equal(p.version, "2026.10");
	assert_string_equal(p.title, "no");
	assert_string_equal(p.authority, "B");
	assert_string_equal(p.professions.v[0], "nurse");
	assert_int_equal(p.read, date_make(2026, 11, 23));
	assert_int_equal(p.in_force.from, date_make(2026, 1, 1));
	assert_int_equal(p.in_force.to, DATE_NONE);
	assert_int_equal(p.rules.worth[UNIT_HOUR].num, 6);
	assert_int_equal(p.rules.worth[UNIT_HOUR].den, 5);
	assert_int_equal(p.rules.worth[UNIT_CEU].num, 7);
	assert_int_equal(p.rules.total, CREDIT_ONE * 15 / 2);
	assert_string_equal(p.rules.total_title, "T");
	assert_null(p.rules.cite);
}

static void cycles_end_where_the_calendar_says(void **state)
{
	static const struct {
		const char *calendar;
		int issued[3], day[3], end[3], next[3], begin[3];
	} cases[] = {
		/* A day of the year, from the day of issue on. */
		{"{length: 5 years, end: 06-30}",
		 {2021, 9, 1},
		 {2022, 1, 1},
		 {2027, 6, 30},
		 {2032, 6, 30},
		 {2022, 7, 1}},
		{"{length: 5 years, end: 06-30}",
		 {2021, 6, 30},
		 {2027, 6, 30},
		 {2031, 6, 30},
		 {2036, 6, 30},
		 {2026, 7, 1}},
		/* Of one issued on 29 February the anniversary is that day in leap years, and 1 March
		 * in others; what ends by it loses no day on the way. */
		{"{length: 2 years, end: issue}",
		 {2024, 2, 29},
		 {2024, 3, 1},
		 {2026, 2, 28},
		 {2028, 2, 28},
		 {2024, 3, 1}},
		{"{length: 6 months, end: issue}",
		 {2021, 8, 31},
		 {2022, 3, 1},
		 {2022, 8, 30},
		 {2023, 2, 28},
		 {2022, 3, 1}},
		/* Issued on the day behind an anchor, a cycle begins that day. */
		{"{length: 1 year, end: end of m}",
		 {2024, 3, 1},
		 {2024, 3, 1},
		 {2025, 2, 28},
		 {2026, 2, 28},
		 {2024, 3, 1}},
		{"{length: 5 years, end: 06-30}",
		 {2021, 7, 1},
		 {2022, 3, 1},
		 {2026, 6, 30},
		 {2031, 6, 30},
		 {2021, 7, 1}},
		{"{length: 5 years, end: 06-30}",
		 {2021, 7, 2},
		 {2022, 3, 1},
		 {2027, 6, 30},
		 {2032, 6, 30},
		 {2022, 7, 1}},
		{"{length: 3 years, end: end of m - 1 month}",
		 {2024, 3, 1},
		 {2024, 3, 1},
		 {2028, 1, 31},
		 {2031, 1, 31},
		 {2025, 2, 1}},
		{"{length: 3 years, end: end of m + 11 months}",
		 {2024, 3, 1},
		 {2024, 3, 1},
		 {2028, 1, 31},
		 {2031, 1, 31},
		 {2025, 2, 1}},
		/* Fixed years for all, whatever the day of issue. */
		{"{length: 2 years, end: 02-28, phase: odd}",
		 {2024, 6, 1},
		 {2026, 3, 1},
		 {2027, 2, 28},
		 {2029, 2, 28},
		 {2025, 3, 1}},
		{"{length: 2 years, end: 06-30, phase: {by: s, table: {a-m: even, n-z: "
		 "odd}}}",
		 {2024, 6, 1},
		 {2026, 6, 30},
		 {2027, 6, 30},
		 {2029, 6, 30},
		 {2025, 7, 1}},
		/* By the birthday, and by the end of the month of issue. */
		{"{length: 5 years, end: b}",
		 {2021, 3, 1},
		 {2022, 3, 1},
		 {2026, 2, 28},
		 {2031, 2, 28},
		 {2021, 3, 1}},
		/* Born on 29 February: the day comes back in a leap year, with a day of issue or
		 * without. */
		{"{length: 1 year, end: b}",
		 {2023, 5, 1},
		 {2027, 3, 1},
		 {2028, 2, 29},
		 {2029, 2, 28},
		 {2027, 3, 1}},
		{"{length: 1 year, end: b, leap: mar 1}",
		 {2023, 5, 1},
		 {2026, 3, 2},
		 {2027, 3, 1},
		 {2028, 2, 29},
		 {2026, 3, 2}},
		{"{length: 1 year, end: b, leap: mar 1}",
		 {0, 0, 0},
		 {2026, 3, 2},
		 {2027, 3, 1},
		 {2028, 2, 29},
		 {2026, 3, 2}},
		{"{length: 5 years, end: b, leap: mar 1}",
		 {2021, 2, 28},
		 {2022, 3, 1},
		 {2026, 3, 1},
		 {2031, 3, 1},
		 {2021, 3, 2}},
		{"{length: 5 years, end: end of issue month}",
		 {2021, 2, 10},
		 {2022, 3, 1},
		 {2026, 2, 28},
		 {2031, 2, 28},
		 {2021, 3, 1}},
		/* A first cycle of its own length, and one that is a stub. */
		{"{length: 1 year, end: end of m - 1 month, first: 24 months}",
		 {2024, 6, 1},
		 {2024, 7, 1},
		 {2027, 1, 31},
		 {2028, 1, 31},
		 {2026, 2, 1}},
		{"{length: 1 year, end: end of m, first: stub}",
		 {2024, 6, 1},
		 {2024, 7, 1},
		 {2025, 2, 28},
		 {2026, 2, 28},
		 {2024, 3, 1}},
		/* In odd or even years by the year of birth, at the end of the month of it. */
		{"{length: 2 years, end: end of m, phase: {by: s, table: {a-m: even, n-z: "
		 "odd}}}",
		 {2024, 6, 1},
		 {2026, 3, 1},
		 {2027, 2, 28},
		 {2029, 2, 28},
		 {2025, 3, 1}},
		/* The same year for all, whenever it was issued. */
		{"{length: 1 year, end: 12-31}",
		 {0, 0, 0},
		 {2026, 12, 31},
		 {2026, 12, 31},
		 {2027, 12, 31},
		 {2026, 1, 1}},
		{"{length: 1 year, end: 09-30}",
		 {0, 0, 0},
		 {2026, 10, 1},
		 {2027, 9, 30},
		 {2028, 9, 30},
		 {2026, 10, 1}},
		/* Issued on the 31st, and on the last day of its cycle's year. */
		{"{length: 1 year, end: end of issue month}",
		 {2024, 1, 31},
		 {2024, 2, 1},
		 {2025, 1, 31},
		 {2026, 1, 31},
		 {2024, 2, 1}},
		{"{length: 3 years, end: 12-31}",
		 {2024, 12, 31},
		 {2025, 1, 1},
		 {2027, 12, 31},
		 {2030, 12, 31},
		 {2025, 1, 1}},
		/* The board's own list, what follows it, and a length that hangs on a fact. */
		{"{length: 3 years, periods: [2022-02-01 to 2025-03-29, 2025-03-30 to "
		 "2028-03-29]}",
		 {2020, 6, 1},
		 {2025, 3, 30},
		 {2028, 3, 29},
		 {2031, 3, 29},
		 {2025, 3, 30}},
		{"{length: 3 years, periods: [2022-02-01 to 2025-03-29, 2025-03-30 to "
		 "2028-03-29]}",
		 {2020, 6, 1},
		 {2024, 7, 1},
		 {2025, 3, 29},
		 {2028, 3, 29},
		 {2022, 2, 1}},
		{"{length: {by: s, table: {a-m: 5 years, n-z: 7 years}}, end: 06-30}",
		 {2021, 9, 1},
		 {2022, 1, 1},
		 {2029, 6, 30},
		 {2036, 6, 30},
		 {2022, 7, 1}},
		/* The board moved the day, for what begins from then on. */
		{"{length: 5 years, end: 08-31, changed: {from: 2025-07-01, end: 09-30}}",
		 {2021, 9, 1},
		 {2022, 1, 1},
		 {2026, 8, 31},
		 {2031, 9, 30},
		 {2021, 9, 1}},
		{"{length: 5 years, end: 08-31, changed: {from: 2025-07-01, end: 09-30}}",
		 {2021, 9, 1},
		 {2026, 9, 1},
		 {2031, 9, 30},
		 {2036, 9, 30},
		 {2026, 9, 1}},
		{"{length: 5 years, end: 08-31, changed: {from: 2025-07-01, end: 09-30}}",
		 {2025, 6, 30},
		 {2026, 1, 1},
		 {2030, 8, 31},
		 {2035, 9, 30},
		 {2025, 9, 1}},
		{"{length: 5 years, end: 08-31, changed: {from: 2025-07-01, end: 09-30}}",
		 {2025, 7, 1},
		 {2026, 1, 1},
		 {2030, 9, 30},
		 {2035, 9, 30},
		 {2025, 9, 1}},
		{"{length: 5 years, end: 08-31, changed: {from: 2025-07-01, end: 09-30}}",
		 {2025, 9, 15},
		 {2026, 1, 1},
		 {2030, 9, 30},
		 {2035, 9, 30},
		 {2025, 9, 1}},
	};
	static const char *told[] = {"M=February", "s=N-Z", "b=2000-02-29"};
	const struct texts facts = {3, told};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct pack p = parsed(arena_printf(
			&arena,
			HEAD "facts: {m: {type: month, ask: M}, s: {type: word, ask: S}, "
			     "b: {type: date, ask: B}}\ncalendar: %s\n",
			cases[i].calendar));
		civil_day end;
		struct err e;
#define DAY(a) date_make((a)[0], (a)[1], (a)[2])
		assert_int_equal(pack_cycle_end(&p, &facts, DAY(cases[i].issued),
						DAY(cases[i].day), &end, &e),
				 0);
		assert_int_equal(end, DAY(cases[i].end));
		assert_int_equal(pack_next_end(&p, &facts, DAY(cases[i].issued), end),
				 DAY(cases[i].next));
		assert_int_equal(pack_cycle_begin(&p, &facts, DATE_NONE, end),
				 DAY(cases[i].begin));
#undef DAY
	}
}

/* Admitted in November 2021, born in September: two years from September 2022. */
static void a_first_cycle_of_its_own_length_begins_on_its_first_day(void **state)
{
	static const struct {
		const char *first;
		int begin[3], end[3];
	} cases[] = {
		{"24 months", {2022, 9, 1}, {2024, 8, 31}},
		{"stub", {2021, 11, 15}, {2022, 8, 31}},
	};
	const struct texts facts = {1, &(const char *){"m=9"}};
	const civil_day issued = date_make(2021, 11, 15);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const int *b = cases[i].begin, *l = cases[i].end;
		const struct pack p = parsed(arena_printf(
			&arena,
			HEAD "facts: {m: {type: month, ask: M}}\ncalendar: {length: 1 "
			     "year, end: end of m - 1 month, first: %s}\n",
			cases[i].first));
		civil_day end;
		struct err e;
		assert_int_equal(pack_cycle_end(&p, &facts, issued, issued, &end, &e), 0);
		assert_int_equal(end, date_make(l[0], l[1], l[2]));
		assert_int_equal(pack_cycle_begin(&p, &facts, issued, end),
				 date_make(b[0], b[1], b[2]));
		end = pack_next_end(&p, &facts, issued, end);
		assert_int_equal(end, date_make(l[0] + 1, l[1], l[2]));
		assert_int_equal(pack_cycle_begin(&p, &facts, issued, end),
				 date_make(l[0], 9, 1));
	}
}

static void cycles_are_numbered_by_their_ends(void **state)
{
	static const struct {
		const char *calendar;
		int issued[3], from[3], to[3], number;
	} cases[] = {
		/* The year of issue and the first whole one are one cycle, unless that year is
		 * whole. */
		{"{length: 1 year, end: 06-30}",
		 {2021, 7, 2},
		 {2022, 7, 1},
		 {2023, 6, 30},
		 1},
		{"{length: 1 year, end: 06-30}",
		 {2021, 7, 2},
		 {2023, 7, 1},
		 {2024, 6, 30},
		 2},
		{"{length: 1 year, end: 06-30}",
		 {2021, 7, 1},
		 {2023, 7, 1},
		 {2024, 6, 30},
		 3},
		/* Where all end in the same years the first is what is left of one. */
		{"{length: 2 years, end: 02-28, phase: odd}",
		 {2022, 1, 15},
		 {2021, 3, 1},
		 {2023, 2, 28},
		 1},
		{"{length: 2 years, end: 02-28, phase: odd}",
		 {2022, 1, 15},
		 {2023, 3, 1},
		 {2025, 2, 28},
		 2},
		{"{length: 2 years, end: 02-28, phase: odd}",
		 {2023, 3, 1},
		 {2025, 3, 1},
		 {2027, 2, 28},
		 2},
		/* A day that the person gave lies near one of the calendar. */
		{"{length: 2 years, end: 02-28, phase: odd}",
		 {2022, 1, 15},
		 {2023, 2, 1},
		 {2025, 1, 31},
		 2},
		{"{length: 5 years, end: 06-30}",
		 {2021, 9, 1},
		 {2026, 7, 1},
		 {2031, 6, 30},
		 2},
		/* Shorter than a year. */
		{"{length: 6 months, end: issue}",
		 {2021, 1, 10},
		 {2022, 7, 10},
		 {2023, 1, 9},
		 4},
		/* As the board lists them. */
		{"{length: 3 years, periods: [2022-02-01 to 2025-03-29, 2025-03-30 to "
		 "2028-03-29]}",
		 {2023, 6, 1},
		 {2025, 3, 30},
		 {2028, 3, 29},
		 2},
		{"{length: 3 years, periods: [2022-02-01 to 2025-03-29, 2025-03-30 to "
		 "2028-03-29]}",
		 {2023, 6, 1},
		 {2031, 3, 30},
		 {2034, 3, 29},
		 4},
		{"{length: 5 years, end: 06-30}",
		 {2021, 9, 1},
		 {2022, 7, 1},
		 {2027, 6, 30},
		 1},
		{"{length: 5 years, end: 06-30}",
		 {2021, 9, 1},
		 {2032, 7, 1},
		 {2037, 6, 30},
		 3},
		/* A first one of 24 months, then years. */
		{"{length: 1 year, end: 01-31, first: 24 months}",
		 {2024, 6, 1},
		 {2025, 2, 1},
		 {2027, 1, 31},
		 1},
		{"{length: 1 year, end: 01-31, first: 24 months}",
		 {2024, 6, 1},
		 {2027, 2, 1},
		 {2028, 1, 31},
		 2},
		/* A stub and the first whole year behind it are the first. */
		{"{length: 1 year, end: 02-28, first: stub}",
		 {2024, 6, 1},
		 {2024, 6, 1},
		 {2025, 2, 28},
		 1},
		{"{length: 1 year, end: 02-28, first: stub}",
		 {2024, 6, 1},
		 {2025, 3, 1},
		 {2026, 2, 28},
		 1},
		{"{length: 1 year, end: 02-28, first: stub}",
		 {2024, 6, 1},
		 {2027, 3, 1},
		 {2028, 2, 28},
		 3},
		{"{length: 1 year, end: 06-30, first: stub}",
		 {2024, 7, 1},
		 {2025, 7, 1},
		 {2026, 6, 30},
		 2},
		/* Without an end of its own it is counted from the day of issue; a first one of
		 * 17 months is the first. */
		{"{length: 2 years}", {2020, 5, 1}, {2024, 5, 1}, {2026, 4, 30}, 3},
		{"{length: 2 years}", {2022, 1, 15}, {2023, 6, 1}, {2025, 5, 31}, 2},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct pack p = parsed(
			arena_printf(&arena, HEAD "calendar: %s\n", cases[i].calendar));
#define DAY(a) date_make((a)[0], (a)[1], (a)[2])
		assert_int_equal(pack_cycle_number(&p, NULL, DAY(cases[i].issued),
						   &(struct period){DAY(cases[i].from),
								    DAY(cases[i].to)},
						   1),
				 cases[i].number);
#undef DAY
	}
}

/* Of the earliest cycle that is known the calendar tells the number, whatever the days of those
 * behind it are. */
static void cycles_that_were_renewed_are_numbered_one_by_one(void **state)
{
	const struct period cycles[] = {{date_make(2022, 6, 1), date_make(2022, 12, 31)},
					{date_make(2023, 1, 1), date_make(2024, 12, 31)}};
	const struct pack p = parsed(HEAD "calendar: {length: 2 years}\n");
	const civil_day issued = cycles[0].from;

	(void)state;
	assert_int_equal(pack_cycle_number(&p, NULL, issued, cycles, 1), 1);
	assert_int_equal(pack_cycle_number(&p, NULL, issued, cycles, 2), 2);
	/* Seven months alone are no cycle. */
	assert_int_equal(pack_cycle_number(&p, NULL, issued, cycles + 1, 1), 1);
	assert_int_equal(pack_cycle_number(&p, NULL, DATE_NONE, cycles, 2), 0);
}

static void a_date_that_is_missing_is_asked_for(void **state)
{
	static const struct {
		const char *calendar, *fact;
		int issued;
		const char *says, *hint;
	} cases[] = {
		{"{length: 2 years, end: end of m}", "m=2", 0,
		 "When does your cycle end?", "--issued"},
		{"{length: 1 year}", "m=2", 2020, "does not say. Give its last day",
		 NULL},
		{"{length: 1 year, end: end of m}", "n=2", 2020, "needs to know the m",
		 "--fact \"m=...\""},
		{"{length: 1 year, end: end of m}", "m=13", 2020, "\"13\" is not a month",
		 NULL},
		{"{length: 90 years, end: 06-30}", "m=2", 9999, "cannot be computed",
		 NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct pack p = parsed(arena_printf(
			&arena, HEAD "facts: {m: {type: month, ask: M}}\ncalendar: %s\n",
			cases[i].calendar));
		const civil_day issued =
			cases[i].issued
				? date_make(cases[i].issued > 2100 ? DATE_YEAR_MAX
								   : cases[i].issued,
					    1, 1)
				: DATE_NONE;
		civil_day end;
		struct err e = {0};
		assert_true(
			pack_cycle_end(&p,
				       &(struct texts){1, &(const char *){cases[i].fact}},
				       issued, date_make(2026, 3, 14), &end, &e) < 0);
		assert_non_null(strstr(arena_printf(&arena, "%s %s", e.field, e.message),
				       cases[i].says));
		if (cases[i].hint)
			assert_non_null(strstr(e.hint, cases[i].hint));
	}
	const struct pack none = parsed(HEAD);
	assert_int_equal(pack_next_end(&none, NULL, DATE_NONE, date_make(2026, 1, 1)),
			 DATE_NONE);
	assert_int_equal(pack_cycle_begin(&none, NULL, DATE_NONE, date_make(2026, 1, 1)),
			 DATE_NONE);
}

static void facts_are_kept_in_one_form(void **state)
{
	static const struct {
		const char *name, *value, *kept, *says;
	} cases[] = {
		{"m", "mar", "3", NULL},
		{"M", "03", "3", NULL},
		{"m", "December", "12", NULL},
		{"m", "0", NULL, "\"0\" is not a month; write it as 3 or March"},
		{"m", "ma", NULL, "\"ma\" is not a month; write it as 3 or March"},
		{"m", "123", NULL, "\"123\" is not a month; write it as 3 or March"},
		{"d", "2026-03-14", "2026-03-14", NULL},
		{"d", "14 mar", NULL, "\"14 mar\" is not a date; write it as YYYY-MM-DD"},
		{"n", "007.50", "7.5", NULL},
		{"n", "0", "0", NULL},
		{"n", "7.0", "7", NULL},
		{"n", "7.", NULL, "\"7.\" is not a number"},
		{"n", "-7", NULL, "\"-7\" is not a number"},
		{"w", " part-time ", "part-time", NULL},
		{"w", "", NULL, "\"w\" has no value"},
		{"w", "\x1b", NULL, "w: text may not hold control characters (U+001B)"},
		{"c", "B", "b", NULL},
		{"c", "d", NULL, "c is a, b or c, not \"d\""},
		{"y", "n", "no", NULL},
		{"x", "1", NULL,
		 "x does not ask for \"x\"; it asks for m, d, n, w, c and y"},
	};
	const struct pack p = parsed(
		HEAD "facts:\n  m: {type: month, ask: M}\n  d: {type: date, ask: D}\n"
		     "  n: {type: number, ask: N}\n  w: {type: word, ask: W}\n"
		     "  c: {type: choice, of: [a, b, c], ask: C}\n"
		     "  y: {type: yes-no, ask: Y}\n");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *got = NULL;
		struct err e;
		int r = pack_fact_check(&p, cases[i].name, cases[i].value, &arena, &got,
					&e);
		assert_int_equal(r < 0, cases[i].kept == NULL);
		if (cases[i].kept)
			assert_string_equal(got, cases[i].kept);
		else
			assert_string_equal(e.message, cases[i].says);
	}
}

static struct pack own(const struct pack_own *o)
{
	const char *text;
	struct err e;

	if (pack_own_text(&arena, o, &text, &e) < 0)
		fail_msg("%s", e.message);
	return parsed(text);
}

static void a_pack_of_ones_own_loads_again(void **state)
{
	static const int64_t amounts[] = {0, 1, CREDIT_ONE / 3, CREDIT_ONE * 40,
					  CREDIT_MAX};

	(void)state;
	for (size_t i = 0; i < COUNT(amounts); i++) {
		const struct pack p =
			own(&(struct pack_own){.id = "mine",
					       .title = "My \"own\" \\ board",
					       .jurisdiction = "US-\"X\"",
					       .required = amounts[i],
					       .months = 24});
		assert_string_equal(p.title, "My \"own\" \\ board");
		assert_string_equal(p.jurisdiction, "US-\"X\"");
		assert_int_equal(p.calendar.length_months, 24);
		assert_int_equal(p.rules.has_total, amounts[i] > 0);
		assert_int_equal(p.rules.total, amounts[i]);
	}
	const struct pack bare = own(&(struct pack_own){.id = "mine", .title = "M"});
	assert_null(bare.jurisdiction);
	assert_int_equal(bare.calendar.length_months, 0);
}

static void rules_of_ones_own_are_typed(void **state)
{
	static const struct {
		const char *typed;
		bool need;
		const char *id, *word;
		enum rule_attr attr;
		enum amount_kind amount;
		int64_t hours; /* or percent */
		enum window_kind window;
	} cases[] = {
		{"3 ethics", true, "ethics", "ethics", ATTR_TOPIC, AMOUNT_FIXED, 3,
		 WINDOW_PERIOD},
		{"2 ethics each year", true, "ethics-2", "ethics", ATTR_TOPIC,
		 AMOUNT_FIXED, 2, WINDOW_EACH_YEAR},
		{"4h of Special Education each school year", true, "special-education",
		 "special-education", ATTR_TOPIC, AMOUNT_FIXED, 4, WINDOW_EACH_SCHOOL},
		{"10 % kind: mentoring a year", true, "mentoring", "mentoring", ATTR_KIND,
		 AMOUNT_OF_REQUIRED, 10, WINDOW_EACH_YEAR},
		{"5 total", true, "total-2", "total", ATTR_TOPIC, AMOUNT_FIXED, 5,
		 WINDOW_PERIOD},
		{"1 504 plans", true, "need-504-plans", "504-plans", ATTR_TOPIC,
		 AMOUNT_FIXED, 1, WINDOW_PERIOD},
		{"20% self-study", false, "self-study", "self-study", ATTR_KIND,
		 AMOUNT_OF_REQUIRED, 20, WINDOW_PERIOD},
		{"10 presenting", false, "presenting", "presenting", ATTR_KIND,
		 AMOUNT_FIXED, 10, WINDOW_PERIOD},
		{"10 hours format:recorded", false, "recorded", "recorded", ATTR_FORMAT,
		 AMOUNT_FIXED, 10, WINDOW_PERIOD},
		{"1 kind:reeding \"x\"", false, "reeding-x", "reeding-\"x\"", ATTR_KIND,
		 AMOUNT_FIXED, 1, WINDOW_PERIOD},
	};
	const char *needs[COUNT(cases)], *limits[COUNT(cases)];
	struct texts n = {0, needs}, l = {0, limits};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		*(cases[i].need ? &needs[n.n++] : &limits[l.n++]) = cases[i].typed;
	const struct pack p = own(&(struct pack_own){.id = "mine",
						     .title = "M",
						     .required = 40 * CREDIT_ONE,
						     .needs = &n,
						     .limits = &l});
	assert_int_equal(p.rules.n, COUNT(cases) + 1);
	assert_string_equal(p.rules.total_id, "total");
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct rule *r = &p.rules.rules[i + 1];
		const struct where_term *t = &p.rules.wheres[r->where].terms[0];
		const int64_t amount =
			r->amount.kind == AMOUNT_FIXED
				? r->amount.exact / CREDIT_ONE
				: 100 * r->amount.share.num / r->amount.share.den;
		assert_string_equal(r->id, cases[i].id);
		assert_int_equal(r->verb, cases[i].need ? RULE_NEED : RULE_LIMIT);
		assert_int_equal(t->attr, cases[i].attr);
		assert_string_equal(t->words.v[0], cases[i].word);
		assert_int_equal(r->amount.kind, cases[i].amount);
		assert_int_equal(amount, cases[i].hours);
		assert_int_equal(r->window.kind, cases[i].window);
	}
}

static void mistakes_in_rules_of_ones_own_name_the_flag(void **state)
{
	static const struct {
		const char *need, *limit;
		int64_t required;
		const char *says, *hint;
	} cases[] = {
		{"ethics", NULL, 40, "\"ethics\" does not begin with an amount",
		 "such as --need \"3 ethics\", or --need \"2 ethics each year\""},
		{"3", NULL, 40, "\"3\" does not say of what",
		 "such as --need \"3 ethics\", or --need \"2 ethics each year\""},
		{"0 ethics", NULL, 40, "\"0 ethics\" does not begin with an amount",
		 NULL},
		{"3ceu ethics", NULL, 40, "\"3ceu ethics\" does not begin with an amount",
		 NULL},
		{"3 topic:", NULL, 40, "\"3 topic:\" does not say of what", NULL},
		{NULL, "20% ", 40, "\"20% \" does not say of what",
		 "such as --limit \"20% self-study\", or --limit \"10 presenting\""},
		{NULL, "120% self-study", 40, "\"120% self-study\" is more than all",
		 NULL},
		{NULL, "20% self-study", 0,
		 "\"20% self-study\" is a share of the hours; --hours says how many",
		 NULL},
		{NULL, "20% sefl-study", 40,
		 "\"sefl-study\" is not a kind that people commonly log; did you mean "
		 "\"self-study\"?",
		 "if it is meant, write kind:sefl-study"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *typed = cases[i].need ? cases[i].need : cases[i].limit;
		const struct texts one = {1, &typed};
		const struct pack_own o = {.id = "mine",
					   .title = "M",
					   .required = cases[i].required * CREDIT_ONE,
					   .needs = cases[i].need ? &one : NULL,
					   .limits = cases[i].limit ? &one : NULL};
		const char *text;
		struct err e;
		assert_int_equal(pack_own_text(&arena, &o, &text, &e), -PDH_USAGE);
		assert_string_equal(e.field, cases[i].need ? "needs" : "limits");
		assert_string_equal(e.message, cases[i].says);
		if (cases[i].hint)
			assert_string_equal(e.hint, cases[i].hint);
	}
}

static void only_a_file_is_read(void **state)
{
	char *text = NULL;
	size_t n;

	(void)state;
	assert_int_not_equal(pack_file_read("schema", &text, &n), 0);
	assert_int_not_equal(pack_file_read("schema/none", &text, &n), 0);
	assert_int_equal(pack_file_read("schema/packs/clearance.yaml", &text, &n), 0);
	struct pack p;
	struct err e;
	assert_int_equal(pack_parse(text, n, "clearance.yaml", &arena, &p, &e), 0);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_plain_yaml_is_refused_with_its_line),
		cmocka_unit_test(a_pack_has_a_largest_size),
		cmocka_unit_test(what_a_key_cannot_take_is_refused_by_name),
		cmocka_unit_test(what_no_rule_can_say_yet_is_refused_by_name),
		cmocka_unit_test(of_a_long_name_the_end_is_shown),
		cmocka_unit_test(every_key_is_kept),
		cmocka_unit_test(cycles_end_where_the_calendar_says),
		cmocka_unit_test(a_first_cycle_of_its_own_length_begins_on_its_first_day),
		cmocka_unit_test(cycles_are_numbered_by_their_ends),
		cmocka_unit_test(cycles_that_were_renewed_are_numbered_one_by_one),
		cmocka_unit_test(a_date_that_is_missing_is_asked_for),
		cmocka_unit_test(facts_are_kept_in_one_form),
		cmocka_unit_test(a_pack_of_ones_own_loads_again),
		cmocka_unit_test(rules_of_ones_own_are_typed),
		cmocka_unit_test(mistakes_in_rules_of_ones_own_name_the_flag),
		cmocka_unit_test(only_a_file_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
