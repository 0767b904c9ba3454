#include "daemon/pack/read/extend.h"

#include "common/buf.h"
#include "daemon/pack/read/write.h"

#include <string.h>

struct joiner {
	struct reader *r;
	struct arena *trees;
	const struct yaml *over; /* the overlay */
	const char *base_id;
	int line; /* of `extends`: where what comes from the base is to be blamed */
};

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* ---- trees ------------------------------------------------------------------------------ */

static struct yaml *copy_one(struct joiner *j, const struct yaml *v)
{
	struct yaml *copy = arena_alloc(j->trees, sizeof(*copy));

	*copy = *v;
	copy->next = NULL;
	return copy;
}

static struct yaml *container(struct joiner *j, const struct yaml *like,
			      enum yaml_kind kind)
{
	struct yaml *v = arena_alloc(j->trees, sizeof(*v));

	*v = (struct yaml){.kind = kind, .line = like->line, .key = like->key};
	return v;
}

/* A list or map that grows at its end. */
struct growing {
	struct yaml *v;
	struct yaml **tail;
};

static struct growing growing(struct yaml *v)
{
	return (struct growing){v, &v->first};
}

static void append(struct joiner *j, struct growing *to, const struct yaml *member)
{
	*to->tail = copy_one(j, member);
	to->tail = &(*to->tail)->next;
	to->v->n++;
}

static void set_lines(struct yaml *v, int line)
{
	v->line = line;
	for (struct yaml *m = v->first; m; m = m->next)
		set_lines(m, line);
}

/* ---- words and sources ------------------------------------------------------------------ */

/* A list of words as a map of words without other spellings; NULL: it was refused. */
static const struct yaml *as_map(struct joiner *j, const struct yaml *v)
{
	struct growing to = growing(container(j, v, YAML_MAP));

	if (v->kind == YAML_MAP)
		return v;
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct yaml word = {.kind = YAML_TEXT, .line = m->line, .text = ""};
		if (read_text_of(j->r, m, v->key, KIND_WORD, &word.key) < 0)
			return NULL;
		append(j, &to, &word);
	}
	return to.v;
}

static void add_spellings(struct joiner *j, struct growing *to, const struct yaml *v)
{
	bool list = v->kind == YAML_LIST;

	for (const struct yaml *m = list ? v->first : v; m; m = list ? m->next : NULL) {
		bool known = m->kind == YAML_TEXT && !*m->text;
		for (const struct yaml *k = to->v->first; k && m->kind == YAML_TEXT;
		     k = k->next)
			known = known || (k->kind == YAML_TEXT &&
					  is(rules_fold(k->text, j->trees),
					     rules_fold(m->text, j->trees)));
		if (known)
			continue;
		struct yaml word = *m;
		word.key = NULL;
		append(j, to, &word);
	}
}

/* The spellings of a word from both. */
static const struct yaml *join_spellings(struct joiner *j, const struct yaml *base,
					 const struct yaml *over)
{
	struct growing to = growing(container(j, over, YAML_LIST));

	add_spellings(j, &to, base);
	add_spellings(j, &to, over);
	return to.v;
}

static bool is_vocabulary(const char *key)
{
	return is(key, "kinds") || is(key, "formats") || is(key, "topics");
}

/* Maps whose members stand for themselves; of words the spellings are joined. NULL: refused. */
static const struct yaml *join_maps(struct joiner *j, const struct yaml *base,
				    const struct yaml *over)
{
	bool words = is_vocabulary(over->key);
	struct growing to = growing(container(j, over, YAML_MAP));

	if (over->kind == YAML_TEXT || (over->kind == YAML_LIST && !words))
		return over;
	base = words ? as_map(j, base) : base;
	over = words ? as_map(j, over) : over;
	if (!over)
		return NULL;
	for (const struct yaml *m = base->first; m; m = m->next) {
		const struct yaml *mine = yaml_get(over, m->key);
		append(j, &to, !mine ? m : words ? join_spellings(j, m, mine) : mine);
	}
	for (const struct yaml *m = over->first; m; m = m->next)
		if (!yaml_get(base, m->key))
			append(j, &to, m);
	return to.v;
}

/* ---- rules ------------------------------------------------------------------------------ */

static const char *id_of(const struct yaml *rule)
{
	const struct yaml *id = rule->kind == YAML_MAP ? yaml_get(rule, "id") : NULL;

	return id && id->kind == YAML_TEXT ? id->text : "";
}

/* The first rule of that id. */
static const struct yaml *find_rule(const struct yaml *rules, const char *id)
{
	for (const struct yaml *m = rules ? rules->first : NULL; m; m = m->next)
		if (*id && is(id_of(m), id))
			return m;
	return NULL;
}

static int check_drop(struct joiner *j, const struct yaml *drop, const struct yaml *base)
{
	const char **words =
		arena_array(j->trees, base ? base->n + 1 : 1, sizeof(*words));
	const char *what = arena_printf(j->trees, "the rules of %.60s", j->base_id);
	bool list = drop->kind == YAML_LIST;
	size_t n = 0;

	for (const struct yaml *m = base ? base->first : NULL; m; m = m->next)
		words[n++] = id_of(m);
	for (const struct yaml *m = list ? drop->first : drop; m;
	     m = list ? m->next : NULL) {
		const char *id;
		if (read_text_of(j->r, m, "drop", KIND_WORD, &id) < 0)
			return -PDH_REFUSED;
		if (!find_rule(base, id))
			return read_refuse_word(j->r, m, what, id, words, n);
	}
	return 0;
}

static bool dropped(const struct yaml *drop, const char *id)
{
	bool list = drop && drop->kind == YAML_LIST;

	for (const struct yaml *m = list ? drop->first : drop; m;
	     m = list ? m->next : NULL)
		if (is(m->text, id))
			return true;
	return false;
}

/* Those of the base in their order, replaced or left out; then those that are new. */
static int join_rules(struct joiner *j, const struct yaml *base, const struct yaml **ret)
{
	const struct yaml *over = yaml_get(j->over, "rules"),
			  *drop = yaml_get(j->over, "drop");

	if (drop && check_drop(j, drop, base) < 0)
		return -PDH_REFUSED;
	*ret = over ? over : base;
	if ((over && over->kind != YAML_LIST) || !base)
		return 0;
	struct growing to = growing(container(j, *ret, YAML_LIST));
	for (const struct yaml *m = base->first; m; m = m->next) {
		const struct yaml *mine = find_rule(over, id_of(m));
		if (!dropped(drop, id_of(m)))
			append(j, &to, mine ? mine : m);
	}
	/* The second of two with one id stays, to be refused. */
	for (const struct yaml *m = over ? over->first : NULL; m; m = m->next) {
		bool taken = find_rule(base, id_of(m)) && !dropped(drop, id_of(m)) &&
			     find_rule(over, id_of(m)) == m;
		if (!taken)
			append(j, &to, m);
	}
	*ret = to.v;
	return 0;
}

/* ---- the whole -------------------------------------------------------------------------- */

static bool is_joined(const char *key)
{
	return is(key, "sources") || is(key, "facts") || is_vocabulary(key);
}

static bool is_apart(const char *key)
{
	return is(key, "extends") || is(key, "drop") || is(key, "rules") ||
	       is(key, "examples");
}

static int join(struct joiner *j, const struct yaml *base, const struct yaml **ret)
{
	const struct yaml *examples = yaml_get(j->over, "examples"), *rules;
	struct growing to = growing(container(j, j->over, YAML_MAP));

	for (const struct yaml *m = base->first; m; m = m->next) {
		const struct yaml *mine = yaml_get(j->over, m->key);
		if (is_apart(m->key))
			continue;
		if (mine && is_joined(m->key))
			mine = join_maps(j, m, mine);
		else if (!mine)
			mine = m;
		if (!mine)
			return -PDH_REFUSED;
		append(j, &to, mine);
	}
	for (const struct yaml *m = j->over->first; m; m = m->next)
		if (!is_apart(m->key) && !yaml_get(base, m->key))
			append(j, &to, m);
	if (join_rules(j, yaml_get(base, "rules"), &rules) < 0)
		return -PDH_REFUSED;
	if (rules)
		append(j, &to, rules);
	if (examples)
		append(j, &to, examples);
	*ret = to.v;
	return 0;
}

/* A version of its own: a cycle knows its rules by name and version, and these differ from
 * those of the base. */
static int check_version(struct joiner *j, const char *id, const struct pack *base)
{
	const struct yaml *version = yaml_get(j->over, "version");
	const char *text;

	if (!version)
		return read_refuse(j->r, j->over,
				   "an overlay needs a \"version\" of its own");
	if (read_text_of(j->r, version, "version", KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	if (is(id, base->id) && is(text, base->version))
		return read_refuse(
			j->r, version,
			"version %.60s is that of the %s pack; an overlay needs one of its own",
			text, base->layer ? base->layer : "same");
	return 0;
}

static int find_base(struct joiner *j, const struct pack_bases *bases,
		     const struct yaml *extends, const struct pack **ret)
{
	const struct yaml *pack = yaml_get(j->over, "pack");
	const char *id;
	struct err why;

	if (!pack)
		return read_refuse(j->r, j->over, "a pack needs \"pack\"");
	if (read_text_of(j->r, extends, "extends", KIND_PACK, &j->base_id) < 0 ||
	    read_text_of(j->r, pack, "pack", KIND_PACK, &id) < 0)
		return -PDH_REFUSED;
	if (!bases)
		return read_refuse(j->r, extends,
				   "extends: there is no other pack to be found here");
	if (bases->find(bases->data, j->base_id, id, ret, &why) < 0)
		return read_refuse(j->r, extends, "extends: %s", why.message);
	return check_version(j, id, *ret);
}

int pack_extend(struct reader *r, const struct pack_bases *bases, struct arena *trees,
		struct extended *x)
{
	struct joiner j = {.r = r, .trees = trees, .over = x->root};
	const struct yaml *extends, *drop, *base;

	x->base = NULL;
	if (x->root->kind != YAML_MAP)
		return 0;
	extends = yaml_get(x->root, "extends");
	drop = yaml_get(x->root, "drop");
	if (!extends)
		return drop ? read_refuse(r, drop,
					  "drop goes with extends: it leaves out rules "
					  "of the pack that is extended")
			    : 0;
	j.line = x->line = extends->line;
	if (find_base(&j, bases, extends, &x->base) < 0 ||
	    yaml_parse(&(struct yaml_source){x->base->text, x->base->text_len,
					     x->base->id, "pack"},
		       trees, &base, r->e) < 0)
		return -PDH_REFUSED;
	struct yaml *copy = copy_one(&j, base);
	set_lines(copy, j.line);
	return join(&j, copy, &x->root);
}

int pack_extended_text(struct reader *r, const struct extended *x, const char **ret,
		       size_t *ret_n)
{
	AUTO_BUF out = {.max = PACK_SIZE_MAX};
	AUTO_ARENA scratch = {NULL};
	const struct yaml *again;
	struct err why;

	if (write_yaml(x->root, &out) < 0 ||
	    yaml_parse(&(struct yaml_source){out.data, out.len, r->name, "pack"},
		       &scratch, &again, &why) < 0)
		return yaml_refuse(r->name, x->line, r->e,
				   "together with %.60s it is too large", x->base->id);
	*ret = arena_dup_n(r->arena, out.data, out.len);
	*ret_n = out.len;
	return 0;
}
