#include "client/verbs/sandbox.h"

#include "common/paths.h"

#include <limits.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

/* The user namespace of a process; "" where it cannot be told. */
static const char *namespace_of(const char *pid, struct arena *a)
{
	char name[64];
	ssize_t n = readlink(arena_printf(a, "/proc/%s/ns/user", pid), name,
			     sizeof(name) - 1);

	return n < 0 ? "" : arena_dup_n(a, name, (size_t)n);
}

/* Tries in a process of its own what the service manager would do. */
static bool has_namespaces(void)
{
	enum { WANTED = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET };
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(unshare(WANTED) < 0 ||
		      mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0);
	return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}

/* The drop-in, where `make install` put it; NULL: it is not there. */
static const char *drop_in(struct arena *a)
{
	char real[PATH_MAX];
	const char *path;
	struct err e;

	if (path_sibling(a, "../lib/systemd/user/pdhd-sandbox.conf", &path, &e) < 0 ||
	    !realpath(path, real))
		return NULL;
	return arena_dup(a, real);
}

const char *sandbox_look(const struct daemon_status *s, struct arena *a)
{
	if (s->started_by != STARTED_SYSTEMD)
		return NULL;
	const char *own = namespace_of("self", a);
	const char *of_daemon =
		namespace_of(arena_printf(a, "%lld", (long long)s->pid), a);
	if (!*own || !*of_daemon)
		return NULL;
	if (strcmp(own, of_daemon) != 0)
		return "the service is shut off in namespaces of its own";
	const char *file = drop_in(a);
	if (!file || !has_namespaces())
		return NULL;
	return arena_printf(
		a,
		"the service has the one that works everywhere; a tighter one "
		"works here: mkdir -p ~/.config/systemd/user/pdhd.service.d && "
		"ln -s %s ~/.config/systemd/user/pdhd.service.d/ && "
		"systemctl --user daemon-reload && "
		"systemctl --user restart pdhd.service",
		file);
}
