/* pdh: reads the command line, runs the command, reports what went wrong. */
#include "client/cli/verb.h"
#include "client/help/help.h"
#include "client/verbs/pager.h"
#include "client/verbs/report.h"
#include "client/verbs/run.h"
#include "common/clock.h"
#include "common/typed.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A descriptor that is missing would be taken by the next file that is opened, and be written to. */
static void fill_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", O_RDWR);
}

static bool has_flag(int argc, char **argv, const char *flag)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], flag) == 0)
			return true;
	return false;
}

static bool wants_help(int argc, char **argv)
{
	return has_flag(argc, argv, "--help") || has_flag(argc, argv, "-h");
}

/* --help explains whatever is there, also where the rest of the command line is wrong. */
static int give_help(int argc, char **argv, struct arena *a, struct err *e)
{
	struct verb verb;
	struct texts words;
	struct term t;

	term_init(&t, STDOUT_FILENO, COLOR_AUTO);
	verb_words(argc, argv, a, &words);
	if (verb_find(argc, argv, &verb, e) < 0)
		return help_words(&words, &t, stdout, e);
	if (verb.method)
		help_method(verb.method, &t, stdout);
	else
		help_bare(&t, true, stdout);
	return 0;
}

/* What the name of the locale says; it need not be installed. */
static enum date_order date_order(void)
{
	const char *locale =
		typed_locale(getenv("LC_ALL"), getenv("LC_TIME"), getenv("LANG"));

	return typed_month_first(locale) ? DATE_ORDER_MONTH_FIRST : DATE_ORDER_UNTOLD;
}

static int run(int argc, char **argv, struct arena *a, struct err *e)
{
	struct kind_context c = {
		.arena = a,
		.today = clock_today(),
		.order = date_order(),
	};
	struct command command;

	if (wants_help(argc, argv)) {
		struct pager pager = {.screen = -1};
		if (!has_flag(argc, argv, "--no-pager"))
			pager_begin(&pager);
		int told = give_help(argc, argv, a, e);
		pager_end(&pager);
		return told;
	}
	int r = args_read(argc, argv, &c, stdin, &command, e);
	return r < 0 ? r : run_command(&command, &c, e);
}

#ifdef __SANITIZE_ADDRESS__
/* Nearly every command ends at once, and the search for leaks takes longer than the command; unit tests search for them. */
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return 1;
}
#endif

int main(int argc, char **argv)
{
	AUTO_ARENA a = {0};
	struct err e = {0};
	struct term t;

	fill_descriptors();
	/* A limit on the size of files is an error like any other. */
	(void)signal(SIGXFSZ, SIG_IGN);
	/* What characters there are; each category costs a file. */
	(void)setlocale(LC_CTYPE, "");
	int r = run(argc, argv, &a, &e);
	if (r >= 0)
		return r;
	term_init(&t, STDERR_FILENO, COLOR_AUTO);
	report_error(&e, args_want_json(argc, argv), &t, stderr);
	return err_kind(r)->exit_status;
}
