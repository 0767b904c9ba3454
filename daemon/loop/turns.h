/* Which client is served next. Clients that wait are served one after the other, each for a short time. Usually
 * turns_pick() takes the client that has been served for the least time so far, and of equal ones the one that has waited
 * longest; so all have the same share, and a client that asks for little is served at once beside others that ask for a
 * lot. Every fourth pick takes the one that has waited longest, so that new clients, however many, cannot keep an old one
 * waiting. This file uses neither the clock nor the loop. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* The place of a client. Zeroed: it does not wait. */
struct turns_seat {
	struct turns_seat *next, *before;
	uint64_t served; /* ns, so far */
	bool waits;
};

/* The clients that wait. Zeroed: none. Seats belong to their owners. */
struct turns {
	struct turns_seat *first, *last;
	uint64_t least; /* the smallest `served` of those that waited at the last pick */
	unsigned picks;
};

/* Lets a client wait, if it does not already. The time in which it did not wait gives it no advantage. */
void turns_join(struct turns *t, struct turns_seat *seat);

/* Takes a client out of those that wait; allowed where it is not among them. */
void turns_leave(struct turns *t, struct turns_seat *seat);

/* Takes the next client out of those that wait; NULL: there is none. */
struct turns_seat *turns_pick(struct turns *t);

/* Adds the time for which a client was served. It may wait again already. */
void turns_charge(struct turns_seat *seat, uint64_t ns);
