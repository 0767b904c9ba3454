#include "client/read/layout.h"

#include "common/similar.h"
#include "common/texts.h"

#include <string.h>

const char *const layout_fields[LAYOUT_FIELD_COUNT] = {
#define X(name, word) [LAYOUT_##name] = word,
	LAYOUT_FIELD_MAP(X)
#undef X
};

/* What people call a field, beside its name. */
static const struct {
	const char *word;
	enum layout_field field;
} other_words[] = {{"date", LAYOUT_DONE_ON},
		   {"day", LAYOUT_DONE_ON},
		   {"hours", LAYOUT_CREDIT},
		   {"minutes", LAYOUT_CREDIT},
		   {"credits", LAYOUT_CREDIT},
		   {"topic", LAYOUT_TOPICS},
		   {"proof", LAYOUT_PROOF},
		   {"notes", LAYOUT_NOTE},
		   {"provider-id", LAYOUT_PROVIDER_ID},
		   {"since", LAYOUT_FROM}};

int layout_field_find(const char *word)
{
	for (int i = 0; i < LAYOUT_FIELD_COUNT; i++)
		if (strcmp(layout_fields[i], word) == 0)
			return i;
	for (size_t i = 0; i < sizeof(other_words) / sizeof(other_words[0]); i++)
		if (strcmp(other_words[i].word, word) == 0)
			return (int)other_words[i].field;
	return -1;
}

const char *layout_fold(const char *text, struct arena *a)
{
	const char *mark = strchr(text, '#');

	if (!mark)
		return similar_words(text, a);
	return similar_words(
		arena_printf(a, "%.*s number %s", (int)(mark - text), text, mark + 1), a);
}

static bool fits(const char *pattern, const char *folded)
{
	size_t n = strlen(pattern);

	if (n > 0 && pattern[n - 1] == '*')
		return strncmp(pattern, folded, n - 1) == 0;
	return strcmp(pattern, folded) == 0;
}

const char *layout_word(const struct layout_words *words, const char *folded)
{
	for (size_t i = 0; i < words->n; i++)
		if (fits(words->v[i].pattern, folded))
			return words->v[i].word;
	return NULL;
}

bool layout_has(const struct texts *patterns, const char *folded)
{
	for (size_t i = 0; i < patterns->n; i++)
		if (fits(patterns->v[i], folded))
			return true;
	return false;
}
