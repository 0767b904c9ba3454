#include "client/read/certificate.h"

#include "client/read/amount.h"
#include "client/read/day.h"
#include "client/read/table.h"
#include "common/ascii.h"
#include "common/texts.h"

#include <string.h>

enum { LINES_MOST = 400 };

struct certificate {
	const struct read_options *o;
	struct arena *arena;
	struct texts lines; /* without the empty ones */
	struct read_row *row;
};

/* What stands before a colon, the longer first. */
static const char *const titles[] = {"title of activity",
				     "title of the activity",
				     "activity title",
				     "title of course",
				     "course title",
				     "title of program",
				     "program title",
				     "session title",
				     "workshop title",
				     "name of activity",
				     "course name",
				     "title",
				     "course",
				     NULL};
static const char *const dates[] = {"date(s) of activity",
				    "dates of activity",
				    "date of activity",
				    "date of completion",
				    "completion date",
				    "date completed",
				    "completed on",
				    "date(s)",
				    "dates",
				    "date",
				    NULL};
static const char *const amounts[] = {"total pd hours awarded",
				      "total pd hours",
				      "pd hours awarded",
				      "number of hours",
				      "total hours",
				      "clock hours",
				      "contact hours",
				      "ctle hours",
				      "credit hours",
				      "hours awarded",
				      "hours earned",
				      "pd hours",
				      "hours",
				      "ceus awarded",
				      "ceus",
				      NULL};
static const char *const providers[] = {"name of provider",
					"provider name",
					"name of sponsor",
					"sponsor name",
					"approved sponsor",
					"provider",
					"sponsor",
					"offered by",
					"presented by",
					"issued by",
					NULL};
/* What only ends the value before it. */
static const char *const others[] = {
	"rcdt code",  "iein",		"participant",	   "location",
	"sponsor id", "sponsor number", "provider number", "provider id",
	"signature",  "name",		"license",	   "license number",
	NULL};

/* ---- lines ------------------------------------------------------------------------------------------------ */

static void cut_lines(struct certificate *c, const char *text)
{
	size_t dropped = 0;

	for (const char *p = text; *p && c->lines.n < LINES_MOST;) {
		size_t n = strcspn(p, "\n\f");
		const char *line = table_clean(p, n < 500 ? n : 500, c->arena, &dropped);
		if (*line)
			texts_add(&c->lines, line, c->arena);
		p += n + (p[n] != '\0');
	}
}

/* Where a label and its colon stand in a line; NULL. *ret is what follows. */
static const char *find_label(const char *line, const char *label, const char **ret)
{
	size_t n = strlen(label);

	for (const char *p = line; *p; p++) {
		if (p > line && ascii_is_alnum(p[-1]))
			continue;
		if (!ascii_same_n(p, label, n))
			continue;
		const char *behind = p + n + strspn(p + n, " ");
		if (*behind == ':') {
			*ret = behind + 1;
			return p;
		}
	}
	return NULL;
}

/* The value ends where another label begins, or at a gap of two blanks. */
static size_t length_of(const char *value)
{
	static const char *const *const all[] = {titles, dates, amounts, providers,
						 others};
	const char *gap = strstr(value, "  "), *behind;
	size_t n = gap && gap > value ? (size_t)(gap - value) : strlen(value);

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (size_t k = 0; all[i][k]; k++) {
			const char *at = find_label(value, all[i][k], &behind);
			if (at && (size_t)(at - value) < n)
				n = (size_t)(at - value);
		}
	return n;
}

/* What stands behind the first of the labels that has anything, or below it; NULL. */
static const char *labelled(const struct certificate *c, const char *const *labels)
{
	size_t dropped = 0;

	for (; *labels; labels++)
		for (size_t i = 0; i < c->lines.n; i++) {
			const char *value;
			if (!find_label(c->lines.v[i], *labels, &value))
				continue;
			value += strspn(value, " ");
			if (!*value && i + 1 < c->lines.n)
				value = c->lines.v[i + 1];
			value = table_clean(value, length_of(value), c->arena, &dropped);
			if (*value)
				return value;
		}
	return NULL;
}

/* ---- sentences ------------------------------------------------------------------------------------------------- */

/* "has successfully completed" and its like: the title follows, in the same line or the next. */
static const char *completed(const struct certificate *c)
{
	static const char *const words[] = {"successfully completed",
					    "has completed",
					    "for completing",
					    "completion of",
					    "participated in",
					    "for attending",
					    "attended"};

	for (size_t i = 0; i < c->lines.n; i++)
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++) {
			const char *at = strcasestr(c->lines.v[i], words[k]);
			if (!at)
				continue;
			at += strlen(words[k]);
			at += strspn(at, " :");
			/* "Evidence of completion of professional development" is a heading. */
			if (!*at && i + 1 < c->lines.n)
				return c->lines.v[i + 1];
			if (*at && i > 0)
				return at;
		}
	return NULL;
}

/* A number with its hours or CEUs, a word or two between them. */
static const char *spoken_amount(const struct certificate *c)
{
	for (size_t i = 0; i < c->lines.n; i++)
		for (const char *p = c->lines.v[i]; *p; p += strspn(p, "0123456789.,")) {
			p += strcspn(p, "0123456789");
			size_t n = strspn(p, "0123456789.");
			const char *unit = p + n;
			for (int words = 0; n && words < 4 && *unit == ' '; words++) {
				unit += strspn(unit, " ");
				if (ascii_same_n(unit, "hour", 4))
					return arena_printf(c->arena, "%.*s h", (int)n,
							    p);
				if (ascii_same_n(unit, "ceu", 3))
					return arena_printf(c->arena, "%.*s CEU", (int)n,
							    p);
				unit += strcspn(unit, " ");
			}
		}
	return NULL;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static enum day_order order_of(const struct certificate *c, const char *text,
			       bool *unsure)
{
	struct day_evidence seen = {0};

	for (const char *p = text; *p; p += strcspn(p, " "), p += strspn(p, " "))
		day_look(arena_dup_n(c->arena, p, strcspn(p, " ,;")), 1, &seen);
	*unsure = false;
	if (c->o->dates)
		return c->o->dates[0] == 'd' ? DAY_DAY_FIRST : DAY_MONTH_FIRST;
	if (seen.first_over_12 != seen.second_over_12)
		return seen.first_over_12 ? DAY_DAY_FIRST : DAY_MONTH_FIRST;
	*unsure = seen.unsure != NULL;
	return DAY_MONTH_FIRST;
}

/* The last day that a text has. */
static civil_day last_day(const struct certificate *c, const char *text, bool *unsure)
{
	enum day_order order = order_of(c, text, unsure);
	civil_day last = DATE_NONE;
	struct moment m;

	for (const char *p = text; *p; p += strcspn(p, " "), p += strspn(p, " "))
		if (moment_read(p, order, c->o->today, c->arena, &m) &&
		    (last == DATE_NONE || m.day > last))
			last = m.day;
	return last;
}

static void take_day(struct certificate *c)
{
	const char *text = labelled(c, dates);
	civil_day day = DATE_NONE;
	bool unsure = false;

	if (text)
		day = last_day(c, text, &unsure);
	for (size_t i = 0; day == DATE_NONE && i < c->lines.n; i++)
		day = last_day(c, text = c->lines.v[i], &unsure);
	c->row->activity.done_on = day;
	if (day == DATE_NONE)
		read_row_bad(c->row, "done_on", "", "no date");
	else if (unsure)
		read_row_bad(c->row, "done_on", text,
			     "it may be two days; say --dates m/d/y or --dates d/m/y");
}

static void take_credit(struct certificate *c)
{
	static const struct amount_form form = {.unit = "hour", .decimal = '.'};
	const char *text = labelled(c, amounts);
	struct amount amount;

	if (!text || amount_read(text, &form, c->arena, &amount) != AMOUNT_READ)
		text = spoken_amount(c);
	if (text && amount_read(text, &form, c->arena, &amount) == AMOUNT_READ)
		c->row->activity.credit = amount.credit;
	else if (!read_row_hours(c->row, c->o, c->arena))
		texts_add(&c->row->flags, "it says no hours", c->arena);
}

int certificate_read(const char *text, const struct read_options *o, struct arena *a,
		     struct read_result *ret, struct err *e)
{
	struct certificate c = {.o = o, .arena = a, .row = read_row_add(ret, 0, a)};

	cut_lines(&c, text);
	if (c.lines.n == 0)
		return err_set(
			e, -PDH_REFUSED, NULL,
			"a PDF without text, as scanners make them; keep it as proof: "
			"pdh attach ID %.100s",
			o->name ? o->name : "FILE");
	*ret = (struct read_result){.layout = "certificate",
				    .version = "1",
				    .title = "Certificate",
				    .mark = "from memory",
				    .encoding = "pdf",
				    .dates = o->dates ? o->dates : "m/d/y",
				    .decimal = ".",
				    .proposal = true,
				    .n = ret->n,
				    .rows = ret->rows};
	const char *title = labelled(&c, titles);
	c.row->activity.title = title ? title : completed(&c);
	c.row->activity.provider = labelled(&c, providers);
	c.row->activity.proof = o->name;
	texts_add(&c.row->flags, "proposed from the text of a PDF", a);
	take_credit(&c);
	take_day(&c);
	if (c.row->state == READ_TAKEN && !c.row->activity.title)
		read_row_bad(c.row, "title", "", "no title");
	read_finish(ret, o, a);
	return 0;
}
