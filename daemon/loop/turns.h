/* Whose turn it is. Everybody who waits is served for a short while, one after the other: the one first that has been
 * served least, and of equals the one that has waited longest. So each has the same share of the time, and who
 * asks for little is served at once beside others who ask for a lot. Every fourth time it is the one that has waited longest,
 * so that newcomers, however many they are, starve nobody. Knows neither clock nor loop. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Zeroed: waits for nothing. */
struct turns_seat {
	struct turns_seat *next, *before;
	uint64_t served; /* ns, so far */
	bool waits;
};

/* Zeroed: nobody waits. The seats are their owners'. */
struct turns {
	struct turns_seat *first, *last;
	uint64_t
		least; /* how long the one of them had been served that was served least, at the last pick */
	unsigned picks;
};

/* Waits from now on, if it does not already. Time in which it wanted nothing is no credit. */
void turns_join(struct turns *t, struct turns_seat *seat);

/* Waits no more; also where it did not wait. */
void turns_leave(struct turns *t, struct turns_seat *seat);

/* Takes the next out of those who wait; NULL: nobody does. */
struct turns_seat *turns_pick(struct turns *t);

/* It was served for so long; it may be waiting again. */
void turns_charge(struct turns_seat *seat, uint64_t ns);
