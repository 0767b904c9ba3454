/* pdh plan: the fewest hours over all credentials, by kind of hour. */
#include "client/show/answers.h"

#include "client/term/text.h"

#include <string.h>

/* "a, b and c" */
static const char *list_text(const struct show *v, const char *const *words, size_t n)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(v->s.a, "%s%s%s", text,
				    i == 0	 ? ""
				    : i + 1 == n ? " and "
						 : ", ",
				    words[i]);
	return text;
}

static const char *with_word(const struct show *v, const char *text, const char *before,
			     const char *word)
{
	if (!word)
		return text;
	return arena_printf(v->s.a, "%s%s%s%s", text, *text ? ", " : "", before, word);
}

/* "mentoring, in-person, on literacy and law"; "anything that counts" */
static const char *kind_text(const struct show *v, const struct hours *h)
{
	const char *text = with_word(v, "", "", h->kind);

	text = with_word(v, text, "", h->format);
	text = with_word(v, text, "as ", h->role);
	text = with_word(v, text, "on ",
			 h->topics.n ? list_text(v, h->topics.v, h->topics.n) : NULL);
	text = with_word(v, text, "from ", h->provider);
	text = with_word(v, text, "course ", h->course);
	text = with_word(v, text, "", h->approval);
	text = with_word(v, text, "", h->duty > 0 ? "in duty time" : NULL);
	return *text ? text : "anything that counts";
}

static const char *serves_text(const struct show *v, const struct hours *h)
{
	const char **names = arena_array(v->s.a, h->serves.n, sizeof(*names));

	for (size_t i = 0; i < h->serves.n; i++)
		names[i] = h->serves.v[i].alias;
	return arena_printf(v->s.a, "for %s%s", list_text(v, names, h->serves.n),
			    h->only ? arena_printf(v->s.a, " (--only %s)", h->only) : "");
}

static const char *days_text(const struct show *v, const struct hours *h)
{
	if (h->from == DATE_NONE)
		return h->by == DATE_NONE
			       ? ""
			       : arena_printf(v->s.a, "by %s", show_day(v, h->by));
	return h->by == DATE_NONE ? arena_printf(v->s.a, "from %s", show_day(v, h->from))
				  : show_span(v, h->from, h->by);
}

/* One line: what is done, for whom and by when. */
static const char *line_text(const struct show *v, const struct hours *h)
{
	const char *days = days_text(v, h);

	return arena_printf(v->s.a, "%s, %s%s%s", kind_text(v, h), serves_text(v, h),
			    *days ? ", " : "", days);
}

static bool is_alike(const struct show *v, const struct hours *a, const struct hours *b)
{
	return a->credit.exact == b->credit.exact &&
	       show_is(a->credit.unit, b->credit.unit) &&
	       show_is(line_text(v, a), line_text(v, b));
}

/* How many lines from one on are alike: activities that are told together. */
static size_t count_alike(const struct show *v, const struct plan *r, size_t from)
{
	size_t n = 1;

	while (from + n < r->hours.n &&
	       is_alike(v, &r->hours.v[from], &r->hours.v[from + n]))
		n++;
	return n;
}

/* "3 activities of 1.0 h, presenting, for tx-lib" */
static void show_line(const struct show *v, const struct hours *h, size_t n, int width)
{
	struct credit all = {h->credit.exact * (int64_t)n, h->credit.unit};
	const struct piece amount = {
		.text = show_credit(v, all), .width = width, .right = true};
	const char *text = line_text(v, h);

	text_space(v->s.out, SHOW_INDENT);
	int at = screen_pieces(&v->s, SHOW_INDENT, SHOW_INDENT, &amount, 1);
	if (n > 1)
		text = arena_printf(v->s.a, "%zu" NBSP "activities of %s, %s", n,
				    show_credit(v, h->credit), text);
	screen_beside(&v->s, at, 2, 2 * SHOW_INDENT, text);
}

static void show_hours(const struct show *v, const struct plan *r)
{
	int width = 0;

	for (size_t i = 0, n; i < r->hours.n; i += n) {
		n = count_alike(v, r, i);
		struct credit all = {r->hours.v[i].credit.exact * (int64_t)n,
				     r->hours.v[i].credit.unit};
		int w = text_width(show_credit(v, all));
		width = w > width ? w : width;
	}
	for (size_t i = 0, n; i < r->hours.n; i += n) {
		n = count_alike(v, r, i);
		show_line(v, &r->hours.v[i], n, width);
	}
}

/* Whether it says more than the lines of the credentials do. */
static bool is_news(const struct plan *r)
{
	size_t with_hours = 0;
	int64_t remaining = 0;

	for (size_t i = 0; i < r->credentials.n; i++) {
		const struct goal *g = &r->credentials.v[i];
		with_hours += g->least.exact > 0;
		remaining = g->remaining.exact;
	}
	return r->hours.n &&
	       (with_hours > 1 || !r->fewest.unit || r->fewest.exact != remaining);
}

/* Whether something is missing that no hours can do anything about. */
static bool is_beyond_hours(const struct plan *r)
{
	for (size_t i = 0; i < r->credentials.n; i++)
		for (size_t k = 0; k < r->credentials.v[i].needs.n; k++) {
			const struct need *n = &r->credentials.v[i].needs.v[k];
			if (n->level != RULE_LEVEL_SHOULD && n->state != NEED_STATE_SHORT)
				return true;
		}
	return r->open.n > 0;
}

static void show_sum(const struct show *v, const struct plan *r)
{
	const char *of = is_beyond_hours(r) ? "for all that hours can meet"
					    : "that meet everything";

	if (!r->fewest.unit)
		screen_line(&v->s, "The least hours %s:", of);
	else if (r->apart.unit && r->apart.exact > r->fewest.exact)
		screen_line(&v->s,
			    "The fewest hours %s: %s, for one hour may serve two "
			    "credentials (%s if none did)",
			    of, show_credit(v, r->fewest), show_credit(v, r->apart));
	else
		screen_line(&v->s, "The fewest hours %s: %s", of,
			    show_credit(v, r->fewest));
}

void show_fewest(const struct show *v, const struct plan *r)
{
	enum { LABEL = 4 };

	if (is_news(r)) {
		screen_end(&v->s);
		show_sum(v, r);
		show_hours(v, r);
	}
	if (r->open.n || r->caveats.n)
		screen_end(&v->s);
	for (size_t i = 0; i < r->open.n; i++)
		screen_field(&v->s, LABEL, "open", r->open.v[i]);
	show_notes(v, &r->caveats);
}
