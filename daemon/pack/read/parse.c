#include "common/texts.h"
#include "daemon/pack/read/extend.h"
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rules.h"
#include "daemon/pack/ways.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int read_pack_id(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	int failed = read_text(r, k, v, into);

	return failed < 0 ? failed
			  : read_check_id(r, v, "pack", ((struct pack *)into)->id);
}

static int read_professions(struct reader *r, const struct key *k, const struct yaml *v,
			    void *into)
{
	struct texts *t = &((struct pack *)into)->professions;
	const struct yaml *one = v->kind == YAML_LIST ? v->first : v;

	t->v = arena_array(r->arena, v->kind == YAML_LIST ? v->n : 1, sizeof(*t->v));
	for (; one; one = v->kind == YAML_LIST ? one->next : NULL)
		if (read_text_of(r, one, k->word, KIND_WORD, &t->v[t->n++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

static int read_in_force(struct reader *r, const struct key *k, const struct yaml *v,
			 void *into)
{
	static const struct key keys[] = {
		{"from", false, read_date, offsetof(struct period, from), KIND_DATE},
		{"to", false, read_date, offsetof(struct period, to), KIND_DATE},
	};
	struct period *p = &((struct pack *)into)->in_force;

	int failed = READ_MAP(r, v, k->word, keys, p);
	if (failed == 0 && p->to != DATE_NONE && p->from != DATE_NONE && p->to < p->from)
		return read_refuse(r, v, "in_force ends before it begins");
	return failed;
}

static int check_url(struct reader *r, const struct yaml *v, const char *url)
{
	if (url && strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0)
		return read_refuse(r, v, "url: \"%.60s\" does not begin with https://",
				   url);
	return 0;
}

static int read_sources(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	static const struct key keys[] = {
		{"title", true, read_text, offsetof(struct pack_source, title),
		 KIND_TEXT},
		{"url", false, read_text, offsetof(struct pack_source, url), KIND_URL},
		{"mark", true, read_choice, offsetof(struct pack_source, mark),
		 KIND_MARK},
	};
	struct pack *p = into;

	if (read_want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct pack_source *sources = arena_array(r->arena, v->n, sizeof(*sources));
	p->sources = sources;
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct pack_source *s = &sources[p->source_count++];
		const char *what = arena_printf(r->arena, "source %.40s", m->key);
		if (kind_check_text(KIND_WORD, m->key, strlen(m->key), r->arena, &s->id,
				    r->e) < 0)
			return read_refuse(r, m, "a source's name is one short text");
		if (READ_MAP(r, m, what, keys, s) < 0 || check_url(r, m, s->url) < 0)
			return -PDH_REFUSED;
	}
	return 0;
}

/* The values of a choice. */
static int read_values(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct texts *t = &((struct pack_fact *)into)->of;

	if (read_want(r, v, k->word, YAML_LIST) < 0)
		return -PDH_REFUSED;
	t->v = arena_array(r->arena, v->n, sizeof(*t->v));
	for (const struct yaml *one = v->first; one; one = one->next)
		if (read_text_of(r, one, k->word, KIND_WORD, &t->v[t->n++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

/* The keys are values of `of`, which may stand behind it: read_labels() takes them. */
static int want_labels(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	(void)into;
	return read_want(r, v, k->word, YAML_MAP);
}

/* Where a value has no label it is its own, in people's words. */
static int read_labels(struct reader *r, const struct yaml *m, struct pack_fact *f)
{
	const struct yaml *labels = yaml_get(m, "labels");
	const struct texts none = {0, NULL};

	for (const struct yaml *one = labels ? labels->first : NULL; one; one = one->next)
		if (!texts_has(&f->of, one->key))
			return read_refuse(r, one,
					   "\"%.60s\" is not a value of fact %.60s",
					   one->key, f->name);
	if (!labels)
		return 0;
	struct texts all = {f->of.n, arena_array(r->arena, f->of.n, sizeof(*all.v))};
	for (size_t i = 0; i < all.n; i++) {
		const struct yaml *one = yaml_get(labels, f->of.v[i]);
		all.v[i] = fact_label(&f->of, &none, i, r->arena);
		if (one && read_text_of(r, one, "labels", KIND_TEXT, &all.v[i]) < 0)
			return -PDH_REFUSED;
	}
	f->labels = all;
	return 0;
}

static int check_values(struct reader *r, const struct yaml *m, struct pack_fact *f)
{
	bool choice = fact_is(f, FACT_CHOICE);

	if (choice && f->of.n < 2)
		return read_refuse(r, m,
				   "fact %.60s is a choice of two or more: say of what",
				   f->name);
	const struct yaml *of = yaml_get(m, "of");
	if (!choice && of)
		return read_refuse(r, of, "of goes with type choice, not with %s",
				   f->type);
	return read_labels(r, m, f);
}

static int check_life(struct reader *r, const struct yaml *m, const struct pack_fact *f)
{
	return f->holds ? read_check_word(r, yaml_get(m, "holds"), "holds", f->holds,
					  fact_lives, FACT_LIFE_COUNT)
			: 0;
}

static int read_facts(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const struct key keys[] = {
		{"type", true, read_text, offsetof(struct pack_fact, type), KIND_WORD},
		{"ask", true, read_text, offsetof(struct pack_fact, ask), KIND_TEXT},
		{"of", false, read_values, 0, KIND_WORD},
		{"labels", false, want_labels, 0, KIND_TEXT},
		{"holds", false, read_text, offsetof(struct pack_fact, holds), KIND_WORD},
	};
	struct pack *p = into;

	if (read_want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct pack_fact *facts = arena_array(r->arena, v->n, sizeof(*facts));
	p->facts = facts;
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct pack_fact *f = &facts[p->fact_count++];
		const char *what = arena_printf(r->arena, "fact %.40s", m->key);
		if (kind_check_text(KIND_WORD, m->key, strlen(m->key), r->arena, &f->name,
				    r->e) < 0 ||
		    strchr(f->name, '='))
			return read_refuse(r, m,
					   "a fact's name is one short text without =");
		if (READ_MAP(r, m, what, keys, f) < 0 ||
		    read_check_word(r, yaml_get(m, "type"), "type", f->type, fact_types,
				    FACT_TYPE_COUNT) < 0 ||
		    check_values(r, m, f) < 0 || check_life(r, m, f) < 0)
			return -PDH_REFUSED;
	}
	return 0;
}

static int read_credentials(struct reader *r, const struct key *k, const struct yaml *v,
			    void *into)
{
	static const char *const words[] = {"all", "none", "highest"};
	int choice = 0, failed = READ_WORD(r, v, k->word, words, &choice);

	((struct pack *)into)->rules.shared_once = choice == 1;
	return failed;
}

/* An hour serves one period, at every board that was met. */
static int read_periods_once(struct reader *r, const struct key *k, const struct yaml *v,
			     void *into)
{
	static const char *const words[] = {"once", "rolling"};
	int ignored;

	(void)into;
	return READ_WORD(r, v, k->word, words, &ignored);
}

/* Where one hour may serve several credentials, and several periods. "highest" is what
 * "all" comes to: each credential has its own total, and the hours of the highest are
 * enough for the others. */
static int read_share(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const struct key keys[] = {
		{"periods", false, read_periods_once, 0, KIND_WORD},
		{"credentials", false, read_credentials, 0, KIND_WORD},
	};

	return READ_MAP(r, v, k->word, keys, into);
}

static const struct pack_source *find_source(const struct pack *p, const char *id)
{
	for (size_t i = 0; i < p->source_count; i++)
		if (strcmp(p->sources[i].id, id) == 0)
			return &p->sources[i];
	return NULL;
}

static int read_suspended_cite(struct reader *r, const struct key *k,
			       const struct yaml *v, void *into)
{
	struct pack *p = into;
	const char *id;

	if (read_text_of(r, v, k->word, KIND_WORD, &id) < 0)
		return -PDH_REFUSED;
	const struct pack_source *source = find_source(p, id);
	if (!source)
		return read_refuse(r, v, "\"%.60s\" is not known in sources", id);
	p->rules.suspended.cite = source->title;
	p->rules.suspended.mark = source->mark;
	return 0;
}

static int read_suspended_by(struct reader *r, const struct key *k, const struct yaml *v,
			     void *into)
{
	return read_by(r, v, k->word, &((struct pack *)into)->rules.suspended.by);
}

/* {until: 2029-06-30, by: period end, why: …, cite: …}: no hours are asked for while it
 * lasts. */
static int read_suspended(struct reader *r, const struct key *k, const struct yaml *v,
			  void *into)
{
#define PART(member) offsetof(struct pack, rules.suspended.member)
	static const struct key keys[] = {
		{"from", false, read_date, PART(from), KIND_DATE},
		{"until", false, read_date, PART(until), KIND_DATE},
		{"by", false, read_suspended_by, 0, KIND_WORD},
		{"why", true, read_text, PART(why), KIND_TEXT},
		{"cite", true, read_suspended_cite, 0, KIND_WORD},
	};
	struct pack *p = into;

	p->rules.suspended.from = p->rules.suspended.until = DATE_NONE;
	return READ_MAP(r, v, k->word, keys, into);
}

/* What is asked before: daemon/path/ reads it once somebody asks. */
static int read_later(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	(void)into;
	return read_want(r, v, k->word, YAML_MAP);
}

#define TEXT(member) read_text, offsetof(struct pack, member), KIND_TEXT
#define WORD(member) read_text, offsetof(struct pack, member), KIND_WORD

/* What a pack may say, in the order it is read. */
static const struct key pack_keys[] = {
	{"pack", true, read_pack_id, offsetof(struct pack, id), KIND_PACK},
	{"version", true, WORD(version)},
	{"title", true, TEXT(title)},
	{"authority", false, TEXT(authority)},
	{"jurisdiction", false, WORD(jurisdiction)},
	{"profession", false, read_professions, 0, KIND_WORD},
	{"note", false, read_text, offsetof(struct pack, note), KIND_NOTE},
	{"read", false, read_date, offsetof(struct pack, read), KIND_DATE},
	{"in_force", false, read_in_force, 0, KIND_DATE},
	{"sources", false, read_sources, 0, KIND_TEXT},
	{"facts", false, read_facts, 0, KIND_TEXT},
	{"kinds", false, read_vocabulary, ATTR_KIND, KIND_WORD},
	{"formats", false, read_vocabulary, ATTR_FORMAT, KIND_WORD},
	{"topics", false, read_vocabulary, ATTR_TOPIC, KIND_WORD},
	{"unit", false, WORD(rules.unit)},
	{"units", false, read_units, 0, KIND_WORD},
	{"calendar", false, read_calendar, 0, KIND_WORD},
	{"share", false, read_share, 0, KIND_WORD},
	{"suspended", false, read_suspended, 0, KIND_WORD},
	{"reminders", false, read_reminders, 0, KIND_WORD},
	{"rules", false, read_rules, 0, KIND_WORD},
	{"levels", false, read_levels, 0, KIND_WORD},
	{"paths", false, read_later, 0, KIND_WORD},
	{"examples", false, read_examples, 0, KIND_WORD},
};

/* Everything but its texts. */
static int read_pack(struct reader *r, const struct yaml *root, struct pack *ret)
{
	struct pack p = {.read = DATE_NONE, .in_force = {DATE_NONE, DATE_NONE}};

	p.rules.unit = "hour";
	p.rules.total_rule = NO_RULE;
	int failed = READ_MAP(r, root, "a pack", pack_keys, &p);
	if (failed < 0)
		return failed;
	if (!units_complete(&p.rules))
		return read_refuse(
			r, root,
			"nothing counts in \"%.60s\": say under units what an hour is worth",
			p.rules.unit);
	*ret = p;
	return 0;
}

static int parse(struct reader *r, const char *text, size_t n,
		 const struct pack_bases *bases, struct pack *ret)
{
	AUTO_ARENA scratch = {NULL};
	struct extended x;
	struct pack p;

	struct yaml_source source = {pack_without_paths(text, n, &scratch), n, r->name,
				     "pack"};
	int failed = yaml_parse(&source, &scratch, &x.root, r->e);
	if (failed == 0 && source.text != text && x.root->kind == YAML_MAP &&
	    yaml_get(x.root, "extends")) {
		source.text = text; /* its paths are joined with those of its base */
		failed = yaml_parse(&source, &scratch, &x.root, r->e);
	}
	if (failed == 0)
		failed = pack_extend(r, bases, &scratch, &x);
	if (failed == 0)
		failed = read_pack(r, x.root, &p);
	if (failed < 0)
		return failed;
	p.source = p.text = arena_dup_n(r->arena, text, n);
	p.source_len = p.text_len = n;
	p.base = x.base;
	if (x.base)
		failed = pack_extended_text(r, &x, &p.text, &p.text_len);
	if (failed == 0)
		*ret = p;
	return failed;
}

int pack_parse_written(const char *text, size_t n, const char *name,
		       const struct pack_bases *bases, struct arena *a, struct pack *ret,
		       struct err *e)
{
	return parse(&(struct reader){.name = name, .arena = a, .e = e, .written = true},
		     text, n, bases, ret);
}

int pack_parse(const char *text, size_t n, const char *name, struct arena *a,
	       struct pack *ret, struct err *e)
{
	return parse(&(struct reader){.name = name, .arena = a, .e = e}, text, n, NULL,
		     ret);
}
