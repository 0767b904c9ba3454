/* Activities as stored: the row, its topics, and the credentials its scope names.
 *
 * Scope: an activity with `only` given (only.v not NULL, though it may be empty) counts
 * for those credentials alone; else it counts for all but those of `except`. */
#pragma once

#include "daemon/judge/held.h"

/* Reads activity `id` with topics and scope. -PDH_NOT_FOUND. */
int activity_read(struct work *w, int64_t id, struct activity *ret, struct err *e);

/* Steps through the rows of an activity query, reading each with topics and scope. */
int activity_read_rows(struct work *w, struct sqlite3_stmt *s, struct list *ret,
		       struct err *e);

/* Checks what the schema cannot (a future day that is not planned, scope names) and puts
 * words into their stored form. Names in `only` and `except` become aliases of `held`. */
int activity_check(struct work *w, const struct held_list *held, struct activity *a,
		   struct err *e);

/* Stores a checked activity: a new one where id is INT_NONE, which then gets its number. */
int activity_save(struct work *w, const struct held_list *held, struct activity *a,
		  struct err *e);

/* -PDH_DUPLICATE if another activity of the same day has the same folded title. */
int activity_refuse_similar(struct work *w, const struct activity *a, struct err *e);

/* Notes for words that no rules in use and no common list know but that are near one they know, and for units that no rules
 * in use count: one for each word of these activities, which are stored. */
int activity_words(struct work *w, const struct activity *v, size_t n,
		   struct texts *notes, struct err *e);

/* The words of this attribute that rules in use know, and those that people commonly log; in the arena. */
int activity_words_known(struct work *w, enum rule_attr attr, struct texts *ret,
			 struct err *e);

/* Whether the rules of some credential in use name a topic. */
int activity_topic_known(struct work *w, const char *topic, bool *ret, struct err *e);

/* The note for a topic that is new and near one in use, or for more hours than a day has;
 * NULL for none. */
int activity_notes(struct work *w, const struct activity *a, struct texts *notes,
		   struct err *e);
