/* The text that is baked into a picture. */
#include "client/read/badge.h"

#include "client/read/xml.h"

#include <string.h>
#include <zlib.h>

enum { TEXT_MOST = 1 << 20 };

static const char png_mark[8] = {'\x89', 'P', 'N', 'G', '\r', '\n', '\x1a', '\n'};

bool badge_is_png(const char *bytes, size_t n)
{
	return n >= sizeof(png_mark) && memcmp(bytes, png_mark, sizeof(png_mark)) == 0;
}

/* ---- PNG ---------------------------------------------------------------------------------------------------- */

static uint32_t big_endian(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool is_keyword(const char *data, size_t n)
{
	static const char *const words[] = {"openbadges", "openbadgecredential"};

	for (size_t i = 0; i < 2; i++)
		if (n > strlen(words[i]) &&
		    memcmp(data, words[i], strlen(words[i]) + 1) == 0)
			return true;
	return false;
}

/* Unpacks at most TEXT_MOST bytes; NULL: damaged, or more. */
static const char *inflated(const char *packed, size_t n, struct arena *a)
{
	char *text = arena_alloc(a, TEXT_MOST + 1);
	uLongf length = TEXT_MOST;

	if (uncompress((Bytef *)text, &length, (const Bytef *)packed, (uLong)n) != Z_OK)
		return NULL;
	text[length] = '\0';
	return text;
}

/* The text of an iTXt: keyword, whether it is packed, how, language, keyword translated, text. */
static const char *text_of(const char *data, size_t n, struct arena *a)
{
	const char *p = memchr(data, '\0', n), *end = data + n;

	if (!p || end - p < 5)
		return NULL;
	bool packed = p[1] == 1;
	p += 3;
	for (int i = 0; i < 2 && p; i++) {
		p = memchr(p, '\0', (size_t)(end - p));
		p = p ? p + 1 : NULL;
	}
	if (!p || (size_t)(end - p) > TEXT_MOST)
		return NULL;
	return packed ? inflated(p, (size_t)(end - p), a)
		      : arena_dup_n(a, p, (size_t)(end - p));
}

int badge_of_png(const char *bytes, size_t n, struct arena *a, const char **ret,
		 struct err *e)
{
	size_t at = sizeof(png_mark);

	*ret = NULL;
	while (at + 12 <= n) {
		size_t length = big_endian(bytes + at);
		const char *type = bytes + at + 4, *data = bytes + at + 8;
		if (length > n - at - 12)
			return err_set(e, -PDH_REFUSED, NULL, "the picture is damaged");
		if (memcmp(type, "iTXt", 4) == 0 && is_keyword(data, length)) {
			*ret = text_of(data, length, a);
			return *ret ? 0
				    : err_set(e, -PDH_REFUSED, NULL,
					      "the badge in the picture is damaged");
		}
		at += 12 + length;
	}
	return 0;
}

/* ---- SVG ---------------------------------------------------------------------------------------------------- */

struct svg {
	struct arena *arena;
	const char *text;
};

static bool is_badge(const char *name)
{
	return strcmp(name, "assertion") == 0 || strcmp(name, "credential") == 0;
}

static int svg_begin(void *data, const char *name, const char **attributes)
{
	struct svg *s = data;
	const char *verify = xml_attribute(attributes, "verify");

	if (is_badge(name) && verify && *verify && !s->text)
		s->text = arena_dup(s->arena, verify);
	return 0;
}

/* What is inside wins over the link beside it. */
static int svg_end(void *data, const char *name, const char *text)
{
	struct svg *s = data;

	if (is_badge(name) && strchr(text, '{'))
		s->text = arena_dup(s->arena, text);
	return 0;
}

bool badge_is_svg(const char *text, size_t n)
{
	size_t looked = n < 1024 ? n : 1024;

	return n > 0 && text[strspn(text, " \t\r\n")] == '<' &&
	       memmem(text, looked, "<svg", 4);
}

int badge_of_svg(const char *text, size_t n, struct arena *a, const char **ret,
		 struct err *e)
{
	struct svg s = {a, NULL};
	const struct xml_told told = {svg_begin, svg_end, &s};
	int r = xml_read(text, n, "the picture", &told, e);

	*ret = s.text;
	return r;
}
