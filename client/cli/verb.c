#include "client/cli/verb.h"

#include "client/cli/options.h"
#include "common/texts.h"

#include <stdio.h>
#include <string.h>

const struct verb_alias verb_aliases[VERB_ALIASES] = {
	{"st", "status"}, {"ls", "list"}, {"cred", "credential"}};

const struct verb_alias verb_alone = {"remind", "remind list"};

enum { VERB_SIZE = 64 };

bool verb_is_flag(const char *word)
{
	return word[0] == '-' && word[1] && !strchr("0123456789.,", word[1]);
}

/* The same flag takes a value with every verb or with none, so this can be told before the verb is known. */
static bool takes_value(const char *flag)
{
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (flag_among(option_rows[i].flags, flag))
			return option_rows[i].takes == OPTION_VALUE;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct shape *s = api_methods[i].params;
		for (size_t f = 0; f < s->n; f++)
			if (flag_among(s->fields[f].how, flag))
				return s->fields[f].kind != KIND_BOOL;
	}
	return false;
}

void verb_words(int argc, char **argv, struct arena *a, struct texts *ret)
{
	bool flags = true;

	ret->n = 0;
	ret->v = arena_array(a, (size_t)argc + 1, sizeof(*ret->v));
	for (int i = 1; i < argc; i++) {
		if (flags && strcmp(argv[i], "--") == 0)
			flags = false;
		else if (flags && verb_is_flag(argv[i]))
			i += takes_value(argv[i]);
		else
			ret->v[ret->n++] = argv[i];
	}
}

const char *verb_unalias(const char *word)
{
	for (size_t i = 0; i < VERB_ALIASES; i++)
		if (strcmp(word, verb_aliases[i].word) == 0)
			return verb_aliases[i].verb;
	return word;
}

const char *verb_join(const struct texts *words, struct arena *a)
{
	const char *all = words->n ? verb_unalias(words->v[0]) : "";

	for (size_t i = 1; i < words->n; i++)
		all = arena_printf(a, "%s %s", all, words->v[i]);
	return all;
}

static const struct method *find(const char *verb)
{
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (strcmp(api_methods[i].verb, verb) == 0)
			return &api_methods[i];
	return NULL;
}

/* The words that may follow `before` ("credential", or nothing): each once. */
static size_t next_words(const char *before, struct arena *a, const char **ret)
{
	size_t n = 0, skip = strlen(before);

	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const char *verb = api_methods[i].verb, *rest = verb + skip + (skip > 0);
		bool below =
			strncmp(verb, before, skip) == 0 && (!skip || verb[skip] == ' ');
		if (!*verb || *verb == '_' || !below)
			continue;
		const char *word = arena_dup_n(a, rest, strcspn(rest, " "));
		bool seen = false;
		for (size_t k = 0; k < n; k++)
			seen = seen || strcmp(ret[k], word) == 0;
		if (!seen)
			ret[n++] = word;
	}
	return n;
}

/* What people call a command that has another name here. A word that holds behind any group has no `before`. */
static const struct {
	const char *before, *word, *hint;
} called[] = {
	{"", "add",
	 "hours are logged with \"pdh log\"; a credential is added with \"pdh credential add\""},
	{"", "new",
	 "hours are logged with \"pdh log\"; a credential is added with \"pdh credential add\""},
	{"", "record", "did you mean \"pdh log\"?"},
	{"", "enter", "did you mean \"pdh log\"?"},
	{"", "setup", "did you mean \"pdh init\"?"},
	{"", "todo", "did you mean \"pdh plan\"?"},
	{"", "next", "did you mean \"pdh plan\"?"},
	{"", "why", "did you mean \"pdh explain\"?"},
	{"", "find", "did you mean \"pdh list WORDS\"?"},
	{"", "search", "did you mean \"pdh list WORDS\"?"},
	{"", "renew", "did you mean \"pdh credential renew\"?"},
	{"", "license", "did you mean \"pdh credential\"?"},
	{"", "certificate",
	 "did you mean \"pdh credential\", or \"pdh attach\" for a proof?"},
	{"credential", "unretire", "did you mean \"pdh credential resume\"?"},
	{"credential", "reactivate", "did you mean \"pdh credential resume\"?"},
	{"credential", "restore", "did you mean \"pdh credential resume\"?"},
};
static const struct verb_alias other_words[] = {
	{"delete", "rm"},    {"remove", "rm"},	 {"del", "rm"},	     {"new", "add"},
	{"create", "add"},   {"update", "edit"}, {"change", "edit"}, {"modify", "edit"},
	{"display", "show"}, {"view", "show"},
};

/* A hint for a word that people use for one of the `known` ones; NULL: there is none. */
static const char *called_here(const char *before, const char *word,
			       const struct texts *known, struct arena *a)
{
	for (size_t i = 0; i < sizeof(called) / sizeof(called[0]); i++)
		if (strcmp(called[i].before, before) == 0 &&
		    strcmp(called[i].word, word) == 0)
			return called[i].hint;
	for (size_t i = 0; i < sizeof(other_words) / sizeof(other_words[0]); i++)
		if (strcmp(other_words[i].word, word) == 0 &&
		    texts_has(known, other_words[i].verb))
			return arena_printf(a, "did you mean \"pdh %s%s%s\"?", before,
					    *before ? " " : "", other_words[i].verb);
	return NULL;
}

static int unknown(const char *before, const char *word, struct err *e)
{
	AUTO_ARENA a = {0};
	const char *known[METHOD_COUNT], *list = "";
	size_t n = next_words(before, &a, known);
	const char *near = word ? api_nearest(word, known, n) : NULL;
	const char *hint =
		word ? called_here(before, word, &(struct texts){n, known}, &a) : NULL;

	for (size_t i = 0; i < n; i++)
		list = arena_printf(&a, "%s%s%s", list, i ? ", " : "", known[i]);
	if (!word)
		err_set(e, -PDH_USAGE, NULL, "pdh %s needs another word: %s", before,
			list);
	else if (*before)
		err_set(e, -PDH_USAGE, NULL, "pdh %s has no \"%.40s\"; it has %s", before,
			word, list);
	else
		err_set(e, -PDH_USAGE, NULL, "there is no command \"%.40s\"", word);
	if (hint)
		return err_hint(e, "%s", hint);
	if (near)
		return err_hint(e, "did you mean \"pdh %s%s%s\"?", before,
				*before ? " " : "", near);
	return *before ? -PDH_USAGE : err_hint(e, "pdh help lists the commands");
}

int verb_find(int argc, char **argv, struct verb *ret, struct err *e)
{
	AUTO_ARENA a = {0};
	struct texts words;
	struct verb found = {NULL, 0};
	char verb[VERB_SIZE] = "", group[VERB_SIZE] = "";
	size_t depth = 0;

	verb_words(argc, argv, &a, &words);
	for (size_t i = 0; i < words.n && i < 3; i++) {
		const char *word = i == 0 ? verb_unalias(words.v[0]) : words.v[i];
		const char *known[METHOD_COUNT];
		size_t at = strlen(verb);
		if (at + strlen(word) + 2 > sizeof(verb))
			break;
		snprintf(verb + at, sizeof(verb) - at, "%s%s", at ? " " : "", word);
		if (find(verb))
			found = (struct verb){find(verb), i + 1};
		if (next_words(verb, &a, known) > 0) {
			depth = i + 1;
			memcpy(group, verb, sizeof(group));
		}
	}
	if (words.n == 1 && strcmp(words.v[0], verb_alone.word) == 0)
		found = (struct verb){find(verb_alone.verb), 1};
	if (words.n && !found.method)
		return unknown(group, depth < words.n ? words.v[depth] : NULL, e);
	*ret = found;
	return 0;
}
