#include "client/read/binding.h"

#include "common/api.h"
#include "common/ascii.h"
#include "common/texts.h"

#include <string.h>

int binding_column(const struct binding *b, const char *folded)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->folded[i], folded) == 0)
			return (int)i;
	return -1;
}

bool binding_is_heading(const struct binding *b, const struct table_row *row,
			struct arena *a)
{
	bool same = b->line > 0;

	for (size_t i = 0; same && i < b->n; i++)
		same = strcmp(layout_fold(table_cell(row, i), a), b->folded[i]) == 0;
	return same;
}

/* ---- columns of sources ---------------------------------------------------------------------------- */

/* The columns that a source is made of. */
static const struct texts *names_of(const struct layout_source *s)
{
	return s->from.n ? &s->from : s->between.n ? &s->between : &s->sum;
}

static void bind_source(struct binding *b, const struct layout_source *s, struct arena *a,
			struct bound_source *ret)
{
	const struct texts *names = names_of(s);

	*ret = (struct bound_source){.source = s, .unit = s->unit, .n = names->n};
	ret->columns = arena_array(a, names->n + 1, sizeof(int));
	for (size_t i = 0; i < names->n; i++) {
		ret->columns[i] = binding_column(b, names->v[i]);
		if (ret->columns[i] >= 0)
			texts_add(&ret->names, b->names[ret->columns[i]], a);
	}
}

/* Without one of its columns nothing is told by begin and end. */
static bool is_bound(const struct bound_source *s)
{
	size_t wanted = s->source->between.n ? s->source->between.n : 1;

	return s->names.n >= wanted || s->source->value;
}

static bool fits_named(const struct binding *b, const struct layout *l)
{
	for (size_t i = 0; i < l->match.n; i++)
		if (binding_column(b, l->match.v[i]) < 0)
			return false;
	return l->match.n > 0;
}

bool binding_named(struct binding *b, struct arena *a)
{
	if (!fits_named(b, b->layout))
		return false;
	for (size_t f = 0; f < LAYOUT_FIELD_COUNT; f++) {
		const struct layout_sources *from = &b->layout->fields[f];
		struct bound_field *to = &b->fields[f];
		to->v = arena_array(a, from->n + 1, sizeof(*to->v));
		for (size_t i = 0; i < from->n; i++) {
			bind_source(b, &from->v[i], a, &to->v[to->n]);
			to->n += is_bound(&to->v[to->n]);
		}
	}
	return true;
}

/* ---- synonyms -------------------------------------------------------------------------------------- */

/* A unit among the words of a heading: "Duration (min)", "Durée (h)". */
static const char *unit_in(const char *folded)
{
	static const struct {
		const char *words, *unit;
	} units[] = {
		{" min mins minute minutes minuten minutos ", "minute"},
		{" h hr hrs hour hours std stunde stunden hora horas heure heures ",
		 "hour"},
		{" ceu ceus ", "CEU"},
	};
	char word[24];

	for (const char *p = folded; *p;) {
		size_t n = strcspn(p, " ");
		for (size_t i = 0; n < sizeof(word) - 2 && i < 3; i++) {
			word[0] = ' ';
			memcpy(word + 1, p, n);
			memcpy(word + 1 + n, " ", 2);
			if (strstr(units[i].words, word))
				return units[i].unit;
		}
		p += n + (p[n] == ' ');
	}
	return NULL;
}

bool binding_has_words(const char *heading, const char *words)
{
	size_t n = strlen(words);

	for (const char *p = heading; n > 0 && (p = strstr(p, words)); p++)
		if ((p == heading || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

struct synonyms {
	struct binding *b;
	struct arena *arena;
	bool taken[TABLE_COLUMNS_MAX];
	bool any; /* columns that are taken too */
};

static void bind_column(struct synonyms *s, enum layout_field f,
			const struct layout_source *source, size_t column)
{
	struct bound_field *to = &s->b->fields[f];
	const char *unit = unit_in(s->b->folded[column]);

	to->n = 1;
	to->v = arena_alloc(s->arena, sizeof(*to->v));
	to->v->source = source;
	to->v->unit = unit && source->unit ? unit : source->unit;
	to->v->n = 1;
	to->v->columns = arena_alloc(s->arena, sizeof(int));
	to->v->columns[0] = (int)column;
	texts_add(&to->v->names, s->b->names[column], s->arena);
	s->taken[column] = true;
}

/* Whether the word stands in the heading and what is excepted does not. */
static bool has_part(const char *heading, const char *word,
		     const struct layout_source *source)
{
	for (size_t i = 0; i < source->except.n; i++)
		if (binding_has_words(heading, source->except.v[i]))
			return false;
	return binding_has_words(heading, word);
}

static bool asks(const struct bound_source *s)
{
	return s->unit && strcmp(s->unit, "ask") == 0;
}

/* Beside hours, "Points" or "Credit" is a score or a price: a row without hours has none. */
static void drop_unsure(struct synonyms *s, struct bound_field *all)
{
	size_t kept = 0, sure = 0;

	for (size_t i = 0; i < all->n; i++)
		sure += !asks(&all->v[i]);
	for (size_t i = 0; sure > 0 && i < all->n; i++) {
		if (asks(&all->v[i]))
			s->taken[all->v[i].columns[0]] = false;
		else
			all->v[kept++] = all->v[i];
	}
	if (sure > 0)
		all->n = kept;
}

/* Every column of credit whose whole heading is a synonym: of hours and CEU in two columns each row has the one that is
 * not zero. */
static void add_credits(struct synonyms *s)
{
	const struct layout_sources *sources = &s->b->layout->fields[LAYOUT_CREDIT];
	struct bound_field *to = &s->b->fields[LAYOUT_CREDIT];
	struct bound_field all = {0};

	all.v = arena_array(s->arena, sources->n * s->b->n + 1, sizeof(*all.v));
	for (size_t i = 0; i < sources->n; i++)
		for (size_t column = 0; column < s->b->n; column++) {
			if (!layout_has(&sources->v[i].from, s->b->folded[column]))
				continue;
			bind_column(s, LAYOUT_CREDIT, &sources->v[i], column);
			all.v[all.n++] = to->v[0];
		}
	drop_unsure(s, &all);
	if (all.n > 0)
		*to = all;
}

/* A column for a field: whole headings first, in a second round a part of one. */
static void look(struct synonyms *s, enum layout_field f,
		 const struct layout_sources *sources, bool part)
{
	for (size_t i = 0; i < sources->n; i++) {
		const struct texts *words = &sources->v[i].from;
		for (size_t k = 0; k < words->n * s->b->n; k++) {
			size_t column = k % s->b->n;
			const char *word = words->v[k / s->b->n];
			const char *heading = s->b->folded[column];
			if (s->b->fields[f].n || (s->taken[column] && !s->any))
				continue;
			if (part ? has_part(heading, word, &sources->v[i])
				 : strcmp(heading, word) == 0)
				bind_column(s, f, &sources->v[i], column);
		}
	}
}

/* Parts of headings are looked for in this order: a day and an amount are told by their own words, and what is then left
 * of "Event date" and "Event name" is the title. */
static const enum layout_field order[LAYOUT_FIELD_COUNT] = {
	LAYOUT_DONE_ON,	 LAYOUT_CREDIT,	 LAYOUT_FROM, LAYOUT_PROVIDER_ID, LAYOUT_TITLE,
	LAYOUT_PROVIDER, LAYOUT_COURSE,	 LAYOUT_KIND, LAYOUT_FORMAT,	  LAYOUT_ROLE,
	LAYOUT_TOPICS,	 LAYOUT_PLACE,	 LAYOUT_NOTE, LAYOUT_PROOF,	  LAYOUT_APPROVAL,
	LAYOUT_DUTY,	 LAYOUT_PLANNED, LAYOUT_ONLY, LAYOUT_EXCEPT};

void binding_synonyms(struct binding *b, struct arena *a)
{
	struct synonyms s = {.b = b, .arena = a};

	add_credits(&s);
	for (int round = 0; round < 4; round++) {
		s.any = round > 1;
		for (size_t i = 0; i < LAYOUT_FIELD_COUNT; i++) {
			enum layout_field f =
				round == 0 ? (enum layout_field)i : order[i];
			look(&s, f,
			     round < 2 ? &b->layout->fields[f] : &b->layout->last[f],
			     round % 2);
		}
	}
}

/* ---- what the person says ---------------------------------------------------------------------------- */

/* A, B, ... Z, AA ...: the number of a column; -1: no letters. */
int binding_letters(const char *text)
{
	int n = 0;

	for (const char *p = text; *p; p++) {
		if (!ascii_is_letter(*p) || p - text > 1)
			return -1;
		n = n * 26 + (ascii_upper(*p) - 'A' + 1);
	}
	return n - 1;
}

const char *binding_letters_of(size_t column, struct arena *a)
{
	const char word[] = {(char)('A' + column / 26 - 1), (char)('A' + column % 26),
			     '\0'};

	return arena_dup(a, word + (column < 26));
}

/* The unit that the word of a field says. */
static const char *unit_of_field(const char *word)
{
	if (strcmp(word, "hours") == 0)
		return "hour";
	return strcmp(word, "minutes") == 0 ? "minute" : NULL;
}

struct wanted {
	int field;
	const char *word;   /* of the field, as said */
	const char *column; /* as said */
};

static int read_wish(const char *text, struct arena *a, struct wanted *ret, struct err *e)
{
	const char *equals = strchr(text, '=');

	if (!equals || !equals[1])
		return err_set(e, -PDH_USAGE, "map",
			       "--map takes a field and a column, as in hours=Credits");
	ret->word = arena_dup_n(a, text, (size_t)(equals - text));
	ret->column = equals + 1;
	ret->field = layout_field_find(ret->word);
	if (ret->field >= 0)
		return 0;
	const char *near = api_nearest(ret->word, layout_fields, LAYOUT_FIELD_COUNT);
	err_set(e, -PDH_USAGE, "map", "no field is called \"%.40s\"", ret->word);
	return near ? err_hint(e, "did you mean %s?", near) : e->code;
}

static int column_of(const struct binding *b, const char *column, struct arena *a)
{
	int found = binding_column(b, layout_fold(column, a));

	if (found >= 0)
		return found;
	found = binding_letters(column);
	return found < (int)b->n ? found : -1;
}

/* What holds for another column too: not where the amount or the value came from. */
static struct layout_source kept_of(const struct layout_source *was)
{
	return (struct layout_source){.unit = was->unit,
				      .split = was->split,
				      .drop = was->drop,
				      .words = was->words};
}

/* Sets the columns that a person named. 0, or -PDH_NOT_FOUND with the first that is not there. */
int binding_map(struct binding *b, const struct texts *map, struct arena *a,
		struct err *e)
{
	struct synonyms s = {.b = b, .arena = a};
	struct wanted w = {0};

	for (size_t i = 0; i < map->n; i++) {
		int r = read_wish(map->v[i], a, &w, e);
		if (r < 0)
			return r;
		int column = column_of(b, w.column, a);
		if (column < 0)
			return err_set(e, -PDH_NOT_FOUND, "map",
				       "the heading has no column \"%.60s\"", w.column);
		const struct bound_field *was = &b->fields[w.field];
		struct layout_source *source = arena_alloc(a, sizeof(*source));
		if (was->n)
			*source = kept_of(was->v[0].source);
		if (unit_of_field(w.word))
			source->unit = unit_of_field(w.word);
		else if (w.field == LAYOUT_CREDIT && !source->unit)
			source->unit = "ask";
		bind_column(&s, (enum layout_field)w.field, source, (size_t)column);
		if (unit_of_field(w.word))
			b->fields[w.field].v->unit = source->unit;
	}
	return 0;
}

bool binding_is_whole(const struct binding *b, bool hourless)
{
	return b->fields[LAYOUT_TITLE].n && (hourless || b->fields[LAYOUT_CREDIT].n) &&
	       (b->fields[LAYOUT_DONE_ON].n || b->fields[LAYOUT_FROM].n);
}
