#include "common/choice.h"

#include "common/kind.h"

#include <string.h>

#define CHOICE(kind, type, hint) static const char *const type##_words[] = {"",
#define VALUE(kind, name, word)	 word,
#define END_CHOICE(kind) \
	NULL             \
	}                \
	;
#include "common/choices.def"

#define CHOICE(kind, type, hint)                                 \
	const char *type##_word(enum type value)                 \
	{                                                        \
		return type##_words[value];                      \
	}                                                        \
	enum type type##_of(const char *word)                    \
	{                                                        \
		return (enum type)kind_value(KIND_##kind, word); \
	}
#include "common/choices.def"

const char *const *kind_words(enum kind k)
{
	switch (k) {
#define CHOICE(kind, type, hint) \
	case KIND_##kind:        \
		return type##_words + 1;
#include "common/choices.def"
	default:
		return NULL;
	}
}

const char *kind_word(enum kind k, const void *value)
{
	int i;

	memcpy(&i, value, sizeof(i));
	return kind_words(k)[i - 1];
}

int kind_value(enum kind k, const char *word)
{
	const char *const *words = kind_words(k);

	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], word) == 0)
			return i + 1;
	return 0;
}
