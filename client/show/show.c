#include "client/show/show.h"

#include "client/cli/options.h"
#include "client/show/answers.h"
#include "common/clock.h"

static void show_get(const struct show *v, const struct credentials *r)
{
	for (size_t i = 0; i < r->credentials.n; i++)
		show_credential(v, &r->credentials.v[i]);
}

static void show_status_either(const struct show *v, const struct status *r)
{
	if (v->one_line)
		show_status_short(v, r);
	else
		show_status(v, r);
}

static void show_packs_or_outdated(const struct show *v, const struct packs *r)
{
	const struct pack_list_params *p = v->params;

	if (p && p->outdated > 0)
		show_packs_outdated(v, r);
	else
		show_packs(v, r);
}

#define SHOW(method, function)       \
	case METHOD_##method:        \
		function(v, record); \
		return

#define SHOW2(a, b, function) \
	case METHOD_##a:      \
		SHOW(b, function)

#define SHOW4(a, b, c, d, function) \
	case METHOD_##a:            \
	case METHOD_##b:            \
		SHOW2(c, d, function)

/* Without a default, so that a method without a face does not compile. */
static void choose(const struct show *v, enum method_id id, const void *record)
{
	switch (id) {
		SHOW(status_get, show_status_either);
		SHOW(prompt_get, show_prompt);
		SHOW(explain_get, show_explained);
		SHOW(report, show_overview);
		SHOW(report_transcript, show_transcript);
		SHOW(report_audit, show_audited);
		SHOW(report_chart, show_chart);
		SHOW(report_year, show_year);
		SHOW(activity_remove, show_removed);
		SHOW(activity_edit, show_edited);
		SHOW(activity_list, show_list);
		SHOW(activity_get, show_activities);
		SHOW(credential_list, show_credentials);
		SHOW(credential_get, show_get);
		SHOW4(credential_add, credential_edit, credential_renew,
		      credential_remove, show_credential_changed);
		SHOW4(credential_pause, credential_resume, credential_retire, pack_adopt,
		      show_credential_changed);
		SHOW4(item_add, item_edit, item_done, item_remove, show_item_changed);
		SHOW2(activity_add, activity_import, show_logged);
		SHOW(timer_start, show_timed);
		SHOW(timer_stop, show_timer_stopped);
		SHOW(query, show_queried);
		SHOW2(import_run, import_preview, show_imported);
		SHOW(records_load, show_imported);
		SHOW(import_list, show_imports);
		SHOW(import_show, show_import);
		SHOW(export_page, show_exported);
		SHOW2(reconcile_get, reconcile_save, show_reconciled);
		SHOW(backup, show_backed_up);
		SHOW2(restore, reset, show_restored);
		SHOW2(plan_get, plan_save, show_plan);
		SHOW2(change_undo, change_redo, show_undone);
		SHOW2(daemon_check, doctor, show_checkup);
		SHOW(setup_run, show_set_up);
		SHOW(reminder_list, show_reminders);
		SHOW(reminder_unseen, show_reminders);
		SHOW(calendar_get, show_calendar);
		SHOW(reminder_policy, show_reminder_policy);
		SHOW(reminder_channel, show_channels);
		SHOW(reminder_log, show_reminder_log);
		SHOW(reminder_test, show_reminder_test);
		SHOW(reminder_run, show_reminder_run);
		SHOW2(reminder_ack, reminder_shown, show_reminder_changed);
		SHOW(reminder_snooze, show_reminder_changed);
		SHOW(change_list, show_history);
		SHOW(events_list, show_events);
		SHOW(events_subscribe, show_subscribed);
		SHOW(watch, show_event);
		SHOW2(attach, evidence_add, show_attached);
		SHOW(evidence_remove, show_attached);
		SHOW(evidence_list, show_proofs);
		SHOW(evidence_get, show_evidence_piece);
		SHOW(evidence_save, show_evidence_saved);
		SHOW(evidence_check, show_evidence_checked);
		SHOW(evidence_purge, show_evidence_purged);
		SHOW2(upload_begin, upload_write, show_upload);
		SHOW(upload_drop, show_upload);
		SHOW(daemon_status, show_daemon);
		SHOW(daemon_stop, show_stopped);
		SHOW(version, show_version);
		SHOW(api_info, show_api);
		SHOW(pack_list, show_packs_or_outdated);
		SHOW(pack_search, show_packs);
		SHOW(pack_reload, show_packs_read);
		SHOW(pack_get, show_pack);
		SHOW(pack_check, show_pack_checked);
		SHOW(pack_test, show_packs_tested);
		SHOW(pack_edit, show_pack_edited);
		SHOW(pack_try, show_tried);
		SHOW(pack_diff, show_compared);
		SHOW2(word_list, complete, show_words);
		SHOW2(help, completion, show_words);
	case METHOD_COUNT:
		return;
	}
}

#undef SHOW4
#undef SHOW2
#undef SHOW

int show_answer(const struct method *m, const void *params, const void *record,
		const struct options *o, const struct term *t, FILE *out)
{
	AUTO_ARENA a = {0};
	struct show v = {
		.s = {.t = t, .a = &a, .out = out, .width = t->width},
		.m = m,
		.params = params,
		.today = clock_today(),
		.one_line = o->short_,
	};

	if (o->quiet &&
	    (m->access == ACCESS_WRITE || o->save || m == &api_methods[METHOD_attach]))
		return 0;
	choose(&v, (enum method_id)(m - api_methods), record);
	return fflush(out) == 0 && !ferror(out) ? 0 : -1;
}
