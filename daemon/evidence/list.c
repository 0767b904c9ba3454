/* evidence.list and evidence.get */
#include "daemon/evidence/evidence.h"
#include "daemon/method.h"
#include "daemon/store/row.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PAGE_MAX = 1000, PIECE_MAX = 512 * 1024 };

/* Whether an entry that came from this import may count for it in one of its cycles: 1 or 0. */
static int import_is_for(struct work *w, const struct held *h,
			 const struct held_cycle *cycles, size_t n, int64_t batch,
			 struct err *e)
{
	int r = 0;

	for (size_t k = 0; r == 0 && k < n && held_counts_hours(h, w->today); k++)
		r = evidence_import_may_count(w, batch, h->id, cycles[k].begins,
					      cycles[k].ends, e);
	return r;
}

/* Whether it is of this credential, or of an entry of one of its cycles that may count for it: 1 or 0. */
static int is_for(struct work *w, const struct held *h, const struct held_cycle *cycles,
		  size_t n, const struct evidence *p, struct err *e)
{
	for (size_t i = 0; i < p->of.n; i++) {
		const struct evidence_link *of = &p->of.v[i];
		bool in = false;
		if (of->credential && strcmp(of->credential, h->alias) == 0)
			return 1;
		for (size_t k = 0; k < n; k++)
			in |= (cycles[k].begins == DATE_NONE ||
			       of->day >= cycles[k].begins) &&
			      (cycles[k].ends == DATE_NONE || of->day <= cycles[k].ends);
		int r = 0;
		if (of->import != INT_NONE)
			r = import_is_for(w, h, cycles, n, of->import, e);
		else if (of->activity != INT_NONE && in && held_counts_hours(h, w->today))
			r = evidence_may_count(w, of->activity, h->id, e);
		if (r != 0)
			return r;
	}
	return 0;
}

struct listing {
	struct work *w;
	const struct evidence_list_params *p;
	int64_t after, limit;
	struct proof_days days;
	struct held held; /* of p->credential */
	struct held_cycle *cycles;
	size_t cycles_n;
	struct proofs *ret;
};

static int read_cursor(struct listing *l, struct err *e)
{
	long long after = 0;
	char end;

	if (l->p->after && sscanf(l->p->after, "%18lld%c", &after, &end) != 1)
		return err_set(e, -PDH_USAGE, "after", "is not what a page ended with");
	l->after = after;
	return 0;
}

static int begin(struct listing *l, struct err *e)
{
	int r = read_cursor(l, e);

	if (r == 0)
		r = proof_days(l->w, &l->days, e);
	if (r < 0 || !l->p->credential)
		return r;
	r = held_find(l->w, l->p->credential, "credential", &l->held, e);
	return r < 0 ? r : held_cycles(l->w, l->held.id, &l->cycles, &l->cycles_n, e);
}

/* 1 where the row belongs to the listing. */
static int take(struct listing *l, struct sqlite3_stmt *s, struct evidence *to,
		struct err *e)
{
	shape_none(&shape_evidence, to);
	row_read(s, &shape_evidence, l->w->arena, to);
	int r = evidence_fill(l->w, &l->days, to, e);
	if (r < 0 || !l->p->credential)
		return r < 0 ? r : 1;
	return is_for(l->w, &l->held, l->cycles, l->cycles_n, to, e);
}

static int read_rows(struct listing *l, struct err *e)
{
	struct proofs *ret = l->ret;
	struct evidence one;
	AUTO_STMT s = NULL;
	int r = db_query(l->w->db, Q_evidence_page, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":after", l->after);
	db_bind_text(s, ":text", l->p->text);
	while ((r = db_step(l->w->db, s, e)) > 0) {
		r = take(l, s, &one, e);
		if (r < 0)
			return r;
		if (r > 0 && (int64_t)ret->evidence.n == l->limit) {
			ret->next = arena_printf(
				l->w->arena, "%lld",
				(long long)ret->evidence.v[ret->evidence.n - 1].id);
			return 0;
		}
		if (r > 0) {
			ret->evidence.v = arena_grow(l->w->arena, ret->evidence.v,
						     ret->evidence.n, sizeof(one));
			ret->evidence.v[ret->evidence.n++] = one;
		}
	}
	return r;
}

static int read_sums(struct work *w, struct proofs *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_evidence_sums, &s, e);

	if (r == 0)
		r = db_step(w->db, s, e);
	if (r < 0)
		return r;
	ret->files = db_int(s, 0);
	ret->bytes = db_int(s, 1);
	return 0;
}

static int read_missing(const struct listing *l, struct err *e)
{
	struct list all = {0, NULL};
	int r = l->p->credential ? proof_missing(l->w, &l->held, &all, e)
				 : proof_missing_all(l->w, &all, e);

	memcpy(&l->ret->missing, &all, sizeof(all));
	return r;
}

static int read_orphans(const struct listing *l, struct err *e)
{
	struct list all;
	int r = evidence_orphans(l->w, &all, e);

	if (r == 0)
		memcpy(&l->ret->orphans, &all, sizeof(all));
	return r;
}

int method_evidence_list(struct work *w, const struct evidence_list_params *p,
			 struct proofs *ret, struct err *e)
{
	struct listing l = {.w = w, .p = p, .limit = p->limit, .ret = ret};

	if (p->limit == INT_NONE)
		l.limit = PAGE_MAX;
	if (l.limit < 1 || l.limit > PAGE_MAX)
		return err_set(e, -PDH_USAGE, "limit", "must be from 1 to %d", PAGE_MAX);
	int r = begin(&l, e);
	if (r == 0)
		r = read_sums(w, ret, e);
	if (r < 0)
		return r;
	if (p->missing > 0)
		return read_missing(&l, e);
	return p->orphans > 0 ? read_orphans(&l, e) : read_rows(&l, e);
}

/* ---- bytes -------------------------------------------------------------------------------------- */

static int read_piece(int fd, int64_t offset, char *to, size_t most, struct bytes *ret,
		      struct err *e)
{
	size_t got = 0;

	while (got < most) {
		ssize_t n = pread(fd, to + got, most - got, offset + (int64_t)got);
		if (n == 0)
			break;
		if (n < 0 && errno != EINTR)
			return err_set(e, -PDH_STORAGE, NULL,
				       "the proof cannot be read: %s", strerror(errno));
		got += n > 0 ? (size_t)n : 0;
	}
	if (got)
		*ret = (struct bytes){got, to};
	return 0;
}

int method_evidence_get(struct work *w, const struct evidence_get_params *p,
			struct evidence_piece *ret, struct err *e)
{
	int64_t offset = p->offset == INT_NONE ? 0 : p->offset;
	int64_t length = p->length == INT_NONE ? PIECE_MAX : p->length;
	struct evidence proof;

	if (offset < 0)
		return err_set(e, -PDH_USAGE, "offset", "must be 0 or more");
	if (length < 1 || length > PIECE_MAX)
		return err_set(e, -PDH_USAGE, "length", "must be from 1 to %d",
			       PIECE_MAX);
	int r = evidence_read(w, p->id, &proof, e);
	if (r < 0)
		return r;
	int fd = store_open(w, proof.sha256);
	if (fd < 0) {
		err_set(e, -PDH_STORAGE, NULL, "the file of proof %lld (%s) is not there",
			(long long)proof.id, proof.name);
		return err_hint(e, "attach it again, or take it from a backup");
	}
	r = read_piece(fd, offset, arena_alloc(w->arena, (size_t)length), (size_t)length,
		       &ret->data, e);
	close(fd);
	ret->size = proof.size;
	ret->name = proof.name;
	ret->sha256 = proof.sha256;
	return r;
}
