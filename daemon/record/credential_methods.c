/* credential.add, list, get, retire and remove */
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/record/credential.h"
#include "daemon/record/pursue.h"

int method_credential_add(struct work *w, const struct credential_add_params *p,
			  struct credential_changed *ret, struct err *e)
{
	struct credential_new n = {
		.pack = p->pack,
		.alias = p->alias,
		.title = p->title,
		.number = p->number,
		.jurisdiction = p->jurisdiction,
		.level = p->level,
		.note = p->note,
		.expires = p->expires,
		.issued = p->issued,
		.begins = p->begins,
		.endorsements = p->endorsements,
		.needs = p->needs,
		.limits = p->limits,
		.facts = p->facts,
		.required = p->required,
		.opening = p->opening,
		.every = p->every,
	};
	const char *alias;
	int64_t opening;

	if (p->path && p->pursuing <= 0)
		return err_set(e, -PDH_USAGE, "path", "goes with --pursuing");
	int r = p->pursuing > 0 ? pursue_add(w, &n, p->path, &alias, e)
				: credential_create(w, &n, &alias, &opening, e);
	if (r < 0)
		return r;
	r = credential_answer(w, alias,
			      arena_printf(w->arena, "credential add %s", alias), ret, e);
	if (r == 0)
		r = credential_tell_doubts(w, alias, &ret->notes, e);
	return r < 0 ? r : credential_tell_twins(w, alias, &ret->notes, e);
}

int method_credential_list(struct work *w, const struct credential_list_params *p,
			   struct credentials *ret, struct err *e)
{
	struct held_list held;
	int r = held_all(w, DATE_NONE, &held, e);

	if (r < 0)
		return r;
	ret->credentials.v = arena_array(w->arena, held.n + 1, sizeof(struct credential));
	for (size_t i = 0; r == 0 && i < held.n; i++) {
		bool retired = held.v[i].retired_on != DATE_NONE;
		if (!retired || p->retired > 0)
			r = credential_fill(w, &held.v[i], p->reveal > 0,
					    &ret->credentials.v[ret->credentials.n++], e);
	}
	return r;
}

int method_credential_get(struct work *w, const struct credential_get_params *p,
			  struct credentials *ret, struct err *e)
{
	struct held h;
	int r = held_find(w, p->credential, "credential", &h, e);

	if (r < 0)
		return r;
	ret->credentials.v = arena_alloc(w->arena, sizeof(struct credential));
	ret->credentials.n = 1;
	return credential_fill(w, &h, p->reveal > 0, ret->credentials.v, e);
}

int method_credential_retire(struct work *w, const struct credential_retire_params *p,
			     struct credential_changed *ret, struct err *e)
{
	struct held h;
	AUTO_STMT s = NULL;

	int r = held_find(w, p->credential, "credential", &h, e);
	if (r < 0)
		return r;
	if (h.retired_on != DATE_NONE) {
		err_set(e, -PDH_REFUSED, "credential", "%s was retired on %s", h.alias,
			texts_day(w->arena, h.retired_on));
		return err_hint(e, "pdh credential resume %s watches it again", h.alias);
	}
	if (p->on != DATE_NONE && p->on > w->today)
		return err_set(e, -PDH_REFUSED, "on",
			       "the day of retirement is today or earlier");
	r = db_query(w->db, Q_credential_retire, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":id", h.id);
	db_bind_date(s, ":on", p->on == DATE_NONE ? w->today : p->on);
	r = db_run(w->db, s, e);
	if (r < 0)
		return r;
	return credential_answer(w, h.alias,
				 arena_printf(w->arena, "credential retire %s", h.alias),
				 ret, e);
}

int method_credential_remove(struct work *w, const struct credential_remove_params *p,
			     struct credential_changed *ret, struct err *e)
{
	struct held h;
	AUTO_STMT s = NULL;

	int r = held_find(w, p->credential, "credential", &h, e);
	/* The answer shows what is about to go. */
	if (r == 0)
		r = credential_answer(w, h.alias,
				      arena_printf(w->arena, "credential rm %s", h.alias),
				      ret, e);
	if (r == 0)
		r = db_query(w->db, Q_credential_delete, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":id", h.id);
	r = db_run(w->db, s, e);
	return r;
}
