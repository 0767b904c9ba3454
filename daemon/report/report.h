/* What the methods of reports share: the cycle that is meant, and the person's name. */
#pragma once

#include "daemon/judge/held.h"

/* The credential as held in the cycle that is meant, and the day it is judged on. `cycle`: what names one (held_in.h);
 * NULL: the one that `as_of` lies in. `as_of` DATE_NONE: the last day of a closed cycle, else today. -PDH_NOT_FOUND
 * where there is no such credential or cycle. */
int report_find(struct work *w, const char *credential, const char *cycle,
		civil_day as_of, struct held *ret, civil_day *ret_day, struct err *e);

/* NULL: nobody said a name. */
int report_person(struct work *w, const char **ret, struct err *e);

/* ---- transcript.c ----------------------------------------------------------------------- */

struct report_page {
	int64_t from, limit; /* entries of the transcript */
};

/* `ret` comes with every field none; page->limit INT_NONE: all of them. */
int report_transcribe(struct work *w, const struct held *h, civil_day day, bool reveal,
		      const struct report_page *page, struct transcript *ret,
		      struct err *e);
