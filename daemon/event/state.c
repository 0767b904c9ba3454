/* credential.state: that a credential is judged to be in another state than was told last. A write may do that, and so
 * may a day that turns. */
#include "daemon/event/event.h"
#include "daemon/judge/held.h"
#include "daemon/judge/standing.h"

#include <string.h>

/* Both go by alias. One that was retired since is among those told, and not in use. */
int event_states_told(struct work *w, const struct status *status, bool *ret,
		      struct err *e)
{
	const struct standing *now = status->credentials.v;
	size_t n = status->credentials.n, i = 0;
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_state_all, &s, e);

	*ret = true;
	if (r < 0)
		return r;
	for (; (r = db_step(w->db, s, e)) > 0; i++) {
		bool same = i < n && strcmp(db_word(s, 0), now[i].alias) == 0;
		if (same && now[i].state)
			same = strcmp(db_word(s, 1),
				      credential_state_word(now[i].state)) == 0;
		*ret = *ret && same;
	}
	*ret = *ret && i == n;
	return r;
}

static int told_last(struct work *w, const char *alias, const char **ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_state_get, &s, e, DB_TEXT(":alias", alias));

	if (r > 0)
		*ret = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}

static int compare(struct work *w, const struct held *h, struct list *to, struct err *e)
{
	struct standing s;
	const char *before = NULL;

	shape_none(&shape_standing, &s);
	int r = standing_of(w, h, w->today, &s, e);
	if (r == 0)
		r = told_last(w, h->alias, &before, e);
	const char *state = credential_state_word(s.state);
	if (r < 0 || !s.state || (before && strcmp(before, state) == 0))
		return r;
	to->v = arena_grow(w->arena, to->v, to->n, sizeof(struct event_state));
	((struct event_state *)to->v)[to->n++] =
		(struct event_state){h->alias, state, before};
	return 0;
}

int event_states_changed(struct work *w, struct list *ret, struct err *e)
{
	struct held_list all;
	int r = held_all(w, DATE_NONE, &all, e);

	*ret = (struct list){0};
	for (size_t i = 0; r == 0 && i < all.n; i++)
		r = compare(w, &all.v[i], ret, e);
	return r;
}

static int store(struct work *w, const struct event_state *c, struct err *e)
{
	int r = DB_DO(w->db, Q_state_set, e, DB_TEXT(":alias", c->alias),
		      DB_TEXT(":state", c->state));

	if (r < 0)
		return r;
	const char *text =
		c->before ? arena_printf(w->arena, "%s, was %s", c->state, c->before)
			  : c->state;
	return event_add(w, "credential.state", c->alias, NULL, text, e);
}

int event_states_store(struct work *w, const struct list *changed, struct err *e)
{
	const struct event_state *v = changed->v;
	AUTO_STMT clear = NULL;
	int r = db_query(w->db, Q_state_clear, &clear, e);

	if (r == 0)
		r = db_run(w->db, clear, e);
	for (size_t i = 0; r == 0 && i < changed->n; i++)
		r = store(w, &v[i], e);
	return r < 0 ? r : event_trim(w, e);
}
