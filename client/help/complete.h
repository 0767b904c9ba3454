/* Completion: a short script for each shell asks `pdh _complete` with every tab, which answers from the tables and with
 * values in use. */
#pragma once

#include "common/api.h"

#include <stdio.h>

/* What can stand where the last of some words is being typed. */
struct completion {
	const char *typed;  /* that word, as far as it is typed */
	struct word *words; /* words of the tables that begin with it, in the arena */
	size_t n;
	const char *source; /* the list of word.list that has more; "": none has */
	const char *about;  /* its second parameter; NULL: none */
	bool files;	    /* names of files too */
};

/* `words` are those that follow `pdh`; the last one has a period behind what is typed, so that it is never empty. */
void complete_words(const struct texts *words, struct arena *a, struct completion *ret);

/* Adds a word if it begins with what is typed. */
void complete_add(struct completion *c, const char *value, const char *about,
		  struct arena *a);

/* The script for bash, zsh or fish; -PDH_USAGE for any other shell. */
int complete_script(const char *shell, FILE *out, struct err *e);

/* ---- complete_values.c: words that are the same for everybody, NULL behind the last ------------- */

const char *const *complete_fixed(const struct field *f);
const char *const *complete_option(
	const char *flag); /* of an option that is no parameter */
