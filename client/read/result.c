#include "client/read/result.h"

#include "common/similar.h"
#include "common/texts.h"

#include <stdlib.h>
#include <string.h>

struct read_row *read_row_add(struct read_result *r, int64_t line, struct arena *a)
{
	r->rows = arena_grow(a, r->rows, r->n, sizeof(*r->rows));
	struct read_row *row = &r->rows[r->n++];

	*row = (struct read_row){.line = line};
	row->activity.done_on = row->activity.from = DATE_NONE;
	return row;
}

void read_row_skip(struct read_row *row, const char *why)
{
	row->state = READ_SKIPPED;
	row->why = why;
}

void read_row_bad(struct read_row *row, const char *field, const char *text,
		  const char *why)
{
	row->state = READ_BAD;
	row->field = field;
	row->text = text;
	row->why = why;
}

bool read_row_hours(struct read_row *row, const struct read_options *o, struct arena *a)
{
	if (!o->hours.unit)
		return false;
	row->activity.credit = o->hours;
	texts_add(
		&row->flags,
		arena_printf(a, "no hours: %s, since --hours", texts_credit(a, o->hours)),
		a);
	return true;
}

bool read_is_asked_for(const struct read_options *o, const char *title, struct arena *a)
{
	const char *folded = similar_words(title, a);

	for (size_t i = 0; i < o->match.n; i++) {
		const char *word = similar_words(o->match.v[i], a);
		if (*word && strstr(folded, word))
			return true;
	}
	return o->match.n == 0;
}

/* ---- lengths ---------------------------------------------------------------------------------------- */

/* Only whole characters stay. */
static const char *cut(const char *text, size_t most, struct arena *a)
{
	while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return arena_dup_n(a, text, most);
}

static void fit(struct read_row *row, const char **text, const char *name, enum kind k,
		struct arena *a)
{
	size_t most = kind_row(k)->most;

	if (!*text || strlen(*text) <= most)
		return;
	*text = cut(*text, most, a);
	texts_add(&row->flags, arena_printf(a, "%s cut to %zu bytes", name, most), a);
}

/* One line, for everything but a note. */
static void flatten(const char **text, struct arena *a)
{
	if (!*text || !strchr(*text, '\n'))
		return;
	char *flat = arena_dup(a, *text);
	for (char *p = flat; (p = strchr(p, '\n'));)
		*p = ' ';
	*text = flat;
}

static void fit_texts(struct read_row *row, struct arena *a)
{
	struct read_activity *v = &row->activity;
	const struct {
		const char **text;
		const char *name;
		enum kind kind;
	} all[] = {{&v->title, "title", KIND_TEXT},
		   {&v->kind, "kind", KIND_WORD},
		   {&v->format, "format", KIND_WORD},
		   {&v->role, "role", KIND_WORD},
		   {&v->provider, "provider", KIND_PROVIDER},
		   {&v->provider_id, "provider_id", KIND_WORD},
		   {&v->place, "place", KIND_TEXT},
		   {&v->course, "course", KIND_TEXT},
		   {&v->source_id, "source_id", KIND_TEXT},
		   {&v->proof, "proof", KIND_TEXT},
		   {&v->note, "note", KIND_NOTE}};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (all[i].kind != KIND_NOTE)
			flatten(all[i].text, a);
		fit(row, all[i].text, all[i].name, all[i].kind, a);
	}
	for (size_t i = 0; i < v->topics.n; i++)
		fit(row, &v->topics.v[i], "topic", KIND_TOPIC, a);
}

/* ---- what a person should look at ---------------------------------------------------------------------- */

static void flag_days(struct read_row *row, civil_day today, struct arena *a)
{
	enum { LONG = 366 };
	struct read_activity *v = &row->activity;

	if (v->from == v->done_on)
		v->from = DATE_NONE;
	if (v->from != DATE_NONE && v->from > v->done_on) {
		v->from = DATE_NONE;
		texts_add(&row->flags, "the first day is after the last: left out", a);
	}
	if (v->from != DATE_NONE && v->done_on - v->from > LONG)
		texts_add(&row->flags, "more than a year from first to last day", a);
	if (v->done_on > today) {
		v->planned = true;
		texts_add(&row->flags, "in the future: planned", a);
	}
}

static void flag_credit(struct read_row *row, struct arena *a)
{
	const struct credit *c = &row->activity.credit;

	if (c->unit && strcmp(c->unit, credit_unit_word(UNIT_HOUR)) == 0 &&
	    c->exact > 24 * CREDIT_ONE)
		texts_add(&row->flags, "over 24 hours", a);
}

/* ---- rows that are alike --------------------------------------------------------------------------------- */

struct like {
	const char *key;
	size_t row;
};

static int compare(const void *a, const void *b)
{
	const struct like *x = a, *y = b;
	int r = strcmp(x->key, y->key);

	return r ? r : (x->row > y->row) - (x->row < y->row);
}

static const char *key_of(const struct read_activity *v, struct arena *a)
{
	return arena_printf(
		a, "%d %lld %s\n%s\n%s\n%s", v->done_on, (long long)v->credit.exact,
		v->credit.unit ? v->credit.unit : "", similar_key(v->title, a),
		v->provider ? similar_key(v->provider, a) : "",
		v->course ? v->course : "");
}

static const char *ordinal(size_t n, struct arena *a)
{
	return n == 2 ? "second" : n == 3 ? "third" : arena_printf(a, "%zuth", n);
}

/* Two of the same are kept: they may be two meetings. But somebody should see it. */
static void flag_likes(struct read_result *r, struct arena *a)
{
	struct like *likes = arena_array(a, r->n + 1, sizeof(*likes));
	size_t n = 0, nth = 1;

	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].state == READ_TAKEN)
			likes[n++] = (struct like){key_of(&r->rows[i].activity, a), i};
	qsort(likes, n, sizeof(*likes), compare);
	for (size_t i = 1; i < n; i++) {
		nth = strcmp(likes[i].key, likes[i - 1].key) == 0 ? nth + 1 : 1;
		if (nth > 1)
			texts_add(&r->rows[likes[i].row].flags,
				  arena_printf(a, "%s of the same in this file",
					       ordinal(nth, a)),
				  a);
	}
}

void read_finish(struct read_result *r, const struct read_options *o, struct arena *a)
{
	for (size_t i = 0; i < r->n; i++) {
		struct read_row *row = &r->rows[i];
		if (row->state != READ_TAKEN)
			continue;
		fit_texts(row, a);
		flag_credit(row, a);
		flag_days(row, o->today, a);
	}
	flag_likes(r, a);
}
