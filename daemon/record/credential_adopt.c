/* pack.adopt: the open cycle takes over the version of its rules that the library has now. */
#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/method.h"
#include "daemon/pack/version.h"
#include "daemon/record/credential.h"
#include "daemon/record/difference.h"

#include <string.h>

/* ---- what it may take ------------------------------------------------------------------- */

static int is_gone(const struct held *h, struct err *e)
{
	const struct pack *pinned = h->cycle.pack;

	if (strncmp(pinned->id, "own-", strlen("own-")) == 0) {
		err_set(e, -PDH_NOT_FOUND, "credential",
			"the rules of %s were made for it alone; there is no other "
			"version",
			h->alias);
		return err_hint(e, "pdh credential edit %s --hours changes what it asks",
				h->alias);
	}
	err_set(e, -PDH_NOT_FOUND, "credential",
		"there is no rules pack \"%.80s\" any more, from which %s has its rules",
		pinned->id, h->alias);
	return err_hint(e, "its cycle keeps %.60s of them", pinned->version);
}

static int find_new(struct work *w, const struct held *h, const struct pack **ret,
		    struct err *e)
{
	int r = pack_library_find(w->packs, h->cycle.pack->id, ret, e);

	return r == -PDH_NOT_FOUND ? is_gone(h, e) : r;
}

/* ---- what is said ----------------------------------------------------------------------- */

/* Whether a question is new, and nobody has answered it. */
static bool is_open(const struct held *h, const struct credential *c, const char *fact)
{
	for (size_t i = 0; i < h->cycle.pack->fact_count; i++)
		if (ascii_same(h->cycle.pack->facts[i].name, fact))
			return false;
	for (size_t i = 0; i < c->facts.n; i++)
		if (ascii_same(c->facts.v[i].name, fact))
			return false;
	return true;
}

static void note_force(struct work *w, const struct held *h, const struct pack *now,
		       struct texts *notes)
{
	const civil_day from = now->in_force.from, begins = h->cycle.begins;

	if (from == DATE_NONE || begins == DATE_NONE || begins >= from)
		return;
	texts_add(notes,
		  arena_printf(w->arena,
			       "it binds cycles that begin on or after %s, and this one "
			       "began %s: ask your board",
			       texts_day(w->arena, from), texts_day(w->arena, begins)),
		  w->arena);
}

void credential_note_rules(struct work *w, const struct held *h, const struct pack *now,
			   struct credential_changed *ret)
{
	const char *unit = h->cycle.rules.unit, *other = now->rules.unit;

	note_force(w, h, now, &ret->notes);
	for (size_t i = 0; i < now->fact_count; i++)
		if (is_open(h, ret->credential, now->facts[i].name))
			texts_add(
				&ret->notes,
				arena_printf(
					w->arena,
					"it asks for the %s now: pdh credential edit %s "
					"--fact \"%s=...\"",
					now->facts[i].name, h->alias, now->facts[i].name),
				w->arena);
	if (h->cycle.required != INT_NONE && unit && other && strcmp(unit, other) != 0)
		texts_add(
			&ret->notes,
			arena_printf(w->arena,
				     "the hours that you gave it yourself are now in its "
				     "unit, %s",
				     other),
			w->arena);
}

/* ---- the method ------------------------------------------------------------------------- */

int credential_judge_by(struct work *w, const struct held *h, const struct pack *now,
			struct err *e)
{
	int64_t rule_set;

	int r = credential_rule_set(w, now, &rule_set, e);
	if (r == 0)
		r = DB_DO(w->db, Q_cycle_adopt, e, DB_INT(":id", h->cycle.id),
			  DB_INT(":rule_set_id", rule_set));
	return r < 0 ? r : credential_sync(w, h->alias, e);
}

static int adopt(struct work *w, const struct held *h, const struct pack *now,
		 struct credential_changed *ret, struct err *e)
{
	struct credential before;
	struct list changed;

	int r = credential_fill(w, h, false, &before, e);
	if (r == 0)
		r = credential_judge_by(w, h, now, e);
	if (r == 0)
		r = credential_answer(
			w, h->alias,
			arena_printf(w->arena,
				     "rules of %s %s from now on, before it was %s",
				     now->id, now->version, h->cycle.pack->version),
			ret, e);
	if (r < 0)
		return r;
	credential_changes(&before, ret->credential, w->arena, &changed);
	credential_changes_counted(&before, ret->credential, w->arena, &changed);
	memcpy(&ret->changed, &changed, sizeof(changed));
	credential_note_rules(w, h, now, ret);
	w->what = arena_printf(w->arena, "rules adopt %s %s", h->alias, now->version);
	return 0;
}

static bool is_same(const struct pack *a, const struct pack *b)
{
	return a->text_len == b->text_len && memcmp(a->text, b->text, a->text_len) == 0;
}

int method_pack_adopt(struct work *w, const struct pack_adopt_params *p,
		      struct credential_changed *ret, struct err *e)
{
	const struct pack *now;
	struct held h;

	int r = held_find(w, p->credential, "credential", &h, e);
	if (r < 0)
		return r;
	if (h.retired_on != DATE_NONE)
		return err_set(e, -PDH_REFUSED, "credential", "%s is retired", h.alias);
	r = find_new(w, &h, &now, e);
	if (r < 0)
		return r;
	if (!is_same(h.cycle.pack, now))
		return adopt(w, &h, now, ret, e);
	return credential_answer(
		w, h.alias,
		arena_printf(w->arena, "already judged by %s %s, which is the newest",
			     now->id, now->version),
		ret, e);
}
