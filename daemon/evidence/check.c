/* evidence.check and evidence.purge: the files, beside what the rows say of them. */
#include "common/clock.h"
#include "daemon/evidence/evidence.h"
#include "daemon/method.h"
#include "daemon/store/row.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PASS_BYTES = 8 << 20, BLOCK = 64 << 10 }; /* of one call; 25 ms */

/* One call. A file larger than what is left of it goes on in the next, from where its digest stood. */
struct pass {
	struct work *w;
	struct evidence_checked *ret;
	int64_t left; /* bytes */
	int64_t last; /* number of the last proof that is done */
	int64_t at;   /* bytes of the next that were read before */
	struct sha256 hash;
};

/* "7" is behind proof 7; "7:8388608:..." is within it. */
static int read_cursor(struct pass *c, const char *after, struct err *e)
{
	char state[SHA256_STATE_SIZE] = "";
	long long id = 0, at = 0;
	char end;

	sha256_begin(&c->hash);
	if (!after)
		return 0;
	int n = sscanf(after, "%18lld:%18lld:%256[0-9a-f]%c", &id, &at, state, &end);
	bool within = n == 3 && at > 0 && sha256_load(&c->hash, state);
	if (id < 0 || (!within && (n != 1 || strchr(after, ':'))))
		return err_set(e, -PDH_USAGE, "after", "is not what a page ended with");
	c->last = within ? id - 1 : id;
	c->at = within ? at : 0;
	return 0;
}

static const char *cursor(const struct pass *c, int64_t id)
{
	char state[SHA256_STATE_SIZE];

	if (c->at == 0)
		return arena_printf(c->w->arena, "%lld", (long long)c->last);
	sha256_save(&c->hash, state);
	return arena_printf(c->w->arena, "%lld:%lld:%s", (long long)id, (long long)c->at,
			    state);
}

static int next_proof(struct pass *c, struct evidence *to, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(c->w->db, Q_evidence_next, &s, e);

	if (r < 0)
		return r;
	db_bind_int(s, ":after", c->last);
	r = db_step(c->w->db, s, e);
	if (r <= 0)
		return r;
	shape_none(&shape_evidence, to);
	row_read(s, &shape_evidence, c->w->arena, to);
	return 1;
}

static int complain(struct pass *c, struct evidence *p, enum proof_state state,
		    struct err *e)
{
	const struct proof_days none = {NULL, 0};
	bool absent = state == PROOF_ABSENT;
	int r = evidence_fill(c->w, &none, p, e);

	p->state = state;
	if (absent) {
		c->ret->absent.v = arena_grow(c->w->arena, c->ret->absent.v,
					      c->ret->absent.n, sizeof(*p));
		c->ret->absent.v[c->ret->absent.n++] = *p;
	} else {
		c->ret->damaged.v = arena_grow(c->w->arena, c->ret->damaged.v,
					       c->ret->damaged.n, sizeof(*p));
		c->ret->damaged.v[c->ret->damaged.n++] = *p;
	}
	return r;
}

/* Reads on, as far as this call goes: 1 at the end of the file, 0 before it, negative where it cannot be read. */
static int read_on(struct pass *c, int fd)
{
	char block[BLOCK];
	ssize_t n = 1;

	while (c->left > 0 && n > 0) {
		n = pread(fd, block, sizeof(block), c->at);
		if (n <= 0)
			break;
		sha256_add(&c->hash, block, (size_t)n);
		c->at += n;
		c->left -= n;
		c->ret->bytes += n;
	}
	return n < 0 ? -1 : n == 0;
}

/* 1 where the proof is done, 0 where the next call goes on with it. */
static int check_one(struct pass *c, struct evidence *p, struct err *e)
{
	char digest[SHA256_TEXT_SIZE] = "";
	int fd = store_open(c->w, p->sha256), whole = 1;

	if (fd >= 0) {
		whole = read_on(c, fd);
		close(fd);
	}
	if (whole == 0)
		return 0;
	sha256_text(&c->hash, digest);
	bool good = fd >= 0 && whole > 0 && strcmp(digest, p->sha256) == 0;
	int r = good ? 0 : complain(c, p, fd < 0 ? PROOF_ABSENT : PROOF_DAMAGED, e);
	c->ret->checked += fd >= 0;
	c->last = p->id;
	c->at = 0;
	sha256_begin(&c->hash);
	return r < 0 ? r : 1;
}

static int check_all(struct pass *c, struct err *e)
{
	struct evidence p;
	int r, done = 1;

	while ((r = next_proof(c, &p, e)) > 0) {
		done = c->left > 0 ? check_one(c, &p, e) : 0;
		if (done < 0)
			return done;
		if (done == 0)
			break;
	}
	if (r > 0)
		c->ret->next = cursor(c, p.id);
	return r < 0 ? r : 0;
}

/* The one alone; in several calls where it is large. */
static int check_this(struct pass *c, int64_t id, struct err *e)
{
	struct evidence p;
	int r = evidence_read(c->w, id, &p, e);

	if (r < 0)
		return r;
	r = check_one(c, &p, e);
	if (r == 0)
		c->ret->next = cursor(c, id);
	return r < 0 ? r : 0;
}

static int add_rest(struct work *w, struct evidence_checked *ret, struct err *e)
{
	struct list orphans, missing;
	int r = evidence_orphans(w, &orphans, e);

	if (r == 0)
		r = proof_missing_all(w, &missing, e);
	if (r < 0)
		return r;
	memcpy(&ret->orphans, &orphans, sizeof(orphans));
	memcpy(&ret->missing, &missing, sizeof(missing));
	return 0;
}

int method_evidence_check(struct work *w, const struct evidence_check_params *p,
			  struct evidence_checked *ret, struct err *e)
{
	struct pass c = {.w = w, .ret = ret, .left = PASS_BYTES};
	int r = read_cursor(&c, p->after, e);

	ret->checked = ret->bytes = 0;
	if (r < 0)
		return r;
	if (p->id != INT_NONE)
		return check_this(&c, p->id, e);
	r = check_all(&c, e);
	return r < 0 || ret->next ? r : add_rest(w, ret, e);
}

/* ---- purge -------------------------------------------------------------------------------------- */

enum { KEPT_S = 30 * 86400 };

/* Whether nothing has spoken of it for long, so that nobody will take back what did: 1 or 0. */
static int is_over(struct work *w, const struct stray *file, struct err *e)
{
	AUTO_STMT s = NULL;
	int r;

	if (file->since > clock_day_of(w->now - KEPT_S))
		return 0;
	r = db_query(w->db, Q_evidence_changed, &s, e);
	if (r < 0)
		return r;
	db_bind_int(s, ":since", w->now - KEPT_S);
	db_bind_text(s, ":sha256", file->sha256);
	r = db_step(w->db, s, e);
	return r < 0 ? r : r == 0;
}

static void purge(struct work *w, const struct stray *file, struct evidence_purged *ret)
{
	if (!w->dry_run && !store_remove(w, file->sha256))
		return;
	ret->removed.v = arena_grow(w->arena, ret->removed.v, ret->removed.n,
				    sizeof(*ret->removed.v));
	ret->removed.v[ret->removed.n++] = *file;
	ret->bytes += file->size;
}

int method_evidence_purge(struct work *w, const struct evidence_purge_params *p,
			  struct evidence_purged *ret, struct err *e)
{
	struct list orphans;
	int r = evidence_orphans(w, &orphans, e);

	(void)p;
	ret->bytes = ret->later = 0;
	ret->dry_run = w->dry_run;
	for (size_t i = 0; r >= 0 && i < orphans.n; i++) {
		const struct stray *file = (const struct stray *)orphans.v + i;
		r = is_over(w, file, e);
		if (r > 0)
			purge(w, file, ret);
		else if (r == 0)
			ret->later++;
	}
	return r < 0 ? r : 0;
}
