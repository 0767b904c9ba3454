/* The functions of libsystemd that the desk calls, loaded with the first notification: a daemon that shows none
 * shall stay small (daemon/loop/notify.c says how small). */
#pragma once

#include "common/err.h"

#include <systemd/sd-bus.h>

#define DESK_SD_FUNCTIONS(X)            \
	X(bus_open_user)                \
	X(bus_process)                  \
	X(bus_is_open)                  \
	X(bus_get_fd)                   \
	X(bus_get_events)               \
	X(bus_get_timeout)              \
	X(bus_close_unref)              \
	X(bus_ref)                      \
	X(bus_unref)                    \
	X(bus_match_signal_async)       \
	X(bus_call_async)               \
	X(bus_send)                     \
	X(bus_slot_unref)               \
	X(bus_message_new_method_call)  \
	X(bus_message_unref)            \
	X(bus_message_set_auto_start)   \
	X(bus_message_set_expect_reply) \
	X(bus_message_append)           \
	X(bus_message_read)             \
	X(bus_message_enter_container)  \
	X(bus_message_get_error)        \
	X(bus_message_get_sender)

/* Called as sd->bus_process(): the names of sd-bus(3) without their "sd_". */
struct desk_sd {
#define X(name) __typeof__(&(sd_##name)) name;
	DESK_SD_FUNCTIONS(X)
#undef X
};

/* Loads the library at the first call, and keeps it; NULL, with the reason, where it is not to be had. */
const struct desk_sd *desk_sd(struct err *e);
