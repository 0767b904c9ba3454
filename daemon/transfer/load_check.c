/* What can only be told once all lines are in. */
#include "common/texts.h"
#include "daemon/remind/policy.h"
#include "daemon/transfer/load.h"

#include <string.h>

static int check_fit(struct load *l)
{
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_load_unfit, &s, l->e);

	if (r == 0)
		r = db_step(l->w->db, s, l->e);
	return r <= 0 ? r
		      : err_set(l->e, -PDH_REFUSED, NULL,
				"%.60s has no open cycle in the file", db_word(s, 0));
}

/* Whoever reads a file of another does not have it say which programs are run. */
static int check_programs(struct load *l, const struct held *h,
			  const struct remind_policy *p)
{
	for (size_t i = 0; i < p->ways_n && l->p->programs <= 0; i++) {
		const char *program = strchr(p->ways[i].channel, ':');
		if (!program)
			continue;
		return err_set(
			l->e, -PDH_REFUSED, NULL,
			"reminders%s%s would run \"%.200s\"; say --programs if that "
			"is what you want",
			h ? " of " : "", h ? h->alias : "", program + 1);
	}
	return 0;
}

static bool is_new(const struct load *l, const struct held *h)
{
	const struct places *all = &l->ids[PART_credentials];

	for (size_t i = 0; i < all->room; i++)
		if (all->v[i].used && all->v[i].id == h->id)
			return true;
	return false;
}

static int check_policies(struct load *l)
{
	struct remind_policy policy;
	struct held_list held;
	int r = held_all(l->w, DATE_NONE, &held, l->e);

	for (size_t i = 0; r == 0 && i < held.n; i++) {
		if (!is_new(l, &held.v[i]))
			continue;
		r = remind_policy_read(l->w, &held.v[i], &policy, l->e);
		if (r == 0)
			r = check_programs(l, &held.v[i], &policy);
	}
	if (r == 0 && l->usual)
		r = remind_policy_read(l->w, NULL, &policy, l->e);
	return r < 0 || !l->usual ? r : check_programs(l, NULL, &policy);
}

static int keep_numbers(struct load *l)
{
	static const struct {
		const char *table;
		enum db_query keep;
	} all[] = {{"credential", Q_load_keep_credentials},
		   {"activity", Q_load_keep_activities},
		   {"item", Q_load_keep_items}};
	int r = 0;

	for (size_t i = 0; r == 0 && i < sizeof(all) / sizeof(all[0]); i++) {
		AUTO_STMT begin = NULL;
		AUTO_STMT keep = NULL;
		r = db_query(l->w->db, Q_load_begin_sequence, &begin, l->e);
		if (r < 0)
			break;
		db_bind_text(begin, ":name", all[i].table);
		r = db_run(l->w->db, begin, l->e);
		if (r == 0)
			r = db_query(l->w->db, all[i].keep, &keep, l->e);
		if (r == 0)
			r = db_run(l->w->db, keep, l->e);
	}
	return r;
}

static void tell_there(struct load *l)
{
	struct arena *a = l->w->arena;
	const char *all = "";

	for (size_t i = 0; i < l->there.n; i++)
		all = arena_printf(a, "%s%s%s", all, i ? ", " : "", l->there.v[i]);
	if (l->there.n)
		texts_add(&l->ret->notes,
			  arena_printf(a,
				       "%s: there already, with cycles, facts, items and "
				       "reminders that stay as they are",
				       all),
			  a);
}

int load_check(struct load *l)
{
	int r = check_fit(l);

	tell_there(l);

	if (r == 0)
		r = check_policies(l);
	return r < 0 ? r : keep_numbers(l);
}
