#include "client/verbs/paper.h"

#include "client/doc/render.h"
#include "client/out/json.h"
#include "client/term/visible.h"
#include "client/verbs/tool.h"
#include "common/ascii.h"
#include "common/replace.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
	const char *ending, *flag;
} forms[PAPER_FORMS] = {
	[PAPER_TEXT] = {".txt", NULL},	    [PAPER_MARKDOWN] = {".md", "--md"},
	[PAPER_HTML] = {".html", "--html"}, [PAPER_CSV] = {".csv", "--csv"},
	[PAPER_JSON] = {".json", "--json"}, [PAPER_SVG] = {".svg", "--svg"},
	[PAPER_PDF] = {".pdf", NULL},
};

static bool is_file(const struct paper_said *said)
{
	return said->out && strcmp(said->out, "-") != 0;
}

static bool can(const struct paper_said *said, enum paper_form form)
{
	return said->forms >> form & 1;
}

/* ".txt, .md or .html" */
static const char *endings(const struct paper_said *said, struct arena *a)
{
	const char *all = "";

	for (enum paper_form f = PAPER_TEXT; f < PAPER_FORMS; f++)
		if (can(said, f))
			all = arena_printf(a, "%s%s%s", all, *all ? ", " : "",
					   forms[f].ending);
	return all;
}

/* PAPER_FORMS: none of its endings. */
static enum paper_form of_ending(const char *file)
{
	const char *dot = strrchr(file, '.');
	enum paper_form f = PAPER_TEXT;

	if (dot && ascii_same(dot, ".htm"))
		return PAPER_HTML;
	while (f < PAPER_FORMS && !(dot && ascii_same(dot, forms[f].ending)))
		f++;
	return f;
}

static int two(enum paper_form a, enum paper_form b, struct err *e)
{
	return err_set(e, -PDH_USAGE, NULL, "a report has one form: %s or %s",
		       forms[a].flag, forms[b].flag);
}

/* The one that is named by a flag; PAPER_FORMS: none is. */
static int named(const struct run *r, const struct paper_said *said, enum paper_form *ret,
		 struct err *e)
{
	const bool flags[PAPER_FORMS] = {
		[PAPER_MARKDOWN] = said->md > 0,
		[PAPER_HTML] = said->html > 0,
		[PAPER_CSV] = said->csv > 0,
		[PAPER_JSON] = r->o->output == OUTPUT_JSON,
		[PAPER_SVG] = said->svg > 0,
	};

	*ret = PAPER_FORMS;
	for (enum paper_form f = PAPER_TEXT; f < PAPER_FORMS; f++) {
		if (!flags[f])
			continue;
		if (*ret != PAPER_FORMS)
			return two(*ret, f, e);
		*ret = f;
	}
	return 0;
}

int paper_choose(const struct run *r, const struct paper_said *said, enum paper_form *ret,
		 struct err *e)
{
	bool lines = r->o->output == OUTPUT_PLAIN || r->o->output == OUTPUT_TEMPLATE;
	int s = named(r, said, ret, e);

	if (s < 0)
		return s;
	if (lines && (*ret != PAPER_FORMS || is_file(said)))
		return err_set(
			e, -PDH_USAGE, NULL,
			"--plain and --format go to standard output by themselves");
	if (*ret != PAPER_FORMS)
		return 0;
	*ret = is_file(said) ? of_ending(said->out) : PAPER_TEXT;
	if (*ret != PAPER_FORMS && can(said, *ret))
		return 0;
	return err_set(e, -PDH_USAGE, "out",
		       "\"%.100s\" does not say which form it is to have; it ends in %s",
		       said->out, endings(said, r->c->arena));
}

bool paper_is_usual(const struct run *r, const struct paper_said *said,
		    enum paper_form form)
{
	return !is_file(said) && (form == PAPER_TEXT || form == PAPER_JSON ||
				  r->o->output != OUTPUT_PEOPLE);
}

/* ---- writing ---------------------------------------------------------------------------- */

static const struct term file_term = {.utf8 = true, .width = TERM_WIDTH_USUAL};

struct show paper_show(const struct run *r, FILE *out)
{
	return (struct show){
		.s = {.t = &file_term,
		      .a = r->c->arena,
		      .out = out,
		      .width = file_term.width},
		.m = r->command->method,
		.params = r->command->params,
		.today = r->c->today,
	};
}

/* The picture is that of the first chart. */
static void put_picture(const struct doc *d, FILE *out)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->v[i].kind == DOC_CHART) {
			doc_svg(&d->v[i], d->v[i].text, out);
			return;
		}
}

/* All fields, but what --json=FIELDS asks for. */
static void put_json(const struct run *r, const struct answer *ans, FILE *out)
{
	const struct json_pick all = {.all = true};

	json_print(ans, r->o->output == OUTPUT_JSON ? &r->pick : &all, out);
}

static void put(const struct run *r, enum paper_form form, const struct paper *p,
		FILE *out)
{
	const struct show v = paper_show(r, out);

	switch (form) {
	case PAPER_TEXT:
		doc_plain(p->doc, &v.s);
		break;
	case PAPER_MARKDOWN:
		doc_markdown(p->doc, out);
		break;
	case PAPER_HTML:
		doc_html(p->doc, out);
		break;
	case PAPER_CSV:
		p->csv(&v, p->ans->record, out);
		break;
	case PAPER_JSON:
		put_json(r, p->ans, out);
		break;
	case PAPER_SVG:
		put_picture(p->doc, out);
		break;
	case PAPER_PDF:
	case PAPER_FORMS:
		break;
	}
}

static void say(const struct run *r, const struct paper_said *said, const struct paper *p)
{
	const struct screen s = {
		.t = &r->term, .a = r->c->arena, .out = stdout, .width = r->term.width};

	if (r->o->quiet || r->o->output != OUTPUT_PEOPLE)
		return;
	screen_line(&s, "%s: %s", said->out, p->brief);
}

/* ---- PDF -------------------------------------------------------------------------------- */

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static int run_pdf(const struct run *r, const char *program, civil_day day, int in,
		   int out, struct err *e)
{
	char text[DATE_ISO_SIZE];
	char *const words[] = {arena_dup(r->c->arena, program), text, NULL};

	date_format_iso(day, text);
	int s = tool_run(words, in, out, e);
	return s > 0 ? err_set(e, -PDH_FAILED, NULL, "pdh-pdf made no PDF") : s;
}

int paper_pdf(const struct run *r, const struct doc *d, civil_day day, const char *file,
	      const char **ret, size_t *ret_n, struct err *e)
{
	const char *program;
	char *text = NULL;
	size_t n = 0;

	if (!tool_find(r->c->arena, "pdh-pdf", &program))
		return err_set(e, -PDH_FAILED, NULL,
			       "%.100s needs pdh-pdf; install it, or take --html",
			       name_of(file));
	FILE *to = open_memstream(&text, &n);
	if (!to)
		oom();
	doc_json(d, to);
	if (fclose(to) != 0)
		oom();
	int in = tool_memory(text, n, e), out = in < 0 ? in : tool_memory("", 0, e);
	free(text);
	int s = out < 0 ? out : run_pdf(r, program, day, in, out, e);
	if (s == 0)
		s = tool_read(out, r->c->arena, ret, ret_n, e);
	if (in >= 0)
		(void)close(in);
	if (out >= 0)
		(void)close(out);
	return s;
}

/* ---- all forms -------------------------------------------------------------------------- */

/* In memory first, so that a file is written whole or not at all. */
static int make(const struct run *r, const struct paper_said *said, enum paper_form form,
		const struct paper *p, const char **ret, size_t *ret_n, struct err *e)
{
	char *text = NULL;

	if (form == PAPER_PDF)
		return paper_pdf(r, p->doc, p->day, said->out, ret, ret_n, e);
	FILE *out = open_memstream(&text, ret_n);
	if (!out)
		oom();
	put(r, form, p, out);
	if (fclose(out) != 0)
		oom();
	*ret = arena_dup_n(r->c->arena, text, *ret_n);
	free(text);
	return 0;
}

int paper_write(const struct run *r, const struct paper_said *said, enum paper_form form,
		const struct paper *p, struct err *e)
{
	const char *bytes;
	size_t n;
	int s = make(r, said, form, p, &bytes, &n, e);

	if (s == 0 && is_file(said))
		s = file_replace(said->out, bytes, n, 0600, e);
	else if (s == 0)
		visible_put_document(stdout, bytes, r->term.tty);
	if (s == 0 && is_file(said))
		say(r, said, p);
	return s;
}
