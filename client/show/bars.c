#include "client/show/bars.h"

#include "client/out/json.h"
#include "client/show/answers.h"
#include "client/term/text.h"

#include <string.h>

struct bar_format {
	const char *name;
	void (*print)(const struct show *v, const struct status *r);
};

/* How urgent: what pdh status --check would exit with. */
static const struct level {
	int64_t check;
	const char *word, *hex, *tmux;
} levels[] = {
	{0, "ok", "#50A14F", "green"},
	{PDH_EXIT_BEHIND, "behind", "#E5A50A", "yellow"},
	{PDH_EXIT_LAPSED, "lapsed", "#E01B24", "red"},
};

static const struct level *level_of(int64_t check)
{
	size_t i = sizeof(levels) / sizeof(levels[0]) - 1;

	while (i > 0 && check < levels[i].check)
		i--;
	return &levels[i];
}

static const struct level *worst(const struct status *r)
{
	int64_t check = 0;

	for (size_t i = 0; i < r->credentials.n; i++)
		if (r->credentials.v[i].check > check)
			check = r->credentials.v[i].check;
	return level_of(check);
}

/* "PD" where all is well, so that a bar shows that pdh is there. */
static const char *brief(const struct show *v, const struct status *r)
{
	return text_safe(v->s.t, v->s.a,
			 r->prompt	    ? r->prompt
			 : r->credentials.n ? "PD"
					    : "");
}

/* `text` with each of `signs` written as a program takes it. */
static const char *escape(const struct show *v, const char *text, const char *signs,
			  const char *const *as)
{
	const char *out = "";

	for (size_t n; *text; text += n) {
		const char *at = strchr(signs, *text);
		n = at ? 1 : strcspn(text, signs);
		out = at ? arena_printf(v->s.a, "%s%s", out, as[at - signs])
			 : arena_printf(v->s.a, "%s%.*s", out, (int)n, text);
	}
	return out;
}

/* "a b | c d", each made by `one`. */
static const char *joined(const struct show *v, const struct status *r,
			  const char *(*one)(const struct show *v,
					     const struct standing *c),
			  const char *between)
{
	const char *out = "";

	for (size_t i = 0; i < r->credentials.n; i++)
		out = arena_printf(v->s.a, "%s%s%s", out, i ? between : "",
				   one(v, &r->credentials.v[i]));
	return out;
}

/* ---- waybar ------------------------------------------------------------------------------------- */

/* Waybar reads the texts as Pango markup. */
static const char *markup(const struct show *v, const char *text)
{
	static const char *const as[] = {"&amp;", "&lt;", "&gt;"};

	return escape(v, text, "&<>", as);
}

static const char *tooltip_line(const struct show *v, const struct standing *c)
{
	return markup(v, text_safe(v->s.t, v->s.a,
				   arena_printf(v->s.a, "%s: %s (%s)",
						c->title ? c->title : c->alias,
						show_state(v, c->state),
						show_standing_short(v, c))));
}

static void print_waybar(const struct show *v, const struct status *r)
{
	const char *class = r->credentials.n ? worst(r)->word : "none";

	json_put(json_pack("{s:s, s:s, s:s, s:s}", "text", markup(v, brief(v, r)),
			   "tooltip", joined(v, r, tooltip_line, "\n"), "class", class,
			   "alt", class),
		 v->s.out);
}

/* ---- the others --------------------------------------------------------------------------------- */

static const char *plain_part(const struct show *v, const struct standing *c)
{
	return text_safe(v->s.t, v->s.a, show_standing_short(v, c));
}

static void print_i3blocks(const struct show *v, const struct status *r)
{
	if (r->credentials.n == 0)
		return;
	text_put(v->s.out, joined(v, r, plain_part, " | "));
	(void)fprintf(v->s.out, "\n%s\n%s\n", brief(v, r), worst(r)->hex);
}

/* tmux takes # for the start of a format. */
static const char *tmux_part(const struct show *v, const struct standing *c)
{
	static const char *const as[] = {"##"};

	return arena_printf(v->s.a, "#[fg=%s]%s#[default]", level_of(c->check)->tmux,
			    escape(v, plain_part(v, c), "#", as));
}

static void print_tmux(const struct show *v, const struct status *r)
{
	if (r->credentials.n == 0)
		return;
	text_put(v->s.out, joined(v, r, tmux_part, " | "));
	screen_end(&v->s);
}

static void print_starship(const struct show *v, const struct status *r)
{
	if (r->prompt)
		screen_line(&v->s, "%s", r->prompt);
}

static const struct bar_format formats[] = {
	{"@waybar", print_waybar},
	{"@i3blocks", print_i3blocks},
	{"@tmux", print_tmux},
	{"@starship", print_starship},
};

const struct bar_format *bars_find(const char *name, struct err *e)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	err_set(e, -PDH_USAGE, NULL, "--format: there is no format \"%.40s\"", name);
	err_hint(e, "named formats are @waybar, @i3blocks, @tmux and @starship");
	return NULL;
}

void bars_print(const struct bar_format *f, const struct show *v, const struct status *r)
{
	f->print(v, r);
}
