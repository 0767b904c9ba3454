/* pdh list: a table with a line of totals. */
#include "client/show/answers.h"

#include "client/term/table.h"
#include "client/term/text.h"

#include <string.h>

enum { ID, DATE, LOGGED, COUNTS, TITLE, FLAGS, COLUMNS };

static const struct column columns[COLUMNS] = {
	[ID] = {"ID", .right = true},
	[DATE] = {"DATE", .gap = 2, .drop = 3},
	[LOGGED] = {"LOGGED", .gap = 2, .right = true},
	[COUNTS] = {"COUNTS", .gap = 2, .right = true, .drop = 2},
	[TITLE] = {"TITLE", .gap = 2, .least = 24, .below = true},
	[FLAGS] = {"FLAGS", .gap = 2, .drop = 1},
};

/* What a listing is about, found out before its first row. */
struct listing {
	const struct listed *r;
	const char *alias; /* --for; NULL: none */
	bool year;	   /* some day lies in another year: all say theirs */
	bool units;	   /* not all are hours: all say their unit */
	int decimals;
	int64_t counted;
	bool cut, evidence, duty, planned; /* flags in use */
};

static const struct count *count_for(const struct activity *a, const char *alias)
{
	for (size_t i = 0; alias && i < a->counts.n; i++)
		if (show_is(a->counts.v[i].alias, alias))
			return &a->counts.v[i];
	return NULL;
}

/* The credential may have been named by its title: then its count is the only one that can be told. */
static const char *alias_of(const struct show *v, const struct listed *r)
{
	const struct activity_list_params *p = v->params;

	if (!p || !p->credential || r->activities.n == 0)
		return NULL;
	const struct activity *first = &r->activities.v[0];
	if (count_for(first, p->credential))
		return p->credential;
	return first->counts.n == 1 ? first->counts.v[0].alias : NULL;
}

static struct listing look_at(const struct show *v, const struct listed *r)
{
	struct listing l = {.r = r, .alias = alias_of(v, r), .decimals = 1};
	int this_year, month, day, year;

	date_split(v->today, &this_year, &month, &day);
	for (size_t i = 0; i < r->activities.n; i++) {
		const struct activity *a = &r->activities.v[i];
		const struct count *c = count_for(a, l.alias);
		date_split(a->done_on, &year, &month, &day);
		l.year |= year != this_year;
		l.units |= a->credit.unit && !credit_unit_is(a->credit.unit, UNIT_HOUR);
		l.counted += c ? c->counted.exact : 0;
		l.cut |= c && c->cut.exact > 0 && a->planned <= 0;
		l.evidence |= a->evidence.n > 0;
		l.duty |= a->duty > 0;
		l.planned |= a->planned > 0;
		if (show_decimals(a->credit.exact) > 1 ||
		    (c && show_decimals(c->counted.exact) > 1))
			l.decimals = 2;
	}
	return l;
}

static const char *amount_text(const struct show *v, const struct listing *l,
			       struct credit c)
{
	const char *number = show_number(v, c.exact, l->decimals);

	return l->units ? arena_printf(v->s.a, "%s" NBSP "%s", number, show_unit(c))
			: number;
}

static const char *flags_text(const struct show *v, const struct listing *l,
			      const struct activity *a)
{
	const struct count *c = count_for(a, l->alias);
	char flags[16];
	size_t n = 0;

	if (c && c->cut.exact > 0 && a->planned <= 0)
		flags[n++] = '!';
	if (a->planned > 0)
		flags[n++] = 'P';
	if (a->evidence.n)
		flags[n++] = 'E';
	if (a->duty > 0)
		flags[n++] = 'D';
	if (n == 0)
		return "-";
	const char *text = "";
	for (size_t i = 0; i < n; i++)
		text = arena_printf(v->s.a, "%s%s%c", text, i ? " " : "", flags[i]);
	return text;
}

/* What the letters mean, for those in use. */
static const char *legend_text(const struct show *v, const struct listing *l)
{
	return arena_printf(v->s.a, "%s%s%s%s",
			    l->cut ? "!" NBSP "does not all count  " : "",
			    l->planned ? "P" NBSP "planned  " : "",
			    l->evidence ? "E" NBSP "evidence  " : "",
			    l->duty ? "D" NBSP "duty" NBSP "time" : "");
}

static void add_activity(const struct show *v, const struct listing *l,
			 const struct activity *a, struct table *t)
{
	const struct count *c = count_for(a, l->alias);
	bool flags = l->cut || l->planned || l->evidence || l->duty;
	struct cell *cells = table_row(t);

	cells[ID].text = arena_printf(v->s.a, "%lld", (long long)a->id);
	cells[DATE].text = show_day_cell(v, a->done_on, l->year);
	cells[LOGGED].text = amount_text(v, l, a->credit);
	cells[COUNTS].text = c ? show_number(v, c->counted.exact, l->decimals) : NULL;
	cells[TITLE].text = a->title;
	cells[FLAGS].text = flags ? flags_text(v, l, a) : NULL;
	if (c && c->cut.exact > 0)
		cells[FLAGS].tint = TINT_WARN;
}

/* One line for each unit; how many entries there are stands on the first. */
static void add_totals(const struct show *v, const struct listing *l, struct table *t)
{
	const struct listed *r = l->r;
	int64_t entries = 0;

	for (size_t i = 0; i < r->totals.n; i++)
		entries += r->totals.v[i].entries;
	for (size_t i = 0; i < r->totals.n; i++) {
		struct cell *cells = table_row(t);
		cells[LOGGED].text = amount_text(v, l, r->totals.v[i].credit);
		if (i)
			continue;
		cells[DATE].text = show_count(v, entries, "entry", "entries");
		if (l->alias && !r->next)
			cells[COUNTS].text = show_number(v, l->counted, l->decimals);
	}
}

void show_list(const struct show *v, const struct listed *r)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};
	struct listing l = look_at(v, r);

	if (r->activities.n == 0) {
		screen_line(&v->s, "Nothing found.");
		return;
	}
	for (size_t i = 0; i < r->activities.n; i++)
		add_activity(v, &l, &r->activities.v[i], &t);
	add_totals(v, &l, &t);
	table_print(&t);
	const char *legend = legend_text(v, &l);
	if (*legend)
		screen_line(&v->s, "%s", legend);
	if (r->next)
		screen_line(&v->s,
			    "Older ones are not shown; --all, --limit and --until reach "
			    "them.");
}

void show_found(const struct show *v, const struct listed *r)
{
	struct show any = *v;

	any.params = NULL;
	show_list(&any, r);
}
