#include "client/help/complete.h"

#include "common/filter.h"

#include <string.h>

/* Where the values of a name are, and what else than ":" may stand behind it. */
static const struct {
	const char *name, *source;
	const char *fixed[5];
	const char *behind[5];
} terms[] = {
	{"topic", "topic", {NULL}, {NULL}},
	{"kind", "word", {NULL}, {NULL}},
	{"format", "format", {NULL}, {NULL}},
	{"delivery", "format", {NULL}, {NULL}},
	{"role", "role", {NULL}, {NULL}},
	{"approval", NULL, {"approved", "pending", "refused"}, {NULL}},
	{"provider", "provider", {NULL}, {NULL}},
	{"provider-id", "provider-id", {NULL}, {NULL}},
	{"place", "place", {NULL}, {NULL}},
	{"course", "course", {NULL}, {NULL}},
	{"id", "id", {NULL}, {NULL}},
	{"for", "alias", {NULL}, {NULL}},
	{"unsubmitted", "alias", {NULL}, {NULL}},
	{"date", NULL, {"today", "this-month", "last-month", "this-year"}, {">=", "<"}},
	{"hours", NULL, {NULL}, {">=", "<=", ">", "<"}},
	{"credit", NULL, {NULL}, {">=", "<=", ">", "<"}},
	{"planned", NULL, {"yes", "no"}, {""}},
	{"duty", NULL, {"yes", "no"}, {""}},
	{"evidence", NULL, {"yes", "no"}, {""}},
};
enum { TERMS = sizeof(terms) / sizeof(terms[0]) };

static void add_names(struct completion *c, struct arena *a)
{
	for (const char *const *name = filter_names(); *name; name++) {
		size_t t = 0;
		while (t < TERMS && strcmp(terms[t].name, *name) != 0)
			t++;
		bool own = t < TERMS && terms[t].behind[0];
		for (size_t i = 0; own && terms[t].behind[i]; i++)
			complete_add(c,
				     arena_printf(a, "%s%s", *name, terms[t].behind[i]),
				     NULL, a);
		if (!own || *terms[t].behind[0])
			complete_add(c, arena_printf(a, "%s:", *name), NULL, a);
	}
	if (*c->prefix || *c->typed)
		for (size_t i = 0; i < 3; i++)
			complete_add(c, (const char *const[]){"and", "or", "not"}[i],
				     NULL, a);
}

static void add_values(struct completion *c, const char *name, struct arena *a)
{
	c->quotes = true;
	for (size_t t = 0; t < TERMS; t++) {
		if (strcmp(terms[t].name, name) != 0)
			continue;
		c->sources[0] = terms[t].source;
		for (size_t i = 0; terms[t].fixed[i]; i++)
			complete_add(c, terms[t].fixed[i], NULL, a);
	}
}

void complete_filter(struct completion *c, struct arena *a)
{
	static const char ops[] = ":=!<>";
	const char *term = c->typed, *p;

	/* The last term begins behind a blank or a parenthesis, its last value behind operator and commas. */
	for (p = c->typed; *p; p++)
		if (*p == ' ' || *p == '(')
			term = p + 1;
	const char *op = term + strcspn(term, ops);
	const char *value = op + strspn(op, ops);
	if (!*op) {
		complete_skip(c, term, a);
		add_names(c, a);
		return;
	}
	for (p = value; *p; p++)
		if (*p == ',')
			value = p + 1;
	complete_skip(c, value, a);
	add_values(c, arena_dup_n(a, term, (size_t)(op - term)), a);
}
