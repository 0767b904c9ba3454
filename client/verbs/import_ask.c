/* pdh import --ask: each new row is shown, and taken with a yes. */
#include "client/verbs/import_parts.h"

#include "client/term/screen.h"
#include "client/verbs/ask.h"
#include "common/texts.h"

#include <string.h>

enum reply { REPLY_YES, REPLY_NO, REPLY_QUIT };

static enum reply ask_hours(struct run *r, struct activity_add_params *row)
{
	char line[ASK_SIZE];
	struct err e;

	/* The row is known by what the file says. */
	row->said = row->credit;
	for (;;) {
		if (!ask_line(&r->questions, stdin, stderr, "How long", "1h", line))
			return REPLY_QUIT;
		if (credit_parse(line, &row->credit, &e) == 0)
			return REPLY_YES;
		(void)fprintf(stderr, "%s\n", e.message);
	}
}

/* "Wed  4 Feb 2026   1.5 h   PD: Wednesday PLC (long)": y, n, h for other hours, q for no more. */
static enum reply ask_row(struct run *r, const struct import_file *f,
			  struct activity_add_params *row)
{
	char day[DATE_HUMAN_SIZE], line[ASK_SIZE];
	const char *question;

	date_format_human(row->done_on, day);
	question = arena_printf(r->c->arena, "%s   %s   %s   %s", day,
				texts_credit(r->c->arena, row->credit), row->title,
				f->calendar ? "did you go? (y/n/h/q)"
					    : "take it? (y/n/h/q)");
	for (;;) {
		if (!ask_line(&r->questions, stdin, stderr, question, NULL, line))
			return REPLY_QUIT;
		switch (line[0]) {
		case 'y':
		case 'Y':
			return REPLY_YES;
		case 'n':
		case 'N':
			return REPLY_NO;
		case 'h':
		case 'H':
			return ask_hours(r, row);
		case 'q':
		case 'Q':
			return REPLY_QUIT;
		default:
			break;
		}
		(void)fputs(
			"y: yes, n: no, h: yes, but for other hours, q: stop asking\n",
			stderr);
	}
}

static void leave_out(struct import_row *to, const struct activity_add_params *row,
		      const char *why, struct arena *a)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(row->done_on, iso);
	shape_none(&shape_import_row, to);
	to->line = row->line;
	to->state = IMPORT_SKIPPED;
	to->title = row->title;
	to->done_on = row->done_on;
	to->credit = row->credit;
	to->why = arena_printf(a, "\"%.60s\" %s: %s", row->title, iso, why);
}

/* Rows and flags that stay close up; the others go to those that are left out. */
static int ask_all(struct run *r, struct import_file *f, const struct imported *seen,
		   struct import_row *left, size_t *left_n)
{
	struct import_run_params *p = r->command->params;
	struct texts *flags = f->flags.v;
	size_t kept = 0, n = p->activities.n;
	bool over = false;

	for (size_t i = 0; i < n; i++) {
		struct activity_add_params *row = &p->activities.v[i];
		bool open = i < seen->rows.n && seen->rows.v[i].state == IMPORT_NEW;
		enum reply reply = !open  ? REPLY_YES
				   : over ? REPLY_QUIT
					  : ask_row(r, f, row);
		over = over || reply == REPLY_QUIT;
		if (reply != REPLY_YES) {
			leave_out(&left[(*left_n)++], row,
				  reply == REPLY_NO ? "you said no" : "not asked",
				  r->c->arena);
			continue;
		}
		p->activities.v[kept] = *row;
		flags[kept++] = flags[i];
	}
	p->activities.n = kept;
	f->flags.n = kept;
	return 0;
}

int import_ask(struct run *r, struct import_file *f, const struct imported *seen)
{
	const struct import_run_params *p = r->command->params;
	size_t had = f->head.rows.n;

	if (!questions_may_ask(r))
		return err_set(r->e, -PDH_USAGE, "ask",
			       "--ask needs a terminal; --yes takes every row");
	struct import_row *left =
		arena_array(r->c->arena, had + p->activities.n + 1, sizeof(*left));
	if (had)
		memcpy(left, f->head.rows.v, had * sizeof(*left));
	int s = ask_all(r, f, seen, left, &had);
	f->head.rows.v = left;
	f->head.rows.n = had;
	return s;
}
