/* docs/packs.md: what the packs in a folder ask for, and how sure they are. packs FOLDER */
#include "daemon/pack/pack.h"
#include "tests/docs/amounts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] =
	"# Shipped rules packs\n"
	"\n"
	"Made by `make docs` from `schema/packs/`. `pdh rules show PACK` prints one in words, with its sources and what it\n"
	"does not say yet; pdh-rules(5) tells how to correct one. A pack can be wrong or old. The board decides.\n"
	"\n"
	"- **Total** of a whole **cycle**: \"by person\" where it depends on who asks.\n"
	"- **Rules**, and how many of them are **unsure**: their author could not confirm them, and a verdict that hangs on\n"
	"  one says so.\n"
	"- **Sources**: how many are confirmed in the regulation or by the agency, second-hand, and from memory alone.\n"
	"- **Read**: the day the pack was last compared with its sources.\n"
	"\n"
	"| Pack | Title | Where | Total | Cycle | Rules | Unsure | Confirmed | Second-hand | From memory | Read |\n"
	"| --- | --- | --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |\n";

static bool has_need(const struct ruleset *rules)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->rules[i].verb == RULE_NEED)
			return true;
	return false;
}

static const char *total(const struct ruleset *rules, struct arena *a)
{
	if (!rules->has_total)
		return has_need(rules) ? "no total" : "no hours";
	if (!rules->total)
		return "by person";
	return amounts_total(rules, a);
}

static const char *cycle(const struct pack_calendar *c, struct arena *a)
{
	int months = c->length_months;

	if (!months)
		return "";
	if (c->length_fact)
		return "by person";
	return amounts_months(months, a);
}

static int sources(const struct pack *p, enum source_mark mark)
{
	int n = 0;

	for (size_t i = 0; i < p->source_count; i++)
		n += p->sources[i].mark == mark;
	return n;
}

static void print_row(const struct pack *p, struct arena *a)
{
	char read[DATE_ISO_SIZE] = "";
	int rules = 0, unsure = 0;

	for (size_t i = 0; i < p->rules.n; i++) {
		const struct rule *r = &p->rules.rules[i];
		rules += !r->is_alternative;
		unsure += !r->is_alternative && r->level == LEVEL_UNSURE;
	}
	if (p->read != DATE_NONE)
		date_format_iso(p->read, read);
	printf("| [%s](../schema/packs/%s.yaml) | %s | %s | %s | %s | %d | %d | %d | %d | %d | %s |\n",
	       p->id, p->id, p->title, p->jurisdiction ? p->jurisdiction : "",
	       total(&p->rules, a), cycle(&p->calendar, a), rules, unsure,
	       sources(p, MARK_CONFIRMED), sources(p, MARK_SECOND_HAND),
	       sources(p, MARK_FROM_MEMORY), read);
}

int main(int argc, char **argv)
{
	struct pack_layer layers[PATH_PACK_LAYERS] = {
		{"shipped", argc == 2 ? argv[1] : NULL}};
	AUTO_ARENA arena = {NULL};
	const struct pack *const *packs;
	struct texts problems;
	size_t n;

	struct pack_library *library = pack_library_new(layers);
	pack_library_all(library, &packs, &n, &problems);
	fputs(head, stdout);
	for (size_t i = 0; i < n; i++)
		print_row(packs[i], &arena);
	for (size_t i = 0; i < problems.n; i++)
		fprintf(stderr, "%s\n", problems.v[i]);
	bool failed = n == 0 || problems.n > 0;
	pack_library_free(library);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
