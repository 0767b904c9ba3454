/* Letters are alike everywhere, however they are written: composed or not, small or capital, with accents or without. */
#include "common/search.h"
#include "common/similar.h"
#include "daemon/rules/rules.h"
#include "tests/support/rpc_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { VARIANTS = 7 };

static const char *const words[] = {
	"Éthique",  "Ångström-Naïveté",
	"Αθήνας",   "ᾳδω",
	"İstanbul", "Ilıca",
	"Straße",   "Œuvre",
	"倫理",	    "Ñandú",
	"Việt",	    "Ґанок",
};

static char *each(const char *text, utf8proc_int32_t (*to)(utf8proc_int32_t),
		  struct arena *a)
{
	char *out = arena_alloc(a, 4 * strlen(text) + 1);
	size_t n = strlen(text), len = 0;

	for (size_t i = 0; i < n;) {
		utf8proc_int32_t c;
		i += (size_t)utf8proc_iterate((const utf8proc_uint8_t *)text + i,
					      (utf8proc_ssize_t)(n - i), &c);
		len += (size_t)utf8proc_encode_char(to(c), (utf8proc_uint8_t *)out + len);
	}
	return out;
}

static char *apart(const char *text, struct arena *a)
{
	utf8proc_uint8_t *nfd = utf8proc_NFD((const utf8proc_uint8_t *)text);
	char *copy = arena_dup(a, (const char *)nfd);

	free(nfd);
	return copy;
}

static const char *variant(const char *text, int which, struct arena *a)
{
	switch (which) {
	case 0:
		return text;
	case 1:
		return apart(text, a);
	case 2:
		return each(text, utf8proc_toupper, a);
	case 3:
		return each(text, utf8proc_tolower, a);
	case 4:
		return each(apart(text, a), utf8proc_toupper, a);
	case 5:
		return apart(each(text, utf8proc_tolower, a), a);
	default:
		return similar_fold(text, a);
	}
}

static void variants_fold_alike(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		AUTO_ARENA a = {NULL};
		const char *folded = similar_fold(words[i], &a);
		assert_string_equal(similar_fold(folded, &a), folded);
		for (int v = 0; v < VARIANTS; v++) {
			const char *other = variant(words[i], v, &a);
			assert_string_equal(similar_fold(other, &a), folded);
			assert_true(similar_same(other, words[i]));
			assert_string_equal(rules_fold(other, &a),
					    rules_fold(words[i], &a));
			assert_string_equal(similar_key(other, &a),
					    similar_key(words[i], &a));
		}
		assert_false(similar_same(words[i], words[(i + 1) % COUNT(words)]));
	}
}

/* The word is in the title of one entry, the provider of the next, the note of a third; and a topic and kind of all. */
static void log_variant(struct home *h, const char *word, int v)
{
	json_t *error;
	json_t *p = json_pack("{s:s, s:s, s:[s], s:s, s:b}", "credit", "1h", "title",
			      v % 3 == 0 ? word : "x", "topics", word, "kind", word,
			      "similar", 1);

	if (v % 3 == 1)
		json_object_set_new(p, "provider", json_string(word));
	if (v % 3 == 2)
		json_object_set_new(p, "note", json_string(word));
	assert_non_null(home_try(h, "activity.add", p, &error));
	json_decref(p);
}

static size_t found(struct home *h, const char *param, const char *word)
{
	json_t *error;
	json_t *p = json_pack("{s:s}", param, word);
	json_t *r = home_try(h, "activity.list", p, &error);
	json_decref(p);

	assert_non_null(r);
	return count_at(r, "activities");
}

static const char *quoted(const char *before, const char *word, struct arena *a)
{
	return arena_printf(a, "%s\"%s\"", before, word);
}

static void variants_find_each_other(void **state)
{
	struct home *h = *state;
	AUTO_ARENA a = {NULL};

	for (size_t i = 0; i < COUNT(words); i++)
		for (int v = 0; v < VARIANTS; v++)
			log_variant(h, variant(words[i], v, &a), v);
	for (size_t i = 0; i < COUNT(words); i++) {
		for (int v = 0; v < VARIANTS; v++) {
			const char *word = variant(words[i], v, &a);
			assert_int_equal(found(h, "text", word), VARIANTS);
			assert_int_equal(found(h, "filter", quoted("", word, &a)),
					 VARIANTS);
			assert_int_equal(found(h, "filter", quoted("topic:", word, &a)),
					 VARIANTS);
			assert_int_equal(found(h, "filter", quoted("kind=", word, &a)),
					 VARIANTS);
			assert_int_equal(
				found(h, "filter", quoted("provider:", word, &a)), 2);
			assert_int_equal(found(h, "filter", quoted("note=", word, &a)),
					 2);
			assert_int_equal(found(h, "topic", word), VARIANTS);
			assert_int_equal(found(h, "kind", word), VARIANTS);
			assert_int_equal(found(h, "provider", word), 2);
		}
	}
}

static void labels_keep_their_letters(void **state)
{
	struct home *h = *state;
	json_t *r = home_call(h, "activity.add",
			      "{\"title\": \"É 倫理\", \"credit\": \"1h\", "
			      "\"provider\": \"E\xcc\x81"
			      "cole\", \"topics\": [\"É\", \"倫理\"]}");

	assert_string_equal(text_at(r, "activities.0.title"), "É 倫理");
	assert_string_equal(text_at(r, "activities.0.provider"), "École");
	assert_string_equal(text_at(r, "activities.0.topics.0"), "é");
	assert_string_equal(text_at(r, "activities.0.topics.1"), "倫理");
}

static void words_are_found_in_any_order_and_place(void **state)
{
	static const struct {
		const char *text, *title;
		bool found;
	} cases[] = {
		{"sources primary", "Teaching with Primary Sources!", true},
		{"sources tertiary", "Teaching with Primary Sources!", false},
		{"C++", "Advanced C++ for teachers", true},
		{"C++", "Advanced C for teachers", false},
		{"r&d", "R&D in schools", true},
		{"R&D", "Read in schools", false},
		{"K-12",
		 "K\xe2\x80\x93"
		 "12 budgets",
		 true},
		{"k12", "K-12 budgets", true},
		{"K-12", "Karate 12", false},
		{"sin", "Focus in class", false},
		{"  don't\tpanic ", "Don\xe2\x80\x99t panic", true},
		{"%", "100% sure", true},
		{"_", "100% sure", false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO_ARENA a = {NULL};
		const char *texts[] = {similar_fold(cases[i].title, &a), NULL};
		texts[1] = search_plain(texts, 1, &a);
		bool is = search_finds(search_words(cases[i].text, &a), texts, 2);
		if (is != cases[i].found)
			fail_msg("%s in %s", cases[i].text, cases[i].title);
	}
}

static void words_are_found_across_title_provider_and_note(void **state)
{
	struct home *h = *state;

	home_call(h, "activity.add",
		  "{\"title\": \"C++ for all\", \"credit\": \"1h\", "
		  "\"provider\": \"R&D Institute\", \"note\": \"K-12 only\"}");
	assert_int_equal(found(h, "text", "k-12 institute c++"), 1);
	assert_int_equal(found(h, "text", "all r&d"), 1);
	assert_int_equal(found(h, "text", "all r&x"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variants_fold_alike),
		cmocka_unit_test(words_are_found_in_any_order_and_place),
		cmocka_unit_test_setup_teardown(variants_find_each_other, home_open,
						home_close),
		cmocka_unit_test_setup_teardown(labels_keep_their_letters, home_open,
						home_close),
		cmocka_unit_test_setup_teardown(
			words_are_found_across_title_provider_and_note, home_open,
			home_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
