#include "daemon/packs/called.h"

#include "common/similar.h"
#include "common/word_list.h"

#include <string.h>

enum { NAMES = 24, WORDS = 64, PHRASE = 5, SHORT = 3 };

/* clang-format off */
static const char *const professions[][NAMES] = {
#define CALLED(...) {__VA_ARGS__},
#include "daemon/packs/called.def"
};
/* clang-format on */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

bool called_in(const struct pack *p, const struct state *state)
{
	const char *of = p->jurisdiction;

	return of && strncmp(of, "US-", 3) == 0 && strcmp(of + 3, state->code) == 0;
}

/* ---- what was said ------------------------------------------------------------------------------------ */

static const char *const *profession_of(const char *text)
{
	for (size_t k = 0; k < sizeof(professions) / sizeof(professions[0]); k++)
		for (size_t j = 0; j < NAMES && professions[k][j]; j++)
			if (strcmp(professions[k][j], text) == 0)
				return professions[k];
	return NULL;
}

/* The longest name that begins at `i`, of a state or a profession; else the word. Returns how many words it has. */
static size_t read_term(const struct word_list *s, size_t i, struct arena *a,
			struct called_term *ret)
{
	for (size_t n = least(PHRASE, s->n - i); n > 0; n--) {
		const char *text = word_list_join(s, i, i + n, a);
		*ret = (struct called_term){.text = text,
					    .state = states_find(text, a),
					    .names = profession_of(text)};
		if (ret->state || ret->names)
			return n;
	}
	return 1;
}

/* "in" is Indiana where it stands alone or last, and tells nothing before other words. */
static bool tells_nothing(const struct word_list *s, size_t i)
{
	static const char *const small[] = {"in", "of", "for", "the", "and",
					    "a",  "an", "i",   "am",  "my",
					    "or", "me", "at",  "us",  "from"};

	for (size_t k = 0; i + 1 < s->n && k < sizeof(small) / sizeof(small[0]); k++)
		if (strcmp(s->v[i], small[k]) == 0)
			return true;
	return false;
}

void called_read(const char *text, struct arena *a, struct called *ret)
{
	struct word_list s = word_list_cut(similar_words(text, a), " ", a);

	s.n = least(s.n, WORDS);
	*ret = (struct called){arena_array(a, s.n + 1, sizeof(*ret->v)), 0};
	for (size_t i = 0; i < s.n;)
		if (tells_nothing(&s, i))
			i++;
		else
			i += read_term(&s, i, a, &ret->v[ret->n++]);
}

/* ---- what a pack is called ---------------------------------------------------------------------------- */

static const char *names_of(const struct pack *p, struct arena *a)
{
	const char *all = arena_printf(a, "%s %s %s %s", p->id, p->title,
				       p->jurisdiction ? p->jurisdiction : "",
				       p->authority ? p->authority : "");

	for (size_t i = 0; i < p->professions.n; i++)
		all = arena_printf(a, "%s %s", all, p->professions.v[i]);
	return arena_printf(a, " %s ", similar_words(all, a));
}

static bool has_name(const char *all, const char *name, struct arena *a)
{
	return strstr(all, arena_printf(a, " %s ", name)) != NULL;
}

/* A short word begins one of the names; a longer one may lie in one, as in compounds. */
static bool has_word(const char *all, const char *word, struct arena *a)
{
	const char *begins = arena_printf(a, " %s", word);

	return strstr(all, strlen(word) <= SHORT ? begins : word) != NULL;
}

static bool is_called(const struct pack *p, const char *all, const struct called_term *t,
		      struct arena *a)
{
	bool is = t->names && has_name(all, t->text, a);

	if (t->state)
		return called_in(p, t->state);
	if (!t->names)
		return has_word(all, t->text, a);
	for (size_t j = 0; !is && j < NAMES && t->names[j]; j++)
		is = has_name(all, t->names[j], a);
	return is;
}

bool called_so(const struct pack *p, const struct called *c, struct arena *a)
{
	const char *all = names_of(p, a);
	bool is = true;

	for (size_t i = 0; is && i < c->n; i++)
		is = is_called(p, all, &c->v[i], a);
	return is;
}
