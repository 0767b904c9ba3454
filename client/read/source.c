#include "client/read/source.h"

#include "client/read/csv.h"
#include "client/read/row.h"

#include <string.h>

struct reading {
	const char *bytes;
	size_t n;
	const struct layouts *layouts;
	const struct decoder *decoder;
	const struct read_options *o;
	struct arena *arena;
	struct read_result *ret;
	struct err *e;
};

static bool begins(const struct reading *s, const char *mark, size_t n)
{
	return s->n >= n && memcmp(s->bytes, mark, n) == 0;
}

static int find_heading(const struct reading *s, const struct table *t,
			struct binding *ret, struct err *e)
{
	const struct heading_wish wish = {s->o->layout, s->o->map};

	return heading_find(t, s->layouts, &wish, s->arena, ret, e);
}

/* ---- tables as text ------------------------------------------------------------------------------------ */

/* The separator that was asked for, else the first under which a heading is found. */
static int find_table(const struct reading *s, const struct decoded *d, struct table *t,
		      struct binding *b)
{
	char order[CSV_SEPARATORS] = {0};
	size_t tries = CSV_SEPARATORS;
	struct err first = {0};

	csv_separators(d->text, d->n, s->arena, order);
	if (s->o->separator) {
		order[0] = csv_separator_of(s->o->separator);
		tries = 1;
	}
	if (!order[0])
		return err_set(s->e, -PDH_USAGE, "separator",
			       "--separator is , ; tab or |");
	for (size_t i = 0; i < tries; i++) {
		struct err why = {0};
		int r = csv_read(d->text, d->n, order[i], s->arena, t, &why);
		if (r == 0)
			r = find_heading(s, t, b, &why);
		s->ret->separator = csv_separator_word(order[i]);
		if (r == 0)
			return 0;
		if (i == 0)
			first = why;
	}
	*s->e = first;
	return first.code;
}

static int read_text(const struct reading *s)
{
	struct decoded d;
	struct table t;
	struct binding b;
	int r = decode(s->decoder, s->bytes, s->n, s->arena, &d, s->e);

	if (r == 0)
		r = find_table(s, &d, &t, &b);
	if (r < 0)
		return r;
	s->ret->encoding = d.encoding;
	s->ret->sample = d.sample;
	return rows_read(&t, &b, s->o, s->arena, s->ret, s->e);
}

/* ---- which format ---------------------------------------------------------------------------------------- */

static int refuse_format(const struct reading *s, const char *what, const char *instead)
{
	return err_set(s->e, -PDH_REFUSED, NULL, "%s; %s", what, instead);
}

static int read_any(const struct reading *s)
{
	if (s->n == 0)
		return refuse_format(s, "the file is empty", "nothing to read");
	if (begins(s, "\xd0\xcf\x11\xe0", 4))
		return refuse_format(s, "the old Excel form", "save it as .xlsx or CSV");
	return read_text(s);
}

int source_read(const char *bytes, size_t n, const struct layouts *layouts,
		const struct decoder *decoder, const struct read_options *o,
		struct arena *a, struct read_result *ret, struct err *e)
{
	const struct reading s = {bytes, n, layouts, decoder, o, a, ret, e};

	*ret = (struct read_result){0};
	if (n > SOURCE_MAX)
		return err_set(e, -PDH_TOO_LARGE, NULL, "more than %d MiB",
			       SOURCE_MAX >> 20);
	return read_any(&s);
}
