#include "tests/support/sample.h"

static void entries(struct arena *a, struct transcript *t, const struct explained *x)
{
	struct transcript_entry *v = arena_array(a, 3, sizeof(*v));

	for (size_t i = 0; i < 3; i++) {
		shape_none(&shape_transcript_entry, &v[i]);
		v[i].activity = arena_alloc(a, sizeof(*v[i].activity));
	}
	sample_activity(v[0].activity, 3, date_make(2024, 5, 1), 3000,
			"Book: <script>alert('x')</script> & \"cataloguing\"");
	v[0].activity->provider = "=1+1";
	v[0].activity->kind = "self-study";
	v[0].activity->evidence = sample_texts(a, "#1 cert.pdf");
	v[0].logged = v[0].counted = sample_hours(3000);
	v[0].cut = sample_hours(0);
	v[0].parts.n = 1;
	v[0].parts.v = arena_alloc(a, sizeof(*v[0].parts.v));
	*v[0].parts.v = (struct placed){.place = PLACE_COUNTED,
					.credit = sample_hours(3000),
					.rules = sample_texts(a, "total")};
	sample_activity(v[1].activity, 98, date_make(2026, 2, 8), 600,
			"Self-study: MARC for schools");
	v[1].logged = sample_hours(600);
	v[1].counted = sample_hours(200);
	v[1].cut = sample_hours(400);
	v[1].parts.n = x->credentials.v->entries.v->parts.n;
	v[1].parts.v = x->credentials.v->entries.v->parts.v;
	v[1].why = v[1].parts.v[1].why;
	sample_activity(v[2].activity, 104, date_make(2026, 3, 1), 200,
			"مقدمة في المكتبات | مبادئ");
	v[2].activity->topics = sample_texts(a, "literacy");
	v[2].logged = v[2].counted = sample_hours(200);
	v[2].cut = sample_hours(0);
	t->entries.n = 3;
	t->entries.v = v;
}

void sample_transcript(struct arena *a, struct transcript *ret)
{
	struct explained x;

	sample_explained(a, false, &x);
	shape_none(&shape_transcript, ret);
	ret->as_of = sample_today();
	ret->change = 881;
	ret->head = arena_alloc(a, sizeof(*ret->head));
	shape_none(&shape_transcript_head, ret->head);
	ret->head->person = "Dana Reyes";
	ret->head->alias = "tx-lib";
	ret->head->title = "TX School Librarian";
	ret->head->number = "****4821";
	ret->head->issued = date_make(2012, 6, 1);
	ret->head->required = sample_hours(20000);
	ret->head->remaining = sample_hours(6600);
	entries(a, ret, &x);
	ret->account = x.credentials.v;
	ret->account->entries.n = 0;
	ret->missing.n = 1;
	ret->missing.v = ret->account->needs.v->need;
	ret->sources.n = 1;
	ret->sources.v = arena_alloc(a, sizeof(*ret->sources.v));
	*ret->sources.v = (struct source){.id = "232.15",
					  .title = "19 TAC 232.15",
					  .url = "https://example.org/?a=1&b=2",
					  .mark = MARK_CONFIRMED};
}

void sample_chart(struct arena *a, struct chart *ret)
{
	static const char *const months[] = {"2026-01", "2026-02", "2026-03"};
	const int64_t hours[] = {1200, 0, 250};

	shape_none(&shape_chart, ret);
	ret->by = "month";
	ret->from = date_make(2026, 1, 1);
	ret->to = sample_today();
	ret->credit = sample_hours(1450);
	ret->entries = 3;
	ret->opening = sample_hours(13150);
	ret->bars.n = 3;
	ret->bars.v = arena_array(a, 3, sizeof(*ret->bars.v));
	for (size_t i = 0; i < 3; i++) {
		shape_none(&shape_hours_of, &ret->bars.v[i]);
		ret->bars.v[i].name = months[i];
		ret->bars.v[i].credit = sample_hours(hours[i]);
		ret->bars.v[i].entries = hours[i] > 0;
	}
	ret->beside.n = 1;
	ret->beside.v = arena_alloc(a, sizeof(*ret->beside.v));
	*ret->beside.v =
		(struct total){.credit = {3 * CREDIT_ONE, "semester hour"}, .entries = 1};
}
