#include "client/read/row_parts.h"

#include "common/similar.h"

#include <string.h>

bool row_holds(const struct one *x, const struct layout_rule *rule, const char **heading,
	       const char **text)
{
	for (size_t i = 0; i < rule->n; i++) {
		int column = binding_column(x->all->b, rule->tests[i].column);
		if (column < 0)
			return false;
		*heading = x->all->b->names[column];
		*text = table_cell(x->cells, (size_t)column);
		if (!layout_has(&rule->tests[i].values,
				layout_fold(*text, x->all->arena)))
			return false;
	}
	return true;
}

static const char *because(const struct one *x, const char *heading, const char *text,
			   const char *why)
{
	return arena_printf(x->all->arena, "%s is \"%.60s\": %s", heading, text, why);
}

bool row_skip_by_layout(struct one *x)
{
	const struct layout_rules *rules = &x->all->b->layout->skip;
	const char *heading, *text;

	for (size_t i = 0; i < rules->n; i++) {
		const struct layout_rule *rule = &rules->v[i];
		if (!row_holds(x, rule, &heading, &text))
			continue;
		if (rule->all_day && x->all->o->hours.unit) {
			x->all_day = true;
		} else {
			read_row_skip(x->row,
				      rule->bare ? rule->why
						 : because(x, heading, text, rule->why));
			return true;
		}
	}
	return false;
}

/* Whether a cell is the value, or has it among its parts; a tag with its # or without. */
static bool has_value(const char *text, const char *value, struct arena *a)
{
	const char *wanted = layout_fold(value + (*value == '#'), a);

	for (const char *p = text; *p;) {
		size_t n = strcspn(p, ",;");
		const char *part = arena_dup_n(a, p, n);
		part += strspn(part, " ");
		if (strcmp(layout_fold(part + (*part == '#'), a), wanted) == 0)
			return true;
		p += n + (p[n] != '\0');
	}
	return false;
}

/* --where project=PD, by the names that the layout gives its columns, or by the heading itself. */
static int where_column(const struct rows *r, const char *name)
{
	const struct layout_words *where = &r->b->layout->where;

	for (size_t i = 0; i < where->n; i++)
		if (strcmp(where->v[i].pattern, name) == 0)
			return binding_column(r->b, where->v[i].word);
	return binding_column(r->b, layout_fold(name, r->arena));
}

bool row_skip_by_where(struct one *x)
{
	const struct texts *where = &x->all->o->where;

	for (size_t i = 0; i < where->n; i++) {
		const char *equals = strchr(where->v[i], '=');
		size_t n = (size_t)(equals - where->v[i]);
		int column =
			where_column(x->all, arena_dup_n(x->all->arena, where->v[i], n));
		const char *text = table_cell(x->cells, (size_t)column);
		if (!has_value(text, equals + 1, x->all->arena)) {
			read_row_skip(x->row, because(x, x->all->b->names[column], text,
						      "not asked for"));
			return true;
		}
	}
	return false;
}

int row_check_where(const struct rows *r)
{
	for (size_t i = 0; i < r->o->where.n; i++) {
		const char *text = r->o->where.v[i], *equals = strchr(text, '=');
		if (!equals)
			return err_set(r->e, -PDH_USAGE, "where",
				       "--where takes a column and its value, as in "
				       "project=PD");
		const char *name = arena_dup_n(r->arena, text, (size_t)(equals - text));
		if (where_column(r, name) < 0)
			return err_set(r->e, -PDH_NOT_FOUND, "where",
				       "the file has no column \"%.60s\"", name);
	}
	return 0;
}

static bool begins_like_a_total(const char *text, struct arena *a)
{
	static const char *const words[] = {"total",  "totals", "sum",	    "summe",
					    "gesamt", "suma",	"subtotal", "somme",
					    "totaux", "totales"};
	const char *folded = similar_words(text, a);
	size_t n = strcspn(folded, " ");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == n && strncmp(folded, words[i], n) == 0)
			return true;
	return false;
}

/* A line with neither day nor title, or with one that says that it is a sum. */
bool row_is_total(const struct one *x, const char *date)
{
	const char *title = x->row->activity.title;
	struct arena *a = x->all->arena;

	if (*date && !begins_like_a_total(date, a))
		return false;
	return !title || begins_like_a_total(title, a);
}
