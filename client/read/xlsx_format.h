/* Numbers of a workbook as text, by the format of their cell. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>

enum xlsx_format {
	XLSX_NUMBER,
	XLSX_DATE, /* and a time, if it has a part of a day */
	XLSX_TIME, /* a time of day or a length */
};

/* By the number of a built-in format. */
enum xlsx_format xlsx_format_builtin(int id);

/* By the text of one's own, such as "yyyy-mm-dd" or "[h]:mm". */
enum xlsx_format xlsx_format_of(const char *code);

/* "2026-03-13", "2026-03-13 16:02:11", "1:30:00" or the number with the 15 digits that it has; the text itself where it is
 * no number. `late`: days are counted from 1904. */
const char *xlsx_number(const char *text, enum xlsx_format f, bool late, struct arena *a);
