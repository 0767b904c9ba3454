/* setup.run: a name, a credential and an opening balance in one change. */
#include "daemon/method.h"
#include "daemon/record/activity.h"
#include "daemon/record/credential.h"

static int set_name(struct work *w, const char *name, struct err *e)
{
	return DB_DO(w->db, Q_person_set, e, DB_TEXT(":name", name));
}

static int add_credential(struct work *w, const struct setup_run_params *p,
			  struct set_up *ret, struct err *e)
{
	struct credential_new n = {
		.pack = p->pack,
		.alias = p->alias,
		.title = p->title,
		.number = p->number,
		.expires = p->expires,
		.issued = p->issued,
		.begins = DATE_NONE,
		.facts = p->facts,
		.needs = p->needs,
		.limits = p->limits,
		.required = p->required,
		.opening = p->opening,
		.every = p->every,
	};
	const char *alias;
	int64_t opening;

	int r = credential_create(w, &n, &alias, &opening, e);
	if (r < 0)
		return r;
	ret->credential = arena_alloc(w->arena, sizeof(*ret->credential));
	r = credential_read(w, alias, ret->credential, e);
	if (r == 0)
		r = credential_tell_doubts(w, alias, &ret->notes, e);
	if (r == 0)
		r = credential_tell_twins(w, alias, &ret->notes, e);
	if (r < 0 || opening == INT_NONE)
		return r;
	ret->opening = arena_alloc(w->arena, sizeof(*ret->opening));
	return activity_read(w, opening, ret->opening, e);
}

int method_setup_run(struct work *w, const struct setup_run_params *p, struct set_up *ret,
		     struct err *e)
{
	bool credential = p->pack || p->title || p->required.unit || p->opening.n ||
			  p->needs.n || p->limits.n;
	bool name = p->name != NULL;
	int r = 0;

	if (!name && !credential) {
		err_set(e, -PDH_USAGE, NULL,
			"nothing to set up: give a name or a credential");
		return err_hint(e, "such as pdh init --credential us-tx-school-librarian "
				   "--expires 2027-08-31");
	}
	if (name)
		r = set_name(w, p->name, e);
	if (r == 0 && credential)
		r = add_credential(w, p, ret, e);
	if (r < 0)
		return r;
	ret->person = p->name;
	w->what = ret->credential
			  ? arena_printf(w->arena, "init %s", ret->credential->alias)
			  : arena_printf(w->arena, "init %s", p->name);
	ret->dry_run = w->dry_run;
	return 0;
}
