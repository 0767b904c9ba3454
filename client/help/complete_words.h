/* What the scripts of all shells complete with, from the tables. */
#pragma once

#include "client/cli/options.h"

#include <stdio.h>

void complete_bash(FILE *out);
void complete_zsh(FILE *out);
void complete_fish(FILE *out);

/* Which list of word.list has the values of a parameter; "" for none. */
const char *complete_source(const struct field *f, const struct method *m);

/* Whether it takes the names of files. */
bool complete_files(const struct field *f, const struct method *m);

/* The values of a parameter that has a fixed few, separated by spaces; "" for others. */
const char *complete_fixed(const struct field *f);

/* Whether people are told of the command. */
bool complete_shown(const struct method *m);

/* The words that may follow `before` ("" or "credential"), separated by spaces. */
const char *complete_next_words(const char *before, struct arena *a);

/* Calls `fn` for "" and for each word or words that others must follow, such as "credential item". */
typedef void (*complete_group_fn)(const char *group, void *data);
void complete_groups(complete_group_fn fn, void *data);

/* Writes a text between single quotes; `escape` is what stands for one inside. */
void complete_quote(const char *text, const char *escape, FILE *out);

/* Calls `fn` for each flag of "--date,-d". */
typedef void (*complete_flag_fn)(const char *flag, void *data);
void complete_flags(const char *flags, complete_flag_fn fn, void *data);

/* For bash and zsh: the function _pdh_next, which echoes the words that may follow a verb, and
 * _pdh_unalias; every flag that takes a value,
 * each after a space; and the cases of "verb flag" or, with `place`, of "verb place", that complete values in
 * use by _pdh_values, a fixed few by the command `fixed` and names of files by `files`. */
void complete_put_next(FILE *out);
void complete_put_takes(FILE *out);
void complete_put_cases(FILE *out, bool place, const char *fixed, const char *files);
