#include "client/verbs/run.h"

#include "client/cli/blame.h"
#include "client/cli/input.h"
#include "client/help/complete.h"
#include "client/help/help.h"
#include "client/help/man.h"
#include "client/net/call.h"
#include "client/out/json.h"
#include "client/out/pages.h"
#include "client/out/plain.h"
#include "client/out/schema.h"
#include "client/out/template.h"
#include "client/show/bars.h"
#include "client/show/event.h"
#include "client/show/show.h"
#include "client/verbs/ask.h"
#include "client/verbs/calendar.h"
#include "client/verbs/delivery.h"
#include "client/verbs/doctor.h"
#include "client/verbs/init.h"
#include "client/verbs/lines.h"
#include "client/verbs/prompt.h"
#include "client/verbs/report.h"
#include "client/verbs/rules_edit.h"
#include "client/verbs/rules_file.h"
#include "client/verbs/stop.h"
#include "client/verbs/unseen.h"
#include "client/verbs/watch.h"
#include "common/clock.h"
#include "common/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_NOT_FOUND = 3 };

struct run {
	struct command *command;
	const struct options *o;
	const struct kind_context *c;
	struct term term, questions; /* of standard output, and of standard error */
	struct json_pick pick;
	struct template template;
	const struct bar_format *bar; /* instead of the template; NULL: none */
	struct call call;
	struct err *e;
};

static bool is(const struct run *r, enum method_id id)
{
	return r->command->method == &api_methods[id];
}

static bool changes_something(const struct run *r)
{
	return (r->command->method->access == ACCESS_WRITE || r->o->save) &&
	       !r->o->dry_run;
}

/* ---- the answer --------------------------------------------------------------------------------- */

static int prepare_bar(struct run *r)
{
	r->bar = bars_find(r->o->format, r->e);
	if (!r->bar)
		return r->e->code;
	if (is(r, METHOD_status_get))
		return 0;
	return err_set(r->e, -PDH_USAGE, NULL, "--format %.20s goes with pdh status",
		       r->o->format);
}

/* What shapes the answer is checked before anything is done. */
static int prepare_output(struct run *r)
{
	const struct shape *result = r->command->method->result;

	if (r->o->output == OUTPUT_JSON)
		return json_pick_read(r->o->json_fields, result, &r->pick, r->e);
	if (r->o->output == OUTPUT_TEMPLATE && r->o->format[0] == '@')
		return prepare_bar(r);
	if (r->o->output == OUTPUT_TEMPLATE)
		return template_read(r->o->format, result, r->c->arena, &r->template,
				     r->e);
	return 0;
}

/* Whatever was printed has arrived, or an error says that it has not. */
static int finish_output(const struct run *r)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	/* What failed before this last piece left no number. */
	err_set(r->e, -PDH_FAILED, NULL, "the answer cannot be written%s%s",
		errno ? ": " : "", errno ? strerror(errno) : "");
	if (changes_something(r))
		err_hint(r->e, "what was asked for is stored; pdh history shows it");
	return -PDH_FAILED;
}

static void print_bar(const struct run *r, const struct status *status)
{
	/* A bar is no terminal, whatever it gives for one. */
	const struct term bar = {.utf8 = r->term.utf8, .width = TERM_WIDTH_MAX};
	const struct show v = {
		.s = {.t = &bar, .a = r->c->arena, .out = stdout, .width = bar.width},
		.m = r->command->method,
		.today = r->c->today,
	};

	bars_print(r->bar, &v, status);
}

static int print_answer(struct run *r, const struct answer *ans)
{
	const struct shape *result = ans->method->result;

	switch (r->o->output) {
	case OUTPUT_JSON:
		json_print(ans, &r->pick, stdout);
		break;
	case OUTPUT_PLAIN:
		plain_print(result, ans->record, r->o->header, r->c->arena, stdout);
		break;
	case OUTPUT_TEMPLATE:
		if (r->bar)
			print_bar(r, ans->record);
		else
			template_print(&r->template, ans->record, r->c->arena, stdout);
		break;
	case OUTPUT_PEOPLE:
		(void)show_answer(ans->method, r->command->params, ans->record, r->o,
				  &r->term, stdout);
		break;
	}
	return finish_output(r);
}

static int worst_check(const struct status *status)
{
	int64_t worst = 0;

	for (size_t i = 0; i < status->credentials.n; i++)
		if (status->credentials.v[i].check > worst)
			worst = status->credentials.v[i].check;
	return (int)worst;
}

static int exit_status(const struct run *r, const struct answer *ans)
{
	struct rows rows;

	if (is(r, METHOD_doctor))
		return doctor_exit_status(ans->record);
	if (is(r, METHOD_reminder_test) || is(r, METHOD_reminder_run))
		return delivery_exit_status(ans->record);
	if (is(r, METHOD_pack_test))
		return ((const struct packs_tested *)ans->record)->good > 0
			       ? 0
			       : err_kind(PDH_REFUSED)->exit_status;
	if (r->o->check)
		return worst_check(ans->record);
	rows_of(ans->method->result, ans->record, &rows);
	return r->o->fail_empty && rows.n == 0 ? EXIT_NOT_FOUND : 0;
}

static int give_answer(struct run *r, struct answer *ans)
{
	int s = print_answer(r, ans);

	if (s == 0)
		s = exit_status(r, ans);
	answer_done(ans);
	return s;
}

static int give_local(struct run *r, void *record)
{
	struct answer ans;

	answer_local(r->command->method, record, r->c->arena, &ans);
	return give_answer(r, &ans);
}

/* ---- questions ---------------------------------------------------------------------------------- */

/* Nobody is asked where nobody can answer, or where a script reads. */
static bool may_ask(const struct run *r)
{
	return !r->o->no_input && r->o->output == OUTPUT_PEOPLE && !r->command->lines &&
	       isatty(STDIN_FILENO) && r->questions.tty;
}

/* What looks like a duplicate is stored when the person says so. */
static int ask_similar(struct run *r, void *params, struct answer *ans)
{
	const struct method *m = r->command->method;
	const struct field *similar = shape_find(m->params, "similar", strlen("similar"));

	if (!similar || !may_ask(r))
		return r->e->code;
	if (!ask_yes(&r->questions, stdin, stderr, "%s. Store it all the same?",
		     r->e->message))
		return r->e->code;
	*(int8_t *)field_at(similar, params) = 1;
	return call_method(&r->call, m, params, r->o->dry_run, ans, r->e);
}

static int ask_credential_rm(struct run *r)
{
	const struct credential_remove_params *p = r->command->params;

	if (r->o->yes || r->o->dry_run)
		return 0;
	if (!may_ask(r)) {
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

static int ask_init(struct run *r)
{
	const struct ask_packs packs = {list_packs, r};
	const struct asked who = {&r->questions, r->c, stdin, stderr};

	if (!may_ask(r))
		return 0;
	return init_ask(&who, &packs, r->command->params, r->e);
}

/* What the rules must know is asked here too, so that no verdict hangs on it later. */
static int ask_credential_add(struct run *r)
{
	const struct ask_packs packs = {list_packs, r};
	const struct asked who = {&r->questions, r->c, stdin, stderr};
	struct credential_add_params *p = r->command->params;

	if (!p->pack || !may_ask(r))
		return 0;
	return ask_facts(&who, &packs, p->pack, &p->facts, &p->issued, r->e);
}

/* ---- requests ----------------------------------------------------------------------------------- */

static int call_for(struct run *r, struct answer *ans)
{
	const struct method *m = r->command->method;
	int s = call_method(&r->call, m, r->command->params, r->o->dry_run, ans, r->e);

	if (s == -PDH_DUPLICATE)
		s = ask_similar(r, r->command->params, ans);
	if (s < 0 && r->call.nobody && is(r, METHOD_daemon_status))
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

/* pdh log -: all the lines are one request, and its answer is that of pdh log. */
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
	lines.params.similar = p->similar;
	wait_for_many(r);
	s = call_method(&r->call, &api_methods[METHOD_activity_import], &lines.params,
			r->o->dry_run, ans, r->e);
	if (s == -PDH_TOO_LARGE)
		lines_too_many(&lines, r->e);
	else if (s < 0)
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
			"pdh: this and the same command before, which failed or had no answer, are done "
			"once.\n",
			stderr);
}

/* What a script reads is never short of what there is, unless it says how much it wants. */
static bool wants_all(const struct run *r)
{
	return r->o->all ||
	       (is(r, METHOD_activity_list) && r->o->output != OUTPUT_PEOPLE);
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

static int call_any(struct run *r, struct answer *ans)
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

/* Stopping what does not run is no failure: there is nothing more to do. */
static int give_stopped(struct run *r)
{
	struct answer ans;
	int s = stop_daemon(&r->call, &ans, r->e);

	return s < 0 ? s : give_answer(r, &ans);
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
	int status = print_answer(&r, page);
	s->run->command->options.header = false;
	return status;
}

/* Lines are written page by page, so that many of them need no more memory than a page. */
static bool is_streamed(const struct run *r)
{
	int64_t most;
	struct err ignored;

	return (r->o->output == OUTPUT_PLAIN || r->o->output == OUTPUT_TEMPLATE) &&
	       pages_are(r->command->method) &&
	       pages_wanted(r->command->method, r->command->params, wants_all(r), &most,
			    &ignored) > 0;
}

static int give_streamed(struct run *r)
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

static bool nothing_set_up(const struct answer *ans)
{
	const struct status *status = ans->record;

	return status->credentials.n == 0 && !status->person;
}

/* Files are read before the daemon is asked. */
static int read_files(struct run *r)
{
	struct pack_check_params *check = r->command->params;

	if (is(r, METHOD_pack_check))
		return rules_file_read(check->file, stdin, r->c->arena, &check->text,
				       r->e);
	return rules_file_read_all(r->command->params, stdin, r->c->arena, r->e);
}

/* Files are read before the daemon is asked: it opens none for a client. */
static int read_compared(struct run *r)
{
	struct pack_diff_params *p = r->command->params;
	struct list files;

	int s = rules_file_read_named(&p->rules, stdin, r->c->arena, &files, r->e);
	if (s == 0)
		memcpy(&p->files, &files, sizeof(files));
	return s;
}

static int ask_daemon(struct run *r)
{
	struct answer ans;
	int s = 0;

	if (is(r, METHOD_setup_run))
		s = ask_init(r);
	else if (is(r, METHOD_credential_add))
		s = ask_credential_add(r);
	else if (is(r, METHOD_credential_remove))
		s = ask_credential_rm(r);
	else if (is(r, METHOD_pack_check) || is(r, METHOD_pack_test))
		s = read_files(r);
	else if (is(r, METHOD_pack_diff))
		s = read_compared(r);
	if (s == 0 && is_streamed(r))
		return give_streamed(r);
	if (s == 0)
		s = call_any(r, &ans);
	if (s < 0)
		return s;
	if (is(r, METHOD_calendar_get) &&
	    calendar_write(r->command->params, &ans, r->c->arena, r->e) < 0) {
		answer_done(&ans);
		return r->e->code;
	}
	if (is(r, METHOD_reminder_test) || is(r, METHOD_reminder_run)) {
		s = delivery_wait(&r->call, &ans, r->e);
		if (s < 0)
			return s;
	}
	if (r->command->bare && r->o->output == OUTPUT_PEOPLE && nothing_set_up(&ans)) {
		help_bare(&r->term, false, stdout);
		answer_done(&ans);
		return finish_output(r);
	}
	return give_answer(r, &ans);
}

/* ---- verbs of the client alone ------------------------------------------------------------------ */

static int give_version(struct run *r)
{
	struct version version = {.version = PDH_VERSION, .level = PDH_API_LEVEL};

	return give_local(r, &version);
}

static int give_help(struct run *r)
{
	const struct help_params *p = r->command->params;
	int s = 0;

	if (r->o->man)
		man_print(stdout);
	else if (r->o->markdown)
		man_print_markdown(stdout);
	else if (p->words.n)
		s = help_words(&p->words, &r->term, stdout, r->e);
	else
		help_bare(&r->term, true, stdout);
	return s < 0 ? s : finish_output(r);
}

static int give_completion(struct run *r)
{
	const struct completion_params *p = r->command->params;
	int s = complete_print(p->shell, stdout, r->e);

	return s < 0 ? s : finish_output(r);
}

static int give_checkup(struct run *r)
{
	struct checkup checkup = {0};

	doctor_look(&r->call, r->c->arena, &checkup);
	return give_local(r, &checkup);
}

enum { PROMPT_MS = 500 }; /* nobody waits longer for a prompt */

/* A prompt is drawn whatever happens: where nobody can tell there is nothing to say. */
static int give_prompt(struct run *r)
{
	struct prompt prompt;
	struct answer ans;

	shape_none(&shape_prompt, &prompt);
	if (prompt_read(path_line(r->c->arena, r->call.peer.path), r->c->today,
			r->c->arena, &prompt))
		return give_local(r, &prompt);
	r->call.may_spawn = false;
	if (r->call.peer.timeout_ms > PROMPT_MS)
		r->call.peer.timeout_ms = PROMPT_MS;
	if (call_method(&r->call, r->command->method, r->command->params, false, &ans,
			r->e) == 0)
		return give_answer(r, &ans);
	return give_local(r, &prompt);
}

/* The day stands above its events. */
static void print_day(const struct run *r, const struct event *event, civil_day *last)
{
	civil_day day = clock_day_of(event->at);
	const struct screen s = {
		.t = &r->term, .a = r->c->arena, .out = stdout, .width = r->term.width};

	if (r->o->output == OUTPUT_PEOPLE && day != *last)
		show_event_day(&s, event->at);
	*last = day;
}

struct watched {
	struct run *run;
	civil_day day;
};

/* Nobody reads any more is no failure of a command that never ends by itself. */
static int give_event(void *data, const struct answer *ans, struct arena *a,
		      struct err *e)
{
	struct watched *w = data;
	struct kind_context c = *w->run->c;
	struct run r = *w->run;

	c.arena = a;
	r.c = &c;
	r.e = e;
	print_day(&r, ans->record, &w->day);
	int s = print_answer(&r, ans);
	w->run->command->options.header = false;
	if (s < 0)
		return errno == EPIPE ? 1 : s;
	return r.o->once;
}

static int give_events(struct run *r)
{
	struct watched w = {r, DATE_NONE};

	return watch(&r->call, r->command->params, give_event, &w, r->e);
}

static int give_edited(struct run *r)
{
	struct pack_edited edited;

	shape_none(&shape_pack_edited, &edited);
	int s = rules_edit(&r->call, r->command->params, may_ask(r) && r->term.tty,
			   &edited, r->e);
	return s < 0 ? s : give_local(r, &edited);
}

static int give_schemas(struct run *r)
{
	int s = schema_write(r->o->schema, stdout, r->c->arena, r->e);

	return s < 0 ? s : finish_output(r);
}

/* ---- which of them ------------------------------------------------------------------------------ */

static bool is_local(const struct run *r)
{
	return is(r, METHOD_version) || is(r, METHOD_help) || is(r, METHOD_completion) ||
	       r->o->schema;
}

static int run_local(struct run *r)
{
	if (is(r, METHOD_version))
		return give_version(r);
	if (is(r, METHOD_help))
		return give_help(r);
	if (is(r, METHOD_completion))
		return give_completion(r);
	return give_schemas(r);
}

/* Reminders are for a person who reads; a daemon that was stopped, or not asked, is not started for them. */
static bool may_tell(const struct run *r)
{
	return r->o->output == OUTPUT_PEOPLE && !r->o->quiet && r->questions.tty &&
	       r->command->method->access != ACCESS_CONTROL &&
	       r->command->method->access != ACCESS_LOCAL && !is(r, METHOD_prompt_get) &&
	       !r->call.read_only;
}

/* What is not as it should be and yet no failure: it goes to standard error and changes no exit status. */
static void give_note(const struct run *r, const char *text)
{
	report_note(text, r->o->output == OUTPUT_JSON, &r->questions, stderr);
}

static void note_place(const struct run *r)
{
	const char *note = r->call.find.sockets.note;

	if (note && !r->o->quiet && !is(r, METHOD_prompt_get))
		give_note(r, note);
}

static void note_read_only(const struct run *r)
{
	if (r->call.read_only)
		give_note(r,
			  arena_printf(r->c->arena,
				       "%s. This is read from %s as it stands; nothing "
				       "can be changed.",
				       r->call.why.message, r->call.find.database));
}

static int run_remote(struct run *r)
{
	if (r->o->socket)
		setenv("PDH_SOCKET", r->o->socket, 1);
	int s = call_init(&r->call, r->o, r->c->arena, r->e);
	if (s < 0)
		return s;
	note_place(r);
	/* A daemon started to be looked at or to be stopped would say nothing. */
	if (is(r, METHOD_daemon_status) || is(r, METHOD_daemon_stop))
		r->call.may_spawn = false;
	r->call.may_read = (r->command->method->access == ACCESS_READ && !r->o->save) ||
			   is(r, METHOD_doctor);
	if (is(r, METHOD_doctor))
		s = give_checkup(r);
	else if (is(r, METHOD_pack_edit))
		s = give_edited(r);
	else if (is(r, METHOD_daemon_stop))
		s = give_stopped(r);
	else if (is(r, METHOD_prompt_get))
		s = give_prompt(r);
	else if (is(r, METHOD_watch))
		s = give_events(r);
	else
		s = ask_daemon(r);
	note_read_only(r);
	if (s >= 0 && may_tell(r))
		unseen_tell(&r->call, &r->questions, is(r, METHOD_reminder_list));
	/* It is for cron, and leaves nothing behind. */
	if (is(r, METHOD_reminder_run))
		stop_started(&r->call);
	call_done(&r->call);
	return s;
}

int run_command(struct command *command, const struct kind_context *c, struct err *e)
{
	struct run r = {.command = command, .o = &command->options, .c = c, .e = e};

	if (r.o->version)
		command->method = &api_methods[METHOD_version];
	term_init(&r.term, STDOUT_FILENO, r.o->color);
	term_init(&r.questions, STDERR_FILENO, r.o->color);
	int s = prepare_output(&r);
	if (s < 0)
		return s;
	return is_local(&r) ? run_local(&r) : run_remote(&r);
}
