#include "client/verbs/rules_file.h"

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

int rules_file_read_named(const struct texts *words, FILE *in, struct arena *a,
			  struct list *ret, struct err *e)
{
	struct pack_check_params *v = arena_array(a, words->n + 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < words->n; i++) {
		if (!rules_file_is(words->v[i]))
			continue;
		v[n].file = words->v[i];
		int r = rules_file_read(words->v[i], in, a, &v[n++].text, e);
		if (r < 0)
			return r;
	}
	*ret = (struct list){n, v};
	return 0;
}

int rules_file_read_all(struct pack_test_params *p, FILE *in, struct arena *a,
			struct err *e)
{
	const char **packs = arena_array(a, p->packs.n + 1, sizeof(*packs));
	struct list files;
	size_t n = 0;

	int r = rules_file_read_named(&p->packs, in, a, &files, e);
	if (r < 0)
		return r;
	memcpy(&p->files, &files, sizeof(files));
	for (size_t i = 0; i < p->packs.n; i++)
		if (!rules_file_is(p->packs.v[i]))
			packs[n++] = p->packs.v[i];
	p->packs = (struct texts){n, n ? packs : NULL};
	return 0;
}
