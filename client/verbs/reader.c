#include "client/verbs/reader.h"

#include "client/verbs/tool.h"
#include "common/files.h"
#include "common/paths.h"
#include "common/texts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ANSWER_MOST = 512 << 20, EXIT_NO_PROGRAM = 127 };

int reader_open(const char *file, struct err *e)
{
	struct stat st;

	if (strcmp(file, "-") == 0)
		return fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0)
		return err_set(e, errno == ENOENT ? -PDH_NOT_FOUND : -PDH_FAILED, "file",
			       "cannot read %.200s: %s", file, strerror(errno));
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	bool folder = S_ISDIR(st.st_mode);
	(void)close(fd);
	return err_set(e, -PDH_REFUSED, "file", "%.200s is %s", file,
		       folder ? "a folder" : "not a regular file");
}

static bool is_pdf(int fd)
{
	char mark[4];

	return pread(fd, mark, sizeof(mark), 0) == (ssize_t)sizeof(mark) &&
	       memcmp(mark, "%PDF", sizeof(mark)) == 0;
}

/* ---- programs ---------------------------------------------------------------------------------------------------- */

static int find_reader(struct arena *a, const char **ret, struct err *e)
{
	if (tool_find(a, "pdh-read", ret))
		return 0;
	return err_set(
		e, -PDH_FAILED, NULL,
		"pdh-read, which reads files of others, is not installed beside pdh");
}

static void limit(__rlimit_resource_t what, rlim_t most)
{
	const struct rlimit l = {most, most};

	(void)setrlimit(what, &l);
}

/* In the child: these two descriptors, and no other. */
static _Noreturn void become(char *const *words, int in, int out)
{
	if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
	    close_range(STDERR_FILENO + 1, ~0U, 0) < 0)
		_exit(EXIT_NO_PROGRAM);
	/* The program limits itself too; others do not. */
	limit(RLIMIT_CPU, 30);
	limit(RLIMIT_CORE, 0);
	(void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
	(void)signal(SIGXFSZ, SIG_DFL);
	(void)signal(SIGPIPE, SIG_DFL);
	execvp(words[0], words);
	_exit(EXIT_NO_PROGRAM);
}

static pid_t start(char *const *words, int in, int out)
{
	pid_t child = fork();

	if (child == 0)
		become(words, in, out);
	return child;
}

static char **words_of(const char *program, const struct texts *options, struct arena *a)
{
	char **words = arena_array(a, options->n + 3, sizeof(*words));

	words[0] = arena_dup(a, program);
	for (size_t i = 0; i < options->n; i++)
		words[i + 1] = arena_dup(a, options->v[i]);
	return words;
}

static int take_answer(int fd, struct buf *ret, struct err *e)
{
	ret->max = ANSWER_MOST;
	return file_read_all(fd, ret) == 0
		       ? 0
		       : err_set(e, -PDH_FAILED, NULL,
				 "the answer of pdh-read cannot be read");
}

/* How the reader ended: an answer that was refused is an answer too. */
static int outcome(pid_t child, const struct buf *answer, struct err *e)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFSIGNALED(status))
		return err_set(e, -PDH_REFUSED, NULL,
			       "reading it took more time or memory than is allowed");
	if (answer->len == 0)
		return err_set(e, -PDH_FAILED, NULL, "pdh-read could not be started");
	return 0;
}

/* The text of a PDF goes through a pipe: what pdftotext makes of it is the file then. */
static int text_of_pdf(int fd, pid_t *ret_child, struct err *e)
{
	char program[] = "pdftotext", quiet[] = "-q", layout[] = "-layout", last[] = "-l",
	     pages[] = "3", standard[] = "-";
	char *const words[] = {program, quiet,	  layout,   last,
			       pages,	standard, standard, NULL};
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_set(e, -PDH_FAILED, NULL, "no pipe: %s", strerror(errno));
	*ret_child = start(words, fd, ends[1]);
	(void)close(ends[1]);
	return ends[0];
}

/* What the file is called, as the reader is told. */
static const char *name_in(const struct texts *options)
{
	for (size_t i = 0; i + 1 < options->n; i++)
		if (strcmp(options->v[i], "--name") == 0)
			return options->v[i + 1];
	return "FILE";
}

static int end_pdf(pid_t child, const char *name, struct err *e)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_PROGRAM)
		return err_set(
			e, -PDH_FAILED, NULL,
			"the text of a PDF needs pdftotext; install poppler-utils");
	return WIFEXITED(status) && WEXITSTATUS(status) == 0
		       ? 0
		       : err_set(e, -PDH_REFUSED, NULL,
				 "%.100s: a PDF that is damaged or asks for a password; "
				 "keep it as proof: pdh attach ID %.100s",
				 name, name);
}

static int run(const char *program, int in, const struct texts *options, struct arena *a,
	       struct buf *ret, struct err *e)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_set(e, -PDH_FAILED, NULL, "no pipe: %s", strerror(errno));
	pid_t child = start(words_of(program, options, a), in, ends[1]);
	(void)close(ends[1]);
	int r = child < 0 ? err_set(e, -PDH_FAILED, NULL,
				    "pdh-read cannot be started: %s", strerror(errno))
			  : take_answer(ends[0], ret, e);
	(void)close(ends[0]);
	if (child > 0) {
		int ended = outcome(child, ret, e);
		r = r < 0 ? r : ended;
	}
	return r;
}

int reader_run(int fd, const struct texts *options, struct arena *a, struct buf *ret,
	       struct err *e)
{
	struct pack_layer layouts[PATH_PACK_LAYERS];
	struct texts all = {options->n, options->v};
	const char *program;
	pid_t pdf = 0;
	int in = fd, r = find_reader(a, &program, e);

	if (r == 0)
		r = path_layouts(a, layouts, e);
	if (r < 0)
		return r;
	/* It may lie in another folder than pdh. */
	(void)setenv("PDH_LAYOUTS", layouts[0].folder, 1);
	if (is_pdf(fd)) {
		in = text_of_pdf(fd, &pdf, e);
		texts_add(&all, "--certificate", a);
	}
	r = in < 0 ? in : run(program, in, &all, a, ret, e);
	if (pdf > 0) {
		struct err why;
		(void)close(in);
		int ended = end_pdf(pdf, name_in(options), &why);
		if (ended < 0) {
			*e = why;
			r = ended;
		}
	}
	return r;
}

const char *reader_box(struct arena *a, enum finding_level *ret_level)
{
	static const char file[] = "Date,Title,Hours\n2026-01-13,x,1\n";
	int fd = memfd_create("pdh", MFD_CLOEXEC);
	const struct texts none = {0};
	AUTO_BUF answer = {0};
	struct err e = {0};

	*ret_level = FINDING_LEVEL_WARN;
	if (fd < 0 || write(fd, file, sizeof(file) - 1) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return "files of others: no try was possible";
	int r = reader_run(fd, &none, a, &answer, &e);
	(void)close(fd);
	if (r < 0)
		return arena_printf(a, "files of others cannot be read: %s", e.message);
	const char *said = arena_dup_n(a, answer.data, answer.len);
	if (strstr(said, "\"landlock\":0"))
		return "files of others are read without Landlock, which this kernel lacks; a "
		       "filter of system calls holds";
	*ret_level = FINDING_LEVEL_OK;
	return strstr(said, "\"filter\":true")
		       ? "files of others are read by a program that can open nothing"
		       : "files of others are read by a program that can open no file";
}
