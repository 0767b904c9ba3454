#include "tests/docs/paths.h"

#include "daemon/path/path.h"

#include <stdio.h>
#include <string.h>

void paths_text(const char *text)
{
	for (; *text; text++) {
		if (strchr("*_<|", *text))
			putchar('\\');
		putchar(*text == '\n' ? ' ' : *text);
	}
}

static const char *kind_text(const struct path *p)
{
	static const char *const texts[] = {[PATH_FIRST] = "Becoming one",
					    [PATH_UP] = "The next level",
					    [PATH_ADD] = "Added to another license",
					    [PATH_IN] = "Moving in"};

	return texts[p->kind];
}

/* "(239.60, confirmed; not sure: a successor was named)" */
static void print_mark(const struct step *s)
{
	printf(" (");
	if (s->cite) {
		paths_text(s->cite->title);
		printf(", %s", source_mark_word(s->cite->mark));
	} else {
		printf("no source");
	}
	if (s->level == RULE_LEVEL_UNSURE)
		printf(", not sure");
	else if (s->level == RULE_LEVEL_SHOULD)
		printf(", advice");
	if (s->why) {
		printf(": ");
		paths_text(s->why);
	}
	printf(")");
}

/* What does not go by the application; of years, studies and the like what they are stands before. */
static void print_step(const struct step *s, int depth, struct arena *a)
{
	static const enum step_verb named[] = {STEP_EXAM, STEP_FEE, STEP_CLEARANCE};
	const bool group = s->steps != NULL;

	printf("%*s- ", depth * 2, "");
	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (s->verb == named[i])
			printf("%s: ", s->verb == STEP_EXAM  ? "exam"
				       : s->verb == STEP_FEE ? "fee"
							     : "clearance");
	paths_text(path_step_text(s, a));
	if (s->by && strcmp(s->by, "application") != 0)
		printf(", by %s", s->by);
	if (group)
		putchar(':');
	else
		print_mark(s);
	putchar('\n');
	for (size_t i = 0; i < s->n; i++)
		print_step(&s->steps[i], depth + 1, a);
}

static void print_list(const char *head, const struct texts *list)
{
	if (!list->n)
		return;
	printf("\n%s: ", head);
	for (size_t i = 0; i < list->n; i++) {
		printf("%s", i ? "; " : "");
		paths_text(list->v[i]);
	}
	puts(".");
}

static void print_days(const struct path *p)
{
	char day[DATE_ISO_SIZE];

	if (p->from != DATE_NONE) {
		date_format_iso(p->from, day);
		printf(", open from %s", day);
	}
	if (p->until != DATE_NONE) {
		date_format_iso(p->until, day);
		printf(", closed after %s", day);
	}
}

static void print_path(const struct path *p, struct arena *a)
{
	const char *gives = path_gives_text(p, a);

	printf("\n**%s**: ", kind_text(p));
	paths_text(p->title);
	print_days(p);
	if (gives) {
		printf(". It gives: ");
		paths_text(gives);
	}
	if (p->paper)
		printf(". Accepted: a paper that is %s%s%s", p->paper,
		       p->paper_kind ? ", " : "", p->paper_kind ? p->paper_kind : "");
	printf(".\n\n");
	for (size_t i = 0; i < p->n; i++)
		print_step(&p->steps[i], 0, a);
	print_list("Not accepted", &p->refused);
	print_list("Waived", &p->waives);
	if (p->note) {
		printf("\nTo know: ");
		paths_text(p->note);
		putchar('\n');
	}
	print_list("Not found", &p->missing);
}

bool paths_print(const struct pack *p, struct arena *a)
{
	struct paths paths;
	struct err e;

	if (path_read(p, a, &paths, &e) < 0) {
		fprintf(stderr, "%s\n", e.message);
		return false;
	}
	for (size_t i = 0; i < paths.n; i++)
		print_path(&paths.v[i], a);
	return true;
}
