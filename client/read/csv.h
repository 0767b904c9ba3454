/* Tables as text: cells between separators, quoted or not.
 *
 * Read as RFC 4180 has it, with its line for every row, and three slips are mended and told: blanks before an opening
 * quote, text behind a closing one, and a quote that nobody closes, which is then part of its text. Lines end in LF, CR LF
 * or CR. */
#pragma once

#include "client/read/table.h"

enum { CSV_SEPARATORS = 4 };

/* The separators worth a try, the likeliest first: the one that cuts most lines into the same number of cells. */
void csv_separators(const char *text, size_t n, struct arena *a,
		    char ret[CSV_SEPARATORS]);

/* "tab" for the tab, else the character itself. */
const char *csv_separator_word(char separator);
char csv_separator_of(const char *word); /* the reverse; NUL: none */

/* A NUL follows the `n` bytes of the text. 0, or -PDH_REFUSED with the line where a limit is passed. A first line
 * "sep=;" is passed over. */
int csv_read(const char *text, size_t n, char separator, struct arena *a,
	     struct table *ret, struct err *e);

/* The same of a file that pdh wrote: its cells are kept by table_keep(). */
int csv_read_exact(const char *text, size_t n, char separator, struct arena *a,
		   struct table *ret, struct err *e);
