#include "daemon/pack/ways.h"

#include <string.h>

/* The lines from "paths:" to the next that begins with neither a space nor a comment. */
struct block {
	size_t from, to;
};

static size_t line_end(const char *text, size_t n, size_t at)
{
	const char *newline = memchr(text + at, '\n', n - at);

	return newline ? (size_t)(newline - text) + 1 : n;
}

static bool goes_on(const char *text, size_t n, size_t at)
{
	return at < n && (text[at] == ' ' || text[at] == '\n' || text[at] == '#' ||
			  text[at] == '\r');
}

static bool find(const char *text, size_t n, struct block *ret)
{
	static const char key[] = "paths:";
	size_t at = 0;

	while (at < n &&
	       (n - at < sizeof(key) || memcmp(text + at, key, sizeof(key) - 1) != 0))
		at = line_end(text, n, at);
	if (at >= n)
		return false;
	ret->from = at;
	for (at = line_end(text, n, at); goes_on(text, n, at);)
		at = line_end(text, n, at);
	ret->to = at;
	return true;
}

/* A copy in which every byte of a part is a space, but for the ends of lines. */
static char *blank(const char *text, size_t n, size_t from, size_t to, struct arena *a)
{
	char *copy = arena_dup_n(a, text, n);

	for (size_t i = from; i < to; i++)
		if (copy[i] != '\n')
			copy[i] = ' ';
	return copy;
}

const char *pack_without_paths(const char *text, size_t n, struct arena *a)
{
	struct block b;

	return find(text, n, &b) ? blank(text, n, b.from, b.to, a) : text;
}

int pack_paths(const struct pack *p, struct arena *a, const struct yaml **ret,
	       struct err *e)
{
	const char *name = arena_printf(a, "%s.yaml", p->id);
	struct yaml_source source = {p->text, p->text_len, name, "pack"};
	const struct yaml *root;
	struct block b;

	*ret = NULL;
	if (find(p->text, p->text_len, &b)) {
		source.text = blank(p->text, p->text_len, 0, b.from, a);
		source.n = b.to;
	} else if (!strstr(p->text, "\"paths\"")) {
		return 0;
	}
	int r = yaml_parse(&source, a, &root, e);
	if (r == 0)
		*ret = yaml_get(root, "paths");
	return r;
}
