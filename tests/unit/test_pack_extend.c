/* Overlays: what they take from the pack they extend, and what is refused. */
#include "daemon/pack/read/write.h"
#include "tests/support/pack_home.h"

#include "daemon/pack/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const char base[] =
	"pack: b\nversion: 2026.1\ntitle: Base\nauthority: Board\n"
	"sources:\n  law: {title: The law, mark: confirmed}\n"
	"facts:\n  employment: {type: word, ask: E?}\n"
	"kinds: [workshop, self-study]\n"
	"topics:\n  law: [legal, statutes]\n"
	"rules:\n"
	"  - {id: total, need: 100, cite: law}\n"
	"  - {id: law, need: 10, where: {topic: law}, cite: law}\n"
	"  - {id: alone, limit: 20% of required, where: {kind: self-study}, cite: law}\n"
	"examples:\n"
	"  - {name: e, period: 2021-01-01 to 2021-12-31, entries: [], expect: {counted: 0}}\n";

/* Its own names and versions come first. */
#define OVER "pack: o\nextends: b\nversion: 1\n"

static struct pack_home *home;

static int set_up(void **state)
{
	int r = pack_home_open(state);

	home = *state;
	pack_home_put(home, "shipped", "b.yaml", base);
	return r;
}

static const struct pack *own(const char *text)
{
	pack_home_put(home, "own", "o.yaml", text);
	pack_library_reload(home->library);
	return pack_home_find(home, "o");
}

static void assert_refused(const char *text, const char *says)
{
	struct pack p;
	struct err e;

	if (pack_library_parse(home->library, text, "o.yaml", &home->arena, &p, &e) == 0)
		fail_msg("accepted: %s", text);
	assert_int_equal(e.code, -PDH_REFUSED);
	assert_string_equal(e.message, says);
}

static const struct rule *rule(const struct pack *p, const char *id)
{
	for (size_t i = 0; i < p->rules.n; i++)
		if (strcmp(p->rules.rules[i].id, id) == 0)
			return &p->rules.rules[i];
	return NULL;
}

static void what_an_overlay_does_not_say_is_its_bases(void **state)
{
	const struct pack *p = own(OVER "title: Mine\n");

	(void)state;
	assert_string_equal(p->id, "o");
	assert_string_equal(p->version, "1");
	assert_string_equal(p->title, "Mine");
	assert_string_equal(p->authority, "Board");
	assert_string_equal(p->layer, "own");
	assert_string_equal(p->base->id, "b");
	assert_int_equal(p->rules.n, 3);
	assert_int_equal(p->rules.total, 100 * CREDIT_ONE);
	assert_int_equal(p->example_count, 0);
	assert_string_equal(p->source, OVER "title: Mine\n");
}

static void rules_are_replaced_left_out_and_added(void **state)
{
	const struct pack *p =
		own(OVER "drop: alone\nsources: {me: {title: My plan, mark: confirmed}}\n"
			 "rules:\n"
			 "  - {id: extra, need: 5, where: {topic: legal-aid}, cite: me}\n"
			 "  - {id: total, need: 120, cite: me}\n"
			 "topics: [legal-aid]\n");

	(void)state;
	assert_int_equal(p->rules.n, 3);
	assert_string_equal(p->rules.rules[0].id, "total");
	assert_string_equal(p->rules.rules[2].id, "extra");
	assert_int_equal(p->rules.total, 120 * CREDIT_ONE);
	assert_string_equal(rule(p, "total")->cite, "My plan");
	assert_string_equal(rule(p, "law")->cite, "The law");
	assert_null(rule(p, "alone"));
	/* What was left out may come back as something else. */
	p = own(OVER "drop: [alone]\nrules: [{id: alone, need: 1, cite: law}]\n");
	assert_int_equal(rule(p, "alone")->verb, RULE_NEED);
}

static void sources_facts_and_words_are_joined(void **state)
{
	const struct pack *p =
		own(OVER "sources: {law: {title: New law, mark: second-hand}}\n"
			 "facts: {d: {type: date, ask: D?}}\n"
			 "kinds: {self-study: [homework]}\n"
			 "topics: {law: [Statutes, rights], new: }\n"
			 "formats: [live]\n");
	size_t law = 0;

	(void)state;
	assert_int_equal(p->source_count, 1);
	assert_string_equal(p->sources[0].title, "New law");
	assert_int_equal(p->fact_count, 2);
	for (size_t i = 0; i < p->word_count; i++)
		law += strcmp(p->words[i].canonical, "law") == 0;
	assert_int_equal(law, 4);
	assert_int_equal(p->word_count, 4 + 1 + 3 + 1);
	assert_int_equal(p->rules.wheres[rule(p, "alone")->where].terms[0].words.n, 2);
}

static void assert_same(const struct yaml *a, const struct yaml *b)
{
	assert_int_equal(a->kind, b->kind);
	assert_int_equal(a->n, b->n);
	if (a->key)
		assert_string_equal(a->key, b->key);
	if (a->text)
		assert_string_equal(a->text, b->text);
	const struct yaml *y = b->first;
	for (const struct yaml *x = a->first; x; x = x->next, y = y->next)
		assert_same(x, y);
}

static void assert_written(const char *text, size_t n)
{
	AUTO_BUF out = {0};
	const struct yaml *a, *b;
	struct err e;

	if (yaml_parse(&(struct yaml_source){text, n, "a", "pack"}, &home->arena, &a,
		       &e) < 0)
		fail_msg("%s", e.message);
	assert_int_equal(write_yaml(a, &out), 0);
	if (yaml_parse(&(struct yaml_source){out.data, out.len, "b", "pack"},
		       &home->arena, &b, &e) < 0)
		fail_msg("%s in %.*s", e.message, (int)out.len, out.data);
	assert_same(a, b);
}

static void a_tree_that_is_written_reads_the_same(void **state)
{
	static const char *const texts[] = {
		"a: \"q\\\" b\\\\ t\\t n\\n u\\u2028 \\u0085 \\ufeff \\x1b\"\n",
		"'a: b': [{c: }, [], {}, 'no', ~, 1e3, 2026.10, '# no', 'x: y']\n",
		"a: |\n  two\n  lines\n\nb: >-\n  folded\n  text\n",
		"- \xc3\xa9\xf0\x9f\x98\x80\n- - - a\n",
		"a\n",
	};
	static const char *const shipped[] = {"clearance", "us-il-pel-teacher",
					      "us-ny-ctle", "us-tx-school-librarian"};
	char *text = NULL;
	size_t n;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		assert_written(texts[i], strlen(texts[i]));
	for (size_t i = 0; i < COUNT(shipped); i++) {
		const char *path =
			arena_printf(&home->arena, "schema/packs/%s.yaml", shipped[i]);
		assert_int_equal(pack_file_read(path, &text, &n), 0);
		assert_written(text, n);
		free(text);
	}
}

/* What a cycle keeps must not need a file that may change. */
static void the_text_of_an_overlay_stands_alone(void **state)
{
	const struct pack *p = own(OVER "drop: [law]\nnote: |\n  \"two\"\n  lines\n");
	struct pack again;
	struct err e;

	(void)state;
	if (pack_parse(p->text, p->text_len, "kept", &home->arena, &again, &e) < 0)
		fail_msg("%s\n%s", e.message, p->text);
	assert_int_equal(strlen(p->text), p->text_len);
	assert_string_equal(again.id, "o");
	assert_string_equal(again.version, "1");
	assert_string_equal(again.note, p->note);
	assert_int_equal(again.rules.n, 2);
	assert_int_equal(again.rules.total, p->rules.total);
	assert_null(again.base);
	/* An overlay of an overlay builds on it. */
	pack_home_put(home, "own", "p.yaml",
		      "pack: p\nextends: o\nversion: 1\ndrop: [alone]\n");
	pack_library_reload(home->library);
	p = pack_home_find(home, "p");
	assert_int_equal(p->rules.n, 1);
	assert_string_equal(p->base->base->id, "b");
}

static void an_overlay_of_the_same_name_extends_the_earlier_layer(void **state)
{
	(void)state;
	pack_home_put(home, "system", "b.yaml",
		      "pack: b\nextends: b\nversion: 2026.1-district\ntitle: District\n");
	pack_home_put(home, "own", "b.yaml",
		      "pack: b\nextends: b\nversion: 2026.1-mine\ndrop: [law]\n");
	pack_library_reload(home->library);
	const struct pack *p = pack_home_find(home, "b");
	assert_string_equal(p->version, "2026.1-mine");
	assert_string_equal(p->title, "District");
	assert_string_equal(p->base->layer, "system");
	assert_string_equal(p->base->base->layer, "shipped");
}

static void mistakes_in_an_overlay_name_its_line(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"pack: o\nextends: bb\nversion: 1\n",
		 "o.yaml:2: extends: there is no rules pack \"bb\""},
		{"pack: o\nextends: us-mn-teachr\nversion: 1\n",
		 "o.yaml:2: extends: there is no rules pack \"us-mn-teachr\"; did you mean "
		 "\"us-mn-teacher\"?"},
		{"pack: o\nextends: ../b\nversion: 1\n",
		 "o.yaml:2: extends: there is no rules pack \"../b\""},
		{"pack: o\nextends: o\nversion: 1\n",
		 "o.yaml:2: extends: there is no rules pack \"o\""},
		{"pack: o\nextends: [b]\nversion: 1\n",
		 "o.yaml:2: extends takes one value, not a list"},
		{"extends: b\nversion: 1\n", "o.yaml:1: a pack needs \"pack\""},
		{"pack: o\nextends: b\n",
		 "o.yaml:1: an overlay needs a \"version\" of its own"},
		{"pack: b\nextends: b\nversion: 2026.1\n",
		 "o.yaml:3: version 2026.1 is that of the shipped pack; an overlay needs one "
		 "of its own"},
		{OVER "drop: [low]\n",
		 "o.yaml:4: \"low\" is not known in the rules of b; did you mean \"law\"?"},
		{OVER "drop: [[law]]\n", "o.yaml:4: drop takes one value, not a list"},
		{OVER "drop: [total]\n",
		 "o.yaml:2: rule alone is about the total, and the pack has none"},
		{OVER "titel: x\n",
		 "o.yaml:4: \"titel\" is not known in a pack; did you mean \"title\"?"},
		{OVER "rules:\n  - {id: law, need: 1, cite: lav}\n",
		 "o.yaml:5: \"lav\" is not known in sources; did you mean \"law\"?"},
		{OVER "rules:\n  - {id: x, need: 1, cite: law}\n"
		      "  - {id: x, need: 2, cite: law}\n",
		 "o.yaml:6: \"x\" is here already, on line 5"},
		{OVER "rules:\n  - {id: law, need: 1, cite: law}\n"
		      "  - {id: law, need: 2, cite: law}\n",
		 "o.yaml:6: \"law\" is here already, on line 5"},
		{OVER "rules: {a: b}\n",
		 "o.yaml:4: rules takes a list, not a map of keys and values"},
		{OVER "rules: [a]\n",
		 "o.yaml:4: a rule takes a map of keys and values, not one value"},
		{OVER "sources: [a]\n",
		 "o.yaml:4: sources takes a map of keys and values, not a list"},
		{OVER "kinds: [[a]]\n", "o.yaml:4: kinds takes one value, not a list"},
		{OVER "kinds: a\n", "o.yaml:4: kinds takes a list, not one value"},
	};

	(void)state;
	pack_home_put(home, "shipped", "us-mn-teacher.yaml",
		      "pack: us-mn-teacher\nversion: 1\ntitle: T\n");
	pack_library_reload(home->library);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_refused(cases[i].text, cases[i].says);
}

static void a_circle_of_extension_is_refused_by_name(void **state)
{
	(void)state;
	pack_home_put(home, "shipped", "c.yaml", "pack: c\nversion: 1\ntitle: Shipped\n");
	pack_home_put(home, "own", "c.yaml", "pack: c\nextends: d\nversion: 2\n");
	pack_home_put(home, "own", "d.yaml", "pack: d\nextends: e\nversion: 2\n");
	pack_home_put(home, "own", "e.yaml", "pack: e\nextends: c\nversion: 2\n");
	pack_library_reload(home->library);
	pack_home_told(home, "the packs extend one another in a circle: c, d, e, c");
	assert_string_equal(pack_home_find(home, "c")->title, "Shipped");
	/* Not yet stored, it would close one. */
	pack_home_put(home, "own", "c.yaml", "pack: c\nextends: c\nversion: 2\n");
	pack_library_reload(home->library);
	assert_refused(
		"pack: c\nextends: d\nversion: 2\n",
		"o.yaml:2: extends: the packs extend one another in a circle: c, d, "
		"c");
}

static void extension_has_a_depth(void **state)
{
	enum { CHAIN = 12 };
	struct texts problems;
	const struct pack *const *packs;
	size_t n;

	(void)state;
	for (int i = 1; i <= CHAIN; i++) {
		const char *id = arena_printf(&home->arena, "x%02d", i);
		pack_home_put(home, "own", arena_printf(&home->arena, "%s.yaml", id),
			      i == CHAIN
				      ? arena_printf(&home->arena,
						     "pack: %s\nextends: b\nversion: 1\n",
						     id)
				      : arena_printf(&home->arena,
						     "pack: %s\nextends: x%02d\nversion: "
						     "1\n",
						     id, i + 1));
	}
	pack_library_reload(home->library);
	pack_library_all(home->library, &packs, &n, &problems);
	assert_non_null(strstr(problems.v[0], "packs extend one another at most 8 deep"));
	assert_int_equal(problems.n, CHAIN - 3);
	assert_string_equal(pack_home_find(home, "x10")->title, "Base");
}

static void a_broken_base_is_told_with_its_own_line(void **state)
{
	(void)state;
	pack_home_put(home, "own", "b.yaml", "pack: b\nversion: 3\n");
	pack_home_put(home, "own", "o.yaml", OVER);
	pack_library_reload(home->library);
	pack_home_told(home, "/own/b.yaml:1: a pack needs \"title\"");
	struct err e;
	const struct pack *p;
	assert_int_equal(pack_library_find(home->library, "o", &p, &e), -PDH_REFUSED);
	assert_non_null(strstr(e.message, "/own/o.yaml:2: extends: it cannot be used, "));
	assert_string_equal(pack_home_find(home, "b")->layer, "shipped");
}

/* The base is within the limits, and so is the overlay. */
static void what_is_too_large_together_is_refused(void **state)
{
	enum { WORDS = 12000 };
	AUTO_BUF text = {0};
	const char *head = OVER "topics: [";

	(void)state;
	buf_write(&text, base, strlen(base));
	buf_write(&text, "formats: [f0", 12);
	for (int i = 1; i < WORDS; i++) {
		const char *word = arena_printf(&home->arena, ", f%d", i);
		buf_write(&text, word, strlen(word));
	}
	buf_write(&text, "]\n", 3);
	pack_home_put(home, "shipped", "b.yaml", text.data);
	pack_library_reload(home->library);
	assert_string_equal(pack_home_find(home, "b")->title, "Base");
	buf_consume(&text, text.len);
	buf_write(&text, head, strlen(head));
	for (int i = 0; i < WORDS / 2; i++) {
		const char *word = arena_printf(&home->arena, "%st%d", i ? ", " : "", i);
		buf_write(&text, word, strlen(word));
	}
	buf_write(&text, "]\n", 3);
	assert_refused(text.data, "o.yaml:2: together with b it is too large");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, pack_home_close)
	const struct CMUnitTest tests[] = {
		TEST(what_an_overlay_does_not_say_is_its_bases),
		TEST(rules_are_replaced_left_out_and_added),
		TEST(sources_facts_and_words_are_joined),
		TEST(a_tree_that_is_written_reads_the_same),
		TEST(the_text_of_an_overlay_stands_alone),
		TEST(an_overlay_of_the_same_name_extends_the_earlier_layer),
		TEST(mistakes_in_an_overlay_name_its_line),
		TEST(a_circle_of_extension_is_refused_by_name),
		TEST(extension_has_a_depth),
		TEST(a_broken_base_is_told_with_its_own_line),
		TEST(what_is_too_large_together_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
