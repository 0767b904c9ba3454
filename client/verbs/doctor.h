/* `pdh doctor`: the surroundings as the client sees them, then what the daemon says about itself and its database. */
#pragma once

#include "client/net/call.h"

/* Looks; what goes wrong on the way becomes a finding. Texts live in the arena. */
void doctor_look(struct call *c, struct arena *a, struct checkup *ret);

/* 1 if something failed, else 0; warnings are no failure. */
int doctor_exit_status(const struct checkup *c);
