#include "client/cli/blame.h"
#include "client/cli/input.h"
#include "client/net/upload.h"
#include "client/out/pages.h"
#include "client/out/rows.h"
#include "client/verbs/import_parts.h"
#include "client/verbs/lines.h"
#include "client/verbs/run_parts.h"

#include <unistd.h>

static int call_for(struct run *r, struct answer *ans)
{
	const struct method *m = r->command->method;
	int s = call_method(&r->call, m, r->command->params, r->o->dry_run, ans, r->e);

	if (s == -PDH_DUPLICATE)
		s = questions_similar(r, r->command->params, ans);
	if (s < 0 && r->call.nobody && run_is(r, METHOD_daemon_status))
		err_hint(r->e, "the next command starts it");
	if (s < 0)
		blame_daemon(r->e, m);
	return s;
}

/* The usual wait is meant for one thing, and a request of thousands is not done in it everywhere. */
static void wait_for_many(struct run *r)
{
	enum { MANY_MS = 60000 };

	if (r->call.peer.timeout_ms == TIMEOUT_MS)
		r->call.peer.timeout_ms = MANY_MS;
}

/* What one request does not hold goes the way of a file. */
static int send_lines(struct run *r, struct activity_import_params *p, struct answer *ans)
{
	struct import_file rows = {.calendar = false};
	struct import_run_params all;

	shape_none(&shape_import_run_params, &all);
	all.activities.n = p->activities.n;
	all.activities.v = p->activities.v;
	int fd = import_lines(&rows, &all, r->e);
	if (fd < 0)
		return fd;
	int s = upload_file(&r->call, fd, "standard input", "import", &p->upload, r->e);
	(void)close(fd);
	if (s < 0)
		return s;
	p->activities.n = 0;
	p->activities.v = NULL;
	s = call_method(&r->call, &api_methods[METHOD_activity_import], p, r->o->dry_run,
			ans, r->e);
	struct err kept = *r->e;
	upload_forget(&r->call, p->upload);
	*r->e = kept;
	return s;
}

/* pdh log -: all the lines are one change, and its answer is that of pdh log. */
static int call_lines(struct run *r, struct answer *ans)
{
	const struct activity_add_params *p = r->command->params;
	struct lines lines;
	char *text;
	size_t n;

	int s = input_read(stdin, LINES_MAX, r->c->arena, &text, &n, r->e);
	if (s == 0)
		s = lines_read(text, n, r->c, &lines, r->e);
	if (s < 0)
		return s;
	s = lines_check(&lines, r->e);
	if (s < 0)
		return s;
	struct activity_import_params given = lines.params;
	given.similar = p->similar;
	wait_for_many(r);
	s = given.activities.n > LINES_DIRECT
		    ? send_lines(r, &given, ans)
		    : call_method(&r->call, &api_methods[METHOD_activity_import], &given,
				  r->o->dry_run, ans, r->e);
	if (s == -PDH_TOO_LARGE && given.activities.n)
		s = send_lines(r, &given, ans);
	if (s < 0)
		lines_blame(&lines, r->e);
	else
		ans->method = r->command->method;
	return s;
}

/* pdh plan --save: the same question, whose answer is kept. */
static int call_save(struct run *r, struct answer *ans)
{
	const struct plan_get_params *p = r->command->params;
	struct plan_save_params save = {.credentials = p->credentials, .add = p->add};
	int s = call_method(&r->call, &api_methods[METHOD_plan_save], &save,
			    r->o->dry_run, ans, r->e);

	if (s < 0)
		blame_daemon(r->e, r->command->method);
	else
		ans->method = r->command->method;
	return s;
}

/* Whoever typed it again learns why it did nothing more. */
static void note_again(const struct run *r)
{
	if (r->call.once.again && r->o->output == OUTPUT_PEOPLE && !r->o->quiet)
		(void)fputs(
			"pdh: the same command failed or had no answer before; it was done only once.\n",
			stderr);
}

/* What a script reads is never short of what there is, unless it says how much it wants. */
static bool wants_all(const struct run *r)
{
	return r->o->all || run_is(r, METHOD_report_transcript) ||
	       run_is(r, METHOD_pack_export) ||
	       ((run_is(r, METHOD_activity_list) || run_is(r, METHOD_activity_search)) &&
		r->o->output != OUTPUT_PEOPLE);
}

/* Every page of an answer that comes in pages, as one. */
static int call_pages(struct run *r, int64_t most, struct answer *ans)
{
	const struct pages pages = {&r->call, r->command->method, r->command->params,
				    most};
	int s = pages_join(&pages, ans, r->e);

	if (s < 0)
		blame_daemon(r->e, r->command->method);
	return s;
}

static int call_listed(struct run *r, struct answer *ans)
{
	int64_t most;
	int s = pages_wanted(r->command->method, r->command->params, wants_all(r), &most,
			     r->e);

	if (s > 0)
		return call_pages(r, most, ans);
	if (s < 0)
		blame_daemon(r->e, r->command->method);
	return s < 0 ? s : call_for(r, ans);
}

int request_send(struct run *r, struct answer *ans)
{
	int s;

	if (r->command->lines)
		s = call_lines(r, ans);
	else if (pages_are(r->command->method))
		s = call_listed(r, ans);
	else
		s = r->o->save ? call_save(r, ans) : call_for(r, ans);
	if (s >= 0)
		note_again(r);
	return s;
}

struct streamed {
	struct run *run;
	size_t rows;
};

static int give_page(void *data, const struct answer *page, struct arena *a,
		     struct err *e)
{
	struct streamed *s = data;
	struct kind_context c = *s->run->c;
	struct run r = *s->run;
	struct rows rows;

	c.arena = a;
	r.c = &c;
	r.e = e;
	rows_of(page->method->result, page->record, &rows);
	s->rows += rows.n;
	int status = output_print(&r, page);
	s->run->command->options.header = false;
	return status;
}

/* Lines are written page by page, so that many of them need no more memory than a page. */
bool request_is_streamed(const struct run *r)
{
	int64_t most;
	struct err ignored;

	return (r->o->output == OUTPUT_PLAIN || r->o->output == OUTPUT_TEMPLATE) &&
	       pages_are(r->command->method) &&
	       pages_wanted(r->command->method, r->command->params, wants_all(r), &most,
			    &ignored) > 0;
}

int request_stream(struct run *r)
{
	struct streamed streamed = {r, 0};
	struct pages pages = {.call = &r->call,
			      .method = r->command->method,
			      .params = r->command->params};

	(void)pages_wanted(pages.method, pages.params, wants_all(r), &pages.most, r->e);
	int s = pages_each(&pages, give_page, &streamed, r->e);
	if (s < 0)
		blame_daemon(r->e, pages.method);
	return s == 0 && r->o->fail_empty && streamed.rows == 0 ? EXIT_NOT_FOUND : s;
}
