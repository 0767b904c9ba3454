/* The loop and what lives in it: the listener, the clients, signals, and timers that run
 * only while there is something to wait for, so that an idle daemon sleeps. */
#pragma once

#include "daemon/loop/conn.h"
#include "daemon/loop/door.h"
#include "daemon/loop/line.h"
#include "daemon/loop/ticker.h"
#include "daemon/loop/writer.h"
#include "daemon/rpc/rpc.h"

#include <uv.h>

enum {
	SERVER_CONNECTIONS = 256,	/* at once; a person has a handful */
	SERVER_PATIENCE_MS = 60 * 1000, /* for a peer that owes us something */
	SERVER_DRAIN_MS = 2 * 1000, /* for answers still to be written when stopping */
	SERVER_FOLD_MS =
		20 *
		1000, /* after a change: within a minute the file has it, see pdhd(8), BACKUPS */
};

struct server_options {
	const char *socket; /* where it is bound when the loop begins */
	const char *line;   /* the file for shell prompts */
	int64_t max_connections;
	int64_t patience_ms;
	int64_t fold_ms;   /* from a change to the folding of the log into the file */
	int64_t idle_exit; /* seconds without a client after which the daemon ends; 0:
			      never */
};

struct server {
	uv_loop_t loop;
	struct door door;
	uv_signal_t on_term, on_int, on_hup;
	uv_timer_t sweep;    /* runs while a client owes something (conn.h) */
	uv_timer_t drain;    /* runs while the daemon stops */
	uv_timer_t idle;     /* runs while there is no client and idle_exit is set */
	uv_timer_t watchdog; /* runs if the service manager asks for it */
	uv_timer_t
		fold; /* runs while the write-ahead log has something that the database's file has not */
	uv_prepare_t news; /* before the loop waits: does what `next` says */
	uv_idle_t turn;	   /* runs while a client waits for its turn */
	struct conns clients;
	unsigned next; /* bits of enum next: what is to be done before the loop waits */
	struct line line; /* what shell prompts show */
	struct courier courier;
	struct wall wall;
	struct ticker ticker;
	struct writer writer;
	bool reload;	 /* rules packs are to be read anew, once no long write runs */
	struct rpc *rpc; /* not to be touched while the writer runs; clients.rpc is */
	const struct server_options *options;
};

/* Serves on the listener until a signal, daemon.stop or idleness ends it. 0; or
 * -PDH_FAILED when the loop could not be set up, or when it did not end clean (a handle
 * was left). Takes over the descriptor. */
int server_run(struct rpc *rpc, const struct listener *l, const struct server_options *o,
	       struct err *e);
