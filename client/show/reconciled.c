/* A board's list beside the person's own. */
#include "client/show/answers.h"

#include "client/term/text.h"

#include <string.h>

enum { LABEL = 12, LINES_MOST = 20 };

static const char *row_text(const struct show *v, const struct reconciled_row *row)
{
	struct arena *a = v->s.a;
	const char *id = row->id == INT_NONE
				 ? ""
				 : arena_printf(a, "#%lld   ", (long long)row->id);
	const char *credit = row->board.unit ? arena_printf(a, "mine %s, board %s",
							    show_credit(v, row->credit),
							    show_credit(v, row->board))
					     : show_credit(v, row->credit);

	return arena_printf(a, "%s%s   %s   \"%s\"%s", id, show_day(v, row->done_on),
			    credit, row->title, row->state ? ", submitted" : "");
}

static void show_part(const struct show *v, const char *label,
		      const struct reconciled_row *rows, size_t n)
{
	screen_field(&v->s, LABEL, label, arena_printf(v->s.a, "%zu", n));
	for (size_t i = 0; i < n && i < LINES_MOST; i++)
		screen_field(&v->s, LABEL, "", row_text(v, &rows[i]));
	if (n > LINES_MOST)
		screen_field(&v->s, LABEL, "",
			     arena_printf(v->s.a, "and %zu more: --json has all of them",
					  n - LINES_MOST));
}

static void show_late(const struct show *v, const struct reconciled *r)
{
	if (r->late.n == 0 || r->letters.n)
		return;
	screen_line(&v->s,
		    "%s not posted after 30 days: --letter writes to who offered %s.",
		    show_count(v, (int64_t)r->late.n, "entry is", "entries are"),
		    r->late.n == 1 ? "it" : "them");
}

/* As it is sent: its lines are its own. */
static void show_letter(const struct show *v, const char *text)
{
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");
		screen_line(&v->s, "%.*s", (int)n, p);
		p += n + (p[n] != '\0');
	}
}

static void show_opening(const struct show *v, const struct import_opening *o)
{
	/* reconcile.get gives the same record. */
	const struct reconcile_save_params *p =
		v->m == &api_methods[METHOD_reconcile_save] ? v->params : NULL;
	const char *after = o->after.unit ? show_credit(v, o->after) : "nothing";
	const char *fate = p && p->opening ? p->opening : "";

	if (strcmp(fate, "keep") == 0)
		return;
	screen_field(
		&v->s, LABEL, "opening",
		arena_printf(v->s.a,
			     *fate ? "#%lld, %s, becomes %s"
				   : "#%lld, %s, covers days of these; --opening reduce "
				     "leaves %s, --opening keep leaves it",
			     (long long)o->id, show_credit(v, o->before), after));
}

void show_reconciled(const struct show *v, const struct reconciled *r)
{
	screen_line(&v->s, "%s   %s", r->credential ? r->credential : "",
		    r->file ? r->file : "");
	screen_field(&v->s, LABEL, "both",
		     arena_printf(v->s.a, "%lld", (long long)r->both));
	show_part(v, "mine only", r->mine.v, r->mine.n);
	show_part(v, "board only", r->board.v, r->board.n);
	show_part(v, "differ", r->differ.v, r->differ.n);
	for (size_t i = 0; i < r->notes.n; i++)
		screen_field(&v->s, LABEL, "note", r->notes.v[i]);
	for (size_t i = 0; i < r->openings.n && v->params; i++)
		show_opening(v, &r->openings.v[i]);
	show_late(v, r);
	for (size_t i = 0; i < r->letters.n; i++) {
		screen_end(&v->s);
		show_letter(v, r->letters.v[i]);
	}
	if (r->taken != INT_NONE)
		screen_line(&v->s, "%s of the board logged.",
			    show_count(v, r->taken, "line", "lines"));
	if (r->saved != INT_NONE)
		screen_line(&v->s, "%s marked as posted.",
			    show_count(v, r->saved, "entry is", "entries are"));
	if (r->saved == INT_NONE && r->taken == INT_NONE)
		screen_line(&v->s, "Nothing was written: --save keeps what is posted.");
	else if (r->op != INT_NONE || r->dry_run > 0)
		show_undo_hint(v, r->dry_run > 0, r->op);
}
