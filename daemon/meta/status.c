/* status.get */
#include "common/texts.h"
#include "daemon/judge/follow.h"
#include "daemon/judge/held_in.h"
#include "daemon/judge/items.h"
#include "daemon/judge/proof.h"
#include "daemon/judge/standing.h"
#include "daemon/meta/prompt.h"
#include "daemon/method.h"
#include "daemon/pack/version.h"
#include "daemon/record/timer.h"
#include "daemon/store/row.h"

#include <string.h>

static int read_person(struct work *w, const char **ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_person_get, &s, e, DB_NONE);

	if (r > 0)
		*ret = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}

/* A file of the person's own that is broken is not used, and they may not know. */
static const char *broken_packs(struct work *w)
{
	struct texts problems;

	pack_library_own_problems(w->packs, &problems);
	if (problems.n == 0)
		return NULL;
	return arena_printf(w->arena,
			    "%s of your own rules packs cannot be used: pdh rules list "
			    "says why",
			    problems.n == 1 ? "One"
					    : arena_printf(w->arena, "%zu", problems.n));
}

/* A cycle keeps its rules; that there are newer ones is said until they are taken over. */
static void add_newer(struct work *w, const struct standing *s, struct texts *to)
{
	const bool open =
		s->cycle && s->cycle->closed_on == DATE_NONE && s->state != STATE_RETIRED;
	const struct pack *now = open && s->pack ? version_now(w->packs, s->pack) : NULL;

	if (now && version_is_newer(now->version, s->version))
		texts_add(to,
			  arena_printf(w->arena,
				       "Rules of %s have a newer version (%s): pdh rules "
				       "diff %s",
				       s->alias, now->version, s->alias),
			  w->arena);
}

static void add_notices(struct work *w, struct status *ret)
{
	const char *broken = broken_packs(w);

	for (size_t i = 0; i < ret->credentials.n; i++) {
		const struct standing *s = &ret->credentials.v[i];
		bool over = s->state == STATE_LAPSED || s->state == STATE_LATE;
		if (over && s->required.unit && s->remaining.exact == 0)
			texts_add(
				&ret->notices,
				arena_printf(
					w->arena,
					"%s was complete when its cycle ended. Renewed? "
					"pdh credential renew %s",
					s->alias, s->alias),
				w->arena);
		add_newer(w, s, &ret->notices);
	}
	if (broken)
		texts_add(&ret->notices, broken, w->arena);
}

/* Which ends otherwise than the credential that it ends with. */
static int add_followers(struct work *w, const struct held_list *chosen, struct texts *to,
			 struct err *e)
{
	const char *doubt;

	for (size_t i = 0; i < chosen->n; i++) {
		int r = follow_doubt(w, &chosen->v[i], &doubt, e);
		if (r < 0)
			return r;
		if (doubt)
			texts_add(to, doubt, w->arena);
	}
	return 0;
}

/* Whether the cycle ends soon: an audit asks for proof then, wherever it is kept. */
static bool ends_soon(const struct held *h, civil_day today)
{
	return h->cycle.ends != DATE_NONE && today <= h->cycle.ends &&
	       h->cycle.ends - today <= ITEM_WARN_DAYS;
}

/* What counts without a proof that its rules want kept, as of today: of every cycle for who keeps proofs here, and for who
 * keeps them elsewhere before a cycle ends. */
static int add_unproved(struct work *w, const struct held_list *chosen, struct texts *to,
			struct err *e)
{
	int r = proof_any(w, e);
	bool here = r > 0;

	for (size_t i = 0; r >= 0 && i < chosen->n; i++) {
		const struct held *h = &chosen->v[i];
		struct list missing = {0, NULL};
		if (!held_counts_hours(h, w->today) || !(here || ends_soon(h, w->today)))
			continue;
		if (proof_missing(w, h, &missing, e) < 0)
			return e->code;
		if (missing.n && !here)
			texts_add(to,
				  arena_printf(
					  w->arena,
					  "the proofs that %s wants kept are not here; "
					  "an audit asks for them: pdh report audit %s",
					  h->alias, h->alias),
				  w->arena);
		else if (missing.n)
			texts_add(to,
				  arena_printf(
					  w->arena,
					  "%zu %s of %s %s proof: pdh evidence "
					  "--missing --for %s",
					  missing.n, missing.n == 1 ? "entry" : "entries",
					  h->alias, missing.n == 1 ? "lacks" : "lack",
					  h->alias),
				  w->arena);
	}
	return r < 0 ? r : 0;
}

/* What was planned and whose day is over counts for nothing until somebody says that it was done: one line for all of it. */
static int add_overdue(struct work *w, struct texts *to, struct err *e)
{
	const char *title = "";
	int64_t id = INT_NONE;
	civil_day day = DATE_NONE;
	AUTO_STMT s = NULL;
	size_t n = 0;
	int r = db_query(w->db, Q_activity_overdue, &s, e);

	if (r < 0)
		return r;
	db_bind_date(s, ":today", w->today);
	for (; (r = db_step(w->db, s, e)) > 0; n++) {
		if (n)
			continue;
		id = db_int(s, 0);
		title = db_text(s, 1, w->arena);
		day = db_date(s, 2);
	}
	if (n == 1)
		texts_add(to,
			  arena_printf(w->arena,
				       "#%lld %.60s was planned for %s. Done? pdh edit "
				       "%lld --done, else pdh rm %lld",
				       (long long)id, title, texts_day(w->arena, day),
				       (long long)id, (long long)id),
			  w->arena);
	else if (n)
		texts_add(
			to,
			arena_printf(w->arena,
				     "%zu planned entries are of days that are over: pdh "
				     "list --planned; then pdh edit ID --done",
				     n),
			w->arena);
	return r;
}

int method_status_get(struct work *w, const struct status_get_params *p,
		      struct status *ret, struct err *e)
{
	struct held_list all, chosen = {NULL, 0};
	civil_day day;

	int r = held_as_of(w, p->as_of, &day, &all, e);
	if (r == 0)
		r = held_choose(w, &all, &p->credentials, day, &chosen, e);
	if (r == 0)
		r = held_in_each(w, p->cycle, p->credentials.n > 0, &chosen, e);
	if (r == 0)
		r = read_person(w, &ret->person, e);
	/* What runs, runs now. */
	if (r == 0 && day == w->today && !p->cycle)
		r = timer_read(w, &ret->running, e);
	if (r < 0)
		return r;
	ret->credentials.n = chosen.n;
	ret->credentials.v = arena_array(w->arena, chosen.n + 1, sizeof(struct standing));
	ret->as_of = p->cycle && chosen.n ? DATE_NONE : day;
	for (size_t i = 0; r == 0 && i < chosen.n; i++) {
		const struct held *h = &chosen.v[i];
		civil_day judged = p->cycle ? held_in_day(w, h, p->as_of) : day;
		r = standing_of(w, h, judged, &ret->credentials.v[i], e);
		ret->as_of = judged > ret->as_of ? judged : ret->as_of;
	}
	if (r < 0)
		return r;
	/* What is to be done about a cycle that is over is no news. */
	if (!p->cycle)
		add_notices(w, ret);
	if (p->as_of == DATE_NONE && !p->cycle)
		r = add_followers(w, &chosen, &ret->notices, e);
	if (r == 0 && p->as_of == DATE_NONE && !p->cycle)
		r = add_unproved(w, &chosen, &ret->notices, e);
	if (r == 0 && p->as_of == DATE_NONE && !p->cycle)
		r = add_overdue(w, &ret->notices, e);
	if (r < 0)
		return r;
	ret->prompt = prompt_of(w, ret);
	return 0;
}
