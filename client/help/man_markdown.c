/* The methods of the wire as Markdown. */
#include "client/help/man.h"

#include "common/api.h"

#include <string.h>

/* In a table a bar ends the cell. */
static void put(FILE *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '|')
			(void)putc('\\', out);
		(void)putc(*p, out);
	}
}

static const char *kind_name(const struct field *f)
{
	if (f->kind == KIND_LIST)
		return "list of ";
	return f->kind == KIND_RECORD ? "" : kind_row(f->kind)->name;
}

static const char *of_name(const struct field *f)
{
	return f->of ? f->of->name : "";
}

static void put_params(FILE *out, const struct method *m)
{
	if (!m->params->n)
		return;
	(void)fputs("\n| Parameter | Kind | | |\n| --- | --- | --- | --- |\n", out);
	for (size_t i = 0; i < m->params->n; i++) {
		const struct field *f = &m->params->fields[i];
		(void)fprintf(out, "| `%s` | %s%s | %s | ", f->name, kind_name(f),
			      of_name(f),
			      f->required ? "required"
			      : f->clears ? "clears"
					  : "");
		put(out, f->doc);
		(void)fputs(" |\n", out);
	}
}

static void put_method(FILE *out, const struct method *m)
{
	(void)fprintf(out, "\n### %s\n\n%s ", m->name, m->doc);
	(void)fprintf(out, "Level %d, %s; answers with `%s`.", m->level,
		      api_access_word(m->access), m->result->name);
	if (m->verb[0] && m->verb[0] != '_')
		(void)fprintf(out, " On the command line: `pdh %s`.", m->verb);
	(void)putc('\n', out);
	put_params(out, m);
}

static void put_record(FILE *out, const struct shape *s)
{
	(void)fprintf(out, "\n### %s\n\n%s\n\n| Field | Kind | |\n| --- | --- | --- |\n",
		      s->name, s->doc);
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		(void)fprintf(out, "| `%s` | %s%s | ", f->name, kind_name(f), of_name(f));
		put(out, f->doc);
		(void)fputs(" |\n", out);
	}
}

static void put_kinds(FILE *out)
{
	(void)fputs("\n## Kinds of value\n\n| Kind | JSON type | What a person types |\n"
		    "| --- | --- | --- |\n",
		    out);
	for (int k = 0; k < KIND_LIST; k++)
		(void)fprintf(out, "| %s | %s | %s |\n", kind_row((enum kind)k)->name,
			      kind_row((enum kind)k)->json, kind_row((enum kind)k)->hint);
}

static void put_errors(FILE *out)
{
	size_t n;
	const struct err_kind *kinds = err_kinds(&n);

	(void)fputs("\n## Errors\n\n| Code | Word | Exit status | |\n"
		    "| --- | --- | --- | --- |\n",
		    out);
	for (size_t i = 0; i < n; i++)
		(void)fprintf(out, "| %d | %s | %d | %s |\n", kinds[i].code,
			      kinds[i].word, kinds[i].exit_status, kinds[i].text);
}

static const char head[] =
	"# Methods of pdhd\n\n"
	"Made by `make docs` from `common/methods.def`; do not edit.\n\n"
	"The daemon speaks msgpack-RPC on a Unix socket: a request is `[0, id, method, [params]]`\n"
	"with one map of parameters, an answer is `[1, id, error, result]`, where `result` is a map\n"
	"and `error` is null or a map of `code`, `name`, `message`, `field` and `hint`. Every\n"
	"request may also carry `dry_run` (boolean; writing methods), `api_level` (integer; the\n"
	"caller's), `today` (the caller's day, by which it is judged; at most a day from the\n"
	"daemon's) with `zone` (its offset from UTC, as -05:00), `database` (map of `path`, `device`\n"
	"and `inode`: the database that is meant, and a daemon that keeps another refuses), and\n"
	"`once` (text of 16 to 64 letters, digits and hyphens; the identity of a write, which is\n"
	"done once however often it comes: the daemon remembers the last 256 for a day and answers\n"
	"with the first answer).\n"
	"Requests may be sent before answers have come; answers come in order.\n\n"
	"Dates are ISO text, credit is text as on the command line or the map of an answer; "
	"answers\n"
	"carry credit as `{\"exact\", \"amount\", \"unit\"}`, where `exact` counts 1/3,600,000 of "
	"the unit.\n\n"
	"## Methods\n";

void man_print_markdown(FILE *out)
{
	(void)fputs(head, out);
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (api_methods[i].name[0])
			put_method(out, &api_methods[i]);
	(void)fputs("\n## Records\n", out);
	for (size_t i = 0; i < api_record_count; i++)
		put_record(out, api_records[i]);
	put_kinds(out);
	put_errors(out);
}
