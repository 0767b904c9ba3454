/* Calendars: each row as "day hours title", skipped ones with their reason. */
#include "client/read/ics.h"
#include "client/read/ics_parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *drawn(const struct read_result *r, struct arena *a)
{
	const char *all = "";

	for (size_t i = 0; i < r->n; i++) {
		const struct read_row *row = &r->rows[i];
		char iso[DATE_ISO_SIZE], hours[CREDIT_TEXT_SIZE];
		date_format_iso(row->activity.done_on, iso);
		credit_format(row->activity.credit.exact, hours);
		if (row->state == READ_TAKEN)
			all = arena_printf(a, "%s%s %s;", all, iso, hours);
		else
			all = arena_printf(a, "%s(%s);", all, row->why);
	}
	return all;
}

static const char *calendar(const char *events, struct arena *a)
{
	return arena_printf(a,
			    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Berlin\r\n"
			    "BEGIN:STANDARD\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
			    "BEGIN:DAYLIGHT\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
			    "END:VTIMEZONE\r\n%s\r\nEND:VCALENDAR\r\n",
			    events);
}

static void reads(const char *lines, const char *wanted)
{
	AUTO_ARENA a = {0};
	const struct read_options o = {.today = date_make(2026, 3, 14)};
	const char *text =
		calendar(arena_printf(&a,
				      "BEGIN:VEVENT\r\nUID:u\r\nSUMMARY:X\r\n%s\r\n"
				      "END:VEVENT",
				      lines),
			 &a);
	struct read_result r = {0};
	struct err e;

	if (ics_read(text, strlen(text), &o, &a, &r, &e) < 0)
		fail_msg("%s", e.message);
	assert_string_equal(drawn(&r, &a), wanted);
}

static void one_event(void **state)
{
	(void)state;
	setenv("TZ", "America/Chicago", 1);
	reads("DTSTART:20260310T090000\r\nDTEND:20260310T103000", "2026-03-10 1.5;");
	reads("DTSTART:20260310T090000\r\nDURATION:PT45M", "2026-03-10 0.75;");
	/* Four in the morning UTC is the evening before. */
	reads("DTSTART:20260310T040000Z\r\nDTEND:20260310T050000Z", "2026-03-09 1.0;");
	/* The evening in Berlin stays there. */
	reads("DTSTART;TZID=Berlin:20260310T230000\r\nDTEND;TZID=Berlin:20260310T235900",
	      "2026-03-10 0.9833;");
	/* Past midnight: the day it ended. */
	reads("DTSTART:20260310T230000\r\nDTEND:20260311T010000", "2026-03-11 2.0;");
	reads("DTSTART:20260310T220000\r\nDTEND:20260311T000000", "2026-03-10 2.0;");
	reads("DTSTART;VALUE=DATE:20260310", "(\"X\" 2026-03-10: all day, no hours);");
	reads("DTSTART:20260310T090000", "(\"X\" 2026-03-10: no end, no hours);");
	reads("DTSTART:20260310T090000\r\nDURATION:PT1H\r\nSTATUS:CANCELLED",
	      "(\"X\" 2026-03-10: cancelled);");
	/* An alarm has a duration of its own. */
	reads("DTSTART:20260310T090000\r\nDTEND:20260310T100000\r\nBEGIN:VALARM\r\n"
	      "DURATION:PT5M\r\nDESCRIPTION:ring\r\nEND:VALARM",
	      "2026-03-10 1.0;");
	reads("DTSTART;X=\"a:b;c\":20260310T090000\r\nDTEND:20260310T10\r\n 0000",
	      "2026-03-10 1.0;");
}

static void events_that_repeat(void **state)
{
	(void)state;
	setenv("TZ", "America/Chicago", 1);
	reads("DTSTART:20260302T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2",
	      "2026-03-02 1.0;2026-03-09 1.0;");
	/* No further than today. */
	reads("DTSTART:20260302T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY",
	      "2026-03-02 1.0;2026-03-09 1.0;");
	reads("DTSTART:20260302T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n"
	      "EXDATE:20260302T090000",
	      "2026-03-09 1.0;");
	/* The same instant in UTC: nine in Berlin is eight in winter. */
	reads("DTSTART;TZID=Berlin:20260302T090000\r\nDURATION:PT1H\r\n"
	      "RRULE:FREQ=WEEKLY;COUNT=2\r\nEXDATE:20260302T080000Z",
	      "2026-03-09 1.0;");
	/* An end in UTC that is the beginning of the last one takes it in. */
	reads("DTSTART;TZID=Berlin:20260302T090000\r\nDURATION:PT1H\r\n"
	      "RRULE:FREQ=WEEKLY;UNTIL=20260309T080000Z",
	      "2026-03-02 1.0;2026-03-09 1.0;");
	reads("DTSTART:20260302T090000\r\nDURATION:PT1H\r\nRDATE:20260305T090000",
	      "2026-03-02 1.0;2026-03-05 1.0;");
	reads("DTSTART;VALUE=DATE:20260302\r\nRRULE:FREQ=DAILY;COUNT=1",
	      "(\"X\" 2026-03-02: all day, no hours);");
}

static void a_changed_occurrence_stands_for_itself(void **state)
{
	(void)state;
	reads("DTSTART:20260302T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2\r\n"
	      "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:u\r\nSUMMARY:Y\r\n"
	      "RECURRENCE-ID:20260309T090000\r\nDTSTART:20260310T090000\r\nDURATION:PT2H",
	      "2026-03-02 1.0;2026-03-10 2.0;");
}

static void refused(const char *text, const char *wanted)
{
	AUTO_ARENA a = {0};
	const struct read_options o = {.today = date_make(2026, 3, 14)};
	struct read_result r = {0};
	struct err e = {0};

	assert_true(ics_read(text, strlen(text), &o, &a, &r, &e) < 0);
	assert_string_equal(e.message, wanted);
}

static void slips_name_their_line(void **state)
{
	(void)state;
	refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026\nEND:VEVENT\nEND:VCALENDAR\n",
		"line 3: a time that cannot be read");
	refused("END:VCALENDAR\n", "line 1: END without its BEGIN");
	refused("BEGIN:VCALENDAR\n", "line 2: the file ends in the middle of a calendar");
}

static void durations(void **state)
{
	(void)state;
	assert_int_equal(ics_duration("PT1H30M"), 5400);
	assert_int_equal(ics_duration("P1DT1S"), 86401);
	assert_int_equal(ics_duration("+P1W"), 604800);
	assert_int_equal(ics_duration("-PT1H"), -1);
	assert_int_equal(ics_duration("PT"), -1);
	assert_int_equal(ics_duration("P1X"), -1);
	assert_int_equal(ics_duration("1H"), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_event),
		cmocka_unit_test(events_that_repeat),
		cmocka_unit_test(a_changed_occurrence_stands_for_itself),
		cmocka_unit_test(slips_name_their_line),
		cmocka_unit_test(durations),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
