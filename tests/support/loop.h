/* What tests of daemon/loop/ and daemon/desk/ share: a loop that turns until something is so, and processes that are
 * looked at once they are gone. Nothing sleeps: the loop waits for what it has, a process is waited for. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>
#include <uv.h>

/* Turns the loop until *done; fails the test where 10 s have passed. */
void loop_until(uv_loop_t *loop, const bool *done);

/* Turns the loop until nothing is left in it, and closes it; fails the test where a handle is left open. */
void loop_end(uv_loop_t *loop);

/* The number that a program wrote into a file, once it is there; turns the loop meanwhile. */
pid_t process_of(uv_loop_t *loop, const char *file);

/* A running process, as a descriptor that outlives its number. */
int process_watch(pid_t pid);

/* Waits for it to end, and closes the descriptor; fails the test after 10 s. */
void process_await_end(int fd);
