/* A layout from its YAML: keys that are not known, and columns that no field and no match names, are refused. */
#include "client/read/layout_parser.h"

#include "common/api.h"
#include "common/ascii.h"
#include "common/texts.h"

#include <string.h>

static int unknown(struct parser *p, const struct yaml *node, const struct key *keys,
		   size_t n)
{
	const char *names[32];

	for (size_t i = 0; i < n; i++)
		names[i] = keys[i].name;
	const char *near = api_nearest(node->key, names, n);
	return near ? parser_refuse(p, node,
				    "\"%.60s\" is not known here; did you mean \"%s\"?",
				    node->key, near)
		    : parser_refuse(p, node, "\"%.60s\" is not known here", node->key);
}

int parser_keys(struct parser *p, const struct yaml *map, const struct key *keys,
		size_t n, void *to)
{
	if (map->kind != YAML_MAP)
		return parser_refuse(p, map, "a map of keys and values is wanted here");
	for (const struct yaml *m = map->first; m; m = m->next) {
		size_t i = 0;
		while (i < n && strcmp(keys[i].name, m->key) != 0)
			i++;
		if (i == n)
			return unknown(p, m, keys, n);
		int r = keys[i].read(p, m, (char *)to + keys[i].offset);
		if (r < 0)
			return r;
	}
	return 0;
}

/* ---- values ------------------------------------------------------------------------------------- */

int parser_text(struct parser *p, const struct yaml *node, void *to)
{
	if (node->kind != YAML_TEXT || !*node->text)
		return parser_refuse(p, node, "a text is wanted here");
	*(const char **)to = arena_dup(p->arena, node->text);
	return 0;
}

int parser_bool(struct parser *p, const struct yaml *node, void *to)
{
	if (node->kind != YAML_TEXT ||
	    (strcmp(node->text, "true") != 0 && strcmp(node->text, "false") != 0))
		return parser_refuse(p, node, "true or false is wanted here");
	*(bool *)to = node->text[0] == 't';
	return 0;
}

/* A folded pattern keeps the star at its end. */
static const char *fold_pattern(const char *text, struct arena *a)
{
	const char *folded = layout_fold(text, a);
	size_t n = strlen(text);

	return n > 0 && text[n - 1] == '*' ? arena_printf(a, "%s*", folded) : folded;
}

/* One word or a list of them, folded. */
int parser_words(struct parser *p, const struct yaml *node, void *to)
{
	struct texts *words = to;

	if (node->kind == YAML_MAP)
		return parser_refuse(p, node, "a word or a list of words is wanted here");
	const struct yaml *m = node->kind == YAML_LIST ? node->first : node;
	words->v = arena_alloc(p->arena, sizeof(char *));
	for (; m; m = node->kind == YAML_LIST ? m->next : NULL) {
		if (m->kind != YAML_TEXT)
			return parser_refuse(p, m, "a word is wanted here");
		texts_add(words, fold_pattern(m->text, p->arena), p->arena);
	}
	return 0;
}

int parser_columns(struct parser *p, const struct yaml *node, void *to)
{
	struct texts *columns = to;
	int r = parser_words(p, node, to);

	for (size_t i = 0; r == 0 && i < columns->n; i++)
		texts_add(&p->columns, columns->v[i], p->arena);
	return r;
}

/* The same names columns that are named before. */
int parser_column(struct parser *p, const struct yaml *node, const char *column)
{
	if (texts_has(&p->columns, column))
		return 0;
	const char *near = api_nearest(column, p->columns.v, p->columns.n);
	return near ? parser_refuse(p, node, "no column \"%.60s\"; did you mean \"%s\"?",
				    column, near)
		    : parser_refuse(
			      p, node,
			      "no column \"%.60s\" stands under match, fields or also",
			      column);
}

/* A map of texts; keys are patterns where `folds`. */
static int read_pairs(struct parser *p, const struct yaml *node, bool folds,
		      struct layout_words *to)
{
	struct layout_word *v = NULL;

	if (node->kind != YAML_MAP)
		return parser_refuse(p, node, "a map of keys and words is wanted here");
	for (const struct yaml *m = node->first; m; m = m->next) {
		if (m->kind != YAML_TEXT)
			return parser_refuse(p, m, "a word is wanted here");
		v = arena_grow(p->arena, v, to->n, sizeof(*v));
		v[to->n].pattern = folds ? fold_pattern(m->key, p->arena)
					 : arena_dup(p->arena, m->key);
		v[to->n++].word = arena_dup(p->arena, m->text);
	}
	to->v = v;
	return 0;
}

int parser_folded(struct parser *p, const struct yaml *node, void *to)
{
	return read_pairs(p, node, true, to);
}

int parser_pairs(struct parser *p, const struct yaml *node, void *to)
{
	return read_pairs(p, node, false, to);
}

/* Fields that are given a value. */
int parser_set(struct parser *p, const struct yaml *node, void *to)
{
	struct layout_words *set = to;
	int r = read_pairs(p, node, false, set);

	for (size_t i = 0; r == 0 && i < set->n; i++)
		if (layout_field_find(set->v[i].pattern) < 0)
			r = parser_refuse(p, node, "no field is called \"%.60s\"",
					  set->v[i].pattern);
	return r;
}

/* topic: column, or name: column; the columns are folded, and are known or become so. */
static int read_named_columns(struct parser *p, const struct yaml *node, bool known,
			      struct layout_words *to)
{
	struct layout_word *v = NULL;
	int r = read_pairs(p, node, false, to);

	for (size_t i = 0; r == 0 && i < to->n; i++) {
		v = arena_grow(p->arena, v, i, sizeof(*v));
		v[i] = (struct layout_word){to->v[i].pattern,
					    layout_fold(to->v[i].word, p->arena)};
		if (known)
			r = parser_column(p, node, v[i].word);
		else
			texts_add(&p->columns, v[i].word, p->arena);
	}
	to->v = v;
	return r;
}

int parser_split(struct parser *p, const struct yaml *node, void *to)
{
	struct texts columns = {0};

	if (node->kind == YAML_TEXT) {
		struct layout_word *all = arena_alloc(p->arena, sizeof(*all));
		int r = parser_columns(p, node, &columns);
		*all = (struct layout_word){"", columns.v[0]};
		*(struct layout_words *)to = (struct layout_words){1, all};
		return r;
	}
	return read_named_columns(p, node, false, to);
}

int parser_where(struct parser *p, const struct yaml *node, void *to)
{
	return read_named_columns(p, node, true, to);
}

/* ---- the whole ----------------------------------------------------------------------------------- */

#define IN(member) offsetof(struct layout_example, member)
static const struct key example_keys[] = {{"text", parser_text, IN(text)},
					  {"options", parser_pairs, IN(options)},
					  {"expect", parser_pairs, IN(expect)}};
#undef IN

static int read_examples(struct parser *p, const struct yaml *node, void *to)
{
	struct layout_example *v = NULL;
	size_t n = 0;

	(void)to;
	for (const struct yaml *m = node->first; m; m = m->next, n++) {
		v = arena_grow(p->arena, v, n, sizeof(*v));
		v[n].line = m->line;
		int r = parser_keys(p, m, example_keys, PARSER_COUNT(example_keys),
				    &v[n]);
		if (r == 0 && (!v[n].text || v[n].expect.n == 0))
			r = parser_refuse(p, m, "an example has text and expect");
		if (r < 0)
			return r;
	}
	p->l->examples = v;
	p->l->example_count = n;
	return 0;
}

static int read_also(struct parser *p, const struct yaml *node, void *to)
{
	struct texts columns = {0};

	(void)to;
	return parser_columns(p, node, &columns);
}

int parser_dates(struct parser *p, const struct yaml *node, void *to)
{
	static const char *const orders[] = {"m/d/y", "d/m/y", "y-m-d", "d.m.y", "m.d.y"};

	for (size_t i = 0; node->kind == YAML_TEXT && i < PARSER_COUNT(orders); i++)
		if (strcmp(node->text, orders[i]) == 0) {
			*(const char **)to = orders[i];
			return 0;
		}
	return parser_refuse(p, node, "dates is m/d/y, d/m/y, d.m.y, m.d.y or y-m-d");
}

static int read_id(struct parser *p, const struct yaml *node, void *to)
{
	int r = parser_text(p, node, to);
	const char *id = *(const char **)to;

	for (; r == 0 && *id; id++)
		if (!ascii_is_digit(*id) && *id != '-' &&
		    (!ascii_is_letter(*id) || ascii_is_upper(*id)))
			r = parser_refuse(
				p, node,
				"a layout is named in lower-case letters, digits and -");
	return r;
}

static int read_ignored(struct parser *p, const struct yaml *node, void *to)
{
	const char *day;

	(void)to;
	return parser_text(p, node, &day);
}

/* In the order in which columns become known: what names them goes first. */
#define IN(member) offsetof(struct layout, member)
static const struct key keys[] = {
	{"layout", read_id, IN(id)},
	{"version", parser_text, IN(version)},
	{"title", parser_text, IN(title)},
	{"read", read_ignored, 0},
	{"mark", parser_text, IN(mark)},
	{"url", parser_text, IN(url)},
	{"match", parser_columns, IN(match)},
	{"dates", parser_dates, IN(dates)},
	{"sheet", parser_text, IN(sheet)},
	{"encoding", parser_text, IN(encoding)},
	{"separator", parser_text, IN(separator)},
	{"decimal", parser_text, IN(decimal)},
	{"options", parser_options, IN(options)},
	{"also", read_also, 0},
	{"fields", parser_fields, IN(fields)},
	{"last", parser_fields, IN(last)},
	{"skip", parser_skip, IN(skip)},
	{"when", parser_when, IN(when)},
	{"where", parser_where, IN(where)},
	{"identity", parser_identity, IN(identity)},
	{"calendar", parser_bool, IN(calendar)},
	{"exact", parser_bool, IN(exact)},
	{"examples", read_examples, 0},
};
#undef IN

/* The keys that name columns, before those that speak of them, wherever they stand. */
static int read_ordered(struct parser *p, const struct yaml *root)
{
	for (const struct yaml *m = root->first; m; m = m->next) {
		size_t i = 0;
		while (i < PARSER_COUNT(keys) && strcmp(keys[i].name, m->key) != 0)
			i++;
		if (i == PARSER_COUNT(keys))
			return unknown(p, m, keys, PARSER_COUNT(keys));
	}
	for (size_t i = 0; i < PARSER_COUNT(keys); i++) {
		const struct yaml *m = yaml_get(root, keys[i].name);
		int r = m ? keys[i].read(p, m, (char *)p->l + keys[i].offset) : 0;
		if (r < 0)
			return r;
	}
	return 0;
}

static int check_whole(struct parser *p, const struct yaml *root)
{
	const struct layout *l = p->l;

	if (!l->id || !l->version || !l->title)
		return parser_refuse(p, root, "layout, version and title are wanted");
	if (l->match.n == 1)
		return parser_refuse(p, root,
				     "one column is too little to know a file by");
	if (l->fields[LAYOUT_TITLE].n == 0 || l->fields[LAYOUT_DONE_ON].n == 0)
		return parser_refuse(p, root, "fields says neither title nor done_on");
	return 0;
}

int layout_parse(const char *text, size_t n, const char *name, struct arena *a,
		 struct layout *ret, struct err *e)
{
	AUTO_ARENA scratch = {NULL};
	struct parser p = {.name = name, .arena = a, .l = ret, .e = e};
	const struct yaml *root;

	*ret = (struct layout){0};
	int r = yaml_parse(&(struct yaml_source){text, n, name, "layout"}, &scratch,
			   &root, e);
	if (r == 0 && root->kind != YAML_MAP)
		r = yaml_refuse(name, 1, e, "a layout is a map of keys and values");
	if (r == 0)
		r = read_ordered(&p, root);
	return r < 0 ? r : check_whole(&p, root);
}
