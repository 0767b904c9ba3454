/* Answers and errors as JSON (pdh-json(7)): one document a command, "schema" first, keys in the order of methods.def,
 * every key present, lists never null, nothing a float. */
#pragma once

#include "client/net/call.h"

#include <jansson.h>
#include <stdio.h>

/* Which fields --json=FIELDS asks for: of the answer, or of its rows. One bit for each field. */
struct json_pick {
	bool all;
	uint64_t answer, rows;
};

/* Reads "alias,state"; NULL: all. -PDH_USAGE for an unknown name. */
int json_pick_read(const char *fields, const struct shape *answer, struct json_pick *ret,
		   struct err *e);

/* Prints the document of an answer. Fields that a newer daemon added are kept. */
void json_print(const struct answer *ans, const struct json_pick *pick, FILE *out);

/* {"schema":"pdh.error/1","code",...} */
void json_print_error(const struct err *e, FILE *out);

/* {"schema":"pdh.note/1","message"} */
void json_print_note(const char *text, FILE *out);

/* Prints a document on one line and releases it. */
void json_put(json_t *document, FILE *out);

/* A text that need not be UTF-8, such as a path: what is not becomes U+FFFD. */
json_t *json_text(const char *text, size_t n);

#define JSON_ERROR_SCHEMA "pdh.error/1"
#define JSON_NOTE_SCHEMA  "pdh.note/1"
