/* One connection to the bus of the session, driven by the loop. It is made by sd-bus(3) and lies idle but for what
 * the bus sends and what is waited for. */
#pragma once

#include "daemon/desk/sd.h"

#include <uv.h>

struct desk_bus {
	const struct desk_sd *sd;
	sd_bus *bus;
	void (*lost)(void *data); /* the peer ended it: close it */
	void *data;
	uv_poll_t poll;
	uv_timer_t timer;
	int fd;	  /* our own copy of the descriptor of the bus */
	int open; /* handles that are not closed yet */
};

/* Begins to connect, to $DBUS_SESSION_BUS_ADDRESS or else $XDG_RUNTIME_DIR/bus; messages can be sent at once and
 * go out when the bus has let us in. -PDH_FAILED, in the user's words, where there is no such bus. */
int desk_bus_open(uv_loop_t *loop, void (*lost)(void *data), void *data,
		  struct desk_bus **ret, struct err *e);

/* To be called after messages were sent from elsewhere than a callback of the bus. */
void desk_bus_settle(struct desk_bus *b);

/* No callback comes after this; slots of calls are to be given back before. Frees `b` when its handles are closed. */
void desk_bus_close(struct desk_bus *b);
