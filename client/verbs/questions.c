#include "client/term/screen.h"
#include "client/verbs/ask.h"
#include "client/verbs/ask_field.h"
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

/* ---- what is set up ----------------------------------------------------------------------------- */

static struct asked asked_at(const struct run *r)
{
	return (struct asked){&r->questions, r->c, stdin, stderr};
}

/* What is asked is called alike in both, so that one may be tried, or answered, as the other. */
#define TAKE_ANSWERS(to, from)                                           \
	((to)->pack = (from)->pack, (to)->title = (from)->title,         \
	 (to)->expires = (from)->expires, (to)->issued = (from)->issued, \
	 (to)->required = (from)->required, (to)->every = (from)->every, \
	 (to)->opening = (from)->opening, (to)->facts = (from)->facts)

/* What the command would do with these answers. */
static int try_setup(void *data, const struct setup_run_params *p,
		     const struct credential **ret, struct err *e)
{
	struct run *r = data;
	struct answer ans;
	bool adds = run_is(r, METHOD_credential_add);
	const void *params = p;
	struct credential_add_params add;

	if (adds) {
		add = *(const struct credential_add_params *)r->command->params;
		TAKE_ANSWERS(&add, p);
		params = &add;
	}
	int s = call_method(&r->call, r->command->method, params, true, &ans, e);
	if (s < 0)
		return s;
	*ret = adds ? ((const struct credential_changed *)ans.record)->credential
		    : ((const struct set_up *)ans.record)->credential;
	answer_done(&ans);
	return 0;
}

static int ask_setup(struct run *r, struct init_how *how, struct setup_run_params *p)
{
	const struct ask_packs packs = {list_packs, r};
	const struct setup_trial trial = {try_setup, r};
	const struct asked who = asked_at(r);

	how->who = &who;
	how->packs = &packs;
	how->trial = &trial;
	return init_ask(how, p, r->e);
}

int questions_init(struct run *r)
{
	struct init_how how = {.names = true};
	struct answer ans;

	if (!questions_may_ask(r))
		return 0;
	const struct status_get_params *none = arena_alloc(r->c->arena, sizeof(*none));
	shape_none(&shape_status_get_params, (void *)(uintptr_t)none);
	int s = call_method(&r->call, &api_methods[METHOD_status_get], none, false, &ans,
			    r->e);
	if (s < 0)
		return s;
	how.person = ((const struct status *)ans.record)->person;
	answer_done(&ans);
	return ask_setup(r, &how, r->command->params);
}

/* What the rules must know is asked here too, so that no verdict hangs on it later. */
int questions_credential_add(struct run *r)
{
	struct credential_add_params *p = r->command->params;
	struct init_how how = {.names = false};
	struct setup_run_params told;

	if (!questions_may_ask(r))
		return 0;
	shape_none(&shape_setup_run_params, &told);
	TAKE_ANSWERS(&told, p);
	int s = ask_setup(r, &how, &told);
	if (s == 0)
		TAKE_ANSWERS(p, &told);
	return s;
}

/* ---- what is logged ----------------------------------------------------------------------------- */

struct log_question {
	const char *name, *question, *proposal;
	bool needed;
};

static const struct log_question log_questions[] = {
	{"credit", "How long, such as 1.5h or 9:00-11:30", NULL, true},
	{"title", "What was it", NULL, true},
	{"done_on", "On which day", "today", false},
};

static int ask_log(struct run *r, const struct log_question *q)
{
	const struct asked who = asked_at(r);
	const struct ask_field f = {&shape_activity_add_params,
				    r->command->params,
				    q->name,
				    q->question,
				    q->proposal,
				    q->needed};

	return ask_field(&who, &f, r->e);
}

/* What the daemon refuses of the answers is told and asked again, the others are kept. */
static int settle_log(struct run *r)
{
	enum { COUNT = sizeof(log_questions) / sizeof(log_questions[0]) };
	const struct screen s = {.t = &r->questions,
				 .a = r->c->arena,
				 .out = stderr,
				 .width = r->questions.width};

	for (;;) {
		struct err why = {0};
		struct answer ans;
		int i = 0;
		if (call_method(&r->call, r->command->method, r->command->params, true,
				&ans, &why) == 0) {
			answer_done(&ans);
			return 0;
		}
		while (i < COUNT && strcmp(log_questions[i].name, why.field) != 0)
			i++;
		if (i == COUNT || why.code == -PDH_DUPLICATE)
			return 0;
		screen_line(&s, "%s", why.message);
		ask_forget(&shape_activity_add_params, r->command->params, why.field);
		int asked = ask_log(r, &log_questions[i]);
		if (asked < 0)
			return asked;
	}
}

int questions_log(struct run *r)
{
	const struct activity_add_params *p = r->command->params;
	bool whole = (p->credit.unit && p->title) || p->again != INT_NONE ||
		     p->like != INT_NONE;
	int s = 0;

	if (whole || !questions_may_ask(r))
		return 0;
	for (size_t i = 0; s == 0 && i < sizeof(log_questions) / sizeof(log_questions[0]);
	     i++)
		s = ask_log(r, &log_questions[i]);
	return s < 0 ? s : settle_log(r);
}

int questions_opening(struct run *r, const char *question, const char **ret)
{
	static const struct ask_option v[] = {
		{"reduce it by as much, so that these hours count once", "reduce"},
		{"keep it as it is", "keep"},
	};
	const struct ask_options options = {v, sizeof(v) / sizeof(v[0])};
	int chosen = 0;

	if (!ask_menu(&r->questions, stdin, stderr, question, &options, NULL, &chosen))
		return -PDH_INTERRUPTED;
	*ret = v[chosen].word;
	return 0;
}

/* ---- what is renewed ---------------------------------------------------------------------------- */

/* What renewing would do, as it is now; asks for the last day of the new cycle where no rule says it. */
static int preview_renewal(struct run *r, struct credential_changed *ret)
{
	const struct asked who = asked_at(r);
	const struct screen s = {.t = &r->questions,
				 .a = r->c->arena,
				 .out = stderr,
				 .width = r->questions.width};
	const struct ask_field expires = {
		&shape_credential_renew_params,
		r->command->params,
		"expires",
		"Last day of the new cycle, such as 31 aug 2032",
		NULL,
		true,
	};

	for (;;) {
		struct err why = {0};
		struct answer ans;
		int code = call_method(&r->call, r->command->method, r->command->params,
				       true, &ans, &why);
		if (code == 0) {
			*ret = *(const struct credential_changed *)ans.record;
			answer_done(&ans);
			return 0;
		}
		if (strcmp(why.field, "expires") != 0)
			return 1;
		screen_line(&s, "%s", why.message);
		ask_forget(expires.shape, expires.params, expires.name);
		int asked = ask_field(&who, &expires, r->e);
		if (asked < 0)
			return asked;
	}
}

/* Early: the new cycle does not begin yet; short: what is missing can no longer be added without coming back to it. */
static bool is_doubtful(const struct run *r, const struct credential_changed *c)
{
	const struct credential *now = c->credential;
	bool early = now->cycle && now->cycle->from != DATE_NONE &&
		     now->cycle->from > r->c->today;
	const struct cycle *closed = NULL;

	for (size_t i = 0; !closed && i < now->cycles.n; i++)
		if (now->cycles.v[i].closed_on != DATE_NONE)
			closed = &now->cycles.v[i];
	return early || (closed && closed->required.unit &&
			 closed->counted.exact < closed->required.exact);
}

/* Which of several that are held, where none was named. */
static int ask_renewed(struct run *r)
{
	struct credential_renew_params *p = r->command->params;
	struct credential_list_params none;
	struct ask_options options = {NULL, 0};
	struct answer ans;
	int chosen = -1;

	if (p->credential)
		return 0;
	shape_none(&shape_credential_list_params, &none);
	int s = call_method(&r->call, &api_methods[METHOD_credential_list], &none, false,
			    &ans, r->e);
	if (s < 0)
		return s;
	const struct credentials *all = ans.record;
	struct ask_option *v =
		arena_array(r->c->arena, all->credentials.n + 1, sizeof(*v));
	for (size_t i = 0; i < all->credentials.n; i++) {
		const struct credential *c = &all->credentials.v[i];
		if (c->state == STATE_RETIRED || c->state == STATE_PURSUED)
			continue;
		v[options.n].label = arena_printf(r->c->arena, "%s", c->title);
		v[options.n++].word = arena_printf(r->c->arena, "%s", c->alias);
	}
	answer_done(&ans);
	options.v = v;
	if (options.n < 2)
		return 0;
	if (!ask_menu(&r->questions, stdin, stderr, "Which one was renewed", &options,
		      NULL, &chosen))
		return err_set(r->e, -PDH_INTERRUPTED, NULL, "nothing was renewed");
	p->credential = v[chosen].word;
	return 0;
}

int questions_credential_renew(struct run *r)
{
	const struct screen s = {.t = &r->questions,
				 .a = r->c->arena,
				 .out = stderr,
				 .width = r->questions.width};
	struct credential_changed would;

	if (!questions_may_ask(r))
		return 0;
	int code = ask_renewed(r);
	if (code < 0 || r->o->dry_run)
		return code;
	code = preview_renewal(r, &would);
	if (code != 0)
		return code < 0 ? code : 0;
	if (r->o->yes || !is_doubtful(r, &would))
		return 0;
	screen_line(&s, "%s: %s", would.credential->alias, would.done);
	for (size_t i = 0; i < would.notes.n; i++)
		screen_field(&s, 4, i ? "" : "note", would.notes.v[i]);
	if (ask_yes(&r->questions, stdin, stderr, "Renew it all the same?"))
		return 0;
	return err_set(r->e, -PDH_INTERRUPTED, NULL, "nothing was renewed");
}
