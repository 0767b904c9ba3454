#include "client/help/complete.h"

#include "client/cli/options.h"
#include "client/cli/verb.h"

#include <string.h>

/* The line so far, up to the word that is being typed. */
struct line {
	const char *verb;	     /* "" for none */
	const struct method *method; /* of the verb; NULL: more words must follow */
	const char *flag;	     /* whose value is being typed; NULL: of none */
	const char *first; /* the first word that is no verb; NULL: none was typed */
	size_t places;	   /* how many such words */
	const char *of;	   /* the credential or pack that an option named; NULL: none */
};

/* ---- what a parameter takes --------------------------------------------------------------------- */

/* Of several with commas between them the last is being typed. */
static void skip_commas(struct completion *c, struct arena *a)
{
	const char *comma = strrchr(c->typed, ',');

	if (comma)
		complete_skip(c, comma + 1, a);
}

static bool takes_commas(const struct field *f)
{
	return f->kind == KIND_TOPICS || f->kind == KIND_ALIASES || f->kind == KIND_IDS;
}

static void add_values(struct completion *c, const struct line *line,
		       const struct field *f, struct arena *a)
{
	bool jurisdiction = strcmp(f->how, "--jurisdiction") == 0;

	if (takes_commas(f))
		skip_commas(c, a);
	if (f->kind == KIND_FILTER)
		complete_filter(c, a);
	for (const char *const *v = complete_fixed(f, line->method); *v; v++)
		complete_add(c, *v, NULL, a);
	if (jurisdiction || strcmp(f->how, "--in") == 0 ||
	    line->method == &api_methods[METHOD_path_compare])
		complete_states(c, jurisdiction, a);
	if (f->kind != KIND_FILTER)
		complete_sources(c, f, line->method);
	/* Which facts and cycles there are hangs on the credential, or pack, that the command is about. */
	c->about = line->first && (!line->of || f->kind != KIND_CYCLE) ? line->first
								       : line->of;
	if (strcmp(f->name, "split") == 0 || strcmp(f->name, "rename") == 0)
		c->suffix = "=";
	c->layouts = strcmp(f->name, "layout") == 0;
	c->files |= complete_files(f, line->method);
	/* pdh edit and pdh rm take filters in the place of numbers. */
	if (f->kind == KIND_IDS && f->how[0] == '1' && c->typed[0] &&
	    !(c->typed[0] >= '0' && c->typed[0] <= '9'))
		complete_filter(c, a);
}

/* ---- the line ----------------------------------------------------------------------------------- */

static bool is_shown(const struct method *m)
{
	return m->verb[0] && m->verb[0] != '_';
}

/* Whether `verb` begins with all the words of `words`. */
static bool begins_with(const char *verb, const char *words)
{
	size_t n = strlen(words);

	return strncmp(verb, words, n) == 0 && (!n || verb[n] == ' ' || !verb[n]);
}

static bool is_verb(const char *words)
{
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (is_shown(&api_methods[i]) && begins_with(api_methods[i].verb, words))
			return true;
	return false;
}

static const struct method *method_of(const char *verb)
{
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (is_shown(&api_methods[i]) && strcmp(api_methods[i].verb, verb) == 0)
			return &api_methods[i];
	return NULL;
}

static const struct field *field_of_flag(const struct method *m, const char *flag)
{
	for (size_t i = 0; i < m->params->n; i++)
		if (m->params->fields[i].how[0] == '-' &&
		    flag_among(m->params->fields[i].how, flag))
			return &m->params->fields[i];
	return NULL;
}

static bool option_takes_value(const char *flag)
{
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (option_rows[i].takes == OPTION_VALUE &&
		    flag_among(option_rows[i].flags, flag))
			return true;
	return false;
}

/* Flags may stand before the verb whose they are. */
static bool takes_value(const char *flag)
{
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct field *f = field_of_flag(&api_methods[i], flag);
		if (f && f->kind != KIND_BOOL)
			return true;
	}
	return option_takes_value(flag);
}

static void take_word(struct line *line, const char *word, struct arena *a)
{
	const char *longer = *line->verb ? arena_printf(a, "%s %s", line->verb, word)
					 : verb_unalias(word);

	if (line->flag) {
		if (flag_among("--for,--credential,--pack", line->flag))
			line->of = word;
		line->flag = NULL;
	} else if (word[0] == '-')
		line->flag = takes_value(word) ? word : NULL;
	else if (!line->places && is_verb(longer))
		line->verb = longer;
	else if (line->places++ == 0)
		line->first = word;
}

/* ---- what may follow ---------------------------------------------------------------------------- */

/* The next word of each verb that begins with the words so far, once. */
static void add_verbs(struct completion *c, const char *verb, struct arena *a)
{
	size_t skip = strlen(verb), known = c->n;

	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct method *m = &api_methods[i];
		if (!is_shown(m) || !begins_with(m->verb, verb) || !m->verb[skip])
			continue;
		const char *rest = m->verb + skip + (skip > 0);
		const char *word = arena_dup_n(a, rest, strcspn(rest, " "));
		size_t k = known;
		while (k < c->n && strcmp(c->words[k].value, word) != 0)
			k++;
		if (k == c->n)
			complete_add(c, word, strchr(rest, ' ') ? NULL : m->doc, a);
	}
}

static void add_flags(struct completion *c, const char *flags, const char *doc,
		      struct arena *a)
{
	for (const char *p = flags; *p == '-'; p += *p == ',') {
		size_t n = strcspn(p, ",");
		complete_add(c, arena_dup_n(a, p, n), doc, a);
		p += n;
	}
}

static void add_all_flags(struct completion *c, const struct method *m, struct arena *a)
{
	for (size_t i = 0; m && i < m->params->n; i++)
		add_flags(c, m->params->fields[i].how, m->params->fields[i].doc, a);
	for (enum option_id o = 0; o < OPTION_COUNT; o++)
		if (!*option_rows[o].verbs || (m && option_belongs(o, m)))
			add_flags(c, option_rows[o].flags, option_rows[o].doc, a);
}

static void add_flag_values(struct completion *c, const struct line *line,
			    struct arena *a)
{
	const struct field *f =
		line->method ? field_of_flag(line->method, line->flag) : NULL;

	for (const char *const *v = complete_option(line->flag); !f && *v; v++)
		complete_add(c, *v, NULL, a);
	if (!f && strcmp(line->flag, "--json") == 0)
		c->columns = line->method;
	if (f)
		add_values(c, line, f, a);
	else
		c->files = strcmp(line->flag, "--socket") == 0 ||
			   strcmp(line->flag, "--schema") == 0;
}

static void add_places(struct completion *c, const struct line *line, struct arena *a)
{
	const struct method *m = line->method;

	if (!line->places)
		add_verbs(c, line->verb, a);
	if (m == &api_methods[METHOD_help] && !line->places) {
		complete_add(c, "all", NULL, a);
		complete_add(c, "options", NULL, a);
		add_verbs(c, "", a);
	}
	for (size_t i = 0; m && i < m->params->n; i++) {
		const struct field *f = &m->params->fields[i];
		const char place = (char)('1' + line->places);
		bool here = f->how[0] == place ||
			    (f->how[0] && f->how[1] == '+' && f->how[0] < place);
		if (f->how[0] != '-' && here)
			add_values(c, line, f, a);
	}
}

void complete_skip(struct completion *c, const char *to, struct arena *a)
{
	c->prefix = arena_printf(a, "%s%.*s", c->prefix, (int)(to - c->typed), c->typed);
	c->typed = to;
}

static bool is_there(const struct completion *c, const char *value)
{
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->words[i].value, value) == 0)
			return true;
	return false;
}

void complete_add(struct completion *c, const char *value, const char *about,
		  struct arena *a)
{
	const char *typed = c->typed + (c->quotes && c->typed[0] == '"');
	bool quoted = c->quotes && (*c->typed == '"' || strchr(value, ' '));

	if (strncmp(value, typed, strlen(typed)) != 0)
		return;
	value = arena_printf(a, "%s%s%s%s%s", c->prefix, quoted ? "\"" : "", value,
			     c->suffix, quoted ? "\"" : "");
	if (is_there(c, value))
		return;
	c->words = arena_grow(a, c->words, c->n, sizeof(*c->words));
	c->words[c->n++] = (struct word){.value = value, .about = about};
}

/* "--kind=wo" is an option and its value in one word. */
static void cut_option(struct line *line, struct completion *c, struct arena *a)
{
	const char *equals = strchr(c->typed, '=');

	if (line->flag || strncmp(c->typed, "--", 2) != 0 || !equals)
		return;
	line->flag = arena_dup_n(a, c->typed, (size_t)(equals - c->typed));
	complete_skip(c, equals + 1, a);
	if (strcmp(line->flag, "--json") == 0)
		skip_commas(c, a);
}

void complete_words(const struct texts *words, struct arena *a, struct completion *ret)
{
	struct line line = {.verb = ""};
	const char *last = words->n ? words->v[words->n - 1] : ".";

	*ret = (struct completion){.prefix = "", .suffix = ""};
	ret->typed = arena_dup_n(a, last, strlen(last) - 1);
	for (size_t i = 0; i + 1 < words->n; i++)
		take_word(&line, words->v[i], a);
	line.method = method_of(line.verb);
	cut_option(&line, ret, a);
	if (line.flag)
		add_flag_values(ret, &line, a);
	else if (ret->typed[0] == '-')
		add_all_flags(ret, line.method, a);
	else
		add_places(ret, &line, a);
}
