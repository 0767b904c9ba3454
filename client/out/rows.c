#include "client/out/rows.h"

#include "common/clock.h"

#include <stdio.h>
#include <string.h>

/* What people call a field, where that is another word than the record's. */
static const struct {
	const struct shape *shape;
	const char *word, *path;
} short_names[] = {
	{&shape_activity, "date", "done_on"},
	{&shape_activity, "hours", "credit"},
	{&shape_standing, "days", "cycle.days_left"},
	{&shape_standing, "hours", "counted"},
	{&shape_standing, "date", "cycle.to"},
	{&shape_goal, "days", "cycle.days_left"},
	{&shape_goal, "hours", "remaining"},
	{&shape_goal, "date", "cycle.to"},
	{&shape_credential, "days", "cycle.days_left"},
	{&shape_credential, "hours", "cycle.counted"},
	{&shape_credential, "date", "expires"},
	{&shape_item, "days", "days_left"},
	{&shape_item, "date", "due"},
	{&shape_change, "id", "op"},
	{&shape_change, "date", "at"},
	{&shape_pack_row, "id", "pack"},
	{&shape_pack_row, "date", "read"},
	{&shape_pack_row, "hours", "required"},
};

enum { SHORT_NAMES = sizeof(short_names) / sizeof(short_names[0]) };

const struct field *rows_field(const struct shape *answer)
{
	for (size_t i = 0; i < answer->n; i++) {
		const struct field *f = &answer->fields[i];
		if ((f->kind == KIND_LIST || f->kind == KIND_RECORD) &&
		    f->of != &shape_effect)
			return f;
	}
	return NULL;
}

const struct shape *rows_shape(const struct shape *answer)
{
	const struct field *f = rows_field(answer);

	return f ? f->of : answer;
}

void rows_of(const struct shape *answer, const void *record, struct rows *ret)
{
	const struct field *f = rows_field(answer);
	struct list l = {1, NULL};

	*ret = (struct rows){answer, 1, record};
	if (!f)
		return;
	if (f->kind == KIND_LIST) {
		memcpy(&l, field_in(f, record), sizeof(l));
	} else {
		memcpy(&l.v, field_in(f, record), sizeof(l.v));
		l.n = l.v != NULL;
	}
	*ret = (struct rows){f->of, l.n, l.v};
}

/* ---- finding ------------------------------------------------------------------------------------ */

static bool is_part(const char *word, enum column_part *ret)
{
	static const char *const parts[] = {"", "exact", "amount", "unit"};

	for (int i = PART_EXACT; i <= PART_UNIT; i++) {
		if (strcmp(word, parts[i]) == 0) {
			*ret = (enum column_part)i;
			return true;
		}
	}
	return false;
}

/* Follows a path from `s`; false when a step of it is not there. */
static bool follow(const struct shape *s, const char *path, struct column_path *ret)
{
	*ret = (struct column_path){.n = 0};
	while (s && ret->n < COLUMN_DEPTH) {
		size_t n = strcspn(path, ".");
		const struct field *f = shape_find(s, path, n);
		if (!f)
			return false;
		ret->v[ret->n++] = f;
		if (!path[n])
			return true;
		path += n + 1;
		if (f->kind == KIND_CREDIT)
			return is_part(path, &ret->part);
		s = f->kind == KIND_RECORD ? f->of : NULL;
	}
	return false;
}

static int unknown(const struct shape *row, const char *name, struct err *e)
{
	enum { MOST = 80 };
	const char *known[MOST];
	size_t n = 0;

	for (size_t i = 0; i < row->n && n < MOST; i++)
		known[n++] = row->fields[i].name;
	for (size_t i = 0; i < SHORT_NAMES && n < MOST; i++)
		if (short_names[i].shape == row)
			known[n++] = short_names[i].word;
	const char *near = api_nearest(name, known, n);
	err_set(e, -PDH_USAGE, NULL, "{%.60s} is not among the fields of the answer",
		name);
	if (near)
		return err_hint(e, "did you mean {%s}?", near);
	size_t at = 0;
	e->hint[0] = '\0';
	for (size_t i = 0; i < row->n && at + 32 < sizeof(e->hint); i++) {
		at += (size_t)snprintf(e->hint + at, sizeof(e->hint) - at, "%s%.28s",
				       i ? ", " : "it has ", row->fields[i].name);
	}
	return e->code;
}

int rows_column_find(const struct shape *answer, const char *name,
		     struct column_path *ret, struct err *e)
{
	const struct shape *row = rows_shape(answer);
	const char *path = name;

	for (size_t i = 0; i < SHORT_NAMES; i++)
		if (short_names[i].shape == row && strcmp(short_names[i].word, name) == 0)
			path = short_names[i].path;
	struct column_path found;
	bool top = false;
	if (!follow(row, path, &found)) {
		top = true;
		if (row == answer || !follow(answer, path, &found))
			return unknown(row, name, e);
	}
	found.top = top;
	enum kind last = found.v[found.n - 1]->kind;
	if (last == KIND_LIST)
		return err_set(e, -PDH_USAGE, NULL,
			       "{%.60s} is a list of records; --json shows it", name);
	if (last == KIND_RECORD)
		return err_set(
			e, -PDH_USAGE, NULL,
			"{%.60s} is a record; name a field of it, such as {%.60s.%s}",
			name, name, found.v[found.n - 1]->of->fields[0].name);
	*ret = found;
	return 0;
}

/* ---- texts -------------------------------------------------------------------------------------- */

static const char *join(enum kind k, const void *value, struct arena *a)
{
	const char *text = "";
	struct list l;

	memcpy(&l, value, sizeof(l));
	for (size_t i = 0; i < l.n; i++) {
		const char *comma = i ? "," : "";
		if (k == KIND_IDS)
			text = arena_printf(a, "%s%s%lld", text, comma,
					    (long long)((const int64_t *)l.v)[i]);
		else
			text = arena_printf(a, "%s%s%s", text, comma,
					    ((const char *const *)l.v)[i]);
	}
	return text;
}

static const char *credit_text(const struct credit *c, enum column_part part,
			       struct arena *a)
{
	char amount[CREDIT_TEXT_SIZE];

	if (part == PART_UNIT)
		return c->unit;
	if (part == PART_EXACT)
		return arena_printf(a, "%lld", (long long)c->exact);
	credit_format(c->exact, amount);
	return arena_dup(a, amount);
}

static const char *time_text(int64_t seconds, struct arena *a)
{
	char text[TIME_ISO_SIZE];

	time_format_iso(seconds, text);
	return arena_dup(a, text);
}

static const char *date_text(civil_day d, struct arena *a)
{
	char text[DATE_ISO_SIZE];

	date_format_iso(d, text);
	return arena_dup(a, text);
}

static const char *value_text(enum kind k, enum column_part part, const void *value,
			      struct arena *a)
{
	if (kind_is_none(k, value))
		return "";
	if (kind_words(k))
		return kind_word(k, value);
	if (kind_is_text(k))
		return *(const char *const *)value;
	if (kind_is_texts(k) || k == KIND_IDS)
		return join(k, value, a);
	if (kind_is_int(k))
		return arena_printf(a, "%lld", (long long)*(const int64_t *)value);
	switch (k) {
	case KIND_BOOL:
		return *(const int8_t *)value ? "yes" : "no";
	case KIND_DATE:
	case KIND_DUE:
		return date_text(*(const civil_day *)value, a);
	case KIND_SPAN:
		return arena_printf(a, "%d", (int)*(const int32_t *)value);
	case KIND_CREDIT:
		return credit_text(value, part, a);
	case KIND_TIME:
		return time_text(*(const int64_t *)value, a);
	default:
		return "";
	}
}

const char *rows_column_text(const struct column_path *c, const void *answer,
			     const void *row, struct arena *a)
{
	const void *record = c->top ? answer : row;

	for (size_t i = 0; i + 1 < c->n; i++) {
		memcpy(&record, field_in(c->v[i], record), sizeof(record));
		if (!record)
			return "";
	}
	const struct field *last = c->v[c->n - 1];
	return value_text(last->kind, c->part, field_in(last, record), a);
}
