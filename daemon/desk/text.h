/* Texts as a notification service may have them, and the keys of buttons. */
#pragma once

#include "common/buf.h"
#include "daemon/desk/note.h"

#include <stdbool.h>

enum {
	DESK_NAME_MAX = 160, /* bytes of the name of a reminder */
	DESK_KEY_SIZE = DESK_NAME_MAX + 16,
	DESK_TITLE_MAX = 200, /* bytes, of which the rest is cut off */
	DESK_BODY_MAX = 2000,
};

struct desk_text {
	size_t most; /* bytes of the text that are taken */
	bool lines;  /* newlines stay; else they are spaces */
	bool markup; /* the reader takes it for markup: & < > are escaped */
};

/* Appends `text` and a NUL: control characters, and those that turn the direction of a text, become spaces, bytes that are not UTF-8 question
 * marks; what is cut off ends in "…". */
void desk_text(struct buf *to, const char *text, const struct desk_text *as);

/* The key of a button of the reminder, "pdh-ack fp/30d"; false if that is no name of a reminder. */
bool desk_key(enum desk_button button, const char *reminder, char out[DESK_KEY_SIZE]);

/* Back again: what the key says, with the name in *ret_reminder, a part of `key`; false if it is none of ours. Keys come
 * from whoever is on the bus. */
bool desk_key_read(const char *key, enum desk_button *ret_button,
		   const char **ret_reminder);
