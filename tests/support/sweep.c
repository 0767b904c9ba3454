#include "tests/support/sweep.h"

#include <limits.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- files
 * -------------------------------------------------------------------------------------- */

void keep(struct kept *k, const char *folder, const char *name)
{
	snprintf(k->path, sizeof(k->path), "%.60s/%.20s", folder, name);
	FILE *f = fopen(k->path, "re");
	struct stat st;

	assert_non_null(f);
	assert_int_equal(fstat(fileno(f), &st), 0);
	k->n = (size_t)st.st_size;
	k->bytes = malloc(k->n);
	assert_non_null(k->bytes);
	assert_int_equal(fread(k->bytes, 1, k->n, f), k->n);
	assert_int_equal(fclose(f), 0);
}

void put_back(const struct kept *k)
{
	static const char *const beside[] = {"-wal", "-shm"};
	char path[112];

	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", k->path, beside[i]);
		(void)unlink(path);
	}
	(void)unlink(k->path);
	FILE *f = fopen(k->path, "we");
	assert_non_null(f);
	assert_int_equal(fwrite(k->bytes, 1, k->n, f), k->n);
	assert_int_equal(fclose(f), 0);
}

void kept_free(struct kept *k)
{
	free(k->bytes);
}

/* ---- a process of its own
 * ----------------------------------------------------------------------- */

static struct {
	enum fault fault;
	int at;
	struct fault_seen *seen; /* shared */
} now;

void *sweep_share(size_t n)
{
	void *p =
		mmap(NULL, n, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert_true(p != MAP_FAILED);
	return p;
}

void sweep_arm(void)
{
	fault_arm(now.fault, now.at);
}

void sweep_disarm(void)
{
	*now.seen = fault_disarm();
}

/* A process that ends is to end: cmocka would go on with the next test in it. */
static void be_apart(const struct home *h)
{
	static const int ends[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
	char path[96];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		(void)signal(ends[i], SIG_DFL);
	setenv("CMOCKA_TEST_ABORT", "1", 1);
	snprintf(path, sizeof(path), "%s/errors", h->folder);
	if (!freopen(path, "we", stderr) || setvbuf(stderr, NULL, _IONBF, 0) != 0)
		_exit(255);
}

static const char *errors(const struct home *h)
{
	static char text[1000];
	char path[96];

	snprintf(path, sizeof(path), "%s/errors", h->folder);
	FILE *f = fopen(path, "re");
	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	assert_int_equal(fclose(f), 0);
	return text;
}

static bool may_end_so(const struct sweep *s, int status)
{
	if (!WIFSIGNALED(status))
		return false;
	if (WTERMSIG(status) == SIGKILL)
		return now.fault == FAULT_KILL;
	return WTERMSIG(status) == SIGABRT && strstr(errors(s->home), "out of memory\n");
}

static struct sweep_try try_apart(const struct sweep *s)
{
	int status;

	put_back(s->base);
	if (s->log)
		put_back(s->log);
	*now.seen = (struct fault_seen){false, 0};
	(void)fflush(NULL);
	pid_t pid = fork();
	if (pid == 0) {
		be_apart(s->home);
		s->try(s->arg);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	bool whole = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (!whole && !may_end_so(s, status))
		fail_msg("%s, %s %d: it ended with status %d: %s", s->what,
			 fault_name(now.fault), now.at, status, errors(s->home));
	return (struct sweep_try){now.fault, now.at, now.seen->happened || !whole,
				  !whole};
}

/* ---- the sweep
 * ---------------------------------------------------------------------------------- */

/* What PDH_FAULTS wants of a kind of calls. */
struct wanted {
	bool few;
	int from, to, step; /* else these */
};

static struct wanted wanted(enum fault fault)
{
	const struct wanted few = {.few = true},
			    each = {.from = 1, .to = INT_MAX, .step = 1},
			    none = {.from = 1};
	const char *how = getenv("PDH_FAULTS");
	char name[16] = "", sign = ' ';
	int number;

	if (!how || !*how)
		return few;
	if (strcmp(how, "all") == 0)
		return each;
	int n = sscanf(how, "%15[a-z]%c%d", name, &sign, &number);
	if (strcmp(name, fault_name(fault)) != 0)
		return none;
	if (n < 3)
		return each;
	return sign == '/' ? (struct wanted){.from = 1, .to = INT_MAX, .step = number}
			   : (struct wanted){.from = number, .to = number, .step = 1};
}

bool sweep_is_whole(void)
{
	const char *how = getenv("PDH_FAULTS");

	return how && *how;
}

/* A few are all of so few, or one on the way and the last two, which are those of the commit. */
static int after(const struct wanted *w, int at, int n)
{
	enum { FEW = 12 };

	if (!w->few)
		return at ? at + w->step : w->from;
	if (n <= FEW || at >= n - 1)
		return at + 1;
	return at < n / 3 ? n / 3 : n - 1;
}

static void try_one(const struct sweep *s, int at)
{
	now.at = at;
	struct sweep_try t = try_apart(s);

	if (!t.happened && at != INT_MAX)
		fail_msg("%s, %s %d: it did not happen", s->what, fault_name(now.fault),
			 at);
	s->check(s->arg, &t);
}

static void sweep_fault(const struct sweep *s)
{
	struct wanted w = wanted(now.fault);

	if (!w.few && !w.to)
		return;
	try_one(s, INT_MAX);
	int n = now.seen->calls, last = w.few || w.to > n ? n : w.to;
	for (int at = after(&w, 0, n); at <= last; at = after(&w, at, n))
		try_one(s, at);
	print_message(", %s %d", fault_name(now.fault), n);
}

void sweep_run(const struct sweep *s)
{
	now.seen = sweep_share(sizeof(*now.seen));
	print_message("%s", s->what);
	for (now.fault = 0; now.fault < FAULT_COUNT; now.fault++)
		sweep_fault(s);
	print_message("\n");
	munmap(now.seen, sizeof(*now.seen));
}
