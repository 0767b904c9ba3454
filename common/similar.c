#include "common/similar.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_word(utf8proc_int32_t c)
{
	utf8proc_category_t k = utf8proc_category(c);

	return (k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO) ||
	       (k >= UTF8PROC_CATEGORY_ND && k <= UTF8PROC_CATEGORY_NO);
}

/* Drops what is neither letter nor digit; `s` is valid UTF-8. */
static void keep_words(char *s)
{
	size_t n = strlen(s), to = 0;

	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len = utf8proc_iterate((const utf8proc_uint8_t *)s + i,
							(utf8proc_ssize_t)(n - i), &c);
		if (len <= 0)
			break;
		if (is_word(c)) {
			memmove(s + to, s + i, (size_t)len);
			to += (size_t)len;
		}
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

const char *similar_key(const char *title, struct arena *a)
{
	char *key = map(title, a,
			UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
				UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);

	keep_words(key);
	return *key ? key : title;
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
