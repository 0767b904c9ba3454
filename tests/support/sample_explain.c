#include "tests/support/sample.h"

static void portions(struct arena *a, struct portion **ret, size_t *ret_n)
{
	*ret_n = 2;
	*ret = arena_array(a, 2, sizeof(**ret));
	(*ret)[0] = (struct portion){.id = 3,
				     .title = "Book: cataloguing",
				     .done_on = date_make(2024, 5, 1),
				     .credit = sample_hours(3000)};
	(*ret)[1] = (struct portion){.id = 9,
				     .title = "Book: storytelling",
				     .done_on = date_make(2025, 5, 1),
				     .credit = sample_hours(500)};
}

static void explained_limit(struct arena *a, struct credential_explained *c)
{
	struct limit *l = arena_alloc(a, sizeof(*l));
	struct limit_explained *e = arena_alloc(a, sizeof(*e));

	shape_none(&shape_limit, l);
	shape_none(&shape_limit_explained, e);
	*l = (struct limit){.id = "independent-study",
			    .title = "independent-study",
			    .level = RULE_LEVEL_MUST,
			    .at_most = sample_hours(4000),
			    .used = sample_hours(4000),
			    .cut = sample_hours(400),
			    .from = c->cycle->from,
			    .to = c->cycle->to,
			    .cite = "19 TAC 232.15",
			    .mark = MARK_CONFIRMED};
	e->limit = l;
	e->words = "at most 20 % of 200 h = 40.0 h a cycle";
	e->of = "kind self-study";
	e->left = sample_hours(0);
	e->before = sample_hours(3800);
	e->after = sample_hours(0);
	e->entries = 4;
	portions(a, &e->used_by.v, &e->used_by.n);
	c->limits.n = 1;
	c->limits.v = e;
}

static void explained_need(struct arena *a, struct credential_explained *c)
{
	struct need_explained *e = arena_alloc(a, sizeof(*e));

	shape_none(&shape_need_explained, e);
	e->need = arena_alloc(a, sizeof(*e->need));
	*e->need = (struct need){.id = "total",
				 .title = "continuing education",
				 .state = NEED_STATE_SHORT,
				 .level = RULE_LEVEL_MUST,
				 .have = sample_hours(13400),
				 .need = sample_hours(20000),
				 .missing = sample_hours(6600),
				 .from = c->cycle->from,
				 .to = c->cycle->to,
				 .cite = "TASA",
				 .mark = MARK_SECOND_HAND};
	e->words = "200 h a cycle";
	e->fits = sample_hours(13400);
	e->entries = 2;
	portions(a, &e->served_by.v, &e->served_by.n);
	c->needs.n = 1;
	c->needs.v = e;
}

static void explained_entry(struct arena *a, struct credential_explained *c)
{
	struct entry_explained *e = arena_alloc(a, sizeof(*e));
	struct placed *p = arena_array(a, 2, sizeof(*p));

	shape_none(&shape_entry_explained, e);
	e->id = 98;
	e->title = "Self-study: MARC for schools";
	e->done_on = date_make(2026, 2, 8);
	e->credit = (struct credit){6 * CREDIT_ONE, "hour"};
	e->logged = sample_hours(600);
	e->counted = sample_hours(200);
	p[0] = (struct placed){.place = PLACE_COUNTED,
			       .credit = sample_hours(200),
			       .rules = sample_texts(a, "total")};
	p[1] = (struct placed){
		.place = PLACE_CUT,
		.credit = sample_hours(400),
		.rules = sample_texts(a, "independent-study"),
		.why = "independent-study: at most 20 % of 200 h = 40.0 h a cycle"};
	e->parts.n = 2;
	e->parts.v = p;
	c->entries.n = 1;
	c->entries.v = e;
}

static void explained_sums(struct arena *a, struct credential_explained *c)
{
	c->sums.n = 3;
	c->sums.v = arena_array(a, 3, sizeof(*c->sums.v));
	c->sums.v[0] = (struct sum){
		.place = PLACE_COUNTED, .credit = sample_hours(13400), .entries = 14};
	c->sums.v[1] = (struct sum){
		.place = PLACE_CUT, .credit = sample_hours(400), .entries = 1};
	c->sums.v[2] = (struct sum){
		.place = PLACE_CHANGED, .credit = sample_hours(-600), .entries = 1};
	c->outside.n = 1;
	c->outside.v = arena_alloc(a, sizeof(*c->outside.v));
	*c->outside.v = (struct sum){
		.place = PLACE_PLANNED, .credit = sample_hours(300), .entries = 1};
	c->rules.n = 1;
	c->rules.v = arena_alloc(a, sizeof(*c->rules.v));
	shape_none(&shape_ruling, c->rules.v);
	c->rules.v->id = c->rules.v->title = "independent-study";
	c->rules.v->cite = "19 TAC 232.15";
	c->rules.v->mark = MARK_CONFIRMED;
	c->rules.v->level = RULE_LEVEL_MUST;
}

void sample_explained(struct arena *a, bool about_activity, struct explained *ret)
{
	struct credential_explained *c = arena_alloc(a, sizeof(*c));

	shape_none(&shape_explained, ret);
	ret->as_of = sample_today();
	ret->credentials.n = 1;
	ret->credentials.v = c;
	shape_none(&shape_credential_explained, c);
	c->alias = "tx-lib";
	c->title = "TX School Librarian";
	c->state = STATE_BEHIND;
	c->cycle = sample_cycle(a, date_make(2022, 9, 1), date_make(2027, 8, 31));
	c->cycle->pack = "us-tx-school-librarian";
	c->cycle->version = "2026.1";
	c->cycle->counted = sample_hours(13400);
	c->authority = "Texas State Board for Educator Certification";
	c->read = date_make(2026, 2, 2);
	c->undecided = 1;
	c->otherwise = sample_hours(14000);
	c->hangs_on = sample_texts(a, "mentoring");
	c->logged = about_activity ? sample_hours(600) : sample_hours(13200);
	c->counted = about_activity ? sample_hours(200) : sample_hours(13400);
	explained_limit(a, c);
	explained_need(a, c);
	explained_entry(a, c);
	explained_sums(a, c);
	if (!about_activity)
		return;
	ret->activity = arena_alloc(a, sizeof(*ret->activity));
	sample_activity(ret->activity, 98, date_make(2026, 2, 8), 600,
			"Self-study: MARC for schools");
	ret->activity->kind = "self-study";
}
