/* prompt.get */
#include "daemon/meta/prompt.h"

#include "common/clock.h"
#include "daemon/method.h"

#include <string.h>

/* Items that are due soon or overdue; those only advised are not urged. */
static size_t urgent_items(const struct standing *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->items.n; i++) {
		const struct item *item = &s->items.v[i];
		bool advice = item->level == RULE_LEVEL_SHOULD;
		n += !advice && (item->state == ITEM_STATE_DUE_SOON ||
				 item->state == ITEM_STATE_OVERDUE);
	}
	return n;
}

/* A credential that is behind or over counts once, and each of its items that is urgent once;
 * one that is only "due soon" because of an item is told by that item. */
static size_t urgent(const struct standing *s)
{
	if (s->check == 0)
		return 0;
	size_t items = urgent_items(s);
	bool by_items = items > 0 && s->state && s->state == STATE_DUE_SOON;

	return by_items ? items : items + 1;
}

/* The time of the day, or the weekday where that was another day. */
static const char *since(struct work *w, int64_t at)
{
	enum { WEEKDAY = 3, MINUTES = 5 };
	char day[DATE_HUMAN_SIZE], clock[TIME_CLOCK_SIZE];

	date_format_human(clock_day_of(at), day);
	time_format_clock(at, clock);
	return clock_day_of(at) == w->today ? arena_dup_n(w->arena, clock, MINUTES)
					    : arena_dup_n(w->arena, day, WEEKDAY);
}

const char *prompt_of(struct work *w, const struct status *status)
{
	size_t n = 0;

	for (size_t i = 0; i < status->credentials.n; i++)
		n += urgent(&status->credentials.v[i]);
	const char *urgent_text = n ? arena_printf(w->arena, "PD:%zu!", n) : NULL;
	if (!status->running)
		return urgent_text;
	return arena_printf(w->arena, "%s since %s", n ? urgent_text : "PD",
			    since(w, status->running->began_at));
}

int prompt_status(struct work *w, struct status *ret, struct err *e)
{
	const struct status_get_params everything = {.as_of = DATE_NONE};

	shape_none(&shape_status, ret);
	return method_status_get(w, &everything, ret, e);
}

int method_prompt_get(struct work *w, const struct prompt_get_params *p,
		      struct prompt *ret, struct err *e)
{
	struct status status;
	int r = prompt_status(w, &status, e);

	(void)p;
	ret->as_of = w->today;
	ret->text = r < 0 ? NULL : status.prompt;
	return r;
}
