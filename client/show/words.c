#include "client/show/words.h"

#include "client/term/text.h"
#include "common/ascii.h"

#include <string.h>

int show_decimals(int64_t exact)
{
	return exact % (CREDIT_ONE / 10) == 0 ? 1 : 2;
}

const char *show_number(const struct show *v, int64_t exact, int decimals)
{
	char text[CREDIT_TEXT_SIZE];

	credit_format_fixed(exact, decimals, text);
	return arena_dup(v->s.a, text);
}

const char *show_signed(const struct show *v, int64_t exact, int decimals)
{
	const char *text = show_number(v, exact, decimals);

	return *text == '-' ? text : arena_printf(v->s.a, "+%s", text);
}

const char *show_whole(const struct show *v, int64_t exact)
{
	return show_number(v, exact, exact % CREDIT_ONE == 0 ? 0 : show_decimals(exact));
}

const char *show_unit(struct credit c)
{
	return c.unit ? credit_unit_behind(c.unit, c.exact) : "";
}

const char *show_credit(const struct show *v, struct credit c)
{
	if (!c.unit)
		return "";
	return arena_printf(v->s.a, "%s" NBSP "%s",
			    show_number(v, c.exact, show_decimals(c.exact)),
			    show_unit(c));
}

static bool is_day(civil_day d)
{
	return d != DATE_NONE && d != DATE_CLEAR;
}

/* No line ends inside a date. */
static const char *unbroken(const struct show *v, const char *text)
{
	const char *all = "";

	for (size_t n; *text; text += n + (text[n] == ' ')) {
		n = strcspn(text, " ");
		all = arena_printf(v->s.a, "%s%s%.*s", all, *all ? NBSP : "", (int)n,
				   text);
	}
	return all;
}

const char *show_weekday(const struct show *v, civil_day d)
{
	char text[DATE_HUMAN_SIZE];

	if (!is_day(d))
		return "";
	date_format_human(d, text);
	return unbroken(v, text);
}

const char *show_day(const struct show *v, civil_day d)
{
	const char *text = show_weekday(v, d);

	return *text ? text + strlen("Fri" NBSP) : text;
}

const char *show_day_cell(const struct show *v, civil_day d, bool year)
{
	char text[DATE_HUMAN_SIZE];

	if (!is_day(d))
		return "";
	date_format_human(d, text);
	return arena_printf(v->s.a, "%.4s%s%.*s", text, text[5] == ' ' ? " " : "",
			    (int)strlen(text + 4) - (year ? 0 : (int)strlen(" 2026")),
			    text + 4);
}

const char *show_days(const struct show *v, int64_t days)
{
	return show_count(v, days, "day", "days");
}

const char *show_days_left(const struct show *v, int64_t days)
{
	if (days == 0)
		return "today";
	if (days == INT_NONE)
		return "?";
	return days > 0 ? show_days(v, days)
			: arena_printf(v->s.a, "%s" NBSP "ago", show_days(v, -days));
}

const char *show_span(const struct show *v, civil_day from, civil_day to)
{
	if (!is_day(from))
		return is_day(to) ? arena_printf(v->s.a, "to %s", show_day(v, to))
				  : "no last day";
	if (!is_day(to))
		return arena_printf(v->s.a, "from %s", show_day(v, from));
	return arena_printf(v->s.a, "%s to %s", show_day(v, from), show_day(v, to));
}

const char *show_count(const struct show *v, int64_t n, const char *one, const char *many)
{
	return arena_printf(v->s.a, "%lld" NBSP "%s", (long long)n, n == 1 ? one : many);
}

const char *show_texts(const struct show *v, const struct texts *t, const char *separator)
{
	const char *all = "";

	for (size_t i = 0; i < t->n; i++)
		all = arena_printf(v->s.a, "%s%s%s", all, i ? separator : "", t->v[i]);
	return all;
}

bool show_is(const char *word, const char *other)
{
	return word && other && strcmp(word, other) == 0;
}

const char *show_spaced(const struct show *v, const char *word)
{
	char *words = arena_dup(v->s.a, word);

	for (char *p = words; *p; p++)
		if (*p == '-')
			*p = ' ';
	return words;
}

const char *show_state(const struct show *v, enum credential_state state)
{
	return state == STATE_NO_HOURS ? "valid"
				       : show_spaced(v, credential_state_word(state));
}

const char *show_state_upper(const struct show *v, enum credential_state state)
{
	char *words = arena_dup(v->s.a, show_state(v, state));

	for (char *p = words; *p; p++)
		*p = ascii_upper(*p);
	return words;
}

enum tint show_state_tint(enum credential_state state)
{
	static const enum tint tints[] = {
		[STATE_DONE] = TINT_GOOD,     [STATE_ON_PACE] = TINT_GOOD,
		[STATE_NO_HOURS] = TINT_GOOD, [STATE_BEHIND] = TINT_WARN,
		[STATE_DUE_SOON] = TINT_WARN, [STATE_LAPSED] = TINT_BAD,
		[STATE_LATE] = TINT_BAD,      [STATE_EXEMPT] = TINT_GOOD,
		[STATE_OVERDUE] = TINT_BAD,   [STATE_SUSPENDED] = TINT_GOOD,
		[STATE_VALUES] = TINT_NONE,
	};

	return tints[state];
}

enum tint show_item_tint(const struct item *item)
{
	return item->state == ITEM_STATE_OVERDUE    ? TINT_BAD
	       : item->state == ITEM_STATE_DUE_SOON ? TINT_WARN
						    : TINT_NONE;
}

const char *show_item_label(const struct item *item)
{
	return item->act ? duty_act_word(item->act) : item->kind ? item->kind : "other";
}

bool show_item_is_plain(const struct item *item, const struct cycle *c)
{
	return item->act == ACT_FINISH && c && item->due == c->to;
}

/* Which of its dates speaks: of what was done the end of its validity, or the day by which it is to be done again. */
static civil_day date_of_item(const struct item *item)
{
	bool again = item->every != INT_NONE && is_day(item->due) &&
		     (!is_day(item->expires) || item->due < item->expires);

	if (is_day(item->done_on))
		return again ? item->due : item->expires;
	return is_day(item->due) ? item->due : item->expires;
}

const char *show_item_question(const struct show *v, const struct item *item)
{
	if (!is_day(item->was_due) || item->id == INT_NONE)
		return "";
	return arena_printf(v->s.a, "Done? pdh credential item done %lld",
			    (long long)item->id);
}

const char *show_item(const struct show *v, const struct item *item)
{
	struct arena *a = v->s.a;
	bool done = is_day(item->done_on), late = item->state == ITEM_STATE_OVERDUE;
	civil_day date = date_of_item(item);
	const char *verb = date == item->due ? done ? "again by" : "due"
			   : late	     ? "expired"
					     : "valid to";

	if (is_day(item->was_due) && !done)
		return arena_printf(a, "was due %s", show_day(v, item->was_due));
	if (!is_day(date))
		return done ? arena_printf(a, "done %s", show_day(v, item->done_on))
			    : "not yet done";
	if (item->days_left == INT_NONE)
		return item->state == ITEM_STATE_DONE && !done
			       ? "met"
			       : arena_printf(a, "%s %s", verb, show_day(v, date));
	return arena_printf(a, "%s %s, %s", verb, show_day(v, date),
			    show_days_left(v, item->days_left));
}

bool show_is_made_by_hand(const char *pack)
{
	return pack && strncmp(pack, "own-", strlen("own-")) == 0;
}

const char *show_pack_name(const struct show *v, const char *pack, const char *version)
{
	if (!pack)
		return "";
	return show_is_made_by_hand(pack)
		       ? "rules of its own"
		       : arena_printf(v->s.a, "%s %s", pack, version ? version : "");
}
