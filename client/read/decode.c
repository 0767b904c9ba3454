#include "client/read/decode.h"

#include "common/character.h"

#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <string.h>

static size_t put(char *to, uint32_t c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* ---- UTF-16 ------------------------------------------------------------------------------------- */

static uint32_t unit(const char *p, bool big)
{
	const unsigned char *b = (const unsigned char *)p;

	return big ? (uint32_t)b[0] << 8 | b[1] : (uint32_t)b[1] << 8 | b[0];
}

/* Half a pair stands for the replacement character. */
static void from_utf16(const char *bytes, size_t n, bool big, struct arena *a,
		       struct decoded *ret)
{
	char *to = arena_alloc(a, n / 2 * 3 + 4);
	size_t used = 0;

	for (size_t i = 0; i + 1 < n; i += 2) {
		uint32_t c = unit(bytes + i, big);
		uint32_t low = i + 3 < n ? unit(bytes + i + 2, big) : 0;
		if (c >= 0xd800 && c < 0xdc00 && low >= 0xdc00 && low < 0xe000) {
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			i += 2;
		} else if (c >= 0xd800 && c < 0xe000) {
			c = 0xfffd;
		}
		if (i > 1 || c != 0xfeff)
			used += put(to + used, c);
	}
	to[used] = '\0';
	*ret = (struct decoded){to, used, big ? "UTF-16BE" : "UTF-16LE", NULL};
}

/* Text of Latin letters has a zero in nearly every other byte, and a text of one byte a character has none. */
static bool has_zeros(const char *bytes, size_t n, size_t first)
{
	size_t looked = n < 2048 ? n : 2048, zeros = 0, all = 0;

	for (size_t i = first; i < looked; i += 2, all++)
		zeros += bytes[i] == '\0';
	return all > 1 && zeros * 4 > all * 3;
}

/* ---- one byte a character ------------------------------------------------------------------------ */

/* Windows-1252 from 0x80 to 0x9f; 0: no character. */
static const uint16_t windows[32] = {
	0x20ac, 0,	0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,	0x017d, 0,
	0,	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,	0x017e, 0x0178};

/* Not with bytes that Windows leaves free, nor with line ends of old Macs. */
static bool is_windows(const char *bytes, size_t n)
{
	bool letters = false, newline = memchr(bytes, '\n', n);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)bytes[i];
		if (c >= 0x80 && c < 0xa0 && !windows[c - 0x80])
			return false;
		letters = letters || c >= 0x80;
	}
	return !letters || newline || !memchr(bytes, '\r', n);
}

static void from_windows(const char *bytes, size_t n, struct arena *a,
			 struct decoded *ret)
{
	char *to = arena_alloc(a, 3 * n + 1);
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t c = (unsigned char)bytes[i];
		if (c >= 0x80 && c < 0xa0)
			c = windows[c - 0x80];
		used += put(to + used, c);
	}
	to[used] = '\0';
	*ret = (struct decoded){to, used, "Windows-1252", NULL};
}

/* Whether it is UTF-8, or was: one broken character among many whole ones is a slip of the program that wrote it. */
static bool is_utf8(const char *bytes, size_t n)
{
	size_t whole = 0, broken = 0, length;
	uint32_t c;

	for (const char *p = bytes; p < bytes + n; p += length) {
		length = text_character(p, &c);
		whole += length > 1 && c < NO_CHARACTER;
		broken += c >= NO_CHARACTER;
	}
	return broken * 10 <= whole;
}

/* The first word with a character beyond ASCII. */
static const char *sample_of(const char *text, struct arena *a)
{
	enum { LONGEST = 40 };
	const char *p = text;

	while (*p && (unsigned char)*p < 0x80)
		p++;
	if (!*p)
		return NULL;
	const char *begin = p;
	while (begin > text && !strchr(" \t\r\n,;|\"", begin[-1]) && p - begin < LONGEST)
		begin--;
	return arena_dup_n(a, begin, strcspn(begin, " \t\r\n,;|\""));
}

/* ---- named -------------------------------------------------------------------------------------- */

int decoder_open(struct decoder *d, const char *name, struct err *e)
{
	*d = (struct decoder){NULL, name};
	if (!name)
		return 0;
	iconv_t to = iconv_open("UTF-8", name);
	if (to == (iconv_t)-1)
		return err_set(e, -PDH_USAGE, "encoding",
			       "encoding \"%.40s\" is not known; iconv -l lists them",
			       name);
	d->iconv = to;
	return 0;
}

void decoder_close(struct decoder *d)
{
	if (d->iconv)
		(void)iconv_close(d->iconv);
	d->iconv = NULL;
}

static int from_named(const struct decoder *d, const char *bytes, size_t n,
		      struct arena *a, struct decoded *ret, struct err *e)
{
	size_t left = n, room = 4 * n + 4;
	char *to = arena_alloc(a, room + 1), *at = to, *from = arena_dup_n(a, bytes, n);
	char *begin = from;

	if (iconv(d->iconv, &from, &left, &at, &room) == (size_t)-1)
		return err_set(e, -PDH_REFUSED, "encoding",
			       "byte %zu is not a character of %.40s",
			       (size_t)(from - begin) + 1, d->name);
	size_t mark = strncmp(to, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	*ret = (struct decoded){to + mark, (size_t)(at - to) - mark, d->name, NULL};
	return 0;
}

int decode(const struct decoder *d, const char *bytes, size_t n, struct arena *a,
	   struct decoded *ret, struct err *e)
{
	if (d->iconv)
		return from_named(d, bytes, n, a, ret, e);
	if (n >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		*ret = (struct decoded){arena_dup_n(a, bytes + 3, n - 3), n - 3,
					"UTF-8 with BOM", NULL};
		return 0;
	}
	bool little = n >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0;
	bool big = n >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0;
	if (little || big || has_zeros(bytes, n, 1) || has_zeros(bytes, n, 0)) {
		from_utf16(bytes, n, !little && (big || has_zeros(bytes, n, 0)), a, ret);
		return 0;
	}
	const char *copy = arena_dup_n(a, bytes, n);
	if (is_utf8(copy, n)) {
		*ret = (struct decoded){copy, n, "UTF-8", NULL};
		return 0;
	}
	from_windows(bytes, n, a, ret);
	ret->sample = sample_of(ret->text, a);
	return is_windows(bytes, n)
		       ? 0
		       : err_set(e, -PDH_REFUSED, "encoding",
				 "its letters are of no encoding that can be told from it "
				 "(\"%.60s\" is wrong); say --encoding macintosh or another",
				 ret->sample ? ret->sample : "");
}
