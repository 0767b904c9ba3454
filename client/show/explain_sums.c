/* The line in which all hours of a credential add up. */
#include "client/show/explain.h"

#include "client/term/text.h"

/* A place that holds more than was logged is taken away. */
static const char *place_text(enum hours_place place, bool more)
{
	static const struct {
		const char *less, *more;
	} words[PLACE_VALUES] = {
		[PLACE_CHANGED] = {"taken by credit rules", "added by credit rules"},
		[PLACE_ASIDE] = {"beside the total", "beside the total"},
		[PLACE_HELD] = {"used by the cycle before", "used by the cycle before"},
		[PLACE_EARLY] = {"done before", "done before the cycle"},
		[PLACE_CARRIED] = {"carried over", "carried over"},
		[PLACE_KEPT] = {"kept from it", ""},
		[PLACE_UNIT] = {"in a unit it does not count", ""},
		[PLACE_LATE] = {"done after it", "done in days of grace"},
	};
	const char *text = more ? words[place].more : words[place].less;

	return text ? text : hours_place_word(place);
}

/* "138.0 h logged = 134.0 h counted + 4.0 h cut" */
static void show_sums(const struct show *v, const struct credential_explained *c)
{
	const char *text = arena_printf(v->s.a, "%s logged =", show_credit(v, c->logged));
	bool first = true;

	for (size_t i = 0; i < c->sums.n; i++) {
		const struct sum *s = &c->sums.v[i];
		bool more = s->credit.exact < 0;
		struct credit size = {more ? -s->credit.exact : s->credit.exact,
				      s->credit.unit};
		if (s->credit.exact == 0 && i > 0)
			continue;
		text = arena_printf(v->s.a, "%s%s %s %s", text,
				    more    ? " -"
				    : first ? ""
					    : " +",
				    show_credit(v, size), place_text(s->place, more));
		first = false;
	}
	screen_end(&v->s);
	screen_line(&v->s, "%s", text);
}

static void show_outside(const struct show *v, const struct credential_explained *c)
{
	const char *text = "";

	for (size_t i = 0; i < c->outside.n; i++) {
		const struct sum *s = &c->outside.v[i];
		text = arena_printf(v->s.a, "%s%s%s %s", text, i ? ", " : "",
				    show_credit(v, s->credit),
				    place_text(s->place, false));
	}
	if (*text)
		screen_line(&v->s, "Beside these: %s", text);
}

void show_explained_sums(const struct show *v, const struct credential_explained *c)
{
	show_sums(v, c);
	show_outside(v, c);
}
