/* libsystemd is loaded where a service manager (or pdh, which speaks its convention) started us, and only for as
 * long as it is needed: with the libraries that it brings along it would be a quarter of an idle daemon. */
#include "daemon/loop/notify.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <systemd/sd-daemon.h>
#include <time.h>

static void *library;

/* A function of libsystemd; NULL where the library is not to be had. */
static void *find(const char *symbol)
{
	if (!library)
		library = dlopen("libsystemd.so.0", RTLD_LAZY | RTLD_LOCAL);
	return library ? dlsym(library, symbol) : NULL;
}

#define FIND(symbol) (__extension__(__typeof__(&(symbol))) find(#symbol))

static void notify(const char *state)
{
	__typeof__(&sd_notify) send = getenv("NOTIFY_SOCKET") ? FIND(sd_notify) : NULL;

	if (send)
		send(0, state);
}

void notify_ready(void)
{
	notify("READY=1");
}

void notify_stopping(void)
{
	notify("STOPPING=1");
}

void notify_reloading(void)
{
	notify("RELOADING=1");
}

void notify_watchdog(void)
{
	notify("WATCHDOG=1");
}

uint64_t notify_watchdog_usec(void)
{
	__typeof__(&sd_watchdog_enabled) ask =
		getenv("WATCHDOG_USEC") ? FIND(sd_watchdog_enabled) : NULL;
	uint64_t usec;

	return ask && ask(0, &usec) > 0 ? usec : 0;
}

static int take_fd(int *ret, struct err *e)
{
	__typeof__(&sd_listen_fds) count = FIND(sd_listen_fds);
	__typeof__(&sd_is_socket) is_socket = FIND(sd_is_socket);

	if (!count || !is_socket)
		return err_set(e, -PDH_FAILED, NULL,
			       "libsystemd is needed to be started with a socket: %s",
			       dlerror());
	int n = count(1);
	if (n <= 0)
		return 0;
	if (n > 1 || is_socket(SD_LISTEN_FDS_START, AF_UNIX, SOCK_STREAM, 1) <= 0)
		return err_set(
			e, -PDH_FAILED, NULL,
			"started with something else than one listening Unix socket");
	*ret = SD_LISTEN_FDS_START;
	return 0;
}

int notify_listen_fd(int *ret, struct err *e)
{
	*ret = -1;
	int r = getenv("LISTEN_FDS") ? take_fd(ret, e) : 0;

	if (library && !getenv("NOTIFY_SOCKET")) {
		dlclose(library);
		library = NULL;
	}
	return r;
}
