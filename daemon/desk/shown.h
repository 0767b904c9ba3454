/* What the notification service shows, as far as this process knows. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct desk_shown {
	struct desk_shown *next;
	char *ladder;
	uint32_t id; /* the service's number; never 0 */
	int64_t attempt;
	uint64_t since; /* ms, of the clock of the loop */
};

void desk_shown_remember(struct desk_shown **list, const char *ladder, uint32_t id,
			 int64_t attempt, uint64_t since);

/* The number of what is shown of the ladder; 0: nothing. */
uint32_t desk_shown_id(const struct desk_shown *list, const char *ladder);

/* Whether it was there; *ret, which may be NULL, then has its attempt and since. */
bool desk_shown_forget(struct desk_shown **list, uint32_t id, struct desk_shown *ret);
void desk_shown_forget_all(struct desk_shown **list);
