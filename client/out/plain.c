#include "client/out/plain.h"

#include "client/out/rows.h"
#include "client/term/visible.h"

#include <string.h>

enum { COLUMNS_MAX = 20 };

const char *plain_columns(const struct shape *answer)
{
	const struct shape *row = rows_shape(answer);

#define PLAIN(record, columns)      \
	if (row == &shape_##record) \
		return columns;
#include "client/out/plain.def"
	return NULL;
}

void plain_print(const struct shape *answer, const void *record, bool header,
		 struct arena *a, FILE *out)
{
	struct column_path columns[COLUMNS_MAX];
	size_t n = 0;
	struct rows rows;
	struct err e;

	for (const char *p = plain_columns(answer); p && *p && n < COLUMNS_MAX;
	     p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		const char *name = arena_dup_n(a, p, len);
		if (header)
			fprintf(out, "%s%s", n ? "\t" : "", name);
		if (rows_column_find(answer, name, &columns[n], &e) == 0)
			n++;
		p += len;
	}
	if (header)
		putc('\n', out);
	rows_of(answer, record, &rows);
	for (size_t i = 0; i < rows.n; i++)
		for (size_t k = 0; k < n; k++) {
			visible_put_column(
				out, rows_column_text(&columns[k], record,
						      rows.v + i * rows.shape->size, a));
			putc(k + 1 < n ? '\t' : '\n', out);
		}
}
