#include "daemon/pack/read/write.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct writer {
	struct buf *out;
	bool full;
};

static void put_n(struct writer *w, const char *bytes, size_t n)
{
	w->full = w->full || buf_write(w->out, bytes, n) < 0;
}

static void put(struct writer *w, const char *text)
{
	put_n(w, text, strlen(text));
}

/* Characters that text given to the parser may not hold as they are (common/yaml_text.h), or
 * that it would take for something else: controls, the ends of lines that only Unicode knows,
 * and the mark of byte order. Their code, and how many bytes they have; 0 for all others. */
static unsigned escaped(const unsigned char *p, size_t *ret_n)
{
	*ret_n = 1;
	if (*p < ' ' || *p == 0x7f)
		return *p;
	*ret_n = 2;
	if (p[0] == 0xc2 && p[1] < 0xa0)
		return p[1];
	*ret_n = 3;
	if (p[0] == 0xe2 && p[1] == 0x80 && (p[2] == 0xa8 || p[2] == 0xa9))
		return 0x2000U + (p[2] & 0x3fU);
	return p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf ? 0xfeff : 0;
}

static void put_text(struct writer *w, const char *text)
{
	char code[8];
	size_t n;

	put(w, "\"");
	for (const char *p = text; *p; p += n) {
		unsigned c = escaped((const unsigned char *)p, &n);
		if (c) {
			snprintf(code, sizeof(code), "\\u%04x", c & 0xffff);
			put(w, code);
			continue;
		}
		n = 1;
		if (*p == '"' || *p == '\\')
			put(w, "\\");
		put_n(w, p, 1);
	}
	put(w, "\"");
}

/* The keys of the pack and the members of its lists get lines of their own, so that it can be
 * read. Depth is bounded by the parser. */
static void put_node(struct writer *w, const struct yaml *v, int depth)
{
	enum { LINES = 2 };
	static const char *const between[] = {",\n", ",\n  "};
	const bool map = v->kind == YAML_MAP;

	if (v->kind == YAML_TEXT) {
		put_text(w, v->text);
		return;
	}
	put(w, map ? "{" : "[");
	put(w, depth == 0 ? "\n" : depth < LINES ? "\n  " : "");
	for (const struct yaml *m = v->first; m; m = m->next) {
		if (map) {
			put_text(w, m->key);
			put(w, ": ");
		}
		put_node(w, m, depth + 1);
		if (m->next)
			put(w, depth < LINES ? between[depth] : ", ");
	}
	put(w, depth < LINES ? "\n" : "");
	put(w, map ? "}" : "]");
}

int write_yaml(const struct yaml *root, struct buf *out)
{
	struct writer w = {.out = out};

	put_node(&w, root, 0);
	put(&w, "\n");
	return w.full ? -1 : 0;
}
