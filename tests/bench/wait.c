/* How long one who asks little waits beside others who want a lot, in nanoseconds.
 *   wait searches SOCKET N   beside N clients, each with 400 KB of searches before the daemon
 *   wait events SOCKET N     beside N watchers that are told all events from the first
 *   wait end PID SOCKET N    from SIGTERM to the end of the daemon, beside N clients with searches
 * Prints the longest wait alone and the longest beside them; of `end` that time alone. */
#include <errno.h>
#include <msgpack.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 200, SEARCHES_BYTES = 400 << 10 };

static void die(const char *what)
{
	fprintf(stderr, "wait: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0)
		die(path);
	return fd;
}

static void pack_text(msgpack_packer *p, const char *text)
{
	msgpack_pack_str(p, strlen(text));
	msgpack_pack_str_body(p, text, strlen(text));
}

/* [0, 1, method, []] or, with a key, [0, 1, method, [{key: value}]]; the value is a number where there is no text. */
static void pack_request(msgpack_sbuffer *b, const char *method, const char *key,
			 const char *text)
{
	msgpack_packer p;

	msgpack_packer_init(&p, b, msgpack_sbuffer_write);
	msgpack_pack_array(&p, 4);
	msgpack_pack_int(&p, 0);
	msgpack_pack_int(&p, 1);
	pack_text(&p, method);
	msgpack_pack_array(&p, key ? 1 : 0);
	if (!key)
		return;
	msgpack_pack_map(&p, 1);
	pack_text(&p, key);
	if (text)
		pack_text(&p, text);
	else
		msgpack_pack_int(&p, 0);
}

static void send_all(int fd, const msgpack_sbuffer *b)
{
	for (size_t at = 0; at < b->size;) {
		ssize_t n = send(fd, b->data + at, b->size - at, MSG_NOSIGNAL);
		if (n < 0)
			exit(0); /* the daemon has ended */
		at += (size_t)n;
	}
}

static void drain(int fd)
{
	static char bytes[1 << 16];

	while (read(fd, bytes, sizeof bytes) > 0)
		continue;
}

/* Ends with this process. */
static pid_t fork_helper(void)
{
	pid_t pid = fork();

	if (pid < 0)
		die("fork");
	if (pid == 0)
		prctl(PR_SET_PDEATHSIG, SIGKILL);
	return pid;
}

static void start_searching(const char *path)
{
	msgpack_sbuffer b;

	if (fork_helper() != 0)
		return;
	msgpack_sbuffer_init(&b);
	while (b.size < SEARCHES_BYTES)
		pack_request(&b, "activity.list", "text", "nothing of the kind");
	int fd = connect_to(path);
	if (fork_helper() == 0)
		drain(fd);
	for (;;)
		send_all(fd, &b);
}

static void start_watching(const char *path)
{
	msgpack_sbuffer b;

	if (fork_helper() != 0)
		return;
	msgpack_sbuffer_init(&b);
	pack_request(&b, "events.subscribe", "since_seq", NULL);
	int fd = connect_to(path);
	send_all(fd, &b);
	drain(fd);
	exit(0);
}

static int64_t ask_once(const char *path, const msgpack_sbuffer *request)
{
	char answer[1 << 16];
	int64_t begun = now_ns();
	int fd = connect_to(path);

	send_all(fd, request);
	if (read(fd, answer, sizeof answer) <= 0)
		die("read");
	close(fd);
	return now_ns() - begun;
}

static int64_t longest_wait(const char *path)
{
	int64_t longest = 0;
	msgpack_sbuffer b;

	msgpack_sbuffer_init(&b);
	pack_request(&b, "daemon.status", NULL, NULL);
	for (int i = 0; i < ROUNDS; i++) {
		int64_t took = ask_once(path, &b);
		longest = took > longest ? took : longest;
	}
	msgpack_sbuffer_destroy(&b);
	return longest;
}

static void beside(const char *path, int n, void (*start)(const char *path))
{
	int64_t alone = longest_wait(path);

	for (int i = 0; i < n; i++)
		start(path);
	usleep(50000); /* until they are at it */
	printf("%lld %lld\n", (long long)alone, (long long)longest_wait(path));
}

static void until_the_end(pid_t pid, const char *path, int n)
{
	struct pollfd p = {.fd = pidfd_open(pid, 0), .events = POLLIN};

	if (p.fd < 0)
		die("pidfd_open");
	for (int i = 0; i < n; i++)
		start_searching(path);
	usleep(200000);
	int64_t begun = now_ns();
	kill(pid, SIGTERM);
	if (poll(&p, 1, 300 * 1000) <= 0)
		die("the daemon does not end");
	printf("%lld\n", (long long)(now_ns() - begun));
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "searches") == 0)
		beside(argv[2], atoi(argv[3]), start_searching);
	else if (argc == 4 && strcmp(argv[1], "events") == 0)
		beside(argv[2], atoi(argv[3]), start_watching);
	else if (argc == 5 && strcmp(argv[1], "end") == 0)
		until_the_end((pid_t)atol(argv[2]), argv[3], atoi(argv[4]));
	else
		return 2;
	return 0;
}
