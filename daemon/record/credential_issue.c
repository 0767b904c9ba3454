/* credential.issue: what was pursued is held, and its first cycle begins. */
#include "common/texts.h"
#include "daemon/judge/follow.h"
#include "daemon/method.h"
#include "daemon/path/path.h"
#include "daemon/record/credential_facts.h"
#include "daemon/record/cycle.h"
#include "daemon/record/pursue.h"
#include "daemon/store/row.h"

#include <string.h>

struct issue {
	struct work *w;
	const struct credential_issue_params *p;
	struct held h;
	const struct pack *pack;
	const struct path *path; /* NULL: its pack has it no longer */
	civil_day on;
	struct period days;
	struct err *e;
};

static int find(struct issue *i)
{
	const char *pack, *path;
	struct paths paths;
	int r = held_find(i->w, i->p->credential, "credential", &i->h, i->e);

	if (r == 0)
		r = pursue_find(i->w, i->h.id, &pack, &path, i->e);
	if (r < 0)
		return r;
	if (r == 0) {
		err_set(i->e, -PDH_REFUSED, "credential", "%s is held already",
			i->h.alias);
		return err_hint(i->e, "pdh credential renew %s opens its next cycle",
				i->h.alias);
	}
	r = pack_library_find(i->w->packs, pack, &i->pack, i->e);
	if (r == 0)
		r = path_read(i->pack, i->w->arena, &paths, i->e);
	for (size_t k = 0; r == 0 && k < paths.n; k++)
		if (strcmp(paths.v[k].name, path) == 0)
			i->path = &paths.v[k];
	return r;
}

/* Told, else as long as the path says that its paper lasts, else by the pack's calendar. */
static int find_days(struct issue *i)
{
	const char *term = i->path ? i->path->term : NULL;
	struct cycle_told told = {
		.pack = i->pack,
		.facts = &i->p->facts,
		.issued = i->on,
		.begins = i->on,
		.expires = i->p->expires,
		.has_total = i->pack->rules.has_total,
	};
	struct err ignored;
	int months;

	if (i->on > i->w->today)
		return err_set(i->e, -PDH_REFUSED, "on",
			       "the day of issue is in the future");
	if (told.expires == DATE_NONE && term && span_parse(term, &months, &ignored) == 0)
		told.expires = date_months_last(i->on, months);
	int r = follow_expires(i->w, i->pack, &told.expires, i->e);
	return r < 0 ? r : cycle_days(&told, i->on, &i->days, i->e);
}

static int update_row(struct issue *i)
{
	struct credential row;
	AUTO_STMT s = NULL;
	int r = db_query(i->w->db, Q_credential_update, &s, i->e);

	if (r < 0)
		return r;
	shape_none(&shape_credential, &row);
	row.alias = i->h.alias;
	row.title = i->h.title;
	row.jurisdiction = i->h.jurisdiction;
	row.level = i->p->level			? i->p->level
		    : i->path && i->path->level ? i->path->level
						: i->h.level;
	row.number = i->p->number ? i->p->number : i->h.number;
	row.issued = i->on;
	row.note = i->h.note;
	row_bind(s, &shape_credential, &row);
	db_bind_int(s, ":id", i->h.id);
	return db_run(i->w->db, s, i->e);
}

static int open_first(struct issue *i)
{
	int64_t rule_set;
	int r = credential_rule_set(i->w, i->pack, &rule_set, i->e);

	if (r == 0)
		r = DB_DO(i->w->db, Q_cycle_adopt, i->e, DB_INT(":id", i->h.cycle.id),
			  DB_INT(":rule_set_id", rule_set));
	return r < 0 ? r
		     : DB_DO(i->w->db, Q_cycle_update, i->e, DB_INT(":id", i->h.cycle.id),
			     DB_DATE(":begins", i->days.from),
			     DB_DATE(":ends", i->days.to), DB_INT(":required", INT_NONE));
}

/* What is due after the issue stays, with its day; what else was not done was not asked for after all. */
static int close_steps(struct issue *i, const struct step *steps, size_t n)
{
	int r = 0;

	for (size_t k = 0; r == 0 && k < n; k++) {
		const struct step *s = &steps[k];
		civil_day due = DATE_NONE;
		struct err ignored;
		int months;
		bool later = s->by && strcmp(s->by, "application") != 0 &&
			     strcmp(s->by, "program") != 0;
		if (s->by && strncmp(s->by, "issue + ", 8) == 0 &&
		    span_parse(s->by + 8, &months, &ignored) == 0)
			due = date_add_months(i->on, months);
		else if (later)
			due = i->days.to;
		if (s->id && later)
			r = DB_DO(i->w->db, Q_pursuit_later, i->e,
				  DB_INT(":credential_id", i->h.id),
				  DB_TEXT(":step", s->id), DB_DATE(":due", due));
		if (r == 0)
			r = close_steps(i, s->steps, s->n);
	}
	return r;
}

static int close_path(struct issue *i, struct texts *notes)
{
	struct work *w = i->w;
	struct texts open = {0, NULL};
	AUTO_STMT s = NULL;
	int r = i->path ? close_steps(i, i->path->steps, i->path->n) : 0;

	if (r == 0)
		r = db_query(w->db, Q_pursuit_open, &s, i->e);
	if (r < 0)
		return r;
	db_bind_int(s, ":credential_id", i->h.id);
	r = row_read_texts(w->db, s, w->arena, &open, i->e);
	db_reset(&s);
	for (size_t k = 0; k < open.n; k++)
		texts_add(notes,
			  arena_printf(w->arena, "not marked as done: %s", open.v[k]),
			  w->arena);
	if (r == 0)
		r = DB_DO(w->db, Q_pursuit_leave, i->e,
			  DB_INT(":credential_id", i->h.id));
	return r < 0 ? r
		     : DB_DO(w->db, Q_pursuit_end, i->e,
			     DB_INT(":credential_id", i->h.id));
}

int method_credential_issue(struct work *w, const struct credential_issue_params *p,
			    struct credential_changed *ret, struct err *e)
{
	struct issue i = {.w = w, .p = p, .e = e};
	struct texts notes = {0, NULL};
	int r = find(&i);

	i.on = p->on == DATE_NONE ? w->today : p->on;
	if (r == 0)
		r = find_days(&i);
	if (r == 0)
		r = update_row(&i);
	if (r == 0)
		r = open_first(&i);
	if (r == 0)
		r = credential_set_facts(
			w, &(struct fact_holder){i.h.id, i.pack, i.days, DATE_NONE},
			&p->facts, e);
	if (r == 0)
		r = close_path(&i, &notes);
	if (r == 0)
		r = credential_sync(w, i.h.alias, e);
	if (r == 0)
		r = credential_answer(w, i.h.alias,
				      arena_printf(w->arena, "credential issue %s on %s",
						   i.h.alias, texts_day(w->arena, i.on)),
				      ret, e);
	for (size_t k = 0; r == 0 && k < notes.n; k++)
		texts_add(&ret->notes, notes.v[k], w->arena);
	return r;
}
