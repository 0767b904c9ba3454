/* Questions to a person at a terminal. */
#pragma once

#include "client/term/term.h"

#include <stdio.h>

/* Asks a question that is answered with yes or no; anything else, the end of the input too, is no. */
bool ask_yes(const struct term *t, FILE *in, FILE *out, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* The same where yes is what is usually meant: an empty line is yes, the end of the input is no. */
bool ask_usual(const struct term *t, FILE *in, FILE *out, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/* Writes "question [proposal]: ", broken at words where the terminal is narrow, and reads one line into `line`, trimmed;
 * an empty one is the proposal (NULL: none, and "" comes back). false at the end of the input. */
enum { ASK_SIZE = 512 };
bool ask_line(const struct term *t, FILE *in, FILE *out, const char *question,
	      const char *proposal, char line[ASK_SIZE]);

/* One line of a menu: what the person reads, and the word behind it, which may be typed as well (NULL: none). */
struct ask_option {
	const char *label, *word;
};

/* What is chosen from. Options that are numbers themselves, such as years, are typed as they are and get no others. */
struct ask_options {
	const struct ask_option *v;
	size_t n;
};

/* The option that `line` names: by its number, or by its label or word or what only one of them begins with. Case does not
 * matter, nor which of space, - and _ it is. -1: none, or more than one. */
int ask_option_of(const struct ask_options *o, const char *line);

/* Prints the options with their numbers, a line each. */
void ask_show_options(const struct term *t, FILE *out, const struct ask_options *o);

/* Prints the question and its options, and reads until one is chosen; what names none is told. An empty line is the option
 * *chosen where that is not -1, else none where `left_out` says what that means ("tell it later"), else it is asked again.
 * false at the end of the input; else *chosen is the option, or -1 for none. */
bool ask_menu(const struct term *t, FILE *in, FILE *out, const char *question,
	      const struct ask_options *o, const char *left_out, int *chosen);
