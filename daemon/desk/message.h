/* The messages that the desk sends; sd_bus_send(3) and its kin take them. */
#pragma once

#include "daemon/desk/bus.h"
#include "daemon/desk/note.h"

#include <stdbool.h>

#define DESK_NAME \
	"org.freedesktop.Notifications" /* of the service, and of its interface */
#define DESK_PATH "/org/freedesktop/Notifications"

/* What answered on the bus. */
struct desk_service {
	char owner[64]; /* its unique name; "" until it answered */
	char name[64];	/* "dunst" */
	bool actions, markup;
};

/* Each is NULL when it could not be made, as on a bus that went away. */
sd_bus_message *desk_message(struct desk_bus *b, const char *to, const char *member);
sd_bus_message *desk_message_note(struct desk_bus *b, const struct desk_service *to,
				  const struct desk_note *note, uint32_t replaces);
