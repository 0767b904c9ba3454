/* pdh status --short: everything on one line. */
#include "client/show/answers.h"

#include "client/term/text.h"

static const char *hours_text(const struct show *v, const struct standing *c)
{
	int decimals = show_decimals(c->counted.exact);

	return arena_printf(v->s.a, " %s/%s", show_number(v, c->counted.exact, decimals),
			    show_whole(v, c->required.exact));
}

/* Of those that must be. */
static size_t needs_in(const struct standing *c, enum need_state state)
{
	size_t n = 0;

	for (size_t i = 0; i < c->needs.n; i++)
		n += c->needs.v[i].level != RULE_LEVEL_SHOULD &&
		     c->needs.v[i].state == state;
	return n;
}

/* The total is not all of it: parts of it, or years to come, may ask for more. */
static const char *done_text(const struct show *v, const struct standing *c)
{
	size_t open = needs_in(c, NEED_STATE_SHORT) + needs_in(c, NEED_STATE_MISSED);

	if (open)
		return arena_printf(v->s.a, " %zu open", open);
	return needs_in(c, NEED_STATE_SO_FAR) ? " done this year" : " done";
}

/* Ahead or behind today, or the word that says more. */
static const char *pace_text(const struct show *v, const struct standing *c)
{
	if (c->remaining.exact == 0)
		return done_text(v, c);
	if (!c->pace)
		return "";
	return arena_printf(v->s.a, " %s%s", show_signed(v, c->pace->difference.exact, 1),
			    show_unit(c->required));
}

static const char *days_text(const struct show *v, const struct standing *c)
{
	const struct cycle *y = c->cycle;

	if (!y || y->to == DATE_NONE || y->days_left == INT_NONE)
		return "";
	if (y->days_left < 0)
		return arena_printf(v->s.a, " %s %lldd",
				    c->state == STATE_LATE ? "late" : "lapsed",
				    (long long)-y->days_left);
	if (c->required.unit && c->state != STATE_DUE_SOON)
		return "";
	return arena_printf(v->s.a, " %lldd", (long long)y->days_left);
}

static const char *items_text(const struct show *v, const struct standing *c)
{
	int64_t late = 0, soon = 0;

	for (size_t i = 0; i < c->items.n; i++) {
		const struct item *item = &c->items.v[i];
		if (show_item_is_plain(item, c->cycle))
			continue;
		late += item->state == ITEM_STATE_OVERDUE;
		soon += item->state == ITEM_STATE_DUE_SOON;
	}
	if (late)
		return arena_printf(v->s.a, " %lld late", (long long)late);
	return soon ? arena_printf(v->s.a, " %lld due", (long long)soon) : "";
}

const char *show_standing_short(const struct show *v, const struct standing *c)
{
	bool hours = c->required.unit;
	bool over = c->state == STATE_LAPSED || c->state == STATE_LATE;
	bool said = c->state == STATE_PAUSED || c->state == STATE_EXEMPT ||
		    c->state == STATE_SUSPENDED;

	return arena_printf(
		v->s.a, "%s%s%s%s%s%s%s", c->alias, hours ? hours_text(v, c) : "",
		hours && !over ? pace_text(v, c) : "", days_text(v, c), items_text(v, c),
		said ? " " : "", said ? credential_state_word(c->state) : "");
}

void show_prompt(const struct show *v, const struct prompt *r)
{
	if (r->text)
		screen_line(&v->s, "%s", r->text);
}

void show_status_short(const struct show *v, const struct status *r)
{
	int at = 0;

	for (size_t i = 0; i < r->credentials.n; i++) {
		const char *text = text_safe(
			v->s.t, v->s.a, show_standing_short(v, &r->credentials.v[i]));
		int width = text_width(text);
		/* A bar or a prompt that reads this wants one line; a terminal is not overrun. */
		if (i && v->s.t->tty && at + 3 + width > v->s.width) {
			screen_end(&v->s);
			at = 0;
		} else if (i) {
			text_put(v->s.out, " | ");
			at += 3;
		}
		if (v->s.t->tty)
			text = text_cut(v->s.t, v->s.a, text, v->s.width);
		text_put(v->s.out, text);
		at += text_width(text);
	}
	if (r->credentials.n == 0)
		screen_line(&v->s, "no credential yet");
	else
		screen_end(&v->s);
}
