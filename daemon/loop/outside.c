#include "daemon/loop/outside.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Whether $PATH has systemd-run. */
static bool has_runner(struct arena *a)
{
	const char *path = getenv("PATH");

	for (const char *at = path ? path : ""; *at;) {
		size_t n = strcspn(at, ":");
		const char *file = arena_printf(a, "%.*s/systemd-run", (int)n, at);
		if (access(file, X_OK) == 0)
			return true;
		at += n + (at[n] == ':');
	}
	return false;
}

/* Whether a manager of services of this user answers at its private socket. */
static bool has_manager(void)
{
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	const char *folder = getenv("XDG_RUNTIME_DIR");
	int n = snprintf(un.sun_path, sizeof(un.sun_path), "%s/systemd/private",
			 folder ? folder : "");

	if (!folder || *folder != '/' || n >= (int)sizeof(un.sun_path))
		return false;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return false;
	bool answers = connect(fd, (const struct sockaddr *)&un, sizeof(un)) == 0;
	close(fd);
	return answers;
}

static size_t count(char *const *words)
{
	size_t n = 0;

	while (words && words[n])
		n++;
	return n;
}

char **outside_argv(char **own, char *const *env, int64_t timeout_ms, struct arena *a)
{
	static const char *const before[] = {"systemd-run", "--user", "--quiet",
					     "--pipe",	    "--wait", "--collect"};
	enum { BEFORE = sizeof(before) / sizeof(before[0]) };
	size_t words = count(own), variables = count(env), n = 0;

	if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1 || !has_manager() ||
	    !has_runner(a))
		return own;
	char **argv = arena_array(a, BEFORE + variables + words + 3, sizeof(char *));
	for (size_t i = 0; i < BEFORE; i++)
		argv[n++] = arena_dup(a, before[i]);
	argv[n++] =
		arena_printf(a, "--property=RuntimeMaxSec=%lldms", (long long)timeout_ms);
	for (size_t i = 0; i < variables; i++)
		argv[n++] = arena_printf(a, "--setenv=%.*s", (int)strcspn(env[i], "="),
					 env[i]);
	argv[n++] = arena_dup(a, "--");
	for (size_t i = 0; i < words; i++)
		argv[n++] = own[i];
	return argv;
}
