/* The pack of a person whose board has none. */
#include "common/ascii.h"
#include "daemon/pack/read/category.h"
#include "daemon/pack/read/parts.h"

#include <string.h>

/* A need or limit as typed. */
struct typed {
	const char *field; /* "needs" or "limits" */
	const char *text;
	const char *amount; /* a number, or one with % */
	const char *attr, *word, *window;
};

struct own {
	struct arena *a;
	const struct pack_own *o;
	const char *ids; /* taken, each with a space on both sides */
	const char *rules;
	struct err *e;
};

/* A text as YAML and JSON quote it. */
static const char *quoted(struct arena *a, const char *text)
{
	size_t n = 0;

	for (const char *p = text; *p; p++)
		n += *p == '"' || *p == '\\' ? 2 : 1;
	char *out = arena_alloc(a, n + 3), *to = out;
	*to++ = '"';
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\')
			*to++ = '\\';
		*to++ = *p;
	}
	*to = '"';
	return out;
}

/* ---- what was typed --------------------------------------------------------------------- */

static bool is_need(const struct typed *t)
{
	return strcmp(t->field, "needs") == 0;
}

static int hint(struct own *own, const struct typed *t)
{
	return is_need(t) ? err_hint(own->e, "such as --need \"3 ethics\", or --need "
					     "\"2 ethics each year\"")
			  : err_hint(own->e, "such as --limit \"20%% self-study\", or "
					     "--limit \"10 presenting\"");
}

/* The next word, or "" at the end. */
static const char *next(struct arena *a, const char **at)
{
	*at += strspn(*at, " ");
	size_t n = strcspn(*at, " ");
	const char *word = arena_dup_n(a, *at, n);
	*at += n;
	return word;
}

static bool is_one_of(const char *word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}

#define IS_ONE_OF(word, words) is_one_of(word, words, sizeof(words) / sizeof((words)[0]))

/* "3", "3h", "3 hours", "20%", "20 %", and an "of" behind it. */
static int read_amount(struct own *own, struct typed *t, const char **at)
{
	static const char *const units[] = {"h", "hour", "hours", "%"};
	const char *first = next(own->a, at), *rest = *at;
	size_t n = strspn(first, "0123456789./");
	const char *number = arena_dup_n(own->a, first, n), *unit = first + n;
	const char *second = next(own->a, &rest);
	int64_t exact;
	struct err why;

	if (!*unit && IS_ONE_OF(second, units)) {
		unit = second;
		*at = rest;
	}
	if ((*unit && !IS_ONE_OF(unit, units)) || units_parse(number, &exact, &why) < 0) {
		err_set(own->e, -PDH_USAGE, t->field,
			"\"%.60s\" does not begin with an amount", t->text);
		return hint(own, t);
	}
	bool share = strcmp(unit, "%") == 0;
	if (share && exact > 100 * CREDIT_ONE)
		return err_set(own->e, -PDH_USAGE, t->field, "\"%.60s\" is more than all",
			       t->text);
	if (share && own->o->required <= 0)
		return err_set(own->e, -PDH_USAGE, t->field,
			       "\"%.60s\" is a share of the hours; --hours says how many",
			       t->text);
	t->amount = share ? arena_printf(own->a, "%s%% of required", number) : number;
	rest = *at;
	if (strcmp(next(own->a, &rest), "of") == 0)
		*at = rest;
	return 0;
}

/* Cuts "each year" and the like off the end. */
static const char *cut_window(char *text)
{
	static const struct {
		const char *end, *window;
	} windows[] = {
		{" each calendar year", "each calendar year"},
		{" each school year", "each school year"},
		{" each year", "each year"},
		{" a year", "each year"},
		{" per year", "each year"},
	};
	size_t n = strlen(text);

	for (size_t i = 0; i < sizeof(windows) / sizeof(windows[0]); i++) {
		size_t len = strlen(windows[i].end);
		if (n > len && strcmp(text + n - len, windows[i].end) == 0) {
			text[n - len] = '\0';
			return windows[i].window;
		}
	}
	return NULL;
}

static int read_category(struct own *own, struct typed *t, const char *at)
{
	static const char *const attrs[] = {"topic", "kind", "format"};
	char *rest = arena_dup(own->a, at + strspn(at, " "));
	const char *colon = strchr(rest, ':');
	bool said = false;

	t->window = cut_window(rest);
	t->attr = attrs[is_need(t) ? 0 : 1];
	t->word = rest;
	for (size_t i = 0; colon && i < sizeof(attrs) / sizeof(attrs[0]); i++)
		if (strncmp(rest, attrs[i], (size_t)(colon - rest)) == 0 &&
		    !attrs[i][colon - rest]) {
			t->attr = attrs[i];
			t->word = colon + 1 + strspn(colon + 1, " ");
			said = true;
		}
	if (!*rules_fold(t->word, own->a) ||
	    strlen(t->word) > kind_row(KIND_WORD)->most) {
		err_set(own->e, -PDH_USAGE, t->field, "\"%.60s\" does not say of what",
			t->text);
		return hint(own, t);
	}
	const char *near = said || strcmp(t->attr, "kind") != 0
				   ? NULL
				   : category_slip(rules_fold(t->word, own->a));
	if (!near)
		return 0;
	err_set(own->e, -PDH_USAGE, t->field,
		"\"%.60s\" is not a kind that people commonly log; did you mean \"%s\"?",
		t->word, near);
	return err_hint(own->e, "if it is meant, write kind:%.60s", t->word);
}

/* ---- rules ------------------------------------------------------------------------------ */

/* A name that no other rule has, from letters, digits and - of the word. */
static const char *id_of(struct own *own, const struct typed *t)
{
	char *word = arena_dup(own->a, rules_fold(t->word, own->a)), *to = word;

	for (const char *p = word; *p; p++)
		if (ascii_is_alnum(*p) || (*p == '-' && to > word))
			*to++ = *p;
	*to = '\0';
	const char *base = *word >= 'a' && *word <= 'z'
				   ? word
				   : arena_printf(own->a, "%s-%s",
						  is_need(t) ? "need" : "limit", word);
	const char *id = base;
	for (int i = 2; strstr(own->ids, arena_printf(own->a, " %s ", id)); i++)
		id = arena_printf(own->a, "%s-%d", base, i);
	own->ids = arena_printf(own->a, "%s%s ", own->ids, id);
	return id;
}

static int add_rule(struct own *own, const char *field, const char *text)
{
	struct typed t = {.field = field, .text = text};
	const char *at = text;

	if (read_amount(own, &t, &at) < 0 || read_category(own, &t, at) < 0)
		return own->e->code;
	own->rules = arena_printf(
		own->a, "%s  - {id: %s, %s: %s, where: {%s: %s}, title: %s%s%s}\n",
		own->rules, id_of(own, &t), is_need(&t) ? "need" : "limit", t.amount,
		t.attr, quoted(own->a, t.word), quoted(own->a, t.word),
		t.window ? ", window: " : "", t.window ? t.window : "");
	return 0;
}

static int add_rules(struct own *own, const char *field, const struct texts *typed)
{
	int r = 0;

	for (size_t i = 0; r == 0 && typed && i < typed->n; i++)
		r = add_rule(own, field, typed->v[i]);
	return r;
}

int pack_own_text(struct arena *a, const struct pack_own *o, const char **ret,
		  struct err *e)
{
	struct own own = {.a = a, .o = o, .ids = " total ", .rules = "", .e = e};
	const char *where = "", *length = "";

	if (o->jurisdiction && *o->jurisdiction)
		where = arena_printf(a, "jurisdiction: %s\n", quoted(a, o->jurisdiction));
	if (o->months > 0)
		length = arena_printf(a, "calendar: {length: %d months}\n", o->months);
	if (o->required > 0)
		own.rules = arena_printf(a, "  - {id: total, need: %s}\n",
					 units_text(a, o->required));
	int r = add_rules(&own, "needs", o->needs);
	if (r == 0)
		r = add_rules(&own, "limits", o->limits);
	if (r < 0)
		return r;
	*ret = arena_printf(a,
			    "pack: %s\n"
			    "version: 1\n"
			    "title: %s\n"
			    "%s"
			    "unit: hour\n"
			    "%s%s%s",
			    o->id, quoted(a, o->title), where, length,
			    *own.rules ? "rules:\n" : "", own.rules);
	return 0;
}
