/* The channels by which reminders reach the person, as they are set. */
#pragma once

#include "daemon/work.h"

enum { CHANNEL_SECONDS = 10 }; /* for a message, unless the person says otherwise */

struct channel_setting {
	const char *name;
	bool off;	     /* by the person's word */
	const char *address; /* mail */
	const char *program; /* mail and command: a path and words; NULL: none, or of mail
				whatever sendmail there is */
	const char *file;    /* calendar */
	int64_t seconds;
};

struct channels {
	struct channel_setting v[CHANNEL_VALUES]; /* by enum channel */
};

int channels_read(struct work *w, struct channels *ret, struct err *e);

/* The channel of a way: of "command:/home/dana/bin/tell-hr" the command. "desk" is short for desktop. CHANNEL_NONE: it is
 * none. */
enum channel channel_of_way(const char *way);

/* Whether a message could be sent this way: it is set up and not switched off. */
bool channel_is_usable(const struct channels *c, const char *way);

/* What a person typed, as it is stored: "desk" is desktop, ~/ is the home folder. -PDH_USAGE blames `field`. */
int channel_read_way(const char *word, const char *field, struct arena *a,
		     const char **ret, struct err *e);

/* The words of a program, NULL at the end, without a shell: separated by blanks, those with blanks in quotes, ~/ is the
 * home folder. A path with blanks that is a program is one word without quotes too. */
char **channel_argv(const char *program, const char *last, struct arena *a);
