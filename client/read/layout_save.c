#include "client/read/layout_save.h"

#include "client/read/layout_options.h"
#include "common/texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- whether it can be told by its heading --------------------------------------------------------------------------- */

static int refuse_column(const char *name, struct err *e)
{
	if (!*name)
		return err_set(
			e, -PDH_REFUSED, "save_layout",
			"a column without a heading is used; a layout names columns "
			"by their headings");
	return err_set(e, -PDH_REFUSED, "save_layout",
		       "several columns are called \"%.60s\"; a layout tells columns "
		       "apart by their headings",
		       name);
}

static int check_columns(const struct binding *b, const struct bound_field *field,
			 struct err *e)
{
	for (size_t i = 0; i < field->n; i++)
		for (size_t k = 0; k < field->v[i].n; k++) {
			int column = field->v[i].columns[k];
			if (column >= 0 &&
			    (!*b->folded[column] ||
			     binding_column(b, b->folded[column]) != column))
				return refuse_column(b->names[column], e);
		}
	return 0;
}

static int check(const struct binding *b, const struct read_options *o,
		 const struct layout_told *told, struct err *e)
{
	int r = 0;

	if (b->line == 0)
		return err_set(e, -PDH_REFUSED, "save_layout",
			       "the file has no heading by which the next one could be "
			       "known");
	if (b->layout->exact)
		return err_set(e, -PDH_REFUSED, "save_layout",
			       "what pdh wrote needs no layout");
	if (b->layout->match.n > 0 && strcmp(b->layout->id, o->save_layout) != 0 &&
	    !told->corrected)
		return err_set(e, -PDH_REFUSED, "save_layout",
			       "the layout %.60s knows this heading already, and nothing "
			       "was corrected",
			       b->layout->id);
	for (size_t f = 0; r == 0 && f < LAYOUT_FIELD_COUNT; f++)
		r = check_columns(b, &b->fields[f], e);
	return r;
}

/* ---- its text ---------------------------------------------------------------------------------------------------------- */

static void put_text(const char *text, FILE *to)
{
	(void)fputc('\'', to);
	for (const char *p = text; *p; p++) {
		if (*p == '\'')
			(void)fputc('\'', to);
		(void)fputc(*p, to);
	}
	(void)fputc('\'', to);
}

static void put_pair(const char *key, const char *text, FILE *to)
{
	if (!text)
		return;
	(void)fprintf(to, "%s: ", key);
	put_text(text, to);
	(void)fputc('\n', to);
}

static void put_list(const struct texts *list, FILE *to)
{
	(void)fputc('[', to);
	for (size_t i = 0; i < list->n; i++) {
		(void)fputs(i ? ", " : "", to);
		put_text(list->v[i], to);
	}
	(void)fputc(']', to);
}

/* {key: word, ...} */
static void put_map(const char *key, const struct layout_words *words, FILE *to)
{
	if (words->n == 0)
		return;
	(void)fprintf(to, "%s: {", key);
	for (size_t i = 0; i < words->n; i++) {
		(void)fputs(i ? ", " : "", to);
		put_text(words->v[i].pattern, to);
		(void)fputs(": ", to);
		put_text(words->v[i].word, to);
	}
	(void)fputc('}', to);
}

static void put_words(const char *key, const struct layout_words *words, FILE *to)
{
	(void)fputs(words->n ? ", " : "", to);
	put_map(key, words, to);
}

static void put_member(const char *key, const char *text, FILE *to)
{
	if (!text)
		return;
	(void)fprintf(to, ", %s: ", key);
	put_text(text, to);
}

static void put_columns(const struct binding *b, const struct bound_source *s,
			struct arena *a, FILE *to)
{
	struct texts columns = {0};

	for (size_t i = 0; i < s->n; i++)
		if (s->columns[i] >= 0)
			texts_add(&columns, b->folded[s->columns[i]], a);
	(void)fprintf(to, "%s: ",
		      s->source->between.n ? "between"
		      : s->source->sum.n   ? "sum"
					   : "from");
	put_list(&columns, to);
}

static void put_source(const struct binding *b, const struct bound_source *s,
		       const char *unit, struct arena *a, FILE *to)
{
	(void)fputs("    - {", to);
	if (s->source->value) {
		(void)fputs("value: ", to);
		put_text(s->source->value, to);
	} else {
		put_columns(b, s, a, to);
	}
	put_member("unit", unit, to);
	put_member("split", s->source->split, to);
	if (s->source->drop.n) {
		(void)fputs(", drop: ", to);
		put_list(&s->source->drop, to);
	}
	put_words("words", &s->source->words, to);
	put_words("set", &s->source->set, to);
	(void)fputs("}\n", to);
}

/* topic: column; "" is one column that has all parts. */
static void put_split(const struct binding *b, FILE *to)
{
	const struct layout_words *split = &b->layout->split;
	bool any = false;

	for (size_t i = 0; i < split->n; i++) {
		const struct layout_word *w = &split->v[i];
		if (binding_column(b, w->word) < 0)
			continue;
		(void)fputs(any ? ", " : "  split: ", to);
		if (*w->pattern) {
			(void)fputs(any ? "" : "{", to);
			put_text(w->pattern, to);
			(void)fputs(": ", to);
		}
		put_text(w->word, to);
		any = true;
	}
	(void)fputs(!any ? "" : *split->v[0].pattern ? "}\n" : "\n", to);
}

static void put_fields(const struct binding *b, struct arena *a, FILE *to)
{
	(void)fputs("fields:\n", to);
	for (size_t f = 0; f < LAYOUT_FIELD_COUNT; f++) {
		const struct bound_field *field = &b->fields[f];
		/* A first day alone is the day. */
		if (f == LAYOUT_DONE_ON && field->n == 0)
			field = &b->fields[LAYOUT_FROM];
		else if (f == LAYOUT_FROM && b->fields[LAYOUT_DONE_ON].n == 0)
			continue;
		if (field->n)
			(void)fprintf(to, "  %s:\n", layout_fields[f]);
		for (size_t i = 0; i < field->n; i++)
			put_source(b, &field->v[i],
				   f == LAYOUT_CREDIT ? field->v[i].unit : NULL, a, to);
	}
	put_split(b, to);
}

/* A rule holds only where all of its columns are there. */
static bool has_columns(const struct binding *b, const struct layout_rule *rule)
{
	for (size_t i = 0; i < rule->n; i++)
		if (binding_column(b, rule->tests[i].column) < 0)
			return false;
	return true;
}

static void put_rule(const struct layout_rule *rule, FILE *to)
{
	(void)fputs("  - {if: {", to);
	for (size_t i = 0; i < rule->n; i++) {
		(void)fputs(i ? ", " : "", to);
		put_text(rule->tests[i].column, to);
		(void)fputs(": ", to);
		put_list(&rule->tests[i].values, to);
	}
	(void)fputc('}', to);
	put_member("why", rule->why, to);
	(void)fputs(rule->bare ? ", bare: true" : "", to);
	(void)fputs(rule->all_day ? ", all_day: true" : "", to);
	put_words("add", &rule->add, to);
	put_words("set", &rule->set, to);
	(void)fputs("}\n", to);
}

static void put_rules(const char *key, const struct binding *b,
		      const struct layout_rules *rules, FILE *to)
{
	bool any = false;

	for (size_t i = 0; i < rules->n; i++) {
		if (!has_columns(b, &rules->v[i]))
			continue;
		if (!any)
			(void)fprintf(to, "%s:\n", key);
		put_rule(&rules->v[i], to);
		any = true;
	}
}

/* Names for --where, and what names a row for good: only where all of its columns are there. */
static void put_names(const struct binding *b, struct arena *a, FILE *to)
{
	const struct layout *l = b->layout;
	struct layout_words where = {0};
	struct layout_word *v = arena_array(a, l->where.n + 1, sizeof(*v));
	bool named = l->identity.n > 0;

	for (size_t i = 0; i < l->where.n; i++)
		if (binding_column(b, l->where.v[i].word) >= 0)
			v[where.n++] = l->where.v[i];
	where.v = v;
	if (where.n) {
		put_map("where", &where, to);
		(void)fputc('\n', to);
	}
	for (size_t i = 0; i < l->identity.n; i++)
		named = named && binding_column(b, l->identity.v[i]) >= 0;
	if (!named)
		return;
	(void)fputs("identity: ", to);
	put_list(&l->identity, to);
	(void)fputc('\n', to);
}

static void put_option_list(const char *key, const struct texts *list, FILE *to)
{
	if (list->n == 0)
		return;
	(void)fprintf(to, "  %s: ", key);
	put_list(list, to);
	(void)fputc('\n', to);
}

/* What the person said, word for word. */
static void put_options(const struct read_options *o, const struct layout_told *told,
			FILE *to)
{
	const struct {
		const char *key, *text;
	} all[] = {{"  dates", o->dates},	{"  unit", told->unit},
		   {"  encoding", o->encoding}, {"  separator", o->separator},
		   {"  decimal", o->decimal},	{"  sheet", o->sheet}};
	char amount[CREDIT_TEXT_SIZE];

	if (!layout_options_any(o))
		return;
	(void)fputs("options:\n", to);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		put_pair(all[i].key, all[i].text, to);
	put_option_list("where", &o->where, to);
	put_option_list("match", &o->match, to);
	if (o->hours.unit) {
		credit_format(o->hours.exact, amount);
		(void)fprintf(to, "  hours: '%s%s'\n", amount,
			      credit_unit_brief(o->hours.unit));
	}
	(void)fputs(o->lenient ? "  lenient: true\n" : "", to);
}

/* Of the words for dates those that a layout takes. */
static const char *dates_of(const char *dates)
{
	static const char *const taken[] = {"m/d/y", "d/m/y", "d.m.y", "m.d.y", "y-m-d"};

	for (size_t i = 0; dates && i < sizeof(taken) / sizeof(taken[0]); i++)
		if (strcmp(dates, taken[i]) == 0)
			return taken[i];
	return NULL;
}

static void put_all(const struct binding *b, const struct read_options *o,
		    const struct layout_told *told, struct arena *a, FILE *to)
{
	struct texts columns = {0};

	for (size_t i = 0; i < b->n; i++)
		if (*b->folded[i] && !texts_has(&columns, b->folded[i]))
			texts_add(&columns, b->folded[i], a);
	put_pair("layout", o->save_layout, to);
	put_pair("version", "1", to);
	put_pair("title",
		 b->layout->match.n ? b->layout->title
				    : "A table whose columns you named",
		 to);
	(void)fputs("match: ", to);
	put_list(&columns, to);
	(void)fputc('\n', to);
	put_pair("dates", dates_of(told->dates), to);
	put_pair("decimal", b->layout->decimal, to);
	(void)fputs(b->layout->calendar ? "calendar: true\n" : "", to);
	put_options(o, told, to);
	put_fields(b, a, to);
	put_rules("skip", b, &b->layout->skip, to);
	put_rules("when", b, &b->layout->when, to);
	put_names(b, a, to);
}

int layout_save(const struct binding *b, const struct read_options *o,
		const struct layout_told *told, struct arena *a, const char **ret,
		struct err *e)
{
	struct layout read_back;
	struct err why = {0};
	char *text = NULL;
	size_t n = 0;
	int r = check(b, o, told, e);

	if (r < 0)
		return r;
	FILE *to = open_memstream(&text, &n);
	if (!to)
		oom();
	put_all(b, o, told, a, to);
	if (fclose(to) != 0)
		oom();
	*ret = arena_dup_n(a, text, n);
	free(text);
	if (layout_parse(*ret, n, "the layout", a, &read_back, &why) == 0)
		return 0;
	return err_set(e, -PDH_REFUSED, "save_layout",
		       "no layout can be made of this heading: %.300s", why.message);
}
