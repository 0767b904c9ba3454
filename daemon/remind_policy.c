/* reminder.policy */
#include "daemon/remind_policy.h"

#include "daemon/held.h"
#include "daemon/method.h"
#include "daemon/remind_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct remind_policy usual = {
	.rungs = {365, 180, 90, 60, 30, 14, 7, 1, 0, -1, -7, -30},
	.n = 12,
	.minute = 8 * 60,
	.usual = true,
};

/* ---- as text ------------------------------------------------------------------------------ */

/* "90d, 30d, 0d" of one side of the day. */
static const char *days_text(const struct remind_policy *p, bool after, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < p->n; i++)
		if ((p->rungs[i] < 0) == after)
			text = arena_printf(a, "%s%s%dd", text, *text ? ", " : "",
					    abs(p->rungs[i]));
	return text;
}

static int most_first(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

/* Takes one number of days off `text`, with "d" or without; 0 at its end, -1 where there is none. */
static int next_days(const char **text, long *ret)
{
	char *end;

	*text += strspn(*text, ", ");
	if (!**text)
		return 0;
	if (**text < '0' || **text > '9')
		return -1;
	*ret = strtol(*text, &end, 10);
	end += *end == 'd';
	*text = end;
	return *end && *end != ',' && *end != ' ' ? -1 : 1;
}

static int add_days(struct remind_policy *p, const char *field, const char *text,
		    struct err *e)
{
	bool after = strcmp(field, "after") == 0;
	long least = after ? 1 : 0, most = after ? REMIND_AFTER_MAX : REMIND_LEAD_MAX;
	const char *rest = text;
	long days;
	int r;

	while ((r = next_days(&rest, &days)) > 0) {
		if (days < least || days > most)
			return err_set(e, -PDH_USAGE, field, "is from %ldd to %ldd",
				       least, most);
		if (p->n == REMIND_RUNGS)
			return err_set(e, -PDH_USAGE, field,
				       "makes more than %d reminders of one day",
				       REMIND_RUNGS);
		p->rungs[p->n++] = (int)(after ? -days : days);
	}
	if (r < 0)
		return err_set(e, -PDH_USAGE, field,
			       "\"%.40s\" is not a list of days such as 90d,30d,1d",
			       text);
	return 0;
}

/* Most first, each once. */
static void sort(struct remind_policy *p)
{
	size_t n = 0;

	qsort(p->rungs, p->n, sizeof(p->rungs[0]), most_first);
	for (size_t i = 0; i < p->n; i++)
		if (n == 0 || p->rungs[n - 1] != p->rungs[i])
			p->rungs[n++] = p->rungs[i];
	p->n = n;
}

static int read_minute(const char *text, int *ret, struct err *e)
{
	unsigned hour, minute;
	char end;

	if (sscanf(text, "%2u:%2u%c", &hour, &minute, &end) != 2 || hour > 23 ||
	    minute > 59)
		return err_set(e, -PDH_USAGE, "at", "is a time of the day such as 08:00");
	*ret = (int)(hour * 60 + minute);
	return 0;
}

/* ---- stored -------------------------------------------------------------------------------- */

int remind_policy_read(struct work *w, int64_t credential_id, struct remind_policy *ret,
		       struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_reminder_policy_get, &s, e);

	*ret = usual;
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	r = db_step(w->db, s, e);
	if (r <= 0)
		return r;
	*ret = (struct remind_policy){.minute = (int)db_int(s, 2)};
	r = add_days(ret, "lead", db_text(s, 0, w->arena), e);
	if (r == 0)
		r = add_days(ret, "after", db_text(s, 1, w->arena), e);
	sort(ret);
	return r;
}

static int store(struct work *w, int64_t credential_id, const struct remind_policy *p,
		 struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(
		w->db, p->usual ? Q_reminder_policy_unset : Q_reminder_policy_set, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", credential_id);
	if (!p->usual) {
		db_bind_text(s, ":lead", days_text(p, false, w->arena));
		db_bind_text(s, ":after", days_text(p, true, w->arena));
		db_bind_int(s, ":minute", p->minute);
	}
	return db_run(w->db, s, e);
}

/* ---- the method ---------------------------------------------------------------------------- */

/* What was told, put in place of what there is. */
static int merge(struct work *w, const struct reminder_policy_params *p,
		 struct remind_policy *policy, struct err *e)
{
	struct remind_policy now = {.minute = policy->minute};
	const char *lead = p->lead ? p->lead : days_text(policy, false, w->arena);
	const char *after = p->after ? p->after : days_text(policy, true, w->arena);

	int r = add_days(&now, "lead", lead, e);
	if (r == 0)
		r = add_days(&now, "after", after, e);
	if (r == 0 && p->at)
		r = read_minute(p->at, &now.minute, e);
	sort(&now);
	*policy = now;
	return r;
}

static int change(struct work *w, const struct held *h,
		  const struct reminder_policy_params *p, struct remind_policy *policy,
		  struct err *e)
{
	bool told = p->lead || p->after || p->at;
	int r = 0;

	if (p->usual > 0 && told)
		return err_set(e, -PDH_USAGE, "usual",
			       "goes without --lead, --after and --at");
	if (p->usual > 0)
		*policy = usual;
	else if (told)
		r = merge(w, p, policy, e);
	if (r < 0 || (p->usual <= 0 && !told))
		return r;
	w->what = arena_printf(w->arena, "set reminders of %s", h->alias);
	return store(w, h->id, policy, e);
}

/* What is due, or comes first. */
static int find_next(struct work *w, const char *alias, struct reminder **ret,
		     struct err *e)
{
	const struct reminder_list_params p = {
		.credentials = {1, arena_alloc(w->arena, sizeof(const char *))},
		.all = -1,
	};
	struct reminders all = {0};

	p.credentials.v[0] = alias;
	int r = method_reminder_list(w, &p, &all, e);
	if (r == 0 && all.reminders.n)
		*ret = &all.reminders.v[0];
	return r;
}

int method_reminder_policy(struct work *w, const struct reminder_policy_params *p,
			   struct reminder_policy *ret, struct err *e)
{
	struct remind_policy policy;
	struct held h;

	int r = held_find(w, p->credential, "credential", &h, e);
	if (r == 0)
		r = remind_policy_read(w, h.id, &policy, e);
	if (r == 0)
		r = change(w, &h, p, &policy, e);
	if (r == 0)
		r = find_next(w, h.alias, &ret->next, e);
	if (r < 0)
		return r;
	ret->op = work_op(w);
	ret->dry_run = w->dry_run;
	ret->credential = h.alias;
	ret->usual = policy.usual;
	ret->lead = days_text(&policy, false, w->arena);
	ret->after = days_text(&policy, true, w->arena);
	ret->at = arena_printf(w->arena, "%02d:%02d", policy.minute / 60,
			       policy.minute % 60);
	return 0;
}
