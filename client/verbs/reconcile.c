/* pdh reconcile: a board's list is read like any file, and the daemon pairs it with what is stored. */
#include "client/verbs/import_parts.h"

#include "client/cli/blame.h"
#include "client/net/upload.h"
#include "common/texts.h"

#include <string.h>
#include <unistd.h>

struct reconciling {
	struct run *r;
	const struct reconcile_save_params *p;
	struct import_run_params import; /* the rows of the board's file */
	struct import_file file;
	const char *token;
};

static int read_file(struct reconciling *x)
{
	struct import_run_params *q = &x->import;

	if (!x->p->file)
		return err_set(x->r->e, -PDH_USAGE, "file",
			       "Which file? Give the list that the board keeps.");
	shape_none(&shape_import_run_params, q);
	q->file = x->p->file;
	q->layout = x->p->layout;
	q->map = x->p->map;
	q->dates = x->p->dates;
	q->unit = x->p->unit;
	int s = import_read(q, x->r->c->arena, &x->file, x->r->e);
	if (s == 0 && q->activities.n == 0)
		s = err_set(x->r->e, -PDH_REFUSED, NULL, "%s: no row of it can be read",
			    x->file.head.file);
	return s;
}

static int send_file(struct reconciling *x)
{
	int fd = import_lines(&x->file, &x->import, x->r->e);

	if (fd < 0)
		return fd;
	int s = upload_file(&x->r->call, fd, x->file.head.file, "import", &x->token,
			    x->r->e);
	(void)close(fd);
	return s;
}

/* ---- letters ----------------------------------------------------------------------------------------------------------- */

static const char *letter_of(const struct reconciling *x, const struct reconciled *seen,
			     const struct reconciled_row *v)
{
	struct arena *a = x->r->c->arena;
	const char *to = v->provider ? v->provider : "(who offered it)";

	return arena_printf(a,
			    "To: %s\nSubject: Credit not posted: %s, %s\n\n"
			    "Dear %s,\n\n"
			    "On %s I completed \"%s\"%s%s, for %s.\n"
			    "%lld days later it is not on the list of %s.\n\n"
			    "Please report it, or tell me what is missing.\n\n"
			    "Thank you.\n",
			    to, v->title, texts_day(a, v->done_on), to,
			    texts_day(a, v->done_on), v->title,
			    v->course ? ", course " : "", v->course ? v->course : "",
			    texts_credit(a, v->credit), (long long)v->days,
			    seen->title ? seen->title : seen->credential);
}

static void write_letters(const struct reconciling *x, struct reconciled *seen)
{
	for (size_t i = 0; x->p->letter > 0 && i < seen->late.n; i++)
		texts_add(&seen->letters, letter_of(x, seen, &seen->late.v[i]),
			  x->r->c->arena);
}

/* ---- the whole --------------------------------------------------------------------------------------------------------- */

static int look(struct reconciling *x, struct answer *ret)
{
	const struct reconcile_get_params q = {.credential = x->p->credential,
					       .upload = x->token};

	return call_method(&x->r->call, &api_methods[METHOD_reconcile_get], &q, false,
			   ret, x->r->e);
}

static int write_all(struct reconciling *x, const char *opening, bool dry_run,
		     struct answer *ret)
{
	struct reconcile_save_params q = *x->p;

	q.upload = x->token;
	q.file = x->file.head.file;
	q.layout = x->import.layout;
	q.opening = opening;
	return call_method(&x->r->call, x->r->command->method, &q, dry_run, ret, x->r->e);
}

/* Opening balances that cover days of what is taken: a person at a terminal is asked, everybody else has to say. */
static int ask_opening(struct reconciling *x, const char **opening)
{
	struct answer ans;

	*opening = x->p->opening;
	if (x->p->take <= 0 || *opening || x->r->o->dry_run || !questions_may_ask(x->r))
		return 0;
	int s = write_all(x, NULL, true, &ans);
	if (s < 0)
		return s;
	const struct reconciled *seen = ans.record;
	if (seen->openings.n)
		s = import_ask_opening(x->r, seen->openings.v[0].id, opening);
	answer_done(&ans);
	return s;
}

static int compare(struct reconciling *x, struct answer *ret)
{
	const char *opening;
	bool writes = x->p->take > 0 || x->p->keep > 0;
	int s = writes ? ask_opening(x, &opening) : 0;

	if (s == 0)
		s = writes ? write_all(x, opening, x->r->o->dry_run, ret) : look(x, ret);
	if (s < 0)
		return s;
	struct reconciled *seen = ret->record;
	seen->file = x->file.head.file;
	write_letters(x, seen);
	return 0;
}

int own_reconcile(struct run *r)
{
	struct reconciling x = {.r = r, .p = r->command->params};
	struct answer ans, whole;
	int s = read_file(&x);

	if (s == 0)
		s = send_file(&x);
	if (s < 0)
		return s;
	s = compare(&x, &ans);
	if (s < 0)
		blame_daemon(r->e, r->command->method);
	struct err kept = *r->e;
	upload_forget(&r->call, x.token);
	*r->e = kept;
	if (s < 0)
		return s;
	answer_local(r->command->method, ans.record, r->c->arena, &whole);
	s = output_give(r, &whole);
	answer_done(&ans);
	return s;
}
