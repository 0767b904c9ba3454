#include "daemon/evidence/evidence.h"

#include "common/clock.h"
#include "daemon/store/row.h"

#include <string.h>

static int step(struct work *w, struct sqlite3_stmt *s, struct evidence *ret,
		struct err *e)
{
	int r = db_step(w->db, s, e);

	if (r <= 0)
		return r;
	shape_none(&shape_evidence, ret);
	row_read(s, &shape_evidence, w->arena, ret);
	return 1;
}

int evidence_read(struct work *w, int64_t id, struct evidence *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_get, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":id", id);
	r = step(w, s, ret, e);
	if (r != 0)
		return r < 0 ? r : 0;
	err_set(e, -PDH_NOT_FOUND, "id", "there is no proof %lld", (long long)id);
	return err_hint(e, "pdh evidence lists them");
}

int evidence_find(struct work *w, const char *digest, struct evidence *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_find, &s, e);

	if (r < 0)
		return r;
	db_bind_text(s, ":sha256", digest);
	return step(w, s, ret, e);
}

/* ---- what it is of, and until when -------------------------------------------------------------- */

static int read_links(struct work *w, struct evidence *to, struct err *e)
{
	struct list rows;
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_links, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":evidence_id", to->id);
	r = row_read_all(w->db, s, &shape_evidence_link, w->arena, &rows, e);
	if (r == 0)
		memcpy(&to->of, &rows, sizeof(rows));
	return r;
}

static bool lies_in(const struct proof_cycle *c, civil_day day)
{
	return (c->begins == DATE_NONE || day >= c->begins) &&
	       (c->ends == DATE_NONE || day <= c->ends);
}

int evidence_may_count(struct work *w, int64_t activity, int64_t credential,
		       struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_proof_scope, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":activity_id", activity);
	db_bind_int(s, ":credential_id", credential);
	return db_step(w->db, s, e);
}

int evidence_import_may_count(struct work *w, int64_t batch, int64_t credential,
			      civil_day begins, civil_day ends, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_import_counts, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":import", batch);
	db_bind_int(s, ":credential_id", credential);
	db_bind_date(s, ":begins", begins);
	db_bind_date(s, ":ends", ends);
	return db_step(w->db, s, e);
}

static int is_wanted(struct work *w, const struct proof_cycle *c,
		     const struct evidence *p, const struct evidence_link *of,
		     struct err *e)
{
	civil_day day = of->day == DATE_NONE ? p->received_on : of->day;

	/* As long as one of the entries that came from it. */
	if (of->import != INT_NONE)
		return evidence_import_may_count(w, of->import, c->credential_id,
						 c->begins, c->ends, e);
	if (!lies_in(c, day))
		return 0;
	if (of->activity == INT_NONE)
		return of->credential && strcmp(of->credential, c->alias) == 0;
	return evidence_may_count(w, of->activity, c->credential_id, e);
}

int evidence_fill(struct work *w, const struct proof_days *days, struct evidence *to,
		  struct err *e)
{
	int r = read_links(w, to, e);

	for (size_t i = 0; r >= 0 && i < to->of.n; i++)
		for (size_t k = 0; r >= 0 && k < days->n; k++) {
			const struct proof_cycle *c = &days->v[k];
			r = is_wanted(w, c, to, &to->of.v[i], e);
			if (r > 0 &&
			    (to->keep_until == DATE_NONE || c->keep > to->keep_until))
				to->keep_until = c->keep;
		}
	to->state = store_has(w, to->sha256, to->size) ? PROOF_KEPT : PROOF_ABSENT;
	return r < 0 ? r : 0;
}

static const char *link_words(const struct evidence_link *of, struct arena *a)
{
	if (of->activity != INT_NONE)
		return arena_printf(a, "#%lld", (long long)of->activity);
	if (of->item != INT_NONE)
		return arena_printf(a, "item %lld", (long long)of->item);
	if (of->import != INT_NONE)
		return arena_printf(a, "import %lld", (long long)of->import);
	return of->credential ? of->credential : "";
}

const char *evidence_words(const struct evidence *p, struct arena *a)
{
	enum { MOST = 5 };
	const char *text = p->name;

	for (size_t i = 0; i < p->of.n && i < MOST; i++)
		text = arena_printf(a, "%s%s%s", text, i ? ", " : " of ",
				    link_words(&p->of.v[i], a));
	return p->of.n > MOST ? arena_printf(a, "%s and %zu more", text, p->of.n - MOST)
			      : text;
}

int evidence_answer(struct work *w, int64_t id, struct attached *ret, struct err *e)
{
	struct evidence *p = arena_alloc(w->arena, sizeof(*p));
	struct proof_days days;
	struct list missing;

	int r = evidence_read(w, id, p, e);
	if (r == 0)
		r = proof_days(w, &days, e);
	if (r == 0)
		r = evidence_fill(w, &days, p, e);
	if (r == 0)
		r = proof_missing_all(w, &missing, e);
	if (r < 0)
		return r;
	ret->evidence.v = p;
	ret->evidence.n = 1;
	ret->missing = (int64_t)missing.n;
	ret->dry_run = w->dry_run;
	return 0;
}

/* ---- files without a row ------------------------------------------------------------------------ */

int evidence_orphans(struct work *w, struct list *ret, struct err *e)
{
	struct store_file *files;
	struct evidence known;
	size_t n;
	int r = 0;

	store_list(w, &files, &n);
	*ret = (struct list){0, NULL};
	for (size_t i = 0; r >= 0 && i < n; i++) {
		r = evidence_find(w, files[i].digest, &known, e);
		if (r != 0)
			continue;
		ret->v = arena_grow(w->arena, ret->v, ret->n, sizeof(struct stray));
		((struct stray *)ret->v)[ret->n++] = (struct stray){
			.sha256 = files[i].digest,
			.size = files[i].size,
			.since = clock_day_of(files[i].since),
		};
	}
	return r < 0 ? r : 0;
}

int evidence_look(struct work *w, struct evidence_look *ret, struct err *e)
{
	struct evidence p;
	struct list orphans;
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_page, &s, e);

	*ret = (struct evidence_look){0};
	if (r < 0)
		return r;
	db_bind_int(s, ":after", 0);
	while ((r = step(w, s, &p, e)) > 0) {
		ret->files++;
		ret->absent += !store_has(w, p.sha256, p.size);
	}
	if (r == 0)
		r = evidence_orphans(w, &orphans, e);
	if (r == 0)
		ret->orphans = orphans.n;
	return r;
}
