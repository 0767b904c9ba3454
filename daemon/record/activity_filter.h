/* What a listing asks for, and the index that is used to find its rows. */
#pragma once

#include "daemon/judge/held.h"

/* The index that is used. FILTER_BY_DAY looks at all activities of the days. */
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
	const char *topic,
		*kind; /* lists of JSON: the stored words that read like what was given */
	const char *provider; /* folded */
	const char *text;     /* search_words() */
	int64_t unsubmitted;  /* the credential whose board has not got them; INT_NONE */
	enum filter_by by;    /* the index with the fewest rows for this filter */
	int64_t found; /* how many rows it has, counted up to `most`; by day, how many the days have */
	int64_t most; /* from so many rows on it is faster to go by day than by an index */
};

/* `limit`: of a page. */
int activity_filter_make(struct work *w, const struct activity_list_params *p,
			 const struct held_list *held, int64_t limit, struct filter *ret,
			 struct err *e);

/* Whether it asks for nothing but days, and maybe for planned activities only. */
bool activity_filter_is_plain(const struct filter *f);

/* All that the filter asks for, as one text: equal filters have equal keys. */
const char *activity_filter_key(const struct filter *f, struct arena *a);

/* Binds the days of the filter. */
void activity_filter_bind_days(struct sqlite3_stmt *s, const struct filter *f);

/* Binds all of the filter but the page. `found`: the statement uses one of the other indexes. */
void activity_filter_bind(struct sqlite3_stmt *s, const struct filter *f, bool found);
