/* What one call of the domain works with. The time is a member, because the domain reads no clock. */
#pragma once

#include "common/api.h"
#include "daemon/store/db.h"

struct change_recorder;
struct pack_library;
struct pins;
struct ledgers;
struct uploads;
struct import_plan;

/* A subscriber to events: how far it has read, and the names of the events that it wants, separated by commas ("": all). */
enum { EVENT_ONLY_SIZE = 512 };
struct event_cursor {
	int64_t seq; /* the number of the last event that it was sent */
	char only[EVENT_ONLY_SIZE];
};

/* What daemon.status answers with. The loop keeps it up to date. */
struct daemon_info {
	enum started_by started_by;
	const char *socket;
	int64_t started_at;
	int64_t pid;	    /* 0: not asked yet */
	int64_t memory_kib; /* 0: measured when it is asked for */
	int64_t clients;
	int64_t requests; /* counted by the dispatcher */
};

/* What the daemon has to do once a call is over, as bits of one value. The method sets bits in work.next, the dispatcher adds
 * its own, and the loop takes all of them with rpc_next(). */
enum next {
	NEXT_STOP = 1 << 0,	 /* finish the answers to clients, and end the daemon */
	NEXT_SUBSCRIBE = 1 << 1, /* send the caller the events behind work.cursor */
	NEXT_LINE = 1 << 2,	 /* compute the line for shell prompts anew */
	NEXT_EVENTS = 1 << 3,	 /* send new events to subscribers */
	NEXT_STATES = 1 << 4,	 /* store events for credentials whose state changed */
	NEXT_REMIND =
		1 << 5,	    /* look soon which reminders are due: they may have changed */
	NEXT_SEND = 1 << 6, /* look at once: a client waits for what is sent */
};

struct work {
	struct db *db;
	struct arena *arena;
	struct pack_library *packs;
	struct pins *pins;
	struct ledgers *ledgers;
	struct uploads *uploads;     /* files on their way in; NULL: none can come */
	struct import_plan *imports; /* the rows that are looked at; NULL with uploads */
	struct daemon_info *daemon;
	civil_day today; /* where the caller is */
	int64_t zone;	 /* minutes east of Greenwich there; INT_NONE: not told */
	int64_t now;	 /* epoch seconds */
	int64_t steady;	 /* seconds since the machine began: clock_steady() */
	const char *who; /* the person's account name */
	bool dry_run;
	struct change_recorder *recorder; /* NULL in methods that do not write */
	unsigned next;			  /* bits of enum next */
	struct event_cursor *cursor;	  /* of the caller, where it subscribes */
	int64_t late_until; /* a reminder that is found for the first time and was due by then is not sent: a person
			       set it after its time; INT64_MIN: there is no such time */
	const char *what; /* set by writing methods: what the history says was done */
	int64_t undoes; /* set by undo and redo: the number of the change that is taken back; else INT_NONE */
};
