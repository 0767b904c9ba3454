/* What a change did, as events: one for each activity, credential, item, proof and reminder that it touched, whatever it did
 * to the rows that belong to it. */
#include "common/texts.h"
#include "daemon/event/event.h"
#include "daemon/history/note.h"

#include <stdlib.h>

static int by_thing(const void *a, const void *b)
{
	const struct event_note *x = a, *y = b;

	if (x->about != y->about)
		return x->about < y->about ? -1 : 1;
	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return (int)x->weight - (int)y->weight;
}

/* Items come and go with their credential, which is told. */
static bool goes_along(const struct event_notes *all, const struct event_note *n)
{
	const struct event_note credential = {.about = ABOUT_CREDENTIAL,
					      .id = n->credential_id,
					      .weight = CAME_OR_WENT};

	return n->about == ABOUT_ITEM && n->weight == CAME_OR_WENT &&
	       bsearch(&credential, all->v, all->n, sizeof(*all->v), by_thing);
}

/* What is still there is read as it is now. */
static int read_activity(struct work *w, struct event_note *n, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_event_activity, &s, e, DB_INT(":id", n->id));

	if (r <= 0)
		return r;
	struct credit c = {db_int(s, 1), db_text(s, 2, w->arena)};
	n->text = arena_printf(w->arena, "%s %s", texts_credit(w->arena, c),
			       db_text(s, 0, w->arena));
	return 0;
}

static int read_evidence(struct work *w, struct event_note *n, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_event_evidence, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", n->id);
	r = db_step(w->db, s, e);
	if (r > 0)
		n->text = db_text(s, 0, w->arena);
	return r < 0 ? r : 0;
}

static int read_item(struct work *w, struct event_note *n, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_event_item, &s, e, DB_INT(":id", n->id));

	if (r <= 0)
		return r;
	n->credential_id = db_int(s, 0);
	n->text = db_text(s, 1, w->arena);
	return 0;
}

static int read_credential(struct work *w, int64_t id, const char **ret_alias,
			   const char **ret_title, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_event_credential, &s, e, DB_INT(":id", id));

	if (r <= 0)
		return r;
	*ret_alias = db_text(s, 0, w->arena);
	*ret_title = db_text(s, 1, w->arena);
	return 0;
}

static int tell_activity(struct work *w, struct event_note *n, struct err *e)
{
	const char *subject = arena_printf(w->arena, "#%lld", (long long)n->id);
	int r = n->gone ? 0 : read_activity(w, n, e);

	return r < 0 ? r : event_add(w, n->event, NULL, subject, n->text, e);
}

static int tell_evidence(struct work *w, struct event_note *n, struct err *e)
{
	const char *subject = arena_printf(w->arena, "proof %lld", (long long)n->id);
	int r = n->gone ? 0 : read_evidence(w, n, e);

	return r < 0 ? r : event_add(w, n->event, NULL, subject, n->text, e);
}

static int tell_have(struct work *w, struct event_note *n, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = n->gone ? 0 : DB_GET(w->db, Q_event_have, &s, e, DB_INT(":id", n->id));

	if (r > 0)
		n->text = db_text(s, 0, w->arena);
	return r < 0 ? r
		     : event_add(w, n->event, NULL,
				 arena_printf(w->arena, "have %lld", (long long)n->id),
				 n->text, e);
}

static int tell_credential(struct work *w, struct event_note *n, struct err *e)
{
	int r = n->gone ? 0 : read_credential(w, n->id, &n->name, &n->text, e);

	return r < 0 ? r : event_add(w, n->event, n->name, NULL, n->text, e);
}

/* Of a credential: an item or a reminder. */
static int tell_part(struct work *w, struct event_note *n, struct err *e)
{
	const char *alias = NULL, *title = NULL, *subject = n->name;
	int r = 0;

	if (n->about == ABOUT_ITEM) {
		subject = arena_printf(w->arena, "item %lld", (long long)n->id);
		r = n->gone ? 0 : read_item(w, n, e);
	}
	if (r == 0)
		r = read_credential(w, n->credential_id, &alias, &title, e);
	return r < 0 ? r : event_add(w, n->event, alias, subject, n->text, e);
}

static int tell(struct work *w, struct event_note *n, struct err *e)
{
	if (n->about == ABOUT_ACTIVITY)
		return tell_activity(w, n, e);
	if (n->about == ABOUT_HAVE)
		return tell_have(w, n, e);
	if (n->about == ABOUT_EVIDENCE)
		return tell_evidence(w, n, e);
	return n->about == ABOUT_CREDENTIAL ? tell_credential(w, n, e)
					    : tell_part(w, n, e);
}

int tell_events(struct work *w, struct err *e)
{
	struct event_notes all;
	int r = note_read(w, &all, e);

	if (r < 0 || all.n == 0)
		return r;
	qsort(all.v, all.n, sizeof(*all.v), by_thing);
	for (size_t i = 0; r == 0 && i < all.n; i++) {
		const struct event_note *before = i ? &all.v[i - 1] : NULL;
		bool told = before && before->about == all.v[i].about &&
			    before->id == all.v[i].id;
		if (!told && !goes_along(&all, &all.v[i]))
			r = tell(w, &all.v[i], e);
	}
	return r < 0 ? r : event_trim(w, e);
}
