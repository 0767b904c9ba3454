/* What SQL can do with words besides what SQLite can, which knows the case of English letters alone. */
#pragma once

#include "common/err.h"

struct sqlite3;

/* Gives a connection these functions, for statements alone and never for a schema, which other programs read too:
 *
 *   pdh_fold(text)            the text as similar_fold() makes it; NULL of NULL
 *   pdh_finds(words, text...) whether search_finds() finds all the words among the texts that are not NULL; NULL where no
 *                             words are given
 *
 * A code of SQLite. */
int db_words(struct sqlite3 *handle);
