#include "daemon/record/credential.h"

#include "daemon/judge/duty.h"
#include "daemon/judge/judge.h"
#include "daemon/judge/standing.h"
#include "daemon/record/credential_facts.h"
#include "daemon/store/row.h"

#include <string.h>

enum { NUMBER_SHOWN = 4 }; /* last characters that a masked number shows */

const char *credential_masked(const char *number, struct arena *a)
{
	size_t n = number ? strlen(number) : 0;

	if (n == 0)
		return number;
	return arena_printf(a, "****%s",
			    n > 2 * NUMBER_SHOWN - 2 ? number + n - NUMBER_SHOWN : "");
}

static int read_texts(struct work *w, enum db_query q, int64_t id, struct texts *ret,
		      struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", id);
	return row_read_texts(w->db, s, w->arena, ret, e);
}

/* The cycle it is held in was judged with where it stands. */
static int fill_cycles(struct work *w, const struct held *h, struct credential *ret,
		       struct err *e)
{
	struct held_cycle *cycles;
	struct held past = *h;

	int r = held_cycles(w, h->id, &cycles, &ret->cycles.n, e);
	if (r < 0)
		return r;
	ret->cycles.v = arena_array(w->arena, ret->cycles.n + 1, sizeof(struct cycle));
	for (size_t i = 0; r == 0 && i < ret->cycles.n; i++) {
		past.cycle = cycles[i];
		if (cycles[i].id == h->cycle.id)
			ret->cycles.v[i] = *ret->cycle;
		else
			r = standing_cycle(w, &past, w->today, &ret->cycles.v[i], e);
	}
	return r;
}

/* A value that is not for ever holds to the end of its cycle or year, and is asked for again
 * behind it. */
static int fill_facts(struct work *w, const struct held *h, struct credential *ret,
		      struct err *e)
{
	const struct held_cycle *c = &h->cycle;
	civil_day day = c->ends != DATE_NONE && c->ends < w->today ? c->ends : w->today;
	struct rule_fact *named;
	struct list asked;

	int r = facts_of_cycle(w, h->id, c->pack, (struct period){c->begins, c->ends},
			       &named, &ret->facts.n, e);
	if (r < 0)
		return r;
	ret->facts.v = arena_array(w->arena, ret->facts.n + 1, sizeof(struct fact));
	for (size_t i = 0; i < ret->facts.n; i++)
		ret->facts.v[i] = (struct fact){.name = named[i].name,
						.value = named[i].value,
						.from = named[i].from,
						.to = named[i].to};
	credential_unanswered(w, c->pack, named, ret->facts.n, day, h->issued, &asked);
	memcpy(&ret->unanswered, &asked, sizeof(asked));
	return 0;
}

static int fill_lists(struct work *w, const struct held *h, struct credential *ret,
		      struct err *e)
{
	struct list pauses;

	int r = read_texts(w, Q_endorsement_all, h->id, &ret->endorsements, e);
	if (r == 0)
		r = fill_facts(w, h, ret, e);
	if (r == 0)
		r = judge_pauses(w, h->id, &pauses, e);
	if (r < 0)
		return r;
	memcpy(&ret->pauses, &pauses, sizeof(pauses));
	return fill_cycles(w, h, ret, e);
}

int credential_fill(struct work *w, const struct held *h, bool reveal,
		    struct credential *ret, struct err *e)
{
	struct standing standing;

	shape_none(&shape_credential, ret);
	int r = standing_of(w, h, w->today, &standing, e);
	if (r < 0)
		return r;
	ret->alias = h->alias;
	ret->title = h->title;
	ret->jurisdiction = h->jurisdiction;
	ret->level = h->level;
	ret->number = reveal ? h->number : credential_masked(h->number, w->arena);
	ret->issued = h->issued;
	ret->expires = h->cycle.ends;
	ret->note = h->note;
	ret->state = standing.state;
	ret->retired_on = h->retired_on;
	ret->cycle = standing.cycle;
	memcpy(&ret->items, &standing.items, sizeof(ret->items));
	r = duties_undecided(w, h, &ret->undecided, e);
	return r < 0 ? r : fill_lists(w, h, ret, e);
}

int credential_read(struct work *w, const char *alias, struct credential *ret,
		    struct err *e)
{
	struct held h;
	int r = held_find(w, alias, "credential", &h, e);

	return r < 0 ? r : credential_fill(w, &h, false, ret, e);
}

int credential_answer(struct work *w, const char *alias, const char *done,
		      struct credential_changed *ret, struct err *e)
{
	ret->credential = arena_alloc(w->arena, sizeof(*ret->credential));
	int r = credential_read(w, alias, ret->credential, e);

	if (r < 0)
		return r;
	w->what = done;
	ret->done = done;
	ret->dry_run = w->dry_run;
	return 0;
}

int credential_sync(struct work *w, const char *alias, struct err *e)
{
	struct held h;
	int r = held_find(w, alias, "credential", &h, e);

	return r < 0 ? r : duty_sync(w, &h, e);
}

int credential_amount(const struct ruleset *rules, struct credit typed, const char *field,
		      int64_t *ret, struct err *e)
{
	if (rules_worth(rules, credit_unit_number(typed.unit), typed.exact, ret) &&
	    *ret > 0)
		return 0;
	return err_set(e, -PDH_REFUSED, field, "its rules count no %s", typed.unit);
}

int credential_rule_set(struct work *w, const struct pack *pack, int64_t *ret,
			struct err *e)
{
	AUTO_STMT find = NULL;
	AUTO_STMT insert = NULL;

	int r = DB_GET(w->db, Q_rule_set_find, &find, e, DB_TEXT(":pack", pack->id),
		       DB_TEXT(":version", pack->version));

	if (r < 0)
		return r;
	if (r > 0) {
		*ret = db_int(find, 0);
		if (strcmp(db_text(find, 1, w->arena), pack->text) == 0)
			return 0;
		err_set(e, -PDH_REFUSED, "pack",
			"%s %s is in use with other rules; rules that were changed need "
			"a new version",
			pack->id, pack->version);
		return err_hint(e, "raise \"version\" in its file: pdh rules edit %s",
				pack->id);
	}
	r = db_query(w->db, Q_rule_set_insert, &insert, e);
	if (r < 0)
		return r;
	db_bind_text(insert, ":pack", pack->id);
	db_bind_text(insert, ":version", pack->version);
	db_bind_text(insert, ":body", pack->text);
	r = db_run(w->db, insert, e);
	*ret = db_last_id(w->db);
	return r;
}

int credential_set_endorsements(struct work *w, int64_t id, const struct texts *names,
				struct err *e)
{
	int r = DB_DO(w->db, Q_endorsement_clear, e, DB_INT(":credential_id", id));

	for (size_t i = 0; r == 0 && i < names->n; i++) {
		AUTO_STMT s = NULL;
		r = db_query(w->db, Q_endorsement_insert, &s, e);
		if (r < 0)
			break;
		db_bind_int(s, ":credential_id", id);
		db_bind_text(s, ":endorsement", names->v[i]);
		r = db_run(w->db, s, e);
	}
	return r;
}
