#include "client/verbs/choose.h"

#include "client/cli/blame.h"
#include "client/out/pages.h"
#include "client/show/show.h"
#include "client/verbs/ask.h"
#include "client/verbs/run_parts.h"

#include <stdio.h>

/* What is done, as a person is told. */
struct deed {
	const char *question, *done;
};

static int say_nothing_found(struct err *e)
{
	err_set(e, -PDH_NOT_FOUND, NULL,
		"the filter finds no activity; nothing was written");
	return err_hint(e, "pdh list shows what a filter finds");
}

static int find(struct run *r, const char *filter, struct ids *ids)
{
	struct activity_list_params list;
	struct pages pages = {.call = &r->call,
			      .method = &api_methods[METHOD_activity_list],
			      .params = &list,
			      .most = PAGES_ALL};
	struct answer ans;

	shape_none(&shape_activity_list_params, &list);
	list.filter = filter;
	int s = pages_join(&pages, &ans, r->e);
	if (s < 0) {
		blame_daemon(r->e, r->command->method);
		return s;
	}
	const struct listed *found = ans.record;
	ids->v = arena_array(r->c->arena, found->activities.n + 1, sizeof(*ids->v));
	ids->n = found->activities.n;
	for (size_t i = 0; i < ids->n; i++)
		ids->v[i] = found->activities.v[i].id;
	answer_done(&ans);
	return ids->n ? 0 : say_nothing_found(r->e);
}

/* The answer to the same without writing, on standard error. */
static int preview(struct run *r)
{
	struct answer ans;
	int s = call_method(&r->call, r->command->method, r->command->params, true, &ans,
			    r->e);

	if (s < 0) {
		blame_daemon(r->e, r->command->method);
		return s;
	}
	(void)show_answer(ans.method, r->command->params, ans.record, r->o, &r->questions,
			  stderr);
	answer_done(&ans);
	return 0;
}

static int ask(struct run *r, size_t n, const struct deed *deed)
{
	int s = preview(r);

	if (s < 0)
		return s;
	if (ask_yes(&r->questions, stdin, stderr, "%s %zu %s?", deed->question, n,
		    n == 1 ? "activity" : "activities"))
		return 0;
	return err_set(r->e, -PDH_INTERRUPTED, NULL, "nothing was %s", deed->done);
}

static int choose(struct run *r, struct ids *ids, const char **filter,
		  const struct deed *deed)
{
	enum { MANY = 200, MANY_MS = 60000 };
	const bool found = *filter != NULL;
	int s = found ? find(r, *filter, ids) : 0;

	*filter = NULL;
	if (s < 0)
		return s;
	if (ids->n > MANY && r->call.peer.timeout_ms == TIMEOUT_MS)
		r->call.peer.timeout_ms = MANY_MS;
	if (r->o->yes || r->o->dry_run || (!found && ids->n < 2))
		return 0;
	if (questions_may_ask(r))
		return ask(r, ids->n, deed);
	if (!found)
		return 0;
	err_set(r->e, -PDH_USAGE, NULL, "%zu %s would be %s; --yes says that they may",
		ids->n, ids->n == 1 ? "activity" : "activities", deed->done);
	return err_hint(r->e, "--dry-run shows them");
}

int choose_edited(struct run *r)
{
	static const struct deed deed = {"Change", "changed"};
	struct activity_edit_params *p = r->command->params;

	return choose(r, &p->ids, &p->filter, &deed);
}

int choose_removed(struct run *r)
{
	static const struct deed deed = {"Remove", "removed"};
	struct activity_remove_params *p = r->command->params;

	return choose(r, &p->ids, &p->filter, &deed);
}
