#include "daemon/record/activity_filter.h"

#include "common/similar.h"
#include "daemon/judge/held_in.h"

#include <string.h>

/* ---- what is asked for -------------------------------------------------------------------------- */

static void narrow(struct period *days, civil_day from, civil_day to)
{
	if (from != DATE_NONE && (days->from == DATE_NONE || from > days->from))
		days->from = from;
	if (to != DATE_NONE && (days->to == DATE_NONE || to < days->to))
		days->to = to;
}

/* To the cycle of a credential that is meant, if one is named; its number, or INT_NONE. */
static int narrow_to(struct work *w, const struct held_list *held, const char *alias,
		     const struct activity_list_params *p, struct filter *f,
		     int64_t *ret_id, struct err *e)
{
	const char *field = alias == p->unsubmitted ? "unsubmitted" : "credential";
	struct held *h;

	*ret_id = INT_NONE;
	if (!alias)
		return 0;
	int r = held_pick(held, alias, field, &h, e);
	if (r == 0)
		r = held_in(w, p->cycle, h, e);
	if (r < 0)
		return r;
	narrow(&f->days, h->cycle.begins, h->cycle.ends);
	*ret_id = h->id;
	return 0;
}

/* Whose cycle is meant: of the one that is named, or of the only one there is. */
static int whose_cycle(const struct held_list *held, const struct activity_list_params *p,
		       const char **ret, struct err *e)
{
	if (p->credential || held->n == 1) {
		*ret = p->credential ? p->credential : held->v[0].alias;
		return 0;
	}
	err_set(e, -PDH_USAGE, "credential",
		"Whose cycle? Name the credential with --for.");
	return held->n ? err_hint(e, "such as --for %s", held->v[0].alias) : e->code;
}

/* The stored words that read like a given one, as a list of JSON; NULL where none is given. */
static int find_alike(struct work *w, enum db_query q, const char *word, const char **ret,
		      struct err *e)
{
	AUTO_STMT s = NULL;

	*ret = NULL;
	if (!word)
		return 0;
	int r = DB_GET(w->db, q, &s, e, DB_TEXT(":folded", similar_fold(word, w->arena)));
	if (r > 0)
		*ret = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}

static int read_params(struct work *w, const struct activity_list_params *p,
		       const struct held_list *held, struct filter *f, struct err *e)
{
	const char *whose = p->credential;
	int64_t counts_for;
	int r = 0;

	*f = (struct filter){
		.days = p->period,
		.planned = p->planned > 0,
	};
	narrow(&f->days, p->since, p->until);
	if (p->cycle && !p->unsubmitted && (r = whose_cycle(held, p, &whose, e)) < 0)
		return r;
	r = narrow_to(w, held, whose, p, f, &counts_for, e);
	if (r == 0)
		r = narrow_to(w, held, p->unsubmitted, p, f, &f->unsubmitted, e);
	if (r < 0)
		return r;
	f->provider = p->provider ? similar_fold(p->provider, w->arena) : NULL;
	if (p->text || p->filter || p->sort > ENTRY_SORT_NEWEST)
		return activity_filter_all(w, p, held, &f->all, e);
	r = find_alike(w, Q_topics_alike, p->topic, &f->topic, e);
	return r < 0 ? r : find_alike(w, Q_kinds_alike, p->kind, &f->kind, e);
}

bool activity_filter_is_plain(const struct filter *f)
{
	return !f->topic && !f->kind && !f->provider && !f->all &&
	       f->unsubmitted == INT_NONE;
}

static const char *word_of(const char *text, struct arena *a)
{
	return text ? arena_printf(a, "%zu:%s", strlen(text), text) : "-";
}

const char *activity_filter_key(const struct filter *f, struct arena *a)
{
	return arena_printf(a, "%d..%d %d %lld %s %s %s", (int)f->days.from,
			    (int)f->days.to, f->planned, (long long)f->unsubmitted,
			    word_of(f->topic, a), word_of(f->kind, a),
			    word_of(f->provider, a));
}

void activity_filter_bind_days(struct sqlite3_stmt *s, const struct filter *f)
{
	if (f->days.from == DATE_NONE)
		db_bind_text(s, ":since", "");
	else
		db_bind_date(s, ":since", f->days.from);
	if (f->days.to == DATE_NONE)
		db_bind_text(s, ":until", "9999");
	else
		db_bind_date(s, ":until", f->days.to);
}

void activity_filter_bind(struct sqlite3_stmt *s, const struct filter *f, bool found)
{
	activity_filter_bind_days(s, f);
	db_bind_int(s, ":planned", f->planned ? 1 : INT_NONE);
	db_bind_int(s, ":unsubmitted", f->unsubmitted);
	db_bind_text(s, ":topic", f->topic);
	db_bind_text(s, ":kind", f->kind);
	db_bind_text(s, ":provider", f->provider);
	if (!found)
		return;
	db_bind_text(s, ":by_topic", f->by == FILTER_BY_TOPIC ? f->topic : NULL);
	db_bind_text(s, ":by_kind", f->by == FILTER_BY_KIND ? f->kind : NULL);
	db_bind_int(s, ":by_plan", f->by == FILTER_BY_PLAN ? 1 : 0);
	db_bind_text(s, ":by_provider", f->by == FILTER_BY_PROVIDER ? f->provider : NULL);
}

/* ---- on which way it is found ------------------------------------------------------------------- */

static int count_days(struct work *w, struct filter *f, int64_t *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_month_entries, &s, e);

	if (r < 0)
		return r;
	activity_filter_bind_days(s, f);
	r = db_step(w->db, s, e);
	if (r > 0)
		*ret = db_int(s, 0);
	return r < 0 ? r : 0;
}

/* Takes the index if it knows fewer than what was found the best before. */
static int try_index(struct work *w, struct filter *f, enum filter_by by,
		     const char *value, struct err *e)
{
	static const enum db_query counts[] = {
		[FILTER_BY_TOPIC] = Q_found_by_topic,
		[FILTER_BY_KIND] = Q_found_by_kind,
		[FILTER_BY_PLAN] = Q_found_by_plan,
		[FILTER_BY_PROVIDER] = Q_found_by_provider,
	};
	AUTO_STMT s = NULL;

	if (!value)
		return 0;
	int r = DB_GET(w->db, counts[by], &s, e, DB_TEXT(":value", value),
		       DB_INT(":most", f->most));

	if (r > 0 && db_int(s, 0) < f->found) {
		f->by = by;
		f->found = db_int(s, 0);
	}
	return r < 0 ? r : 0;
}

static int64_t root_of(int64_t n)
{
	int64_t low = 0, high = INT64_C(1) << 31;

	while (low < high) {
		int64_t middle = low + (high - low + 1) / 2;
		if (middle <= n / middle)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* Of `days` entries an index knows `found`, and a page holds `limit`: on the way by day about limit * days / found of
 * them are looked at, by the index `found`. They are equal at the root of limit * days. */
static int choose(struct work *w, struct filter *f, int64_t limit, struct err *e)
{
	int64_t days = 0;
	int r = count_days(w, f, &days, e);

	f->found = days;
	f->most = root_of(limit * days) + 1;
	if (r == 0)
		r = try_index(w, f, FILTER_BY_TOPIC, f->topic, e);
	if (r == 0)
		r = try_index(w, f, FILTER_BY_KIND, f->kind, e);
	if (r == 0)
		r = try_index(w, f, FILTER_BY_PLAN, f->planned ? "1" : NULL, e);
	if (r == 0)
		r = try_index(w, f, FILTER_BY_PROVIDER, f->provider, e);
	return r;
}

int activity_filter_make(struct work *w, const struct activity_list_params *p,
			 const struct held_list *held, int64_t limit, struct filter *ret,
			 struct err *e)
{
	int r = read_params(w, p, held, ret, e);

	return r < 0 || ret->all ? r : choose(w, ret, limit, e);
}
