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
	const char *
		prefix; /* what is typed before it and stays, as "topic:" and "--kind="; "" for nothing */
	const char *suffix; /* what is added to each word, as "=" */
	bool quotes;	    /* words with blanks stand in double quotes, as in filters */
	const char *sources[3]; /* lists of word.list that have more; NULL: none has */
	const char *about;	/* its second parameter; NULL: none */
	bool layouts;		/* names of layouts too */
	const struct method *columns; /* fields of this method's answer too; NULL: none */
	bool files;		      /* names of files too */
};

/* `words` are those that follow `pdh`; the last one has a period behind what is typed, so that it is never empty. */
void complete_words(const struct texts *words, struct arena *a, struct completion *ret);

/* What is typed up to `to` stays, and what follows it is completed. */
void complete_skip(struct completion *c, const char *to, struct arena *a);

/* Adds a word if it begins with what is typed and is not there yet. */
void complete_add(struct completion *c, const char *value, const char *about,
		  struct arena *a);

/* The script for bash, zsh or fish; -PDH_USAGE for any other shell. */
int complete_script(const char *shell, FILE *out, struct err *e);

/* ---- complete_values.c: words that are the same for everybody, NULL behind the last ------------- */

const char *const *complete_fixed(const struct field *f, const struct method *m);
const char *const *complete_option(
	const char *flag); /* of an option that is no parameter */

/* Adds the codes of jurisdictions: "tx", or "US-TX" where they are written so in full. */
void complete_states(struct completion *c, bool full, struct arena *a);

/* ---- complete_sources.c: values in use ----------------------------------------------------------- */

/* Sets the lists of word.list that have values of a parameter. */
void complete_sources(struct completion *c, const struct field *f,
		      const struct method *m);

/* Whether it takes names of files. */
bool complete_files(const struct field *f, const struct method *m);

/* ---- complete_filter.c: terms of pdh-filters(7) -------------------------------------------------- */

/* The last term of what is typed: its name, or values of that name. */
void complete_filter(struct completion *c, struct arena *a);
