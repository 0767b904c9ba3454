/* pdh rules list and show, and lists of words. */
#include "client/show_answers.h"

#include "client/table.h"
#include "client/text.h"

enum { PACK, WHAT, HOURS, READ, COLUMNS };

static const struct column columns[COLUMNS] = {
	[PACK] = {"PACK"},
	[WHAT] = {"WHAT", .gap = 2, .least = 16, .drop = 2},
	[HOURS] = {"NEEDS", .gap = 2, .drop = 3},
	[READ] = {"READ", .gap = 2, .drop = 1},
};

static const char *length_text(const struct show *v, int64_t months)
{
	if (months == INT_NONE || months <= 0)
		return "";
	if (months % 12 == 0)
		return show_count(v, months / 12, "year", "years");
	return show_count(v, months, "month", "months");
}

static const char *needs_text(const struct show *v, const struct pack_row *p)
{
	const char *length = length_text(v, p->months);

	if (!p->required.unit)
		return *length ? length : NULL;
	const char *hours =
		arena_printf(v->s.a, "%s" NBSP "%s", show_whole(v, p->required.exact),
			     show_unit(p->required));
	return *length ? arena_printf(v->s.a, "%s in %s", hours, length) : hours;
}

static void show_problems(const struct show *v, const struct texts *problems)
{
	for (size_t i = 0; i < problems->n; i++)
		screen_line(&v->s, "Cannot be used: %s", problems->v[i]);
}

void show_packs(const struct show *v, const struct packs *r)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};

	for (size_t i = 0; i < r->packs.n; i++) {
		const struct pack_row *p = &r->packs.v[i];
		struct cell *cells = table_row(&t);
		cells[PACK].text = p->pack;
		cells[WHAT].text = p->title;
		cells[HOURS].text = needs_text(v, p);
		cells[READ].text = show_day(v, p->read);
	}
	table_print(&t);
	if (r->packs.n == 0)
		screen_line(
			&v->s,
			"No rules pack matches. Without one: pdh credential add --title "
			"\"My licence\" --hours 40 --every 2y --expires 2027-08-31");
	show_problems(v, &r->problems);
}

static const char *pack_title(const struct show *v, const struct pack_row *p)
{
	return arena_printf(v->s.a, "%s %s", p->pack, p->version ? p->version : "");
}

/* An address gets a line of its own, since a broken one cannot be opened. */
static void show_sources(const struct show *v, const struct pack_row *p, int label)
{
	for (size_t i = 0; i < p->sources.n; i++) {
		const struct source *s = &p->sources.v[i];
		screen_field(&v->s, label, i ? "" : "sources",
			     arena_printf(v->s.a, "%s, %s", s->title ? s->title : s->id,
					  s->mark ? s->mark : "no mark"));
		if (s->url)
			screen_field(&v->s, 0, "", s->url);
	}
}

void show_pack(const struct show *v, const struct packs *r)
{
	enum { LABEL = 12 };

	for (size_t i = 0; i < r->packs.n; i++) {
		const struct pack_row *p = &r->packs.v[i];
		struct piece layer = {.text = p->layer};
		screen_ends(&v->s, pack_title(v, p), &layer);
		screen_field(&v->s, LABEL, "title", p->title);
		screen_field(&v->s, LABEL, "authority", p->authority);
		screen_field(&v->s, LABEL, "jurisdiction", p->jurisdiction);
		screen_field(&v->s, LABEL, "professions",
			     show_texts(v, &p->professions, ", "));
		screen_field(&v->s, LABEL, "needs", needs_text(v, p));
		screen_field(&v->s, LABEL, "unit", p->unit);
		for (size_t j = 0; j < p->questions.n; j++)
			screen_field(&v->s, LABEL, j ? "" : "asks",
				     arena_printf(v->s.a, "%s (%s)",
						  p->questions.v[j].ask,
						  p->questions.v[j].name));
		show_sources(v, p, LABEL);
		screen_field(&v->s, LABEL, "read", show_weekday(v, p->read));
	}
	show_problems(v, &r->problems);
	screen_line(&v->s, "A pack can be wrong; the board decides.");
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
