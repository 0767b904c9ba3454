/* To which cell each entry goes. */
#include "daemon/rules/parts.h"

#include <string.h>

static struct instance_set meet(const struct instance_set *a,
				const struct instance_set *b)
{
	struct instance_set both;

	for (size_t i = 0; i < INSTANCE_WORDS; i++)
		both.bits[i] = a->bits[i] & b->bits[i];
	return both;
}

static int32_t find_cell(struct judgement *j, const struct instance_set *in)
{
	for (size_t i = 0; i < j->cell_count; i++)
		if (memcmp(&j->cells[i].in, in, sizeof(*in)) == 0)
			return (int32_t)i;
	j->cells = arena_grow(j->a, j->cells, j->cell_count, sizeof(*j->cells));
	j->cells[j->cell_count] = (struct cell){.in = *in};
	return (int32_t)j->cell_count++;
}

static int32_t cell_at(struct judgement *j, uint32_t class, size_t segment)
{
	int32_t *known = &j->cell_of[class * j->segments + segment];

	if (*known < 0) {
		struct instance_set in = meet(&j->takes[class], &j->live[segment]);
		*known = find_cell(j, &in);
	}
	return *known;
}

/* The needs that count things, in their windows. */
static struct instance_set find_things(const struct judgement *j)
{
	struct instance_set things = {{0}};

	for (size_t i = 1; i < j->n; i++) {
		const struct rule *r = j->instances[i].rule;
		if (r && r->verb == RULE_NEED && r->measure == MEASURE_ACTIVITIES)
			set_add(&things, i);
	}
	return things;
}

static void count_things(struct judgement *j, const struct instance_set *things,
			 const struct instance_set *in)
{
	for (size_t k = 0; k < INSTANCE_WORDS; k++) {
		uint64_t bits = things->bits[k] & in->bits[k];
		for (; bits; bits &= bits - 1)
			j->instances[k * 64 + (size_t)__builtin_ctzll(bits)].have++;
	}
}

static bool is_taken(const struct judgement *j, size_t entry, size_t segment,
		     size_t instance)
{
	return set_has(&j->takes[j->c->entries[entry].class], instance) &&
	       set_has(&j->live[segment], instance);
}

/* The needs of things that one entry is too short for: all of its parts together that they
 * take are worth less than they ask of one. */
static struct instance_set too_short(const struct judgement *j,
				     const struct instance_set *things, size_t from,
				     size_t to, size_t segment)
{
	struct instance_set found = {{0}};

	for (size_t k = 0; k < INSTANCE_WORDS; k++)
		for (uint64_t bits = things->bits[k]; bits; bits &= bits - 1) {
			size_t need = k * 64 + (size_t)__builtin_ctzll(bits);
			int64_t sum = 0;
			for (size_t i = from; i < to; i++)
				if (is_taken(j, i, segment, need))
					sum = added(sum, j->value[i]);
			if (sum < j->instances[need].rule->least)
				set_add(&found, need);
		}
	return found;
}

/* The cell of one part, without needs that its entry is too short for. */
static int32_t cell_of_part(struct judgement *j, size_t entry, size_t segment,
			    const struct instance_set *without)
{
	int32_t cell = cell_at(j, j->c->entries[entry].class, segment);
	struct instance_set in = j->cells[cell].in;
	uint64_t gone = 0;

	for (size_t k = 0; k < INSTANCE_WORDS; k++) {
		gone |= in.bits[k] & without->bits[k];
		in.bits[k] &= ~without->bits[k];
	}
	return gone ? find_cell(j, &in) : cell;
}

/* Puts the parts of one entry into their cells, and counts the entry once where things
 * are counted. */
static void place(struct judgement *j, const struct instance_set *things, size_t from,
		  size_t to, size_t segment)
{
	const struct instance_set without = too_short(j, things, from, to, segment);
	struct instance_set in = {{0}};

	for (size_t i = from; i < to; i++) {
		j->segment_of[i] = segment;
		j->entry_cell[i] = -1;
		if (j->value[i] <= 0)
			continue;
		j->entry_cell[i] = cell_of_part(j, i, segment, &without);
		struct cell *cell = &j->cells[j->entry_cell[i]];
		cell->available = added(cell->available, j->value[i]);
		for (size_t k = 0; k < INSTANCE_WORDS; k++)
			in.bits[k] |= cell->in.bits[k];
	}
	count_things(j, things, &in);
}

void cell_places(struct judgement *j)
{
	const struct entry *entries = j->c->entries;
	const struct instance_set things = find_things(j);
	size_t n = j->c->n, segment = 0;

	j->segment_of = arena_array(j->a, n, sizeof(*j->segment_of));
	j->entry_cell = arena_array(j->a, n, sizeof(*j->entry_cell));
	j->cell_of =
		arena_array(j->a, j->c->class_count * j->segments, sizeof(*j->cell_of));
	memset(j->cell_of, 0xff, j->c->class_count * j->segments * sizeof(*j->cell_of));
	for (size_t i = 0, to; i < n; i = to) {
		to = activity_end(j, i);
		while (segment + 1 < j->segments &&
		       j->edges[segment + 1] <= entries[i].done_on)
			segment++;
		place(j, &things, i, to, segment);
	}
}
