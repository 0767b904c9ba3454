/* What the files of pdh import share. */
#pragma once

#include "client/verbs/import.h"
#include "client/verbs/run_parts.h"

/* import_lines.c: the rows, and those that were left out, in a file without a name. Its descriptor, the caller's to close;
 * or negative. */
int import_lines(const struct import_file *f, const struct import_run_params *p,
		 struct err *e);

/* import_send.c: sends the rows, looks what becomes of them, and has them stored unless it is a dry run. 0 and the daemon's
 * answer, with all rows in it. */
int import_send(struct run *r, struct import_file *f, struct answer *ret);

/* Asks what becomes of the opening balance that covers days of the rows: reduce or keep. -PDH_INTERRUPTED. */
int import_ask_opening(struct run *r, int64_t id, const char **ret);

/* import_original.c: with --keep, sends the file itself; the caller forgets the upload where it was not used. Nothing of a
 * dry run. -PDH_REFUSED where the file is another since its rows were read. */
int import_original(struct run *r, const struct import_file *f);

/* import_keep.c: writes the layout that pdh-read made of the columns as `name` into the person's own folder, unless it is
 * there; nothing where `name` is NULL. *ret_made: the new file, or NULL. -PDH_REFUSED where there are
 * no columns, -PDH_DUPLICATE where the name is taken. */
int import_keep(struct import_file *f, const char *name, bool dry_run, struct arena *a,
		const char **ret_made, struct err *e);

/* Whether a layout may have this name; NULL may. 0 or -PDH_USAGE. */
int import_keep_name(const char *name, struct err *e);

/* import_ask.c: asks of each new row whether it took place, and takes those out that did not. `seen`: what would become of
 * them. -PDH_USAGE where nobody can be asked. */
int import_ask(struct run *r, struct import_file *f, const struct imported *seen);
