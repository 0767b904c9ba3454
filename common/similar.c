#include "common/similar.h"

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
static char *map(const char *text, struct arena *a, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
					  options | UTF8PROC_NULLTERM);
	char *copy = arena_dup(a, n < 0 ? text : (const char *)mapped);

	free(mapped);
	return copy;
}

static char *fold(const char *text, struct arena *a)
{
	return map(text, a,
		   UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
			   UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
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
