/* Out of the sandbox. The daemon's unit lets it gain no privileges and reach no network, and what it runs inherits that;
 * but a sendmail gains a group to reach its queue, and a person's command may do anything. So there both are run by the
 * service manager, as units of their own that the daemon waits for. */
#pragma once

#include "common/arena.h"

#include <stdint.h>

/* The words that run a program with more in its environment (NULL: nothing): its own, or those of systemd-run(1) before
 * them where this process can gain no privileges, there is one, and a service manager of this user answers. They live
 * in the arena, and are borrowed in part. Everybody on the machine can read the words of a process: of the environment they
 * have the names alone, and the values are to be in the environment of systemd-run. */
char **outside_argv(char **own, char *const *env, int64_t timeout_ms, struct arena *a);
