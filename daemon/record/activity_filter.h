/* What a listing asks for, and the way on which its rows are found. */
#pragma once

#include "daemon/judge/held.h"

/* The index that knows what is found; by day all of the days is looked at. */
enum filter_by {
	FILTER_BY_DAY,
	FILTER_BY_TOPIC,
	FILTER_BY_KIND,
	FILTER_BY_PLAN,
	FILTER_BY_PROVIDER
};

struct filter {
	struct period days;
	bool planned; /* those alone */
	const char *topic, *kind, *provider, *text;
	const char *title_key; /* of the text */
	enum filter_by by;     /* the index that knows the fewest */
	int64_t found; /* how many it knows, counted up to `most`; of the days by day */
	int64_t most; /* so many at least are found on the way by day sooner than by an index */
};

/* `limit`: of a page. */
int activity_filter_make(struct work *w, const struct activity_list_params *p,
			 const struct held_list *held, int64_t limit, struct filter *ret,
			 struct err *e);

/* Whether it asks for days and for planned ones alone. */
bool activity_filter_is_plain(const struct filter *f);

/* Everything that it asks for, in one text. */
const char *activity_filter_key(const struct filter *f, struct arena *a);

/* Of the days alone. */
void activity_filter_bind_days(struct sqlite3_stmt *s, const struct filter *f);

/* Of the statements of a listing, but for their page; `found`: of one that takes an index. */
void activity_filter_bind(struct sqlite3_stmt *s, const struct filter *f, bool found);
