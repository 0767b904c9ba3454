/* pdh rules show, check, test and edit. */
#include "client/show/rules.h"

#include "client/term/text.h"
#include "client/term/visible.h"

#include <string.h>

static const char *length_text(const struct show *v, int64_t months)
{
	if (months == INT_NONE || months <= 0)
		return "";
	if (months % 12 == 0)
		return show_count(v, months / 12, "year", "years");
	return show_count(v, months, "month", "months");
}

const char *show_pack_needs(const struct show *v, const struct pack_row *p)
{
	const char *length = length_text(v, p->months);

	const char *hours = p->hours == HOURS_NO	  ? "no hours"
			    : p->hours == HOURS_DEPENDS	  ? "depends"
			    : p->hours == HOURS_SUSPENDED ? "suspended"
							  : NULL;

	if (!hours && !p->required.unit)
		return *length ? length : NULL;
	if (hours)
		return *length ? arena_printf(v->s.a, "%s, %s", hours, length) : hours;
	hours = arena_printf(v->s.a, "%s" NBSP "%s", show_whole(v, p->required.exact),
			     show_unit(p->required));
	return *length ? arena_printf(v->s.a, "%s in %s", hours, length) : hours;
}

void show_pack_problems(const struct show *v, const struct texts *problems)
{
	for (size_t i = 0; i < problems->n; i++)
		screen_line(&v->s, "Cannot be used: %s", problems->v[i]);
}

static const char *pack_title(const struct show *v, const struct pack_row *p)
{
	return arena_printf(v->s.a, "%s %s", p->pack, p->version ? p->version : "");
}

/* An address gets a line of its own, since a broken one cannot be opened. */
static void show_sources(const struct show *v, const struct pack_row *p, int label)
{
	for (size_t i = 0; i < p->sources.n; i++) {
		const struct source *s = &p->sources.v[i];
		screen_field(
			&v->s, label, i ? "" : "sources",
			arena_printf(v->s.a, "%s, %s", s->title ? s->title : s->id,
				     s->mark ? source_mark_word(s->mark) : "no mark"));
		if (s->url)
			screen_field(&v->s, 0, "", s->url);
	}
}

/* "if work is full time", "unless work is none", "from 2026-01-01". */
static const char *when_text(const char *when, struct arena *a)
{
	static const char *const own[] = {"unless ", "from ", "until "};

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strncmp(when, own[i], strlen(own[i])) == 0)
			return when;
	return arena_printf(a, "if %s", when);
}

/* "limit  independent-study (unsure)", then what it says, of what, for whom, and from where. */
static void show_rule(const struct show *v, const struct pack_rule *r)
{
	enum { LABEL = 6 };
	struct arena *a = v->s.a;
	const char *head = r->title && !show_is(r->title, r->id)
				   ? arena_printf(a, "%s: %s", r->id, r->title)
				   : r->id;
	const char *says = r->says ? r->says : "";

	if (r->level && r->level != RULE_LEVEL_MUST)
		head = arena_printf(a, "%s (%s)", head, told_level_word(r->level));
	if (r->of)
		says = arena_printf(a, "%s%s%s", says, *says ? ", of " : "of ", r->of);
	screen_field(&v->s, LABEL, rule_verb_word(r->verb), head);
	screen_field(&v->s, LABEL, "", says);
	if (r->when)
		screen_field(&v->s, LABEL, "", when_text(r->when, a));
	screen_field(&v->s, LABEL, "", r->why);
	if (r->cite)
		screen_field(
			&v->s, LABEL, "",
			arena_printf(a, "%s, %s", r->cite,
				     r->mark ? source_mark_word(r->mark) : "no mark"));
}

static void show_one(const struct show *v, const struct pack_row *p)
{
	enum { LABEL = 12 };
	struct piece layer = {.text = p->layer};

	screen_ends(&v->s, pack_title(v, p), &layer);
	screen_field(&v->s, LABEL, "title", p->title);
	screen_field(&v->s, LABEL, "authority", p->authority);
	screen_field(&v->s, LABEL, "jurisdiction", p->jurisdiction);
	screen_field(&v->s, LABEL, "professions", show_texts(v, &p->professions, ", "));
	screen_field(&v->s, LABEL, "extends", p->extends);
	screen_field(&v->s, LABEL, "hides", show_texts(v, &p->hides, ", "));
	screen_field(&v->s, LABEL, "needs", show_pack_needs(v, p));
	screen_field(&v->s, LABEL, "suspended", p->suspended);
	screen_field(&v->s, LABEL, "unit", p->unit);
	for (size_t j = 0; j < p->questions.n; j++)
		screen_field(&v->s, LABEL, j ? "" : "asks",
			     arena_printf(v->s.a, "%s (%s)", p->questions.v[j].ask,
					  p->questions.v[j].name));
	for (size_t j = 0; j < p->levels.n; j++)
		screen_field(&v->s, LABEL, j ? "" : "levels", p->levels.v[j]);
	show_sources(v, p, LABEL);
	screen_field(&v->s, LABEL, "read", show_weekday(v, p->read));
	screen_field(&v->s, LABEL, "note", p->note);
	for (size_t j = 0; j < p->rules.n; j++) {
		screen_end(&v->s);
		show_rule(v, &p->rules.v[j]);
	}
	screen_end(&v->s);
}

void show_pack(const struct show *v, const struct packs *r)
{
	const struct pack_get_params *asked = v->params;

	for (size_t i = 0; i < r->packs.n; i++) {
		if (asked && asked->source > 0 && r->packs.v[i].text)
			visible_put_document(v->s.out, r->packs.v[i].text, v->s.t->tty);
		else
			show_one(v, &r->packs.v[i]);
	}
	if (asked && asked->source > 0)
		return;
	show_pack_problems(v, &r->problems);
}

/* ---- files of the person's own ------------------------------------------------------------------ */

static const char *holds(const struct show *v, int64_t rules, int64_t examples)
{
	return arena_printf(v->s.a, "%s, %s", show_count(v, rules, "rule", "rules"),
			    show_count(v, examples, "example", "examples"));
}

void show_pack_checked(const struct show *v, const struct pack_checked *r)
{
	screen_line(&v->s, "ok, %s", holds(v, r->rules, r->examples));
	if (r->extends)
		screen_line(&v->s, "%s %s extends %s", r->pack, r->version, r->extends);
	show_notes(v, &r->notes);
}

void show_pack_edited(const struct show *v, const struct pack_edited *r)
{
	screen_line(&v->s, "%s", r->file);
	screen_line(&v->s, "ok, %s", holds(v, r->rules, r->examples));
	if (r->made > 0)
		screen_line(
			&v->s, "%s",
			r->overlay > 0
				? "It says only what differs from the pack it extends."
				: "It is a copy of your own, and in use from now on.");
	screen_line(&v->s,
		    "Rules that you change need a new \"version\". Cycles that have "
		    "begun keep theirs.");
}

/* ---- worked examples ---------------------------------------------------------------------------- */

static void show_disagreements(const struct show *v, const struct pack_tested *p)
{
	for (size_t i = 0; i < p->disagreements.n; i++) {
		const struct pack_disagreement *d = &p->disagreements.v[i];
		screen_line(&v->s, "%s:%lld: %s", p->name, (long long)d->line, d->name);
		for (size_t k = 0; k < d->texts.n; k++) {
			text_space(v->s.out, SHOW_INDENT);
			screen_text(&v->s, SHOW_INDENT, SHOW_INDENT, d->texts.v[k]);
		}
	}
}

void show_packs_tested(const struct show *v, const struct packs_tested *r)
{
	for (size_t i = 0; i < r->packs.n; i++) {
		const struct pack_tested *p = &r->packs.v[i];
		if (p->problem)
			screen_line(&v->s, "Cannot be used: %s", p->problem);
		show_disagreements(v, p);
	}
	const char *count =
		show_count(v, r->examples, "worked example", "worked examples");
	if (r->packs.n == 1)
		screen_line(&v->s, "%s in the %s, %lld agree%s.", count,
			    r->packs.v[0].layer ? "pack" : "file", (long long)r->agree,
			    r->agree == 1 ? "s" : "");
	else
		screen_line(&v->s, "%s in %s, %lld agree%s.", count,
			    show_count(v, (int64_t)r->packs.n, "pack", "packs"),
			    (long long)r->agree, r->agree == 1 ? "s" : "");
}
