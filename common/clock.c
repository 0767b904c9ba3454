#include "common/clock.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char *test_file(void)
{
	const char *path = getenv("PDH_TEST_CLOCK");

	return path && *path ? path : NULL;
}

static _Noreturn void give_up(const char *path, const char *why)
{
	fprintf(stderr, "pdh: the test clock %s %s\n", path, why);
	exit(1);
}

/* A local time, or epoch seconds; -1 if the text is neither. */
static int64_t read_time(const char *text)
{
	struct tm tm = {.tm_isdst = -1};
	char end;
	long long seconds;

	if (strchr(text, ':')) {
		if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d", &tm.tm_year, &tm.tm_mon,
			   &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec) < 5)
			return -1;
		tm.tm_year -= 1900;
		tm.tm_mon -= 1;
		return mktime(&tm);
	}
	return sscanf(text, "%18lld%c", &seconds, &end) == 1 ? seconds : -1;
}

static void read_test(const char *path, char *text, size_t size)
{
	FILE *f = fopen(path, "re");

	if (!f)
		give_up(path, strerror(errno));
	size_t n = fread(text, 1, size - 1, f);
	(void)fclose(f);
	text[n] = '\0';
}

static int64_t test_now(const char *path)
{
	char text[64];

	read_test(path, text, sizeof(text));
	text[strcspn(text, "\r\n ")] = '\0';
	int64_t now = read_time(text);
	if (now < 0)
		give_up(path,
			"holds neither a time such as 2026-03-14T09:30:00 nor epoch seconds");
	return now;
}

int64_t clock_now(void)
{
	const char *path = test_file();

	return path ? test_now(path) : (int64_t)time(NULL);
}

int64_t clock_steady(void)
{
	const char *path = test_file();
	struct timespec t;
	char text[64];

	if (!path) {
		clock_gettime(CLOCK_BOOTTIME, &t);
		return (int64_t)t.tv_sec;
	}
	read_test(path, text, sizeof(text));
	const char *space = strchr(text, ' ');
	return space ? strtoll(space, NULL, 10) : test_now(path);
}

bool clock_is_test(void)
{
	return test_file() != NULL;
}

civil_day clock_day_of(int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (!localtime_r(&t, &tm))
		return date_make(1970, 1, 1);
	civil_day d = date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	return d == DATE_NONE ? date_make(1970, 1, 1) : d;
}

civil_day clock_today(void)
{
	return clock_day_of(clock_now());
}

int32_t clock_zone(int64_t seconds)
{
	time_t t = (time_t)seconds;
	struct tm tm;

	return localtime_r(&t, &tm) ? (int32_t)(tm.tm_gmtoff / 60) : 0;
}

int64_t clock_seconds_left(void)
{
	int64_t now = clock_now();
	time_t t = (time_t)now;
	struct tm tm;

	if (!localtime_r(&t, &tm))
		return 1;
	tm.tm_mday++;
	tm.tm_hour = tm.tm_min = tm.tm_sec = 0;
	tm.tm_isdst = -1;
	int64_t midnight = mktime(&tm);
	return midnight > now ? midnight - now : 1;
}

int64_t clock_at(civil_day day, int minute)
{
	struct tm tm = {.tm_min = minute, .tm_isdst = -1};

	date_split(day, &tm.tm_year, &tm.tm_mon, &tm.tm_mday);
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	return (int64_t)mktime(&tm);
}

void time_format_iso(int64_t seconds, char out[TIME_ISO_SIZE])
{
	enum { DAY = 86400, HOUR = 3600, MINUTE = 60 };
	int64_t day = seconds / DAY, rest = seconds % DAY;
	char date[DATE_ISO_SIZE];

	if (rest < 0) {
		day--;
		rest += DAY;
	}
	if (day < DATE_FIRST || day > DATE_LAST)
		day = rest = 0;
	date_format_iso((civil_day)day, date);
	const int parts[] = {(int)(rest / HOUR), (int)(rest % HOUR / MINUTE),
			     (int)(rest % MINUTE)};
	memcpy(out, date, DATE_ISO_SIZE - 1);
	for (int i = 0; i < 3; i++) {
		char *at = out + DATE_ISO_SIZE - 1 + 3 * i;
		at[0] = i == 0 ? 'T' : ':';
		at[1] = (char)('0' + parts[i] / 10);
		at[2] = (char)('0' + parts[i] % 10);
	}
	memcpy(out + TIME_ISO_SIZE - 2, "Z", 2);
}

int time_parse_iso(const char *text, int64_t *ret, struct err *e)
{
	struct tm tm = {0};
	char zone, end;

	if (sscanf(text, "%4d-%2d-%2dT%2d:%2d:%2d%c%c", &tm.tm_year, &tm.tm_mon,
		   &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &zone, &end) != 7 ||
	    zone != 'Z' || date_make(tm.tm_year, tm.tm_mon, tm.tm_mday) == DATE_NONE)
		return err_set(
			e, -PDH_USAGE, NULL,
			"\"%.40s\" is not an instant; write it as 2026-03-14T14:30:00Z",
			text);
	tm.tm_year -= 1900;
	tm.tm_mon -= 1;
	*ret = (int64_t)timegm(&tm);
	return 0;
}

void time_format_human(int64_t seconds, char out[TIME_HUMAN_SIZE])
{
	char day[DATE_HUMAN_SIZE];
	time_t t = (time_t)seconds;
	struct tm tm = {0};

	(void)localtime_r(&t, &tm);
	date_format_human(clock_day_of(seconds), day);
	snprintf(out, TIME_HUMAN_SIZE, "%.*s %02u:%02u",
		 (int)(strlen(day) - strlen(" 2026")), day, (unsigned)tm.tm_hour % 100,
		 (unsigned)tm.tm_min % 100);
}

void time_format_clock(int64_t seconds, char out[TIME_CLOCK_SIZE])
{
	time_t t = (time_t)seconds;
	struct tm tm = {0};

	(void)localtime_r(&t, &tm);
	(void)strftime(out, TIME_CLOCK_SIZE, "%H:%M:%S", &tm);
}
