#include "client/read/row_parts.h"

#include "common/texts.h"

#include <string.h>

/* Which of two fields of days there is. */
static const char *day_text(const struct one *x, enum layout_field f)
{
	const struct bound_source *s;

	return row_raw(x, f, &s);
}

/* The first day of several; "May 30" has the year of the last, or the one before. */
static bool read_first(const struct rows *r, const char *text, civil_day last,
		       struct moment *ret)
{
	int year, month, day;

	if (moment_read(text, r->order, r->o->today, r->arena, ret))
		return true;
	date_split(last, &year, &month, &day);
	for (int i = 0; i < 2; i++)
		if (moment_read(arena_printf(r->arena, "%s, %d", text, year - i),
				r->order, r->o->today, r->arena, ret) &&
		    ret->day <= last)
			return true;
	return false;
}

/* "2026-01-12 - 2026-01-14" in one cell: both days. */
static bool read_stretch(const struct rows *r, const char *text, struct read_activity *v)
{
	static const char *const between[] = {" - ", " \xe2\x80\x93 ", " to ", " bis ",
					      "..",  " \xe2\x80\x94 "};
	struct moment from, to;

	for (size_t i = 0; i < sizeof(between) / sizeof(between[0]); i++) {
		const char *cut = strstr(text, between[i]);
		if (!cut)
			continue;
		const char *first = arena_dup_n(r->arena, text, (size_t)(cut - text));
		if (!moment_read(cut + strlen(between[i]), r->order, r->o->today,
				 r->arena, &to) ||
		    !read_first(r, first, to.day, &from))
			continue;
		v->from = from.day;
		v->done_on = to.day;
		return true;
	}
	return false;
}

/* "January 11 - 12, 2026", "11.-12. Januar 2026": two days of one month. */
static bool read_days_of_month(const struct rows *r, const char *text,
			       struct read_activity *v)
{
	size_t at = strcspn(text, "0123456789"), n = strspn(text + at, "0123456789");
	const char *behind = text + at + n;
	const char *sign = behind + strspn(behind, " .");
	size_t dash = *sign == '-' ? 1 : strncmp(sign, "\xe2\x80\x93", 3) == 0 ? 3 : 0;
	const char *second = sign + dash + strspn(sign + dash, " ");
	size_t m = strspn(second, "0123456789");
	struct moment from, to;

	if (!dash || n < 1 || n > 2 || m < 1 || m > 2 ||
	    (second[m] && !strchr(" ,.", second[m])) || !strpbrk(text, "aeiouAEIOU"))
		return false;
	const char *head = arena_dup_n(r->arena, text, at);
	const char *day = arena_dup_n(r->arena, text + at, n);
	if (!moment_read(arena_printf(r->arena, "%s%s%s", head, day, second + m),
			 r->order, r->o->today, r->arena, &from) ||
	    !moment_read(arena_printf(r->arena, "%s%s", head, second), r->order,
			 r->o->today, r->arena, &to) ||
	    from.day >= to.day)
		return false;
	v->from = from.day;
	v->done_on = to.day;
	return true;
}

bool row_days(struct one *x)
{
	struct read_activity *v = &x->row->activity;
	const char *last = day_text(x, LAYOUT_DONE_ON), *first = day_text(x, LAYOUT_FROM);
	struct rows *r = x->all;
	struct moment m;

	if (!*last)
		last = first;
	if (row_is_total(x, last)) {
		read_row_skip(x->row, "no date: a total");
		return false;
	}
	if (read_stretch(r, last, v) || read_days_of_month(r, last, v))
		return true;
	/* "11:30" ends the day that it began on. */
	if (r->b->clock && time_of_day_read(last) >= 0)
		last = first;
	if (!moment_read(last, r->order, r->o->today, r->arena, &m)) {
		read_row_bad(x->row, "done_on", last, *last ? "no day" : "no date");
		return false;
	}
	v->done_on = m.day;
	if (!*first)
		return true;
	if (moment_read(first, r->order, r->o->today, r->arena, &m)) {
		v->from = m.day;
		/* An event of whole days ends at the beginning of the day after. */
		v->done_on -= x->all_day && v->done_on > v->from;
	} else
		texts_add(
			&x->row->flags,
			arena_printf(r->arena, "\"%.40s\" is not a day: left out", first),
			r->arena);
	return true;
}

static void look_at_days(const struct table *t, const struct binding *b,
			 struct day_evidence *ret)
{
	static const enum layout_field fields[] = {LAYOUT_DONE_ON, LAYOUT_FROM,
						   LAYOUT_CREDIT};

	for (size_t f = 0; f < 3; f++)
		for (size_t s = 0; s < b->fields[fields[f]].n; s++) {
			const struct bound_source *source = &b->fields[fields[f]].v[s];
			if (fields[f] == LAYOUT_CREDIT && !source->source->between.n)
				continue;
			for (size_t i = b->first; i < t->n * (source->n > 0); i++)
				for (size_t c = 0; c < source->n; c++)
					if (source->columns[c] >= 0)
						day_look(table_cell(&t->rows[i],
								    (size_t)source
									    ->columns[c]),
							 t->rows[i].line, ret);
		}
}

static const char *order_word(enum day_order order, const struct day_evidence *seen)
{
	if (seen->slashes && order != DAY_UNTOLD)
		return order == DAY_DAY_FIRST ? "d/m/y" : "m/d/y";
	if (seen->dots)
		return order == DAY_MONTH_FIRST ? "m.d.y" : "d.m.y";
	if (seen->excel && !seen->iso)
		return "excel";
	return seen->iso || !seen->words ? "y-m-d" : "words";
}

static enum day_order order_of(const char *dates)
{
	if (!dates || dates[0] == 'y')
		return DAY_UNTOLD;
	return dates[0] == 'd' ? DAY_DAY_FIRST : DAY_MONTH_FIRST;
}

static int refuse_unsure(const struct rows *r, const struct day_evidence *seen)
{
	static const char *const months[] = {
		"January", "February", "March",	    "April",   "May",	   "June",
		"July",	   "August",   "September", "October", "November", "December"};
	int first = 0, second = 0;
	const char *p = seen->unsure;

	while (*p >= '0' && *p <= '9')
		first = first * 10 + (*p++ - '0');
	for (p++; *p >= '0' && *p <= '9'; p++)
		second = second * 10 + (*p - '0');
	if (first < 1 || first > 12 || second < 1 || second > 12)
		return err_set(r->e, -PDH_REFUSED, "dates",
			       "%s %lld: \"%.20s\" is not a day", r->line_word,
			       (long long)seen->line, seen->unsure);
	return err_set(r->e, -PDH_REFUSED, "dates",
		       "%.10s may be %d %s or %d %s; say --dates m/d/y or --dates d/m/y",
		       seen->unsure, first, months[second - 1], second,
		       months[first - 1]);
}

/* "Date (m/d/y)": the heading itself says it. */
static enum day_order order_in_heading(const struct binding *b)
{
	static const struct {
		const char *words;
		enum day_order order;
	} forms[] = {{"m d y", DAY_MONTH_FIRST},      {"mm dd yy", DAY_MONTH_FIRST},
		     {"mm dd yyyy", DAY_MONTH_FIRST}, {"m d yyyy", DAY_MONTH_FIRST},
		     {"d m y", DAY_DAY_FIRST},	      {"dd mm yy", DAY_DAY_FIRST},
		     {"dd mm yyyy", DAY_DAY_FIRST},   {"tt mm jjjj", DAY_DAY_FIRST},
		     {"jj mm aaaa", DAY_DAY_FIRST},   {"dd mm aaaa", DAY_DAY_FIRST}};
	const struct bound_field *field = &b->fields[LAYOUT_DONE_ON];

	for (size_t i = 0; i < field->n && field->v[i].n; i++)
		for (size_t k = 0; k < sizeof(forms) / sizeof(forms[0]); k++)
			if (field->v[i].columns[0] >= 0 &&
			    binding_has_words(b->folded[field->v[i].columns[0]],
					      forms[k].words))
				return forms[k].order;
	return DAY_UNTOLD;
}

/* The column decides, then its heading, then the layout; a person's word stands above them. */
int row_settle_days(struct rows *r, const struct table *t, struct read_result *ret)
{
	struct day_evidence seen = {0};
	const char *said = r->b->layout->dates;

	look_at_days(t, r->b, &seen);
	if (r->o->dates)
		r->order = order_of(said = r->o->dates);
	else if (seen.first_over_12 != seen.second_over_12)
		r->order = seen.first_over_12 ? DAY_DAY_FIRST : DAY_MONTH_FIRST;
	else
		r->order = order_in_heading(r->b);
	if (r->order == DAY_UNTOLD && !seen.slashes && seen.dots_month_first)
		r->order = DAY_MONTH_FIRST;
	if (r->order == DAY_UNTOLD)
		r->order = order_of(said);
	if (r->order == DAY_UNTOLD && seen.unsure)
		return refuse_unsure(r, &seen);
	bool told = seen.slashes || seen.dots || seen.iso || seen.excel;
	ret->dates = said && (r->o->dates || !told || r->order == order_of(said))
			     ? said
			     : order_word(r->order, &seen);
	return 0;
}
