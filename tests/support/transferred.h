/* Whole records out of a home and into one. */
#pragma once

#include "tests/support/rpc_home.h"

/* The document of export.page, the caller's to free; *pieces (may be NULL) says how many it came in. */
char *transferred_document(struct home *h, const char *params, int *pieces);

/* Sends a text for `purpose`; the token is valid until the next one. */
const char *transferred_upload(struct home *h, const char *text, const char *purpose);

/* Calls records.load with the text: the result, or NULL and the error, both borrowed until the next call. */
json_t *transferred_load(struct home *h, const char *text, const char *params,
			 json_t **ret_error);

/* The text with each `from` replaced by `to`, the caller's to free. */
char *transferred_replace(const char *text, const char *from, const char *to);
