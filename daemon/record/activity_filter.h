/* What a listing asks for, and the index that is used to find its rows. */
#pragma once

#include "common/filter.h"
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
	struct filter_node *
		all; /* whatever is asked for but days, where not all of it has an index; NULL: all of it has */
	int64_t unsubmitted; /* the credential whose board has not got them; INT_NONE */
	enum filter_by by;   /* the index with the fewest rows for this filter */
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

/* Reads a filter as a person wrote it, and looks up what it asks about the records. `field` is the parameter. */
int activity_filter_read(struct work *w, const struct held_list *held, const char *text,
			 const char *field, struct filter_node **ret, struct err *e);

/* All that a listing asks for but days and planned ones alone, as one filter. */
int activity_filter_all(struct work *w, const struct activity_list_params *p,
			const struct held_list *held, struct filter_node **ret,
			struct err *e);

/* Writes the numbers of all entries that a filter takes as a list of JSON, in the arena. */
int activity_filter_ids(struct work *w, const struct held_list *held, const char *text,
			const char **ret, struct err *e);

/* Binds the days of the filter. */
void activity_filter_bind_days(struct sqlite3_stmt *s, const struct filter *f);

/* Binds all of the filter but the page. `found`: the statement uses one of the other indexes. */
void activity_filter_bind(struct sqlite3_stmt *s, const struct filter *f, bool found);
