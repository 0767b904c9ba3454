#include "client/verbs/propose.h"

#include "client/cli/blame.h"
#include "client/verbs/ask.h"
#include "client/verbs/attach.h"
#include "client/verbs/import.h"
#include "client/verbs/report.h"
#include "common/texts.h"

#include <stdio.h>
#include <string.h>

/* What one file says, and what the daemon makes of it. */
struct proposal {
	const char *file;
	struct import_run_params p;
	const struct activity_add_params *says;
	int64_t id;	  /* of an entry that is like it; INT_NONE: there is none */
	const char *like; /* in words */
	bool opening;	  /* an opening balance covers its day */
};

/* ---- what it says ------------------------------------------------------------------------------- */

static int say_list(struct run *r, const char *file)
{
	err_set(r->e, -PDH_REFUSED, "entry",
		"%.200s is neither a badge nor a certificate that can be read", file);
	return err_hint(r->e, "say which entry it proves: pdh attach 140 FILE");
}

/* A certificate that says no hours is logged by hand. */
static int say_bad(struct run *r, const char *file, const struct import_file *f)
{
	const struct import_row *row = f->head.rows.n ? f->head.rows.v : NULL;

	if (!row || !row->title)
		return say_list(r, file);
	err_set(r->e, -PDH_REFUSED, "entry", "%.200s: \"%.100s\": %.100s", file,
		row->title, row->why ? row->why : "it cannot be taken");
	return err_hint(r->e, "then keep it with the entry: pdh attach ID FILE");
}

static int read_proposal(struct run *r, const char *file, struct proposal *ret)
{
	const struct attach_params *said = r->command->params;
	struct import_file f;

	shape_none(&shape_import_run_params, &ret->p);
	ret->p.unit = said->unit;
	ret->file = ret->p.file = file;
	int s = import_read(&ret->p, r->c->arena, &f, r->e);
	if (s < 0 && strcmp(r->e->field, "unit") == 0)
		err_hint(r->e, "say it: pdh attach %.200s --unit hour", file);
	if (s < 0)
		return s;
	if (!f.proposal)
		return say_list(r, file);
	if (ret->p.activities.n != 1)
		return say_bad(r, file, &f);
	ret->says = ret->p.activities.v;
	return 0;
}

/* ---- what it is like ---------------------------------------------------------------------------- */

static int run_import(struct run *r, struct proposal *p, bool dry_run,
		      struct import_row *ret)
{
	const struct method *m = &api_methods[METHOD_import_run];
	struct answer ans;
	int s = call_method(&r->call, m, &p->p, dry_run, &ans, r->e);

	if (s < 0) {
		blame_daemon(r->e, m);
		return s;
	}
	const struct imported *done = ans.record;
	if (done->rows.n == 1)
		*ret = done->rows.v[0];
	p->opening = done->openings.n > 0;
	answer_done(&ans);
	return 0;
}

static int find_like(struct run *r, struct proposal *p)
{
	struct import_row row;

	shape_none(&shape_import_row, &row);
	p->p.again = 1;
	int s = run_import(r, p, true, &row);
	if (s < 0)
		return s;
	bool is_new = row.state == IMPORT_NEW || row.id == INT_NONE;
	p->id = is_new ? INT_NONE : row.id;
	p->like = row.state == IMPORT_HAVE ? "same day, same title"
		  : row.why		   ? row.why
					   : "it looks like it";
	return 0;
}

static const char *words_of(struct run *r, const struct proposal *p)
{
	const struct activity_add_params *a = p->says;

	return arena_printf(r->c->arena, "%s: %s, %s, \"%s\"", p->file,
			    texts_day(r->c->arena, a->done_on),
			    texts_credit(r->c->arena, a->credit), a->title);
}

/* ---- what is done ------------------------------------------------------------------------------- */

static int keep(struct run *r, const struct proposal *p, int64_t id, const char *note,
		struct attached *to)
{
	struct evidence_add_params of;
	const char *file = p->file;

	shape_none(&shape_evidence_add_params, &of);
	of.ids = (struct ids){1, &id};
	of.note = note;
	const struct texts one = {1, (const char **)&file};
	return attach_files(r, &of, &one, to);
}

/* What the opening balance says of that day counts once. */
static int ask_opening(struct run *r, struct proposal *p)
{
	if (questions_opening(r,
			      "Its day is before that of an opening balance. What "
			      "becomes of that?",
			      &p->p.opening) == 0)
		return 0;
	return err_set(r->e, -PDH_INTERRUPTED, NULL, "%.200s was not logged", p->file);
}

static int log_and_keep(struct run *r, struct proposal *p, const char *note,
			struct attached *to)
{
	struct import_row row;

	shape_none(&shape_import_row, &row);
	int s = p->opening ? ask_opening(r, p) : 0;
	if (s == 0)
		s = run_import(r, p, false, &row);
	if (s == 0 && row.id == INT_NONE)
		s = err_set(r->e, -PDH_REFUSED, "entry",
			    "%.200s was not logged: the records changed meanwhile",
			    p->file);
	if (s < 0)
		return s;
	texts_add(&to->notes,
		  arena_printf(r->c->arena, "#%lld is logged: %s %s", (long long)row.id,
			       texts_credit(r->c->arena, p->says->credit),
			       p->says->title),
		  r->c->arena);
	return keep(r, p, row.id, note, to);
}

static int ask(struct run *r, struct proposal *p, const char *note, struct attached *to)
{
	const char *words = words_of(r, p);

	if (p->id == INT_NONE)
		return ask_yes(&r->questions, stdin, stderr, "%s; no entry like it. Log?",
			       words)
			       ? log_and_keep(r, p, note, to)
			       : 0;
	return ask_usual(&r->questions, stdin, stderr, "%s; proof of #%lld (%s)?", words,
			 (long long)p->id, p->like)
		       ? keep(r, p, p->id, note, to)
		       : 0;
}

static void tell(struct run *r, const struct proposal *p)
{
	const char *words = words_of(r, p);
	const char *text =
		p->id == INT_NONE
			? arena_printf(
				  r->c->arena,
				  "%s; no entry like it: pdh import %s --yes logs it",
				  words, p->file)
			: arena_printf(r->c->arena,
				       "%s; like #%lld (%s): pdh attach %lld %s", words,
				       (long long)p->id, p->like, (long long)p->id,
				       p->file);

	report_note(text, r->o->output == OUTPUT_JSON, &r->questions, stderr);
}

int propose(struct run *r, const struct texts *files, const char *note,
	    struct attached *to)
{
	bool asks = questions_may_ask(r) && !r->o->dry_run;
	int s = 0;

	for (size_t i = 0; s == 0 && i < files->n; i++) {
		struct proposal p;
		s = read_proposal(r, files->v[i], &p);
		if (s == 0)
			s = find_like(r, &p);
		if (s == 0 && asks)
			s = ask(r, &p, note, to);
		else if (s == 0)
			tell(r, &p);
	}
	if (s < 0 || asks || r->o->dry_run)
		return s;
	err_set(r->e, -PDH_REFUSED, "entry",
		"nothing was kept: say which entry each file proves");
	return err_hint(r->e, "such as: pdh attach 140 FILE");
}
