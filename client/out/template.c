#include "client/out/template.h"

#include "client/term/visible.h"

#include <string.h>

/* One reading of a template. */
struct reader {
	struct template *t;
	struct arena *a;
	char *text; /* the literal text being gathered */
	size_t len;
	struct err *e;
};

static struct template_piece *add(struct reader *rd)
{
	struct template *t = rd->t;

	t->v = arena_grow(rd->a, t->v, t->n, sizeof(*t->v));
	return &t->v[t->n++];
}

static void flush(struct reader *rd)
{
	if (rd->len)
		add(rd)->text = arena_dup_n(rd->a, rd->text, rd->len);
	rd->len = 0;
}

static int read_column(struct reader *rd, const char **p)
{
	struct column_path column;
	size_t n = strcspn(*p, "{}");

	if ((*p)[n] != '}')
		return err_set(rd->e, -PDH_USAGE, NULL,
			       "--format: a { has no }; write {{ for a brace");
	const char *name = arena_dup_n(rd->a, *p, n);
	if (rows_column_find(rd->t->answer, name, &column, rd->e) < 0)
		return err_reword(rd->e, "--format: %s", rd->e->message);
	flush(rd);
	*add(rd) = (struct template_piece){.column = column};
	*p += n + 1;
	return 0;
}

static char read_escape(const char **p)
{
	static const char names[] = "tn\\", values[] = "\t\n\\";
	const char *at = **p ? strchr(names, **p) : NULL;

	if (!at)
		return '\\';
	++*p;
	return values[at - names];
}

static int read_piece(struct reader *rd, const char **p)
{
	char c = *(*p)++;
	bool twice = (c == '{' || c == '}') && **p == c;

	if (twice)
		++*p;
	else if (c == '{')
		return read_column(rd, p);
	else if (c == '}')
		return err_set(rd->e, -PDH_USAGE, NULL,
			       "--format: a } has no {; write }} for a brace");
	rd->text[rd->len++] = c == '\\' ? read_escape(p) : c;
	return 0;
}

int template_read(const char *text, const struct shape *answer, struct arena *a,
		  struct template *ret, struct err *e)
{
	struct template t = {.answer = answer};
	struct reader rd = {
		.t = &t, .a = a, .text = arena_alloc(a, strlen(text) + 2), .e = e};
	int r = 0;

	for (const char *p = text; r == 0 && *p;)
		r = read_piece(&rd, &p);
	if (r < 0)
		return r;
	if (rd.len == 0 || rd.text[rd.len - 1] != '\n')
		rd.text[rd.len++] = '\n';
	flush(&rd);
	*ret = t;
	return 0;
}

void template_print(const struct template *t, const void *record, struct arena *a,
		    FILE *out)
{
	struct rows rows;

	rows_of(t->answer, record, &rows);
	for (size_t i = 0; i < rows.n; i++) {
		const void *row = rows.v + i * rows.shape->size;
		for (size_t k = 0; k < t->n; k++) {
			if (t->v[k].text)
				fputs(t->v[k].text, out);
			else
				visible_put_line(out, rows_column_text(&t->v[k].column,
								       record, row, a));
		}
	}
}
