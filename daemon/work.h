/* What one call of the domain works with. Time is in here: the domain asks no clock. */
#pragma once

#include "common/api.h"
#include "daemon/store/db.h"

struct change_recorder;
struct pack_library;
struct pins;
struct ledgers;

/* Where a subscriber to events is, and which it wants: "" for all, else names between commas. */
enum { EVENT_ONLY_SIZE = 512 };
struct event_cursor {
	int64_t seq; /* it has all up to this one */
	char only[EVENT_ONLY_SIZE];
};

/* What daemon.status tells that only the loop knows. The loop keeps it up to date. */
struct rpc_daemon {
	const char *started_by; /* "systemd", "pdh", "hand" */
	const char *socket;
	int64_t started_at;
	int64_t pid;	    /* 0: not asked yet */
	int64_t memory_kib; /* 0: to be measured */
	int64_t clients;
	int64_t requests; /* counted by the dispatcher */
	bool stop;	  /* set by daemon.stop: the loop drains and ends */
	bool wrote;	  /* set after each commit; the loop may clear it */
	int64_t limit; /* what was due then and is new was set late; INT64_MIN: nothing was
			     stored since the last look */
	bool deliver;  /* set by a method that put something into the log to be sent */
	bool states;   /* some were judged that were not told; the loop clears it */
	bool news;     /* there may be events to send; the loop clears it */
	bool subscribes; /* set by events.subscribe: the loop takes the cursor */
	struct event_cursor cursor;
};

struct work {
	struct db *db;
	struct arena *arena;
	struct pack_library *packs;
	struct pins *pins;
	struct ledgers *ledgers;
	struct rpc_daemon *daemon;
	civil_day today; /* where the caller is */
	int64_t zone;	 /* minutes east of Greenwich there; INT_NONE: not told */
	int64_t now;	 /* epoch seconds */
	const char *who; /* the person's account name */
	bool dry_run;
	struct change_recorder *recorder; /* NULL in methods that do not write */
	const char *what; /* set by writing methods: the line of the history */
	int64_t undoes;	  /* set by undo and redo; else INT_NONE */
};
