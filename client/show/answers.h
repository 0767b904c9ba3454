/* One function for each kind of answer; show.c chooses. */
#pragma once

#include "client/show/words.h"

void show_status(const struct show *v, const struct status *r);
/* Their standings alone: without notices, and without who decides. */
void show_standings(const struct show *v, const struct status *r);
void show_status_short(const struct show *v, const struct status *r);
/* "tx-lib 134.0/200 -7.3h" */
const char *show_standing_short(const struct show *v, const struct standing *c);

/* The text on a line, or nothing at all. */
void show_prompt(const struct show *v, const struct prompt *r);

void show_explained(const struct show *v, const struct explained *r);
void show_transcript(const struct show *v, const struct transcript *r);
void show_audited(const struct show *v, const struct audited *r);
void show_chart(const struct show *v, const struct chart *r);
void show_year(const struct show *v, const struct year_report *r);
void show_overview(const struct show *v, const struct overview *r);
void show_plan(const struct show *v, const struct plan *r);
/* Its lines; the columns that their labels take; whether a need asks for amounts. */
void show_goal_lines(const struct show *v, const struct goal *g);
int show_goal_label(const struct goal *g);
bool show_goal_credit(const struct goal *g, const struct need *n);
void show_fewest(const struct show *v, const struct plan *r);
void show_what_if(const struct show *v, const struct plan *r);

void show_paths(const struct show *v, const struct paths_judged *r);
void show_paths_compared(const struct show *v, const struct paths_compared *r);
void show_haves(const struct show *v, const struct haves *r);
void show_have_changed(const struct show *v, const struct have_changed *r);

void show_attached(const struct show *v, const struct attached *r);
void show_proofs(const struct show *v, const struct proofs *r);
void show_evidence_piece(const struct show *v, const struct evidence_piece *r);
void show_evidence_saved(const struct show *v, const struct evidence_saved *r);
void show_evidence_checked(const struct show *v, const struct evidence_checked *r);
void show_evidence_purged(const struct show *v, const struct evidence_purged *r);
void show_upload(const struct show *v, const struct upload *r);

void show_timed(const struct show *v, const struct timed *r);
void show_timer_stopped(const struct show *v, const struct logged *r);
/* "Running since Sat 14 Mar 09:31, 35 min: Makerspace safety", and how to log it. */
void show_running(const struct show *v, const struct running *r);

void show_queried(const struct show *v, const struct queried *r);

void show_logged(const struct show *v, const struct logged *r);
void show_removed(const struct show *v, const struct logged *r);
void show_edited(const struct show *v, const struct edited *r);
void show_imported(const struct show *v, const struct imported *r);
void show_exported(const struct show *v, const struct exported *r);
void show_imports(const struct show *v, const struct import_batches *r);
void show_import(const struct show *v, const struct import_shown *r);
void show_reconciled(const struct show *v, const struct reconciled *r);
void show_backed_up(const struct show *v, const struct backed_up *r);
void show_restored(const struct show *v, const struct restored *r);
void show_list(const struct show *v, const struct listed *r);
void show_found(const struct show *v, const struct listed *r); /* by pdh search */
void show_activities(const struct show *v, const struct listed *r);

/* "#212  Fri 13 Mar 2026   2.5 h   Title", and below it whatever else was given. */
void show_activity_head(const struct show *v, const struct activity *a);

void show_credentials(const struct show *v, const struct credentials *r);
void show_credential(const struct show *v, const struct credential *c);
void show_credential_changed(const struct show *v, const struct credential_changed *r);
void show_item_changed(const struct show *v, const struct item_changed *r);
void show_set_up(const struct show *v, const struct set_up *r);

void show_reminders(const struct show *v, const struct reminders *r);
void show_calendar(const struct show *v, const struct calendar *r);
void show_channels(const struct show *v, const struct channels_shown *r);
void show_reminder_log(const struct show *v, const struct reminder_log *r);
void show_reminder_test(const struct show *v, const struct reminder_log *r);
void show_reminder_run(const struct show *v, const struct reminder_log *r);
void show_reminder_policy(const struct show *v, const struct reminder_policy *r);
void show_reminder_changed(const struct show *v, const struct reminder_changed *r);

void show_history(const struct show *v, const struct history *r);
void show_undone(const struct show *v, const struct undone *r);

void show_event(const struct show *v, const struct event *e);
void show_events(const struct show *v, const struct events *r);
void show_subscribed(const struct show *v, const struct subscribed *r);

void show_daemon(const struct show *v, const struct daemon_status *r);
void show_stopped(const struct show *v, const struct daemon_status *r);
void show_checkup(const struct show *v, const struct checkup *r);
void show_version(const struct show *v, const struct version *r);
void show_api(const struct show *v, const struct api *r);

void show_packs(const struct show *v, const struct packs *r);
void show_packs_outdated(const struct show *v, const struct packs *r);
void show_packs_read(const struct show *v, const struct packs *r);
void show_pack(const struct show *v, const struct packs *r);
void show_packs_exported(const struct show *v, const struct packs_exported *r);
void show_pack_checked(const struct show *v, const struct pack_checked *r);
void show_packs_tested(const struct show *v, const struct packs_tested *r);
void show_pack_edited(const struct show *v, const struct pack_edited *r);
void show_tried(const struct show *v, const struct tried *r);
void show_compared(const struct show *v, const struct packs_compared *r);
void show_words(const struct show *v, const struct words *r);
