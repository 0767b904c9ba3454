/* Takes the times of two rivals in turn, so that what the machine does meanwhile falls on
 * both alike, and prints their medians in nanoseconds, ours first. measure cold ROUNDS
 * COMMAND... -- COMMAND...         fresh processes; "%d" in a word is the round measure
 * pipeline ROUNDS SOCKET METHOD -- SOCKET METHOD   per request, PIPELINED requests in
 * flight measure ready ROUNDS COMMAND...                      from exec to READY=1
 * (NOTIFY_SOCKET) measure idle SECONDS PID...                          PSS in KiB and
 * wake-ups, for each process */
#include <errno.h>
#include <fcntl.h>
#include <msgpack.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS_MAX = 64, PIPELINED = 64, REQUESTS = 20000 };

extern char **environ;

static void die(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static int64_t *times_of(int rounds)
{
	int64_t *times = calloc((size_t)rounds, sizeof *times);
	if (!times)
		die("memory");
	return times;
}

static int64_t median(int64_t *times, int n)
{
	qsort(times, (size_t)n, sizeof *times, by_size);
	return times[n / 2];
}

static void usage(void)
{
	fputs("measure: see the head of tests/bench/measure.c\n", stderr);
	exit(2);
}

static pid_t start(char **words)
{
	if (!words[0])
		usage();
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	pid_t pid;
	errno = posix_spawn(&pid, words[0], &actions, NULL, words, environ);
	if (errno != 0)
		die(words[0]);
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

/* A word with the round in place of "%d". */
static char *fill_in(const char *word, int round)
{
	const char *mark = strstr(word, "%d");
	char *filled = NULL;
	int n = mark ? asprintf(&filled, "%.*s%d%s", (int)(mark - word), word, round,
				mark + 2)
		     : asprintf(&filled, "%s", word);
	if (n < 0)
		die("memory");
	return filled;
}

static int64_t run_cold(char **words, int round)
{
	char *filled[WORDS_MAX + 1] = {0};
	for (int i = 0; i < WORDS_MAX && words[i]; i++)
		filled[i] = fill_in(words[i], round);

	int status;
	int64_t begun = now_ns();
	pid_t pid = start(filled);
	waitpid(pid, &status, 0);
	int64_t took = now_ns() - begun;

	if (status != 0) {
		fprintf(stderr, "measure: %s failed with status %d\n", words[0],
			WEXITSTATUS(status));
		exit(1);
	}
	for (int i = 0; filled[i]; i++)
		free(filled[i]);
	return took;
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

/* PIPELINED requests [0, id, method, [payload]]; no payload, no parameters. */
static void pack_requests(msgpack_sbuffer *buffer, const char *method,
			  const msgpack_sbuffer *payload)
{
	msgpack_packer packer;
	msgpack_sbuffer_init(buffer);
	msgpack_packer_init(&packer, buffer, msgpack_sbuffer_write);
	for (int i = 0; i < PIPELINED; i++) {
		msgpack_pack_array(&packer, 4);
		msgpack_pack_int(&packer, 0);
		msgpack_pack_int(&packer, i);
		msgpack_pack_str(&packer, strlen(method));
		msgpack_pack_str_body(&packer, method, strlen(method));
		msgpack_pack_array(&packer, payload ? 1 : 0);
		if (payload)
			msgpack_sbuffer_write(buffer, payload->data, payload->size);
	}
}

/* Reads until `n` replies are there; the last stays in `ret`. */
static void read_replies(int fd, int n, msgpack_unpacked *ret)
{
	static char bytes[1 << 20];
	size_t have = 0;
	while (n > 0) {
		ssize_t got = read(fd, bytes + have, sizeof bytes - have);
		if (got <= 0)
			die("read");
		have += (size_t)got;

		size_t at = 0;
		while (n > 0 && msgpack_unpack_next(ret, bytes, have, &at) ==
					MSGPACK_UNPACK_SUCCESS)
			n--;
		memmove(bytes, bytes + at, have - at);
		have -= at;
	}
}

static void exchange(int fd, const msgpack_sbuffer *requests, msgpack_unpacked *ret)
{
	if (write(fd, requests->data, requests->size) != (ssize_t)requests->size)
		die("write");
	read_replies(fd, PIPELINED, ret);
}

/* What the floor is given to echo: the very result that ours gives, so that both write
 * the same. */
static msgpack_sbuffer our_result;

static void keep_result(const msgpack_object *answer)
{
	msgpack_packer packer;
	msgpack_sbuffer_clear(&our_result);
	msgpack_packer_init(&packer, &our_result, msgpack_sbuffer_write);
	msgpack_pack_object(&packer, answer->via.array.ptr[3]);
}

static int64_t run_pipeline(char **words, int round)
{
	(void)round;
	if (!words[0] || !words[1])
		usage();
	bool ours = strcmp(words[1], "echo") != 0;
	msgpack_sbuffer requests;
	pack_requests(&requests, words[1], ours ? NULL : &our_result);
	msgpack_unpacked answer;
	msgpack_unpacked_init(&answer);
	int fd = connect_to(words[0]);

	int64_t begun = now_ns();
	for (int done = 0; done < REQUESTS; done += PIPELINED)
		exchange(fd, &requests, &answer);
	int64_t took = (now_ns() - begun) / REQUESTS;

	if (ours)
		keep_result(&answer.data);
	close(fd);
	msgpack_unpacked_destroy(&answer);
	msgpack_sbuffer_destroy(&requests);
	return took;
}

/* Each round runs both, the second first in every other round. */
static void rivals(int rounds, char **ours, char **floor,
		   int64_t (*run)(char **words, int round))
{
	int64_t *times[2] = {times_of(rounds), times_of(rounds)};
	char **words[2] = {ours, floor};
	for (int i = 0; i < 2; i++)
		run(words[i], rounds + i);
	for (int round = 0; round < rounds; round++)
		for (int i = 0; i < 2; i++) {
			int which = (round + i) % 2;
			times[which][round] = run(words[which], round);
		}
	printf("%lld %lld\n", (long long)median(times[0], rounds),
	       (long long)median(times[1], rounds));
	free(times[0]);
	free(times[1]);
}

static int notify_socket(void)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof address.sun_path, "/tmp/pdh-measure-%d",
		 getpid());
	unlink(address.sun_path);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0)
		die(address.sun_path);
	setenv("NOTIFY_SOCKET", address.sun_path, 1);
	return fd;
}

static void ready(int rounds, char **words)
{
	int64_t *times = times_of(rounds);
	int fd = notify_socket();
	for (int round = 0; round < rounds; round++) {
		char message[512] = "";
		int64_t begun = now_ns();
		pid_t pid = start(words);
		while (!strstr(message, "READY=1")) {
			ssize_t n = recv(fd, message, sizeof message - 1, 0);
			if (n < 0)
				die("recv");
			message[n] = '\0';
		}
		times[round] = now_ns() - begun;
		kill(pid, SIGTERM);
		waitpid(pid, NULL, 0);
	}
	printf("%lld\n", (long long)median(times, rounds));
	unlink(getenv("NOTIFY_SOCKET"));
	free(times);
}

/* The number after `key` in a file of /proc. */
static long long proc_number(const char *pid, const char *file, const char *key)
{
	char path[64], line[256];
	snprintf(path, sizeof path, "/proc/%s/%s", pid, file);
	FILE *f = fopen(path, "r");
	if (!f)
		die(path);
	long long number = -1;
	while (number < 0 && fgets(line, sizeof line, f))
		if (strncmp(line, key, strlen(key)) == 0)
			number = strtoll(line + strlen(key), NULL, 10);
	(void)fclose(f);
	return number;
}

static void idle(int seconds, char **pids)
{
	long long before[WORDS_MAX];
	for (int i = 0; pids[i] && i < WORDS_MAX; i++)
		before[i] = proc_number(pids[i], "status", "voluntary_ctxt_switches:");
	sleep((unsigned)seconds);
	for (int i = 0; pids[i] && i < WORDS_MAX; i++)
		printf("%lld %lld\n", proc_number(pids[i], "smaps_rollup", "Pss:"),
		       proc_number(pids[i], "status", "voluntary_ctxt_switches:") -
			       before[i]);
}

/* Splits the words at "--". */
static char **after_dashes(char **words)
{
	for (; *words; words++)
		if (strcmp(*words, "--") == 0) {
			*words = NULL;
			return words + 1;
		}
	usage();
	return NULL;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		usage();
	int n = atoi(argv[2]);
	char **words = argv + 3;
	if (strcmp(argv[1], "cold") == 0)
		rivals(n, words, after_dashes(words), run_cold);
	else if (strcmp(argv[1], "pipeline") == 0)
		rivals(n, words, after_dashes(words), run_pipeline);
	else if (strcmp(argv[1], "ready") == 0)
		ready(n, words);
	else
		idle(n, words);
	return 0;
}
