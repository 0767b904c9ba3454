#include "tests/support/sample.h"

#include <string.h>

civil_day sample_today(void)
{
	return date_make(SAMPLE_YEAR, SAMPLE_MONTH, SAMPLE_DAY);
}

struct credit sample_hours(int64_t hundredths)
{
	return (struct credit){hundredths * (CREDIT_ONE / 100), "clock hour"};
}

static struct credit logged_hours(int64_t hundredths)
{
	return (struct credit){hundredths * (CREDIT_ONE / 100), "hour"};
}

struct cycle *sample_cycle(struct arena *a, civil_day from, civil_day to)
{
	struct cycle *y = arena_alloc(a, sizeof(*y));

	shape_none(&shape_cycle, y);
	y->from = from;
	y->to = to;
	y->days_left = to - sample_today();
	return y;
}

static void hours(struct arena *a, struct standing *c, int64_t counted, int64_t required,
		  int64_t expected)
{
	c->logged = c->counted = sample_hours(counted);
	c->required = sample_hours(required);
	c->remaining = sample_hours(required - counted);
	c->planned = sample_hours(0);
	c->pace = arena_alloc(a, sizeof(*c->pace));
	c->pace->expected = sample_hours(expected);
	c->pace->difference = sample_hours(counted - expected);
	c->needs.n = 1;
	c->needs.v = arena_alloc(a, sizeof(*c->needs.v));
	*c->needs.v = (struct need){.id = "total",
				    .title = "total",
				    .state = NEED_STATE_SHORT,
				    .have = c->counted,
				    .need = c->required,
				    .missing = c->remaining};
}

static void sample_texas(struct arena *a, struct standing *c)
{
	c->alias = "tx-lib";
	c->title = "TX School Librarian";
	c->state = STATE_BEHIND;
	c->cycle = sample_cycle(a, date_make(2022, 9, 1), date_make(2027, 8, 31));
	hours(a, c, 13400, 20000, 14130);
	c->logged = sample_hours(13800);
	c->pace->per_month = sample_hours(380);
	c->pace->so_far = sample_hours(300);
	c->pace->projected = sample_hours(1330);
	c->items.n = 1;
	c->items.v = arena_alloc(a, sizeof(*c->items.v));
	shape_none(&shape_item, c->items.v);
	c->items.v->id = 1;
	c->items.v->title = "Dyslexia training";
	c->items.v->kind = "course";
	c->items.v->state = ITEM_STATE_OPEN;
	c->check = 8;
}

static void sample_illinois(struct arena *a, struct standing *c)
{
	c->alias = "il-pel";
	c->title = "IL Educator License";
	c->state = STATE_ON_PACE;
	c->cycle = sample_cycle(a, date_make(2024, 7, 1), date_make(2029, 6, 30));
	hours(a, c, 4950, 12000, 4080);
	c->pace->per_month = sample_hours(180);
	c->pace->so_far = sample_hours(240);
	c->pace->projected = sample_hours(0);
}

void sample_status(struct arena *a, struct status *ret)
{
	shape_none(&shape_status, ret);
	ret->as_of = sample_today();
	ret->person = "Dana Reyes";
	ret->credentials.n = 3;
	ret->credentials.v = arena_array(a, 3, sizeof(struct standing));
	struct standing *c = ret->credentials.v;
	for (size_t i = 0; i < 3; i++)
		shape_none(&shape_standing, &c[i]);
	sample_texas(a, &c[0]);
	sample_illinois(a, &c[1]);
	c[2].alias = "fp";
	c[2].title = "Fingerprint clearance";
	c[2].state = STATE_DUE_SOON;
	c[2].cycle = sample_cycle(a, DATE_NONE, date_make(2026, 5, 30));
	c[2].logged = c[2].counted = c[2].planned = logged_hours(0);
}

struct texts sample_texts(struct arena *a, const char *one)
{
	struct texts t = {1, arena_alloc(a, sizeof(char *))};

	t.v[0] = one;
	return t;
}

void sample_activity(struct activity *to, int64_t id, civil_day done_on, int64_t credit,
		     const char *title)
{
	shape_none(&shape_activity, to);
	to->id = id;
	to->done_on = done_on;
	to->credit = logged_hours(credit);
	to->title = title;
}

static void count_for(struct arena *a, struct activity *to, int64_t counted, int64_t cut)
{
	to->counts.n = 2;
	to->counts.v = arena_array(a, 2, sizeof(struct count));
	to->counts.v[0] =
		(struct count){.alias = "tx-lib",
			       .counted = sample_hours(counted),
			       .cut = sample_hours(cut),
			       .why = cut ? "at most 40.0 h of independent study" : NULL};
	to->counts.v[1] = (struct count){.alias = "il-pel",
					 .counted = sample_hours(0),
					 .cut = sample_hours(counted + cut),
					 .why = "\"self\" is not an approved provider"};
}

static void effect(struct effect *to, const char *alias, int64_t counted,
		   int64_t required)
{
	shape_none(&shape_effect, to);
	to->alias = alias;
	to->added = sample_hours(250);
	to->counted = sample_hours(counted);
	to->required = sample_hours(required);
}

void sample_logged(struct arena *a, struct logged *ret)
{
	shape_none(&shape_logged, ret);
	ret->op = 877;
	ret->activities.n = 1;
	ret->activities.v = arena_alloc(a, sizeof(struct activity));
	sample_activity(ret->activities.v, 212, sample_today() - 1, 250,
			"Teaching with primary sources");
	ret->activities.v->provider = "AASL";
	ret->activities.v->topics = sample_texts(a, "literacy");
	count_for(a, ret->activities.v, 250, 0);
	ret->effects.n = 2;
	ret->effects.v = arena_array(a, 2, sizeof(struct effect));
	effect(&ret->effects.v[0], "tx-lib", 13400, 20000);
	effect(&ret->effects.v[1], "il-pel", 4950, 12000);
	ret->effects.v[1].why_not =
		sample_texts(a, "AASL may not be an approved provider there");
	ret->notes = sample_texts(
		a,
		"topic \"litaracy\" is new. You use \"literacy\" (18 entries). Change it: "
		"pdh edit 212 --topic literacy");
}

void sample_listed(struct arena *a, struct listed *ret)
{
	shape_none(&shape_listed, ret);
	ret->activities.n = 4;
	ret->activities.v = arena_array(a, 4, sizeof(struct activity));
	struct activity *v = ret->activities.v;
	sample_activity(&v[0], 213, sample_today(), 150, "Story time in two languages");
	sample_activity(&v[1], 212, sample_today() - 1, 250,
			"Teaching with primary sources");
	sample_activity(&v[2], 205, date_make(2026, 2, 27), 100, "Wednesday PLC");
	sample_activity(&v[3], 98, date_make(2026, 2, 8), 600,
			"Self-study: MARC for schools");
	count_for(a, &v[0], 150, 0);
	count_for(a, &v[1], 250, 0);
	count_for(a, &v[2], 100, 0);
	count_for(a, &v[3], 200, 400);
	v[1].evidence = sample_texts(a, "cert.pdf");
	v[2].evidence = sample_texts(a, "plc.pdf");
	v[2].duty = 1;
	ret->logged = logged_hours(1100);
	ret->totals.n = 1;
	ret->totals.v = arena_alloc(a, sizeof(struct total));
	ret->totals.v[0] = (struct total){.credit = ret->logged, .entries = 4};
}

static void sample_items(struct arena *a, struct credential *ret)
{
	ret->items.n = 2;
	ret->items.v = arena_array(a, 2, sizeof(struct item));
	shape_none(&shape_item, &ret->items.v[0]);
	shape_none(&shape_item, &ret->items.v[1]);
	ret->items.v[0].id = 1;
	ret->items.v[0].title = "Dyslexia training";
	ret->items.v[0].kind = "course";
	ret->items.v[0].state = ITEM_STATE_OPEN;
	ret->items.v[1].id = 2;
	ret->items.v[1].title = "Renewal fee";
	ret->items.v[1].kind = "fee";
	ret->items.v[1].due = sample_today() + 30;
	ret->items.v[1].days_left = 30;
	ret->items.v[1].state = ITEM_STATE_DUE_SOON;
}

static void sample_history(struct arena *a, struct credential *ret)
{
	ret->cycles.n = 2;
	ret->cycles.v = arena_array(a, 2, sizeof(struct cycle));
	ret->cycles.v[0] = *ret->cycle;
	ret->cycles.v[1] =
		*sample_cycle(a, date_make(2017, 9, 1), date_make(2022, 8, 31));
	ret->cycles.v[1].closed_on = date_make(2022, 9, 2);
	ret->cycles.v[1].counted = sample_hours(20650);
	ret->cycles.v[1].required = sample_hours(20000);
	ret->pauses.n = 1;
	ret->pauses.v = arena_alloc(a, sizeof(struct pause));
	ret->pauses.v[0].from = date_make(2026, 6, 1);
	ret->pauses.v[0].to = DATE_NONE;
	ret->pauses.v[0].why = "leave";
	ret->facts.n = 1;
	ret->facts.v = arena_alloc(a, sizeof(struct fact));
	ret->facts.v[0].from = ret->facts.v[0].to = DATE_NONE;
	ret->facts.v[0].name = "birth month";
	ret->facts.v[0].value = "8";
}

void sample_credential(struct arena *a, struct credential *ret)
{
	shape_none(&shape_credential, ret);
	ret->alias = "tx-lib";
	ret->title = "TX School Librarian";
	ret->jurisdiction = "US-TX";
	ret->number = "****4821";
	ret->issued = date_make(2012, 8, 20);
	ret->expires = date_make(2027, 8, 31);
	ret->state = STATE_BEHIND;
	ret->cycle = sample_cycle(a, date_make(2022, 9, 1), date_make(2027, 8, 31));
	ret->cycle->pack = "us-tx-school-librarian";
	ret->cycle->version = "2026.1";
	ret->cycle->counted = sample_hours(13400);
	ret->cycle->required = sample_hours(20000);
	sample_items(a, ret);
	sample_history(a, ret);
}

/* ---- plans -------------------------------------------------------------------------------------- */

static void goal_of(struct arena *a, const struct standing *c, struct goal *g)
{
	shape_none(&shape_goal, g);
	g->alias = c->alias;
	g->title = c->title;
	g->unit = "clock hour";
	g->state = c->state;
	g->cycle = c->cycle;
	g->met = 0;
	g->counted = c->counted;
	g->required = c->required;
	g->remaining = c->remaining;
	g->free = c->remaining;
	g->least = (struct credit){c->remaining.exact, "hour"};
	g->pace = c->pace;
	g->needs.v = arena_array(a, 3, sizeof(struct need));
	g->limits.v = arena_array(a, 2, sizeof(struct limit));
}

static void add_need(struct goal *g, const char *id, const char *title, int64_t have,
		     int64_t need)
{
	struct need *n = &g->needs.v[g->needs.n++];

	shape_none(&shape_need, n);
	n->id = id;
	n->title = title;
	n->state = NEED_STATE_SHORT;
	n->level = RULE_LEVEL_MUST;
	n->have = sample_hours(have);
	n->need = sample_hours(need);
	n->missing = sample_hours(need - have);
	n->to = g->cycle->to;
}

static void add_limit(struct goal *g, const char *title, int64_t used, int64_t most)
{
	struct limit *l = &g->limits.v[g->limits.n++];

	shape_none(&shape_limit, l);
	l->id = "limit";
	l->title = title;
	l->level = RULE_LEVEL_MUST;
	l->used = sample_hours(used);
	l->at_most = sample_hours(most);
	l->left = sample_hours(most - used);
}

static struct served *served_by(struct arena *a)
{
	struct served *v = arena_array(a, 2, sizeof(*v));

	v[0] = (struct served){.alias = "il-pel", .needs = sample_texts(a, "total")};
	v[1] = (struct served){.alias = "tx-lib", .needs = sample_texts(a, "related")};
	return v;
}

static void add_hours(struct arena *a, struct plan *ret, int64_t hundredths,
		      const char *topic, civil_day by, size_t serves)
{
	struct hours *h = &ret->hours.v[ret->hours.n++];

	shape_none(&shape_hours, h);
	h->credit = logged_hours(hundredths);
	if (topic)
		h->topics = sample_texts(a, topic);
	h->by = by;
	h->serves.v = served_by(a);
	h->serves.n = serves;
}

void sample_plan(struct arena *a, struct plan *ret)
{
	struct status status;

	sample_status(a, &status);
	shape_none(&shape_plan, ret);
	ret->as_of = sample_today();
	ret->credentials.n = 2;
	ret->credentials.v = arena_array(a, 2, sizeof(struct goal));
	struct goal *tx = &ret->credentials.v[0], *il = &ret->credentials.v[1];
	goal_of(a, &status.credentials.v[0], tx);
	goal_of(a, &status.credentials.v[1], il);
	memcpy(&tx->items, &status.credentials.v[0].items, sizeof(tx->items));
	add_need(tx, "related", "related to the certificate", 12650, 16000);
	add_need(tx, "dyslexia", "dyslexia training", 0, 100);
	tx->needs.v[1].have.unit = tx->needs.v[1].need.unit =
		tx->needs.v[1].missing.unit = "activity";
	tx->free = sample_hours(3250);
	add_limit(tx, "independent study", 4000, 4000);
	add_limit(tx, "presenting", 600, 2000);
	ret->fewest = logged_hours(7050);
	ret->apart = logged_hours(13650);
	ret->hours.v = arena_array(a, 3, sizeof(struct hours));
	add_hours(a, ret, 3350, "school-library", date_make(2027, 8, 31), 2);
	add_hours(a, ret, 3250, NULL, date_make(2027, 8, 31), 2);
	add_hours(a, ret, 450, NULL, date_make(2029, 6, 30), 1);
}

static struct prospect *prospect(struct arena *a, int64_t counted, int64_t remaining,
				 int64_t difference, civil_day done_on, bool on_time)
{
	struct prospect *p = arena_alloc(a, sizeof(*p));

	shape_none(&shape_prospect, p);
	p->counted = sample_hours(counted);
	p->remaining = sample_hours(remaining);
	p->difference = sample_hours(difference);
	p->met = 0;
	p->done_on = done_on;
	p->on_time = on_time;
	return p;
}

void sample_what_if(struct arena *a, struct plan *ret)
{
	sample_plan(a, ret);
	ret->added.n = 1;
	ret->added.v = arena_alloc(a, sizeof(struct activity));
	sample_activity(ret->added.v, INT_NONE, date_make(2026, 7, 31), 1200, "related");
	ret->added.v->topics = sample_texts(a, "school-library");
	ret->outlooks.n = 1;
	ret->outlooks.v = arena_alloc(a, sizeof(struct outlook));
	struct outlook *o = ret->outlooks.v;
	shape_none(&shape_outlook, o);
	o->alias = "tx-lib";
	o->required = sample_hours(20000);
	o->logged = sample_hours(1200);
	o->added = sample_hours(1200);
	o->now = prospect(a, 13400, 6600, -730, date_make(2028, 1, 12), false);
	o->with = prospect(a, 14600, 5400, 470, date_make(2027, 8, 14), true);
	o->with->needs.n = 1;
	o->with->needs.v = ret->credentials.v[0].needs.v;
}
