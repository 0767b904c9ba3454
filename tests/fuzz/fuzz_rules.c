/* A pack that loads, and a record made of its own words: whatever the rules say, what was
 * logged is accounted for, part by part. The first bytes make the record, the rest is the
 * pack; see RECORD. */
#include "daemon/pack/pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	RECORD = 64, /* bytes of the record: 4 to an entry */
	BYTES = 4,
	ENTRIES = RECORD / BYTES - 1, /* the first 4 tell of the period and the person */
	CLASSES = 8,
};

static void check(bool holds)
{
	if (!holds)
		abort();
}

struct record {
	const uint8_t *bytes;
	struct entry_class classes[CLASSES];
	struct entry entries[ENTRIES];
	size_t n;
	const char *words[CLASSES][ATTR_COUNT];
};

/* One of the words that selectors ask for, so that they take something. */
static const char *word_of(const struct ruleset *rules, enum rule_attr attr,
			   unsigned which)
{
	const char *found[64];
	size_t n = 0;

	for (size_t i = 0; i < rules->where_count; i++)
		for (size_t t = 0; t < rules->wheres[i].n; t++) {
			const struct where_term *term = &rules->wheres[i].terms[t];
			for (size_t k = 0; term->attr == attr && k < term->words.n; k++)
				if (n < sizeof(found) / sizeof(found[0]))
					found[n++] = term->words.v[k];
		}
	return n ? found[which % n] : NULL;
}

static void make_classes(struct record *r, const struct ruleset *rules)
{
	for (unsigned c = 0; c < CLASSES; c++)
		for (unsigned a = 0; a < ATTR_COUNT; a++) {
			unsigned which = r->bytes[(c * 7 + a * 3) % RECORD];
			const char *word =
				which % 3 ? word_of(rules, (enum rule_attr)a, which / 3)
					  : NULL;
			if (!word)
				continue;
			r->words[c][a] = word;
			r->classes[c].attr[a] = (struct rule_words){&r->words[c][a], 1};
		}
}

static void make_entries(struct record *r, civil_day from)
{
	civil_day day = from - 100;

	for (size_t i = 0; i < ENTRIES; i++) {
		const uint8_t *b = r->bytes + BYTES * (i + 1);
		if (!b[0])
			continue;
		day += b[1] * 2;
		r->entries[r->n] = (struct entry){
			.id = (int64_t)r->n + 1,
			.amount = b[0] * (CREDIT_ONE / 4) * (b[3] % 5 ? 1 : 1000),
			.done_on = day,
			.unit = b[2] % (UNIT_CARRIED + 1),
			.class = b[3] % CLASSES,
		};
		r->n++;
	}
}

static void check_parts(const struct rules_case *c, const struct verdict *v)
{
	for (size_t i = 0; i < c->n; i++) {
		const struct judged_part *p = &v->parts[i];
		check(p->counted >= 0 && p->counted <= p->value);
		check(p->state != PART_REFUSED || p->counted == 0);
		check(p->state != PART_UNIT || p->value == 0);
		check(p->state == PART_COUNTED || p->counted == p->value ||
		      p->state == PART_CUT || p->state == PART_OUTSIDE ||
		      p->state == PART_CARRIED || p->state == PART_LATE);
	}
	check(v->total_met == (v->remaining == 0) && v->required >= 0 && v->counted >= 0);
	for (size_t i = 0; i < v->limit_count; i++)
		check(v->limits[i].used <= v->limits[i].logged);
}

static void check_carry(const struct rules_case *c, struct arena *a)
{
	struct carry_out carry, late;
	int64_t sum = 0;

	rules_carry_out(c, a, &carry);
	for (size_t i = 0; i < carry.n; i++) {
		check(carry.parts[i].amount > 0);
		check(c->entries[carry.parts[i].entry].unit != UNIT_CARRIED);
		sum += carry.parts[i].amount;
	}
	check(sum == carry.amount && carry.amount <= carry.surplus);
	rules_fill_late(c, a, &late);
	for (size_t i = 0; i < late.n; i++)
		check(c->entries[late.parts[i].entry].done_on > c->period.to);
}

static void judge(const struct pack *p, const uint8_t *bytes, struct arena *a)
{
	struct record *r = arena_alloc(a, sizeof(*r));
	civil_day from = date_make(2020, 1 + bytes[0] % 12, 1);
	struct period period = {from, date_add_months(from, 12 * (1 + bytes[1] % 6)) - 1};
	const struct period leave = {from + bytes[0], from + bytes[0] + bytes[3] * 3};
	const struct rule_facts facts = {
		.issued = bytes[2] % 3 ? from - bytes[2] : DATE_NONE,
		.period_number = bytes[2] % 4,
		.leaves = &leave,
		.leave_count = bytes[2] % 2,
		.has_months = bytes[3] % 3 == 0,
		.months_active = bytes[3] % (12 * (1 + bytes[1] % 6)),
		.lapsed = bytes[3] % 2 != 0,
		.months_lapsed = bytes[3] % 30,
	};
	struct verdict v, brief;

	r->bytes = bytes;
	make_classes(r, &p->rules);
	make_entries(r, from);
	struct rules_case c = {
		.rules = &p->rules,
		.period = period,
		.day = from + bytes[3] * 10,
		.facts = &facts,
		.classes = r->classes,
		.class_count = CLASSES,
		.entries = r->entries,
		.n = r->n,
		.parts = true,
	};
	rules_evaluate(&c, a, &v);
	check_parts(&c, &v);
	check_carry(&c, a);
	c.parts = false;
	rules_evaluate(&c, a, &brief);
	check(brief.counted == v.counted && brief.required == v.required &&
	      brief.met == v.met);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA arena = {NULL};
	struct err e = {0};
	struct pack p;

	if (size < RECORD)
		return 0;
	if (pack_parse((const char *)data + RECORD, size - RECORD, "fuzz.yaml", &arena,
		       &p, &e) == 0)
		judge(&p, data, &arena);
	return 0;
}
