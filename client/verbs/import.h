/* pdh import: what pdh-read says of a file, as the rows of one import.run, and the two answers joined for the person. */
#pragma once

#include "client/cli/options.h"
#include "common/api.h"

#include <sys/stat.h>

struct import_file {
	struct imported
		head; /* how it was read, and rows that cannot be taken or are left out */
	struct list flags; /* struct texts for each activity of the request */
	const char *
		layout; /* the text of a layout of its columns, as pdh-read made it; NULL: none */
	struct stat read; /* what the file was when it was read */
	bool calendar, chosen, proposal;
};

/* Reads the file that is named, and fills the list of activities, layout and version of the request. 0, or what is wrong
 * with the file. Everything is in the arena. */
int import_read(struct import_run_params *p, struct arena *a, struct import_file *ret,
		struct err *e);

/* Whether what was read may be stored: events of a calendar and proposals want a yes. 0 or the refusal. */
int import_check(const struct import_file *f, const struct import_run_params *p,
		 const struct options *o, struct err *e);

/* Adds to the daemon's answer what pdh-read said, rows by their lines. */
void import_join(const struct import_file *f, struct arena *a, struct imported *ret);

/* Whether an open file begins as what pdh export wrote; and has the daemon take it over, with the exit status. */
struct run;
bool import_is_export(int fd);
int import_load(struct run *r, int fd);
