/* Duties, and the days they are told by. */
#include "daemon/pack/read/parts.h"
#include "daemon/pack/read/rule.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What kind of item a duty becomes; others are "other". */
static const char *const item_kinds[ACT_VALUES] = {
	[ACT_PAY] = "fee",
	[ACT_CLEAR] = "clearance",
	[ACT_TEST] = "exam",
	[ACT_COURSE] = "course",
};

int duty_read(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	struct rule_text *t = into;
	int act;

	if (verbs_take(r, v, into, RULE_DUTY) < 0)
		return -PDH_REFUSED;
	if (read_choice_of(r, v, k->word, KIND_ACT, &act) < 0)
		return -PDH_REFUSED;
	struct duty *d = arena_alloc(r->arena, sizeof(*d));
	d->act = (enum duty_act)act;
	d->kind = item_kinds[act] ? item_kinds[act] : "other";
	t->rule.duty = d;
	return 0;
}

/* ---- days ------------------------------------------------------------------------------- */

/* Cuts `word` off the front of *text, with the space behind it. */
static bool cut(const char **text, const char *word)
{
	size_t n = strlen(word);

	if (strncmp(*text, word, n) != 0 || ((*text)[n] && (*text)[n] != ' '))
		return false;
	*text += n + ((*text)[n] == ' ');
	return true;
}

/* "fact admitted": the longest declared name that the text begins with. */
static bool cut_fact(struct rules_reader *rr, const char **text, struct rule_date *d)
{
	const struct pack *p = rr->pack;
	const char *rest = *text;

	if (!cut(&rest, "fact"))
		return false;
	for (size_t i = 0; i < p->fact_count; i++) {
		const struct pack_fact *f = &p->facts[i];
		const char *behind = rest;
		if (!fact_is(f, FACT_DATE) || !cut(&behind, f->name))
			continue;
		if (!d->fact || strlen(f->name) > strlen(d->fact)) {
			d->fact = f->name;
			*text = behind;
		}
	}
	d->anchor = AT_FACT;
	return d->fact != NULL;
}

/* "+ 30 days", "- 2 months" */
static bool cut_offset(struct arena *a, const char **text, struct rule_date *d)
{
	enum { MOST_DAYS = 10000 };
	struct err ignored;
	int sign = 0, days = 0;

	if (cut(text, "+"))
		sign = 1;
	else if (cut(text, "-"))
		sign = -1;
	if (!sign)
		return true;
	const char *end = strstr(*text, " end of month");
	const char *span =
		arena_dup_n(a, *text, end ? (size_t)(end - *text) : strlen(*text));
	*text = end ? end + 1 : "";
	if (span_parse(span, &d->months, &ignored) == 0) {
		d->months *= sign;
		return true;
	}
	for (; *span >= '0' && *span <= '9' && days < MOST_DAYS; span++)
		days = days * 10 + *span - '0';
	d->days = sign * days;
	return days > 0 && (strcmp(span, " days") == 0 || strcmp(span, " day") == 0);
}

/* "09-01", as the anchor; -PDH_REFUSED where not every year has it. */
static int cut_day_of_year(struct rules_reader *rr, const struct yaml *v,
			   const char **text, struct rule_date *d)
{
	enum { LENGTH = 5 };
	const char *day = arena_dup_n(rr->r->arena, *text, strnlen(*text, LENGTH));

	if (!is_day_of_year(day) || !cut(text, day))
		return 0;
	d->anchor = AT_DAY_OF_YEAR;
	return read_day_of_year(rr->r, v, day, &d->month, &d->day) < 0 ? -PDH_REFUSED : 1;
}

static int read_day(struct rules_reader *rr, const struct yaml *v, const char *what,
		    struct rule_date *ret)
{
	static const char *const anchors[] = {
		[AT_PERIOD_START] = "period start",
		[AT_PERIOD_END] = "period end",
		[AT_ISSUE] = "issue",
	};
	struct rule_date d = {.anchor = AT_FACT};
	const char *text, *whole;

	if (read_text_of(rr->r, v, what, KIND_WORD, &whole) < 0)
		return -PDH_REFUSED;
	text = whole;
	int known = cut_day_of_year(rr, v, &text, &d);
	if (known < 0)
		return known;
	for (size_t i = 0; i < COUNT(anchors) && !known; i++)
		if ((known = cut(&text, anchors[i])))
			d.anchor = (enum rule_anchor)i;
	known = known || cut_fact(rr, &text, &d);
	if (known && cut_offset(rr->r->arena, &text, &d)) {
		d.month_end = cut(&text, "end of month");
		if (!*text) {
			*ret = d;
			return 0;
		}
	}
	return read_refuse(
		rr->r, v,
		"%s is period start, period end, issue, a day of the year in which a "
		"cycle ends, such as 09-01, or fact and the name of a date, with + or - so many days, months or years; not \"%.40s\"",
		what, whole);
}

/* ---- what goes with a duty -------------------------------------------------------------- */

/* One day, or a list of two: the later of them. */
int duty_read_due(struct reader *r, const struct key *k, const struct yaml *v, void *into)
{
	struct rule_text *t = into;
	bool list = v->kind == YAML_LIST;

	if (list && v->n > COUNT(t->due))
		return read_refuse(r, v, "due takes one day, or the later of two");
	for (const struct yaml *m = list ? v->first : v; m; m = list ? m->next : NULL)
		if (read_day(t->rr, m, k->word, &t->due[t->due_count++]) < 0)
			return -PDH_REFUSED;
	return 0;
}

/* The duty of a rule that has one; what goes with it comes behind it. */
static struct duty *duty_of(struct reader *r, const struct yaml *v, void *into)
{
	struct rule_text *t = into;

	if (t->rule.verb == RULE_DUTY && t->rule.duty)
		return (struct duty *)(uintptr_t)t->rule.duty;
	(void)read_refuse(r, v, "%s goes with duty", v->key);
	return NULL;
}

static int keep_day(struct rules_reader *rr, const struct yaml *v, const char *what,
		    const struct rule_date **ret)
{
	struct rule_date *d = arena_alloc(rr->r->arena, sizeof(*d));

	*ret = d;
	return read_day(rr, v, what, d);
}

int duty_read_open(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into)
{
	struct duty *d = duty_of(r, v, into);

	return d ? keep_day(((struct rule_text *)into)->rr, v, k->word, &d->open)
		 : -PDH_REFUSED;
}

struct late_reader {
	struct rules_reader *rr;
	struct duty *duty;
};

static int read_until(struct reader *r, const struct key *k, const struct yaml *v,
		      void *into)
{
	struct late_reader *l = into;

	(void)r;
	return keep_day(l->rr, v, k->word, &l->duty->late_until);
}

static int read_fee(struct reader *r, const struct key *k, const struct yaml *v,
		    void *into)
{
	return read_text_of(r, v, k->word, KIND_WORD,
			    &((struct late_reader *)into)->duty->fee);
}

static int read_fill(struct reader *r, const struct key *k, const struct yaml *v,
		     void *into)
{
	static const char *const words[] = {"previous"};
	int ignored;

	((struct late_reader *)into)->duty->fill_previous = true;
	return READ_WORD(r, v, k->word, words, &ignored);
}

int duty_read_late(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into)
{
	static const struct key keys[] = {
		{"until", true, read_until, 0, KIND_WORD},
		{"fee", false, read_fee, 0, KIND_WORD},
		{"fill", false, read_fill, 0, KIND_WORD},
	};
	struct late_reader l = {((struct rule_text *)into)->rr, duty_of(r, v, into)};

	return l.duty ? READ_MAP(r, v, k->word, keys, &l) : -PDH_REFUSED;
}

/* `every` and `lasts`: a length of time, into the duty. */
int duty_read_span(struct reader *r, const struct key *k, const struct yaml *v,
		   void *into)
{
	struct duty *d = duty_of(r, v, into);

	return d ? read_span(r, k, v, d) : -PDH_REFUSED;
}
