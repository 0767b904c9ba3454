/* The terminal as a channel of reminders: whatever is due and was not shown yet is the last line of the next command,
 * on standard error, one at a time. So a person on ssh, without desktop or mail, is not left out. */
#pragma once

#include "client/net/call.h"
#include "client/term/term.h"

/* Shows one and says that it was shown; with `listed` all were shown already, and that is said. Never fails: the
 * command was done. */
void unseen_tell(struct call *c, const struct term *t, bool listed);
