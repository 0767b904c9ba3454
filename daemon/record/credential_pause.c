/* credential.pause and credential.resume */
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/record/credential.h"

/* The pause that overlaps [begins, ends]: 1 and *ret_id, or 0. */
static int find_pause(struct work *w, int64_t credential_id, civil_day begins,
		      civil_day ends, int64_t *ret_id, civil_day *ret_begins,
		      struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_pause_overlapping, &s, e,
		       DB_INT(":credential_id", credential_id),
		       DB_DATE(":begins", begins), DB_DATE(":ends", ends));

	if (r > 0) {
		*ret_id = db_int(s, 0);
		*ret_begins = db_date(s, 1);
	}
	return r;
}

static int insert_pause(struct work *w, int64_t credential_id, civil_day from,
			const struct credential_pause_params *p, struct err *e)
{
	return DB_DO(w->db, Q_pause_insert, e, DB_INT(":credential_id", credential_id),
		     DB_DATE(":begins", from), DB_DATE(":ends", p->until),
		     DB_TEXT(":why", p->why && *p->why ? p->why : NULL));
}

int method_credential_pause(struct work *w, const struct credential_pause_params *p,
			    struct credential_changed *ret, struct err *e)
{
	civil_day from = p->from == DATE_NONE ? w->today : p->from;
	civil_day other_begins;
	int64_t other;
	struct held h;

	int r = held_find(w, p->credential, "credential", &h, e);
	if (r < 0)
		return r;
	r = find_pause(w, h.id, from, p->until, &other, &other_begins, e);
	if (r < 0)
		return r;
	if (r > 0) {
		err_set(e, -PDH_REFUSED, "from", "%s has a pause from %s in those days",
			h.alias, texts_day(w->arena, other_begins));
		return err_hint(e, "pdh credential resume %s ends one", h.alias);
	}
	r = insert_pause(w, h.id, from, p, e);
	if (r < 0)
		return r;
	return credential_answer(w, h.alias,
				 arena_printf(w->arena, "credential pause %s from %s",
					      h.alias, texts_day(w->arena, from)),
				 ret, e);
}

/* A pause that begins today or later leaves no day behind; an older one ends yesterday. */
static int end_pause(struct work *w, int64_t id, civil_day begins, struct err *e)
{
	bool gone = begins >= w->today;
	AUTO_STMT s = NULL;

	int r = db_query(w->db, gone ? Q_pause_delete : Q_pause_end, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":id", id);
	if (!gone)
		db_bind_date(s, ":ends", date_add_days(w->today, -1));
	return db_run(w->db, s, e);
}

/* What was retired is as it was before. */
static int watch_again(struct work *w, const struct held *h,
		       struct credential_changed *ret, struct err *e)
{
	int r = DB_DO(w->db, Q_credential_retire, e, DB_INT(":id", h->id),
		      DB_DATE(":on", DATE_NONE));

	if (r < 0)
		return r;
	return credential_answer(w, h->alias,
				 arena_printf(w->arena, "credential resume %s", h->alias),
				 ret, e);
}

int method_credential_resume(struct work *w, const struct credential_resume_params *p,
			     struct credential_changed *ret, struct err *e)
{
	civil_day begins;
	struct held h;
	int64_t id;

	int r = held_find(w, p->credential, "credential", &h, e);
	if (r == 0 && h.retired_on != DATE_NONE)
		return watch_again(w, &h, ret, e);
	if (r == 0)
		r = find_pause(w, h.id, w->today, DATE_NONE, &id, &begins, e);
	if (r < 0)
		return r;
	if (r == 0)
		return err_set(e, -PDH_REFUSED, "credential",
			       "%s is neither paused nor retired", h.alias);
	r = end_pause(w, id, begins, e);
	if (r < 0)
		return r;
	return credential_answer(w, h.alias,
				 arena_printf(w->arena, "credential resume %s", h.alias),
				 ret, e);
}
