#include "client/read/xlsx_format.h"

#include "common/ascii.h"
#include "common/date.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXCEL_ZERO = -25569, LATE = 1462, DAY_SECONDS = 86400 };

enum xlsx_format xlsx_format_builtin(int id)
{
	if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) ||
	    (id >= 50 && id <= 58))
		return XLSX_DATE;
	return (id >= 18 && id <= 21) || (id >= 45 && id <= 47) ? XLSX_TIME : XLSX_NUMBER;
}

/* Behind what is quoted, escaped or in brackets; a length, [h], is seen on the way. */
static const char *pass(const char *p, bool *time)
{
	if (*p == '\\' || *p == '_' || *p == '*')
		return p[1] ? p + 2 : p + 1;
	char close = *p == '[' ? ']' : '"';
	if (*p == '[' && strchr("hms", ascii_lower(p[1])) && p[1])
		*time = true;
	for (p++; *p && *p != close;)
		p++;
	return *p ? p + 1 : p;
}

enum xlsx_format xlsx_format_of(const char *code)
{
	bool date = false, time = false, month = false;

	for (const char *p = code; *p && *p != ';';) {
		if (strchr("\\_*[\"", *p)) {
			p = pass(p, &time);
			continue;
		}
		char c = ascii_lower(*p++);
		date = date || c == 'y' || c == 'd';
		time = time || c == 'h' || c == 's';
		month = month || c == 'm';
		/* "General" has no letter of a date but would be read as one by others of its. */
		if (c == 'g' || c == '0' || c == '#')
			return date ? XLSX_DATE : time ? XLSX_TIME : XLSX_NUMBER;
	}
	if (date || (month && !time))
		return XLSX_DATE;
	return time ? XLSX_TIME : XLSX_NUMBER;
}

static const char *date_text(double v, bool late, struct arena *a)
{
	double day = floor(v);
	int64_t seconds = llround((v - day) * DAY_SECONDS);
	char iso[DATE_ISO_SIZE];

	civil_day d = (civil_day)day + EXCEL_ZERO + (late ? LATE : 0) +
		      (civil_day)(seconds / DAY_SECONDS);
	seconds %= DAY_SECONDS;
	date_format_iso(d, iso);
	if (seconds == 0)
		return arena_dup(a, iso);
	return arena_printf(a, "%s %02d:%02d:%02d", iso, (int)(seconds / 3600),
			    (int)(seconds / 60 % 60), (int)(seconds % 60));
}

static const char *time_text(double v, struct arena *a)
{
	long long seconds = llround(v * DAY_SECONDS);

	return arena_printf(a, "%lld:%02lld:%02lld", seconds / 3600, seconds / 60 % 60,
			    seconds % 60);
}

const char *xlsx_number(const char *text, enum xlsx_format f, bool late, struct arena *a)
{
	enum { MOST = 100000 }; /* days, beyond every calendar here */
	char *end;
	double v = strtod(text, &end);

	if (end == text || *end || !isfinite(v))
		return text;
	if (f == XLSX_DATE && v >= 1 && v < MOST)
		return date_text(v, late, a);
	if (f == XLSX_TIME && v >= 0 && v < MOST)
		return time_text(v, a);
	const char *digits = arena_printf(a, "%.15g", v);
	return strchr(digits, 'e') ? arena_printf(a, "%.15f", v) : digits;
}
