#include "client/verbs/ask_facts.h"

#include "client/show/question.h"
#include "client/term/screen.h"
#include "client/verbs/ask.h"
#include "common/fact.h"

#include <string.h>

static const char later[] = "tell it later";

static struct pack_fact fact_of(const struct question *q)
{
	return (struct pack_fact){
		q->name, q->type ? q->type : "", q->ask, q->of, q->holds, q->labels};
}

/* A day may be typed as anywhere else. */
static const char *as_iso(const struct kind_context *c, const char *typed)
{
	char text[DATE_ISO_SIZE];
	struct err ignored;
	civil_day day;

	if (kind_from_text(KIND_DATE, typed, c, &day, &ignored) < 0 || day == DATE_NONE ||
	    day == DATE_CLEAR)
		return typed;
	date_format_iso(day, text);
	return arena_dup(c->arena, text);
}

static void add(struct texts *facts, const char *fact, struct arena *a)
{
	const char **v = arena_array(a, facts->n + 1, sizeof(*v));

	for (size_t i = 0; i < facts->n; i++)
		v[i] = facts->v[i];
	v[facts->n] = fact;
	*facts = (struct texts){facts->n + 1, v};
}

static int stop(struct err *e)
{
	return err_set(e, -PDH_INTERRUPTED, NULL, "nothing was stored");
}

static const char *named(const struct question *q, const char *value, struct arena *a)
{
	return arena_printf(a, "%s=%s", q->name, value);
}

static int ask_choice(const struct asked *who, const struct question *q,
		      struct texts *facts, struct err *e)
{
	struct arena *a = who->c->arena;
	struct ask_option *v = arena_array(a, q->of.n, sizeof(*v));
	int chosen = -1;

	for (size_t i = 0; i < q->of.n; i++)
		v[i] = (struct ask_option){fact_label(&q->of, &q->labels, i, a),
					   q->of.v[i]};
	const struct ask_options options = {v, q->of.n};
	if (!ask_menu(who->t, who->in, who->out, q->ask ? q->ask : q->name, &options,
		      later, &chosen))
		return stop(e);
	if (chosen >= 0)
		add(facts, named(q, q->of.v[chosen], a), a);
	return 0;
}

static int ask_fact(const struct asked *who, const struct question *q,
		    struct texts *facts, struct err *e)
{
	const struct pack_fact fact = fact_of(q), *f = &fact;
	struct arena *a = who->c->arena;
	const struct screen s = {
		.t = who->t, .a = a, .out = who->out, .width = who->t->width};
	const char *value,
		*question = arena_printf(a, "%s (Enter: %s)", question_text(q, a), later);
	char line[ASK_SIZE];

	if (fact_is(f, FACT_CHOICE) && q->of.n)
		return ask_choice(who, q, facts, e);
	while (ask_line(who->t, who->in, who->out, question, NULL, line)) {
		struct err why = {0};
		if (!*line)
			return 0;
		const char *typed = fact_is(f, FACT_DATE) ? as_iso(who->c, line) : line;
		if (fact_read(f, typed, a, &value, &why) == 0) {
			add(facts, named(q, value, a), a);
			return 0;
		}
		screen_line(&s, "%s", why.message);
		if (*why.hint)
			screen_line(&s, "%s", why.hint);
	}
	return stop(e);
}

static int ask_issue(const struct asked *who, civil_day *issued, struct err *e)
{
	const struct screen s = {
		.t = who->t, .a = who->c->arena, .out = who->out, .width = who->t->width};
	char line[ASK_SIZE];

	while (ask_line(who->t, who->in, who->out,
			"On which day was it first issued? (Enter: tell it later)", NULL,
			line)) {
		struct err why = {0};
		civil_day day = DATE_NONE;
		if (!*line)
			return 0;
		if (kind_from_text(KIND_DATE, line, who->c, &day, &why) == 0 &&
		    day != DATE_CLEAR) {
			*issued = day;
			return 0;
		}
		screen_line(&s, "%s", *why.message ? why.message : "give a day");
	}
	return stop(e);
}

int ask_facts(const struct asked *who, const struct ask_packs *packs, const char *pack,
	      struct texts *facts, civil_day *issued, struct err *e)
{
	const struct pack_row *found = NULL;
	struct packs all;

	int r = packs->list(packs->data, pack, &all, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < all.packs.n; i++)
		if (strcmp(all.packs.v[i].pack, pack) == 0)
			found = &all.packs.v[i];
	for (size_t i = 0; r == 0 && found && i < found->questions.n; i++) {
		const struct question *q = &found->questions.v[i];
		if (!fact_given(facts, q->name))
			r = ask_fact(who, q, facts, e);
	}
	if (r == 0 && found && found->issue > 0 && *issued == DATE_NONE)
		r = ask_issue(who, issued, e);
	return r;
}
