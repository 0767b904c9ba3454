/* The list of rules. */
#include "daemon/pack/read/rule.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct rules_reader *reader_of(void *into)
{
	return ((struct rule_text *)into)->rr;
}

static struct rule *rule_of(void *into)
{
	return &((struct rule_text *)into)->rule;
}

static int read_rule_id(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	int failed = read_text(r, k, v, into);

	return failed < 0 ? failed : read_check_id(r, v, "id", rule_of(into)->id);
}

static int read_level(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	static const char *const words[] = {"must", "should", "unsure"};
	int choice = 0, failed = READ_WORD(r, v, k->word, words, &choice);

	rule_of(into)->level = (enum rule_level)choice;
	return failed;
}

int read_by(struct reader *r, const struct yaml *v, const char *what, enum rule_by *ret)
{
	static const char *const words[] = {"period start", "period end", "activity",
					    "issue", "now"};
	int choice = 0, failed = READ_WORD(r, v, what, words, &choice);

	*ret = (enum rule_by)choice;
	return failed;
}

static int read_rule_by(struct reader *r, const struct key *k, const struct yaml *v,
			void *into)
{
	return read_by(r, v, k->word, &rule_of(into)->by);
}

static int read_when(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	(void)r;
	return read_conditions(reader_of(into), v, k->word,
			       (void *)((char *)into + k->offset));
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

static int read_exclusive(struct reader *r, const struct key *k, const struct yaml *v,
			  void *into)
{
	struct rules_reader *rr = reader_of(into);
	const char *group;
	int i = 0;

	if (read_text_of(r, v, k->word, KIND_WORD, &group) < 0)
		return -PDH_REFUSED;
	while (i < rr->exclusive_count && strcmp(rr->exclusive[i], group) != 0)
		i++;
	if (i == rr->exclusive_count)
		rr->exclusive[rr->exclusive_count++] = group;
	rule_of(into)->exclusive = i + 1;
	return 0;
}

/* {need: 3, renews: 1 year}: a part of a need that is enough for a shorter term. */
static int read_part(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const struct key keys[] = {
		{"need", true, read_exact_at, offsetof(struct rule, part), KIND_WORD},
		{"renews", true, read_span, offsetof(struct rule, part_months),
		 KIND_WORD},
	};
	struct rule *rule = rule_of(into);

	if (READ_MAP(r, v, k->word, keys, rule) < 0)
		return -PDH_REFUSED;
	return rule->part > 0 ? 0 : read_refuse(r, v, "part asks for more than nothing");
}

/* ---- one rule --------------------------------------------------------------------------- */

#define RULE(member) offsetof(struct rule_text, rule.member)
#define TEXT(member) read_text, RULE(member), KIND_TEXT
static const struct key rule_keys[] = {
	{"id", true, read_rule_id, RULE(id), KIND_WORD},
	{"need", false, verbs_read_need, 0, KIND_WORD},
	{"limit", false, verbs_read_limit, 0, KIND_WORD},
	{"credit", false, verbs_read_credit, 0, KIND_WORD},
	{"carry", false, carry_read, 0, KIND_WORD},
	{"adjust", false, carry_read_adjust, 0, KIND_WORD},
	{"duty", false, duty_read, 0, KIND_WORD},
	{"due", false, duty_read_due, 0, KIND_WORD},
	{"open", false, duty_read_open, 0, KIND_WORD},
	{"late", false, duty_read_late, 0, KIND_WORD},
	{"every", false, duty_read_span, offsetof(struct duty, every_months), KIND_WORD},
	{"lasts", false, duty_read_span, offsetof(struct duty, lasts_months), KIND_WORD},
	{"title", false, TEXT(title)},
	{"why", false, TEXT(why)},
	{"cite", false, read_text, offsetof(struct rule_text, cite), KIND_WORD},
	{"level", false, read_level, 0, KIND_WORD},
	{"when", false, read_when, RULE(when), KIND_WORD},
	{"unless", false, read_when, RULE(unless), KIND_WORD},
	{"from", false, read_date, RULE(from), KIND_DATE},
	{"until", false, read_date, RULE(until), KIND_DATE},
	{"by", false, read_rule_by, 0, KIND_WORD},
	{"where", false, read_rule_where, 0, KIND_WORD},
	{"window", false, read_rule_window, 0, KIND_WORD},
	{"toward", false, read_text, offsetof(struct rule_text, toward), KIND_WORD},
	{"on top", false, read_yes_no, RULE(on_top), KIND_ANSWER},
	{"exclusive", false, read_exclusive, 0, KIND_WORD},
	{"part", false, read_part, 0, KIND_WORD},
};
/* An alternative is a need without a name of its own. */
static const struct key alternative_keys[] = {
	{"need", true, verbs_read_need, 0, KIND_WORD},
	{"title", false, TEXT(title)},
	{"where", false, read_rule_where, 0, KIND_WORD},
	{"window", false, read_rule_window, 0, KIND_WORD},
	{"when", false, read_when, RULE(when), KIND_WORD},
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
	return read_refuse_word(rr->r, yaml_get(v, "cite"), "sources", t->cite, words,
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
		{"where", 1U << RULE_NEED | 1U << RULE_LIMIT | 1U << RULE_CREDIT |
				  1U << RULE_CARRY},
		{"window", 1U << RULE_NEED | 1U << RULE_LIMIT},
		{"toward", 1U << RULE_LIMIT},
		{"on top", 1U << RULE_NEED},
		{"exclusive", 1U << RULE_NEED},
		{"part", 1U << RULE_NEED},
		{"due", 1U << RULE_NEED | 1U << RULE_DUTY},
	};

	if (!t->verb)
		return read_refuse(rr->r, v,
				   "rule %.60s needs one of need, limit, credit, carry, "
				   "adjust and duty",
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
	if (t->rule.window.ending && t->rule.verb != RULE_NEED)
		return read_refuse(rr->r, yaml_get(v, "window"),
				   "years ending in period are for a need");
	if (t->rule.exclusive && t->rule.measure != MEASURE_CREDIT)
		return read_refuse(rr->r, v, "exclusive goes with amounts of credit");
	if (t->rule.verb == RULE_DUTY && !t->due_count)
		return read_refuse(rr->r, v, "duty %.60s needs due", t->rule.id);
	if (t->rule.verb == RULE_NEED && t->due_count > 1)
		return read_refuse(rr->r, v, "the due of a need is one day");
	return 0;
}

/* The days by which a rule is to be met outlive the reading. */
static void keep_due(struct rules_reader *rr, struct rule_text *t)
{
	struct rule_date *days = arena_array(rr->r->arena, t->due_count, sizeof(*days));

	if (!t->due_count)
		return;
	memcpy(days, t->due, t->due_count * sizeof(*days));
	if (t->rule.verb == RULE_NEED) {
		t->rule.by_day = days;
		return;
	}
	struct duty *d = (struct duty *)(uintptr_t)t->rule.duty;
	d->due = days;
	d->due_count = t->due_count;
}

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
			 .worth = {.per = ATTR_COUNT},
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
	keep_due(rr, t);
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

int read_rules(struct reader *r, const struct key *k, const struct yaml *v, void *pack)
{
	struct pack *p = pack;
	AUTO_ARENA scratch = {NULL};
	struct rule_list *l = arena_alloc(&scratch, sizeof(*l));
	struct rules_reader rr = {
		.r = r,
		.pack = p,
		.wheres = arena_array(r->arena, WHERES_MAX, sizeof(struct where))};

	int failed = read_want(r, v, k->word, YAML_LIST);
	for (const struct yaml *m = v->first; failed == 0 && m; m = m->next)
		failed = read_rule(&rr, m, l);
	return failed < 0 ? failed : links_make(&rr, l, &p->rules);
}
