/* What the files of records.load share: where lines go. */
#pragma once

#include "daemon/transfer/load.h"

uint64_t load_digest(const char *text);

/* -PDH_REFUSED where the key is there already, with both lines. */
int load_once(struct load *l, const struct places *p, uint64_t key, const char *what);

/* The same of the id of a line, if it has one. */
int load_once_id(struct load *l, enum part_id part, const json_t *line);

/* Notes where a line with an id went. */
void load_note(struct load *l, enum part_id part, const json_t *line, int64_t went);

/* Stores a line as it is. 1; 0: it was passed over, for what it names was. */
int load_store(struct load *l, enum part_id id, const json_t *line);

int load_activity(struct load *l, const json_t *line); /* load_activity.c */
