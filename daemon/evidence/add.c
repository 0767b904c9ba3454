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

/* As a method names it. */
struct named {
	struct ids ids;
	int64_t item;
	const char *credential;
};

static int find_targets(struct work *w, const struct named *p, struct targets *ret,
			struct err *e)
{
	int kinds = (p->ids.n > 0) + (p->item != INT_NONE) + (p->credential != NULL);
	struct held h;
	int r;

	*ret = (struct targets){NULL, 0};
	if (kinds != 1)
		return err_set(e, -PDH_USAGE, "ids",
			       kinds ? "a proof is of activities, of an item or "
				       "of a credential, one of them at a time"
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

int evidence_keep(struct work *w, const struct evidence_add_params *p,
		  struct evidence *ret, bool *ret_known, struct err *e)
{
	struct upload_file f;
	int r = take_upload(w, p, &f, e);

	if (r == 0 && !w->dry_run)
		r = store_keep(w, p->upload, &f, e);
	return r < 0 ? r : find_or_insert(w, p, &f, ret, ret_known, e);
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

static void add_note(struct work *w, struct attached *to, const struct texts *notes)
{
	for (size_t i = 0; i < notes->n; i++)
		texts_add(&to->notes, notes->v[i], w->arena);
}

/* One file, its row and what it proves; `ret` has it alone. */
static int add_one(struct work *w, const struct evidence_add_params *p,
		   struct attached *ret, struct err *e)
{
	const struct proof_days none = {NULL, 0};
	const struct named named = {p->ids, p->item, p->credential};
	bool known = false, right = ledgers_are_right(w);
	struct targets targets;
	struct evidence was;
	const char *linked = "";

	int r = find_targets(w, &named, &targets, e);
	if (r == 0)
		r = evidence_keep(w, p, &was, &known, e);
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
	if (known)
		note_known(w, &was, linked, ret);
	w->what = arena_printf(w->arena, "attach %s to %s", was.name,
			       all_words(w, &targets));
	return 0;
}

int method_evidence_add(struct work *w, const struct evidence_add_params *p,
			struct attached *ret, struct err *e)
{
	int r = add_one(w, p, ret, e);

	if (r == 0 && !w->dry_run)
		upload_done(w, p->upload);
	return r;
}

/* Which of the files is at fault. */
static int blame_file(const struct evidence_add_params *p, int r, struct err *e)
{
	const struct err was = *e;

	err_reword(e, "%.120s: %s", p->name, was.message);
	return r;
}

int method_evidence_add_all(struct work *w, const struct evidence_add_all_params *p,
			    struct attached *ret, struct err *e)
{
	size_t n = p->files.n;

	if (n == 0)
		return err_set(e, -PDH_USAGE, "files", "needs at least one file");
	ret->evidence.v = arena_array(w->arena, n, sizeof(*ret->evidence.v));
	ret->dry_run = w->dry_run;
	for (size_t i = 0; i < n; i++) {
		struct attached one;
		shape_none(&shape_attached, &one);
		int r = add_one(w, &p->files.v[i], &one, e);
		if (r < 0)
			return blame_file(&p->files.v[i], r, e);
		ret->evidence.v[ret->evidence.n++] = one.evidence.v[0];
		ret->missing = one.missing;
		add_note(w, ret, &one.notes);
	}
	for (size_t i = 0; i < n && !w->dry_run; i++)
		upload_done(w, p->files.v[i].upload);
	if (n > 1)
		w->what = arena_printf(w->arena, "attach %zu files, %s and others", n,
				       ret->evidence.v[0].name);
	return 0;
}

/* ---- off again ---------------------------------------------------------------------------------- */

static int refuse_other(struct work *w, const struct evidence *p, const struct target *t,
			struct err *e)
{
	err_set(e, -PDH_NOT_FOUND, "from", "proof %lld is not of %s", (long long)p->id,
		t->words);
	return err_hint(e, "it is %s", evidence_words(p, w->arena));
}

static int unlink_all(struct work *w, const struct evidence *p,
		      const struct targets *targets, struct err *e)
{
	for (size_t i = 0; i < targets->n; i++) {
		AUTO_STMT s = NULL;
		int r = db_query(w->db, Q_evidence_unlink, &s, e);
		if (r < 0)
			return r;
		bind_target(s, p->id, &targets->v[i]);
		r = db_run(w->db, s, e);
		if (r < 0)
			return r;
		if (db_changed_rows(w->db) == 0)
			return refuse_other(w, p, &targets->v[i], e);
	}
	return 0;
}

/* Off what is named. *ret_left: whether it proves something else still. */
static int take_off(struct work *w, const struct evidence_remove_params *p,
		    const struct evidence *was, bool *ret_left, struct err *e)
{
	const struct named named = {p->from, p->item, p->credential};
	const struct proof_days none = {NULL, 0};
	struct targets targets;
	struct evidence left;

	*ret_left = false;
	if (!p->from.n && p->item == INT_NONE && !p->credential)
		return 0;
	int r = find_targets(w, &named, &targets, e);
	if (r == 0)
		r = unlink_all(w, was, &targets, e);
	if (r == 0)
		r = evidence_read(w, p->id, &left, e);
	if (r == 0)
		r = evidence_fill(w, &none, &left, e);
	*ret_left = r == 0 && left.of.n > 0;
	if (*ret_left)
		w->what = arena_printf(w->arena, "take off %s from %s", was->name,
				       all_words(w, &targets));
	return r;
}

/* What proves nothing any more is no proof. */
static int remove_row(struct work *w, int64_t id, struct err *e)
{
	return DB_DO(w->db, Q_evidence_delete, e, DB_INT(":id", id));
}

int method_evidence_remove(struct work *w, const struct evidence_remove_params *p,
			   struct attached *ret, struct err *e)
{
	bool right = ledgers_are_right(w), left = false;
	struct list missing;

	int r = evidence_answer(w, p->id, ret, e);
	if (r < 0)
		return r;
	w->what = arena_printf(w->arena, "take off %s",
			       evidence_words(ret->evidence.v, w->arena));
	r = take_off(w, p, ret->evidence.v, &left, e);
	if (r == 0 && !left)
		r = remove_row(w, p->id, e);
	if (r < 0)
		return r;
	if (right)
		ledgers_stay(w);
	if (left) {
		r = evidence_answer(w, p->id, ret, e);
		texts_add(&ret->notes,
			  arena_printf(w->arena, "it is still %s",
				       evidence_words(ret->evidence.v, w->arena)),
			  w->arena);
		return r;
	}
	if (p->from.n || p->item != INT_NONE || p->credential)
		texts_add(
			&ret->notes,
			"it proves nothing any more, and its file goes with pdh evidence "
			"purge",
			w->arena);
	r = proof_missing_all(w, &missing, e);
	ret->missing = (int64_t)missing.n;
	return r;
}
