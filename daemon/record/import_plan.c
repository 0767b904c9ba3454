#include "daemon/record/import_plan.h"

#include "common/digest.h"

#include <stdio.h>
#include <string.h>

static uint64_t add_text(uint64_t digest, const char *text)
{
	return text ? digest_add(digest, text, strlen(text) + 1)
		    : digest_add(digest, "\xff", 1);
}

/* The same for the same wishes. */
static uint64_t wish_digest(const struct import_wish *wish)
{
	const bool yes[] = {wish->similar, wish->again, wish->update, wish->strict};
	uint64_t d = add_text(DIGEST_START, wish->layout);

	d = digest_add(d, wish->take.v, wish->take.n * sizeof(*wish->take.v));
	for (size_t i = 0; i < wish->same.n; i++)
		d = add_text(d, wish->same.v[i]);
	return digest_add(d, yes, sizeof(yes));
}

/* A copy that outlives the request. */
static void keep_wish(struct import_plan *p, const struct import_wish *wish)
{
	struct arena *a = &p->of_match;
	struct import_wish *to = &p->wish;

	*to = *wish;
	to->layout = arena_dup(a, wish->layout);
	to->take.v = arena_array(a, wish->take.n + 1, sizeof(*to->take.v));
	if (wish->take.n)
		memcpy(to->take.v, wish->take.v, wish->take.n * sizeof(*to->take.v));
	to->same.v = arena_array(a, wish->same.n + 1, sizeof(char *));
	for (size_t i = 0; i < wish->same.n; i++)
		to->same.v[i] = arena_dup(a, wish->same.v[i]);
	to->opening = OPENING_NONE; /* it changes no verdict */
}

static void forget_match(struct import_plan *p)
{
	arena_reset(&p->of_match);
	p->begun = false;
	p->digest = NULL;
	p->match = (struct import_match){0};
}

void import_plan_done(struct import_plan *p)
{
	arena_done(&p->of_rows);
	arena_done(&p->of_match);
	*p = (struct import_plan){.token = ""};
}

void import_plan_expire(struct import_plan *p, const struct uploads *u)
{
	bool there = false;

	for (size_t i = 0; p->token[0] && i < UPLOAD_MOST; i++)
		there = there || strcmp(u->slots[i].token, p->token) == 0;
	if (p->token[0] && !there)
		import_plan_done(p);
}

/* What was found so far is worth something only while wishes and records are as they were. */
static int begin_or_go_on(struct work *w, struct import_plan *p,
			  const struct import_wish *wish, struct err *e)
{
	struct db_stamp now;
	int r = db_stamp(w->db, &now, e);

	if (r < 0)
		return r;
	if (p->begun &&
	    (memcmp(&now, &p->stamp, sizeof(now)) != 0 ||
	     p->wish_digest != wish_digest(wish) || p->work.today != w->today))
		forget_match(p);
	p->work = *w;
	p->work.arena = &p->of_match;
	p->match.e = e;
	if (p->begun)
		return 0;
	keep_wish(p, wish);
	p->wish_digest = wish_digest(wish);
	p->stamp = now;
	p->match = (struct import_match){.w = &p->work,
					 .wish = &p->wish,
					 .rows = {p->n, p->rows},
					 .left = p->left,
					 .left_n = p->left_n,
					 .e = e};
	r = import_match_begin(&p->match);
	p->begun = r == 0;
	return r;
}

static int match_step(struct work *w, struct import_plan *p,
		      const struct import_wish *wish, struct err *e)
{
	int r = begin_or_go_on(w, p, wish, e);

	if (r == 0 && p->match.phase != IMPORT_MATCHED)
		r = import_match_step(&p->match);
	if (r == 0 && !p->digest)
		p->digest = import_digest(&p->match.rows, p->match.v, &p->of_match);
	if (r < 0)
		forget_match(p);
	return r;
}

static int step(struct work *w, struct import_plan *p, const struct import_wish *wish,
		const struct upload_file *file, struct err *e)
{
	if (p->read)
		return match_step(w, p, wish, e);
	int r = import_rows_read(w, file, p, e);
	if (r < 0) {
		import_plan_done(p);
		return r;
	}
	p->read = r == 0;
	return 1;
}

int import_plan_step(struct work *w, const char *token, const struct import_wish *wish,
		     bool whole, struct import_plan **ret, struct err *e)
{
	struct import_plan *p = w->imports;
	struct upload_file file;
	int r = upload_open(w, token, "import", &file, e);

	if (r < 0)
		return r;
	if (strcmp(p->token, token) != 0) {
		import_plan_done(p);
		snprintf(p->token, sizeof(p->token), "%s", token);
		p->size = file.size;
	}
	do
		r = step(w, p, wish, &file, e);
	while (r > 0 && whole);
	*ret = p;
	return r;
}

int import_plan_progress(const struct import_plan *p)
{
	enum { WHOLE = 1000, READING = 400 };

	if (!p->read)
		return (int)(p->at * READING / (p->size + 1));
	if (!p->begun)
		return READING;
	return READING + import_match_progress(&p->match) * (WHOLE - READING) / WHOLE;
}
