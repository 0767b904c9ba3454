#include "client/verbs/init.h"

#include "client/term/screen.h"
#include "client/verbs/ask.h"
#include "client/verbs/ask_field.h"
#include "common/ascii.h"
#include "common/credit_opening.h"
#include "common/texts.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

struct init {
	const struct init_how *how;
	const struct asked *who;
	struct setup_run_params *p;
	struct screen s;
	bool dated;  /* what was chosen has cycles, so the last day is needed */
	bool yearly; /* its rules ask for hours in each year */
	bool given;  /* the command line says what is held */
	struct err *e;
};

static struct arena *arena_of(const struct init *in)
{
	return in->who->c->arena;
}

static int ask_value(struct init *in, const char *name, const char *question,
		     const char *proposal, bool needed)
{
	const struct ask_field f = {
		&shape_setup_run_params, in->p, name, question, proposal, needed};

	return ask_field(in->who, &f, in->e);
}

/* ---- which pack --------------------------------------------------------------------------------- */

enum { SHOWN_MOST = 9 };

/* The packs by their titles, and none of them. */
static struct ask_options options_of(struct init *in, const struct packs *found, size_t n)
{
	struct ask_option *v = arena_array(arena_of(in), n + 1, sizeof(*v));

	for (size_t i = 0; i < n; i++)
		v[i] = (struct ask_option){found->packs.v[i].title,
					   found->packs.v[i].pack};
	v[n] = (struct ask_option){"none of these: its rules by hand", "none"};
	return (struct ask_options){v, n + 1};
}

static void show_found(struct init *in, const struct packs *found,
		       const struct ask_options *options)
{
	size_t n = options->n - 1;

	if (found->packs.n == 0)
		screen_line(
			&in->s,
			"No rules are known for that; it can be set up by hand all the same.");
	ask_show_options(in->who->t, in->who->out, options);
	if (found->packs.n > n)
		screen_line(&in->s, "  and %zu more; type more letters",
			    found->packs.n - n);
}

/* Whether `line` is a number of the list, or one of its names in full; letters are the next search. */
static bool picks(struct init *in, const struct packs *found,
		  const struct ask_options *options, const char *line)
{
	int chosen = ask_option_of(options, line);
	size_t none = options->n - 1;

	if (chosen >= 0 && !ascii_is_digit(*line) &&
	    !ascii_same(options->v[chosen].word, line) &&
	    !ascii_same(options->v[chosen].label, line))
		chosen = -1;
	if (ascii_same(line, "n"))
		chosen = (int)none;
	if (chosen < 0)
		return false;
	if ((size_t)chosen == none)
		return true;
	in->p->pack = arena_dup(arena_of(in), found->packs.v[chosen].pack);
	return true;
}

static int ask_pack(struct init *in)
{
	const struct ask_packs *packs = in->how->packs;
	char line[ASK_SIZE];
	struct packs found;

	if (!ask_line(in->who->t, in->who->in, in->who->out,
		      "What do you hold? Type a few letters, such as tx libr", NULL,
		      line))
		return ask_stopped(in->e);
	for (;;) {
		int r = packs->list(packs->data, *line ? line : NULL, &found, in->e);
		if (r < 0)
			return r;
		size_t n = found.packs.n < SHOWN_MOST ? found.packs.n : SHOWN_MOST;
		const struct ask_options options = options_of(in, &found, n);
		show_found(in, &found, &options);
		if (!ask_line(in->who->t, in->who->in, in->who->out,
			      "Its number, or other letters to look for",
			      n == 1 ? "1" : NULL, line))
			return ask_stopped(in->e);
		if (picks(in, &found, &options, line))
			return 0;
	}
}

static int look_at_pack(struct init *in)
{
	const struct ask_packs *packs = in->how->packs;
	struct packs found;

	int r = packs->list(packs->data, in->p->pack, &found, in->e);
	for (size_t i = 0; r == 0 && i < found.packs.n; i++) {
		const struct pack_row *p = &found.packs.v[i];
		if (strcmp(p->pack, in->p->pack) != 0)
			continue;
		in->yearly = p->yearly > 0;
		in->dated =
			p->hours != HOURS_NO || (p->months != INT_NONE && p->months > 0);
	}
	return r;
}

/* ---- the questions ------------------------------------------------------------------------------ */

/* The full name of the account, the part before the first comma; NULL where it has none but what one logs in with. */
static const char *account_name(struct arena *a)
{
	const struct passwd *pw = getpwuid(getuid());

	if (!pw || !pw->pw_gecos || !*pw->pw_gecos || *pw->pw_gecos == ',')
		return NULL;
	const char *name = arena_dup_n(a, pw->pw_gecos, strcspn(pw->pw_gecos, ","));
	return ascii_same(name, pw->pw_name) ? NULL : name;
}

static int ask_name(struct init *in)
{
	const char *person = in->how->person;
	const char *name = person ? person : account_name(arena_of(in));

	return ask_value(in, "name",
			 name ? "Your name, for reports"
			      : "Your name, for reports (Enter: none)",
			 name, false);
}

/* What a pack would say is asked where there is none. */
static int ask_by_hand(struct init *in)
{
	int r = ask_value(in, "title", "What is it called", NULL, true);

	if (r == 0)
		r = ask_value(in, "required", "Hours it needs in a cycle (Enter: none)",
			      NULL, false);
	in->dated = in->p->required.unit && in->p->required.exact > 0;
	if (r == 0 && in->dated)
		r = ask_value(in, "every", "Length of a cycle, such as 2y", NULL, true);
	return r;
}

static int try_out(struct init *in, const struct credential **ret, struct err *why)
{
	const struct setup_trial *trial = in->how->trial;

	*ret = NULL;
	return trial ? trial->run(trial->data, in->p, ret, why) : 0;
}

/* "30 Jun 2026", where the rules of the pack say it. */
static const char *usual_end(struct init *in)
{
	const struct credential *c;
	char human[DATE_HUMAN_SIZE];

	if (try_out(in, &c, &(struct err){0}) < 0 || !c || c->expires == DATE_NONE)
		return NULL;
	date_format_human(c->expires, human);
	return arena_dup(arena_of(in), human + strcspn(human, " ") + 1);
}

static int ask_expires(struct init *in, const char *proposal)
{
	return ask_value(in, "expires",
			 in->dated ? "Expires on, such as 31 aug 2027"
				   : "Expires on, such as 31 aug 2027 (Enter: never)",
			 proposal, in->dated);
}

/* What was typed is kept as it is; what cannot be read is told at once. */
static int ask_hours(struct init *in, const char *question, const char **ret)
{
	char line[ASK_SIZE];

	while (ask_line(in->who->t, in->who->in, in->who->out, question, "0", line)) {
		struct credit_opening *v;
		struct err why = {0};
		size_t n;
		*ret = arena_dup(arena_of(in), line);
		if (credit_openings(ret, 1, arena_of(in), &v, &n, &why) == 0)
			return 0;
		screen_line(&in->s, "%s", why.message);
	}
	return ask_stopped(in->e);
}

/* "20h, ethics 2h" of one year: "20h in 2025, ethics 2h in 2025". */
static const char *with_year(struct init *in, const char *typed, int year)
{
	struct credit_opening *v;
	struct arena *a = arena_of(in);
	char amount[CREDIT_TEXT_SIZE];
	const char *all = "";
	size_t n;

	if (credit_openings(&typed, 1, a, &v, &n, &(struct err){0}) < 0 || n != 1 ||
	    v->year)
		return typed;
	credit_format(v->total.exact, amount);
	all = arena_printf(a, "%s %s in %d", amount, v->total.unit, year);
	for (size_t i = 0; i < v->topic_count; i++) {
		credit_format(v->topics[i].credit.exact, amount);
		all = arena_printf(a, "%s, %s %s %s in %d", all, v->topics[i].topic,
				   amount, v->topics[i].credit.unit, year);
	}
	return all;
}

/* Years of the cycle that have begun, each for itself. */
static int ask_years(struct init *in, civil_day begins)
{
	int year, month, day, r = 0;

	date_split(begins, &year, &month, &day);
	civil_day from = begins;
	for (int i = 0; r == 0 && from < in->who->c->today; i++) {
		char human[DATE_HUMAN_SIZE];
		const char *typed;
		date_format_human(from, human);
		r = ask_hours(in,
			      arena_printf(arena_of(in),
					   "Hours you already have in the year from %s",
					   human + strcspn(human, " ") + 1),
			      &typed);
		if (r == 0)
			texts_add(&in->p->opening, with_year(in, typed, year + i),
				  arena_of(in));
		from = date_add_months(begins, 12 * (i + 1));
	}
	return r;
}

static int ask_opening(struct init *in, const struct credential *c)
{
	const struct cycle *y = c ? c->cycle : NULL;
	const char *typed;

	if (in->p->opening.v)
		return 0;
	if (in->yearly && y && y->from != DATE_NONE &&
	    date_add_months(y->from, 12) < in->who->c->today)
		return ask_years(in, y->from);
	int r = ask_hours(in, "Hours you already have in this cycle", &typed);
	if (r == 0)
		texts_add(&in->p->opening, typed, arena_of(in));
	return r;
}

/* Asks again for what was refused; 1 where it is nothing that is asked for. */
static int ask_again(struct init *in, const char *field, const struct credential *c)
{
	static const char *const asked[] = {"expires", "opening", "every", "required",
					    "title",   "issued",  "name"};
	size_t i = 0, n = sizeof(asked) / sizeof(asked[0]);

	while (i < n && strcmp(asked[i], field) != 0)
		i++;
	if (i == n)
		return 1;
	ask_forget(&shape_setup_run_params, in->p, field);
	if (strcmp(field, "expires") == 0) {
		in->dated = true;
		return ask_expires(in, NULL);
	}
	if (strcmp(field, "opening") == 0)
		return ask_opening(in, c);
	return ask_value(in, field,
			 strcmp(field, "every") == 0 ? "Length of a cycle, such as 2y"
			 : strcmp(field, "required") == 0
				 ? "Hours it needs in a cycle (Enter: none)"
			 : strcmp(field, "issued") == 0
				 ? "On which day was it first issued, such as 1 jul 2021"
			 : strcmp(field, "title") == 0 ? "What is it called"
						       : "Your name, for reports",
			 NULL, strcmp(field, "required") != 0);
}

/* Until the daemon would take it, or refuses what is not asked for: that, the command itself tells. */
static int settle(struct init *in, const struct credential **ret)
{
	const struct credential *before = *ret;

	for (;;) {
		struct err why = {0};
		if (try_out(in, ret, &why) == 0)
			return 0;
		if (*why.field)
			screen_line(&in->s, "%s: %s", why.field, why.message);
		int r = *why.field ? ask_again(in, why.field, before) : 1;
		if (r != 0)
			return r < 0 ? r : 0;
	}
}

static int ask_what(struct init *in)
{
	int r = in->given ? 0 : ask_pack(in);

	if (r == 0 && !in->p->pack)
		return in->given ? 0 : ask_by_hand(in);
	if (r == 0)
		r = look_at_pack(in);
	return r < 0 ? r
		     : ask_facts(in->who, in->how->packs, in->p->pack, &in->p->facts,
				 &in->p->issued, in->e);
}

/* Nothing was earned yet in a cycle that has not begun. */
static bool has_begun(struct init *in, const struct credential *c)
{
	return !c || !c->cycle || c->cycle->from == DATE_NONE ||
	       c->cycle->from < in->who->c->today;
}

static int ask_all(struct init *in)
{
	const struct credential *c = NULL;
	int r = in->how->names ? ask_name(in) : 0;

	if (r == 0)
		r = ask_what(in);
	if (r == 0 && (in->p->pack || !in->given))
		r = ask_expires(in, usual_end(in));
	if (r == 0)
		r = settle(in, &c);
	if (r == 0 && in->dated && has_begun(in, c))
		r = ask_opening(in, c);
	return r < 0 ? r : settle(in, &c);
}

int init_ask(const struct init_how *how, struct setup_run_params *p, struct err *e)
{
	const struct asked *who = how->who;
	struct init init = {
		.how = how,
		.who = who,
		.p = p,
		.s = {.t = who->t,
		      .a = who->c->arena,
		      .out = who->out,
		      .width = who->t->width},
		.dated = p->required.unit && p->required.exact > 0,
		.given = p->pack || p->title || p->required.unit,
		.e = e,
	};

	if (how->names) {
		screen_line(&init.s,
			    "Everything stays on this computer. Ctrl-C leaves no trace.");
		screen_end(&init.s);
	}
	return ask_all(&init);
}
