/* What each changed row says about the activity, credential, item or reminder that it belongs to. */
#include "daemon/history/note.h"

#include "common/texts.h"
#include "daemon/remind/plan.h"
#include "daemon/store/change_rows.h"

#include <string.h>

static struct event_note *add(struct event_notes *to, enum event_about about, int64_t id,
			      enum event_weight weight, const char *event)
{
	to->v = arena_grow(to->w->arena, to->v, to->n, sizeof(*to->v));
	to->v[to->n] = (struct event_note){
		.about = about, .id = id, .weight = weight, .event = event};
	return &to->v[to->n++];
}

static struct event_note *add_own(struct event_notes *to, enum event_about about,
				  const struct change_row *row,
				  const char *const events[3])
{
	struct event_note *n =
		add(to, about, change_row_int(row, 0),
		    row->how == ROW_EDITED ? DIFFERENT : CAME_OR_WENT, events[row->how]);

	n->gone = row->how == ROW_REMOVED;
	return n;
}

static int note_activity(struct event_notes *to, const struct change_row *row,
			 struct err *e)
{
	static const char *const events[] = {"activity.added", "activity.edited",
					     "activity.removed"};
	enum { TITLE = 1, CREDIT = 5, UNIT };
	struct arena *a = to->w->arena;
	struct event_note *n = add_own(to, ABOUT_ACTIVITY, row, events);

	(void)e;
	if (n->gone) {
		const char *unit = change_row_text(row, UNIT, a);
		struct credit c = {change_row_int(row, CREDIT), unit};
		n->text = arena_printf(a, "%s %s", texts_credit(a, c),
				       change_row_text(row, TITLE, a));
	}
	return 0;
}

static int note_credential(struct event_notes *to, const struct change_row *row,
			   struct err *e)
{
	static const char *const events[] = {"credential.added", "credential.edited",
					     "credential.removed"};
	struct event_note *n = add_own(to, ABOUT_CREDENTIAL, row, events);

	(void)e;
	if (n->gone) {
		n->name = change_row_text(row, 1, to->w->arena);
		n->text = change_row_text(row, 2, to->w->arena);
	}
	return 0;
}

static int note_item(struct event_notes *to, const struct change_row *row, struct err *e)
{
	static const char *const events[] = {"item.added", "item.edited", "item.removed"};
	struct event_note *n = add_own(to, ABOUT_ITEM, row, events);

	(void)e;
	n->credential_id = change_row_int(row, 1);
	if (n->gone)
		n->text = change_row_text(row, 2, to->w->arena);
	return 0;
}

static int note_have(struct event_notes *to, const struct change_row *row, struct err *e)
{
	static const char *const events[] = {"have.added", "have.edited", "have.removed"};
	enum { KIND = 2, TITLE };
	struct arena *a = to->w->arena;
	struct event_note *n = add_own(to, ABOUT_HAVE, row, events);

	(void)e;
	if (n->gone)
		n->text = arena_printf(a, "%s %s", change_row_text(row, KIND, a),
				       change_row_text(row, TITLE, a));
	return 0;
}

static int note_evidence(struct event_notes *to, const struct change_row *row,
			 struct err *e)
{
	static const char *const events[] = {"evidence.added", "evidence.edited",
					     "evidence.removed"};
	enum { NAME = 4 };
	struct event_note *n = add_own(to, ABOUT_EVIDENCE, row, events);

	(void)e;
	if (n->gone)
		n->text = change_row_text(row, NAME, to->w->arena);
	return 0;
}

/* What it proves has a proof more, or less. */
static int note_evidence_of(struct event_notes *to, const struct change_row *row,
			    struct err *e)
{
	static const struct {
		enum event_about about;
		const char *event;
	} owners[] = {
		{ABOUT_ACTIVITY, "activity.edited"},
		{ABOUT_ITEM, "item.edited"},
		{ABOUT_CREDENTIAL, "credential.edited"},
		{ABOUT_EVIDENCE, "evidence.edited"},
	};

	(void)e;
	for (int i = 0; i < (int)(sizeof(owners) / sizeof(owners[0])); i++) {
		int64_t id = change_row_int(row, i + 1);
		if (id != INT_NONE)
			add(to, owners[i].about, id, DIFFERENT, owners[i].event);
	}
	return 0;
}

static int note_part_of_activity(struct event_notes *to, const struct change_row *row,
				 struct err *e)
{
	(void)e;
	add(to, ABOUT_ACTIVITY, change_row_int(row, 0), DIFFERENT, "activity.edited");
	return 0;
}

static int note_part(struct event_notes *to, const struct change_row *row, struct err *e)
{
	(void)e;
	add(to, ABOUT_CREDENTIAL, change_row_int(row, 0), DIFFERENT, "credential.edited");
	return 0;
}

/* Whose cycle, pause or item it is; INT_NONE if it is gone. */
static int owner_of(struct work *w, enum db_query q, int64_t id, int64_t *ret,
		    struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, q, &s, e, DB_INT(":id", id));

	*ret = r > 0 ? db_int(s, 0) : INT_NONE;
	return r < 0 ? r : 0;
}

static int note_owned(struct event_notes *to, const struct change_row *row,
		      enum db_query q, enum event_weight weight, const char *event,
		      struct err *e)
{
	int64_t owner = change_row_int(row, 1);
	int r = 0;

	if (owner == INT_NONE)
		r = owner_of(to->w, q, change_row_int(row, 0), &owner, e);
	if (r == 0 && owner != INT_NONE)
		add(to, ABOUT_CREDENTIAL, owner, weight, event);
	return r;
}

/* A renewal closes one cycle and opens the next. */
static int note_cycle(struct event_notes *to, const struct change_row *row, struct err *e)
{
	enum { CLOSED_ON = 6 };
	bool renews = row->how == ROW_EDITED && change_row_sets(row, CLOSED_ON);

	return note_owned(to, row, Q_event_cycle, renews ? RENEWED : DIFFERENT,
			  renews ? "credential.renewed" : "credential.edited", e);
}

static int note_pause(struct event_notes *to, const struct change_row *row, struct err *e)
{
	return note_owned(to, row, Q_event_pause, DIFFERENT, "credential.edited", e);
}

static int note_carried(struct event_notes *to, const struct change_row *row,
			struct err *e)
{
	int64_t owner;
	int r = owner_of(to->w, Q_event_cycle, change_row_int(row, 0), &owner, e);

	if (r == 0 && owner != INT_NONE)
		add(to, ABOUT_CREDENTIAL, owner, DIFFERENT, "credential.edited");
	return r;
}

static int note_import_file(struct event_notes *to, const struct change_row *row,
			    struct err *e)
{
	enum { EVIDENCE_ID = 1 };
	int64_t id = change_row_int(row, EVIDENCE_ID);

	(void)e;
	if (id != INT_NONE)
		add(to, ABOUT_EVIDENCE, id, DIFFERENT, "evidence.edited");
	return 0;
}

static int note_reminder(struct event_notes *to, const struct change_row *row,
			 struct err *e)
{
	enum { CREDENTIAL_ID, ITEM_ID, DAY, RUNG, ACKED_AT, SNOOZED_UNTIL };
	struct work *w = to->w;
	const char *alias = NULL;
	civil_day day;
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_event_credential, &s, e,
		       DB_INT(":id", change_row_int(row, CREDENTIAL_ID)));

	if (r > 0)
		alias = db_text(s, 0, w->arena);
	/* What was said of it went with the credential. */
	if (r <= 0)
		return r;
	r = date_parse_iso(change_row_text(row, DAY, w->arena), &day, e);
	if (r < 0)
		return r;
	struct event_note *n =
		add(to, ABOUT_REMINDER, (int64_t)to->n, DIFFERENT,
		    change_row_sets(row, ACKED_AT)	  ? "reminder.acknowledged"
		    : change_row_sets(row, SNOOZED_UNTIL) ? "reminder.snoozed"
							  : "reminder.restored");
	n->credential_id = change_row_int(row, CREDENTIAL_ID);
	n->name = rung_name(w->arena, alias, change_row_int(row, ITEM_ID), day,
			    (int)change_row_int(row, RUNG));
	return 0;
}

static int note_row(void *data, const struct change_row *row, struct err *e)
{
	static const struct {
		const char *table;
		int (*note)(struct event_notes *to, const struct change_row *row,
			    struct err *e);
	} tables[] = {
		{"activity", note_activity},
		{"activity_topic", note_part_of_activity},
		{"activity_part", note_part_of_activity},
		{"activity_scope", note_part_of_activity},
		{"credential", note_credential},
		{"credential_endorsement", note_part},
		{"credential_fact", note_part},
		{"reminder_policy", note_part},
		{"cycle", note_cycle},
		{"pursuit", note_part},
		{"pause", note_pause},
		{"carried", note_carried},
		{"item", note_item},
		{"have", note_have},
		{"evidence", note_evidence},
		{"evidence_of", note_evidence_of},
		{"import_file", note_import_file},
		{"reminder", note_reminder},
	};

	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (strcmp(tables[i].table, row->table) == 0)
			return tables[i].note(data, row, e);
	return 0;
}

int note_read(struct work *w, struct event_notes *ret, struct err *e)
{
	*ret = (struct event_notes){.w = w};
	return change_rows(w->recorder, note_row, ret, e);
}
