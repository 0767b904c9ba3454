/* Lists of rules packs, and of words. */
#include "client/show/rules.h"

#include "client/term/table.h"
#include "client/term/text.h"

#include <string.h>

enum { PACK, WHAT, HOURS, DATE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[PACK] = {"PACK"},
	[WHAT] = {"WHAT", .gap = 2, .below = true},
	[HOURS] = {"NEEDS", .gap = 2, .drop = 3},
	[DATE] = {"READ", .gap = 2, .drop = 1},
};

/* Who looks for a pack wants to know which rules it has, who lists them how old they are. */
static const char *date_of(const struct show *v, const struct pack_row *p, bool found)
{
	return found ? p->version : show_day(v, p->read);
}

void show_packs(const struct show *v, const struct packs *r)
{
	const bool found = v->m == &api_methods[METHOD_pack_search];
	struct column heads[COLUMNS];
	struct table t = {.s = &v->s, .columns = heads, .n = COLUMNS};

	memcpy(heads, columns, sizeof(heads));
	if (found)
		heads[DATE].head = "DATED";
	for (size_t i = 0; i < r->packs.n; i++) {
		const struct pack_row *p = &r->packs.v[i];
		struct cell *cells = table_row(&t);
		cells[PACK].text = p->pack;
		cells[WHAT].text = p->title;
		cells[HOURS].text = show_pack_needs(v, p);
		cells[DATE].text = date_of(v, p, found);
	}
	table_print(&t);
	if (r->packs.n == 0)
		screen_line(
			&v->s,
			"No rules pack matches. Without one: pdh credential add --title "
			"\"My license\" --hours 40 --every 2y --expires 2027-08-31");
	show_pack_problems(v, &r->problems);
}

void show_packs_outdated(const struct show *v, const struct packs *r)
{
	for (size_t i = 0; i < r->packs.n; i++) {
		const struct pack_row *p = &r->packs.v[i];
		const struct piece read = {.text = show_day(v, p->read)};
		screen_ends(&v->s, arena_printf(v->s.a, "%s %s", p->pack, p->version),
			    &read);
		for (size_t k = 0; k < p->outdated.n; k++) {
			text_space(v->s.out, SHOW_INDENT);
			screen_text(&v->s, SHOW_INDENT, SHOW_INDENT, p->outdated.v[k]);
		}
	}
	if (r->packs.n == 0)
		screen_line(&v->s, "No rules pack is out of date.");
	else
		screen_line(&v->s, "A cycle keeps the rules it began under.");
	show_pack_problems(v, &r->problems);
}

void show_packs_exported(const struct show *v, const struct packs_exported *r)
{
	for (size_t i = 0; i < r->packs.n; i++) {
		const struct pack_exported *p = &r->packs.v[i];
		const struct piece rules = {
			.text = show_count(v, (int64_t)p->rules.n, "rule", "rules")};
		screen_ends(&v->s, arena_printf(v->s.a, "%s %s", p->pack, p->version),
			    &rules);
	}
	screen_line(&v->s, "For other programs: pdh rules export --json");
	show_pack_problems(v, &r->problems);
}

void show_packs_read(const struct show *v, const struct packs *r)
{
	screen_line(&v->s, "%s read.",
		    show_count(v, (int64_t)r->packs.n, "rules pack", "rules packs"));
	show_pack_problems(v, &r->problems);
}

void show_words(const struct show *v, const struct words *r)
{
	static const struct column word_columns[] = {
		{.head = "WORD"}, {.head = "WHAT", .gap = 2, .least = 12, .drop = 1}};
	struct table t = {.s = &v->s, .columns = word_columns, .n = 2, .headless = true};

	for (size_t i = 0; i < r->words.n; i++) {
		struct cell *cells = table_row(&t);
		cells[0].text = r->words.v[i].value;
		cells[1].text = r->words.v[i].about;
	}
	table_print(&t);
}
