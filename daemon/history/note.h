/* What a change did, as notes that become events: between note.c, which reads the rows that were changed, and
 * tell.c. */
#pragma once

#include "daemon/work.h"

enum event_about {
	ABOUT_CREDENTIAL,
	ABOUT_ITEM,
	ABOUT_ACTIVITY,
	ABOUT_EVIDENCE,
	ABOUT_HAVE,
	ABOUT_REMINDER
};

/* Of several rows that touched one thing the weightiest tells: that it came or went, then that its cycle was renewed,
 * then that something of it is different. */
enum event_weight { CAME_OR_WENT, RENEWED, DIFFERENT };

/* What one row did to one thing. What is gone cannot be read any more, so that its words come along. */
struct event_note {
	enum event_about about;
	int64_t id;
	enum event_weight weight;
	const char *event;
	bool gone;
	int64_t credential_id; /* of an item that is gone, and of a reminder */
	const char *name; /* alias of a credential that is gone; name of a reminder */
	const char *text;
};

struct event_notes {
	struct work *w;
	struct event_note *v;
	size_t n;
};

/* Reads what the open transaction has changed, row by row. */
int note_read(struct work *w, struct event_notes *ret, struct err *e);
