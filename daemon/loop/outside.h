/* Runs programs outside of the sandbox. The daemon's unit may gain no privileges and reach no network, and programs that the
 * daemon starts inherit that. But sendmail needs a group of its own to reach its queue, and a person's command may need
 * anything. So the service manager runs these programs as units of their own, and the daemon waits for them. */
#pragma once

#include "common/arena.h"

#include <stdint.h>

/* The words that run a program with more in its environment (NULL: nothing): its own, or those of systemd-run(1) before
 * them where this process can gain no privileges, there is one, and a service manager of this user answers. They live
 * in the arena, and are borrowed in part. Everybody on the machine can read the words of a process: of the environment they
 * have the names alone, and the values are to be in the environment of systemd-run. */
char **outside_argv(char **own, char *const *env, int64_t timeout_ms, struct arena *a);
