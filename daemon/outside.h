/* Out of the sandbox. The daemon's unit lets it gain no privileges and reach no network, and what it runs inherits that;
 * but a sendmail gains a group to reach its queue, and a person's command may do anything. So there both are run by the
 * service manager, as units of their own that the daemon waits for. */
#pragma once

#include "daemon/message.h"

/* The words that run the message's program: its own, or those of systemd-run(1) before it where this process can gain no
 * privileges and there is one. They live as long as the message. */
char **outside_argv(struct message *m);
