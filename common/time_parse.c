#include "common/clock.h"

#include "common/ascii.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* The instants at which clocks of the local zone show this minute of a day: none where they skip it, two where they are
 * set back over it. */
static int instants(civil_day day, int minute, int64_t ret[2])
{
	int n = 0;

	for (int summer = 1; summer >= 0; summer--) {
		struct tm tm = {.tm_hour = minute / 60,
				.tm_min = minute % 60,
				.tm_isdst = summer};
		date_split(day, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
		tm.tm_year -= 1900;
		tm.tm_mon -= 1;
		const int mday = tm.tm_mday;
		time_t t = mktime(&tm);
		bool shown = tm.tm_mday == mday && tm.tm_hour == minute / 60 &&
			     tm.tm_min == minute % 60;
		if (shown && (n == 0 || ret[0] != (int64_t)t))
			ret[n++] = (int64_t)t;
	}
	return n;
}

static int choose(civil_day day, int minute, int64_t *ret, struct err *e)
{
	char human[DATE_HUMAN_SIZE], one[TIME_ISO_SIZE], other[TIME_ISO_SIZE];
	int64_t found[2];
	int n = instants(day, minute, found);

	date_format_human(day, human);
	if (n == 1) {
		*ret = found[0];
		return 0;
	}
	if (n == 0)
		return err_set(
			e, -PDH_REFUSED, NULL,
			"no clock showed %d:%02d on %s: they were set forward over it",
			minute / 60, minute % 60, human);
	time_format_iso(found[0], one);
	time_format_iso(found[1], other);
	err_set(e, -PDH_REFUSED, NULL,
		"clocks showed %d:%02d twice on %s: they were set back over it",
		minute / 60, minute % 60, human);
	return err_hint(e, "say which: %s or %s", one, other);
}

/* The minute of the day that a text ends with, "22:30" or "7:05"; where that begins, or NULL. */
static const char *clock_part(const char *text, int *ret_minute)
{
	const char *space = strrchr(text, ' '), *at = space ? space + 1 : text;
	int hour, minute, used = 0;

	if (!ascii_is_digit(*at) || sscanf(at, "%2d:%2d%n", &hour, &minute, &used) != 2 ||
	    at[used] || used - (int)strcspn(at, ":") != 3 || hour > 23 || minute < 0 ||
	    minute > 59)
		return NULL;
	*ret_minute = hour * 60 + minute;
	return at;
}

int time_parse(const char *text, civil_day today, enum date_order order, int64_t *ret,
	       struct err *e)
{
	char day_text[64];
	civil_day day = today;
	struct err ignored;
	int minute;

	if (time_parse_iso(text, ret, &ignored) == 0)
		return 0;
	const char *at = clock_part(text, &minute);
	if (!at || at - text >= (ptrdiff_t)sizeof(day_text)) {
		err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is not a time", text);
		return err_hint(e,
				"write it as 9:00, \"yesterday 22:30\" or \"2026-03-13 "
				"22:30\"");
	}
	snprintf(day_text, sizeof(day_text), "%.*s", at > text ? (int)(at - text - 1) : 0,
		 text);
	int r = at == text ? 0 : date_parse(day_text, today, order, DATE_PAST, &day, e);
	if (r < 0)
		return r;
	if (!date_is_day(day))
		return err_set(e, -PDH_USAGE, NULL, "\"%.40s\" is not a time", text);
	return choose(day, minute, ret, e);
}
