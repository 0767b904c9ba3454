/* have.list, add, edit and remove */
#include "daemon/record/have_read.h"

#include "common/ascii.h"
#include "daemon/method.h"
#include "daemon/record/pursue.h"
#include "daemon/store/row.h"

#include <string.h>

int method_have_list(struct work *w, const struct have_list_params *p, struct haves *ret,
		     struct err *e)
{
	struct list rows;
	int r = have_read(w, p->kind ? have_kind_word(p->kind) : NULL, &rows, e);

	if (r == 0)
		memcpy(&ret->have, &rows, sizeof(rows));
	return r;
}

static int read_one(struct work *w, int64_t id, struct have *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_have_get, &s, e, DB_INT(":id", id));

	if (r < 0)
		return r;
	if (r == 0) {
		err_set(e, -PDH_NOT_FOUND, "id",
			"there is nothing you have with number %lld", (long long)id);
		return err_hint(e, "pdh have lists them");
	}
	shape_none(&shape_have, ret);
	row_read(s, &shape_have, w->arena, ret);
	return 0;
}

/* A score goes with an exam, credits with credits, a level with what has one; the rest with anything. */
static int check(struct work *w, const struct have *h, struct err *e)
{
	static const char *const degrees[] = {"associate", "bachelor", "master",
					      "specialist", "doctor"};
	bool known = h->kind != HAVE_DEGREE;

	if (h->score != INT_NONE && h->kind != HAVE_EXAM)
		return err_set(e, -PDH_USAGE, "score", "goes with an exam, not with %s",
			       have_kind_word(h->kind));
	if (h->kind == HAVE_CREDITS && (!h->credit.unit || h->credit.exact <= 0)) {
		err_set(e, -PDH_USAGE, "credit", "How many credits? Give their number.");
		return err_hint(e, "such as --credits 3sh");
	}
	for (size_t i = 0; i < sizeof(degrees) / sizeof(degrees[0]) && !known; i++)
		known = h->level && ascii_same(h->level, degrees[i]);
	if (!known)
		return err_set(
			e, -PDH_USAGE, "level",
			"of a degree is associate, bachelor, master, specialist or "
			"doctor");
	if (h->kind == HAVE_EXPERIENCE && h->from == DATE_NONE) {
		err_set(e, -PDH_USAGE, "during", "From when to when? Give both days.");
		return err_hint(e, "such as --during 2014-08..2019-06");
	}
	if (date_is_day(h->on) && h->on > w->today && h->kind != HAVE_EXPERIENCE)
		return err_set(e, -PDH_REFUSED, "on", "its day is in the future");
	return 0;
}

static int write_row(struct work *w, enum db_query q, const struct have *h,
		     int64_t *ret_id, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = check(w, h, e);

	if (r == 0)
		r = db_query(w->db, q, &s, e);
	if (r < 0)
		return r;
	row_bind(s, &shape_have, h);
	r = db_run(w->db, s, e);
	if (r == 0 && q == Q_have_insert)
		*ret_id = db_last_id(w->db);
	return r < 0 ? r : pursue_sync(w, e);
}

static int answer(struct work *w, int64_t id, const char *verb, struct have_changed *ret,
		  struct err *e)
{
	ret->have = arena_alloc(w->arena, sizeof(*ret->have));
	int r = read_one(w, id, ret->have, e);

	if (r < 0)
		return r;
	ret->done = arena_printf(w->arena, "%s %s %s", verb,
				 have_kind_word(ret->have->kind), ret->have->title);
	w->what = ret->done;
	ret->dry_run = w->dry_run;
	return 0;
}

/* The days of a period, where one is given; the day alone is the last. */
static void take_days(struct have *h, struct period during, civil_day on)
{
	if (during.from != DATE_NONE || during.to != DATE_NONE) {
		h->from = during.from;
		h->on = during.to;
	}
	if (on != DATE_NONE)
		h->on = on;
}

int method_have_add(struct work *w, const struct have_add_params *p,
		    struct have_changed *ret, struct err *e)
{
	struct have h;

	shape_none(&shape_have, &h);
	h.kind = p->kind;
	h.title = p->title;
	h.code = p->code;
	if (!h.code && h.kind == HAVE_EXAM && !strchr(h.title, ' ') &&
	    strlen(h.title) < 60)
		h.code = h.title;
	h.score = p->score;
	h.credit = p->credit;
	h.level = p->level;
	h.place = p->place;
	h.expires = p->expires;
	h.note = p->note;
	take_days(&h, p->during, p->on);
	int64_t id = INT_NONE;
	int r = write_row(w, Q_have_insert, &h, &id, e);
	return r < 0 ? r : answer(w, id, "have add", ret, e);
}

int method_have_edit(struct work *w, const struct have_edit_params *p,
		     struct have_changed *ret, struct err *e)
{
	struct have h;
	int r = read_one(w, p->id, &h, e);

	if (r < 0)
		return r;
#define TAKE(name, kind)                          \
	if (!kind_is_none(KIND_##kind, &p->name)) \
		h.name = p->name;
	TAKE(kind, HAVE)
	TAKE(title, TEXT)
	TAKE(code, WORD)
	TAKE(score, INT)
	TAKE(credit, CREDIT)
	TAKE(level, WORD)
	TAKE(place, TEXT)
	TAKE(expires, DUE)
	TAKE(note, NOTE)
#undef TAKE
	if (h.credit.unit && h.credit.exact == 0)
		h.credit.unit = NULL;
	take_days(&h, p->during, p->on);
	r = write_row(w, Q_have_update, &h, NULL, e);
	return r < 0 ? r : answer(w, p->id, "have edit", ret, e);
}

int method_have_remove(struct work *w, const struct have_remove_params *p,
		       struct have_changed *ret, struct err *e)
{
	int r = answer(w, p->id, "have rm", ret, e);

	return r < 0 ? r : DB_DO(w->db, Q_have_delete, e, DB_INT(":id", p->id));
}
