#include "daemon/pack/read/read.h"

#include "common/api.h"

#include <stdio.h>
#include <string.h>

/* The words of the whole vocabulary that this version does not know yet, wherever they
 * stand in a pack. */
static const char *const vocabulary[] = {
	"attest", "claimed", "items", "measure", "over", "overlap",
};

static const char *const node_words[] = {
	[YAML_TEXT] = "one value",
	[YAML_LIST] = "a list",
	[YAML_MAP] = "a map of keys and values",
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool listed(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

int read_refuse_word(struct reader *r, const struct yaml *v, const char *what,
		     const char *word, const char *const *words, size_t n)
{
	if (listed(word, vocabulary, COUNT(vocabulary)))
		return read_refuse(
			r, v, "\"%.60s\" is not supported by this version of pdh", word);
	const char *near = api_nearest(word, words, n);
	if (near)
		return read_refuse(r, v,
				   "\"%.60s\" is not known in %s; did you mean \"%s\"?",
				   word, what, near);
	return read_refuse(r, v, "\"%.60s\" is not known in %s", word, what);
}

int read_check_word(struct reader *r, const struct yaml *v, const char *what,
		    const char *word, const char *const *words, size_t n)
{
	char all[160] = "";

	if (listed(word, words, n))
		return 0;
	for (size_t i = 0, at = 0; i < n && at < sizeof(all); i++)
		at += (size_t)snprintf(all + at, sizeof(all) - at, "%s%s",
				       i == 0	    ? ""
				       : i == n - 1 ? " or "
						    : ", ",
				       words[i]);
	return read_refuse(r, v, "%s is %s, not \"%.60s\"", what, all, word);
}

int read_check_id(struct reader *r, const struct yaml *v, const char *what,
		  const char *id)
{
	for (const char *p = id; *p; p++) {
		bool letter = *p >= 'a' && *p <= 'z';
		bool inner =
			p > id && ((*p >= '0' && *p <= '9') || *p == '-' || *p == '_');
		if (!letter && !inner)
			return read_refuse(
				r, v,
				"%s is lower-case letters, digits, - and _, beginning "
				"with a letter, not \"%.60s\"",
				what, id);
	}
	return 0;
}

int read_want(struct reader *r, const struct yaml *v, const char *what,
	      enum yaml_kind kind)
{
	if (v->kind == kind)
		return 0;
	if (v->kind == YAML_TEXT && !*v->text)
		return read_refuse(r, v, "%s has no value", what);
	return read_refuse(r, v, "%s takes %s, not %s", what, node_words[kind],
			   node_words[v->kind]);
}

int read_text_of(struct reader *r, const struct yaml *v, const char *what, enum kind kind,
		 const char **ret)
{
	const char *text;
	struct err why;

	if (read_want(r, v, what, YAML_TEXT) < 0)
		return -PDH_REFUSED;
	if (kind_check_text(kind, v->text, strlen(v->text), r->arena, &text, &why) < 0)
		return read_refuse(r, v, "%s: %s", what, why.message);
	if (!*text)
		return read_refuse(r, v, "%s has no value", what);
	*ret = text;
	return 0;
}

int read_text(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	const char *text;
	int failed = read_text_of(r, v, k->word, k->kind, &text);

	if (failed == 0)
		memcpy((char *)into + k->offset, &text, sizeof(text));
	return failed;
}

int read_choice_of(struct reader *r, const struct yaml *v, const char *what,
		   enum kind kind, int *ret)
{
	const char *const *words = kind_words(kind);
	const char *text;
	size_t n = 0;

	while (words[n])
		n++;
	if (read_text_of(r, v, what, KIND_WORD, &text) < 0 ||
	    read_check_word(r, v, what, text, words, n) < 0)
		return -PDH_REFUSED;
	*ret = kind_value(kind, text);
	return 0;
}

int read_choice(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	int value, failed = read_choice_of(r, v, k->word, k->kind, &value);

	if (failed == 0)
		memcpy((char *)into + k->offset, &value, sizeof(value));
	return failed;
}

int read_word(struct reader *r, const struct yaml *v, const char *what,
	      const char *const *words, size_t n, int *ret)
{
	const char *text;

	if (read_text_of(r, v, what, KIND_WORD, &text) < 0 ||
	    read_check_word(r, v, what, text, words, n) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], text) == 0)
			*ret = (int)i;
	return 0;
}

int read_span(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	const char *text;
	struct err why;
	int months;

	if (read_text_of(r, v, k->word, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (span_parse(text, &months, &why) < 0)
		return read_refuse(r, v, "%s: %s", k->word, why.message);
	memcpy((char *)into + k->offset, &months, sizeof(months));
	return 0;
}

int read_yes_no(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	int answer, failed = read_choice_of(r, v, k->word, KIND_ANSWER, &answer);

	*(bool *)((char *)into + k->offset) = failed == 0 && answer == ANSWER_YES;
	return failed;
}

int read_date(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	const char *text;
	civil_day day;
	struct err why;
	int failed = read_text_of(r, v, k->word, KIND_WORD, &text);

	if (failed < 0)
		return failed;
	if (date_parse_iso(text, &day, &why) < 0)
		return read_refuse(r, v, "%s: %s", k->word, why.message);
	memcpy((char *)into + k->offset, &day, sizeof(day));
	return 0;
}

/* Every key of the map is in the table. */
static int check_keys(struct reader *r, const struct yaml *map, const char *what,
		      const struct key *keys, size_t n)
{
	enum { MOST = 40 };
	const char *words[MOST];

	for (size_t i = 0; i < n && i < MOST; i++)
		words[i] = keys[i].word;
	for (const struct yaml *m = map->first; m; m = m->next)
		if (!listed(m->key, words, n))
			return read_refuse_word(r, m, what, m->key, words, n);
	return 0;
}

int read_map(struct reader *r, const struct yaml *map, const char *what,
	     const struct key *keys, size_t n, void *into)
{
	int failed = read_want(r, map, what, YAML_MAP);

	if (failed == 0)
		failed = check_keys(r, map, what, keys, n);
	for (size_t i = 0; failed == 0 && i < n; i++) {
		const struct yaml *v = yaml_get(map, keys[i].word);
		if (v)
			failed = keys[i].read(r, &keys[i], v, into);
		else if (keys[i].needed)
			failed = read_refuse(r, map, "%s needs \"%s\"", what,
					     keys[i].word);
	}
	return failed;
}
