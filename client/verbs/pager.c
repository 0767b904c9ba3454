#include "client/verbs/pager.h"

#include "common/files.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_FOUND = 127 };

/* false: no pager is wanted. */
static bool choose(const char **ret)
{
	const char *term = getenv("TERM"), *program = getenv("PDH_PAGER");

	if (!program)
		program = getenv("PAGER");
	*ret = program;
	if (!term || !*term || strcmp(term, "dumb") == 0)
		return false;
	return !program || (*program && strcmp(program, "cat") != 0);
}

void pager_begin(struct pager *p)
{
	p->screen = -1;
	if (!isatty(STDOUT_FILENO) || !choose(&p->program))
		return;
	int kept = memfd_create("pdh", MFD_CLOEXEC);
	if (kept < 0)
		return;
	(void)fflush(stdout);
	int screen = dup(STDOUT_FILENO);
	if (screen >= 0 && dup2(kept, STDOUT_FILENO) >= 0)
		p->screen = screen;
	else if (screen >= 0)
		(void)close(screen);
	(void)close(kept);
}

static int rows_of(int screen)
{
	struct winsize size;

	return ioctl(screen, TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

/* How many lines were kept; not all are counted where they are more than `most`. */
static int count_lines(int kept, int most)
{
	char some[4096];
	ssize_t n;
	int lines = 0;

	for (off_t at = 0; lines <= most; at += n) {
		n = pread(kept, some, sizeof(some), at);
		if (n <= 0)
			break;
		for (ssize_t i = 0; i < n; i++)
			lines += some[i] == '\n';
	}
	return lines;
}

static void copy(int kept, int to)
{
	char some[4096];
	ssize_t n;

	for (off_t at = 0; (n = pread(kept, some, sizeof(some), at)) > 0; at += n)
		if (file_write_all(to, some, (size_t)n) < 0)
			return;
}

static void become_pager(const struct pager *p, int kept)
{
	if (lseek(kept, 0, SEEK_SET) < 0 || dup2(kept, STDIN_FILENO) < 0 ||
	    dup2(p->screen, STDOUT_FILENO) < 0)
		_exit(NOT_FOUND);
	(void)close(p->screen);
	if (p->program)
		(void)execl("/bin/sh", "sh", "-c", p->program, (char *)NULL);
	else
		(void)execlp("less", "less", "-FIRX", (char *)NULL);
	_exit(NOT_FOUND);
}

/* Interrupts are the pager's while it runs. false: there is no such program. */
static bool page(const struct pager *p, int kept)
{
	const struct sigaction ignore = {.sa_handler = SIG_IGN};
	struct sigaction on_int, on_quit;
	int status = 0;

	(void)sigaction(SIGINT, &ignore, &on_int);
	(void)sigaction(SIGQUIT, &ignore, &on_quit);
	pid_t child = fork();
	if (child == 0) {
		(void)sigaction(SIGINT, &on_int, NULL);
		(void)sigaction(SIGQUIT, &on_quit, NULL);
		become_pager(p, kept);
	}
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	(void)sigaction(SIGINT, &on_int, NULL);
	(void)sigaction(SIGQUIT, &on_quit, NULL);
	return child > 0 && !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_FOUND);
}

void pager_end(struct pager *p)
{
	if (p->screen < 0)
		return;
	(void)fflush(stdout);
	int kept = dup(STDOUT_FILENO), rows = rows_of(p->screen);
	bool fits = rows == 0 || kept < 0 || count_lines(kept, rows) < rows;

	if (kept >= 0 && (fits || !page(p, kept)))
		copy(kept, p->screen);
	(void)dup2(p->screen, STDOUT_FILENO);
	(void)close(p->screen);
	if (kept >= 0)
		(void)close(kept);
	p->screen = -1;
}
