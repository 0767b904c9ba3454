/* Key `reminders` of a pack: the ladder of its board. */
#include "daemon/pack/read/parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAST_AFTER = 1, MOST_AFTER = 366, MOST_BEFORE = 3660, MOST_RUNGS = 16 };

/* One day of a list: 90, or 90d. */
static int read_day(struct reader *r, const struct yaml *v, bool after, long *ret)
{
	long least = after ? LEAST_AFTER : 0, most = after ? MOST_AFTER : MOST_BEFORE;
	const char *text;
	char *end;

	if (read_text_of(r, v, "days", KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	*ret = strtol(text, &end, 10);
	end += *end == 'd';
	if (*text < '0' || *text > '9' || *end || *ret < least || *ret > most)
		return read_refuse(r, v,
				   "\"%.20s\" is not a number of days from %ld to %ld",
				   text, least, most);
	return 0;
}

/* As the policy of a person has it: "90d, 30d". */
static int read_days_list(struct reader *r, const struct key *k, const struct yaml *v,
			  void *into)
{
	bool after = strcmp(k->word, "after") == 0;
	const char *all = "";
	long days;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	if (v->n > MOST_RUNGS)
		return read_refuse(r, v, "%s has at most %d days", k->word, MOST_RUNGS);
	for (const struct yaml *one = v->first; one; one = one->next) {
		if (read_day(r, one, after, &days) < 0)
			return -PDH_REFUSED;
		all = arena_printf(r->arena, "%s%s%ldd", all, *all ? ", " : "", days);
	}
	*(const char **)((char *)into + k->offset) = all;
	return 0;
}

int read_reminders(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into)
{
	static const struct key keys[] = {
		{"before", false, read_days_list, offsetof(struct pack, remind_before),
		 KIND_WORD},
		{"after", false, read_days_list, offsetof(struct pack, remind_after),
		 KIND_WORD},
	};

	return READ_MAP(r, v, k->word, keys, into);
}
