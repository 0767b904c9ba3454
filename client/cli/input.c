#include "client/cli/input.h"

#include "common/buf.h"

#include <errno.h>
#include <string.h>

enum { CHUNK = 16384 };

size_t input_mark(const char *text, size_t n)
{
	static const char mark[] = "\xef\xbb\xbf";
	const size_t length = sizeof(mark) - 1;

	return n >= length && memcmp(text, mark, length) == 0 ? length : 0;
}

int input_read(FILE *in, size_t most, struct arena *a, char **ret, size_t *ret_n,
	       struct err *e)
{
	AUTO_BUF b = {.max = most + CHUNK};
	size_t n;

	do {
		char *room = buf_reserve(&b, CHUNK);
		n = room ? fread(room, 1, CHUNK, in) : 0;
		b.len += n;
	} while (n > 0 && b.len <= most);
	if (ferror(in))
		return err_set(e, -PDH_FAILED, NULL, "cannot read standard input: %s",
			       strerror(errno));
	while (b.len && (b.data[b.len - 1] == '\n' || b.data[b.len - 1] == '\r'))
		b.len--;
	if (b.len > most)
		return err_set(e, -PDH_TOO_LARGE, NULL,
			       "standard input holds more than %zu bytes", most);
	if (b.len)
		buf_consume(&b, input_mark(b.data, b.len));
	*ret = arena_dup_n(a, b.data ? b.data : "", b.len);
	*ret_n = b.len;
	return 0;
}
