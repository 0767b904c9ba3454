#include "daemon/history/follow.h"

#include "daemon/judge/duty.h"
#include "daemon/judge/held.h"
#include "daemon/record/recarry.h"
#include "daemon/store/change_rows.h"

#include <string.h>

/* What the undo has touched. */
struct touched {
	struct work *w;
	civil_day first; /* of the activities; DATE_NONE: none */
	bool cycles;	 /* or what was carried between them */
	bool credentials;
};

static void take_day(struct touched *t, civil_day day)
{
	if (day != DATE_NONE && (t->first == DATE_NONE || day < t->first))
		t->first = day;
}

/* The day of an activity as it is now, if it still is. */
static int take_stored_day(struct touched *t, int64_t id, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(t->w->db, Q_activity_day, &s, e, DB_INT(":id", id));

	if (r > 0)
		take_day(t, db_date(s, 0));
	return r < 0 ? r : 0;
}

static int look(void *data, const struct change_row *row, struct err *e)
{
	enum { ID = 0, DONE_ON = 3 };
	struct touched *t = data;
	const char *was = NULL;
	civil_day day;

	if (strcmp(row->table, "cycle") == 0 || strcmp(row->table, "carried") == 0)
		t->cycles = true;
	if (strncmp(row->table, "activity", strlen("activity")) != 0) {
		t->credentials = true;
		return 0;
	}
	if (strcmp(row->table, "activity") == 0)
		was = change_row_text(row, DONE_ON, t->w->arena);
	if (was && date_parse_iso(was, &day, e) == 0)
		take_day(t, day);
	return row->how == ROW_REMOVED ? 0
				       : take_stored_day(t, change_row_int(row, ID), e);
}

static int sync_duties(struct work *w, struct err *e)
{
	struct held_list held;
	int r = held_all(w, DATE_NONE, &held, e);

	for (size_t i = 0; r == 0 && i < held.n; i++)
		r = duty_sync(w, &held.v[i], e);
	return r;
}

int history_follow(struct work *w, struct err *e)
{
	struct touched t = {.w = w, .first = DATE_NONE};
	int r = change_rows(w->recorder, look, &t, e);

	if (t.cycles)
		t.first = date_make(DATE_YEAR_MIN, 1, 1);
	if (r == 0 && t.first != DATE_NONE)
		r = recarry_again(w, t.first, e);
	if (r == 0 && t.credentials)
		r = sync_duties(w, e);
	return r;
}
