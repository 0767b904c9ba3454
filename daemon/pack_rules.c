/* The list of rules. */
#include "daemon/pack_rules.h"

#include "daemon/pack_parts.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* One rule while it is read. */
struct rule_text {
	struct rules_reader *rr;
	struct rule rule;
	const char *cite, *toward, *of_need;
	const struct yaml *verb; /* its key: need, limit, credit or duty */
	const struct yaml *alternatives;
	const char *due;
};

static struct rules_reader *reader_of(void *into)
{
	return ((struct rule_text *)into)->rr;
}

static struct rule *rule_of(void *into)
{
	return &((struct rule_text *)into)->rule;
}

static int read_rule_text(struct reader *r, const struct key *k, const struct yaml *v,
			  void *into)
{
	return read_text(r, k, v, rule_of(into));
}

static int read_rule_id(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	int failed = read_rule_text(r, k, v, into);

	return failed < 0 ? failed : check_id(r, v, "id", rule_of(into)->id);
}

static int read_rule_day(struct reader *r, const struct key *k, const struct yaml *v,
			 void *into)
{
	return read_date(r, k, v, rule_of(into));
}

/* One word of a list, into an enum of the same order. */
static int read_choice(struct reader *r, const struct key *k, const struct yaml *v,
		       const char *const *words, size_t n, int *ret)
{
	const char *word;

	if (text_of(r, v, k->word, KIND_WORD, &word) < 0 ||
	    check_word(r, v, k->word, word, words, n) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < n; i++)
		if (strcmp(words[i], word) == 0)
			*ret = (int)i;
	return 0;
}

static int read_level(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const char *const words[] = {"must", "should", "unsure"};
	int choice = 0;
	int failed = read_choice(r, k, v, words, COUNT(words), &choice);

	rule_of(into)->level = (enum rule_level)choice;
	return failed;
}

static int read_by(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into)
{
	static const char *const words[] = {"period start", "period end", "activity",
					    "issue", "now"};
	int choice = 0;
	int failed = read_choice(r, k, v, words, COUNT(words), &choice);

	rule_of(into)->by = (enum rule_by)choice;
	return failed;
}

static int read_when(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct rule *rule = rule_of(into);

	(void)r;
	return read_conditions(reader_of(into), v, k->word,
			       strcmp(k->word, "when") == 0 ? &rule->when
							    : &rule->unless);
}

static int read_rule_where(struct reader *r, const struct key *k, const struct yaml *v,
			   void *into)
{
	(void)r;
	(void)k;
	return read_selector(reader_of(into), v, &rule_of(into)->where);
}

static int read_rule_window(struct reader *r, const struct key *k, const struct yaml *v,
			    void *into)
{
	(void)k;
	return read_window(r, v, &rule_of(into)->window);
}

static int read_toward(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	return text_of(r, v, k->word, KIND_WORD, &((struct rule_text *)into)->toward);
}

static int read_cite(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	return text_of(r, v, k->word, KIND_WORD, &((struct rule_text *)into)->cite);
}

static int read_on_top(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	static const char *const words[] = {"no", "yes"};
	int choice = 0;
	int failed = read_choice(r, k, v, words, COUNT(words), &choice);

	rule_of(into)->on_top = choice == 1;
	return failed;
}

static int read_exclusive(struct reader *r, const struct key *k, const struct yaml *v,
			  void *into)
{
	struct rules_reader *rr = reader_of(into);
	const char *group;
	int i = 0;

	if (text_of(r, v, k->word, KIND_WORD, &group) < 0)
		return -PDH_REFUSED;
	while (i < rr->exclusive_count && strcmp(rr->exclusive[i], group) != 0)
		i++;
	if (i == rr->exclusive_count)
		rr->exclusive[rr->exclusive_count++] = group;
	rule_of(into)->exclusive = i + 1;
	return 0;
}

/* ---- verbs ------------------------------------------------------------------------------ */

static int take_verb(struct reader *r, const struct yaml *v, void *into,
		     enum rule_verb verb)
{
	struct rule_text *t = into;

	if (t->verb)
		return read_refuse(
			r, v,
			"a rule has one of need, limit, credit and duty; this has two");
	t->verb = v;
	t->rule.verb = verb;
	return 0;
}

/* {activities: 2}, {distinct topic: 3}: whole numbers of things. */
static int read_things(struct reader *r, const struct yaml *m, struct rule *rule)
{
	enum { MOST = 1000 };
	const char *text;
	int64_t n = 0;

	if (text_of(r, m, m->key, KIND_WORD, &text) < 0)
		return -PDH_REFUSED;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || n > MOST)
			return read_refuse(r, m, "%s: \"%.40s\" is not a whole number",
					   m->key, text);
		n = n * 10 + *p - '0';
	}
	if (n < 1 || n > MOST)
		return read_refuse(r, m, "%s is from 1 to %d", m->key, MOST);
	rule->amount = (struct amount){.kind = AMOUNT_FIXED, .exact = n};
	return 0;
}

static int read_distinct(struct reader *r, const struct yaml *m, struct rule *rule)
{
	static const char *const words[] = {
#define X(name, word) "distinct " word,
		RULE_ATTR_MAP(X)
#undef X
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], m->key) == 0) {
			rule->measure = MEASURE_DISTINCT;
			rule->distinct = (enum rule_attr)i;
			return read_things(r, m, rule);
		}
	return 1;
}

static int read_alternatives(struct reader *r, const struct yaml *need,
			     struct rule_text *t)
{
	const struct yaml *list = need->first;
	bool all = strcmp(list->key, "all of") == 0;

	if (want(r, list, list->key, YAML_LIST) < 0)
		return -PDH_REFUSED;
	if (need->n != 1 || list->n < 2)
		return read_refuse(r, list, "%s takes a list of two or more needs",
				   list->key);
	t->alternatives = list;
	t->rule.alternatives = (int)list->n;
	t->rule.alternatives_needed = all ? (int)list->n : 1;
	return 0;
}

static int read_need(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct rule_text *t = into;

	if (take_verb(r, v, into, RULE_NEED) < 0)
		return -PDH_REFUSED;
	if (v->kind == YAML_TEXT && strcmp(v->text, "any") == 0) {
		t->rule.measure = MEASURE_ACTIVITIES;
		t->rule.amount = (struct amount){.kind = AMOUNT_FIXED, .exact = 1};
		return 0;
	}
	if (v->kind == YAML_MAP && v->n == 1) {
		if (strcmp(v->first->key, "activities") == 0) {
			t->rule.measure = MEASURE_ACTIVITIES;
			return read_things(r, v->first, &t->rule);
		}
		if (strcmp(v->first->key, "any of") == 0 ||
		    strcmp(v->first->key, "all of") == 0)
			return read_alternatives(r, v, t);
		int found = read_distinct(r, v->first, &t->rule);
		if (found <= 0)
			return found;
	}
	return read_amount(t->rr, v, k->word, &t->rule.amount, &t->of_need);
}

static int read_limit(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct rule_text *t = into;

	if (take_verb(r, v, into, RULE_LIMIT) < 0)
		return -PDH_REFUSED;
	return read_amount(t->rr, v, k->word, &t->rule.amount, &t->of_need);
}

static int read_credit(struct reader *r, const struct key *k, const struct yaml *v,
		       void *into)
{
	struct rule_text *t = into;

	(void)k;
	if (take_verb(r, v, into, RULE_CREDIT) < 0)
		return -PDH_REFUSED;
	return read_worth(t->rr, v, &t->rule.worth);
}

static const struct {
	const char *act, *kind;
} acts[] = {
	{"finish", "other"}, {"report", "other"},     {"apply", "other"},
	{"pay", "fee"},	     {"clear", "clearance"},  {"test", "exam"},
	{"attest", "other"}, {"keep proof", "other"}, {"course", "course"},
};

static int read_duty(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	struct rule_text *t = into;
	const char *words[COUNT(acts)], *word;

	if (take_verb(r, v, into, RULE_DUTY) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i < COUNT(acts); i++)
		words[i] = acts[i].act;
	if (text_of(r, v, k->word, KIND_WORD, &word) < 0 ||
	    check_word(r, v, k->word, word, words, COUNT(words)) < 0)
		return -PDH_REFUSED;
	struct duty *d = arena_alloc(r->arena, sizeof(*d));
	for (size_t i = 0; i < COUNT(acts); i++)
		if (strcmp(acts[i].act, word) == 0)
			*d = (struct duty){.act = acts[i].act, .kind = acts[i].kind};
	t->rule.duty = d;
	return 0;
}

/* "period end + 30 days" */
static int parse_due(const char *text, struct duty *d)
{
	static const char *const anchors[] = {"period start", "period end", "issue"};
	struct err ignored;
	size_t i = 0;

	while (i < COUNT(anchors) && strncmp(text, anchors[i], strlen(anchors[i])) != 0)
		i++;
	if (i == COUNT(anchors))
		return -1;
	d->from = (enum duty_from)i;
	text += strlen(anchors[i]);
	if (!*text)
		return 0;
	if (strncmp(text, " + ", 3) != 0 && strncmp(text, " - ", 3) != 0)
		return -1;
	int sign = text[1] == '-' ? -1 : 1, days = 0;
	text += 3;
	if (span_parse(text, &d->offset_months, &ignored) == 0) {
		d->offset_months *= sign;
		return 0;
	}
	for (; *text >= '0' && *text <= '9' && days < 10000; text++)
		days = days * 10 + *text - '0';
	d->offset_days = sign * days;
	return days > 0 && (strcmp(text, " days") == 0 || strcmp(text, " day") == 0) ? 0
										     : -1;
}

static int read_due(struct reader *r, const struct key *k, const struct yaml *v,
		    void *into)
{
	struct rule_text *t = into;

	if (!t->rule.duty)
		return read_refuse(r, v, "due goes with duty");
	struct duty *d = arena_alloc(r->arena, sizeof(*d));
	*d = *t->rule.duty;
	if (text_of(r, v, k->word, KIND_WORD, &t->due) < 0)
		return -PDH_REFUSED;
	if (parse_due(t->due, d) < 0)
		return read_refuse(
			r, v,
			"due is period start, period end or issue, with + or - so many "
			"days, months or years; not \"%.40s\"",
			t->due);
	t->rule.duty = d;
	return 0;
}

/* ---- one rule --------------------------------------------------------------------------- */

#define TEXT(member) read_rule_text, offsetof(struct rule, member), KIND_TEXT
static const struct key rule_keys[] = {
	{"id", true, read_rule_id, offsetof(struct rule, id), KIND_WORD},
	{"need", false, read_need, 0, KIND_WORD},
	{"limit", false, read_limit, 0, KIND_WORD},
	{"credit", false, read_credit, 0, KIND_WORD},
	{"duty", false, read_duty, 0, KIND_WORD},
	{"due", false, read_due, 0, KIND_WORD},
	{"title", false, TEXT(title)},
	{"why", false, TEXT(why)},
	{"cite", false, read_cite, 0, KIND_WORD},
	{"level", false, read_level, 0, KIND_WORD},
	{"when", false, read_when, 0, KIND_WORD},
	{"unless", false, read_when, 0, KIND_WORD},
	{"from", false, read_rule_day, offsetof(struct rule, from), KIND_DATE},
	{"until", false, read_rule_day, offsetof(struct rule, until), KIND_DATE},
	{"by", false, read_by, 0, KIND_WORD},
	{"where", false, read_rule_where, 0, KIND_WORD},
	{"window", false, read_rule_window, 0, KIND_WORD},
	{"toward", false, read_toward, 0, KIND_WORD},
	{"on top", false, read_on_top, 0, KIND_WORD},
	{"exclusive", false, read_exclusive, 0, KIND_WORD},
};
/* An alternative is a need without a name of its own. */
static const struct key alternative_keys[] = {
	{"need", true, read_need, 0, KIND_WORD},
	{"title", false, TEXT(title)},
	{"where", false, read_rule_where, 0, KIND_WORD},
	{"window", false, read_rule_window, 0, KIND_WORD},
	{"when", false, read_when, 0, KIND_WORD},
};

/* Where the rule comes from. A person's own pack may have no sources at all. */
static int cite(struct rules_reader *rr, const struct yaml *v, struct rule_text *t)
{
	const struct pack *p = rr->pack;
	const char **words = arena_array(rr->r->arena, p->source_count, sizeof(*words));

	if (!t->cite)
		return p->source_count && t->rule.level != LEVEL_UNSURE
			       ? read_refuse(rr->r, v, "rule %.60s needs \"cite\"",
					     t->rule.id)
			       : 0;
	for (size_t i = 0; i < p->source_count; i++) {
		words[i] = p->sources[i].id;
		if (strcmp(words[i], t->cite) == 0) {
			t->rule.cite = p->sources[i].title;
			t->rule.mark = p->sources[i].mark;
			return 0;
		}
	}
	return refuse_word(rr->r, yaml_get(v, "cite"), "sources", t->cite, words,
			   p->source_count);
}

/* What does not go with its verb is a mistake, not decoration. */
static int check_verb(struct rules_reader *rr, const struct yaml *v,
		      const struct rule_text *t)
{
	static const struct {
		const char *key;
		unsigned verbs; /* 1 << enum rule_verb */
	} goes_with[] = {
		{"where", 1U << RULE_NEED | 1U << RULE_LIMIT | 1U << RULE_CREDIT},
		{"window", 1U << RULE_NEED | 1U << RULE_LIMIT},
		{"toward", 1U << RULE_LIMIT},
		{"on top", 1U << RULE_NEED},
		{"exclusive", 1U << RULE_NEED},
	};

	if (!t->verb)
		return read_refuse(rr->r, v,
				   "rule %.60s needs one of need, limit, credit and duty",
				   t->rule.id);
	for (size_t i = 0; i < COUNT(goes_with); i++) {
		const struct yaml *m = yaml_get(v, goes_with[i].key);
		if (m && !(goes_with[i].verbs >> t->rule.verb & 1))
			return read_refuse(rr->r, m, "%s does not go with %s", m->key,
					   t->verb->key);
	}
	if (t->rule.verb == RULE_NEED && t->rule.amount.kind == AMOUNT_OF_COUNTED)
		return read_refuse(rr->r, t->verb,
				   "a need cannot be a share of what is counted");
	if (t->rule.verb == RULE_LIMIT && t->rule.where == WHERE_ALL)
		return read_refuse(rr->r, v, "limit %.60s needs where", t->rule.id);
	if (t->rule.exclusive && t->rule.measure != MEASURE_CREDIT)
		return read_refuse(rr->r, v, "exclusive goes with amounts of credit");
	if (t->rule.verb == RULE_DUTY && !t->due)
		return read_refuse(rr->r, v, "duty %.60s needs due", t->rule.id);
	return 0;
}

struct rule_list {
	struct rule_text v[RULES_MAX];
	size_t n;
};

static struct rule_text *add_rule(struct rules_reader *rr, const struct yaml *v,
				  struct rule_list *l)
{
	if (l->n == RULES_MAX) {
		(void)read_refuse(rr->r, v, "a pack has at most %d rules", RULES_MAX);
		return NULL;
	}
	struct rule_text *t = &l->v[l->n++];
	*t = (struct rule_text){
		.rr = rr,
		.rule = {.line = v->line,
			 .from = DATE_NONE,
			 .until = DATE_NONE,
			 .where = WHERE_ALL,
			 .toward = NO_RULE},
	};
	return t;
}

static int read_alternative(struct rules_reader *rr, const struct yaml *v,
			    const struct rule_text *parent, struct rule_list *l)
{
	struct rule_text *t = add_rule(rr, v, l);

	if (!t)
		return -PDH_REFUSED;
	if (READ_MAP(rr->r, v, "a need", alternative_keys, t) < 0)
		return -PDH_REFUSED;
	if (t->alternatives)
		return read_refuse(rr->r, v,
				   "any of and all of do not go inside one another");
	t->rule.id = parent->rule.id;
	t->rule.level = parent->rule.level;
	t->rule.is_alternative = true;
	t->verb = yaml_get(v, "need");
	return check_verb(rr, v, t);
}

static int read_rule(struct rules_reader *rr, const struct yaml *v, struct rule_list *l)
{
	struct rule_text *t = add_rule(rr, v, l);

	if (!t || READ_MAP(rr->r, v, "a rule", rule_keys, t) < 0 ||
	    check_verb(rr, v, t) < 0 || cite(rr, v, t) < 0)
		return -PDH_REFUSED;
	for (size_t i = 0; i + 1 < l->n; i++)
		if (strcmp(l->v[i].rule.id, t->rule.id) == 0)
			return read_refuse(rr->r, v,
					   "\"%.60s\" is here already, on line %d",
					   t->rule.id, l->v[i].rule.line);
	for (const struct yaml *m = t->alternatives ? t->alternatives->first : NULL; m;
	     m = m->next)
		if (read_alternative(rr, m, t, l) < 0)
			return -PDH_REFUSED;
	return 0;
}

/* ---- references between rules ----------------------------------------------------------- */

/* The need of that name. */
static int find_need(struct rules_reader *rr, const struct rule_text *from,
		     const char *name, const struct rule_list *l, size_t *ret)
{
	const char *words[RULES_MAX];
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		if (l->v[i].rule.verb != RULE_NEED || l->v[i].rule.is_alternative)
			continue;
		words[n++] = l->v[i].rule.id;
		if (strcmp(l->v[i].rule.id, name) == 0) {
			*ret = i;
			return 0;
		}
	}
	return refuse_word(rr->r, from->verb, "needs", name, words, n);
}

static int link_rule(struct rules_reader *rr, struct rule_text *t,
		     const struct rule_list *l)
{
	size_t need = 0;

	if (t->of_need) {
		if (find_need(rr, t, t->of_need, l, &need) < 0)
			return -PDH_REFUSED;
		const struct rule_text *of = &l->v[need];
		if (of == t || of->of_need || of->rule.measure != MEASURE_CREDIT ||
		    of->rule.alternatives)
			return read_refuse(rr->r, t->verb,
					   "\"%.40s\" is no amount to take a share of",
					   t->of_need);
		t->rule.amount.need = need;
	}
	if (t->toward) {
		if (find_need(rr, t, t->toward, l, &need) < 0)
			return -PDH_REFUSED;
		if (l->v[need].rule.measure != MEASURE_CREDIT ||
		    t->rule.amount.kind == AMOUNT_OF_COUNTED)
			return read_refuse(rr->r, t->verb,
					   "toward goes with amounts of credit");
		t->rule.toward = (int)need;
	}
	return 0;
}

/* The need that is the total: the one called so, else the first of all entries. */
static int total_of(const struct rule_list *l)
{
	int first = NO_RULE;

	for (size_t i = 0; i < l->n; i++) {
		const struct rule *r = &l->v[i].rule;
		if (!rules_may_be_total(r))
			continue;
		if (strcmp(r->id, "total") == 0)
			return (int)i;
		if (first == NO_RULE)
			first = (int)i;
	}
	return first;
}

static int set_total(struct rules_reader *rr, const struct rule_list *l,
		     struct ruleset *rules)
{
	rules->total_rule = total_of(l);
	for (size_t i = 0; i < l->n; i++) {
		const struct rule_text *t = &l->v[i];
		bool needs_total =
			t->rule.amount.kind == AMOUNT_OF_REQUIRED || t->rule.on_top;
		if (needs_total &&
		    (rules->total_rule == NO_RULE || (size_t)rules->total_rule == i))
			return read_refuse(
				rr->r, t->verb,
				"rule %.60s is about the total, and the pack has none",
				t->rule.id);
	}
	if (rules->total_rule == NO_RULE)
		return 0;
	const struct rule *total = &l->v[rules->total_rule].rule;
	rules->has_total = true;
	rules->total = total->amount.kind == AMOUNT_FIXED ? total->amount.exact : 0;
	rules->total_id = total->id;
	rules->total_title = total->title;
	rules->cite = total->cite;
	rules->mark = total->mark;
	return 0;
}

/* How far back the windows see. */
static int reach_of(const struct rule *r)
{
	enum { YEAR = 12 };

	switch (r->verb == RULE_CREDIT && r->worth.once_ever ? WINDOW_EVER
							     : r->window.kind) {
	case WINDOW_EVER:
	case WINDOW_SINCE_ISSUE:
		return -1;
	case WINDOW_LAST:
	case WINDOW_BEFORE:
		return r->window.n + YEAR;
	default:
		return 0;
	}
}

static bool asks(const struct rule *r)
{
	return r->when.n || r->unless.n || r->window.kind == WINDOW_NTH ||
	       r->amount.kind == AMOUNT_TABLE || r->amount.kind == AMOUNT_FACT ||
	       r->amount.kind == AMOUNT_PER_MONTH;
}

static void keep(struct rules_reader *rr, const struct rule_list *l,
		 struct ruleset *rules)
{
	struct rule *v = arena_array(rr->r->arena, l->n, sizeof(*v));

	for (size_t i = 0; i < l->n; i++) {
		v[i] = l->v[i].rule;
		int reach = reach_of(&v[i]);
		if (reach < 0 || rules->reach < 0)
			rules->reach = -1;
		else if (reach > rules->reach)
			rules->reach = reach;
		rules->asks = rules->asks || asks(&v[i]);
		rules->has_unsure =
			rules->has_unsure ||
			(v[i].level == LEVEL_UNSURE && v[i].verb != RULE_DUTY) ||
			((v[i].verb == RULE_LIMIT || v[i].verb == RULE_CREDIT) &&
			 v[i].when.n);
	}
	rules->rules = v;
	rules->n = l->n;
	rules->wheres = rr->wheres;
	rules->where_count = rr->where_count;
}

int read_rules(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	struct pack *p = pack;
	AUTO_ARENA scratch = {NULL};
	struct rule_list *l = arena_alloc(&scratch, sizeof(*l));
	struct rules_reader rr = {
		.r = r,
		.pack = p,
		.wheres = arena_array(r->arena, WHERES_MAX, sizeof(struct where))};

	int failed = want(r, v, k->word, YAML_LIST);
	for (const struct yaml *m = v->first; failed == 0 && m; m = m->next)
		failed = read_rule(&rr, m, l);
	for (size_t i = 0; failed == 0 && i < l->n; i++)
		failed = link_rule(&rr, &l->v[i], l);
	if (failed == 0)
		failed = set_total(&rr, l, &p->rules);
	if (failed == 0)
		keep(&rr, l, &p->rules);
	return failed;
}
