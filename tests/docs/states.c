/* docs/states.md and docs/states.svg: what the packs in a folder know of school librarians in each state, how surely, from
 * where, and what they do not say. states [--map] FOLDER */
#include "common/states.h"
#include "daemon/pack/pack.h"
#include "daemon/packs/called.h"
#include "tests/docs/amounts.h"
#include "tests/docs/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char head[] =
	"# The states\n"
	"\n"
	"What pdh knows of becoming a school librarian and of renewing the certificate, state by state: made by `make docs` from\n"
	"the packs in `schema/packs/`. How sure a source is stands beside it: **confirmed** in the regulation or by the agency,\n"
	"**second-hand**, or **from memory**; what was looked for and not found is named. A board can change its rules any day, and\n"
	"has the final say.\n"
	"\n"
	"![How sure the rules of each state are](states.svg)\n";

/* Where each state lies on a map of equal tiles. */
static const struct place {
	const char *code;
	int column, row;
} map[] = {
	{"AK", 0, 0}, {"ME", 11, 0},	{"VT", 10, 1}, {"NH", 11, 1}, {"WA", 1, 2},
	{"ID", 2, 2}, {"MT", 3, 2},	{"ND", 4, 2},  {"MN", 5, 2},  {"IL", 6, 2},
	{"WI", 7, 2}, {"MI", 8, 2},	{"NY", 9, 2},  {"RI", 10, 2}, {"MA", 11, 2},
	{"OR", 1, 3}, {"NV", 2, 3},	{"WY", 3, 3},  {"SD", 4, 3},  {"IA", 5, 3},
	{"IN", 6, 3}, {"OH", 7, 3},	{"PA", 8, 3},  {"NJ", 9, 3},  {"CT", 10, 3},
	{"CA", 1, 4}, {"UT", 2, 4},	{"CO", 3, 4},  {"NE", 4, 4},  {"MO", 5, 4},
	{"KY", 6, 4}, {"WV", 7, 4},	{"VA", 8, 4},  {"MD", 9, 4},  {"DE", 10, 4},
	{"AZ", 2, 5}, {"NM", 3, 5},	{"KS", 4, 5},  {"AR", 5, 5},  {"TN", 6, 5},
	{"NC", 7, 5}, {"SC", 8, 5},	{"DC", 9, 5},  {"OK", 4, 6},  {"LA", 5, 6},
	{"MS", 6, 6}, {"AL", 7, 6},	{"GA", 8, 6},  {"HI", 0, 7},  {"TX", 4, 7},
	{"FL", 9, 7}, {"DODEA", 11, 7},
};

/* How sure the rules of a state are: of its packs, the surest. */
enum sure { SURE_NOTHING, SURE_LITTLE, SURE_PARTLY, SURE_WHOLLY, SURES };

static const struct {
	const char *fill, *ink, *text;
} shades[SURES] = {
	[SURE_NOTHING] = {"#ffffff", "#000000", "no pack"},
	[SURE_LITTLE] = {"#d7e3f4", "#000000", "no source confirmed"},
	[SURE_PARTLY] = {"#7ba3d0", "#000000", "unsure in part"},
	[SURE_WHOLLY] = {"#1f4e85", "#ffffff", "sure"},
};

struct states {
	const struct pack *const *packs;
	size_t n;
	struct called meant; /* school librarians */
	struct arena *a;
};

static bool is_theirs(const struct states *s, const struct pack *p,
		      const struct state *state)
{
	return called_in(p, state) && called_so(p, &s->meant, s->a);
}

static enum sure sure_of(const struct pack *p)
{
	bool confirmed = false, unsure = false;

	for (size_t i = 0; i < p->source_count; i++)
		confirmed = confirmed || p->sources[i].mark == MARK_CONFIRMED;
	for (size_t i = 0; i < p->rules.n; i++)
		unsure = unsure || p->rules.rules[i].level == LEVEL_UNSURE;
	return !confirmed ? SURE_LITTLE : unsure ? SURE_PARTLY : SURE_WHOLLY;
}

static enum sure sure_in(const struct states *s, const struct state *state)
{
	enum sure sure = SURE_NOTHING;

	for (size_t i = 0; i < s->n; i++)
		if (is_theirs(s, s->packs[i], state) && sure_of(s->packs[i]) > sure)
			sure = sure_of(s->packs[i]);
	return sure;
}

/* ---- the page ----------------------------------------------------------------------------------------- */

static const char *hours(const struct pack *p, struct arena *a)
{
	const struct ruleset *r = &p->rules;

	if (!r->has_total)
		return "no total of hours";
	if (!r->total)
		return "hours by person";
	return amounts_total(r, a);
}

static const char *years(const struct pack *p, struct arena *a)
{
	int months = p->calendar.length_months;

	if (p->calendar.length_fact || !months)
		return "a cycle that depends on the person";
	return amounts_months(months, a);
}

static void print_sources(const struct pack *p)
{
	for (size_t i = 0; i < p->source_count; i++) {
		const struct pack_source *s = &p->sources[i];
		printf("- %s: ", source_mark_word(s->mark));
		paths_text(s->title);
		if (s->url)
			printf(", <%s>", s->url);
		putchar('\n');
	}
}

static bool print_pack(const struct pack *p, struct arena *a)
{
	char read[DATE_ISO_SIZE] = "";

	printf("\n**[%s](../schema/packs/%s.yaml)**: %s. %s in %s", p->id, p->id,
	       p->title, hours(p, a), years(p, a));
	if (p->authority)
		printf("; %s decides", p->authority);
	date_format_iso(p->read, read);
	printf(".\n");
	if (p->note) {
		printf("\nNot said, or to know: ");
		paths_text(p->note);
		putchar('\n');
	}
	bool good = paths_print(p, a);
	printf("\nSources, read %s:\n\n", read);
	print_sources(p);
	return good;
}

static bool print_state(const struct states *s, const struct state *state)
{
	bool any = false, good = true;

	printf("\n## %s\n", state->name);
	for (size_t i = 0; i < s->n; i++)
		if (is_theirs(s, s->packs[i], state)) {
			good = print_pack(s->packs[i], s->a) && good;
			any = true;
		}
	if (!any)
		printf("\nNot found. Ask the agency that issues the certificate.\n");
	return good;
}

/* ---- the map ------------------------------------------------------------------------------------------ */

enum { TILE = 46, STEP = 50, LEFT = 10, TOP = 44, KEY_TOP = 452 };

static const struct place *place_of(const struct state *state)
{
	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (strcmp(map[i].code, state->code) == 0)
			return &map[i];
	return NULL;
}

static bool print_tile(const struct states *s, const struct state *state)
{
	const struct place *p = place_of(state);
	enum sure sure = sure_in(s, state);
	int x, y;

	if (!p)
		return false;
	x = LEFT + p->column * STEP;
	y = TOP + p->row * STEP;
	printf("<g><title>%s: %s</title>"
	       "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" fill=\"%s\" stroke=\"#1f4e85\"/>"
	       "<text x=\"%d\" y=\"%d\" fill=\"%s\" font-size=\"%d\">%s</text></g>\n",
	       state->name, shades[sure].text, x, y, TILE, TILE, shades[sure].fill,
	       x + TILE / 2, y + TILE / 2 + 5, shades[sure].ink,
	       strlen(state->code) > 2 ? 11 : 15, state->code);
	return true;
}

static void print_key(const struct states *s, enum sure sure, int at)
{
	static const int offsets[SURES] = {0, 100, 260, 460};
	int n = 0, x = LEFT + offsets[at];

	for (size_t i = 0; i < states_count; i++)
		n += sure_in(s, &states[i]) == sure;
	printf("<rect x=\"%d\" y=\"%d\" width=\"16\" height=\"16\" fill=\"%s\" stroke=\"#1f4e85\"/>"
	       "<text x=\"%d\" y=\"%d\" text-anchor=\"start\" font-size=\"12\">%s: %d</text>\n",
	       x, KEY_TOP, shades[sure].fill, x + 22, KEY_TOP + 13, shades[sure].text, n);
}

static bool print_map(const struct states *s)
{
	bool good = true;

	puts("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 616 480\" role=\"img\" "
	     "font-family=\"sans-serif\" text-anchor=\"middle\">\n"
	     "<title>How sure the rules of each state are</title>\n"
	     "<rect width=\"616\" height=\"480\" fill=\"#ffffff\"/>\n"
	     "<text x=\"308\" y=\"26\" font-size=\"17\">Renewing as a school librarian: "
	     "how sure the rules of each state are</text>");
	for (size_t i = 0; good && i < states_count; i++)
		good = print_tile(s, &states[i]);
	for (int sure = SURES - 1; sure >= 0; sure--)
		print_key(s, (enum sure)sure, SURES - 1 - sure);
	puts("</svg>");
	return good;
}

static bool print_page(const struct states *s)
{
	bool good = true;

	fputs(head, stdout);
	for (size_t i = 0; i < states_count; i++)
		good = print_state(s, &states[i]) && good;
	return good;
}

int main(int argc, char **argv)
{
	struct pack_layer layers[PATH_PACK_LAYERS] = {
		{"shipped", argc > 1 ? argv[argc - 1] : NULL}};
	AUTO_ARENA arena = {NULL};
	struct states s = {.a = &arena};
	struct texts problems;
	bool good = true;

	struct pack_library *library = pack_library_new(layers);
	pack_library_all(library, &s.packs, &s.n, &problems);
	called_read("school librarian", &arena, &s.meant);
	if (argc == 3 && strcmp(argv[1], "--map") == 0)
		good = print_map(&s);
	else
		good = print_page(&s);
	good = good && s.n > 0 && problems.n == 0;
	pack_library_free(library);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
