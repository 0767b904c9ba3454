#include "client/read/source.h"

#include "client/read/badge.h"
#include "client/read/certificate.h"
#include "client/read/csv.h"
#include "client/read/ics.h"
#include "client/read/json.h"
#include "client/read/klog.h"
#include "client/read/row.h"
#include "client/read/xlsx.h"
#include "client/read/zip.h"
#include "common/ascii.h"

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
	const struct heading_wish wish = {s->o->layout, s->o->map,
					  s->o->hours.unit != NULL};

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

static int read_table(const struct reading *s, const struct decoded *d)
{
	struct table t;
	struct binding b;
	int r = find_table(s, d, &t, &b);

	if (r == 0 && b.layout->exact)
		r = csv_read_exact(d->text, d->n, csv_separator_of(s->ret->separator),
				   s->arena, &t, s->e);
	return r < 0 ? r : rows_read(&t, &b, s->o, s->arena, s->ret, s->e);
}

static int read_klog(const struct reading *s, const struct decoded *d)
{
	struct table t;
	struct binding b;
	int r = klog_read(d->text, d->n, s->arena, &t, s->e);

	if (r == 0)
		r = find_heading(s, &t, &b, s->e);
	return r < 0 ? r : rows_read(&t, &b, s->o, s->arena, s->ret, s->e);
}

static int read_json(const struct reading *s, const struct decoded *d)
{
	struct table t;
	struct binding b;

	if (badge_is_json(d->text, d->n))
		return badge_read(d->text, s->o, s->arena, s->ret, s->e);
	int r = json_read(d->text, d->n, s->arena, &t, s->e);
	if (r == 0)
		r = find_heading(s, &t, &b, s->e);
	return r < 0 ? r : rows_read(&t, &b, s->o, s->arena, s->ret, s->e);
}

/* ---- workbooks ------------------------------------------------------------------------------------------- */

static bool is_wished(const struct reading *s, const struct table *sheet)
{
	return !s->o->sheet || ascii_same(s->o->sheet, sheet->sheet);
}

/* Of several sheets the one whose heading has most words of a layout, then the one with most rows. */
static int find_sheet(const struct reading *s, const struct workbook *w,
		      const struct table **best, struct binding *ret)
{
	struct err first = {0};
	bool wished = false;

	*best = NULL;
	for (size_t i = 0; i < w->n; i++) {
		const struct table *t = &w->sheets[i];
		struct binding b;
		struct err why = {0};
		if (!is_wished(s, t))
			continue;
		wished = true;
		int r = find_heading(s, t, &b, &why);
		if (r < 0 && !first.code)
			first = why;
		if (r == 0 &&
		    (!*best || b.layout->match.n > ret->layout->match.n ||
		     (b.layout->match.n == ret->layout->match.n && t->n > (*best)->n))) {
			*best = t;
			*ret = b;
		}
	}
	if (!wished)
		return err_set(s->e, -PDH_NOT_FOUND, "sheet",
			       "no sheet is called \"%.60s\"",
			       s->o->sheet ? s->o->sheet : "");
	*s->e = first;
	return *best ? 0 : first.code;
}

static int read_workbook(const struct reading *s)
{
	struct workbook w;
	const struct table *t = NULL;
	struct binding b;
	int r = xlsx_read(s->bytes, s->n, SOURCE_MAX, s->arena, &w, s->e);

	if (r == 0)
		r = find_sheet(s, &w, &t, &b);
	if (r < 0)
		return r;
	s->ret->encoding = "xlsx";
	return rows_read(t, &b, s->o, s->arena, s->ret, s->e);
}

static int refuse(const struct reading *s, const char *what)
{
	return err_set(s->e, -PDH_REFUSED, NULL, "%s", what);
}

static int read_zip(const struct reading *s)
{
	struct zip_file z;
	int r = zip_file_open(&z, s->bytes, s->n, SOURCE_MAX, s->e);

	if (r < 0)
		return r;
	bool workbook = zip_file_has(&z, "xl/workbook.xml");
	bool office = zip_file_has(&z, "content.xml");
	bool numbers = zip_file_has(&z, "Index/Document.iwa");
	zip_file_close(&z);
	if (workbook)
		return read_workbook(s);
	if (office)
		return refuse(s, "the form of LibreOffice; save it as .xlsx or CSV");
	if (numbers)
		return refuse(s, "the form of Numbers; export it as CSV");
	return refuse(s, "a zip file; unpack it first");
}

/* ---- which format ---------------------------------------------------------------------------------------- */

static int read_picture(const struct reading *s, const char *text, int r)
{
	if (r < 0)
		return r;
	if (text)
		return badge_read(text, s->o, s->arena, s->ret, s->e);
	return err_set(
		s->e, -PDH_REFUSED, NULL,
		"a picture without a badge in it; keep it as proof: pdh attach ID %.100s",
		s->o->name ? s->o->name : "FILE");
}

static int read_png(const struct reading *s)
{
	const char *text;
	int r = badge_of_png(s->bytes, s->n, s->arena, &text, s->e);

	return read_picture(s, text, r);
}

static int read_svg(const struct reading *s, const struct decoded *d)
{
	const char *text;
	int r = badge_of_svg(d->text, d->n, s->arena, &text, s->e);

	return read_picture(s, text, r);
}

static bool is_calendar(const struct decoded *d)
{
	const char *p = d->text + strspn(d->text, " \t\r\n");

	return ascii_same_n(p, "BEGIN:VCALENDAR", strlen("BEGIN:VCALENDAR"));
}

static bool is_page(const struct decoded *d)
{
	static const char *const begins[] = {"<html", "<!doctype html", "<table", "<head",
					     "<meta", "<body",		"<div"};
	const char *p = d->text + strspn(d->text, " \t\r\n");

	for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
		if (ascii_same_n(p, begins[i], strlen(begins[i])))
			return true;
	return false;
}

static int read_text(const struct reading *s)
{
	struct decoded d;
	int r = decode(s->decoder, s->bytes, s->n, s->arena, &d, s->e);

	if (r < 0)
		return r;
	s->ret->encoding = d.encoding;
	s->ret->sample = d.sample;
	if (s->o->certificate)
		return certificate_read(d.text, s->o, s->arena, s->ret, s->e);
	if (is_calendar(&d))
		return ics_read(d.text, d.n, s->o, s->arena, s->ret, s->e);
	if (badge_is_svg(d.text, d.n))
		return read_svg(s, &d);
	if (badge_is_token(d.text, d.n))
		return badge_read(d.text, s->o, s->arena, s->ret, s->e);
	if (is_page(&d))
		return refuse(
			s, "a web page under another name, as some portals write; open "
			   "it in a spreadsheet and save it as .xlsx or CSV");
	if (klog_is(d.text, d.n))
		return read_klog(s, &d);
	return json_begins(d.text, d.n) ? read_json(s, &d) : read_table(s, &d);
}

static int read_any(const struct reading *s)
{
	/* No text of a PDF is for the certificate to say. */
	if (s->n == 0 && !s->o->certificate)
		return refuse(s, "the file is empty");
	if (begins(s, "\xd0\xcf\x11\xe0", 4))
		return refuse(s, "the old Excel form; save it as .xlsx or CSV");
	if (begins(s, "PK\x03\x04", 4))
		return read_zip(s);
	if (badge_is_png(s->bytes, s->n))
		return read_png(s);
	if (begins(s, "\xff\xd8\xff", 3) || begins(s, "GIF8", 4))
		return read_picture(s, NULL, 0);
	if (begins(s, "%PDF", 4))
		return err_set(s->e, -PDH_REFUSED, NULL,
			       "a PDF; keep it as proof: pdh attach ID %.100s",
			       s->o->name ? s->o->name : "FILE");
	return read_text(s);
}

int source_read(const struct source *from, const struct read_options *o, struct arena *a,
		struct read_result *ret, struct err *e)
{
	const struct reading s = {.bytes = from->bytes,
				  .n = from->n,
				  .layouts = from->layouts,
				  .decoder = from->decoder,
				  .o = o,
				  .arena = a,
				  .ret = ret,
				  .e = e};

	*ret = (struct read_result){0};
	if (from->n > SOURCE_MAX)
		return err_set(e, -PDH_TOO_LARGE, NULL, "more than %d MiB",
			       SOURCE_MAX >> 20);
	return read_any(&s);
}
