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

/* Appends the text without punctuation, or nothing where it has none. */
static char *put_plain(char *to, const char *text, size_t n)
{
	char *from = to;
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (is_punctuation(text[i]))
			any = true;
		else
			*to++ = text[i];
	}
	return any ? to : from;
}

const char *search_text(const char *const *texts, size_t n, struct arena *a)
{
	size_t room = 1;
	const char **folded = arena_array(a, n + 1, sizeof(*folded));

	for (size_t i = 0; i < n; i++) {
		folded[i] = texts[i] && *texts[i] ? similar_fold(texts[i], a) : "";
		room += strlen(folded[i]) + 1;
	}
	char *all = arena_alloc(a, 2 * room), *to = all;
	for (size_t i = 0; i < n; i++) {
		size_t length = strlen(folded[i]);
		memcpy(to, folded[i], length);
		to += length;
		if (length)
			*to++ = '\n';
	}
	to = put_plain(to, all, (size_t)(to - all));
	*to = '\0';
	return all;
}

bool search_finds(const char *words, const char *text)
{
	char word[WORD_MOST];

	while (*words) {
		size_t n = strcspn(words, " ");
		size_t part = n < WORD_MOST ? n : WORD_MOST - 1;
		memcpy(word, words, part);
		word[part] = '\0';
		if (!strstr(text, word))
			return false;
		words += part;
		words += *words == ' ';
	}
	return true;
}
