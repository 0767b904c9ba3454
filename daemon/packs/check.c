/* pack.check and pack.test: texts that are no packs yet, and worked examples computed anew. */
#include "daemon/judge/example.h"
#include "daemon/method.h"
#include "daemon/packs/packs.h"
#include "daemon/path/path.h"

#include <string.h>

/* ---- check ------------------------------------------------------------------------------ */

static int64_t count_rules(const struct pack *p)
{
	int64_t n = 0;

	for (size_t i = 0; i < p->rules.n; i++)
		n += !p->rules.rules[i].is_alternative;
	return n;
}

/* What a name of a file ends in. */
static const char *leaf(const char *file)
{
	const char *slash = strrchr(file, '/');

	return slash ? slash + 1 : file;
}

static void note_name(struct work *w, const struct pack *p, struct pack_checked *ret)
{
	const char *name = arena_printf(w->arena, "%s.yaml", p->id);

	if (strcmp(ret->file, "-") == 0 || strcmp(leaf(ret->file), name) == 0)
		return;
	ret->notes.v = arena_alloc(w->arena, sizeof(*ret->notes.v));
	ret->notes.n = 1;
	ret->notes.v[0] =
		arena_printf(w->arena, "to be used, it is called %s and lies in %s", name,
			     pack_library_own_folder(w->packs));
}

static int parse(struct work *w, const struct pack_check_params *p, struct pack *ret,
		 struct err *e)
{
	struct paths paths;

	if (!p->text)
		return err_set(e, -PDH_USAGE, "text", "needs the text of the file");
	int r = pack_library_parse(w->packs, p->text, p->file, w->arena, ret, e);
	return r < 0 ? r : path_read(ret, w->arena, &paths, e);
}

int method_pack_check(struct work *w, const struct pack_check_params *p,
		      struct pack_checked *ret, struct err *e)
{
	struct pack pack;
	int r = parse(w, p, &pack, e);

	if (r < 0)
		return r;
	ret->file = p->file;
	ret->pack = pack.id;
	ret->version = pack.version;
	ret->extends = packs_base(&pack, w->arena);
	ret->rules = count_rules(&pack);
	ret->examples = (int64_t)pack.example_count;
	note_name(w, &pack, ret);
	return 0;
}

/* ---- test ------------------------------------------------------------------------------- */

static void test_example(struct work *w, const struct pack *p,
			 const struct pack_example *x, struct pack_tested *ret)
{
	struct texts said = {0, NULL};
	AUTO_ARENA scratch = {NULL};

	example_run(p, x, &scratch, &said);
	ret->agree += said.n == 0;
	if (said.n == 0)
		return;
	struct pack_disagreement *d = &ret->disagreements.v[ret->disagreements.n++];
	d->name = x->name;
	d->line = x->line;
	d->texts.n = said.n;
	d->texts.v = arena_array(w->arena, said.n, sizeof(*said.v));
	for (size_t i = 0; i < said.n; i++)
		d->texts.v[i] = arena_dup(w->arena, said.v[i]);
}

static struct pack_tested *add(struct packs_tested *ret, const char *name)
{
	struct pack_tested *t = &ret->packs.v[ret->packs.n++];

	shape_none(&shape_pack_tested, t);
	t->name = name;
	t->examples = t->agree = 0;
	return t;
}

static void test_pack(struct work *w, const char *name, const struct pack *p,
		      struct packs_tested *ret)
{
	struct pack_tested *t = add(ret, name);

	t->version = p->version;
	t->layer = p->layer;
	t->examples = (int64_t)p->example_count;
	t->disagreements.v =
		arena_array(w->arena, p->example_count, sizeof(struct pack_disagreement));
	for (size_t i = 0; i < p->example_count; i++)
		test_example(w, p, &p->examples[i], t);
	ret->examples += t->examples;
	ret->agree += t->agree;
	if (t->agree < t->examples)
		ret->good = 0;
}

static void test_all(struct work *w, struct packs_tested *ret)
{
	const struct pack *const *all;
	struct texts problems;
	struct pack_stack stack;
	size_t n;

	pack_library_all(w->packs, &all, &n, &problems);
	ret->packs.v = arena_array(w->arena, n * PATH_PACK_LAYERS + problems.n + 1,
				   sizeof(struct pack_tested));
	for (size_t i = 0; i < n; i++) {
		pack_library_stack(w->packs, all[i]->id, &stack);
		for (size_t k = 0; k < stack.n; k++)
			test_pack(w, stack.v[k]->id, stack.v[k], ret);
	}
	for (size_t i = 0; i < problems.n; i++) {
		add(ret, NULL)->problem = problems.v[i];
		ret->good = 0;
	}
}

static int test_named(struct work *w, const struct pack_test_params *p,
		      struct packs_tested *ret, struct err *e)
{
	ret->packs.v = arena_array(w->arena, p->packs.n + p->files.n,
				   sizeof(struct pack_tested));
	for (size_t i = 0; i < p->files.n; i++) {
		struct pack pack;
		int r = parse(w, &p->files.v[i], &pack, e);
		if (r < 0)
			return r;
		test_pack(w, p->files.v[i].file, &pack, ret);
	}
	for (size_t i = 0; i < p->packs.n; i++) {
		const struct pack *pack;
		int r = pack_library_find(w->packs, p->packs.v[i], &pack, e);
		if (r < 0)
			return r;
		test_pack(w, p->packs.v[i], pack, ret);
	}
	return 0;
}

int method_pack_test(struct work *w, const struct pack_test_params *p,
		     struct packs_tested *ret, struct err *e)
{
	bool named = p->packs.n || p->files.n;

	ret->examples = ret->agree = 0;
	ret->good = 1;
	if (named == (p->all > 0)) {
		err_set(e, -PDH_USAGE, "packs",
			named ? "are named beside --all; give the one or the other"
			      : "Test what? Give packs or files.");
		return err_hint(e, "such as pdh rules test us-tx-school-librarian, or "
				   "pdh rules test --all");
	}
	if (named)
		return test_named(w, p, ret, e);
	test_all(w, ret);
	return 0;
}
