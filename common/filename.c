#include "common/filename.h"

#include "common/character.h"

#include <stdbool.h>
#include <string.h>

static bool is_dropped(uint32_t c)
{
	return c >= NO_CHARACTER || text_is_control(c) || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x2060 && c <= 0x2064) || c == 0xfeff;
}

/* Copies what may stay; its length. */
static size_t copy_clean(const char *from, char *to)
{
	size_t n = 0;

	while (*from) {
		uint32_t c;
		size_t len = text_character(from, &c);
		if (!is_dropped(c)) {
			memcpy(to + n, from, len);
			n += len;
		}
		from += len;
	}
	to[n] = '\0';
	return n;
}

/* The largest place at or before `at` where a character begins. */
static size_t boundary(const char *s, size_t at)
{
	while (at && ((unsigned char)s[at] & 0xc0) == 0x80)
		at--;
	return at;
}

/* Takes the middle out of a name of `n` bytes, so that its beginning and its ending stay. */
static void shorten(char *name, size_t n)
{
	enum { ENDING = 20 };
	const char *dot = strrchr(name, '.');
	size_t ending =
		dot && n - (size_t)(dot - name) <= ENDING ? n - (size_t)(dot - name) : 0;
	size_t keep = boundary(name, FILENAME_MOST - ending);

	memmove(name + keep, name + n - ending, ending + 1);
}

const char *filename_clean(const char *raw, size_t n, struct arena *a)
{
	const char *whole = arena_dup_n(a, raw, n);

	for (const char *p = whole; *p; p++)
		if (*p == '/' || *p == '\\')
			whole = p + 1;
	char *name = arena_alloc(a, strlen(whole) + 1);
	n = copy_clean(whole, name);
	while (n && name[n - 1] == ' ')
		name[--n] = '\0';
	size_t skip = strspn(name, " .");
	name += skip;
	n -= skip;
	if (n > FILENAME_MOST)
		shorten(name, n);
	return *name ? name : "proof";
}
