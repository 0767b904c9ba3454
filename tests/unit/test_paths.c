#include "common/listen.h"
#include "common/paths.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena arena;
static char folder[64];

static const char *const variables[] = {
	"HOME",		  "XDG_RUNTIME_DIR", "XDG_DATA_HOME",
	"XDG_STATE_HOME", "XDG_CONFIG_HOME", "PDH_SOCKET",
	"PDH_DATABASE",	  "PDH_PACKS"};

static int set_up(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof(folder), "%.40s/pdh-XXXXXX", tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < COUNT(variables); i++)
		unsetenv(variables[i]);
	setenv("HOME", "/home/dana", 1);
	return 0;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	arena_done(&arena);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static void proofs_lie_beside_their_database(void **state)
{
	(void)state;
	assert_string_equal(path_evidence(&arena, "/home/dana/.local/share/pdh/pdh.db"),
			    "/home/dana/.local/share/pdh/evidence");
	assert_string_equal(path_evidence(&arena, "/tmp/copy.db"),
			    "/tmp/copy.db.evidence");
	assert_string_equal(path_evidence(&arena, "/tmp/my-pdh.db"),
			    "/tmp/my-pdh.db.evidence");
}

static void places_follow_the_environment(void **state)
{
	static const struct {
		const char *name, *value;
		int (*ask)(struct arena *a, const char **ret, struct err *e);
		const char *path;
	} cases[] = {
		{"HOME", "/home/dana", path_database,
		 "/home/dana/.local/share/pdh/pdh.db"},
		{"XDG_DATA_HOME", "/data", path_database, "/data/pdh/pdh.db"},
		{"XDG_DATA_HOME", "data", path_database,
		 "/home/dana/.local/share/pdh/pdh.db"},
		{"PDH_DATABASE", "/d.db", path_database, "/d.db"},
		{"HOME", "/home/dana", path_backups,
		 "/home/dana/.local/state/pdh/backups"},
		{"XDG_STATE_HOME", "/state", path_backups, "/state/pdh/backups"},
	};
	const char *path;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		setenv(cases[i].name, cases[i].value, 1);
		assert_int_equal(cases[i].ask(&arena, &path, &e), 0);
		assert_string_equal(path, cases[i].path);
	}
	assert_int_equal(path_state(&arena, "pdhd.log", &path, &e), 0);
	assert_string_equal(path, "/state/pdh/pdhd.log");
}

static void a_database_that_is_no_absolute_path_is_refused(void **state)
{
	const char *path;
	struct err e;

	(void)state;
	assert_false(path_database_is_named());
	setenv("PDH_DATABASE", "my.db", 1);
	assert_int_equal(path_database(&arena, &path, &e), -PDH_USAGE);
	assert_non_null(strstr(e.message, "takes an absolute path"));
	setenv("PDH_DATABASE", "", 1);
	assert_int_equal(path_database(&arena, &path, &e), 0);
	assert_false(path_database_is_named());
	setenv("XDG_DATA_HOME", "/data//", 1);
	assert_int_equal(path_database(&arena, &path, &e), 0);
	assert_string_equal(path, "/data/pdh/pdh.db");
	assert_true(path_database_is_named());
}

/* ---- sockets ------------------------------------------------------------------------------------ */

#define USUAL "/home/dana/.local/share/pdh/pdh.db"

static struct path_sockets sockets_of(const char *database)
{
	struct path_sockets at;
	struct err e;

	assert_int_equal(path_sockets(&arena, database, &at, &e), 0);
	return at;
}

static void sockets_lie_in_the_runtime_directory(void **state)
{
	(void)state;
	setenv("XDG_RUNTIME_DIR", folder, 1);
	struct path_sockets at = sockets_of(USUAL), other = sockets_of("/other.db");
	assert_string_equal(at.common, arena_printf(&arena, "%s/pdh/sock", folder));
	assert_true(at.usual);
	assert_null(at.note);
	assert_false(other.usual);
	assert_string_equal(other.common, at.common);
	assert_string_not_equal(other.own, at.own);
	assert_non_null(strstr(other.own, "/pdh/sock-"));
	setenv("PDH_SOCKET", "/s", 1);
	at = sockets_of("/other.db");
	assert_string_equal(at.named, "/s");
	assert_string_equal(at.own, "/s");
	setenv("PDH_SOCKET", "relative", 1);
	assert_null(sockets_of(USUAL).named);
}

static void a_runtime_directory_that_is_not_ours_is_passed_over(void **state)
{
	const char *file = arena_printf(&arena, "%s/file", folder);
	const char *const cases[][2] = {
		{"/nowhere/at/all", "which does not exist; "},
		{file, "which is not a folder; "},
		{"relative", "which is not an absolute path; "},
		{getuid() ? "/" : NULL, "which belongs to another user; "},
	};

	(void)state;
	int fd = open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	unsetenv("XDG_RUNTIME_DIR");
	struct path_sockets none = sockets_of(USUAL);
	assert_null(none.note);
	for (size_t i = 0; i < COUNT(cases) && cases[i][0]; i++) {
		setenv("XDG_RUNTIME_DIR", cases[i][0], 1);
		struct path_sockets at = sockets_of(USUAL);
		assert_string_equal(at.common, none.common);
		assert_non_null(strstr(at.note, cases[i][1]));
		assert_non_null(strstr(at.note, cases[i][0]));
	}
}

static void a_folder_in_tmp_is_no_link_and_nobody_else_s(void **state)
{
	char in_tmp[] = "/tmp/pdh-XXXXXX";
	const char *sock, *link;
	struct err e;

	(void)state;
	assert_non_null(mkdtemp(in_tmp));
	sock = arena_printf(&arena, "%s/sock", in_tmp);
	assert_int_equal(path_check_parent(sock, &e), 0);
	assert_int_equal(chmod(in_tmp, 0755), 0);
	assert_int_equal(path_check_parent(sock, &e), -PDH_STORAGE);
	assert_non_null(strstr(e.message, "may be entered by others"));
	assert_int_equal(chmod(in_tmp, 0700), 0);
	link = arena_printf(&arena, "%s-link", in_tmp);
	assert_int_equal(symlink(in_tmp, link), 0);
	assert_int_equal(path_check_parent(arena_printf(&arena, "%s/sock", link), &e),
			 -PDH_STORAGE);
	assert_non_null(strstr(e.message, "is not a folder"));
	assert_int_equal(path_make_parent(arena_printf(&arena, "%s/sock", link), &e),
			 -PDH_STORAGE);
	unlink(link);
	rmdir(in_tmp);
	assert_int_equal(path_check_parent(sock, &e), 0);
	assert_int_equal(path_check_parent("/somewhere/else/sock", &e), 0);
}

static void each_socket_has_a_line_of_its_own(void **state)
{
	(void)state;
	assert_string_equal(path_line(&arena, "/run/user/7/pdh/sock"),
			    "/run/user/7/pdh/line");
	assert_string_equal(path_line(&arena, "/tmp/other"), "/tmp/other.line");
	assert_string_equal(path_line(&arena, "/tmp/mysock"), "/tmp/mysock.line");
}

static void a_home_that_is_not_set_is_the_account_s(void **state)
{
	const char *path;
	struct err e;

	(void)state;
	unsetenv("HOME");
	assert_int_equal(path_database(&arena, &path, &e), 0);
	assert_true(*path == '/');
}

static void packs_come_from_three_folders(void **state)
{
	struct pack_layer layers[PATH_PACK_LAYERS];
	struct err e;

	(void)state;
	assert_int_equal(path_packs(&arena, layers, &e), 0);
	assert_non_null(strstr(layers[0].folder, "/../share/pdh/packs"));
	setenv("PDH_PACKS", "/packs", 1);
	assert_int_equal(path_packs(&arena, layers, &e), 0);
	assert_string_equal(layers[0].folder, "/packs");
	assert_string_equal(layers[1].folder, "/etc/pdh/packs");
	assert_string_equal(layers[2].folder, "/home/dana/.config/pdh/packs");
}

static void a_socket_s_path_has_a_longest_length(void **state)
{
	char text[200] = "/";
	struct path_sockets at;
	struct err e;

	(void)state;
	memset(text + 1, 'a', 107);
	setenv("PDH_SOCKET", text, 1);
	assert_int_equal(path_sockets(&arena, USUAL, &at, &e), -PDH_USAGE);
	assert_non_null(strstr(e.message, "108 bytes and a socket takes 107"));
	text[107] = '\0';
	setenv("PDH_SOCKET", text, 1);
	assert_int_equal(path_sockets(&arena, USUAL, &at, &e), 0);
}

static void folders_are_made_private_or_refused(void **state)
{
	struct err e;
	struct stat st;
	const char *file = arena_printf(&arena, "%s/file", folder);

	(void)state;
	assert_int_equal(path_make_parent(arena_printf(&arena, "%s/a/b/c", folder), &e),
			 0);
	assert_int_equal(stat(arena_printf(&arena, "%s/a/b", folder), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(path_make_parent("/x", &e), 0);
	assert_int_equal(path_make_parent("x/y", &e), -PDH_USAGE);
	int fd = open(file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(path_make_parent(arena_printf(&arena, "%s/x", file), &e),
			 -PDH_STORAGE);
	assert_non_null(strstr(e.message, "is not a folder"));
	assert_int_equal(path_make_parent(arena_printf(&arena, "%s/x/y/z", file), &e),
			 -PDH_STORAGE);
	assert_non_null(strstr(e.message, "cannot make the folder"));
}

static void only_one_listens(void **state)
{
	const char *path = arena_printf(&arena, "%s/run/sock", folder);
	struct listener first, second;
	struct stat st;
	struct err e;

	(void)state;
	assert_int_equal(listen_open(path, &first, &e), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(listen_open(path, &second, &e), 1);
	assert_int_equal(unlink(path), 0);
	/* Somebody took the file away: who listens next is left alone by the first. */
	assert_int_equal(listen_open(path, &second, &e), 0);
	listen_unlink(&first, path);
	assert_int_equal(access(path, F_OK), 0);
	struct listener adopted;
	listen_adopt(second.fd, path, true, &adopted);
	listen_unlink(&adopted, path);
	assert_int_not_equal(access(path, F_OK), 0);
	listen_adopt(second.fd, path, true, &adopted);
	assert_false(adopted.owned);
	assert_false(listen_is_there(&adopted, path));
	char told[LISTEN_PATH_SIZE];
	assert_true(listen_path(second.fd, told));
	assert_string_equal(told, path);
	assert_false(listen_path(STDIN_FILENO, told));
	close(second.fd);
	close(first.fd);
}

/* Whoever begins looks whether the process of the lock is the one that clients reach. */
static void who_takes_a_socket_over_is_who_clients_see(void **state)
{
	const char *path = arena_printf(&arena, "%s/sock", folder);
	struct sockaddr_un un = {.sun_family = AF_UNIX};
	struct listener mine, theirs;
	struct ucred peer;
	socklen_t size = sizeof(peer);
	struct err e;
	int ready[2];
	char c;

	(void)state;
	assert_int_equal(listen_open(path, &mine, &e), 0);
	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid_t pid = fork();
	if (pid == 0) {
		listen_adopt(mine.fd, path, true, &theirs);
		(void)!write(ready[1], "x", 1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	strcpy(un.sun_path, path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&un, sizeof(un)), 0);
	assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size), 0);
	assert_int_equal(peer.pid, pid);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	close(ready[0]);
	close(ready[1]);
	close(fd);
	close(mine.fd);
}

static void what_is_no_socket_is_left_alone(void **state)
{
	const char *path = arena_printf(&arena, "%s/sock", folder);
	struct listener l;
	struct err e;

	(void)state;
	int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	assert_true(listen_open(path, &l, &e) < 0);
	assert_non_null(strstr(e.message, "is not a socket; it is left alone"));
	assert_int_equal(access(path, F_OK), 0);
	char longest[300];
	memset(longest, 'a', sizeof(longest));
	longest[0] = '/';
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(listen_open(longest, &l, &e), -PDH_USAGE);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(proofs_lie_beside_their_database),
		TEST(places_follow_the_environment),
		TEST(a_database_that_is_no_absolute_path_is_refused),
		TEST(sockets_lie_in_the_runtime_directory),
		TEST(a_runtime_directory_that_is_not_ours_is_passed_over),
		TEST(a_folder_in_tmp_is_no_link_and_nobody_else_s),
		TEST(each_socket_has_a_line_of_its_own),
		TEST(a_home_that_is_not_set_is_the_account_s),
		TEST(packs_come_from_three_folders),
		TEST(a_socket_s_path_has_a_longest_length),
		TEST(folders_are_made_private_or_refused),
		TEST(only_one_listens),
		TEST(who_takes_a_socket_over_is_who_clients_see),
		TEST(what_is_no_socket_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
