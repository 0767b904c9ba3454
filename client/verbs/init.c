#include "client/verbs/init.h"

#include "client/term/screen.h"
#include "client/verbs/ask.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

struct init {
	const struct asked *who;
	const struct ask_packs *packs;
	struct setup_run_params *p;
	struct screen s;
	bool dated; /* what was chosen has cycles, so the last day is needed */
	struct err *e;
};

static int stop(struct init *in)
{
	return err_set(in->e, -PDH_INTERRUPTED, NULL, "nothing was stored");
}

/* Whether the field takes what was typed. */
static bool takes(struct init *in, const struct field *f, const char *line,
		  struct err *why)
{
	void *to = field_at(f, in->p);

	if (kind_from_text(f->kind, line, in->who->c, to, why) == 0 &&
	    field_check(f, to, why) == 0)
		return true;
	kind_none(f->kind, to);
	return false;
}

/* Asks until the answer can be read. An empty one leaves the field as it is, where it need not be given. Nothing is
 * proposed that would be refused. */
static int ask_value(struct init *in, const char *name, const char *question,
		     const char *proposal, bool needed)
{
	const struct field *f = shape_find(&shape_setup_run_params, name, strlen(name));
	char line[ASK_SIZE];

	if (!kind_is_none(f->kind, field_at(f, in->p)))
		return 0;
	if (proposal && !takes(in, f, proposal, &(struct err){0}))
		proposal = NULL;
	kind_none(f->kind, field_at(f, in->p));
	while (ask_line(in->who->t, in->who->in, in->who->out, question, proposal,
			line)) {
		struct err why = {0};
		if (!*line && !needed)
			return 0;
		if (*line && takes(in, f, line, &why))
			return 0;
		screen_line(&in->s, "  %s", *line ? why.message : f->doc);
	}
	return stop(in);
}

/* ---- which pack --------------------------------------------------------------------------------- */

enum { SHOWN_MOST = 9 };

static void show_choice(struct init *in, size_t number, const struct pack_row *p)
{
	const char *n = number ? arena_printf(in->who->c->arena, "%zu", number) : "n";
	const struct piece pieces[] = {
		{.text = n, .width = 1, .gap = 2},
		{.text = p ? p->pack : "none of these", .width = 26, .gap = 2},
		{.text = p ? p->title : "rules by hand", .gap = 2},
	};

	screen_pieces(&in->s, 0, 5, pieces, 3);
	screen_end(&in->s);
}

static void show_choices(struct init *in, const struct packs *found, size_t n)
{
	if (found->packs.n == 0)
		screen_line(&in->s, "  No rules are known for that; a licence can be set "
				    "up by hand.");
	for (size_t i = 0; i < n; i++)
		show_choice(in, i + 1, &found->packs.v[i]);
	show_choice(in, 0, NULL);
	if (found->packs.n > n)
		screen_line(&in->s, "  and %zu more; type more letters",
			    found->packs.n - n);
}

/* Whether `line` picks one of the `n` that were shown, or none of them; else it is the next search. */
static bool picks(struct init *in, const struct packs *found, size_t n, const char *line)
{
	const struct pack_row *p;

	if (strcmp(line, "n") == 0)
		return true;
	if (strlen(line) != 1 || *line < '1' || (size_t)(*line - '0') > n)
		return false;
	p = &found->packs.v[*line - '1'];
	in->p->pack = arena_dup(in->who->c->arena, p->pack);
	in->dated = p->hours != HOURS_NO || (p->months != INT_NONE && p->months > 0);
	return true;
}

static int ask_pack(struct init *in)
{
	char line[ASK_SIZE];
	struct packs found;

	if (in->p->pack || in->p->title || in->p->required.unit)
		return 0;
	if (!ask_line(in->who->t, in->who->in, in->who->out,
		      "What do you hold? Type a few letters, such as tx libr", NULL,
		      line))
		return stop(in);
	for (;;) {
		int r = in->packs->list(in->packs->data, *line ? line : NULL, &found,
					in->e);
		if (r < 0)
			return r;
		size_t n = found.packs.n < SHOWN_MOST ? found.packs.n : SHOWN_MOST;
		show_choices(in, &found, n);
		if (!ask_line(in->who->t, in->who->in, in->who->out,
			      "Pick, or type other letters", n == 1 ? "1" : NULL, line))
			return stop(in);
		if (picks(in, &found, n, line))
			return 0;
	}
}

/* ---- the questions ------------------------------------------------------------------------------ */

/* The name of the account, of which the full name is the part before the first comma. */
static const char *account_name(struct arena *a)
{
	const struct passwd *pw = getpwuid(getuid());

	if (!pw)
		return NULL;
	if (pw->pw_gecos && *pw->pw_gecos && *pw->pw_gecos != ',')
		return arena_dup_n(a, pw->pw_gecos, strcspn(pw->pw_gecos, ","));
	return arena_dup(a, pw->pw_name);
}

/* What a pack would say is asked where there is none. */
static int ask_by_hand(struct init *in)
{
	int r = ask_value(in, "title", "What is it called", NULL, true);

	if (r == 0)
		r = ask_value(in, "required", "Hours it needs in a cycle (empty: none)",
			      NULL, false);
	in->dated = in->p->required.unit && in->p->required.exact > 0;
	if (r == 0 && in->dated)
		r = ask_value(in, "every", "Length of a cycle, such as 2y", NULL, true);
	return r;
}

static int ask_all(struct init *in)
{
	int r = ask_value(in, "name", "Your name, for reports",
			  account_name(in->who->c->arena), false);

	if (r == 0)
		r = ask_pack(in);
	if (r == 0)
		r = in->p->pack ? ask_facts(in->who, in->packs, in->p->pack,
					    &in->p->facts, &in->p->issued, in->e)
				: ask_by_hand(in);
	if (r == 0)
		r = ask_value(in, "expires", "Expires on, such as 31 aug 2027", NULL,
			      in->dated);
	if (r == 0 && in->dated)
		r = ask_value(in, "opening", "Hours you already have in this cycle", "0",
			      false);
	return r;
}

int init_ask(const struct asked *who, const struct ask_packs *packs,
	     struct setup_run_params *p, struct err *e)
{
	struct init init = {
		.who = who,
		.packs = packs,
		.p = p,
		.s = {.t = who->t,
		      .a = who->c->arena,
		      .out = who->out,
		      .width = who->t->width},
		.e = e,
	};

	screen_line(&init.s,
		    "Everything stays on this computer. Ctrl-C leaves no trace.");
	screen_end(&init.s);
	return ask_all(&init);
}
