#include "client/term/text.h"

#include "common/buf.h"

#include <string.h>
#include <utf8proc.h>

enum {
	NO_BREAK_SPACE = 0xa0,
	JOINER = 0x200d,
	NON_JOINER = 0x200c,
	EMOJI_STYLE = 0xfe0f
};

/* Signs that have a nearest in ASCII and no decomposition that says so. */
static const struct {
	utf8proc_int32_t sign;
	const char *nearest;
} signs[] = {
	{0xb7, "-"},	{0xd7, "x"},	{0xdf, "ss"},	{0xe6, "ae"},	{0xf8, "o"},
	{0x2010, "-"},	{0x2013, "-"},	{0x2014, "--"}, {0x2018, "'"},	{0x2019, "'"},
	{0x201c, "\""}, {0x201d, "\""}, {0x201e, "\""}, {0x2192, "->"}, {0x2503, "|"},
	{0x2588, "#"},	{0x2591, "-"},	{0xab, "\""},	{0xbb, "\""},	{0x2212, "-"},
};

static utf8proc_int32_t next(const char **p)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*p, -1, &c);

	*p += n > 0 ? n : 1;
	return n > 0 ? c : -1;
}

static void put_ascii(struct buf *b, utf8proc_int32_t c)
{
	enum { LONGEST = 18 }; /* the longest compatibility decomposition */
	utf8proc_int32_t parts[LONGEST];
	int last_class = UTF8PROC_BOUNDCLASS_START;
	size_t kept = 0;

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (signs[i].sign == c) {
			buf_write(b, signs[i].nearest, strlen(signs[i].nearest));
			return;
		}
	}
	utf8proc_ssize_t n = utf8proc_decompose_char(
		c, parts, LONGEST,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK, &last_class);
	for (utf8proc_ssize_t i = 0; i < n && i < LONGEST; i++) {
		if (parts[i] < ' ' || parts[i] > '~')
			continue;
		buf_write(b, &(char){(char)parts[i]}, 1);
		kept++;
	}
	if (!kept && n != 0)
		buf_write(b, "?", 1);
}

static void put_safe(const struct term *t, struct buf *b, utf8proc_int32_t c)
{
	utf8proc_category_t category =
		c < 0 ? UTF8PROC_CATEGORY_CC : utf8proc_category(c);
	bool strange = category == UTF8PROC_CATEGORY_CC ||
		       category == UTF8PROC_CATEGORY_CN ||
		       category == UTF8PROC_CATEGORY_CS || c == 0x2028 || c == 0x2029;
	utf8proc_uint8_t bytes[4];

	if (c == '\n' || c == '\t' || c == '\r')
		c = ' ';
	else if (strange)
		c = t->utf8 ? 0xfffd : '?';
	else if (category == UTF8PROC_CATEGORY_CF && c != JOINER && c != NON_JOINER)
		return;
	if (c < 0x80 || c == NO_BREAK_SPACE || t->utf8)
		buf_write(b, (const char *)bytes, (size_t)utf8proc_encode_char(c, bytes));
	else
		put_ascii(b, c);
}

static bool is_plain(const char *s)
{
	for (; *s; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return true;
}

const char *text_safe(const struct term *t, struct arena *a, const char *s)
{
	AUTO_BUF b = {0};

	if (!s || is_plain(s))
		return s ? s : "";
	while (*s)
		put_safe(t, &b, next(&s));
	return arena_dup_n(a, b.data ? b.data : "", b.len);
}

/* The grapheme that *p begins with; moves past it. */
static int next_grapheme(const char **p)
{
	utf8proc_int32_t state = 0, c = next(p);
	int width = c < 0 ? 1 : utf8proc_charwidth(c);

	while (**p) {
		const char *after = *p;
		utf8proc_int32_t follower = next(&after);
		if (follower < 0 || c < 0 ||
		    utf8proc_grapheme_break_stateful(c, follower, &state))
			break;
		width += utf8proc_charwidth(follower);
		if (follower == EMOJI_STYLE && width < 2)
			width = 2;
		c = follower;
		*p = after;
	}
	return width;
}

int text_width(const char *safe)
{
	int width = 0;

	while (*safe)
		width += next_grapheme(&safe);
	return width;
}

size_t text_fit(const char *safe, int width, int *ret_width)
{
	const char *end = safe;
	int used = 0;

	while (*end) {
		const char *after = end;
		int w = next_grapheme(&after);
		if (used + w > width)
			break;
		used += w;
		end = after;
	}
	*ret_width = used;
	return (size_t)(end - safe);
}

const char *text_cut(const struct term *t, struct arena *a, const char *safe, int width)
{
	const char *dots = t->utf8 ? "…" : "...";
	int dots_width = t->utf8 ? 1 : 3, used;

	if (text_width(safe) <= width)
		return safe;
	if (width < dots_width)
		return arena_dup_n(a, "...", width > 0 ? (size_t)width : 0);
	size_t n = text_fit(safe, width - dots_width, &used);
	while (n && safe[n - 1] == ' ')
		n--;
	return arena_printf(a, "%.*s%s", (int)n, safe, dots);
}

void text_put_n(FILE *out, const char *safe, size_t n)
{
	const char *end = safe + n;

	while (safe < end) {
		const char *gap = memmem(safe, (size_t)(end - safe), NBSP, strlen(NBSP));
		fwrite(safe, 1, (size_t)((gap ? gap : end) - safe), out);
		if (gap)
			fputc(' ', out);
		safe = gap ? gap + strlen(NBSP) : end;
	}
}

void text_put(FILE *out, const char *safe)
{
	text_put_n(out, safe, strlen(safe));
}

void text_space(FILE *out, int n)
{
	for (; n > 0; n--)
		fputc(' ', out);
}
