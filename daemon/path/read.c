/* The key `paths` of a pack, read by the tables that packs are read by. */
#include "daemon/path/path.h"

#include "common/ascii.h"
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/read.h"
#include "daemon/pack/ways.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
enum { STEPS_MAX = 60, DEEPEST = 4 };

/* One step, or one path, while it is read. */
struct reading {
	const struct pack *pack;
	struct step step;
	bool has_verb;
	int depth;
	struct path path;
};

static int read_steps(struct reader *r, const struct pack *p, const struct yaml *v,
		      const char *what, int depth, const struct step **ret,
		      size_t *ret_n);

/* ---- values ------------------------------------------------------------------------------ */

/* One text, or a list of them. */
static int read_list(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct texts t = {0, arena_array(r->arena, v->n + 1, sizeof(*t.v))};
	bool list = v->kind == YAML_LIST;

	for (const struct yaml *one = list ? v->first : v; one;
	     one = list ? one->next : NULL)
		if (read_text_of(r, one, k->word, k->kind, &t.v[t.n++]) < 0)
			return -PDH_REFUSED;
	memcpy((char *)into + k->offset, &t, sizeof(t));
	return 0;
}

static int read_cite(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct reading *x = into;
	const struct pack *p = x->pack;
	const char **ids = arena_array(r->arena, p->source_count + 1, sizeof(*ids));
	const char *id;

	if (read_text_of(r, v, k->word, KIND_WORD, &id) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < p->source_count; i++) {
		ids[i] = p->sources[i].id;
		if (strcmp(ids[i], id) == 0)
			x->step.cite = &p->sources[i];
	}
	return x->step.cite ? 0
			    : read_refuse_word(r, v, "sources", id, ids, p->source_count);
}

static int read_level(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	int level = 0, failed = read_choice_of(r, v, k->word, KIND_RULE_LEVEL, &level);

	((struct reading *)into)->step.level = (enum told_level)level;
	return failed;
}

/* A whole number from 1 to `most`. */
static int read_number(struct reader *r, const struct yaml *v, const char *what, int most,
		       int64_t *ret)
{
	const char *text;
	char *end;

	if (read_text_of(r, v, what, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	long n = strtol(text, &end, 10);
	if (*end || !ascii_is_digit(*text) || n < 1 || n > most)
		return read_refuse(r, v,
				   "%s is a whole number from 1 to %d, not \"%.40s\"",
				   what, most, text);
	*ret = n;
	return 0;
}

/* application, or when else a step is due. */
static int read_by_day(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	static const char *const days[] = {"application",   "program",	  "issue",
					   "first renewal", "next level", "end of term"};
	struct step *s = &((struct reading *)into)->step;
	int months, month, day;
	struct err ignored;

	if (read_text_of(r, v, k->word, KIND_WORD, &s->by) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < COUNT(days); i++)
		if (strcmp(s->by, days[i]) == 0)
			return 0;
	if (is_day_of_year(s->by))
		return read_day_of_year(r, v, s->by, &month, &day);
	if (strncmp(s->by, "issue + ", 8) == 0 &&
	    span_parse(s->by + 8, &months, &ignored) == 0)
		return 0;
	return read_refuse(
		r, v,
		"by is application, program, issue, issue + 12 months, first "
		"renewal, next level, end of term or a day of the year such as "
		"06-30, not \"%.40s\"",
		s->by);
}

/* ---- verbs ------------------------------------------------------------------------------- */

static int take(struct reader *r, const struct yaml *v, struct reading *x,
		enum step_verb verb)
{
	if (x->has_verb)
		return read_refuse(r, v,
				   "a step asks for one thing; \"%s\" is a second one",
				   v->key);
	x->has_verb = true;
	x->step.verb = verb;
	return 0;
}

/* The verbs that take a text. */
static int read_verb(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const char *const degrees[] = {"associate", "bachelor", "master",
					      "specialist", "doctor"};
	struct reading *x = into;

	if (take(r, v, x, (enum step_verb)k->offset) < 0 ||
	    read_text_of(r, v, k->word, KIND_TEXT, &x->step.what) < 0)
		return -PDH_REFUSED;
	return x->step.verb == STEP_DEGREE ? read_check_word(r, v, k->word, x->step.what,
							     degrees, COUNT(degrees))
					   : 0;
}

static int read_years(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct reading *x = into;
	int factor = strcmp(k->word, "years") == 0 ? 12 : 1;

	if (take(r, v, x, STEP_YEARS) < 0 ||
	    read_number(r, v, k->word, 600, &x->step.least) < 0)
		return -PDH_REFUSED;
	x->step.least *= factor;
	return 0;
}

static int read_credits(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	struct reading *x = into;
	int64_t n;

	(void)k;
	if (take(r, v, x, STEP_CREDITS) < 0 || read_number(r, v, k->word, 300, &n) < 0)
		return -PDH_REFUSED;
	x->step.least = n * CREDIT_ONE;
	return 0;
}

static int read_areas(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct step *s = &((struct reading *)into)->step;
	int64_t n = 0;

	if (s->verb != STEP_CREDITS)
		return read_refuse(r, v, "areas goes with credits");
	if (read_want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct step_area *areas = arena_array(r->arena, v->n, sizeof(*areas));
	for (const struct yaml *m = v->first; m; m = m->next) {
		if (read_number(r, m, m->key, 300, &n) < 0)
			return -PDH_REFUSED;
		areas[s->area_count++] =
			(struct step_area){arena_dup(r->arena, m->key), n * CREDIT_ONE};
	}
	s->areas = areas;
	return 0;
}

static int read_score(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct step_exam *x = into;

	if (v->kind == YAML_TEXT && v->text && strcmp(v->text, "not found") == 0)
		return 0;
	return read_number(r, v, k->word, 100000, &x->score);
}

/* {5312: 158, 5311: {score: 136, until: 2023-08-31}} */
static int read_exam(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const struct key keys[] = {
		{"score", true, read_score, 0, KIND_WORD},
		{"from", false, read_date, offsetof(struct step_exam, taken_from),
		 KIND_DATE},
		{"until", false, read_date, offsetof(struct step_exam, taken_until),
		 KIND_DATE},
	};
	struct reading *x = into;

	if (take(r, v, x, STEP_EXAM) < 0 || read_want(r, v, k->word, YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct step_exam *exams = arena_array(r->arena, v->n, sizeof(*exams));
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct step_exam *one = &exams[x->step.exam_count++];
		*one = (struct step_exam){arena_dup(r->arena, m->key), SCORE_NOT_FOUND,
					  DATE_NONE, DATE_NONE};
		int failed = m->kind == YAML_MAP ? READ_MAP(r, m, m->key, keys, one)
						 : read_score(r, &keys[0], m, one);
		if (failed < 0)
			return failed;
	}
	x->step.exams = exams;
	return 0;
}

static int read_group(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct reading *x = into;

	if (take(r, v, x, (enum step_verb)k->offset) < 0)
		return -PDH_REFUSED;
	if (x->depth == DEEPEST)
		return read_refuse(r, v, "groups lie in one another too deeply");
	int failed = read_steps(r, x->pack, v, k->word, x->depth + 1, &x->step.steps,
				&x->step.n);
	x->step.least = k->offset == STEP_ALL_OF ? (int64_t)x->step.n : 1;
	return failed;
}

static int read_needed(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct reading *x = into;

	if (x->step.verb != STEP_N_OF)
		return read_refuse(r, v, "needed goes with n of");
	return read_number(r, v, k->word, (int)x->step.n, &x->step.least);
}

/* ---- steps ------------------------------------------------------------------------------- */

#define STEP(member) offsetof(struct reading, step.member)

static const struct key step_keys[] = {
	{"id", false, read_text, STEP(id), KIND_WORD},
	{"title", false, read_text, STEP(title), KIND_TEXT},
	{"hold", false, read_verb, STEP_HOLD, KIND_TEXT},
	{"degree", false, read_verb, STEP_DEGREE, KIND_TEXT},
	{"program", false, read_verb, STEP_PROGRAM, KIND_TEXT},
	{"credits", false, read_credits, 0, KIND_WORD},
	{"years", false, read_years, 0, KIND_WORD},
	{"months", false, read_years, 0, KIND_WORD},
	{"exam", false, read_exam, 0, KIND_WORD},
	{"portfolio", false, read_verb, STEP_PORTFOLIO, KIND_TEXT},
	{"clearance", false, read_verb, STEP_CLEARANCE, KIND_TEXT},
	{"course", false, read_verb, STEP_COURSE, KIND_TEXT},
	{"recommendation", false, read_verb, STEP_RECOMMENDATION, KIND_TEXT},
	{"induction", false, read_verb, STEP_INDUCTION, KIND_TEXT},
	{"fee", false, read_verb, STEP_FEE, KIND_TEXT},
	{"act", false, read_verb, STEP_ACT, KIND_TEXT},
	{"note", false, read_verb, STEP_NOTE, KIND_TEXT},
	{"all of", false, read_group, STEP_ALL_OF, KIND_WORD},
	{"one of", false, read_group, STEP_ONE_OF, KIND_WORD},
	{"n of", false, read_group, STEP_N_OF, KIND_WORD},
	{"needed", false, read_needed, 0, KIND_WORD},
	{"areas", false, read_areas, 0, KIND_WORD},
	{"as", false, read_list, STEP(words), KIND_TEXT},
	{"in", false, read_list, STEP(in), KIND_TEXT},
	{"packs", false, read_list, STEP(packs), KIND_PACK},
	{"of level", false, read_list, STEP(of_level), KIND_WORD},
	{"ever", false, read_yes_no, STEP(ever), KIND_WORD},
	{"within", false, read_span, STEP(within_months), KIND_WORD},
	{"lasts", false, read_span, STEP(lasts_months), KIND_WORD},
	{"by", false, read_by_day, 0, KIND_WORD},
	{"after", false, read_list, STEP(after), KIND_WORD},
	{"instead of", false, read_text, STEP(instead), KIND_WORD},
	{"cite", false, read_cite, 0, KIND_WORD},
	{"level", false, read_level, 0, KIND_WORD},
	{"why", false, read_text, STEP(why), KIND_NOTE},
};

static bool is_group(const struct step *s)
{
	return s->verb >= STEP_ALL_OF;
}

static int check_step(struct reader *r, const struct yaml *v, const struct reading *x)
{
	const struct step *s = &x->step;

	if (!x->has_verb)
		return read_refuse(r, v,
				   "a step asks for something: hold, degree, program, "
				   "credits, years, exam, clearance, one of ...");
	if (is_group(s))
		return 0;
	if (!s->id)
		return read_refuse(r, v, "a step needs \"id\"");
	if (read_check_id(r, v, "id", s->id) < 0)
		return -PDH_REFUSED;
	return s->cite || s->level == RULE_LEVEL_UNSURE
		       ? 0
		       : read_refuse(
				 r, v,
				 "%s needs \"cite\": its source; or level: unsure, and "
				 "why",
				 s->id);
}

static int read_steps(struct reader *r, const struct pack *p, const struct yaml *v,
		      const char *what, int depth, const struct step **ret, size_t *ret_n)
{
	if (read_want(r, v, what, YAML_LIST) < 0)
		return -PDH_REFUSED;
	if (v->n > STEPS_MAX)
		return read_refuse(r, v, "%s has more than %d steps", what, STEPS_MAX);
	struct step *steps = arena_array(r->arena, v->n + 1, sizeof(*steps));
	for (const struct yaml *m = v->first; m; m = m->next) {
		struct reading x = {.pack = p, .depth = depth};
		x.step.level = RULE_LEVEL_MUST;
		x.step.line = m->line;
		if (READ_MAP(r, m, "a step", step_keys, &x) < 0 ||
		    check_step(r, m, &x) < 0)
			return -PDH_REFUSED;
		steps[(*ret_n)++] = x.step;
	}
	*ret = steps;
	return 0;
}

/* ---- paths ------------------------------------------------------------------------------- */

static int read_path_steps(struct reader *r, const struct key *k, const struct yaml *v,
			   void *into)
{
	struct reading *x = into;

	return read_steps(r, x->pack, v, k->word, 0, &x->path.steps, &x->path.n);
}

static int read_kind(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const char *const kinds[] = {"first", "up", "add", "in"};
	int kind = 0, failed = READ_WORD(r, v, k->word, kinds, &kind);

	((struct reading *)into)->path.kind = (enum path_kind)kind;
	return failed;
}

#define PATH(member) offsetof(struct reading, path.member)

static int read_accepts(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	static const char *const papers[] = {"valid", "expired", "any"};
	static const struct key keys[] = {
		{"paper", true, read_text, PATH(paper), KIND_WORD},
		{"kind", false, read_text, PATH(paper_kind), KIND_TEXT},
		{"not", false, read_list, PATH(refused), KIND_TEXT},
	};
	struct reading *x = into;

	if (READ_MAP(r, v, k->word, keys, into) < 0)
		return -PDH_REFUSED;
	return read_check_word(r, yaml_get(v, "paper"), "paper", x->path.paper, papers,
			       COUNT(papers));
}

static int read_gives(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const struct key keys[] = {
		{"level", false, read_text, PATH(level), KIND_TEXT},
		{"term", false, read_text, PATH(term), KIND_TEXT},
		{"renew", false, read_text, PATH(renew), KIND_TEXT},
		{"then", false, read_text, PATH(then), KIND_WORD},
		{"meanwhile", false, read_list, PATH(meanwhile), KIND_TEXT},
		{"tied to", false, read_list, PATH(ties), KIND_TEXT},
	};

	return READ_MAP(r, v, k->word, keys, into);
}

static const struct key path_keys[] = {
	{"title", true, read_text, PATH(title), KIND_TEXT},
	{"kind", false, read_kind, 0, KIND_WORD},
	{"version of", false, read_text, PATH(version_of), KIND_WORD},
	{"from", false, read_date, PATH(from), KIND_DATE},
	{"until", false, read_date, PATH(until), KIND_DATE},
	{"endorsement", false, read_text, PATH(endorsement), KIND_TOPIC},
	{"accepts", false, read_accepts, 0, KIND_WORD},
	{"waives", false, read_list, PATH(waives), KIND_TEXT},
	{"steps", true, read_path_steps, 0, KIND_WORD},
	{"gives", false, read_gives, 0, KIND_WORD},
	{"missing", false, read_list, PATH(missing), KIND_TEXT},
	{"note", false, read_text, PATH(note), KIND_NOTE},
};

/* Ids are used once in a path, and "after" and "instead of" name some. */
static int collect_ids(struct reader *r, const struct yaml *v, const struct step *steps,
		       size_t n, struct texts *ids)
{
	for (size_t i = 0; i < n; i++) {
		const struct step *s = &steps[i];
		for (size_t k = 0; s->id && k < ids->n; k++)
			if (strcmp(ids->v[k], s->id) == 0)
				return yaml_refuse(r->name, s->line, r->e,
						   "\"%.60s\" is the id of two steps",
						   s->id);
		if (s->id) {
			ids->v = arena_grow(r->arena, ids->v, ids->n, sizeof(*ids->v));
			ids->v[ids->n++] = s->id;
		}
		if (collect_ids(r, v, s->steps, s->n, ids) < 0)
			return -PDH_REFUSED;
	}
	return 0;
}

static int check_named(struct reader *r, const struct step *s, const char *id,
		       const struct texts *ids)
{
	const struct yaml at = {.line = s->line};

	for (size_t i = 0; i < ids->n; i++)
		if (strcmp(ids->v[i], id) == 0)
			return 0;
	return read_refuse_word(r, &at, "the steps of this path", id, ids->v, ids->n);
}

static int check_names(struct reader *r, const struct step *steps, size_t n,
		       const struct texts *ids)
{
	for (size_t i = 0; i < n; i++) {
		const struct step *s = &steps[i];
		for (size_t k = 0; k < s->after.n; k++)
			if (check_named(r, s, s->after.v[k], ids) < 0)
				return -PDH_REFUSED;
		if (s->instead && check_named(r, s, s->instead, ids) < 0)
			return -PDH_REFUSED;
		if (check_names(r, s->steps, s->n, ids) < 0)
			return -PDH_REFUSED;
	}
	return 0;
}

/* "up", "add" and "in" say it by their names too. */
static enum path_kind kind_of(const char *name)
{
	return strcmp(name, "up") == 0	  ? PATH_UP
	       : strcmp(name, "add") == 0 ? PATH_ADD
	       : strcmp(name, "in") == 0  ? PATH_IN
					  : PATH_FIRST;
}

static int read_path(struct reader *r, const struct pack *p, const struct yaml *v,
		     struct path *ret)
{
	struct reading x = {.pack = p};
	struct texts ids = {0, NULL};

	x.path = (struct path){.name = arena_dup(r->arena, v->key),
			       .kind = kind_of(v->key),
			       .from = DATE_NONE,
			       .until = DATE_NONE};
	if (read_check_id(r, v, "the name of a path", x.path.name) < 0 ||
	    READ_MAP(r, v, v->key, path_keys, &x) < 0 ||
	    collect_ids(r, v, x.path.steps, x.path.n, &ids) < 0 ||
	    check_names(r, x.path.steps, x.path.n, &ids) < 0)
		return -PDH_REFUSED;
	if (x.path.kind == PATH_ADD && !x.path.endorsement)
		return read_refuse(r, v, "%s needs \"endorsement\": what it adds",
				   v->key);
	*ret = x.path;
	return 0;
}

/* `then` names another path of the pack. */
static int check_then(struct reader *r, const struct yaml *v, const struct paths *all)
{
	const char **names = arena_array(r->arena, all->n + 1, sizeof(*names));

	for (size_t i = 0; i < all->n; i++)
		names[i] = all->v[i].name;
	for (size_t i = 0; i < all->n; i++) {
		bool found = !all->v[i].then;
		for (size_t k = 0; k < all->n; k++)
			found = found || strcmp(names[k], all->v[i].then) == 0;
		if (!found)
			return read_refuse_word(r, v, "paths", all->v[i].then, names,
						all->n);
	}
	return 0;
}

int path_read(const struct pack *p, struct arena *a, struct paths *ret, struct err *e)
{
	struct reader r = {arena_printf(a, "%s.yaml", p->id), a, true, e};
	const struct yaml *map;
	int failed = pack_paths(p, a, &map, e);

	*ret = (struct paths){.pack = p};
	if (failed < 0 || !map)
		return failed;
	if (read_want(&r, map, "paths", YAML_MAP) < 0)
		return -PDH_REFUSED;
	struct path *paths = arena_array(a, map->n + 1, sizeof(*paths));
	for (const struct yaml *m = map->first; m; m = m->next)
		if (read_path(&r, p, m, &paths[ret->n++]) < 0)
			return -PDH_REFUSED;
	ret->v = paths;
	return check_then(&r, map, ret);
}
