/* records.load: what pdh export wrote is taken over, line by line. Where nothing is stored everything comes as it was,
 * under its own numbers; elsewhere activities are known by their uid and credentials by their short names, and what is
 * there stays as it is. */
#pragma once

#include "common/api.h"
#include "daemon/transfer/places.h"
#include "daemon/transfer/record_line.h"
#include "daemon/work.h"

/* What a place says beside the number under which a line is stored. */
enum load_place {
	LOAD_SKIPPED = 0, /* its line was passed over, with whatever names it */
	/* > 0: it was stored; < 0: the number of what was there already */
};

struct load {
	struct work *w;
	const struct records_load_params *p;
	struct imported *ret;
	struct err *e;
	bool begins; /* nothing was stored before */
	int64_t line;
	struct places ids[PART_COUNT];	    /* by the ids of the file */
	struct places uids, packs, aliases; /* by digests */
	bool usual;			    /* the reminders of all are the file's */
	bool names_lines;		    /* the error does so itself */
	const json_t **imports; /* those that wait for a row of theirs; kept */
	size_t imports_n;
	int64_t credentials;	    /* new ones */
	int64_t stored[PART_COUNT]; /* lines of each part that are stored now */
	struct texts there;	    /* short names of those that are there */
	uint64_t plan;
	struct arena text; /* of one line */
};

/* Takes a line that was checked. -PDH_REFUSED. */
int load_take(struct load *l, enum part_id part, const json_t *line);

/* Once all are in: what only the whole can tell. */
int load_check(struct load *l);
