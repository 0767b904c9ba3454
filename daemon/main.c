/* pdhd: options, then database, packs, socket, loop, in that order; all of it undone
 * backwards. */
#include "common/clock.h"
#include "common/lock.h"
#include "common/log.h"
#include "common/paths.h"
#include "daemon/keep/keep.h"
#include "daemon/loop/notify.h"
#include "daemon/loop/server.h"
#include "daemon/loop/single.h"
#include "daemon/pack/pack.h"
#include "daemon/query/query.h"

#include <getopt.h>
#include <malloc.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct settings {
	struct server_options server;
	const char *database, *backups;
	struct pack_layer layers[PATH_PACK_LAYERS];
	bool read_only, query;
};

static const char usage[] =
	"Usage: pdhd [OPTION]...\n"
	"Keeps professional-development records and answers pdh on a Unix socket.\n"
	"\n"
	"  --socket PATH         listen here instead of $XDG_RUNTIME_DIR/pdh/sock\n"
	"  --database PATH       keep records here instead of ~/.local/share/pdh/pdh.db\n"
	"  --idle-exit SECONDS   end when nobody has been connected for so long\n"
	"  --max-connections N   clients at once, 256 if not given\n"
	"  --patience SECONDS    close a client that keeps us waiting so long, 60 if not given\n"
	"  --fold SECONDS        write changes into the database's file itself after so long, 20\n"
	"                        if not given\n"
	"  --log-level LEVEL     error, warning, info or debug\n"
	"  --read-only           answer on standard output what is asked on standard input,\n"
	"                        from the database as it stands, and change nothing\n"
	"  --keep WORD...        back up, restore or begin anew, for pdh backup, restore and\n"
	"                        reset, and end\n"
	"  --query               answer one SELECT on standard input, for pdh query\n"
	"  --help, --version\n"
	"\n"
	"It stays in the foreground and ends on SIGTERM; SIGHUP reads rules packs anew.\n"
	"See pdhd(8).\n";

static _Noreturn void usage_error(const char *option, const char *why)
{
	fprintf(stderr, "pdhd: --%s: %s\nTry pdhd --help.\n", option, why);
	exit(err_kind(PDH_USAGE)->exit_status);
}

static int64_t whole_number(const char *option, const char *text, int64_t least,
			    int64_t most)
{
	char *end;
	long long v = strtoll(text, &end, 10);
	char why[96];

	if (*text && !*end && v >= least && v <= most)
		return v;
	snprintf(why, sizeof(why), "give a whole number from %lld to %lld",
		 (long long)least, (long long)most);
	usage_error(option, why);
}

static enum log_level log_level(const char *word)
{
	if (strcmp(word, "error") == 0)
		return LOG_L_ERR;
	if (strcmp(word, "warning") == 0)
		return LOG_L_WARNING;
	if (strcmp(word, "info") == 0)
		return LOG_L_INFO;
	if (strcmp(word, "debug") == 0)
		return LOG_L_DEBUG;
	usage_error("log-level", "is error, warning, info or debug");
}

/* Paths from the command line go through the environment, so that paths.h is the one
 * place that knows. */
static void set_path(const char *option, const char *name, const char *path)
{
	if (*path != '/')
		usage_error(option, "give an absolute path");
	setenv(name, path, 1);
}

static void refuse_words(int argc, char **argv)
{
	if (optind < argc) {
		fprintf(stderr, "pdhd: takes no words such as \"%s\"\nTry pdhd --help.\n",
			argv[optind]);
		exit(err_kind(PDH_USAGE)->exit_status);
	}
}

enum option_id {
	SOCKET = 256,
	DATABASE,
	IDLE_EXIT,
	MAX_CONNECTIONS,
	PATIENCE,
	FOLD,
	LOG_LEVEL,
	READ_ONLY,
	QUERY_SQL,
	HELP,
	VERSION
};

static const struct option options[] = {
	{"socket", required_argument, NULL, SOCKET},
	{"database", required_argument, NULL, DATABASE},
	{"idle-exit", required_argument, NULL, IDLE_EXIT},
	{"max-connections", required_argument, NULL, MAX_CONNECTIONS},
	{"patience", required_argument, NULL, PATIENCE},
	{"fold", required_argument, NULL, FOLD},
	{"log-level", required_argument, NULL, LOG_LEVEL},
	{"read-only", no_argument, NULL, READ_ONLY},
	{"query", no_argument, NULL, QUERY_SQL},
	{"help", no_argument, NULL, HELP},
	{"version", no_argument, NULL, VERSION},
	{NULL, 0, NULL, 0},
};

static void read_options(int argc, char **argv, struct settings *s)
{
	enum { HOUR = 3600, DAY = 86400, MOST_CONNECTIONS = 4096 };
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		switch (c) {
		case SOCKET:
			set_path("socket", "PDH_SOCKET", optarg);
			break;
		case DATABASE:
			set_path("database", "PDH_DATABASE", optarg);
			break;
		case IDLE_EXIT:
			s->server.idle_exit = whole_number("idle-exit", optarg, 1, DAY);
			break;
		case MAX_CONNECTIONS:
			s->server.max_connections = whole_number(
				"max-connections", optarg, 1, MOST_CONNECTIONS);
			break;
		case PATIENCE:
			s->server.patience_ms =
				whole_number("patience", optarg, 1, HOUR) * 1000;
			break;
		case FOLD:
			s->server.fold_ms = whole_number("fold", optarg, 1, HOUR) * 1000;
			break;
		case LOG_LEVEL:
			log_set_level(log_level(optarg));
			break;
		case READ_ONLY:
			s->read_only = true;
			break;
		case QUERY_SQL:
			s->query = true;
			break;
		case HELP:
			fputs(usage, stdout);
			exit(0);
		case VERSION:
			printf("pdhd %s, API level %d\n", PDH_VERSION, PDH_API_LEVEL);
			exit(0);
		default:
			fputs("Try pdhd --help.\n", stderr);
			exit(err_kind(PDH_USAGE)->exit_status);
		}
	}
	refuse_words(argc, argv);
}

static int find_paths(struct arena *a, struct settings *s, struct err *e)
{
	int r = path_database(a, &s->database, e);

	if (r == 0)
		r = path_backups(a, &s->backups, e);
	return r < 0 ? r : path_packs(a, s->layers, e);
}

/* The socket that systemd or pdh made, which is the same door for both. False: there is none. */
static int take_socket(struct arena *a, struct settings *s, struct rpc *rpc,
		       struct listener *ret, struct err *e)
{
	const char *by = getenv("PDH_STARTED_BY");
	bool by_pdh = by && started_by_of(by) == STARTED_PDH;
	char path[LISTEN_PATH_SIZE];
	int fd;

	int r = notify_listen_fd(&fd, e);
	if (r < 0)
		return r;
	unsetenv("PDH_STARTED_BY");
	rpc->daemon.started_by = fd < 0	  ? STARTED_HAND
				 : by_pdh ? STARTED_PDH
					  : STARTED_SYSTEMD;
	ret->fd = fd;
	if (fd < 0)
		return 0;
	if (!listen_path(fd, path))
		return err_set(e, -PDH_FAILED, NULL,
			       "started with a socket that has no path");
	s->server.socket = arena_dup(a, path);
	listen_adopt(fd, path, by_pdh, ret);
	if (!by_pdh)
		lock_replace_started_by_pdh(s->database);
	return 0;
}

static int open_all(struct arena *a, struct settings *s, struct rpc *rpc,
		    struct listener *ret, struct err *e)
{
	int r = take_socket(a, s, rpc, ret, e);

	if (r == 0)
		r = db_open(s->database, s->backups, &rpc->db, e);
	if (r == 0 && ret->fd < 0)
		r = door_bind(a, s->database, ret, &s->server.socket, e);
	if (r == 0)
		db_tell(rpc->db, started_by_word(rpc->daemon.started_by),
			s->server.socket);
	if (r == 0)
		uploads_sweep(s->database);
	return r;
}

static int serve(struct arena *a, struct settings *s, struct rpc *rpc, struct err *e)
{
	struct listener socket;
	int r = open_all(a, s, rpc, &socket, e);

	if (r < 0)
		return r;
	path_settle_runtime();
	rpc->packs = pack_library_new(s->layers);
	rpc->daemon.socket = s->server.socket;
	rpc->daemon.started_at = clock_now();
	s->server.line = path_line(a, s->server.socket);
	malloc_trim(0);
	r = server_run(rpc, &socket, &s->server, e);
	/* It ends already; what is left is to close the database. */
	(void)signal(SIGTERM, SIG_IGN);
	return r;
}

/* For a client where no daemon can run: answers on standard output what is asked on standard input. */
static int answer_once(const struct settings *s, struct rpc *rpc, struct err *e)
{
	int r = db_open_to_read(s->database, &rpc->db, e);

	if (r < 0)
		return r;
	rpc->packs = pack_library_new(s->layers);
	rpc->read_only = true;
	rpc->daemon.started_by = STARTED_PDH;
	rpc->daemon.started_at = clock_now();
	return single_serve(rpc, STDIN_FILENO, STDOUT_FILENO, e);
}

/* For pdh query: one statement, whose answer bears what is wrong too. */
static int answer_query(const struct settings *s, struct rpc *rpc, struct err *e)
{
	int r = db_open_to_read(s->database, &rpc->db, e);

	if (r < 0) {
		query_answer_error(stdout, e);
		return r;
	}
	rpc->packs = pack_library_new(s->layers);
	rpc->read_only = true;
	struct work w = rpc_work(rpc);
	r = query_serve(&w, stdin, stdout, e);
	rpc_work_done(rpc, &w);
	return r;
}

/* Serves clients, or one, or one statement. */
static int run(struct arena *a, struct settings *s, struct rpc *rpc, struct err *e)
{
	if (s->query)
		return answer_query(s, rpc, e);
	return s->read_only ? answer_once(s, rpc, e) : serve(a, s, rpc, e);
}

int main(int argc, char **argv)
{
	struct settings s = {.server.max_connections = SERVER_CONNECTIONS,
			     .server.patience_ms = SERVER_PATIENCE_MS,
			     .server.fold_ms = SERVER_FOLD_MS};
	struct rpc rpc = {0};
	AUTO_ARENA arena = {0};
	struct err e;

	umask(077);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(
		SIGXFSZ,
		SIG_IGN); /* a limit on the size of files is an error like any other */
	if (argc > 1 && strcmp(argv[1], "--keep") == 0)
		return keep_main(argc - 2, argv + 2);
	read_options(argc, argv, &s);
	const struct passwd *pw = getpwuid(getuid());
	rpc.who = arena_dup(&arena, pw ? pw->pw_name : "?");
	int r = find_paths(&arena, &s, &e);
	if (r == 0)
		r = run(&arena, &s, &rpc, &e);
	rpc_free(&rpc);
	pack_library_free(rpc.packs);
	db_close(rpc.db);
	if (r < 0 && !s.query)
		log_err("%s%s%s", e.message, e.hint[0] ? "; " : "", e.hint);
	return r < 0 ? err_kind(r)->exit_status : 0;
}
