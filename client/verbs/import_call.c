/* pdh import: pdh-read reads the file, the daemon decides what is new, and both are told. */
#include "client/cli/blame.h"
#include "client/verbs/import.h"
#include "client/verbs/reader.h"
#include "client/verbs/run_parts.h"

#include <unistd.h>

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

/* 1: it was what pdh export wrote, and *ret is the exit status. */
static int load_export(struct run *r, int *ret)
{
	const struct import_run_params *p = r->command->params;
	int fd = reader_open(p->file, r->e);

	if (fd < 0)
		return fd;
	bool is_export = import_is_export(fd);
	if (is_export)
		*ret = import_load(r, fd);
	(void)close(fd);
	return is_export;
}

int own_import(struct run *r)
{
	struct import_run_params *p = r->command->params;
	struct import_file file;
	struct answer ans;
	int status = 0, s = load_export(r, &status);

	if (s != 0)
		return s < 0 ? s : status;
	s = import_read(p, r->c->arena, &file, r->e);

	if (s == 0)
		s = import_check(&file, p, r->o, r->e);
	if (s == 0)
		s = send_rows(r, &file, &ans);
	return s < 0 ? s : output_give(r, &ans);
}
