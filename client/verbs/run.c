#include "client/verbs/run.h"
#include "client/help/help.h"
#include "client/verbs/attach.h"
#include "client/verbs/calendar.h"
#include "client/verbs/choose.h"
#include "client/verbs/delivery.h"
#include "client/verbs/doctor.h"
#include "client/verbs/near.h"
#include "client/verbs/pager.h"
#include "client/verbs/report.h"
#include "client/verbs/rules_file.h"
#include "client/verbs/run_parts.h"
#include "client/verbs/stop.h"
#include "client/verbs/unseen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool run_is(const struct run *r, enum method_id id)
{
	return r->command->method == &api_methods[id];
}

/* Files are read before the daemon is asked: it opens none for a client. */
static int read_checked(struct run *r)
{
	struct pack_check_params *check = r->command->params;

	return rules_file_read(check->file, stdin, r->c->arena, &check->text, r->e);
}

static int read_tested(struct run *r)
{
	return rules_file_read_all(r->command->params, stdin, r->c->arena, r->e);
}

static int read_compared(struct run *r)
{
	struct pack_diff_params *p = r->command->params;
	struct list files;

	int s = rules_file_read_named(&p->rules, stdin, r->c->arena, &files, r->e);
	if (s == 0)
		memcpy(&p->files, &files, sizeof(files));
	return s;
}

static int write_calendar(struct run *r, struct answer *ans)
{
	int s = calendar_write(r->command->params, ans, r->c->arena, r->e);

	if (s < 0)
		answer_done(ans);
	return s;
}

static int wait_for_delivery(struct run *r, struct answer *ans)
{
	return delivery_wait(&r->call, ans, r->e);
}

static int tested_status(const void *record)
{
	const struct packs_tested *tested = record;

	return tested->good > 0 ? 0 : err_kind(PDH_REFUSED)->exit_status;
}

static int checkup_status(const void *record)
{
	return doctor_exit_status(record);
}

static int delivery_status(const void *record)
{
	return delivery_exit_status(record);
}

static const struct course courses[] = {
	{METHOD_setup_run, .before = questions_init},
	{METHOD_activity_add, .before = questions_log},
	{METHOD_activity_list, .after = near_note},
	{METHOD_activity_search, .after = near_note},
	{METHOD_activity_edit, .before = choose_edited},
	{METHOD_activity_remove, .before = choose_removed},
	{METHOD_credential_add, .before = questions_credential_add},
	{METHOD_credential_renew, .before = questions_credential_renew},
	{METHOD_credential_remove, .before = questions_credential_remove},
	{METHOD_pack_check, .before = read_checked},
	{METHOD_pack_test, .before = read_tested, .status = tested_status},
	{METHOD_pack_diff, .before = read_compared},
	{METHOD_pack_edit, .whole = own_edited},
	{METHOD_import_run, .whole = own_import},
	{METHOD_reconcile_save, .whole = own_reconcile},
	{METHOD_export_page, .whole = own_export},
	{METHOD_query, .whole = own_query},
	{METHOD_report, .whole = own_overview},
	{METHOD_report_transcript, .whole = own_transcript},
	{METHOD_report_audit, .whole = own_audit},
	{METHOD_report_chart, .whole = own_chart},
	{METHOD_report_year, .whole = own_year},
	{METHOD_backup, .whole = own_backup},
	{METHOD_restore, .whole = own_restore},
	{METHOD_reset, .whole = own_reset},
	{METHOD_attach, .whole = own_attach},
	{METHOD_evidence_save, .whole = own_saved},
	{METHOD_evidence_check, .whole = own_evidence_checked,
	 .status = attach_check_status},
	{METHOD_calendar_get, .after = write_calendar},
	{METHOD_reminder_test, .after = wait_for_delivery, .status = delivery_status},
	{METHOD_reminder_run, .after = wait_for_delivery, .status = delivery_status},
	{METHOD_version, .whole = own_version, .alone = true},
	{METHOD_help, .whole = own_help, .alone = true},
	{METHOD_completion, .whole = own_completion, .alone = true},
	{METHOD_complete, .whole = own_complete},
	{METHOD_doctor, .whole = own_checkup, .status = checkup_status},
	{METHOD_daemon_stop, .whole = own_stopped},
	{METHOD_prompt_get, .whole = own_prompt},
	{METHOD_watch, .whole = own_events},
};

const struct course *run_course(const struct run *r)
{
	for (size_t i = 0; i < sizeof(courses) / sizeof(courses[0]); i++)
		if (run_is(r, courses[i].id))
			return &courses[i];
	return NULL;
}

static bool nothing_set_up(const struct answer *ans)
{
	const struct status *status = ans->record;

	return status->credentials.n == 0 && !status->person;
}

/* The call, with what comes before and after it. */
static int ask_daemon(struct run *r, const struct course *course)
{
	struct answer ans;
	int s = course && course->before ? course->before(r) : 0;

	if (s == 0 && request_is_streamed(r))
		return request_stream(r);
	if (s == 0)
		s = request_send(r, &ans);
	if (s >= 0 && course && course->after)
		s = course->after(r, &ans);
	if (s < 0)
		return s;
	if (r->command->bare && r->o->output == OUTPUT_PEOPLE && nothing_set_up(&ans)) {
		help_bare(&r->term, false, stdout);
		answer_done(&ans);
		return output_finish(r);
	}
	return output_give(r, &ans);
}

/* A day that was set a moment ago is no news to whoever set it; reminders of it begin with the next command. */
static bool sets_days(const struct run *r)
{
	static const enum method_id setting[] = {
		METHOD_setup_run,	 METHOD_credential_add, METHOD_credential_edit,
		METHOD_credential_renew, METHOD_pack_adopt,	METHOD_item_add,
		METHOD_cycle_add,	 METHOD_item_edit};

	for (size_t i = 0; i < sizeof(setting) / sizeof(setting[0]); i++)
		if (run_is(r, setting[i]))
			return true;
	return false;
}

/* Reminders are for a person who reads; a daemon that was stopped, or not asked, is not started for them. */
static bool may_tell(const struct run *r)
{
	return r->o->output == OUTPUT_PEOPLE && !r->o->quiet && r->questions.tty &&
	       r->command->method->access != ACCESS_CONTROL &&
	       r->command->method->access != ACCESS_LOCAL &&
	       !run_is(r, METHOD_prompt_get) && !sets_days(r) && !r->call.read_only;
}

/* What is not as it should be and yet no failure: it goes to standard error and changes no exit status. */
static void give_note(const struct run *r, const char *text)
{
	report_note(text, r->o->output == OUTPUT_JSON, &r->questions, stderr);
}

static void note_place(const struct run *r)
{
	const char *note = r->call.find.sockets.note;

	if (note && !r->o->quiet && !run_is(r, METHOD_prompt_get))
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

/* Answers to read. What is asked on the way, or printed as it happens, is seen at once. */
static bool may_page(const struct run *r)
{
	static const enum method_id shown_at_once[] = {
		METHOD_watch,	      METHOD_export_page, METHOD_prompt_get,
		METHOD_evidence_save, METHOD_pack_edit,	  METHOD_attach,
		METHOD_backup,	      METHOD_restore,	  METHOD_reset,
		METHOD_complete,      METHOD_completion,  METHOD_word_list};

	if (r->o->output != OUTPUT_PEOPLE || r->o->no_pager || r->o->save || r->o->quiet)
		return false;
	for (size_t i = 0; i < sizeof(shown_at_once) / sizeof(shown_at_once[0]); i++)
		if (run_is(r, shown_at_once[i]))
			return false;
	return r->command->method->access == ACCESS_READ ||
	       r->command->method->access == ACCESS_LOCAL || run_is(r, METHOD_api_info);
}

static int run_remote(struct run *r, const struct course *course)
{
	struct pager pager = {.screen = -1};

	if (r->o->socket)
		setenv("PDH_SOCKET", r->o->socket, 1);
	int s = call_init(&r->call, r->o, r->c->arena, r->e);
	if (s < 0)
		return s;
	note_place(r);
	/* A daemon started to be looked at or to be stopped would say nothing. */
	if (run_is(r, METHOD_daemon_status) || run_is(r, METHOD_daemon_stop))
		r->call.may_spawn = false;
	r->call.may_read = (r->command->method->access == ACCESS_READ && !r->o->save) ||
			   run_is(r, METHOD_doctor);
	if (may_page(r))
		pager_begin(&pager);
	s = course && course->whole ? course->whole(r) : ask_daemon(r, course);
	pager_end(&pager);
	note_read_only(r);
	if (s >= 0 && may_tell(r))
		unseen_tell(&r->call, &r->questions, run_is(r, METHOD_reminder_list));
	/* It is for cron, and leaves nothing behind. */
	if (run_is(r, METHOD_reminder_run))
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
	if (r.o->bars)
		r.term.no_bars = strcmp(r.o->bars, "no") == 0;
	int s = output_prepare(&r);
	if (s < 0)
		return s;
	if (r.o->schema)
		return own_schemas(&r);
	const struct course *course = run_course(&r);
	if (!course || !course->alone)
		return run_remote(&r, course);
	struct pager pager = {.screen = -1};
	if (may_page(&r))
		pager_begin(&pager);
	s = course->whole(&r);
	pager_end(&pager);
	return s;
}
