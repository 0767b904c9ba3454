/* The least client there can be: connect, send one request, read the one reply.
 *   floor_client SOCKET METHOD [TITLE DAY CREDIT TOPIC]   with day and credit as numbers
 * or text, as given What `pdh` takes longer than this is what it does for its user. */
#include <msgpack.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof address.sun_path)
		return -1;
	strcpy(address.sun_path, path);

	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	return -1;
}

static void pack_text(msgpack_packer *p, const char *text)
{
	msgpack_pack_str(p, strlen(text));
	msgpack_pack_str_body(p, text, strlen(text));
}

/* [0, 1, method, [words]] */
static int send_request(int fd, const char *method, char **words, int n)
{
	msgpack_sbuffer buffer;
	msgpack_packer packer;
	msgpack_sbuffer_init(&buffer);
	msgpack_packer_init(&packer, &buffer, msgpack_sbuffer_write);
	msgpack_pack_array(&packer, 4);
	msgpack_pack_int(&packer, 0);
	msgpack_pack_int(&packer, 1);
	pack_text(&packer, method);
	msgpack_pack_array(&packer, (size_t)n);
	for (int i = 0; i < n; i++)
		pack_text(&packer, words[i]);

	ssize_t sent = write(fd, buffer.data, buffer.size);
	bool whole = sent >= 0 && (size_t)sent == buffer.size;
	msgpack_sbuffer_destroy(&buffer);
	return whole ? 0 : -1;
}

static int print_reply(int fd)
{
	char bytes[4096];
	size_t have = 0;
	msgpack_unpacked reply;
	msgpack_unpacked_init(&reply);
	while (have < sizeof bytes) {
		ssize_t n = read(fd, bytes + have, sizeof bytes - have);
		if (n <= 0)
			return -1;
		have += (size_t)n;
		size_t at = 0;
		if (msgpack_unpack_next(&reply, bytes, have, &at) ==
		    MSGPACK_UNPACK_SUCCESS)
			break;
	}
	msgpack_object_print(stdout, reply.data);
	puts("");
	msgpack_unpacked_destroy(&reply);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	int fd = connect_to(argv[1]);
	if (fd < 0 || send_request(fd, argv[2], argv + 3, argc - 3) < 0 ||
	    print_reply(fd) < 0) {
		perror(argv[1]);
		return 1;
	}
	close(fd);
	return 0;
}
