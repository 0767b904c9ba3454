/* Columns that became nothing: a person may have meant them. */
#include "client/read/binding.h"

#include "common/texts.h"

#include <string.h>

static void mark(bool *used, const struct binding *b, const char *folded)
{
	int column = binding_column(b, folded);

	if (column >= 0)
		used[column] = true;
}

static void mark_fields(bool *used, const struct binding *b)
{
	for (size_t f = 0; f < LAYOUT_FIELD_COUNT; f++)
		for (size_t s = 0; s < b->fields[f].n; s++)
			for (size_t i = 0; i < b->fields[f].v[s].n; i++)
				if (b->fields[f].v[s].columns[i] >= 0)
					used[b->fields[f].v[s].columns[i]] = true;
}

static void mark_rules(bool *used, const struct binding *b,
		       const struct layout_rules *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		for (size_t k = 0; k < rules->v[i].n; k++)
			mark(used, b, rules->v[i].tests[k].column);
}

static void mark_where(bool *used, const struct binding *b, const struct texts *where,
		       struct arena *a)
{
	const struct layout_words *names = &b->layout->where;

	for (size_t i = 0; i < where->n; i++) {
		size_t n = strcspn(where->v[i], "=");
		const char *name = arena_dup_n(a, where->v[i], n);
		mark(used, b, layout_fold(name, a));
		for (size_t k = 0; k < names->n; k++)
			if (strcmp(names->v[k].pattern, name) == 0)
				mark(used, b, names->v[k].word);
	}
}

static bool has_text(const struct binding *b, const struct table *t, size_t column)
{
	for (size_t i = b->first; i < t->n; i++)
		if (*table_cell(&t->rows[i], column))
			return true;
	return false;
}

static const char *name_of(const struct binding *b, size_t column, struct arena *a)
{
	return *b->names[column]
		       ? b->names[column]
		       : arena_printf(a, "column %s", binding_letters_of(column, a));
}

struct texts binding_unused(const struct binding *b, const struct table *t,
			    const struct texts *where, struct arena *a)
{
	bool used[TABLE_COLUMNS_MAX] = {false};
	const struct layout *l = b->layout;
	struct texts all = {0};

	mark_fields(used, b);
	mark_rules(used, b, &l->skip);
	mark_rules(used, b, &l->when);
	mark_where(used, b, where, a);
	for (size_t i = 0; i < l->identity.n; i++)
		mark(used, b, l->identity.v[i]);
	for (size_t i = 0; i < l->split.n; i++)
		mark(used, b, l->split.v[i].word);
	for (size_t i = 0; i < b->n; i++)
		if (!used[i] && has_text(b, t, i))
			texts_add(&all, name_of(b, i, a), a);
	return all;
}
