/* Which method the words of a command line name: the longest run of words, from the first, that is a verb.
 * Nothing is guessed: a word that is no verb gets one suggestion, and is never run. */
#pragma once

#include "common/api.h"

struct verb {
	const struct method *method; /* NULL: there was no word at all */
	size_t words;		     /* how many words it took */
};

/* The only other names of commands there are: a prefix that is guessed today is a command that cannot be
 * added tomorrow. */
struct verb_alias {
	const char *word, *verb;
};
enum { VERB_ALIASES = 3 };
extern const struct verb_alias verb_aliases[VERB_ALIASES];

/* The one group of commands whose first word alone is a command: it lists. */
extern const struct verb_alias verb_alone;

/* Whether a word of the command line is a flag: it begins with a dash, and is neither "-" (standard input) nor a
 * negative amount. */
bool verb_is_flag(const char *word);

/* Looks through argv[1...]: flags may stand before the verb. 0, or -PDH_USAGE. */
int verb_find(int argc, char **argv, struct verb *ret, struct err *e);

/* The words that are no flags and no values of flags, as `help` takes them. */
void verb_words(int argc, char **argv, struct arena *a, struct texts *ret);

/* What a short name stands for; any other word itself. */
const char *verb_unalias(const char *word);

/* The words with a space between them, a short name of the first as what it stands for. */
const char *verb_join(const struct texts *words, struct arena *a);
