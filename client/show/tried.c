/* pdh rules try: the same screen as status, of a credential that is not held. */
#include "client/show/answers.h"

#include "client/show/question.h"

/* "Also needed: In which month were you born? (such as March) --fact "birth month=..." */
static void show_not_told(const struct show *v, const struct tried *r)
{
	for (size_t i = 0; i < r->unanswered.n; i++) {
		const struct question *q = &r->unanswered.v[i];
		screen_line(&v->s, "Also needed: %s %s", question_text(q, v->s.a),
			    question_flag(q, v->s.a));
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
	show_not_told(v, r);
	screen_line(&v->s, "Nothing was saved.");
}
