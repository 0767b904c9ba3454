/* The verb pdh export. */
#include "client/cli/blame.h"
#include "client/verbs/export.h"
#include "client/verbs/run_parts.h"
#include "common/replace.h"

#include <locale.h>
#include <string.h>

static int check(const struct export_page_params *p, const struct options *o,
		 struct err *e)
{
	if (o->output == OUTPUT_PLAIN || o->output == OUTPUT_TEMPLATE)
		return err_set(e, -PDH_USAGE, NULL,
			       "an export is JSON, --csv or --text, not --plain or "
			       "--format");
	if (o->json_fields)
		return err_set(e, -PDH_USAGE, NULL,
			       "an export has no fields to choose; say --json alone");
	if ((p->csv > 0) + (p->folder != NULL) + (o->output == OUTPUT_JSON) > 1)
		return err_set(e, -PDH_USAGE, NULL,
			       "an export has one form: --json, --csv or --text");
	if (p->excel > 0 && p->csv <= 0)
		return err_set(e, -PDH_USAGE, "excel", "goes with --csv");
	if (p->folder && p->output)
		return err_set(e, -PDH_USAGE, "output",
			       "is for a file, and --text names a folder");
	return 0;
}

struct asking {
	struct run *run;
	struct export_page_params params;
	struct answer ans;
	bool asked;
};

static int ask(void *data, const char *after, struct exported *ret, struct err *e)
{
	struct asking *x = data;

	if (x->asked)
		answer_done(&x->ans);
	if (x->run->call.page)
		arena_reset(x->run->call.page);
	x->params.after = after;
	int r = call_method(&x->run->call, &api_methods[METHOD_export_page], &x->params,
			    false, &x->ans, e);
	x->asked = r == 0;
	if (r == 0)
		*ret = *(const struct exported *)x->ans.record;
	return r;
}

static int fetch(struct run *r, struct buf *ret)
{
	static const char *const lines[] = {"credentials", "activities"};
	const struct export_page_params *p = r->command->params;
	struct asking x = {.run = r, .params = *p};
	AUTO_ARENA page = {0};

	x.params.csv = x.params.excel = BOOL_NONE;
	x.params.folder = x.params.output = NULL;
	if (p->csv > 0 || p->folder)
		x.params.parts = (struct texts){2, (const char **)(uintptr_t)lines};
	r->call.page = &page;
	int s = export_join(ask, &x, ret, r->e);
	r->call.page = NULL;
	if (x.asked)
		answer_done(&x.ans);
	if (s < 0)
		blame_daemon(r->e, r->command->method);
	return s;
}

static int write_out(struct run *r, const struct buf *text)
{
	const struct export_page_params *p = r->command->params;

	if (p->output && strcmp(p->output, "-") != 0)
		return file_replace(p->output, text->data, text->len, 0600, r->e);
	(void)fwrite(text->data, 1, text->len, stdout);
	return output_finish(r);
}

/* What is written to standard output speaks for itself. */
static int tell(struct run *r, size_t activities)
{
	const struct export_page_params *p = r->command->params;
	struct exported done;

	shape_none(&shape_exported, &done);
	done.file = p->folder ? p->folder : p->output;
	if (!done.file || strcmp(done.file, "-") == 0 || r->o->quiet ||
	    r->o->output == OUTPUT_JSON)
		return 0;
	done.activities = (int64_t)activities;
	return output_give_local(r, &done);
}

/* Whether spreadsheets here have a decimal comma. The category costs a file, and nothing else of pdh asks for it. */
static bool has_decimal_comma(void)
{
	(void)setlocale(LC_NUMERIC, "");
	return strcmp(localeconv()->decimal_point, ",") == 0;
}

static int write_lines(struct run *r, const struct buf *document)
{
	const struct export_page_params *p = r->command->params;
	bool whole = !p->credential && p->period.from == DATE_NONE &&
		     p->period.to == DATE_NONE;
	struct export_lines lines;
	AUTO_BUF csv = {0};

	int s = export_read(document, r->c->arena, &lines, r->e);
	if (s < 0)
		return s;
	if (p->folder) {
		s = export_folder(&lines, p->folder, whole, r->e);
	} else {
		export_csv(&lines, p->excel > 0, p->excel > 0 && has_decimal_comma(),
			   &csv);
		s = write_out(r, &csv);
	}
	size_t n = lines.n;
	export_done(&lines);
	return s < 0 ? s : tell(r, n);
}

/* The lines of their part: other parts bear a uid, too. */
static size_t count_activities(const struct buf *document)
{
	static const char part[] = "\n\"activities\":[\n";
	const char *p = document->data, *end = p + document->len;
	size_t n = 0;

	p = document->len ? memmem(p, document->len, part, strlen(part)) : NULL;
	for (p = p ? p + strlen(part) : end; p < end && *p == '{'; n++) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		p = newline ? newline + 1 : end;
	}
	return n;
}

int own_export(struct run *r)
{
	const struct export_page_params *p = r->command->params;
	AUTO_BUF document = {0};

	int s = check(p, r->o, r->e);
	if (s == 0)
		s = fetch(r, &document);
	if (s < 0)
		return s;
	if (p->csv > 0 || p->folder)
		return write_lines(r, &document);
	s = write_out(r, &document);
	return s < 0 ? s : tell(r, count_activities(&document));
}
