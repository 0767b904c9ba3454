#include "common/search.h"

#include "common/ascii.h"
#include "common/similar.h"

#include <string.h>

enum { WORD_MOST = 256 }; /* bytes; of a longer one the rest is a word of its own */

const char *search_words(const char *text, struct arena *a)
{
	char *words = arena_dup(a, similar_fold(text, a)), *to = words;

	for (const char *p = words; *p; p++) {
		bool gap = ascii_is_space(*p);
		if (!gap)
			*to++ = *p;
		else if (to > words && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > words && to[-1] == ' ')
		to--;
	*to = '\0';
	return words;
}

static bool is_punctuation(char c)
{
	return !ascii_is_alnum(c) && !ascii_is_space(c) && !((unsigned char)c & 0x80);
}

/* Appends the text without punctuation and a line end, or nothing where it has none. */
static char *put_plain(char *to, const char *text)
{
	char *from = to;
	bool any = false;

	for (; *text; text++) {
		if (is_punctuation(*text))
			any = true;
		else
			*to++ = *text;
	}
	if (!any)
		return from;
	*to++ = '\n';
	return to;
}

const char *search_plain(const char *const *texts, size_t n, struct arena *a)
{
	size_t room = 1;

	for (size_t i = 0; i < n; i++)
		room += texts[i] ? strlen(texts[i]) + 1 : 0;
	char *all = arena_alloc(a, room), *to = all;
	for (size_t i = 0; i < n; i++)
		if (texts[i])
			to = put_plain(to, texts[i]);
	*to = '\0';
	return all;
}

static bool is_in(const char *word, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (texts[i] && strstr(texts[i], word))
			return true;
	return false;
}

bool search_finds(const char *words, const char *const *texts, size_t n)
{
	char word[WORD_MOST];

	while (*words) {
		size_t length = strcspn(words, " ");
		size_t part = length < WORD_MOST ? length : WORD_MOST - 1;
		memcpy(word, words, part);
		word[part] = '\0';
		if (!is_in(word, texts, n))
			return false;
		words += part;
		words += *words == ' ';
	}
	return true;
}
