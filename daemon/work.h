/* What one call of the domain works with. Time is in here: the domain asks no clock. */
#pragma once

#include "common/api.h"
#include "daemon/store/db.h"

struct change_recorder;
struct pack_library;
struct pins;
struct ledgers;
struct uploads;

/* Where a subscriber to events is, and which it wants: "" for all, else names between commas. */
enum { EVENT_ONLY_SIZE = 512 };
struct event_cursor {
	int64_t seq; /* it has all up to this one */
	char only[EVENT_ONLY_SIZE];
};

/* What daemon.status tells. The loop keeps it up to date. */
struct daemon_info {
	enum started_by started_by;
	const char *socket;
	int64_t started_at;
	int64_t pid;	    /* 0: not asked yet */
	int64_t memory_kib; /* 0: to be measured */
	int64_t clients;
	int64_t requests; /* counted by the dispatcher */
};

/* What is to be done once a call is over: bits of one value. A method adds to work.next, the dispatcher adds its own, and
 * the loop takes the whole (rpc_next()). */
enum next {
	NEXT_STOP = 1 << 0,	 /* drain the clients, and end */
	NEXT_SUBSCRIBE = 1 << 1, /* send events to the caller, from work.cursor on */
	NEXT_LINE = 1 << 2,	 /* judge the line for shell prompts anew */
	NEXT_EVENTS = 1 << 3,	 /* subscribers may have events to be told */
	NEXT_STATES =
		1 << 4, /* states of credentials changed that events do not have yet */
	NEXT_REMIND = 1 << 5, /* look at reminders soon: they may have changed */
	NEXT_SEND = 1 << 6,   /* look at reminders at once: somebody waits for one */
};

struct work {
	struct db *db;
	struct arena *arena;
	struct pack_library *packs;
	struct pins *pins;
	struct ledgers *ledgers;
	struct uploads *uploads; /* files on their way in; NULL: none can come */
	struct daemon_info *daemon;
	civil_day today; /* where the caller is */
	int64_t zone;	 /* minutes east of Greenwich there; INT_NONE: not told */
	int64_t now;	 /* epoch seconds */
	const char *who; /* the person's account name */
	bool dry_run;
	struct change_recorder *recorder; /* NULL in methods that do not write */
	unsigned next;			  /* of enum next */
	struct event_cursor *cursor;	  /* of the caller, where it subscribes */
	int64_t late_until; /* a reminder that was due by then and is new was set late, and is
			       not sent; INT64_MIN: none was */
	const char *what; /* set by writing methods: the line of the history */
	int64_t undoes;	  /* set by undo and redo; else INT_NONE */
};
