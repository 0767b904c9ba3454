/* Files of rules packs: they are read here and sent as texts, since the daemon opens no path for a client. */
#pragma once

#include "common/api.h"

#include <stdio.h>

/* What is in the file; "-" is `in`. -PDH_NOT_FOUND, -PDH_FAILED, or -PDH_TOO_LARGE with the sentence of the daemon. */
int rules_file_read(const char *file, FILE *in, struct arena *a, const char **ret,
		    struct err *e);

/* Whether a word names a file and not a pack: it is "-", has a slash, or ends in .yaml, .yml or .json. */
bool rules_file_is(const char *word);

/* Moves the files among the words of pdh rules test to where their texts go, and reads them. */
int rules_file_read_all(struct pack_test_params *p, FILE *in, struct arena *a,
			struct err *e);

/* The texts of the files among some words, as struct pack_check_params; the words stay. */
int rules_file_read_named(const struct texts *words, FILE *in, struct arena *a,
			  struct list *ret, struct err *e);
