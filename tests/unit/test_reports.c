/* Reports in their forms: kept as files where the whole matters, and told by hand what no form may let through. */
#include "client/doc/render.h"
#include "client/show/answers.h"
#include "client/show/reports.h"
#include "tests/support/golden.h"
#include "tests/support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct term term = {.utf8 = true, .width = 80};
static const struct term narrow = {.utf8 = false, .width = 40};

/* A document being written to memory. */
struct written {
	struct arena a;
	char *text;
	size_t n;
	FILE *out;
	struct show v;
};

static void begin(struct written *w, const struct term *t)
{
	*w = (struct written){.text = NULL};
	w->out = open_memstream(&w->text, &w->n);
	assert_non_null(w->out);
	w->v = (struct show){.s = {.t = t, .a = &w->a, .out = w->out, .width = t->width},
			     .today = sample_today()};
}

static void end(struct written *w)
{
	free(w->text);
	arena_done(&w->a);
}

static void check(struct written *w, const char *name)
{
	assert_int_equal(fclose(w->out), 0);
	golden_check(name, w->text);
	end(w);
}

static struct doc transcript_of(struct written *w)
{
	struct transcript *t = arena_alloc(&w->a, sizeof(*t));
	struct doc d = {.a = &w->a};

	sample_transcript(&w->a, t);
	reports_transcript(&w->v, t, &d);
	return d;
}

/* ---- the forms of a transcript ---------------------------------------------------------- */

static void a_transcript_is_text(void **state)
{
	struct written w;

	(void)state;
	begin(&w, &term);
	struct doc d = transcript_of(&w);
	doc_plain(&d, &w.v.s);
	check(&w, "transcript-as-text");
}

static void a_transcript_is_markdown(void **state)
{
	struct written w;

	(void)state;
	begin(&w, &term);
	struct doc d = transcript_of(&w);
	doc_markdown(&d, w.out);
	check(&w, "transcript-as-markdown");
}

static void a_transcript_is_a_page(void **state)
{
	struct written w;

	(void)state;
	begin(&w, &term);
	struct doc d = transcript_of(&w);
	doc_html(&d, w.out);
	check(&w, "transcript-as-page");
}

static void a_transcript_is_csv(void **state)
{
	struct transcript t;
	struct written w;

	(void)state;
	begin(&w, &term);
	sample_transcript(&w.a, &t);
	reports_transcript_csv(&w.v, &t, w.out);
	check(&w, "transcript-as-csv");
}

static void no_line_is_wider_than_the_terminal(void **state)
{
	struct written w;

	(void)state;
	begin(&w, &narrow);
	struct doc d = transcript_of(&w);
	doc_plain(&d, &w.v.s);
	assert_int_equal(fclose(w.out), 0);
	for (const char *line = w.text; *line;) {
		size_t n = strcspn(line, "\n");
		if (n > (size_t)narrow.width)
			fail_msg("too wide: %.*s", (int)n, line);
		for (size_t i = 0; i < n; i++)
			assert_true((unsigned char)line[i] < 0x80);
		line += n + (line[n] == '\n');
	}
	end(&w);
}

/* ---- what no form lets through ---------------------------------------------------------- */

static void a_page_has_no_text_as_markup(void **state)
{
	struct written w;

	(void)state;
	begin(&w, &term);
	struct doc d = transcript_of(&w);
	doc_html(&d, w.out);
	assert_int_equal(fclose(w.out), 0);
	assert_null(strstr(w.text, "<script"));
	assert_null(strstr(w.text, "alert('x')"));
	assert_non_null(strstr(w.text, "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; "
				       "&amp; &quot;cataloguing&quot;"));
	assert_non_null(strstr(w.text, "href=\"https://example.org/?a=1&amp;b=2\""));
	end(&w);
}

static void expect_cell(const char *text, const char *wanted)
{
	char *got = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&got, &n);

	assert_non_null(out);
	doc_csv_cell(out, text, false);
	fclose(out);
	assert_string_equal(got, wanted);
	free(got);
}

static void csv_has_no_formulas(void **state)
{
	(void)state;
	expect_cell("=1+1", "'=1+1,");
	expect_cell("-2", "'-2,");
	expect_cell("@x", "'@x,");
	expect_cell("'=1", "''=1,");
	expect_cell("'tis", "'tis,");
	expect_cell("\tx", "'\tx,");
	expect_cell("a,\"b\"", "\"a,\"\"b\"\"\",");
	expect_cell(NULL, ",");
}

static void markdown_means_what_is_written(void **state)
{
	struct arena a = {NULL};
	struct doc d = {.a = &a, .title = "*bold* [x](y)"};
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	(void)state;
	assert_non_null(out);
	doc_text(&d, "1. no list");
	doc_text(&d, "- nor this");
	doc_text(&d, "a\nb <i>");
	doc_markdown(&d, out);
	fclose(out);
	assert_string_equal(text,
			    "# \\*bold\\* \\[x\\](y)\n\n1\\. no list\n\n\\- nor this\n\n"
			    "a b \\<i\\>\n\n");
	free(text);
	arena_done(&a);
}

/* ---- charts ----------------------------------------------------------------------------- */

static void a_chart_is_bars(void **state)
{
	struct chart c;
	struct written w;

	(void)state;
	begin(&w, &term);
	sample_chart(&w.a, &c);
	show_chart(&w.v, &c);
	check(&w, "chart-as-bars");
}

static void a_chart_is_a_picture(void **state)
{
	struct chart c;
	struct written w;

	(void)state;
	begin(&w, &term);
	struct doc d = {.a = &w.a};
	sample_chart(&w.a, &c);
	reports_chart(&w.v, &c, &d);
	doc_svg(&d.v[0], d.v[0].text, w.out);
	check(&w, "chart-as-picture");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transcript_is_text),
		cmocka_unit_test(a_transcript_is_markdown),
		cmocka_unit_test(a_transcript_is_a_page),
		cmocka_unit_test(a_transcript_is_csv),
		cmocka_unit_test(no_line_is_wider_than_the_terminal),
		cmocka_unit_test(a_page_has_no_text_as_markup),
		cmocka_unit_test(csv_has_no_formulas),
		cmocka_unit_test(markdown_means_what_is_written),
		cmocka_unit_test(a_chart_is_bars),
		cmocka_unit_test(a_chart_is_a_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
