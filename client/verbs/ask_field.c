#include "client/verbs/ask_field.h"

#include "client/term/screen.h"
#include "client/verbs/ask.h"
#include "common/ascii.h"

#include <string.h>

int ask_stopped(struct err *e)
{
	return err_set(e, -PDH_INTERRUPTED, NULL, "nothing was stored");
}

static const char *typed_as(const struct field *f, const char *line)
{
	return f->kind == KIND_CREDIT && ascii_same(line, "none") ? "0" : line;
}

/* Whether the field takes what was typed. */
static bool takes(const struct asked *who, const struct ask_field *a,
		  const struct field *f, const char *line, struct err *why)
{
	void *to = field_at(f, a->params);

	if (kind_from_text(f->kind, typed_as(f, line), who->c, to, why) == 0 &&
	    field_check(f, to, why) == 0)
		return true;
	kind_none(f->kind, to);
	return false;
}

static const struct field *field_named(const struct shape *shape, const char *name)
{
	return shape_find(shape, name, strlen(name));
}

void ask_forget(const struct shape *shape, void *params, const char *name)
{
	const struct field *f = field_named(shape, name);

	kind_none(f->kind, field_at(f, params));
}

/* Nothing is proposed that would be refused. */
static const char *proposal_of(const struct asked *who, const struct ask_field *a,
			       const struct field *f)
{
	bool good = a->proposal && takes(who, a, f, a->proposal, &(struct err){0});

	kind_none(f->kind, field_at(f, a->params));
	return good ? a->proposal : NULL;
}

int ask_field(const struct asked *who, const struct ask_field *a, struct err *e)
{
	const struct screen s = {
		.t = who->t, .a = who->c->arena, .out = who->out, .width = who->t->width};
	const struct field *f = field_named(a->shape, a->name);
	char line[ASK_SIZE];

	if (!kind_is_none(f->kind, field_at(f, a->params)))
		return 0;
	const char *proposal = proposal_of(who, a, f);
	while (ask_line(who->t, who->in, who->out, a->question, proposal, line)) {
		struct err why = {0};
		if (!*line && !a->needed)
			return 0;
		if (*line && takes(who, a, f, line, &why))
			return 0;
		screen_line(&s, "%s", *line ? why.message : f->doc);
	}
	return ask_stopped(e);
}
