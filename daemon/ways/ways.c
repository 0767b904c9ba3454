/* path.get: what a license asks before it is held, and what of it a person has. */
#include "daemon/ways/ways.h"

#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/judge/held.h"
#include "daemon/method.h"
#include "daemon/record/pursue.h"
#include "daemon/record/told.h"

#include <stdlib.h>
#include <string.h>

struct asking {
	struct work *w;
	const struct path_get_params *p;
	struct path_case c;
	struct paths paths;
	enum path_kind kind;
	const char *alias; /* the pack was named by this credential; NULL */
	const char *named; /* the path by its name; NULL */
	struct err *e;
};

/* ---- which pack, which paths ------------------------------------------------------------- */

/* A pack by its name, else that of a credential. */
static int find_pack(struct asking *q, const char *name, const struct pack **ret)
{
	struct err other;
	struct held h;

	if (pack_library_find(q->w->packs, name, ret, q->e) == 0)
		return 0;
	if (held_find(q->w, name, "pack", &h, &other) < 0)
		return q->e->code;
	const char *pack = h.cycle.pack->id, *path;
	int r = pursue_find(q->w, h.id, &pack, &path, q->e);
	if (r > 0 && !q->p->path)
		q->named = path;
	if (r > 0)
		r = pursue_done(q->w, h.id, &q->c.done, q->e);
	q->alias = h.alias;
	return r < 0 ? r : pack_library_find(q->w->packs, pack, ret, q->e);
}

static bool fits(const struct asking *q, const struct path *path)
{
	if (q->named)
		return strcmp(path->name, q->named) == 0;
	if (path->kind != q->kind)
		return false;
	return q->kind != PATH_ADD || !q->p->add ||
	       (path->endorsement && ascii_same(path->endorsement, q->p->add));
}

static bool any_fits(const struct asking *q)
{
	for (size_t i = 0; i < q->paths.n; i++)
		if (fits(q, &q->paths.v[i]))
			return true;
	return false;
}

/* The license that is held and to which the endorsement may be added. */
static int find_held(struct asking *q)
{
	struct held_list held;
	int r = held_all(q->w, DATE_NONE, &held, q->e);

	for (size_t i = 0; r == 0 && i < held.n; i++) {
		const struct pack *pack;
		struct err ignored;
		if (pack_library_find(q->w->packs, held.v[i].cycle.pack->id, &pack,
				      &ignored) < 0)
			continue;
		r = path_read(pack, q->w->arena, &q->paths, q->e);
		if (r == 0 && any_fits(q)) {
			q->alias = held.v[i].alias;
			return 0;
		}
	}
	if (r < 0)
		return r;
	err_set(q->e, -PDH_NOT_FOUND, "add",
		"no license that you hold has a path that adds \"%.60s\"", q->p->add);
	return err_hint(q->e, "name the pack: pdh path us-ga-certificate --add \"%.60s\"",
			q->p->add);
}

static const char *names_of(const struct asking *q)
{
	const char *all = "";

	for (size_t i = 0; i < q->paths.n; i++)
		all = arena_printf(q->w->arena, "%s%s%s", all, i ? ", " : "",
				   q->paths.v[i].name);
	return all;
}

static int none_fits(const struct asking *q, const struct pack *pack)
{
	if (q->paths.n == 0) {
		err_set(q->e, -PDH_NOT_FOUND, "pack",
			"%.80s does not say what is asked before it is held", pack->id);
		return err_hint(
			q->e, "pdh rules show %.80s says what it knows; ask %.120s",
			pack->id, pack->authority ? pack->authority : "the agency");
	}
	err_set(q->e, -PDH_NOT_FOUND, q->p->path ? "path" : "pack",
		"%.80s has no such path", pack->id);
	return err_hint(q->e, "it has: %.180s", names_of(q));
}

/* Where it is only added to another license, the way in is the endorsement. */
static void or_endorsements(struct asking *q)
{
	if (q->kind == PATH_FIRST && !any_fits(q))
		q->kind = PATH_ADD;
}

static int find_paths(struct asking *q)
{
	const struct pack *pack;

	q->kind = q->p->add	 ? PATH_ADD
		  : q->p->up > 0 ? PATH_UP
		  : q->p->from	 ? PATH_IN
				 : PATH_FIRST;
	if (!q->p->pack && q->p->add)
		return find_held(q);
	if (!q->p->pack) {
		err_set(q->e, -PDH_USAGE, "pack",
			"Which one? Give a rules pack or a credential.");
		return err_hint(q->e, "pdh rules search librarian finds packs");
	}
	int r = find_pack(q, q->p->pack, &pack);
	if (r == 0)
		r = path_read(pack, q->w->arena, &q->paths, q->e);
	if (r < 0)
		return r;
	or_endorsements(q);
	return any_fits(q) ? 0 : none_fits(q, pack);
}

/* ---- answers ----------------------------------------------------------------------------- */

const char *ways_accepts(const struct path *p, struct arena *a)
{
	const char *text;

	if (!p->paper)
		return NULL;
	text = strcmp(p->paper, "valid") == 0 ? "a paper that is valid"
	       : strcmp(p->paper, "any") == 0 ? "a paper that is valid, or was"
					      : "a paper, expired too";
	if (p->paper_kind)
		text = arena_printf(a, "%s, %s", text, p->paper_kind);
	for (size_t i = 0; i < p->refused.n; i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : "; not ",
				    p->refused.v[i]);
	return text;
}

static const char *days_text(struct arena *a, civil_day day, civil_day today)
{
	return arena_printf(a, "%s (%d days)", texts_day(a, day), day - today);
}

/* What ends first, else what can be begun now. */
static const char *first_text(const struct asking *q, const struct path_verdict *v)
{
	struct arena *a = q->w->arena;
	const char *begin = NULL;

	for (size_t i = 0; i < v->n && !begin; i++)
		if (v->steps[i].now > 0)
			begin = v->steps[i].text;
	if (v->missing == 0)
		return v->doubt
			       ? "nothing known is missing but what only you and the agency "
				 "can tell; the agency decides"
			       : "nothing known is missing; the agency decides";
	if (v->expires != DATE_NONE)
		return arena_printf(a, "%s%s%s is good until %s", begin ? begin : "",
				    begin ? "; " : "", v->expiring,
				    days_text(a, v->expires, q->c.day));
	return begin;
}

static void answer_one(struct asking *q, const struct path *path, struct path_judged *ret)
{
	const struct pack *pack = q->paths.pack;
	struct path_verdict v;

	shape_none(&shape_path_judged, ret);
	path_judge(path, &q->c, &v);
	ret->pack = pack->id;
	ret->version = pack->version;
	ret->jurisdiction = pack->jurisdiction;
	ret->path = path->name;
	ret->title = path->title;
	ret->read = pack->read;
	ret->version_of = path->version_of;
	ret->steps.v = v.steps;
	ret->steps.n = v.n;
	ret->of = v.of;
	ret->met = v.met;
	ret->missing = v.missing;
	ret->doubt = v.doubt;
	ret->earliest = v.earliest;
	ret->expires = v.expires;
	ret->first = first_text(q, &v);
	ret->gives = path_gives_text(path, q->w->arena);
	ret->then = path->then;
	ret->accepts = ways_accepts(path, q->w->arena);
	ret->waives = path->waives;
	ret->not_found = path->missing;
	ret->note = path->note;
	if (path->until != DATE_NONE)
		ret->note =
			arena_printf(q->w->arena, "%s on %s.%s%s",
				     path->until < q->c.day ? "It closed" : "It closes",
				     texts_day(q->w->arena, path->until),
				     path->note ? " " : "", path->note ? path->note : "");
}

/* What only bridges the time to another path comes behind those. */
static int by_lack(const void *one, const void *other)
{
	const struct path_judged *a = one, *b = other;
	const bool leads = a->then != NULL, other_leads = b->then != NULL;

	if (leads != other_leads)
		return leads - other_leads;
	if (a->missing != b->missing)
		return (a->missing > b->missing) - (a->missing < b->missing);
	return (a->doubt > b->doubt) - (a->doubt < b->doubt);
}

/* Of moving in the paper has to be one that the board takes. */
static int check_from(struct asking *q, struct path_judged *one)
{
	struct held h;
	int r = q->p->from ? held_find(q->w, q->p->from, "from", &h, q->e) : 0;

	if (r < 0 || !q->p->from)
		return r;
	bool over = h.cycle.ends != DATE_NONE && h.cycle.ends < q->c.day;
	if (over)
		one->note =
			arena_printf(q->w->arena, "%s ended on %s.%s%s", h.alias,
				     texts_day(q->w->arena, h.cycle.ends),
				     one->note ? " " : "", one->note ? one->note : "");
	return 0;
}

static int answer(struct asking *q, struct paths_judged *ret)
{
	struct arena *a = q->w->arena;
	int r = 0;

	ret->as_of = q->c.day;
	ret->paths.v = arena_array(a, q->paths.n + 1, sizeof(*ret->paths.v));
	for (size_t i = 0; r == 0 && i < q->paths.n; i++) {
		const struct path *path = &q->paths.v[i];
		if (!fits(q, path)) {
			texts_add(&ret->others,
				  arena_printf(a, "%s: %s", path->name, path->title), a);
			continue;
		}
		answer_one(q, path, &ret->paths.v[ret->paths.n]);
		r = check_from(q, &ret->paths.v[ret->paths.n++]);
	}
	qsort(ret->paths.v, ret->paths.n, sizeof(*ret->paths.v), by_lack);
	const char *name = ret->paths.n ? ret->paths.v[0].path : NULL;
	if (name && (q->kind == PATH_FIRST || q->kind == PATH_IN) && !q->alias)
		ret->track = arena_printf(
			a, "pdh credential add %s --pursuing%s%s", q->paths.pack->id,
			strcmp(name, q->paths.v[0].name) == 0 ? "" : " --path ",
			strcmp(name, q->paths.v[0].name) == 0 ? "" : name);
	return r;
}

int method_path_get(struct work *w, const struct path_get_params *p,
		    struct paths_judged *ret, struct err *e)
{
	struct asking q = {.w = w, .p = p, .named = p->path, .e = e};
	int r = find_paths(&q);

	const struct texts done = q.c.done;
	const civil_day day = p->as_of == DATE_NONE ? w->today : p->as_of;
	if (r == 0)
		r = told_read(w, &p->have, day, &q.c, e);
	q.c.done = done;
	return r < 0 ? r : answer(&q, ret);
}
