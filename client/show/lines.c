/* The lines that answers have in common. */
#include "client/show/words.h"

#include "client/term/text.h"

#include <string.h>

void show_credential_head(const struct show *v, const char *title, const char *alias,
			  enum credential_state state)
{
	enum { LEAST = 8 }; /* columns of a title that still tell it */
	struct piece right = {.text = show_state_upper(v, state),
			      .tint = show_state_tint(state)};
	const char *name = arena_printf(v->s.a, " (%s)", alias);
	const char *safe = text_safe(v->s.t, v->s.a, title ? title : alias);
	int room = v->s.width - text_width(right.text) - 2 - text_width(name);

	if (room < LEAST && text_width(safe) > room) {
		screen_text(&v->s, 0, SHOW_INDENT,
			    arena_printf(v->s.a, "%s%s", safe, name));
		text_space(v->s.out, SHOW_INDENT);
		screen_pieces(&v->s, SHOW_INDENT, SHOW_INDENT, &right, 1);
		screen_end(&v->s);
		return;
	}
	safe = text_cut(v->s.t, v->s.a, safe, room);
	screen_ends(&v->s, arena_printf(v->s.a, "%s%s", safe, name), &right);
}

struct effect_widths {
	int alias, added, counted, required;
};

static int widest(const struct show *v, int width, const char *text)
{
	int w = text_width(text_safe(v->s.t, v->s.a, text));

	return w > width ? w : width;
}

/* One number of decimals for all, so that they line up. */
static int decimals_of(const struct effect *effects, size_t n)
{
	int most = 1;

	for (size_t i = 0; i < n; i++)
		if (show_decimals(effects[i].added.exact) > 1 ||
		    show_decimals(effects[i].counted.exact) > 1)
			most = 2;
	return most;
}

static const char *required_text(const struct show *v, const struct effect *e)
{
	return e->required.unit
		       ? arena_printf(v->s.a, "/ %s %s", show_whole(v, e->required.exact),
				      show_unit(e->required))
		       : show_unit(e->counted);
}

static void show_effect(const struct show *v, const struct effect *e, int decimals,
			const struct effect_widths *w)
{
	const struct piece pieces[] = {
		{.text = e->alias, .width = w->alias},
		{.text = show_signed(v, e->added.exact, decimals),
		 .width = w->added,
		 .gap = 3,
		 .right = true},
		{.text = show_number(v, e->counted.exact, decimals),
		 .width = w->counted,
		 .gap = 3,
		 .right = true},
		{.text = required_text(v, e), .width = w->required, .gap = 1},
	};
	size_t n = sizeof(pieces) / sizeof(pieces[0]);

	text_space(v->s.out, SHOW_INDENT);
	int at = screen_pieces(&v->s, SHOW_INDENT, 2 * SHOW_INDENT, pieces, n);
	int padding = w->required - text_width(pieces[n - 1].text);
	screen_beside(&v->s, at, 3 + padding, 2 * SHOW_INDENT,
		      show_texts(v, &e->why_not, "; "));
}

void show_effects(const struct show *v, const struct effect *effects, size_t n)
{
	struct effect_widths w = {0};
	int decimals = decimals_of(effects, n);

	for (size_t i = 0; i < n; i++) {
		const struct effect *e = &effects[i];
		w.alias = widest(v, w.alias, e->alias);
		w.added = widest(v, w.added, show_signed(v, e->added.exact, decimals));
		w.counted =
			widest(v, w.counted, show_number(v, e->counted.exact, decimals));
		w.required = widest(v, w.required, required_text(v, e));
	}
	for (size_t i = 0; i < n; i++)
		show_effect(v, &effects[i], decimals, &w);
}

void show_notes(const struct show *v, const struct texts *notes)
{
	enum { LABEL = 6 }; /* as the names of credentials above it */

	for (size_t i = 0; i < notes->n; i++)
		screen_field(&v->s, LABEL, "note", notes->v[i]);
}

/* The fields whose name is not what a person calls them. */
static const char *field_word(const char *field)
{
	static const struct {
		const char *field, *word;
	} words[] = {
		{"done_on", "date"},   {"topics", "topic"}, {"except", "not for"},
		{"only", "only for"},  {"alias", "name"},   {"format", "delivery"},
		{"from", "first day"},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (show_is(field, words[i].field))
			return words[i].word;
	return field ? field : "";
}

static const char *difference_value(const struct show *v, const char *value)
{
	struct err ignored;
	civil_day day;

	if (!value || !*value)
		return "none";
	return date_parse_iso(value, &day, &ignored) == 0 ? show_weekday(v, day) : value;
}

static const char *difference_text(const struct show *v, const struct difference *d)
{
	bool was = d->before && *d->before, is = d->after && *d->after;
	const char *word = field_word(d->field);

	if (!was && is)
		return arena_printf(v->s.a, "%s %s", word, difference_value(v, d->after));
	if (was && !is)
		return arena_printf(v->s.a, "%s %s taken away", word,
				    difference_value(v, d->before));
	return arena_printf(v->s.a, "%s %s -> %s", word, difference_value(v, d->before),
			    difference_value(v, d->after));
}

void show_differences(const struct show *v, int at, const struct difference *d, size_t n)
{
	const char *all = "";

	for (size_t i = 0; i < n; i++)
		all = arena_printf(v->s.a, "%s%s%s", all, i ? screen_dot(&v->s) : "",
				   difference_text(v, &d[i]));
	screen_text(&v->s, at, at, all);
}

void show_undo_hint(const struct show *v, bool dry_run, int64_t op)
{
	screen_line(&v->s, dry_run	    ? "Nothing was stored."
			   : op == INT_NONE ? "Nothing changed."
					    : "Take it back: pdh undo");
}

void show_as_it_was(const struct show *v, const char *what, int64_t op)
{
	screen_line(
		&v->s,
		op == INT_NONE
			? "%s is as it was; nothing changed."
			: "%s is as it was; what follows from it was brought up to date.",
		what);
}
