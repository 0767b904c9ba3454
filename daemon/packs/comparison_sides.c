#include "daemon/packs/comparison_sides.h"

#include "common/ascii.h"
#include "common/texts.h"
#include "daemon/judge/pin.h"
#include "daemon/pack/version.h"
#include "daemon/store/row.h"

#include <string.h>

struct reader {
	struct work *w;
	const struct pack_diff_params *p;
	const struct held_list *held;
	size_t at; /* words read */
	struct err *e;
};

static const char field[] = "rules";

/* ---- what a word is --------------------------------------------------------------------- */

/* No credential and no pack begins with a digit. */
static bool is_version(const char *word)
{
	return ascii_is_digit(*word);
}

static const struct pack_check_params *file_of(const struct reader *rd, const char *word)
{
	for (size_t i = 0; i < rd->p->files.n; i++)
		if (rd->p->files.v[i].file && rd->p->files.v[i].text &&
		    strcmp(rd->p->files.v[i].file, word) == 0)
			return &rd->p->files.v[i];
	return NULL;
}

static const struct held *credential_of(const struct reader *rd, const char *word)
{
	for (size_t i = 0; i < rd->held->n; i++)
		if (strcmp(rd->held->v[i].alias, word) == 0)
			return &rd->held->v[i];
	return NULL;
}

static int unknown_word(const struct reader *rd, const char *word)
{
	const struct pack *const *packs;
	struct texts problems;
	size_t n, count = 0;

	pack_library_all(rd->w->packs, &packs, &n, &problems);
	const char **names =
		arena_array(rd->w->arena, n + rd->held->n + 1, sizeof(*names));
	for (size_t i = 0; i < rd->held->n; i++)
		names[count++] = rd->held->v[i].alias;
	for (size_t i = 0; i < n; i++)
		names[count++] = packs[i]->id;
	const char *near = api_nearest(word, names, count);
	err_set(rd->e, -PDH_NOT_FOUND, field,
		"no credential and no rules pack is called \"%.80s\"", word);
	return near ? err_hint(rd->e, "did you mean \"%.80s\"?", near)
		    : err_hint(rd->e, "a file is written with its folder, as ./%.80s",
			       word);
}

/* ---- packs ------------------------------------------------------------------------------ */

static int read_file(const struct reader *rd, const struct pack_check_params *f,
		     struct comparison_side *ret)
{
	struct pack *pack = arena_alloc(rd->w->arena, sizeof(*pack));
	int r = pack_library_parse(rd->w->packs, f->text, f->file, rd->w->arena, pack,
				   rd->e);

	if (r == 0)
		*ret = (struct comparison_side){.pack = pack, .from = f->file};
	return r;
}

/* 1, or 0 where no cycle keeps that version. */
static int read_pinned(const struct reader *rd, const char *id, const char *version,
		       const struct pack **ret)
{
	AUTO_STMT s = NULL;
	size_t n;

	int r = DB_GET(rd->w->db, Q_rule_set_find, &s, rd->e, DB_TEXT(":pack", id),
		       DB_TEXT(":version", version));

	if (r <= 0)
		return r;
	const char *body = db_blob(s, 1, &n);
	r = pins_get(rd->w->pins, db_int(s, 0), body, n, ret, rd->e);
	return r < 0 ? r : 1;
}

static void add_once(struct reader *rd, struct texts *to, const char *version)
{
	for (size_t i = 0; i < to->n; i++)
		if (strcmp(to->v[i], version) == 0)
			return;
	texts_add(to, version, rd->w->arena);
}

static int unknown_version(struct reader *rd, const char *id, const char *version,
			   const struct pack_stack *stack)
{
	struct texts known = {0, NULL};
	AUTO_STMT s = NULL;

	int r = db_query(rd->w->db, Q_rule_set_versions, &s, rd->e);
	if (r < 0)
		return r;
	db_bind_text(s, ":pack", id);
	r = row_read_texts(rd->w->db, s, rd->w->arena, &known, rd->e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < stack->n; i++)
		add_once(rd, &known, stack->v[i]->version);
	if (known.n == 0)
		return unknown_word(rd, id);
	err_set(rd->e, -PDH_NOT_FOUND, field, "there is no version %.40s of %.80s",
		version, id);
	return err_hint(rd->e, "there is %.200s", fact_list(&known, "and", rd->w->arena));
}

static int read_version(struct reader *rd, const char *id, const char *version,
			struct comparison_side *ret)
{
	const struct pack *pack = NULL;
	struct pack_stack stack;
	int r = read_pinned(rd, id, version, &pack);

	if (r < 0)
		return r;
	pack_library_stack(rd->w->packs, id, &stack);
	for (size_t i = 0; !pack && i < stack.n; i++)
		if (strcmp(stack.v[i]->version, version) == 0)
			pack = stack.v[i];
	if (!pack)
		return unknown_version(rd, id, version, &stack);
	*ret = (struct comparison_side){.pack = pack, .from = pack->layer};
	return 0;
}

static int read_pack(struct reader *rd, const char *id, struct comparison_side *ret)
{
	const struct pack *pack;
	int r = pack_library_find(rd->w->packs, id, &pack, rd->e);

	if (r == -PDH_NOT_FOUND)
		return unknown_word(rd, id);
	if (r == 0)
		*ret = (struct comparison_side){.pack = pack, .from = pack->layer};
	return r;
}

/* ---- sides ------------------------------------------------------------------------------ */

static struct comparison_side pinned(const struct held *h)
{
	return (struct comparison_side){
		.pack = h->cycle.pack, .from = h->cycle.pack->layer, .held = h};
}

/* `first` is the side before, of whose pack a version alone is; NULL: this is the first. */
static int read_side(struct reader *rd, const struct comparison_side *first,
		     struct comparison_side *ret)
{
	const struct texts *words = &rd->p->rules;
	const char *word = words->v[rd->at++];
	const struct pack_check_params *file = file_of(rd, word);
	const struct held *h = credential_of(rd, word);

	if (file)
		return read_file(rd, file, ret);
	if (h) {
		*ret = pinned(h);
		return 0;
	}
	if (first && is_version(word))
		return read_version(rd, first->pack->id, word, ret);
	if (rd->at < words->n && is_version(words->v[rd->at]))
		return read_version(rd, word, words->v[rd->at++], ret);
	return read_pack(rd, word, ret);
}

/* A title, or a pack that is held, stands for the credential where it is the only word. */
static int read_only(struct reader *rd, struct comparison_side *ret)
{
	const char *word = rd->p->rules.v[0];
	struct err ignored;
	struct held *h;

	if (file_of(rd, word))
		return read_side(rd, NULL, ret);
	int r = held_pick(rd->held, word, field, &h, rd->e);
	if (r == 0)
		*ret = pinned(h);
	if (r != -PDH_NOT_FOUND)
		return r;
	if (read_pack(
		    &(struct reader){
			    .w = rd->w, .p = rd->p, .held = rd->held, .e = &ignored},
		    word, ret) < 0)
		return unknown_word(rd, word);
	err_set(rd->e, -PDH_USAGE, field,
		"you hold no credential of %.80s; say what to compare it with", word);
	return err_hint(rd->e, "a version, another pack, or a file");
}

/* The side that was left out: what the library has of the same pack. */
static int read_other(struct reader *rd, const struct comparison_side *known,
		      struct comparison_side *ret)
{
	const struct pack *pack = known->pack;
	int r = pack_library_find(rd->w->packs, pack->id, &pack, rd->e);

	if (r == -PDH_NOT_FOUND) {
		err_set(rd->e, r, field,
			"there is no other version of %.80s to compare it with",
			known->pack->id);
		return err_hint(rd->e, "name a second pack; pdh rules list shows them");
	}
	if (r == 0)
		*ret = (struct comparison_side){.pack = pack, .from = pack->layer};
	return r;
}

static int read_both(struct reader *rd, struct comparison_side ret[2])
{
	const struct texts *words = &rd->p->rules;
	int r = words->n == 1 ? read_only(rd, &ret[0]) : read_side(rd, NULL, &ret[0]);

	if (r < 0)
		return r;
	if (words->n == 1 && file_of(rd, words->v[0])) {
		ret[1] = ret[0];
		return read_other(rd, &ret[1], &ret[0]);
	}
	if (words->n == 1 || rd->at == words->n)
		return read_other(rd, &ret[0], &ret[1]);
	r = read_side(rd, &ret[0], &ret[1]);
	if (r == 0 && rd->at < words->n)
		return err_set(rd->e, -PDH_USAGE, field, "unexpected word \"%.60s\"",
			       words->v[rd->at]);
	return r;
}

int comparison_sides(struct work *w, const struct pack_diff_params *p,
		     const struct held_list *held, struct comparison_side ret[2],
		     struct err *e)
{
	struct reader rd = {.w = w, .p = p, .held = held, .e = e};
	int r = p->rules.n
			? read_both(&rd, ret)
			: err_set(e, -PDH_USAGE, field,
				  "Compare what? Give a credential, a rules pack or a file.");

	for (int i = 0; r == 0 && i < 2; i++) {
		const struct pack *now = version_now(w->packs, ret[i].pack->id);
		ret[i].now = now && strcmp(now->text, ret[i].pack->text) == 0;
	}
	return r;
}
