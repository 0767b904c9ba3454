/* What a layout says about fields and rows. */
#include "client/read/layout_parser.h"

#include <string.h>

/* ---- sources ------------------------------------------------------------------------------------ */

static int read_unit(struct parser *p, const struct yaml *node, void *to)
{
	static const char *const ours[] = {"minute", "clock", "ask"};
	const char *unit = NULL;
	int r = parser_text(p, node, &unit);

	for (size_t i = 0; r == 0 && i < PARSER_COUNT(ours); i++)
		if (strcmp(unit, ours[i]) == 0) {
			*(const char **)to = ours[i];
			return 0;
		}
	if (r == 0 && !(*(const char **)to = credit_unit_find(unit)))
		r = parser_refuse(
			p, node,
			"\"%.40s\" is not a unit: hour, minute, clock, CEU, semester hour, "
			"quarter hour, point, day or ask",
			unit);
	return r;
}

static int read_between(struct parser *p, const struct yaml *node, void *to)
{
	struct texts *columns = to;
	int r = parser_columns(p, node, to);

	return r < 0 || columns->n == 2 || columns->n == 4
		       ? r
		       : parser_refuse(
				 p, node,
				 "between takes 2 columns with instants, or 4: day, time, "
				 "day, time");
}

#define IN(member) offsetof(struct layout_source, member)
static const struct key source_keys[] = {
	{"from", parser_columns, IN(from)},	{"unit", read_unit, IN(unit)},
	{"between", read_between, IN(between)}, {"sum", parser_columns, IN(sum)},
	{"value", parser_text, IN(value)},	{"split", parser_text, IN(split)},
	{"drop", parser_words, IN(drop)},	{"except", parser_words, IN(except)},
	{"words", parser_folded, IN(words)},	{"set", parser_set, IN(set)},
};
#undef IN

static int read_source(struct parser *p, const struct yaml *node,
		       struct layout_source *to)
{
	if (node->kind != YAML_MAP)
		return parser_columns(p, node, &to->from);
	int r = parser_keys(p, node, source_keys, PARSER_COUNT(source_keys), to);
	int ways = (to->from.n > 0) + (to->between.n > 0) + (to->sum.n > 0) +
		   (to->value != NULL);
	return r < 0 || ways == 1
		       ? r
		       : parser_refuse(p, node,
				       "one of from, between, sum and value is wanted");
}

/* A column, columns, a source, or a list of sources. */
static int read_sources(struct parser *p, const struct yaml *node, void *to)
{
	struct layout_sources *sources = to;
	bool many =
		node->kind == YAML_LIST && node->first && node->first->kind == YAML_MAP;
	struct layout_source *v = NULL;

	for (const struct yaml *m = many ? node->first : node; m;
	     m = many ? m->next : NULL) {
		v = arena_grow(p->arena, v, sources->n, sizeof(*v));
		int r = read_source(p, m, &v[sources->n++]);
		if (r < 0)
			return r;
	}
	sources->v = v;
	return 0;
}

int parser_fields(struct parser *p, const struct yaml *node, void *to)
{
	struct key keys[LAYOUT_FIELD_COUNT + 1];

	keys[LAYOUT_FIELD_COUNT] = (struct key){"split", parser_split,
						offsetof(struct layout, split) -
							offsetof(struct layout, fields)};
	for (size_t i = 0; i < LAYOUT_FIELD_COUNT; i++)
		keys[i] = (struct key){layout_fields[i], read_sources,
				       i * sizeof(struct layout_sources)};
	return parser_keys(p, node, keys, LAYOUT_FIELD_COUNT + (to == p->l->fields), to);
}

/* ---- rules of rows -------------------------------------------------------------------------------- */

static int read_tests(struct parser *p, const struct yaml *node, void *to)
{
	struct layout_rule *rule = to;
	struct layout_test *v = NULL;
	int r = 0;

	if (node->kind != YAML_MAP || !node->first)
		return parser_refuse(p, node, "if takes columns and their values");
	for (const struct yaml *m = node->first; r == 0 && m; m = m->next) {
		v = arena_grow(p->arena, v, rule->n, sizeof(*v));
		v[rule->n] =
			(struct layout_test){.column = layout_fold(m->key, p->arena)};
		r = parser_column(p, m, v[rule->n].column);
		if (r == 0)
			r = parser_words(p, m, &v[rule->n].values);
		rule->n++;
	}
	rule->tests = v;
	return r;
}

#define IN(member) offsetof(struct layout_rule, member)
static const struct key skip_keys[] = {{"if", read_tests, 0},
				       {"why", parser_text, IN(why)},
				       {"bare", parser_bool, IN(bare)},
				       {"all_day", parser_bool, IN(all_day)}};
static const struct key when_keys[] = {{"if", read_tests, 0},
				       {"add", parser_set, IN(add)},
				       {"set", parser_set, IN(set)}};
#undef IN

static int read_rules(struct parser *p, const struct yaml *node, const struct key *keys,
		      size_t n, struct layout_rules *to)
{
	struct layout_rule *v = NULL;

	if (node->kind != YAML_LIST)
		return parser_refuse(p, node, "a list is wanted here");
	for (const struct yaml *m = node->first; m; m = m->next) {
		v = arena_grow(p->arena, v, to->n, sizeof(*v));
		int r = parser_keys(p, m, keys, n, &v[to->n]);
		if (r == 0 && !v[to->n].tests)
			r = parser_refuse(p, m, "if is missing");
		if (r == 0 && keys == skip_keys && !v[to->n].why)
			r = parser_refuse(p, m, "why is missing");
		if (r < 0)
			return r;
		to->n++;
	}
	to->v = v;
	return 0;
}

int parser_skip(struct parser *p, const struct yaml *node, void *to)
{
	return read_rules(p, node, skip_keys, PARSER_COUNT(skip_keys), to);
}

int parser_when(struct parser *p, const struct yaml *node, void *to)
{
	return read_rules(p, node, when_keys, PARSER_COUNT(when_keys), to);
}

int parser_identity(struct parser *p, const struct yaml *node, void *to)
{
	struct texts *columns = to;
	int r = parser_words(p, node, to);

	for (size_t i = 0; r == 0 && i < columns->n; i++)
		r = parser_column(p, node, columns->v[i]);
	return r;
}
