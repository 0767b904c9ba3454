/* The items that rules ask for, brought to what they ask for now. */
#include "daemon/judge/duty.h"

#include <string.h>

/* An item of a rule, as it is stored. */
struct made {
	int64_t id, cycle_id, every;
	const char *rule;
	civil_day due, rule_due, done_on;
	bool asked;
};

struct sync {
	struct work *w;
	const struct held *h;
	struct duty_case of;
	struct made *items;
	size_t n;
	bool first; /* the credential has no earlier cycle */
	struct err *e;
};

static int read_made(struct sync *s)
{
	struct db *db = s->w->db;
	AUTO_STMT q = NULL;
	int r = db_query(db, Q_item_made, &q, s->e);

	if (r < 0)
		return r;
	db_bind_int(q, ":credential_id", s->h->id);
	while ((r = db_step(db, q, s->e)) > 0) {
		s->items = arena_grow(s->w->arena, s->items, s->n, sizeof(*s->items));
		s->items[s->n++] = (struct made){
			.id = db_int(q, 0),
			.rule = db_text(q, 1, s->w->arena),
			.cycle_id = db_int(q, 2),
			.due = db_date(q, 3),
			.rule_due = db_date(q, 4),
			.done_on = db_date(q, 5),
			.every = db_int(q, 6),
		};
	}
	return r;
}

/* Whether it is among what ends a level: that is done once, however many cycles the level has. */
static bool ends_level(const struct held *h, const struct rule *r)
{
	const struct pack *p = h->cycle.pack;
	size_t index = (size_t)(r - h->cycle.rules.rules);
	bool ends = false;

	for (size_t i = 0; i < p->level_count; i++)
		ends = ends || p->levels[i].rules >> index & 1;
	return ends;
}

/* The item of a duty: that of the open cycle; of one that comes again, or ends a level, that of
 * an earlier cycle goes on. */
static struct made *item_of(struct sync *s, const struct rule *r)
{
	struct made *found = NULL;

	for (size_t i = 0; i < s->n; i++) {
		struct made *m = &s->items[i];
		if (strcmp(m->rule, r->id) != 0)
			continue;
		if (m->cycle_id == s->h->cycle.id)
			return m;
		if ((r->duty->every_months && m->every != INT_NONE) ||
		    ends_level(s->h, r))
			found = m;
	}
	return found;
}

static int64_t every_of(const struct rule *r)
{
	return r->duty->every_months ? r->duty->every_months : INT_NONE;
}

/* What pdh knew nothing of has no day yet: the person is asked whether it was done. */
static int add(struct sync *s, const struct rule *r, civil_day due)
{
	bool before = s->first && duty_is_from_before(s->w, &s->of, r, due);
	AUTO_STMT q = NULL;
	int failed = db_query(s->w->db, Q_item_make, &q, s->e);

	if (failed < 0)
		return failed;
	db_bind_int(q, ":credential_id", s->h->id);
	db_bind_text(q, ":title", duty_title(r, s->w->arena));
	db_bind_text(q, ":kind", r->duty->kind);
	db_bind_date(q, ":due", before ? DATE_NONE : due);
	db_bind_date(q, ":rule_due", due);
	db_bind_text(q, ":rule", r->id);
	db_bind_int(q, ":cycle_id", s->h->cycle.id);
	db_bind_int(q, ":every", every_of(r));
	return db_run(s->w->db, q, s->e);
}

static int store(struct sync *s, const struct made *m)
{
	return DB_DO(s->w->db, Q_item_remake, s->e, DB_INT(":id", m->id),
		     DB_INT(":cycle_id", m->cycle_id), DB_DATE(":due", m->due),
		     DB_DATE(":rule_due", m->rule_due), DB_INT(":every", m->every));
}

/* Whether an item follows the day of its rule: the person gave it no other, and it is not one
 * that was over when pdh was told, and still is. */
static bool follows(const struct sync *s, const struct made *m, civil_day due)
{
	if (m->due == DATE_NONE && m->rule_due != DATE_NONE)
		return m->rule_due < s->w->today && due >= s->w->today;
	return m->due == m->rule_due;
}

/* The day of what is not done follows the rules, unless the person gave another. */
static int move(struct sync *s, struct made *m, const struct rule *r, civil_day due)
{
	struct made now = *m;

	now.asked = m->asked = true;
	now.cycle_id = s->h->cycle.id;
	now.every = every_of(r);
	if (m->done_on == DATE_NONE) {
		now.due = follows(s, m, due) ? due : m->due;
		now.rule_due = due;
	}
	bool same = now.cycle_id == m->cycle_id && now.every == m->every &&
		    now.due == m->due && now.rule_due == m->rule_due;
	return same ? 0 : store(s, &now);
}

static int ask(struct sync *s, const struct rule *r)
{
	if (!duties_ask(s->w, &s->of, r))
		return 0;
	civil_day due = rules_due(&s->of.c, r->duty, s->w->arena);
	struct made *m = item_of(s, r);
	return m ? move(s, m, r, due) : add(s, r, due);
}

static int take_away(struct sync *s, int64_t id)
{
	return DB_DO(s->w->db, Q_item_delete, s->e, DB_INT(":id", id));
}

/* What was done stays, and comes no more. What an earlier cycle asked for is still to be
 * done, but for what came again and is asked no longer. */
static int drop(struct sync *s, struct made *m)
{
	bool open = m->cycle_id == s->h->cycle.id, again = m->every != INT_NONE;

	if (m->asked || (!open && !again))
		return 0;
	if (m->done_on == DATE_NONE)
		return take_away(s, m->id);
	if (!again)
		return 0;
	m->every = INT_NONE;
	return store(s, m);
}

int duty_sync(struct work *w, const struct held *h, struct err *e)
{
	struct sync s = {.w = w, .h = h, .e = e};
	const struct ruleset *rules = &h->cycle.rules;

	struct held_cycle *cycles;
	size_t n = 0;

	if (h->retired_on != DATE_NONE)
		return 0;
	int r = read_made(&s);
	if (r == 0)
		r = held_cycles(w, h->id, &cycles, &n, e);
	s.first = n <= 1;
	if (r == 0)
		r = duty_case_of(w, h, &s.of, e);
	for (size_t i = 0; r == 0 && i < rules->n; i++)
		r = ask(&s, &rules->rules[i]);
	for (size_t i = 0; r == 0 && i < s.n; i++)
		r = drop(&s, &s.items[i]);
	return r;
}

int duty_sync_close(struct work *w, const struct held *closed, struct err *e)
{
	const struct ruleset *rules = &closed->cycle.rules;
	int r = 0;

	for (size_t i = 0; r == 0 && i < rules->n; i++) {
		AUTO_STMT q = NULL;
		if (!duty_is(&rules->rules[i], ACT_FINISH) &&
		    !duty_is(&rules->rules[i], ACT_APPLY))
			continue;
		r = db_query(w->db, Q_item_unmake, &q, e);
		if (r < 0)
			return r;
		db_bind_int(q, ":cycle_id", closed->cycle.id);
		db_bind_text(q, ":rule", rules->rules[i].id);
		r = db_run(w->db, q, e);
	}
	return r;
}
