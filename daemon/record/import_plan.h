/* A file of rows on its way into the records: read from an upload and matched with what is stored, a step a request, so
 * that nobody waits for a file of twenty thousand rows. One at a time is kept, until its upload is gone or another file is
 * looked at; whoever comes back to one that was put aside has it done anew. */
#pragma once

#include "daemon/record/import.h"
#include "daemon/upload/upload.h"

struct import_plan {
	char token[UPLOAD_TOKEN_SIZE]; /* "": none */
	struct arena of_rows, of_match;
	/* of the upload */
	int64_t at; /* bytes that were read */
	int64_t size;
	int64_t line; /* lines that were read */
	bool read;
	size_t n, left_n;
	struct activity_add_params *rows;
	struct import_left *left;
	/* of the match */
	bool begun;
	struct work work; /* with an arena of its own */
	struct import_wish wish;
	uint64_t wish_digest;
	struct import_match match;
	struct db_stamp stamp; /* of the database that it is true for */
	const char *digest;    /* NULL: not matched yet */
};

/* The plan for an upload, as far as one more step brings it; `whole`: all steps. *ret is the daemon's own. 1: there is more
 * to do; 0: matched, and true for the records as they are now. */
int import_plan_step(struct work *w, const char *token, const struct import_wish *wish,
		     bool whole, struct import_plan **ret, struct err *e);

/* How far it is, in thousandths. */
int import_plan_progress(const struct import_plan *p);

/* Forgets it where its upload is gone. */
void import_plan_expire(struct import_plan *p, const struct uploads *u);
void import_plan_done(struct import_plan *p);

/* ---- import_rows.c */

/* Reads the next rows of the file, as many as one step does: JSON lines, each with what activity.add takes, or with
 * "skipped" or "bad" for one that was left out. 1: there is more. -PDH_USAGE, with the line. */
int import_rows_read(struct work *w, const struct upload_file *file,
		     struct import_plan *p, struct err *e);
