/* The output for people, compared as text; and never wider than the terminal. */
#include "client/show/show.h"

#include "client/cli/options.h"
#include "client/term/bar.h"
#include "client/term/text.h"
#include "tests/support/golden.h"
#include "tests/support/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const struct term wide = {.utf8 = true, .width = 80};
static const struct term ascii = {.utf8 = false, .width = 80};
static const struct term narrow = {.utf8 = true, .width = 40};
static const struct options usual;

/* What show_answer() writes; the caller frees it. */
static char *shown(enum method_id id, const void *params, const void *record,
		   const struct options *o, const struct term *t)
{
	char *text = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&text, &n);

	assert_non_null(out);
	assert_int_equal(show_answer(&api_methods[id], params, record, o, t, out), 0);
	fclose(out);
	return text;
}

static void expect(enum method_id id, const void *params, const void *record,
		   const struct options *o, const struct term *t, const char *wanted)
{
	char *text = shown(id, params, record, o, t);

	assert_string_equal(text, wanted);
	free(text);
}

/* As it is kept in tests/golden/screens/. */
static void expect_screen(enum method_id id, const void *params, const void *record,
			  const struct options *o, const struct term *t, const char *name)
{
	char *text = shown(id, params, record, o, t);

	golden_check(name, text);
	free(text);
}

static void expect_holds(enum method_id id, const void *record, const struct term *t,
			 const char *wanted)
{
	char *text = shown(id, NULL, record, &usual, t);

	if (!strstr(text, wanted))
		fail_msg("\"%s\" is not in:\n%s", wanted, text);
	free(text);
}

/* ---- status ------------------------------------------------------------------------------------- */

static void status_marks_an_even_pace_on_its_bars(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	expect_screen(METHOD_status_get, NULL, &r, &usual, &wide,
		      "status-marks-an-even-pace-on-its-bars");
}

static void status_needs_no_unicode(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	r.credentials.n = 1;
	expect_screen(METHOD_status_get, NULL, &r, &usual, &ascii,
		      "status-needs-no-unicode");
}

static void status_drops_the_bar_first(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	expect_screen(METHOD_status_get, NULL, &r, &usual, &narrow,
		      "status-drops-the-bar-first");
}

static void status_says_what_is_left_when_a_cycle_is_over(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	r.credentials.n = 1;
	r.credentials.v[0].state = STATE_LAPSED;
	r.credentials.v[0].cycle->days_left = -12;
	expect_holds(METHOD_status_get, &r, &wide, "to 31 Aug 2027, 12 days ago");
	expect_holds(METHOD_status_get, &r, &wide, "LAPSED");
	expect_holds(METHOD_status_get, &r, &wide, "66.0 short\n");
	expect(METHOD_status_get, NULL, &r, &(struct options){.short_ = true}, &wide,
	       "tx-lib 134.0/200 lapsed 12d\n");
}

static void status_tells_grace_from_the_end_and_who_is_exempt(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	r.credentials.n = 1;
	struct standing *c = r.credentials.v;
	c->state = STATE_LATE;
	c->cycle->days_left = -12;
	c->late_until = c->cycle->to + 30;
	expect_holds(METHOD_status_get, &r, &wide, "LATE\n");
	expect_holds(METHOD_status_get, &r, &wide,
		     "  grace     until 30 Sep 2027, 18 days\n");
	expect(METHOD_status_get, NULL, &r, &(struct options){.short_ = true}, &wide,
	       "tx-lib 134.0/200 late 12d\n");
	sample_status(&a, &r);
	c = r.credentials.v;
	r.credentials.n = 1;
	c->state = STATE_EXEMPT;
	c->exempt = "met by national board";
	c->required = (struct credit){0, NULL};
	c->needs.n = 0;
	c->items.v->level = RULE_LEVEL_SHOULD;
	expect_holds(METHOD_status_get, &r, &wide,
		     "  exempt    met by national board\n"
		     "  course    Dyslexia training, not yet done, advised\n");
	expect(METHOD_status_get, NULL, &r, &(struct options){.short_ = true}, &wide,
	       "tx-lib 535d exempt\n");
}

static void status_cuts_a_long_title_and_not_its_name(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	r.credentials.v[0].title =
		"Texas school librarian, standard certificate for all grades";
	expect_holds(METHOD_status_get, &r, &wide,
		     "Texas school librarian, stan… (tx-lib)  to 31 Aug 2027, 535 days ");
}

static void status_shows_what_is_planned_and_outstanding(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	struct standing *c = &r.credentials.v[0];
	c->planned = sample_hours(600);
	c->items.v[0].due = sample_today() - 3;
	c->items.v[0].days_left = -3;
	c->items.v[0].state = ITEM_STATE_OVERDUE;
	expect_holds(METHOD_status_get, &r, &wide,
		     "  planned   6.0 h more, not counted yet\n");
	expect_holds(METHOD_status_get, &r, &wide,
		     "  course    Dyslexia training, due 11 Mar 2026, 3 days ago\n");
	c->items.v[0].state = ITEM_STATE_DONE;
	char *text = shown(METHOD_status_get, NULL, &r, &usual, &wide);
	assert_null(strstr(text, "Dyslexia"));
	free(text);
}

static void that_hours_are_to_be_finished_is_not_said_twice(void **state)
{
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	struct standing *c = &r.credentials.v[0];
	c->items.v[0].state = ITEM_STATE_OVERDUE;
	c->items.v[0].act = ACT_PAY;
	expect_holds(METHOD_status_get, &r, &wide, "  pay       Dyslexia training");
	r.credentials.n = 1;
	const struct options brief = {.short_ = true};
	expect(METHOD_status_get, NULL, &r, &brief, &wide,
	       "tx-lib 134.0/200 -7.3h 1 late\n");
	c->items.v[0].act = ACT_FINISH;
	c->items.v[0].due = c->cycle->to;
	char *text = shown(METHOD_status_get, NULL, &r, &usual, &wide);
	assert_null(strstr(text, "Dyslexia"));
	free(text);
	expect(METHOD_status_get, NULL, &r, &brief, &wide, "tx-lib 134.0/200 -7.3h\n");
}

static void status_without_credentials_says_what_to_do(void **state)
{
	struct status r;

	(void)state;
	shape_none(&shape_status, &r);
	r.as_of = sample_today();
	expect_holds(METHOD_status_get, &r, &wide, "pdh init\n");
}

static void status_fits_on_one_line(void **state)
{
	static const struct term screen = {.utf8 = true, .tty = true, .width = 40};
	struct options o = {.short_ = true};
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	expect(METHOD_status_get, NULL, &r, &o, &wide,
	       "tx-lib 134.0/200 -7.3h | il-pel 49.5/120 +8.7h | fp 77d\n");
	/* A pipe has no width: what reads it wants one line. */
	expect(METHOD_status_get, NULL, &r, &o, &narrow,
	       "tx-lib 134.0/200 -7.3h | il-pel 49.5/120 +8.7h | fp 77d\n");
	expect(METHOD_status_get, NULL, &r, &o, &screen,
	       "tx-lib 134.0/200 -7.3h\nil-pel 49.5/120 +8.7h | fp 77d\n");
}

static void color_is_one_for_each_meaning(void **state)
{
	static const struct term color = {.utf8 = true, .color = true, .width = 80};
	AUTO_ARENA a = {0};
	struct status r;

	(void)state;
	sample_status(&a, &r);
	expect_holds(METHOD_status_get, &r, &color, "\033[33mBEHIND\033[0m\n");
	expect_holds(METHOD_status_get, &r, &color, "\033[32mON PACE\033[0m\n");
	r.credentials.v[0].state = STATE_LAPSED;
	expect_holds(METHOD_status_get, &r, &color, "\033[31mLAPSED\033[0m\n");
}

/* ---- plan --------------------------------------------------------------------------------------- */

static void plan_tells_what_must_be_and_what_serves_two(void **state)
{
	AUTO_ARENA a = {0};
	struct plan r;

	(void)state;
	sample_plan(&a, &r);
	expect_screen(METHOD_plan_get, NULL, &r, &usual, &wide,
		      "plan-tells-what-must-be-and-what-serves-two");
}

static void plan_says_when_nothing_is_missing(void **state)
{
	AUTO_ARENA a = {0};
	struct plan r;

	(void)state;
	sample_plan(&a, &r);
	struct goal *g = r.credentials.v;
	r.credentials.n = 1;
	r.hours.n = 0;
	g->met = 1;
	g->remaining = g->free = g->least = sample_hours(0);
	g->needs.n = 0;
	g->items.n = 0;
	expect_holds(METHOD_plan_get, &r, &wide,
		     "Everything is met; nothing more is needed in this cycle.\n");
	g->required = g->remaining = g->least = (struct credit){0};
	expect_holds(METHOD_plan_get, &r, &wide,
		     "No hours are asked for; due 31 Aug 2027, 535 days.\n");
	r.credentials.n = 0;
	expect_holds(METHOD_plan_get, &r, &wide, "pdh init\n");
}

static void what_if_sets_now_beside_then(void **state)
{
	AUTO_ARENA a = {0};
	struct plan r;

	(void)state;
	sample_what_if(&a, &r);
	expect_screen(METHOD_plan_get, NULL, &r, &usual, &wide,
		      "what-if-sets-now-beside-then");
	expect_holds(METHOD_plan_get, &r, &narrow,
		     "tx-lib\n"
		     "  now   134.0  behind by 7.3 h; done\n"
		     "        12 Jan 2028, late\n");
	r.op = 9;
	r.added.v->id = 41;
	expect_holds(METHOD_plan_get, &r, &wide,
		     "Planned as #41. Take it back: pdh undo\n");
	r.op = INT_NONE;
	r.dry_run = 1;
	expect_holds(METHOD_plan_get, &r, &wide, "Nothing was stored.\n");
	expect(METHOD_plan_get, NULL, &r, &(struct options){.save = true, .quiet = true},
	       &wide, "");
}

/* ---- activities --------------------------------------------------------------------------------- */

static void log_shows_the_effect_on_each_credential(void **state)
{
	AUTO_ARENA a = {0};
	struct logged r;

	(void)state;
	sample_logged(&a, &r);
	expect_screen(METHOD_activity_add, NULL, &r, &usual, &wide,
		      "log-shows-the-effect-on-each-credential");
	expect(METHOD_activity_add, NULL, &r, &(struct options){.quiet = true}, &wide,
	       "");
	static const char *only[] = {"tx-lib"}, *split[] = {"ethics=1h", "law=1h"};
	struct activity *one = &r.activities.v[0];
	one->only = (struct texts){1, only};
	one->split = (struct texts){2, split};
	one->approval = "pending";
	one->course = "LIBR 5300";
	expect_holds(METHOD_activity_add, &r, &wide,
		     "AASL · literacy · pending · course LIBR 5300 · of it ethics=1h, "
		     "law=1h ·\n"
		     "      counts for tx-lib only\n");
	expect_holds(METHOD_activity_add, &r, &wide, "  il-pel   +2.5");
	r.effects.v[1].added.exact = 0;
	char *text = shown(METHOD_activity_add, NULL, &r, &usual, &wide);
	assert_null(strstr(text, "il-pel"));
	free(text);
	r.dry_run = 1;
	expect_holds(METHOD_activity_add, &r, &wide, "\nNothing was stored.\n");
}

static void many_activities_are_a_range(void **state)
{
	AUTO_ARENA a = {0};
	struct logged r;

	(void)state;
	sample_logged(&a, &r);
	r.activities.v = arena_array(&a, 24, sizeof(struct activity));
	r.activities.n = 24;
	for (size_t i = 0; i < 24; i++) {
		shape_none(&shape_activity, &r.activities.v[i]);
		r.activities.v[i].id = 188 + (int64_t)i;
	}
	expect_holds(METHOD_activity_import, &r, &wide, "24 entries (#188 to #211)\n");
}

static void list_lines_up_its_numbers(void **state)
{
	struct activity_list_params p;
	AUTO_ARENA a = {0};
	struct listed r;

	(void)state;
	shape_none(&shape_activity_list_params, &p);
	p.credential = "tx-lib";
	sample_listed(&a, &r);
	expect_screen(METHOD_activity_list, &p, &r, &usual, &wide,
		      "list-lines-up-its-numbers");
	expect_screen(METHOD_activity_list, NULL, &r, &usual, &narrow,
		      "list-lines-up-its-numbers-2");
}

static void list_tells_years_and_units_apart(void **state)
{
	AUTO_ARENA a = {0};
	struct listed r;

	(void)state;
	sample_listed(&a, &r);
	r.activities.v[3].done_on = date_make(2025, 2, 8);
	r.activities.v[0].credit.unit = "CEU";
	expect_holds(METHOD_activity_list, &r, &wide,
		     "213  Sat 14 Mar 2026  1.5 CEU  Story");
	expect_holds(METHOD_activity_list, &r, &wide,
		     " 98  Sat  8 Feb 2025    6.0 h  Self");
	r.activities.n = 0;
	expect(METHOD_activity_list, NULL, &r, &usual, &wide, "Nothing found.\n");
}

static void show_says_why_something_does_not_count(void **state)
{
	AUTO_ARENA a = {0};
	struct listed r;

	(void)state;
	sample_listed(&a, &r);
	r.activities.v += 3;
	r.activities.n = 1;
	static const char *split[] = {"ethics=1h"};
	r.activities.v[0].note = "first line\nsecond line";
	r.activities.v[0].split = (struct texts){1, split};
	r.activities.v[0].approval = "pending";
	r.activities.v[0].course = "MARC 1";
	expect_screen(METHOD_activity_get, NULL, &r, &usual, &wide,
		      "show-says-why-something-does-not-count");
}

/* ---- explain ------------------------------------------------------------------------------------ */

static void explain_names_the_rule_and_what_used_the_room(void **state)
{
	AUTO_ARENA a = {0};
	struct explained r;

	(void)state;
	sample_explained(&a, true, &r);
	expect_screen(METHOD_explain_get, NULL, &r, &usual, &wide,
		      "explain-names-the-rule-and-what-used-the-room");
}

static void explain_puts_a_credential_into_words(void **state)
{
	AUTO_ARENA a = {0};
	struct explained r;

	(void)state;
	sample_explained(&a, false, &r);
	expect_screen(METHOD_explain_get, NULL, &r, &usual, &ascii,
		      "explain-puts-a-credential-into-words");
}

static void edit_names_what_changed(void **state)
{
	struct difference d[] = {
		{.field = "topics", .before = "litaracy", .after = "literacy"},
		{.field = "done_on", .before = "2026-03-13", .after = "2026-03-14"},
		{.field = "note", .before = "x", .after = NULL},
	};
	AUTO_ARENA a = {0};
	struct logged l;
	struct edited r;

	(void)state;
	sample_logged(&a, &l);
	shape_none(&shape_edited, &r);
	r.op = 879;
	r.activity = l.activities.v;
	r.changed.v = d;
	r.changed.n = 3;
	expect(METHOD_activity_edit, NULL, &r, &usual, &wide,
	       "#212  topic litaracy -> literacy · date Fri 13 Mar 2026 -> Sat 14 Mar 2026 ·\n"
	       "      note x taken away\n"
	       "Take it back: pdh undo\n");
	r.changed.n = 0;
	expect(METHOD_activity_edit, NULL, &r, &usual, &wide,
	       "#212 is as it was; what follows from it was brought up to date.\n"
	       "Take it back: pdh undo\n");
	r.op = INT_NONE;
	expect(METHOD_activity_edit, NULL, &r, &usual, &wide,
	       "#212 is as it was; nothing changed.\n");
}

static void data_cannot_move_the_cursor(void **state)
{
	AUTO_ARENA a = {0};
	struct listed r;

	(void)state;
	sample_listed(&a, &r);
	r.activities.n = 1;
	r.activities.v[0].title = "red \033[31m and \r\nmore \x9b";
	expect_holds(METHOD_activity_list, &r, &wide, "red �[31m and   more �");
	expect_holds(METHOD_activity_get, &r, &ascii, "red ?[31m and   more ?");
}

/* ---- credentials -------------------------------------------------------------------------------- */

static void credential_show_has_all_that_is_known(void **state)
{
	AUTO_ARENA a = {0};
	struct credential c;
	struct credentials r = {.credentials = {1, &c}};

	(void)state;
	sample_credential(&a, &c);
	expect_screen(METHOD_credential_get, NULL, &r, &usual, &wide,
		      "credential-show-has-all-that-is-known");
	expect_holds(METHOD_credential_list, &r, &ascii, "****4821");
}

static void items_of_rules_name_their_source(void **state)
{
	static struct fact facts[] = {
		{.name = "employment",
		 .value = "full-time",
		 .from = DATE_NONE,
		 .to = DATE_NONE},
		{.name = "employment", .value = "none", .to = DATE_NONE},
	};
	AUTO_ARENA a = {0};
	struct credential c;
	struct credentials r = {.credentials = {1, &c}};

	(void)state;
	sample_credential(&a, &c);
	facts[1].from = date_make(2026, 5, 1);
	c.facts.n = 2;
	c.facts.v = facts;
	c.cycles.v[0].keep_proof = date_make(2032, 8, 31);
	c.items.v[0].rule = "dyslexia";
	c.items.v[0].level = RULE_LEVEL_UNSURE;
	c.items.v[1].rule = "fee";
	c.items.v[1].cite = "19 TAC 232.11";
	c.items.v[1].mark = MARK_CONFIRMED;
	c.items.v[1].opens = date_make(2026, 4, 1);
	c.items.v[1].late_until = date_make(2026, 5, 31);
	c.items.v[1].fee = "USD 50";
	c.items.v[1].done_on = date_make(2026, 3, 1);
	c.items.v[1].every = 60;
	c.items.v[1].due = date_make(2031, 3, 1);
	c.items.v[1].days_left = 1813;
	expect_holds(METHOD_credential_get, &r, &wide,
		     "  employment    full-time\n"
		     "                none, from 1 May 2026\n");
	expect_holds(METHOD_credential_get, &r, &wide, "keep proof until 31 Aug 2032\n");
	expect_holds(METHOD_credential_get, &r, &wide, "again by 1 Mar 2031, 1813 days");
	expect_holds(
		METHOD_credential_get, &r, &wide,
		"  item 1        by rule dyslexia; not sure\n"
		"  item 2        by rule fee, 19 TAC 232.11 (confirmed); not before 1 Apr 2026;\n"
		"                late until 31 May 2026, for USD 50\n");
}

static void credential_changes_are_sentences(void **state)
{
	struct credential_pause_params p;
	struct credential_changed r;
	AUTO_ARENA a = {0};
	struct credential c;

	(void)state;
	sample_credential(&a, &c);
	shape_none(&shape_credential_changed, &r);
	r.op = 12;
	r.credential = &c;
	expect(METHOD_credential_add, NULL, &r, &usual, &wide,
	       "tx-lib   TX School Librarian, 1 Sep 2022 to 31 Aug 2027, 200 h\n"
	       "rules    us-tx-school-librarian 2026.1\n"
	       "Take it back: pdh undo\n");
	shape_none(&shape_credential_pause_params, &p);
	p.from = date_make(2026, 6, 1);
	expect(METHOD_credential_pause, &p, &r, &usual, &wide,
	       "tx-lib paused from 1 Jun 2026, leave. No progress is expected until it "
	       "resumes.\n"
	       "Take it back: pdh undo\n");
	r.dry_run = 1;
	expect(METHOD_credential_remove, NULL, &r, &usual, &wide,
	       "Would remove tx-lib, TX School Librarian. Activities stay.\n"
	       "Nothing was stored.\n");
}

/* ---- history ------------------------------------------------------------------------------------ */

static void history_marks_what_was_undone(void **state)
{
	struct change v[] = {
		{.op = 880,
		 .at = 1773480660,
		 .who = "dana",
		 .what = "undo of 879",
		 .undoes = 879,
		 .undone_by = INT_NONE},
		{.op = 879,
		 .at = 1773480600,
		 .who = "dana",
		 .what = "edit #213 topic",
		 .undoes = INT_NONE,
		 .undone_by = 880},
		{.op = 12,
		 .at = 1766239200,
		 .who = "dana",
		 .what = "log #9 1.5 h Storytelling",
		 .undoes = INT_NONE,
		 .undone_by = INT_NONE},
	};
	struct history r = {.changes = {3, v}, .next = INT_NONE};

	(void)state;
	expect(METHOD_change_list, NULL, &r, &usual, &wide,
	       " OP  WHEN               WHO    WHAT\n"
	       "880  Sat 14 Mar 09:31   dana   took back 879\n"
	       "879  Sat 14 Mar 09:30   dana   changed #213 topic             (undone)\n"
	       " 12  Sat 20 Dec 2025    dana   logged #9 1.5 h Storytelling\n");
}

static void redo_tells_of_the_change_and_not_of_the_undo(void **state)
{
	struct undone r;

	(void)state;
	shape_none(&shape_undone, &r);
	r.undid = 879;
	r.what = "edit #213 topic";
	expect(METHOD_change_undo, NULL, &r, &usual, &wide,
	       "Undid 879: changed #213 topic\nRedo: pdh redo\n");
	r.op = 881;
	r.undid = 880;
	r.what = "undo of 879: edit #213 topic";
	expect(METHOD_change_redo, NULL, &r, &usual, &wide,
	       "Redid 880: changed #213 topic\nTake it back: pdh undo 881\n");
	expect(METHOD_change_undo, NULL, &r, &usual, &wide,
	       "Undid 880: took back 879: changed #213 topic\nTake it back: pdh undo 881\n");
}

static void doctor_counts_what_is_wrong(void **state)
{
	struct finding v[] = {
		{.level = FINDING_LEVEL_OK, .about = "daemon", .text = "answers"},
		{.level = FINDING_LEVEL_FAIL, .about = "database", .text = "is damaged"}};
	struct checkup r = {.findings = {2, v}};

	(void)state;
	expect(METHOD_doctor, NULL, &r, &usual, &wide,
	       "ok     daemon     answers\n"
	       "FAIL   database   is damaged\n"
	       "1 problem, 0 warnings.\n");
}

/* ---- bars and widths ---------------------------------------------------------------------------- */

static void bars_are_full_and_empty_at_their_ends(void **state)
{
	static const struct {
		int64_t have, even, need;
		const char *wanted;
	} cases[] = {
		{0, 0, 10, "[----------]"},	{10, 0, 10, "[##########]"},
		{25, 0, 10, "[##########]"},	{5, 10, 10, "[#####----|]"},
		{5, 1, 10, "[#|###-----]"},	{5, 0, 0, "[----------]"},
		{9, 0, 100, "[----------]"},	{INT64_MAX, 0, INT64_MAX, "[##########]"},
		{99, 100, 100, "[#########|]"},
	};
	AUTO_ARENA a = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(bar_text(&ascii, &a, 10, cases[i].have, cases[i].even,
					     cases[i].need),
				    cases[i].wanted);
}

/* A command to copy alone on its line is never broken, and so may be wider. */
static bool is_command(const char *line)
{
	line += strspn(line, " ");
	return strncmp(line, "pdh ", 4) == 0;
}

static void check_lines(const char *text, const struct term *t)
{
	AUTO_ARENA a = {0};

	for (const char *line = text; *line;) {
		size_t n = strcspn(line, "\n");
		const char *copy = arena_dup_n(&a, line, n);
		if (text_width(copy) > t->width && !is_command(copy))
			fail_msg("%d columns in a terminal of %d: \"%s\"",
				 text_width(copy), t->width, copy);
		if (n && copy[n - 1] == ' ')
			fail_msg("spaces at the end of \"%s\"", copy);
		line += n + (line[n] == '\n');
	}
}

static void no_line_is_wider_than_the_terminal(void **state)
{
	AUTO_ARENA a = {0};
	struct status status;
	struct logged logged;
	struct listed listed;
	struct credential c;
	struct credentials credentials = {.credentials = {1, &c}};
	struct explained entry, credential;
	struct plan plan, what_if;

	(void)state;
	sample_plan(&a, &plan);
	sample_what_if(&a, &what_if);
	sample_status(&a, &status);
	sample_logged(&a, &logged);
	sample_listed(&a, &listed);
	sample_credential(&a, &c);
	listed.activities.v[2].title =
		"漢字の研修と👩‍🏫の会、とても長い題名";
	status.credentials.v[1].title = "Überaus langer Titel eines Ausweises";
	sample_explained(&a, true, &entry);
	sample_explained(&a, false, &credential);
	const struct {
		enum method_id id;
		const void *record;
		bool short_;
	} answers[] = {
		{METHOD_status_get, &status, false},
		{METHOD_status_get, &status, true},
		{METHOD_activity_add, &logged, false},
		{METHOD_activity_remove, &logged, false},
		{METHOD_activity_list, &listed, false},
		{METHOD_activity_get, &listed, false},
		{METHOD_credential_list, &credentials, false},
		{METHOD_credential_get, &credentials, false},
		{METHOD_explain_get, &entry, false},
		{METHOD_explain_get, &credential, false},
		{METHOD_plan_get, &plan, false},
		{METHOD_plan_get, &what_if, false},
	};
	for (int width = 20; width <= 120; width++) {
		for (size_t i = 0; i < 2 * sizeof(answers) / sizeof(answers[0]); i++) {
			struct term t = {.utf8 = i % 2, .tty = true, .width = width};
			struct options o = {.short_ = answers[i / 2].short_};
			char *text = shown(answers[i / 2].id, NULL, answers[i / 2].record,
					   &o, &t);
			check_lines(text, &t);
			free(text);
		}
	}
}

/* The day that the answers count from. */
static int set_clock(void **state)
{
	static char path[] = "/tmp/pdh-show-XXXXXX";
	int fd = mkstemp(path);
	static const char now[] = "2026-03-14T09:31:00\n";

	if (fd < 0 || write(fd, now, strlen(now)) < 0)
		return -1;
	close(fd);
	*state = path;
	setenv("TZ", "UTC", 1);
	return setenv("PDH_TEST_CLOCK", path, 1);
}

static int remove_clock(void **state)
{
	return unlink(*state);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_marks_an_even_pace_on_its_bars),
		cmocka_unit_test(status_needs_no_unicode),
		cmocka_unit_test(status_drops_the_bar_first),
		cmocka_unit_test(status_says_what_is_left_when_a_cycle_is_over),
		cmocka_unit_test(status_tells_grace_from_the_end_and_who_is_exempt),
		cmocka_unit_test(status_cuts_a_long_title_and_not_its_name),
		cmocka_unit_test(status_shows_what_is_planned_and_outstanding),
		cmocka_unit_test(that_hours_are_to_be_finished_is_not_said_twice),
		cmocka_unit_test(status_without_credentials_says_what_to_do),
		cmocka_unit_test(status_fits_on_one_line),
		cmocka_unit_test(color_is_one_for_each_meaning),
		cmocka_unit_test(plan_tells_what_must_be_and_what_serves_two),
		cmocka_unit_test(plan_says_when_nothing_is_missing),
		cmocka_unit_test(what_if_sets_now_beside_then),
		cmocka_unit_test(log_shows_the_effect_on_each_credential),
		cmocka_unit_test(many_activities_are_a_range),
		cmocka_unit_test(list_lines_up_its_numbers),
		cmocka_unit_test(list_tells_years_and_units_apart),
		cmocka_unit_test(show_says_why_something_does_not_count),
		cmocka_unit_test(explain_names_the_rule_and_what_used_the_room),
		cmocka_unit_test(explain_puts_a_credential_into_words),
		cmocka_unit_test(edit_names_what_changed),
		cmocka_unit_test(data_cannot_move_the_cursor),
		cmocka_unit_test(credential_show_has_all_that_is_known),
		cmocka_unit_test(items_of_rules_name_their_source),
		cmocka_unit_test(credential_changes_are_sentences),
		cmocka_unit_test(history_marks_what_was_undone),
		cmocka_unit_test(redo_tells_of_the_change_and_not_of_the_undo),
		cmocka_unit_test(doctor_counts_what_is_wrong),
		cmocka_unit_test(bars_are_full_and_empty_at_their_ends),
		cmocka_unit_test(no_line_is_wider_than_the_terminal),
	};

	return cmocka_run_group_tests(tests, set_clock, remove_clock);
}
