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

/* Writes "question [proposal]: " and reads one line into `line`, trimmed; an empty one is the proposal (NULL: none, and
 * "" comes back). false at the end of the input. */
enum { ASK_SIZE = 512 };
bool ask_line(const struct term *t, FILE *in, FILE *out, const char *question,
	      const char *proposal, char line[ASK_SIZE]);
