#include "daemon/record/difference.h"

#include <string.h>

static const char *join(const struct texts *t, struct arena *a)
{
	const char *all = NULL;

	for (size_t i = 0; i < t->n; i++)
		all = all ? arena_printf(a, "%s, %s", all, t->v[i]) : t->v[i];
	return all;
}

static const char *date_text(civil_day d, struct arena *a)
{
	char text[DATE_ISO_SIZE];

	if (d == DATE_NONE || d == DATE_CLEAR)
		return NULL;
	date_format_iso(d, text);
	return arena_dup(a, text);
}

static const char *credit_text(const struct credit *c, struct arena *a)
{
	char amount[CREDIT_TEXT_SIZE];

	if (!c->unit)
		return NULL;
	credit_format(c->exact, amount);
	return arena_printf(a, "%s %s", amount, credit_unit_brief(c->unit));
}

/* The value as text, NULL for none. */
static const char *value_text(const struct field *f, const void *record, struct arena *a)
{
	const void *value = field_in(f, record);

	if (kind_is_texts(f->kind))
		return join(value, a);
	if (kind_is_text(f->kind)) {
		const char *text = *(const char *const *)value;
		return text && *text ? text : NULL;
	}
	if (kind_words(f->kind))
		return kind_is_none(f->kind, value) ? NULL : kind_word(f->kind, value);
	switch (f->kind) {
	case KIND_BOOL:
		return *(const int8_t *)value > 0 ? "yes" : "no";
	case KIND_DATE:
	case KIND_DUE:
		return date_text(*(const civil_day *)value, a);
	case KIND_CREDIT:
		return credit_text(value, a);
	default:
		return NULL;
	}
}

void difference_of(const struct shape *s, const void *before, const void *after,
		   struct arena *a, struct list *ret)
{
	struct difference *v = arena_array(a, s->n + 1, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const char *was = value_text(&s->fields[i], before, a);
		const char *is = value_text(&s->fields[i], after, a);
		if (was == is || (was && is && strcmp(was, is) == 0))
			continue;
		v[n++] = (struct difference){
			.field = s->fields[i].name, .before = was, .after = is};
	}
	*ret = (struct list){n, v};
}

const char *difference_names(const struct list *differences, struct arena *a)
{
	const struct difference *d = differences->v;
	struct texts names = {differences->n,
			      arena_array(a, differences->n + 1, sizeof(char *))};

	for (size_t i = 0; i < names.n; i++)
		names.v[i] = d[i].field;
	return names.n ? join(&names, a) : "nothing";
}
