/* Notifications on the desktop: the service org.freedesktop.Notifications on the bus of the session, spoken to with
 * sd-bus(3) on the loop of the daemon. Nothing here waits.
 *
 * The bus is connected to with the first notification, and again with the next one after it went away. One
 * notification at a time is given to the service, in the order of desk_show(). What is still shown is known
 * only to this process; buttons carry the name of their reminder, so that a press needs nobody who remembers. */
#pragma once

#include "daemon/desk/note.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* What became of a notification, told to the one who made the desk. Strings live as long as the call. Each of these may
 * call any function of the desk but desk_free(). */
struct desk_events {
	/* Once for each desk_show(), maybe before it returns: the service took it ("shown by dunst") or it did not (a
	 * sentence). */
	void (*done)(void *data, int64_t attempt, bool ok, const char *text);
	/* A button was pressed, maybe of a notification of an earlier process: `reminder` is what desk_show() was given.
	 * The notification is closed already. Who is on the bus may say so, thus the reminder need not exist. */
	void (*pressed)(void *data, const char *reminder, enum desk_button button);
	/* The person closed it, without a button, so many seconds after it was shown (time asleep is not counted). Told
	 * only of what this process showed. */
	void (*closed)(void *data, int64_t attempt, int64_t seconds);
	void *data;
};

struct desk;

/* `to` is copied. Neither connects nor wakes up before the first call. */
struct desk *desk_new(uv_loop_t *loop, const struct desk_events *to);

/* Shows a note; `attempt` is the caller's name for this try. Notes are shown one after the other; a service that has not
 * answered `timeout_ms` after it was asked for this one is given up, also if it shows the note later. */
void desk_show(struct desk *d, int64_t attempt, const struct desk_note *note,
	       int64_t timeout_ms);

/* Closes what is shown of the ladder: acknowledged elsewhere. What waits to be shown is done(), not shown. */
void desk_withdraw(struct desk *d, const char *ladder);

/* Closes its handles; what is pending is told no more. Memory goes in the close callbacks, so
 * the loop must still run. What is shown stays. */
void desk_free(struct desk *d);
