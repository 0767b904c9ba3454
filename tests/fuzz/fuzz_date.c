/* Any text as a date, a period or a length of time: what is accepted is in the calendar,
 * and says the same when it is written and read again. */
#include "common/date.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_day(civil_day d)
{
	char text[DATE_ISO_SIZE];
	civil_day again;
	struct err e;

	check(date_in_bounds(d));
	date_format_iso(d, text);
	check(date_parse_iso(text, &again, &e) == 0 && again == d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const civil_day today = date_make(2026, 3, 14);
	char *text = strndup((const char *)data, size);
	struct period p;
	civil_day d;
	int months;
	struct err e;

	for (int lean = DATE_PAST; lean <= DATE_FUTURE; lean++)
		if (date_parse(text, today, DATE_ORDER_UNTOLD, (enum date_lean)lean, &d,
			       &e) == 0 &&
		    d != DATE_CLEAR)
			check_day(d);
	if (period_parse(text, today, DATE_ORDER_UNTOLD, &p, &e) == 0) {
		check(p.from != DATE_NONE || p.to != DATE_NONE);
		check(p.from == DATE_NONE || p.to == DATE_NONE || p.from <= p.to);
		if (p.from != DATE_NONE)
			check_day(p.from);
		if (p.to != DATE_NONE)
			check_day(p.to);
	}
	if (span_parse(text, &months, &e) == 0)
		check(months >= 1 && months <= 1200);
	free(text);
	return 0;
}
