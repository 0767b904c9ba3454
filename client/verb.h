/* Which method the words of a command line name: the longest run of words, from the first, that is a verb.
 * Nothing is guessed: a word that is no verb gets one suggestion, and is never run. */
#pragma once

#include "common/api.h"

struct verb {
	const struct method *method; /* NULL: there was no word at all */
	size_t words;		     /* how many words it took */
};

/* Whether a word of the command line is a flag: it begins with a dash, and is neither "-" (standard input) nor a
 * negative amount. */
bool verb_is_flag(const char *word);

/* Looks through argv[1...]: flags may stand before the verb. 0, or -PDH_USAGE. */
int verb_find(int argc, char **argv, struct verb *ret, struct err *e);

/* The words that are no flags and no values of flags, as `help` takes them. */
void verb_words(int argc, char **argv, struct arena *a, struct texts *ret);
