/* What people type and paste, in plain characters, and what their environment says of how they write. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Copies `text` into `to` (of `size` bytes) for a reader of words: no blanks around it, letters of ASCII in lower case,
 * no-break and thin spaces and tabs as blanks, any dash as "-", and a fraction such as 1/2 that is one character as
 * " 1/2". False where it does not fit. */
bool typed_plain(const char *text, char *to, size_t size);

/* The number of digits alone, or of a word in lower case up to "twenty", and tens such as "forty"; "a" and "an" are one. -1: it is none. */
int typed_count(const char *word);

/* The locale that holds for one category: the first of LC_ALL, the category's own variable and LANG that is set and not
 * empty; "C" where none is. What a locale means is told by its name, so that it need not be installed. */
const char *typed_locale(const char *all, const char *own, const char *lang);

/* Whether people there write a month before its day with slashes: in the United States alone. C and POSIX say nothing of
 * it. */
bool typed_month_first(const char *locale);
