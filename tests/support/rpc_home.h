/* A dispatcher over a database of its own in a temporary folder, spoken to in JSON that
 * is turned into the bytes of msgpack-RPC and back: tests read like a session of a
 * client. */
#pragma once

#include "daemon/rpc/rpc.h"

#include <jansson.h>

struct home {
	char folder[64];
	struct rpc rpc;
	unsigned next; /* what the last call left to be done, of enum next */
	json_t *last;  /* [1, id, error, result] of the last call */
};

/* Opens a new database and sets the clock to 2026-03-14T09:30:00 (New York). cmocka
 * set-up and tear-down: *state is the home. Shipped packs are read from schema/packs. */
int home_open(void **state);
int home_close(void **state);

/* Sets the clock: a local time such as 2026-03-14T09:30:00. */
void home_clock(struct home *h, const char *when);

/* Puts a rules pack of the person's own in place; its file is named after it. */
void home_pack(struct home *h, const char *id, const char *text);

/* Ends the daemon's state, and begins another over the database that lies there; or both. */
void home_end(struct home *h);
void home_begin(struct home *h);
void home_restart(struct home *h);

/* Calls and returns the result, or NULL and the error; both are borrowed until the next call. */
json_t *home_try(struct home *h, const char *method, json_t *params, json_t **ret_error);

/* Calls a method with parameters in JSON ({"$bytes": "text"} for bytes) and returns the result (borrowed until the next
 * call); fails the test if the answer is an error. */
json_t *home_call(struct home *h, const char *method, const char *params);

/* Calls and returns the error map, or NULL if it worked. */
json_t *home_error(struct home *h, const char *method, const char *params);

/* Calls and expects an error of this word ("refused"); returns the error map. */
json_t *home_fail(struct home *h, const char *method, const char *params,
		  const char *word);

/* The value at a dotted path, such as "activities.0.title"; fails the test if there is
 * none. */
json_t *json_at(json_t *root, const char *path);
const char *text_at(json_t *root, const char *path);
long long int_at(json_t *root, const char *path);
/* The decimal text of a credit: "2.5". */
const char *credit_at(json_t *root, const char *path);
size_t count_at(json_t *root, const char *path);
