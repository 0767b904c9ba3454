/* evidence.add and evidence.remove */
#include "common/filename.h"
#include "common/texts.h"
#include "daemon/evidence/evidence.h"
#include "daemon/judge/ledger.h"
#include "daemon/method.h"
#include "daemon/store/row.h"

#include <string.h>

/* What a proof is to be of: one thing of one kind, or several activities. */
struct target {
	int64_t activity, item, credential; /* INT_NONE but for one */
	const char *words;
};

struct targets {
	struct target *v;
	size_t n;
};

static int check_there(struct work *w, enum db_query q, int64_t id, const char *field,
		       const char *what, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, q, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", id);
	r = db_step(w->db, s, e);
	return r > 0   ? 0
	       : r < 0 ? r
		       : err_set(e, -PDH_NOT_FOUND, field, "there is no %s%lld", what,
				 (long long)id);
}

static void add_target(struct work *w, struct targets *to, struct target one)
{
	to->v = arena_grow(w->arena, to->v, to->n, sizeof(*to->v));
	to->v[to->n++] = one;
}

static int find_activities(struct work *w, const struct ids *ids, struct targets *to,
			   struct err *e)
{
	int r = 0;

	for (size_t i = 0; r == 0 && i < ids->n; i++) {
		r = check_there(w, Q_activity_title, ids->v[i], "ids", "activity #", e);
		add_target(w, to,
			   (struct target){ids->v[i], INT_NONE, INT_NONE,
					   arena_printf(w->arena, "#%lld",
							(long long)ids->v[i])});
	}
	return r;
}

static int find_targets(struct work *w, const struct evidence_add_params *p,
			struct targets *ret, struct err *e)
{
	int kinds = (p->ids.n > 0) + (p->item != INT_NONE) + (p->credential != NULL);
	struct held h;
	int r;

	*ret = (struct targets){NULL, 0};
	if (kinds != 1)
		return err_set(e, -PDH_USAGE, "ids",
			       kinds ? "a proof is attached to activities, to an item or "
				       "to a credential, one of them at a time"
				     : "say what it proves: activities, an item or a "
				       "credential");
	if (p->ids.n)
		return find_activities(w, &p->ids, ret, e);
	if (p->item != INT_NONE) {
		add_target(w, ret,
			   (struct target){INT_NONE, p->item, INT_NONE,
					   arena_printf(w->arena, "item %lld",
							(long long)p->item)});
		return check_there(w, Q_item_get, p->item, "item", "item ", e);
	}
	r = held_find(w, p->credential, "credential", &h, e);
	if (r == 0)
		add_target(w, ret, (struct target){INT_NONE, INT_NONE, h.id, h.alias});
	return r;
}

/* ---- the file ----------------------------------------------------------------------------------- */

static int check_type(const char *type, struct err *e)
{
	static const char usual[] = "abcdefghijklmnopqrstuvwxyz0123456789.+-_";
	size_t n = type ? strspn(type, usual) : 0, rest;

	if (!type)
		return 0;
	rest = n && type[n] == '/' ? strspn(type + n + 1, usual) : 0;
	return rest && !type[n + 1 + rest]
		       ? 0
		       : err_set(e, -PDH_USAGE, "media_type",
				 "\"%.60s\" is not a type such as application/pdf", type);
}

static int take_upload(struct work *w, const struct evidence_add_params *p,
		       struct upload_file *ret, struct err *e)
{
	int r = check_type(p->media_type, e);

	if (r == 0)
		r = upload_open(w, p->upload, "evidence", ret, e);
	if (r == 0 && p->sha256 && strcmp(p->sha256, ret->sha256) != 0)
		r = err_set(e, -PDH_REFUSED, "sha256",
			    "the bytes that came have another SHA-256: %s", ret->sha256);
	return r;
}

static int insert(struct work *w, const struct evidence_add_params *p,
		  const struct upload_file *f, struct evidence *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_insert, &s, e);

	if (r < 0)
		return r;
	shape_none(&shape_evidence, ret);
	ret->name = filename_clean(p->name, strlen(p->name), w->arena);
	ret->size = f->size;
	ret->media_type = p->media_type ? p->media_type : "application/octet-stream";
	ret->sha256 = arena_dup(w->arena, f->sha256);
	ret->received_on = w->today;
	ret->note = p->note;
	row_bind(s, &shape_evidence, ret);
	r = db_run(w->db, s, e);
	ret->id = db_last_id(w->db);
	return r;
}

static int set_note(struct work *w, int64_t id, const char *note, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_set_note, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", id);
	db_bind_text(s, ":note", *note ? note : NULL);
	return db_run(w->db, s, e);
}

/* The row of these bytes, made where there is none. What was kept already is left as it is, but for its note. */
static int find_or_insert(struct work *w, const struct evidence_add_params *p,
			  const struct upload_file *f, struct evidence *ret,
			  bool *ret_known, struct err *e)
{
	int r = evidence_find(w, f->sha256, ret, e);

	*ret_known = r > 0;
	if (r == 0)
		return insert(w, p, f, ret, e);
	if (r > 0 && p->note)
		r = set_note(w, ret->id, p->note, e);
	return r < 0 ? r : 0;
}

/* ---- what it proves ----------------------------------------------------------------------------- */

static void bind_target(struct sqlite3_stmt *s, int64_t id, const struct target *t)
{
	db_bind_int(s, ":evidence_id", id);
	db_bind_int(s, ":activity_id", t->activity);
	db_bind_int(s, ":item_id", t->item);
	db_bind_int(s, ":credential_id", t->credential);
}

/* 1 where it was linked now, 0 where it was before. */
static int link_target(struct work *w, int64_t id, const struct target *t, struct err *e)
{
	AUTO_STMT there = NULL;
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_is_linked, &there, e);

	if (r < 0)
		return r;
	bind_target(there, id, t);
	r = db_step(w->db, there, e);
	if (r != 0)
		return r < 0 ? r : 0;
	r = db_query(w->db, Q_evidence_link, &s, e);
	if (r < 0)
		return r;
	bind_target(s, id, t);
	r = db_run(w->db, s, e);
	return r < 0 ? r : 1;
}

/* *ret_words: those that are new, "#140, #212"; "" for none. */
static int link_all(struct work *w, int64_t id, const struct targets *targets,
		    const char **ret_words, struct err *e)
{
	*ret_words = "";
	for (size_t i = 0; i < targets->n; i++) {
		int r = link_target(w, id, &targets->v[i], e);
		if (r < 0)
			return r;
		if (r > 0)
			*ret_words = arena_printf(w->arena, "%s%s%s", *ret_words,
						  **ret_words ? ", " : "",
						  targets->v[i].words);
	}
	return 0;
}

static const char *all_words(struct work *w, const struct targets *targets)
{
	const char *words = "";

	for (size_t i = 0; i < targets->n; i++)
		words = arena_printf(w->arena, "%s%s%s", words, i ? ", " : "",
				     targets->v[i].words);
	return words;
}

/* Of what was kept already; `was` as it was before. */
static void note_known(struct work *w, const struct evidence *was, const char *now,
		       struct attached *ret)
{
	const char *of = strstr(evidence_words(was, w->arena), " of ");
	const char *before =
		was->of.n && of ? arena_printf(w->arena, ", as proof%s", of) : "";

	texts_add(
		&ret->notes,
		*now ? arena_printf(w->arena,
				    "the same file is kept already%s; it now proves "
				    "%s%s",
				    before, now, was->of.n ? " too" : "")
		     : arena_printf(w->arena, "the same file is kept already%s", before),
		w->arena);
}

int method_evidence_add(struct work *w, const struct evidence_add_params *p,
			struct attached *ret, struct err *e)
{
	const struct proof_days none = {NULL, 0};
	bool known = false, right = ledgers_are_right(w);
	struct targets targets;
	struct upload_file f;
	struct evidence was;
	const char *linked = "";

	int r = find_targets(w, p, &targets, e);
	if (r == 0)
		r = take_upload(w, p, &f, e);
	if (r == 0 && !w->dry_run)
		r = store_keep(w, p->upload, &f, e);
	if (r == 0)
		r = find_or_insert(w, p, &f, &was, &known, e);
	if (r == 0)
		r = evidence_fill(w, &none, &was, e);
	if (r == 0)
		r = link_all(w, was.id, &targets, &linked, e);
	if (r < 0)
		return r;
	if (right)
		ledgers_stay(w);
	r = evidence_answer(w, was.id, ret, e);
	if (r < 0)
		return r;
	if (w->dry_run)
		ret->evidence.v->state = PROOF_KEPT;
	else
		upload_done(w, p->upload);
	if (known)
		note_known(w, &was, linked, ret);
	w->what = arena_printf(w->arena, "attach %s to %s", was.name,
			       all_words(w, &targets));
	return 0;
}

int method_evidence_remove(struct work *w, const struct evidence_remove_params *p,
			   struct attached *ret, struct err *e)
{
	bool right = ledgers_are_right(w);
	struct list missing;
	AUTO_STMT s = NULL;

	int r = evidence_answer(w, p->id, ret, e);
	if (r == 0)
		r = db_query(w->db, Q_evidence_delete, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":id", p->id);
	r = db_run(w->db, s, e);
	if (r < 0)
		return r;
	if (right)
		ledgers_stay(w);
	r = proof_missing_all(w, &missing, e);
	ret->missing = (int64_t)missing.n;
	w->what = arena_printf(w->arena, "take off %s",
			       evidence_words(ret->evidence.v, w->arena));
	return r;
}
