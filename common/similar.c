#include "common/similar.h"

#include "common/ascii.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_word(utf8proc_int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	       (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO);
}

/* Drops what is neither letter nor digit, or leaves one blank between words where `apart`;
 * `s` is valid UTF-8. */
static void keep_words(char *s, bool apart)
{
	size_t n = strlen(s), to = 0;
	bool gap = false;

	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)s + i,
							(utf8proc_ssize_t)(n - i), &c);
		if (len <= 0)
			break;
		if (is_word(c)) {
			/* The gap took a byte at least. */
			if (gap && apart && to > 0)
				s[to++] = ' ';
			memmove(s + to, s + i, (size_t)len);
			to += (size_t)len;
		}
		gap = !is_word(c);
		i += (size_t)len;
	}
	s[to] = '\0';
}

/* The mapped text in the arena; the text itself if libutf8proc will not have it. */
static char *map(const char *text, struct arena *a, utf8proc_option_t options,
		 utf8proc_custom_func custom)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n =
		utf8proc_map_custom((const utf8proc_uint8_t *)text, 0, &mapped,
				    options | UTF8PROC_NULLTERM, custom, NULL);
	char *copy = arena_dup(a, n < 0 ? text : (const char *)mapped);

	free(mapped);
	return copy;
}

static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

static char *fold_ascii(const char *text, struct arena *a)
{
	char *folded = arena_dup(a, text);

	for (char *c = folded; *c; c++)
		*c = ascii_lower(*c);
	return folded;
}

/* Dashes of all lengths, curved quotes and the dotless i: each is typed as the plain one, and the dotless i has the
 * capital letter of the other. The iota below a Greek vowel is a letter, as it is where its capital stands beside it. */
static utf8proc_int32_t plain(utf8proc_int32_t c, void *unused)
{
	(void)unused;
	if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe58)
		return '-';
	if (c == 0x2018 || c == 0x2019 || c == 0x02bc)
		return '\'';
	if (c == 0x201c || c == 0x201d)
		return '"';
	return c == 0x0131 ? 'i' : c == 0x0345 ? 0x03b9 : c;
}

static char *fold(const char *text, struct arena *a)
{
	return is_ascii(text)
		       ? fold_ascii(text, a)
		       : map(text, a,
			     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
				     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE,
			     plain);
}

const char *similar_fold(const char *text, struct arena *a)
{
	return fold(text, a);
}

const char *similar_composed(const char *text, struct arena *a)
{
	return is_ascii(text) ? text
			      : map(text, a, UTF8PROC_STABLE | UTF8PROC_COMPOSE, NULL);
}

bool similar_same(const char *a, const char *b)
{
	AUTO_ARENA scratch = {NULL};

	return strcmp(a, b) == 0 || strcmp(fold(a, &scratch), fold(b, &scratch)) == 0;
}

const char *similar_key(const char *title, struct arena *a)
{
	char *key = fold(title, a);

	keep_words(key, false);
	return *key ? key : title;
}

const char *similar_words(const char *text, struct arena *a)
{
	char *words = fold(text, a);

	keep_words(words, true);
	return words;
}

const char *similar_lower(const char *word, struct arena *a)
{
	word = similar_composed(word, a);
	char *out = arena_alloc(a, 4 * strlen(word) + 1);
	size_t n = strlen(word), to = 0;

	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len =
			utf8proc_iterate((const utf8proc_uint8_t *)word + i,
					 (utf8proc_ssize_t)(n - i), &c);
		if (len <= 0)
			break;
		to += (size_t)utf8proc_encode_char(utf8proc_tolower(c),
						   (utf8proc_uint8_t *)out + to);
		i += (size_t)len;
	}
	return out;
}
