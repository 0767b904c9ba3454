#include "daemon/record/standing.h"

#include "common/texts.h"

#include <string.h>

static const char *const states[] = {[STANDING_SUBMITTED] = "submitted",
				     [STANDING_POSTED] = "posted",
				     [STANDING_DIFFERS] = "differs"};

int standing_set(struct work *w, int64_t activity_id, int64_t credential_id,
		 enum standing_state state, const struct credit *board, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_standing_set, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", activity_id);
	db_bind_int(s, ":credential_id", credential_id);
	db_bind_text(s, ":state", states[state]);
	db_bind_date(s, ":told_on", w->today);
	db_bind_int(s, ":credit", board ? board->exact : INT_NONE);
	db_bind_text(s, ":credit_unit", board ? board->unit : NULL);
	return db_run(w->db, s, e);
}

int standing_submit(struct work *w, const struct held_list *held, int64_t activity_id,
		    const struct texts *credentials, struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < credentials->n; i++) {
		struct held *h;
		r = held_pick(held, credentials->v[i], "submitted", &h, e);
		if (r == 0)
			r = standing_set(w, activity_id, h->id, STANDING_SUBMITTED, NULL,
					 e);
	}
	return r;
}

static const char *text_of(struct work *w, struct sqlite3_stmt *s)
{
	const char *alias = db_text(s, 0, w->arena), *state = db_word(s, 1);
	const char *day = texts_day(w->arena, db_date(s, 2));
	struct credit board = {db_int(s, 3), db_text(s, 4, w->arena)};

	if (strcmp(state, states[STANDING_POSTED]) == 0)
		return arena_printf(w->arena, "posted by %s, seen on %s", alias, day);
	if (strcmp(state, states[STANDING_SUBMITTED]) == 0)
		return arena_printf(w->arena, "submitted to %s on %s", alias, day);
	return arena_printf(w->arena, "%s has %s, seen on %s", alias,
			    board.unit ? texts_credit(w->arena, board) : "another credit",
			    day);
}

int standing_tell(struct work *w, int64_t activity_id, struct texts *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_standing_of, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", activity_id);
	while ((r = db_step(w->db, s, e)) > 0)
		texts_add(ret, text_of(w, s), w->arena);
	return r;
}
