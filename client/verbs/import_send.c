/* The way of rows to the daemon: they are sent, looked at until it knows what becomes of each, and stored as they were
 * looked at. */
#include "client/verbs/import_parts.h"

#include "client/cli/blame.h"
#include "client/net/progress.h"
#include "client/net/upload.h"
#include "client/out/pages.h"
#include "client/term/term.h"
#include "client/verbs/ask.h"

#include <string.h>
#include <unistd.h>

enum { DONE = 1000 };

/* ---- what would become of them ----------------------------------------------------------------------------------- */

struct look {
	struct run *r;
	const char *token;
	struct answer ans; /* its record is an `imported` with all rows */
};

static struct import_preview_params preview_of(const struct import_run_params *p,
					       const char *token)
{
	struct import_preview_params q;

	shape_none(&shape_import_preview_params, &q);
	q.upload = token;
	q.layout = p->layout;
	q.take = p->take;
	q.same = p->same;
	q.similar = p->similar;
	q.again = p->again;
	q.update = p->update;
	q.strict = p->strict;
	q.numbered = p->numbered;
	return q;
}

/* Whether all rows came: where the records change between two pages, it begins anew. */
static bool is_whole(const struct imported *seen)
{
	return seen->done == DONE &&
	       (int64_t)seen->rows.n == seen->created + seen->have + seen->changed +
						seen->removed + seen->alike;
}

/* Step by step, so that others are served in between; then the rows, page by page. */
static int look_once(struct look *l)
{
	struct run *r = l->r;
	const struct import_run_params *p = r->command->params;
	struct import_preview_params q = preview_of(p, l->token);
	const struct pages pages = {&r->call, &api_methods[METHOD_import_preview], &q,
				    PAGES_ALL};
	struct progress progress;
	int64_t done = 0;
	int s = 0;

	progress_begin(&progress);
	q.limit = 1;
	while (s == 0 && done < DONE) {
		struct answer ans;
		s = call_method(&r->call, pages.method, &q, false, &ans, r->e);
		if (s < 0)
			break;
		done = ((const struct imported *)ans.record)->done;
		answer_done(&ans);
		progress_tell(&progress, "%.40s: %lld %% ", p->file,
			      (long long)(done / 10));
	}
	progress_end(&progress);
	q.limit = INT_NONE;
	return s < 0 ? s : pages_join(&pages, &l->ans, r->e);
}

static int look(struct look *l)
{
	for (int i = 0; i < PAGES_TRIES; i++) {
		int s = look_once(l);
		if (s < 0 || is_whole(l->ans.record))
			return s;
		answer_done(&l->ans);
	}
	return pages_keep_changing(l->r->e);
}

/* ---- what is asked ------------------------------------------------------------------------------------------------- */

static bool is_known(const struct imported *seen)
{
	return seen->created == 0 && seen->alike == 0 && seen->changed == 0;
}

int import_ask_opening(struct run *r, int64_t id, const char **ret)
{
	if (questions_opening(
		    r,
		    arena_printf(r->c->arena,
				 "Some of these days are in the opening balance "
				 "#%lld already. What becomes of that?",
				 (long long)id),
		    ret) < 0)
		return err_set(r->e, -PDH_INTERRUPTED, NULL, "nothing was written");
	return 0;
}

/* Days that an opening balance covers: a person at a terminal is asked, everybody else has to say. */
static int ask_opening(struct run *r, const struct imported *seen)
{
	struct import_run_params *p = r->command->params;

	if (p->opening || seen->openings.n == 0 || r->o->dry_run || !questions_may_ask(r))
		return 0;
	return import_ask_opening(r, seen->openings.v[0].id, &p->opening);
}

/* ---- storing ----------------------------------------------------------------------------------------------------------- */

static int send_rows(struct run *r, const struct import_file *f, struct look *l)
{
	int fd = import_lines(f, r->command->params, r->e);

	if (fd < 0)
		return fd;
	l->r = r;
	int s = upload_file(&r->call, fd, f->head.file, "import", &l->token, r->e);
	(void)close(fd);
	return s;
}

/* The numbers of new activities follow the first one. */
static void join_rows(const struct imported *seen, struct imported *to)
{
	int64_t next = to->first;

	to->rows = seen->rows;
	for (size_t i = 0; i < to->rows.n; i++)
		if (next != INT_NONE && to->rows.v[i].state == IMPORT_NEW)
			to->rows.v[i].id = next++;
}

static int store(struct run *r, const struct look *l, struct answer *ret)
{
	enum { MANY_MS = 60000 };
	struct import_run_params given = *(struct import_run_params *)r->command->params;
	const struct imported *seen = l->ans.record;
	int usual = r->call.peer.timeout_ms;

	given.upload = l->token;
	given.plan = seen->plan;
	given.activities.n = 0;
	given.activities.v = NULL;
	/* The usual wait is meant for one thing. */
	if (usual == TIMEOUT_MS)
		r->call.peer.timeout_ms = MANY_MS;
	r->call.about = r->command->method->verb;
	int s = call_method(&r->call, r->command->method, &given, r->o->dry_run, ret,
			    r->e);
	r->call.peer.timeout_ms = usual;
	if (s == 0)
		join_rows(seen, ret->record);
	return s;
}

static int look_and_store(struct run *r, struct look *l, struct answer *ret)
{
	int s = look(l);

	if (s == 0)
		s = ask_opening(r, l->ans.record);
	if (s < 0)
		return s;
	return store(r, l, ret);
}

static int ask_each(struct run *r, struct import_file *f, struct look *l)
{
	const struct import_run_params *p = r->command->params;
	int s;

	if (p->ask <= 0)
		return 0;
	s = look(l);
	if (s == 0 && !is_known(l->ans.record)) {
		s = import_ask(r, f, l->ans.record);
		upload_forget(&r->call, l->token);
		if (s == 0)
			s = send_rows(r, f, l);
	}
	return s;
}

static bool was_changed(const struct run *r, int s)
{
	return s == -PDH_REFUSED && strcmp(r->e->field, "plan") == 0;
}

int import_send(struct run *r, struct import_file *f, struct answer *ret)
{
	struct import_run_params *p = r->command->params;
	struct look l = {0};
	int s = send_rows(r, f, &l);

	if (s < 0)
		return s;
	s = ask_each(r, f, &l);
	if (s == 0)
		s = import_original(r, f);
	for (int i = 0; s == 0; i++) {
		s = look_and_store(r, &l, ret);
		if (!was_changed(r, s))
			break;
		s = i + 1 == PAGES_TRIES ? pages_keep_changing(r->e) : 0;
	}
	if (s < 0)
		blame_daemon(r->e, r->command->method);
	struct err kept = *r->e;
	upload_forget(&r->call, l.token);
	if (p->original)
		upload_forget(&r->call, p->original);
	*r->e = kept;
	return s;
}
