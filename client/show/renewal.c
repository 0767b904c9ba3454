/* What changes of credentials and items answer, and pdh init. */
#include "client/show/answers.h"

#include "client/show/question.h"
#include "client/term/text.h"

#include <string.h>

enum { LABEL = 8 };

static enum method_id method_of(const struct show *v)
{
	return (enum method_id)(v->m - api_methods);
}

static const char *days_of(const struct show *v, const struct credential *c)
{
	const struct cycle *y = c->cycle;

	return y ? show_span(v, y->from, y->to) : "no cycle";
}

/* What the rules ask for beside hours. */
static void show_asked(const struct show *v, const struct credential *c)
{
	enum { WIDE = 9 }; /* "clearance" */

	for (size_t i = 0; i < c->items.n; i++) {
		const struct item *item = &c->items.v[i];
		if (item->rule && item->done_on == DATE_NONE &&
		    !show_item_is_plain(item, c->cycle))
			screen_field(&v->s, WIDE, show_item_label(item),
				     arena_printf(v->s.a, "%s, %s\n%s", item->title,
						  show_item(v, item),
						  show_item_question(v, item)));
	}
	for (size_t i = 0; i < c->undecided.n; i++)
		screen_field(&v->s, WIDE, i ? "" : "undecided", c->undecided.v[i]);
	show_unanswered(v, c, WIDE);
}

/* "tx-lib   TX School Librarian, 1 Sep 2022 to 31 Aug 2027, 200 h" */
static void show_added(const struct show *v, const struct credential *c)
{
	const struct cycle *y = c->cycle;
	const char *text = arena_printf(v->s.a, "%s, %s", c->title, days_of(v, c));

	if (y && y->required.unit)
		text = arena_printf(v->s.a, "%s, %s" NBSP "%s", text,
				    show_whole(v, y->required.exact),
				    show_unit(y->required));
	int at = screen_pieces(&v->s, 0, SHOW_INDENT, &(struct piece){.text = c->alias},
			       1);
	screen_beside(&v->s, at, at < LABEL ? LABEL + 1 - at : 2, SHOW_INDENT, text);
	if (y && y->pack && !show_is_made_by_hand(y->pack)) {
		at = screen_pieces(&v->s, 0, SHOW_INDENT,
				   &(struct piece){.text = "rules"}, 1);
		screen_beside(&v->s, at, LABEL + 1 - at, SHOW_INDENT,
			      show_pack_name(v, y->pack, y->version));
	}
	show_asked(v, c);
}

static void show_opening(const struct show *v, const struct credential *c)
{
	const struct credential_add_params *p = v->params;

	if (p && p->opening.n && c->cycle && c->cycle->counted.exact > 0)
		screen_line(&v->s, "opening  %s counted so far",
			    show_credit(v, c->cycle->counted));
}

/* The pause that the call made: it began on the day that was asked for. */
static void show_pause(const struct show *v, const struct credential *c)
{
	const struct credential_pause_params *p = v->params;
	civil_day from =
		p && p->from != DATE_NONE && p->from != DATE_CLEAR ? p->from : v->today;

	for (size_t i = 0; i < c->pauses.n; i++) {
		const struct pause *pause = &c->pauses.v[i];
		if (pause->from != from)
			continue;
		screen_line(&v->s,
			    "%s paused %s%s%s. No progress is expected until it resumes.",
			    c->alias, show_span(v, pause->from, pause->to),
			    pause->why && *pause->why ? ", " : "",
			    pause->why ? pause->why : "");
		return;
	}
	screen_line(&v->s, "%s paused.", c->alias);
}

/* The daemon's sentence begins with a small letter: "closed 1 Sep 2022 to … as it stands, opened …". */
static void show_renewed(const struct show *v, const struct credential *c,
			 const char *done)
{
	screen_line(&v->s, "%s: %s.", c->alias, done ? done : "renewed");
	show_asked(v, c);
}

static void show_adopted(const struct show *v, const struct credential_changed *r)
{
	const char *alias = r->credential->alias;

	screen_line(&v->s, "%s: %s.", alias, r->done);
	if (r->changed.n == 0)
		return;
	text_space(v->s.out, SHOW_INDENT);
	show_differences(v, SHOW_INDENT, r->changed.v, r->changed.n);
}

static void show_credential_edit(const struct show *v, const struct credential_changed *r)
{
	const char *alias = r->credential->alias;

	if (r->changed.n == 0) {
		show_as_it_was(v, alias, r->op);
		return;
	}
	int at = screen_pieces(&v->s, 0, SHOW_INDENT, &(struct piece){.text = alias}, 1) +
		 2;
	text_space(v->s.out, 2);
	show_differences(v, at, r->changed.v, r->changed.n);
}

void show_credential_changed(const struct show *v, const struct credential_changed *r)
{
	const struct credential *c = r->credential;
	bool dry_run = r->dry_run > 0;

	if (!c) {
		screen_line(&v->s, "%s", r->done ? r->done : "done");
		show_undo_hint(v, dry_run, r->op);
		return;
	}
	switch (method_of(v)) {
	case METHOD_credential_add:
		show_added(v, c);
		show_opening(v, c);
		break;
	case METHOD_credential_edit:
		show_credential_edit(v, r);
		break;
	case METHOD_credential_renew:
		show_renewed(v, c, r->done);
		break;
	case METHOD_cycle_add:
	case METHOD_pack_adopt:
		show_adopted(v, r);
		break;
	case METHOD_credential_pause:
		show_pause(v, c);
		break;
	case METHOD_credential_resume:
		screen_line(&v->s, "%s resumed, %s.", c->alias, show_state(v, c->state));
		break;
	case METHOD_credential_retire:
		screen_line(
			&v->s,
			"%s retired on %s. It is no longer tracked; everything is kept.",
			c->alias, show_weekday(v, c->retired_on));
		break;
	default:
		screen_line(&v->s,
			    dry_run ? "Would remove %s, %s. Activities stay."
				    : "Removed %s, %s. Activities stay.",
			    c->alias, c->title);
	}
	show_notes(v, &r->notes);
	if (r->op != INT_NONE || dry_run)
		show_undo_hint(v, dry_run, r->op);
}

void show_item_changed(const struct show *v, const struct item_changed *r)
{
	bool dry_run = r->dry_run > 0, removed = method_of(v) == METHOD_item_remove;
	const struct item *item = r->item;

	if (item && removed)
		screen_line(&v->s,
			    dry_run ? "Would remove item %lld of %s: %s"
				    : "Removed item %lld of %s: %s",
			    (long long)item->id, item->credential, item->title);
	else if (item)
		screen_line(&v->s, "%s  item %lld: %s (%s), %s", item->credential,
			    (long long)item->id, item->title, item->kind,
			    show_item(v, item));
	if (item && !removed && item->note && *item->note)
		screen_field(&v->s, LABEL, "note", item->note);
	show_undo_hint(v, dry_run, r->op);
}

void show_set_up(const struct show *v, const struct set_up *r)
{
	const struct screen *s = &v->s;

	if (r->credential)
		show_added(v, r->credential);
	else if (r->person)
		screen_line(s, "Reports will say %s.", r->person);
	if (r->opening)
		screen_line(s, "opening  %s counted so far, as #%lld",
			    show_credit(v, r->opening->credit),
			    (long long)r->opening->id);
	show_notes(v, &r->notes);
	if (r->dry_run > 0) {
		show_undo_hint(v, true, r->op);
		return;
	}
	if (r->credential)
		screen_line(
			s,
			"Now try  pdh log 1h \"First thing I remember\" --date yesterday");
	else
		screen_line(s, "Now try  pdh credential add");
}
