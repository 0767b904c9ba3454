/* pdh rules try: the same screen as status, of a credential that is not held. */
#include "client/show_answers.h"

/* A value that shows how the answer is written. */
static const char *sample_of(const struct question *q)
{
	if (q->of.n)
		return q->of.v[0];
	if (show_is(q->type, "yes-no"))
		return "yes";
	if (show_is(q->type, "date"))
		return "2026-03-31";
	return show_is(q->type, "month") || show_is(q->type, "number") ? "3" : "...";
}

/* "It would also ask: birth month, --fact "birth month=3"" */
static void show_unanswered(const struct show *v, const struct tried *r)
{
	for (size_t i = 0; i < r->unanswered.n; i++) {
		const struct question *q = &r->unanswered.v[i];
		screen_line(&v->s, "It would also ask: %s, --fact \"%s=%s\"", q->name,
			    q->name, sample_of(q));
	}
}

/* The pack's name stands above; in brackets it would take the place of the title. */
static void show_one(const struct show *v, const struct tried *r)
{
	struct standing one = r->credentials.v[0];
	struct status status = {.as_of = r->as_of};

	status.person =
		arena_printf(v->s.a, "%s %s", one.pack, one.version ? one.version : "");
	one.alias = "tried";
	status.credentials.v = &one;
	status.credentials.n = 1;
	show_standings(v, &status);
}

void show_tried(const struct show *v, const struct tried *r)
{
	if (r->credentials.n)
		show_one(v, r);
	show_unanswered(v, r);
	screen_line(&v->s, "Nothing was saved. The board decides; this is a count.");
}
