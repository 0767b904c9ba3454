/* Activities as comma-separated values, which the layout pdh-csv reads back. */
#include "client/doc/render.h"
#include "client/verbs/export.h"

#include <string.h>

struct sheet {
	struct buf *out;
	char separator;
	bool first; /* in its line */
};

static void put(struct buf *b, const char *text, size_t n)
{
	(void)buf_write(b, text, n); /* without a ceiling */
}

static void put_cell(struct sheet *s, const char *text)
{
	const char quoted[] = {'"', '\n', '\r', '\t', s->separator, '\0'};
	bool quotes = strpbrk(text, quoted) || *text == ' ';

	if (!s->first)
		put(s->out, &s->separator, 1);
	s->first = false;
	if (quotes)
		put(s->out, "\"", 1);
	if (doc_csv_is_formula(text))
		put(s->out, "'", 1);
	for (; *text; text++)
		put(s->out, "\"\"", *text == '"' ? 2 : 0),
			put(s->out, text, *text != '"');
	if (quotes)
		put(s->out, "\"", 1);
}

static void end_line(struct sheet *s)
{
	put(s->out, "\r\n", 2);
	s->first = true;
}

static const char *yes(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key)) ? "yes" : "";
}

static void put_activity(struct sheet *s, const struct export_lines *l, const json_t *o)
{
	static const char *const words[] = {"kind", "format", "role"};
	static const char *const texts[] = {"provider", "provider_id", "place",
					    "approval", "course"};
	struct arena *a = l->arena;

	put_cell(s, export_text(o, "done_on"));
	put_cell(s, export_text(o, "title"));
	put_cell(s, export_credit(json_object_get(o, "credit"), a));
	put_cell(s, export_text(o, "from"));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		put_cell(s, export_text(o, words[i]));
	put_cell(s, export_list(json_object_get(o, "topics"), "; ", a));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		put_cell(s, export_text(o, texts[i]));
	put_cell(s, export_split(o, a));
	put_cell(s, yes(o, "planned"));
	put_cell(s, yes(o, "duty"));
	put_cell(s, export_scope(l, o, "only"));
	put_cell(s, export_scope(l, o, "except"));
	put_cell(s, export_text(o, "note"));
	put_cell(s, export_text(o, "uid"));
	end_line(s);
}

void export_csv(const struct export_lines *l, bool excel, bool comma, struct buf *ret)
{
	static const char *const heading[] = {
		"Date",	     "Title",	 "Credit",  "First day", "Kind",
		"Format",    "Role",	 "Topics",  "Provider",	 "Provider number",
		"Place",     "Approval", "Course",  "Split",	 "Planned",
		"Duty time", "Only for", "Not for", "Note",	 "pdh id"};
	struct sheet s = {ret, excel && comma ? ';' : ',', true};

	if (excel)
		put(ret, "\xef\xbb\xbf", 3);
	for (size_t i = 0; i < sizeof(heading) / sizeof(heading[0]); i++)
		put_cell(&s, heading[i]);
	end_line(&s);
	for (size_t i = 0; i < l->n; i++)
		put_activity(&s, l, l->activities[i]);
}
