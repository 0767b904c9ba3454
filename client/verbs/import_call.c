/* pdh import: pdh-read reads the file, the daemon decides what is new, and both are told. */
#include "client/cli/blame.h"
#include "client/verbs/import.h"
#include "client/verbs/run_parts.h"

static int too_many_rows(const struct import_run_params *p, struct err *e)
{
	err_reword(e, "%zu rows are too many at once: about 3,000 can be taken",
		   p->activities.n);
	e->field[0] = '\0';
	return err_hint(
		e, "take them in parts, such as with --match or a file for each year");
}

/* The answer with what pdh-read said, in place of the daemon's own, which goes with it. */
static void join(const struct run *r, const struct import_file *file, struct answer *ans)
{
	struct arena *a = r->c->arena;
	struct answer *own = arena_alloc(a, sizeof(*own));

	*own = *ans;
	import_join(file, a, own->record);
	answer_local(own->method, own->record, a, ans);
	ans->pages = own;
	ans->pages_n = 1;
}

static int send_rows(struct run *r, const struct import_file *file, struct answer *ans)
{
	enum { MANY_MS = 60000 };
	struct import_run_params *p = r->command->params;

	/* The usual wait is meant for one thing. */
	if (r->call.peer.timeout_ms == TIMEOUT_MS)
		r->call.peer.timeout_ms = MANY_MS;
	int s = call_method(&r->call, r->command->method, p, r->o->dry_run, ans, r->e);
	if (s == -PDH_TOO_LARGE)
		return too_many_rows(p, r->e);
	if (s < 0)
		blame_daemon(r->e, r->command->method);
	else
		join(r, file, ans);
	return s;
}

int own_import(struct run *r)
{
	struct import_run_params *p = r->command->params;
	struct import_file file;
	struct answer ans;
	int s = import_read(p, r->c->arena, &file, r->e);

	if (s == 0)
		s = import_check(&file, p, r->o, r->e);
	if (s == 0)
		s = send_rows(r, &file, &ans);
	return s < 0 ? s : output_give(r, &ans);
}
