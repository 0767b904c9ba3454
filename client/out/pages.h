/* Answers that come page by page: their methods take a limit, and `after` or `before`, which is what the answer gave as
 * `next`. Whoever asks sees one answer; how many rows a page has is between client and daemon. */
#pragma once

#include "client/net/call.h"

/* Whether a method answers in pages. */
bool pages_are(const struct method *m);

enum { PAGES_ALL = 0 };

struct pages {
	struct call *call;
	const struct method *method;
	void *params; /* the page's own limit and place are put in while it is asked for */
	int64_t most; /* rows; PAGES_ALL */
};

/* How many rows were asked for: --limit, else all of them where `all` says so. 0 where the daemon is to say how many;
 * 1 with ret->most; or -PDH_USAGE. */
int pages_wanted(const struct method *m, void *params, bool all, int64_t *ret,
		 struct err *e);

/* Gives each page to `fn` as it comes; the page and its memory go after that. Ends with what `fn` returns, if that is
 * not 0. */
typedef int pages_fn(void *data, const struct answer *page, struct arena *a,
		     struct err *e);
int pages_each(const struct pages *p, pages_fn *fn, void *data, struct err *e);

/* All pages as one answer: its rows, and `next` of the last. */
int pages_join(const struct pages *p, struct answer *ret, struct err *e);

/* -PDH_BUSY: the records changed between two pages, each time it was begun again. */
enum { PAGES_TRIES = 3 };
int pages_keep_changing(struct err *e);
