/* pdh history, undo, redo. */
#include "client/show/answers.h"

#include "client/show/deed.h"
#include "client/term/table.h"
#include "client/term/text.h"
#include "common/clock.h"

#include <string.h>

enum { OP, WHEN, WHO, WHAT, UNDONE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[OP] = {"OP", .right = true},
	[WHEN] = {"WHEN", .gap = 2, .drop = 2},
	[WHO] = {"WHO", .gap = 3, .drop = 1, .least = 4},
	[WHAT] = {"WHAT", .gap = 3, .below = true},
	[UNDONE] = {"", .gap = 3},
};

static int year_of(civil_day day)
{
	int year, month, dom;

	date_split(day, &year, &month, &dom);
	return year;
}

/* In another year the year says more than the hour does. */
static const char *when_text(const struct show *v, int64_t at)
{
	char text[DATE_HUMAN_SIZE + TIME_HUMAN_SIZE];

	if (at == INT_NONE)
		return NULL;
	if (year_of(clock_day_of(at)) == year_of(v->today))
		time_format_human(at, text);
	else
		date_format_human(clock_day_of(at), text);
	return arena_printf(v->s.a, "%.4s%s%s", text, text[5] == ' ' ? " " : "",
			    text + 4);
}

void show_history(const struct show *v, const struct history *r)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};

	if (r->changes.n == 0) {
		screen_line(&v->s, "Nothing was changed yet.");
		return;
	}
	for (size_t i = 0; i < r->changes.n; i++) {
		const struct change *c = &r->changes.v[i];
		struct cell *cells = table_row(&t);
		cells[OP].text = arena_printf(v->s.a, "%lld", (long long)c->op);
		cells[WHEN].text = when_text(v, c->at);
		cells[WHO].text = c->who;
		cells[WHAT].text = deed_text(c->what, v->s.a);
		cells[UNDONE].text = c->undone_by != INT_NONE ? "(undone)" : NULL;
	}
	table_print(&t);
	if (r->next != INT_NONE)
		screen_line(&v->s, "Older ones: pdh history --before %lld",
			    (long long)r->next);
}

/* A redo takes back an undo, whose text tells of the change before it: "undo of 879: edit #213". */
static const char *without_undo(const char *what)
{
	const char *rest = what ? strchr(what, ':') : NULL;

	if (!what || strncmp(what, "undo of ", strlen("undo of ")) != 0 || !rest)
		return what ? what : "";
	return rest[1] == ' ' ? rest + 2 : rest + 1;
}

/* Whether a change was an undo or a redo itself. What took that back is no undo that redo would mean, and no change that
 * undo would mean: it has to be named. */
static bool takes_back(const char *what)
{
	return what && (strncmp(what, "undo of ", strlen("undo of ")) == 0 ||
			strncmp(what, "redo of ", strlen("redo of ")) == 0);
}

void show_undone(const struct show *v, const struct undone *r)
{
	bool redo = v->m == &api_methods[METHOD_change_redo], dry_run = r->dry_run > 0;
	const char *what = redo ? without_undo(r->what) : r->what ? r->what : "";
	const char *verb = redo	     ? dry_run ? "Would redo" : "Redid"
			   : dry_run ? "Would undo"
				     : "Undid";

	screen_line(&v->s, "%s %lld: %s", verb, (long long)r->undid,
		    deed_text(what, v->s.a));
	show_effects(v, r->effects.v, r->effects.n);
	if (dry_run)
		screen_line(&v->s, "Nothing was stored.");
	else if (redo || takes_back(r->what))
		screen_line(&v->s, "Take it back: pdh undo %lld", (long long)r->op);
	else
		screen_line(&v->s, "Redo: pdh redo");
}
