#include "client/read/layout_options.h"

#include "client/read/layout_parser.h"
#include "common/texts.h"

#include <string.h>

/* One text or a list, as written. */
static int read_texts(struct parser *p, const struct yaml *node, void *to)
{
	struct texts *texts = to;

	if (node->kind == YAML_MAP)
		return parser_refuse(p, node, "a word or a list of words is wanted here");
	const struct yaml *m = node->kind == YAML_LIST ? node->first : node;
	for (; m; m = node->kind == YAML_LIST ? m->next : NULL) {
		const char *text;
		int r = parser_text(p, m, &text);
		if (r < 0)
			return r;
		texts_add(texts, text, p->arena);
	}
	return 0;
}

static int read_hours(struct parser *p, const struct yaml *node, void *to)
{
	struct err ignored;

	return node->kind == YAML_TEXT && credit_parse(node->text, to, &ignored) == 0
		       ? 0
		       : parser_refuse(p, node, "hours is an amount, such as 2h");
}

static int read_unit(struct parser *p, const struct yaml *node, void *to)
{
	const char *text = NULL;
	int r = parser_text(p, node, &text);

	*(const char **)to = text;
	return r < 0 || strcmp(text, "minute") == 0 || credit_unit_find(text)
		       ? r
		       : parser_refuse(
				 p, node,
				 "\"%.40s\" is not a unit: hour, minute, ceu, sh, qh "
				 "or pt",
				 text);
}

static int read_decimal(struct parser *p, const struct yaml *node, void *to)
{
	const char *text = NULL;
	int r = parser_text(p, node, &text);

	*(const char **)to = text;
	return r < 0 || strcmp(text, ".") == 0 || strcmp(text, ",") == 0
		       ? r
		       : parser_refuse(p, node, "decimal is . or ,");
}

int parser_options(struct parser *p, const struct yaml *node, void *to)
{
#define IN(member) offsetof(struct layout_options, member)
	static const struct key keys[] = {
		{"dates", parser_dates, IN(dates)},
		{"unit", read_unit, IN(unit)},
		{"hours", read_hours, IN(hours)},
		{"where", read_texts, IN(where)},
		{"match", read_texts, IN(match)},
		{"lenient", parser_bool, IN(lenient)},
		{"encoding", parser_text, IN(encoding)},
		{"separator", parser_text, IN(separator)},
		{"decimal", read_decimal, IN(decimal)},
		{"sheet", parser_text, IN(sheet)},
	};
#undef IN

	return parser_keys(p, node, keys, PARSER_COUNT(keys), to);
}

static void fill(const char **to, const char *from)
{
	*to = *to ? *to : from;
}

struct read_options layout_options_of(const struct layout *l,
				      const struct read_options *said)
{
	const struct layout_options *from = &l->options;
	struct read_options o = *said;

	fill(&o.dates, from->dates);
	fill(&o.unit, from->unit);
	fill(&o.encoding, from->encoding);
	fill(&o.separator, from->separator);
	fill(&o.decimal, from->decimal);
	fill(&o.sheet, from->sheet);
	o.where = o.where.n ? o.where : from->where;
	o.match = o.match.n ? o.match : from->match;
	o.hours = o.hours.unit ? o.hours : from->hours;
	o.lenient = o.lenient || from->lenient;
	return o;
}

bool layout_options_any(const struct read_options *o)
{
	return o->dates || o->unit || o->encoding || o->separator || o->decimal ||
	       o->sheet || o->where.n || o->match.n || o->hours.unit || o->lenient;
}
