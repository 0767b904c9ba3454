/* pdh export: the pieces of the daemon's document, and what is made of its activities. Whatever is written comes of one
 * state of the records. */
#pragma once

#include "common/api.h"
#include "common/buf.h"

#include <jansson.h>

/* Asks for the piece that begins at `after` (NULL: the first); what `ret` points to need not outlive the next. */
typedef int (*export_ask)(void *data, const char *after, struct exported *ret,
			  struct err *e);

/* Joins all pieces, from the beginning again where the records change meanwhile: three times, then -PDH_BUSY. */
int export_join(export_ask ask, void *data, struct buf *ret, struct err *e);

/* The lines of a document as values. Release with export_done(). */
struct export_lines {
	json_t **activities;
	size_t n;
	json_t *aliases; /* of credentials, by their ids as text */
	struct arena *arena;
};
int export_read(const struct buf *document, struct arena *a, struct export_lines *ret,
		struct err *e);
void export_done(struct export_lines *l);

/* What a value says: "" where there is none. */
const char *export_text(const json_t *activity, const char *key);
/* "2.5 h", exactly: with as many decimals as that takes. */
const char *export_credit(const json_t *credit, struct arena *a);
/* Its members; where a semicolon stands between them, one within a member is doubled. */
const char *export_list(const json_t *list, const char *between, struct arena *a);
/* Its parts as "ethics=1 h", and the credentials that its scope names. */
const char *export_split(const json_t *activity, struct arena *a);
const char *export_scope(const struct export_lines *l, const json_t *activity,
			 const char *scope);

/* Comma-separated values; `excel`: with a byte order mark, and with ; between cells where `comma` is the decimal sign. */
void export_csv(const struct export_lines *l, bool excel, bool comma, struct buf *ret);

/* A file for each year in `folder`, written where it would say something else. Those that pdh wrote for years of which
 * there is nothing any more are removed, if `all` activities are there. 0, or -PDH_STORAGE. */
int export_folder(const struct export_lines *l, const char *folder, bool all,
		  struct err *e);
