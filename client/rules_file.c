#include "client/rules_file.h"

#include "common/buf.h"

#include <errno.h>
#include <string.h>

static int cannot_read(const char *file, struct err *e)
{
	int code = errno == ENOENT || errno == ENOTDIR ? -PDH_NOT_FOUND : -PDH_FAILED;

	return err_set(e, code, "file", "cannot read %.200s: %s", file, strerror(errno));
}

static int read_open(FILE *f, const char *file, struct arena *a, const char **ret,
		     struct err *e)
{
	enum { CHUNK = 16384 };
	const size_t most = kind_row(KIND_SOURCE)->most;
	AUTO_BUF b = {.max = most + CHUNK};
	size_t n;

	do {
		char *room = buf_reserve(&b, CHUNK);
		n = room ? fread(room, 1, CHUNK, f) : 0;
		b.len += n;
	} while (n > 0 && b.len <= most);
	if (ferror(f))
		return cannot_read(file, e);
	if (b.len > most)
		return err_set(e, -PDH_TOO_LARGE, "file",
			       "%.200s:1: a pack has at most %zu bytes", file, most);
	/* Control characters are for the daemon to refuse, with their line. */
	for (size_t i = 0; i < b.len; i++)
		if (!b.data[i])
			b.data[i] = '\001';
	*ret = arena_dup_n(a, b.data ? b.data : "", b.len);
	return 0;
}

int rules_file_read(const char *file, FILE *in, struct arena *a, const char **ret,
		    struct err *e)
{
	bool standard = strcmp(file, "-") == 0;
	FILE *f = standard ? in : fopen(file, "re");

	if (!f)
		return cannot_read(file, e);
	int r = read_open(f, file, a, ret, e);
	if (!standard)
		(void)fclose(f);
	return r;
}

static bool ends_in(const char *word, const char *end)
{
	size_t n = strlen(word), len = strlen(end);

	return n > len && strcmp(word + n - len, end) == 0;
}

bool rules_file_is(const char *word)
{
	return strcmp(word, "-") == 0 || strchr(word, '/') || ends_in(word, ".yaml") ||
	       ends_in(word, ".yml") || ends_in(word, ".json");
}

int rules_file_read_all(struct pack_test_params *p, FILE *in, struct arena *a,
			struct err *e)
{
	const char **packs = arena_array(a, p->packs.n + 1, sizeof(*packs));
	size_t n = 0;

	p->files.v = arena_array(a, p->packs.n + 1, sizeof(*p->files.v));
	for (size_t i = 0; i < p->packs.n; i++) {
		const char *word = p->packs.v[i];
		if (!rules_file_is(word)) {
			packs[n++] = word;
			continue;
		}
		struct pack_check_params *f = &p->files.v[p->files.n++];
		f->file = word;
		int r = rules_file_read(word, in, a, &f->text, e);
		if (r < 0)
			return r;
	}
	p->packs = (struct texts){n, n ? packs : NULL};
	return 0;
}
