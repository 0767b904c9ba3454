#include "tests/support/acts_kinds.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

int acts_draw(struct acts *a, int n)
{
	a->state ^= a->state << 13;
	a->state ^= a->state >> 7;
	a->state ^= a->state << 17;
	return (int)((a->state >> 11) % (uint64_t)n);
}

static int count_of(struct acts *a, const char *sql)
{
	sqlite3_stmt *s = NULL;
	int n = 0;

	if (sqlite3_prepare_v2(db_handle(a->home->rpc.db), sql, -1, &s, NULL) ==
		    SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_ROW)
		n = sqlite3_column_int(s, 0);
	sqlite3_finalize(s);
	return n;
}

bool acts_know(const char *method)
{
	for (size_t i = 0; i < act_kind_count; i++)
		if (strcmp(act_kinds[i].method, method) == 0)
			return true;
	return false;
}

static size_t drawn(struct acts *a)
{
	int sum = 0;
	size_t i = 0;

	for (size_t k = 0; k < act_kind_count; k++)
		sum += act_kinds[k].weight;
	for (int at = acts_draw(a, sum); at >= act_kinds[i].weight; i++)
		at -= act_kinds[i].weight;
	return i;
}

static size_t place_of(const char *method)
{
	size_t i = 0;

	while (strcmp(act_kinds[i].method, method) != 0)
		i++;
	return i;
}

/* Records stay small, and there is something to act upon. */
struct act acts_next(struct acts *a)
{
	enum { CREDENTIALS = 5, ACTIVITIES = 40 };
	int credentials = count_of(a, "SELECT count(*) FROM credential");
	size_t i = drawn(a);

	if (count_of(a, "SELECT count(*) FROM activity") > ACTIVITIES &&
	    acts_draw(a, 100) < 30)
		i = place_of("activity.remove");
	else if (credentials > CREDENTIALS && acts_draw(a, 100) < 30)
		i = place_of("credential.remove");
	else if (credentials < 2 && acts_draw(a, 100) < 50)
		i = place_of("credential.add");
	struct act act = {act_kinds[i].method, json_object()};
	act_kinds[i].fill(a, act.params);
	acts_say_more(a, act.method, act.params);
	return act;
}

static void set_clock(struct acts *a)
{
	char iso[DATE_ISO_SIZE], when[64];

	date_format_iso(a->today, iso);
	snprintf(when, sizeof(when), "%sT%02d:30:00", iso, 7 + acts_draw(a, 12));
	home_clock(a->home, when);
}

void acts_travel(struct acts *a)
{
	a->today += 1 + acts_draw(a, 45);
	set_clock(a);
}

void acts_begin(struct acts *a, struct home *h, uint64_t seed)
{
	static const char rules[] =
		"authority: The board\nread: 2023-01-02\nunit: hour\ncalendar: {length: 1 year}\n"
		"sources: {s: {title: The rule, mark: confirmed}}\n"
		"facts:\n  work: {type: choice, of: [school, none], ask: Where?}\n"
		"  group: {type: choice, of: [a, b], ask: Which?}\n"
		"  size: {type: number, ask: How many?}\n"
		"rules:\n  - {id: total, need: 10, cite: s}\n"
		"  - {id: ethics, need: 1, where: {topic: ethics}, cite: s}\n"
		"  - {id: cap, limit: 4, where: {kind: self-study}, cite: s}\n"
		"  - {id: over, carry: {most: 6}, cite: s}\n"
		"  - {id: fee, duty: pay, due: period end - 30 days, title: The fee, cite: s,\n"
		"     when: {work: school}}\n"
		"  - {id: tell, duty: report, due: period end - 60 days, title: Tell them, cite: s,\n"
		"     when: {group: b}}\n";
	char pack[2048];

	/* The uids that the database draws. */
	sqlite3_test_control(SQLITE_TESTCTRL_PRNG_SEED, (int)seed, db_handle(h->rpc.db));
	*a = (struct acts){.home = h,
			   .state = seed * 0x9E3779B97F4A7C15U | 1,
			   .today = date_make(2024, 2, 3)};
	snprintf(pack, sizeof(pack), "pack: lab\nversion: 1\ntitle: Laboratory\n%s%s",
		 rules,
		 "  - {id: finish, duty: finish, due: period end, cite: s,\n"
		 "     late: {until: period end + 4 months, fill: previous}}\n");
	home_pack(h, "lab", pack);
	snprintf(
		pack, sizeof(pack), "pack: club\nversion: 1\ntitle: The club\n%s%s",
		rules,
		"  - {id: course, duty: course, due: period end, every: 5 years, cite: s}\n");
	home_pack(h, "club", pack);
	set_clock(a);
}
