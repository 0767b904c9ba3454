#include "client/read/row_parts.h"

#include "common/similar.h"
#include "common/texts.h"

#include <string.h>

int row_settle_unit(struct rows *r)
{
	static const char *const minutes[] = {"minute", "minutes", "min"};
	const char *unit = r->o->unit;

	for (size_t i = 0; unit && i < 3; i++)
		if (strcmp(unit, minutes[i]) == 0) {
			r->form.unit = "minute";
			return 0;
		}
	r->form.unit = unit ? credit_unit_find(unit) : NULL;
	return !unit || r->form.unit
		       ? 0
		       : err_set(r->e, -PDH_USAGE, "unit",
				 "\"%.40s\" is not a unit of credit; hour, minute, contact "
				 "hour, ceu, sh, qh or pt",
				 unit);
}

/* Whether the file is said to state credit, in a column of hours. */
static bool is_stated(const char *said, const char *unit)
{
	return said && unit && credit_unit_is(said, UNIT_CONTACT_HOUR) &&
	       credit_unit_is_hours(unit);
}

enum credit_state {
	CREDIT_FOUND,
	CREDIT_NOT_HERE, /* nothing, or nothing but zero: another source may have it */
	CREDIT_WRONG,	 /* the row is bad or left out */
	CREDIT_STOPS,	 /* the whole file is refused */
};

static enum credit_state no_unit(struct one *x, const struct bound_source *s,
				 const struct amount *amount)
{
	char number[CREDIT_TEXT_SIZE];
	struct arena *a = x->all->arena;

	credit_format(amount->credit.exact, number);
	err_set(x->all->e, -PDH_REFUSED, "unit", "%s%s %s of what? say --unit hour",
		x->row->line > 0 ? arena_printf(a, "%s %lld: ", x->all->line_word,
						(long long)x->row->line)
				 : "",
		number, s->names.n ? similar_lower(s->names.v[0], a) : "credits");
	return CREDIT_STOPS;
}

static enum credit_state from_cell(struct one *x, const struct bound_source *s,
				   const char *text, struct credit *ret)
{
	struct rows *r = x->all;
	struct amount_form form = r->form;
	struct amount amount;

	form.unit = s->unit;
	if (r->form.unit &&
	    (!s->unit || strcmp(s->unit, "ask") == 0 || is_stated(r->form.unit, s->unit)))
		form.unit = r->form.unit;
	enum amount_result result = amount_read(text, &form, r->arena, &amount);
	r->comma = r->comma || amount.comma;
	if (result == AMOUNT_ZERO)
		return CREDIT_NOT_HERE;
	if (result == AMOUNT_NO_UNIT)
		return no_unit(x, s, &amount);
	if (result == AMOUNT_BAD) {
		read_row_bad(x->row, "credit", text, amount.why);
		return CREDIT_WRONG;
	}
	if (amount.flag)
		texts_add(&x->row->flags, amount.flag, r->arena);
	*ret = amount.credit;
	return CREDIT_FOUND;
}

/* A day and a time, or one cell with both. */
static bool instant(const struct one *x, const struct bound_source *s, size_t day,
		    size_t time, struct moment *ret)
{
	const struct rows *r = x->all;

	if (!moment_read(row_cell(x, s, day), r->order, r->o->today, r->arena, ret))
		return false;
	if (time != day)
		ret->second = time_of_day_read(row_cell(x, s, time));
	return ret->second >= 0;
}

/* Midnight is the end of the day before. */
static bool is_one_day(const struct moment *begin, const struct moment *end)
{
	return begin->day == end->day || (end->day == begin->day + 1 && end->second == 0);
}

/* The hours that a person said for such a row, if any. */
static enum credit_state no_clock(struct one *x, const char *text, const char *why)
{
	if (x->all->b->clock && x->all->o->hours.unit)
		return CREDIT_NOT_HERE;
	read_row_bad(x->row, "credit", text, why);
	return CREDIT_WRONG;
}

static enum credit_state from_between(struct one *x, const struct bound_source *s,
				      struct credit *ret)
{
	bool apart = s->n == 4;
	struct moment begin, end;

	if (!instant(x, s, 0, apart, &begin) ||
	    !instant(x, s, apart ? 2 : 1, apart ? 3 : 1, &end))
		return no_clock(x, row_cell(x, s, apart ? 3 : 1),
				"no time to tell the hours by");
	if (x->all->b->clock && !is_one_day(&begin, &end))
		return no_clock(x, row_cell(x, s, apart ? 3 : 1),
				"several days: say the hours with --hours");
	int64_t seconds = begin.instant && end.instant
				  ? end.epoch - begin.epoch
				  : ((int64_t)end.day - begin.day) * 86400 + end.second -
					    begin.second;
	*ret = (struct credit){seconds * 1000, credit_unit_word(UNIT_HOUR)};
	if (seconds == 0)
		return CREDIT_NOT_HERE;
	if (seconds > 0 && ret->exact <= CREDIT_MAX) {
		if (x->all->b->clock)
			texts_add(&x->row->flags,
				  arena_printf(x->all->arena, "%s to %s by the clock",
					       row_cell(x, s, apart),
					       row_cell(x, s, apart ? 3 : 1)),
				  x->all->arena);
		return CREDIT_FOUND;
	}
	read_row_bad(x->row, "credit", row_cell(x, s, apart ? 3 : 1),
		     seconds < 0 ? "it ends before it begins"
				 : "credit is at most 100000");
	return CREDIT_WRONG;
}

static enum credit_state from_sum(struct one *x, const struct bound_source *s,
				  struct credit *ret)
{
	struct credit part;

	*ret = (struct credit){0, NULL};
	for (size_t i = 0; i < s->n; i++) {
		const char *text = row_cell(x, s, i);
		if (!*text)
			continue;
		enum credit_state state = from_cell(x, s, text, &part);
		if (state == CREDIT_NOT_HERE)
			continue;
		if (state != CREDIT_FOUND)
			return state;
		if (ret->unit && strcmp(ret->unit, part.unit) != 0) {
			read_row_bad(x->row, "credit", text, "another unit than before");
			return CREDIT_WRONG;
		}
		*ret = (struct credit){ret->exact + part.exact, part.unit};
	}
	return ret->exact ? CREDIT_FOUND : CREDIT_NOT_HERE;
}

static enum credit_state from_source(struct one *x, const struct bound_source *s,
				     struct credit *ret)
{
	if (s->source->between.n)
		return from_between(x, s, ret);
	if (s->source->sum.n)
		return from_sum(x, s, ret);
	const char *text = s->source->value ? s->source->value : row_first(x, s);
	return *text ? from_cell(x, s, text, ret) : CREDIT_NOT_HERE;
}

/* 1: it has credit; 0: the row is done with; negative: the file is refused. */
int row_credit(struct one *x)
{
	const struct bound_field *field = &x->all->b->fields[LAYOUT_CREDIT];
	const struct bound_source *s;

	if (x->all_day)
		return read_row_hours(x->row, x->all->o, x->all->arena);
	for (size_t i = 0; i < field->n; i++) {
		enum credit_state state =
			from_source(x, &field->v[i], &x->row->activity.credit);
		if (state == CREDIT_STOPS)
			return x->all->e->code;
		if (state == CREDIT_WRONG)
			return 0;
		if (state == CREDIT_FOUND) {
			row_set(x, &field->v[i].source->set);
			return 1;
		}
	}
	const char *text = row_raw(x, LAYOUT_CREDIT, &s);
	if ((!*text || x->all->b->clock) &&
	    read_row_hours(x->row, x->all->o, x->all->arena))
		return 1;
	read_row_bad(x->row, "credit", text,
		     *text ? "no credit: it is zero" : "no credit");
	return 0;
}

/* As pdh log takes it: minutes where an amount of hours has no decimal that is exact. */
static const char *part_text(struct arena *a, const char *topic, struct credit c)
{
	enum { DECIMAL = CREDIT_ONE / 10000 }; /* the last that credit_format() writes */
	char number[CREDIT_TEXT_SIZE];

	credit_format(c.exact, number);
	if (credit_unit_is(c.unit, UNIT_HOUR) && c.exact % DECIMAL != 0) {
		credit_format(c.exact * 60, number);
		return arena_printf(a, "%s=%s min", topic, number);
	}
	size_t n = strlen(number);
	if (n > 2 && strcmp(number + n - 2, ".0") == 0)
		number[n - 2] = '\0';
	return arena_printf(a, "%s=%s%s", topic, number, credit_unit_brief(c.unit));
}

/* 1: it is added, or there is none; else as row_split(). */
static int add_part(struct one *x, const char *topic, const char *text)
{
	const struct bound_source *total = x->all->b->fields[LAYOUT_CREDIT].v;
	struct credit part;
	enum credit_state state =
		*text ? from_cell(x, total, text, &part) : CREDIT_NOT_HERE;

	if (state == CREDIT_STOPS)
		return x->all->e->code;
	if (state == CREDIT_WRONG)
		return 0;
	if (state == CREDIT_FOUND)
		texts_add(&x->row->activity.split, part_text(x->all->arena, topic, part),
			  x->all->arena);
	return 1;
}

/* "ethics=1 h; law=2 h" */
static int add_parts(struct one *x, const char *text)
{
	struct arena *a = x->all->arena;
	int r = 1;

	while (r > 0 && *text) {
		const char *part = row_part(&text, a);
		size_t n = credit_part_topic(part);
		if (n == 0) {
			read_row_bad(x->row, "split", part, "no topic with its hours");
			return 0;
		}
		r = add_part(x, arena_dup_n(a, part, n), part + n + 1);
	}
	return r;
}

/* Credit that belongs to one topic: technical=2h. */
int row_split(struct one *x)
{
	const struct layout_words *split = &x->all->b->layout->split;
	int r = 1;

	for (size_t i = 0; r > 0 && i < split->n; i++) {
		const char *topic = split->v[i].pattern;
		int column = binding_column(x->all->b, split->v[i].word);
		const char *text = column < 0 ? "" : table_cell(x->cells, (size_t)column);
		r = *topic ? add_part(x, topic, text) : add_parts(x, text);
	}
	return r;
}
