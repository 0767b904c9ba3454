/* One command on its way: what run.c, output.c, questions.c, request.c and own.c share. */
#pragma once

#include "client/cli/args.h"
#include "client/net/call.h"
#include "client/out/json.h"
#include "client/out/template.h"
#include "client/term/term.h"

enum { EXIT_NOT_FOUND = 3 }; /* of --fail-empty */

struct bar_format;

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

bool run_is(const struct run *r, enum method_id id);

/* How a command differs from one call whose answer is printed; what is NULL does not. */
struct course {
	enum method_id id;
	/* Asks, or reads files, before the daemon is asked. */
	int (*before)(struct run *r);
	/* Does the whole in the place of the call, and returns the exit status. */
	int (*whole)(struct run *r);
	bool alone; /* the whole needs no daemon */
	/* After the answer, which is freed where it fails. */
	int (*after)(struct run *r, struct answer *ans);
	/* The exit status that the record has. */
	int (*status)(const void *record);
};
const struct course *run_course(const struct run *r); /* NULL: it differs in nothing */

/* ---- output.c: answers. 0 or an exit status, or a negative error; the answer is freed. */

int output_prepare(
	struct run *r); /* checks what shapes the answer, before anything is done */
int output_print(struct run *r, const struct answer *ans);
int output_give(struct run *r, struct answer *ans);
int output_give_local(struct run *r, void *record);
int output_finish(
	const struct run *r); /* -PDH_FAILED unless what was printed has arrived */

/* ---- questions.c: what a person is asked at a terminal */

bool questions_may_ask(const struct run *r);
int questions_similar(struct run *r, void *params, struct answer *ans);
int questions_init(struct run *r);
int questions_credential_add(struct run *r);
int questions_credential_remove(struct run *r);
int questions_log(struct run *r);
int questions_credential_renew(struct run *r);
/* What becomes of an opening balance; *ret is a word of opening_fate. -PDH_INTERRUPTED without a sentence. */
int questions_opening(struct run *r, const char *question, const char **ret);

/* ---- request.c: the call, in one piece or page by page */

int request_send(struct run *r, struct answer *ans);
bool request_is_streamed(const struct run *r);
int request_stream(struct run *r);

/* ---- own.c: verbs that are more than a call, or none */

int own_version(struct run *r);
int own_help(struct run *r);
int own_completion(struct run *r);
int own_complete(struct run *r);
int own_schemas(struct run *r);
int own_checkup(struct run *r);
int own_prompt(struct run *r);
int own_events(struct run *r);
int own_edited(struct run *r);
int own_stopped(struct run *r);
int own_import(struct run *r);	  /* import_call.c */
int own_reconcile(struct run *r); /* reconcile.c */
int own_export(struct run *r);	  /* export_call.c */
int own_backup(struct run *r);	  /* keep.c */
int own_restore(struct run *r);
int own_reset(struct run *r);
int own_query(struct run *r); /* query_call.c */

/* ---- papers.c: reports */

int own_overview(struct run *r);
int own_transcript(struct run *r);
int own_audit(struct run *r);
int own_chart(struct run *r);
int own_year(struct run *r);
