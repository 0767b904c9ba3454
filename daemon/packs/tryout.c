/* pack.try: the person's own record judged under the rules of another pack. Nothing is
 * stored: the credential it is judged as is made up for the answer. */
#include "common/ascii.h"
#include "daemon/judge/standing.h"
#include "daemon/method.h"
#include "daemon/record/credential_facts.h"
#include "daemon/record/cycle.h"

#include <string.h>

struct tryout {
	const struct pack_try_params *p;
	const struct pack *pack;
	struct held from; /* --for; its id is 0 without */
	struct rule_fact *facts;
	size_t n;
};

static civil_day told(civil_day given, civil_day otherwise)
{
	return given == DATE_NONE ? otherwise : given;
}

/* ---- facts ------------------------------------------------------------------------------ */

static bool knows(const struct tryout *t, const char *name, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ascii_same(t->facts[i].name, name))
			return true;
	return false;
}

static int add_given(struct work *w, struct tryout *t, struct err *e)
{
	for (size_t i = 0; i < t->p->facts.n; i++) {
		struct rule_fact *f = &t->facts[t->n];
		int r = credential_fact_read(w, t->pack, t->p->facts.v[i], f, e);
		if (r < 0)
			return r;
		if (knows(t, f->name, t->n))
			return err_set(e, -PDH_USAGE, "facts", "\"%.60s\" is given twice",
				       f->name);
		t->n++;
	}
	return 0;
}

/* What was typed comes first and hides what is stored. */
static int find_facts(struct work *w, struct tryout *t, struct err *e)
{
	const struct held_cycle *own = &t->from.cycle;
	struct rule_fact *stored = NULL;
	size_t n = 0;
	int r = t->from.id ? facts_of_cycle(w, t->from.id, t->pack,
					    (struct period){own->begins, own->ends},
					    &stored, &n, e)
			   : 0;

	if (r < 0)
		return r;
	t->facts = arena_array(w->arena, t->p->facts.n + n + 1, sizeof(*t->facts));
	r = add_given(w, t, e);
	const size_t given = t->n;
	for (size_t i = 0; r == 0 && i < n; i++)
		if (!knows(t, stored[i].name, given))
			t->facts[t->n++] = stored[i];
	return r;
}

/* As the calendar takes them: of a fact that changed the value of `day`, which is the last
 * that has begun. */
static struct texts facts_on(struct work *w, const struct tryout *t, civil_day day)
{
	struct texts all = {0, arena_array(w->arena, t->n + 1, sizeof(*all.v))};

	for (size_t i = t->n; i-- > 0;) {
		const struct rule_fact *f = &t->facts[i];
		if (f->from == DATE_NONE || f->from <= day)
			all.v[all.n++] =
				arena_printf(w->arena, "%s=%s", f->name, f->value);
	}
	return all;
}

static void find_unanswered(struct work *w, const struct tryout *t, civil_day issued,
			    struct tried *ret)
{
	struct list asked;

	credential_unanswered(w, t->pack, t->facts, t->n, ret->as_of, issued, &asked);
	memcpy(&ret->unanswered, &asked, sizeof(asked));
}

/* ---- the cycle -------------------------------------------------------------------------- */

static int check_days(const struct pack *pack, const struct period *days, struct err *e)
{
	if (days->from != DATE_NONE && days->to != DATE_NONE && days->from >= days->to)
		return err_set(e, -PDH_REFUSED, "begins",
			       "a cycle begins before it ends");
	if (!pack->rules.has_total)
		return 0;
	if (days->to == DATE_NONE) {
		err_set(e, -PDH_USAGE, "expires",
			"When does the cycle end? Give its last day.");
		return err_hint(e, "such as --expires 2027-08-31");
	}
	if (days->from != DATE_NONE)
		return 0;
	err_set(e, -PDH_USAGE, "begins",
		"When does the cycle begin? Give its first day.");
	return err_hint(e, "%.80s does not say how long one is", pack->id);
}

/* Whether the credential is held under this very pack, in whatever version. Another board ends
 * cycles on days of its own. */
static bool is_own_pack(const struct tryout *t)
{
	return t->from.id && strcmp(t->from.cycle.pack->id, t->pack->id) == 0;
}

/* The cycle that ends on the day told, or that of the pack's calendar; of the pack that the
 * credential is held under, the cycle that it is in. */
static int find_days(struct work *w, const struct tryout *t, civil_day day,
		     civil_day issued, struct period *ret, struct err *e)
{
	const struct held_cycle *own = &t->from.cycle;
	const civil_day expires = told(t->p->expires, DATE_NONE),
			begins = told(t->p->begins, DATE_NONE);
	const struct texts facts = facts_on(w, t, day);
	int r = 0;

	if (expires == DATE_NONE && is_own_pack(t))
		*ret = (struct period){told(begins, own->begins), own->ends};
	else
		r = cycle_days(&(struct cycle_told){.pack = t->pack,
						    .facts = &facts,
						    .issued = issued,
						    .begins = begins,
						    .expires = expires},
			       day, ret, e);
	return r < 0 ? r : check_days(t->pack, ret, e);
}

/* ---- the method ------------------------------------------------------------------------- */

static int judge(struct work *w, const struct tryout *t, civil_day day,
		 struct standing *ret, struct err *e)
{
	const struct held_trial trial = {t->facts, t->n};
	struct period days;
	struct held h = {
		.id = t->from.id,
		.alias = t->pack->id,
		.title = t->pack->title,
		.jurisdiction = t->pack->jurisdiction,
		.level = t->from.level,
		.issued = told(t->p->issued, t->from.id ? t->from.issued : DATE_NONE),
		.retired_on = DATE_NONE,
		.trial = &trial,
	};

	int r = find_days(w, t, day, h.issued, &days, e);
	if (r < 0)
		return r;
	h.cycle = (struct held_cycle){.begins = days.from,
				      .ends = days.to,
				      .closed_on = DATE_NONE,
				      .required = INT_NONE};
	held_under(&h.cycle, t->pack);
	return standing_of(w, &h, day, ret, e);
}

int method_pack_try(struct work *w, const struct pack_try_params *p, struct tried *ret,
		    struct err *e)
{
	struct tryout t = {.p = p};
	int r = pack_library_find(w->packs, p->pack, &t.pack, e);

	if (r == 0 && p->credential)
		r = held_find(w, p->credential, "credential", &t.from, e);
	if (r == 0)
		r = find_facts(w, &t, e);
	if (r < 0)
		return r;
	ret->as_of = told(p->as_of, w->today);
	ret->credentials.v = arena_alloc(w->arena, sizeof(struct standing));
	ret->credentials.n = 1;
	const civil_day issued = told(p->issued, t.from.id ? t.from.issued : DATE_NONE);
	find_unanswered(w, &t, issued, ret);
	return judge(w, &t, ret->as_of, ret->credentials.v, e);
}
