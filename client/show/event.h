/* The line above the events of a day. */
#pragma once

#include "client/term/screen.h"

#include <stdint.h>

void show_event_day(const struct screen *s, int64_t at);
