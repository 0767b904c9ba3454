#include "daemon/desk/shown.h"

#include "common/arena.h"

#include <stdlib.h>
#include <string.h>

static struct desk_shown *find(const struct desk_shown *list, const char *ladder)
{
	while (list && strcmp(list->ladder, ladder) != 0)
		list = list->next;
	return (struct desk_shown *)list;
}

void desk_shown_remember(struct desk_shown **list, const char *ladder, uint32_t id,
			 int64_t attempt, uint64_t since)
{
	struct desk_shown *s = find(*list, ladder);

	if (!s) {
		s = calloc(1, sizeof(*s));
		if (!s || !(s->ladder = strdup(ladder)))
			oom();
		s->next = *list;
		*list = s;
	}
	s->id = id;
	s->attempt = attempt;
	s->since = since;
}

uint32_t desk_shown_id(const struct desk_shown *list, const char *ladder)
{
	const struct desk_shown *s = find(list, ladder);

	return s ? s->id : 0;
}

bool desk_shown_forget(struct desk_shown **list, uint32_t id, struct desk_shown *ret)
{
	struct desk_shown **at = list, *gone;

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	gone = *at;
	if (!gone)
		return false;
	if (ret)
		*ret = (struct desk_shown){
			.id = id, .attempt = gone->attempt, .since = gone->since};
	*at = gone->next;
	free(gone->ladder);
	free(gone);
	return true;
}

void desk_shown_forget_all(struct desk_shown **list)
{
	while (*list)
		(void)desk_shown_forget(list, (*list)->id, NULL);
}
