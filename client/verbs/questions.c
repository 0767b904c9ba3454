#include "client/verbs/ask.h"
#include "client/verbs/ask_facts.h"
#include "client/verbs/init.h"
#include "client/verbs/run_parts.h"

#include <string.h>
#include <unistd.h>

/* Nobody is asked where nobody can answer, or where a script reads. */
bool questions_may_ask(const struct run *r)
{
	return !r->o->no_input && r->o->output == OUTPUT_PEOPLE && !r->command->lines &&
	       isatty(STDIN_FILENO) && r->questions.tty;
}

/* What looks like a duplicate is stored when the person says so. */
int questions_similar(struct run *r, void *params, struct answer *ans)
{
	const struct method *m = r->command->method;
	const struct field *similar = shape_find(m->params, "similar", strlen("similar"));

	if (!similar || !questions_may_ask(r))
		return r->e->code;
	if (!ask_yes(&r->questions, stdin, stderr, "%s. Store it all the same?",
		     r->e->message))
		return r->e->code;
	*(int8_t *)field_at(similar, params) = 1;
	return call_method(&r->call, m, params, r->o->dry_run, ans, r->e);
}

int questions_credential_remove(struct run *r)
{
	const struct credential_remove_params *p = r->command->params;

	if (r->o->yes || r->o->dry_run)
		return 0;
	if (!questions_may_ask(r)) {
		err_set(r->e, -PDH_USAGE, NULL,
			"%s would be removed with its cycles and items; --yes says that it may",
			p->credential);
		return err_hint(r->e,
				"to keep its past, retire it: pdh credential retire %s",
				p->credential);
	}
	if (ask_yes(&r->questions, stdin, stderr,
		    "Remove %s with its cycles and items? Its activities stay.",
		    p->credential))
		return 0;
	return err_set(r->e, -PDH_INTERRUPTED, NULL, "nothing was removed");
}

static int list_packs(void *data, const char *text, struct packs *ret, struct err *e)
{
	struct run *r = data;
	struct pack_list_params p = {.text = text};
	struct answer ans;
	int s = call_method(&r->call, &api_methods[METHOD_pack_list], &p, false, &ans, e);

	if (s < 0)
		return s;
	*ret = *(const struct packs *)ans.record;
	answer_done(&ans);
	return 0;
}

int questions_init(struct run *r)
{
	const struct ask_packs packs = {list_packs, r};
	const struct asked who = {&r->questions, r->c, stdin, stderr};

	if (!questions_may_ask(r))
		return 0;
	return init_ask(&who, &packs, r->command->params, r->e);
}

/* What the rules must know is asked here too, so that no verdict hangs on it later. */
int questions_credential_add(struct run *r)
{
	const struct ask_packs packs = {list_packs, r};
	const struct asked who = {&r->questions, r->c, stdin, stderr};
	struct credential_add_params *p = r->command->params;

	if (!p->pack || !questions_may_ask(r))
		return 0;
	return ask_facts(&who, &packs, p->pack, &p->facts, &p->issued, r->e);
}
