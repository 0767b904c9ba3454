/* export.page: everything that a person has stored, as one JSON document with a record a line, in pages. */
#include "common/buf.h"
#include "daemon/judge/held.h"
#include "daemon/method.h"
#include "daemon/record/activity_filter.h"
#include "daemon/transfer/parts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A page is a few milliseconds, and far below what a reply may have; a line may be longer than it. */
enum { PAGE_BYTES = 256 << 10, PAGE_LINES = 500 };

struct page {
	struct work *w;
	const struct export_page_params *p;
	int64_t credential; /* INT_NONE: of all */
	const char *ids;    /* of activities, as a list of JSON; NULL: of all */
	struct buf out;
	size_t part; /* where it is */
	int64_t after; /* in that: see export_* in schema/queries.sql; 0: its heading is not written yet */
	size_t lines;
	struct err *e;
};

static void put(struct page *g, const char *text, size_t n)
{
	(void)buf_write(&g->out, text, n); /* without a ceiling */
}

static void put_text(struct page *g, const char *text)
{
	put(g, text, strlen(text));
}

static bool is_wanted(const struct page *g, size_t part)
{
	for (size_t i = 0; i < g->p->parts.n; i++)
		if (strcmp(g->p->parts.v[i], transfer_parts[part].name) == 0)
			return true;
	return g->p->parts.n == 0;
}

static size_t next_part(const struct page *g, size_t from)
{
	while (from < PART_COUNT && !is_wanted(g, from))
		from++;
	return from;
}

static bool is_full(const struct page *g)
{
	return g->out.len >= PAGE_BYTES || g->lines >= PAGE_LINES;
}

static void bind(const struct page *g, const struct part *part, struct sqlite3_stmt *s)
{
	if (part->filter != PART_FILTER_NONE)
		db_bind_int(s, ":credential", g->credential);
	if (part->filter == PART_FILTER_ACTIVITY) {
		db_bind_date(s, ":from", g->p->period.from);
		db_bind_date(s, ":to", g->p->period.to);
		db_bind_text(s, ":ids", g->ids);
	}
	db_bind_int(s, ":after", g->after);
	db_bind_int(s, ":limit", PAGE_LINES);
}

/* The lines of the part at hand from where it is. 1: all of them; 0: the page is full first. */
static int put_lines(struct page *g, const struct part *part)
{
	AUTO_STMT s = NULL;
	size_t n = 0;
	int r = db_query(g->w->db, part->page, &s, g->e);

	if (r < 0)
		return r;
	bind(g, part, s);
	while (!is_full(g) && (r = db_step(g->w->db, s, g->e)) > 0) {
		int64_t at = db_int(s, 0);
		put_text(g, g->after ? ",\n" : "\n");
		put_text(g, db_word(s, 1));
		g->after = at == INT64_MIN ? g->after + 1 : at;
		g->lines++;
		n++;
	}
	if (r < 0)
		return r;
	return r == 0 && n < PAGE_LINES;
}

static void put_heading(struct page *g, const char *name)
{
	put_text(g, "\"");
	put_text(g, name);
	put_text(g, "\":[");
}

static int put_parts(struct page *g)
{
	int r = 1;

	while (g->part < PART_COUNT) {
		const struct part *part = &transfer_parts[g->part];
		if (g->after == 0)
			put_heading(g, part->name);
		r = put_lines(g, part);
		if (r <= 0)
			return r;
		g->part = next_part(g, g->part + 1);
		put_text(g, g->part < PART_COUNT ? "\n],\n" : "\n]\n}\n");
		g->after = 0;
		if (is_full(g))
			break;
	}
	return 0;
}

/* "activities 143" */
static int read_place(struct page *g)
{
	const char *text = g->p->after;
	char form[32];

	if (!text) {
		snprintf(form, sizeof(form), "{\"schema\":\"%s%d\",\n", TRANSFER_FORM,
			 TRANSFER_NUMBER);
		put_text(g, form);
		g->part = next_part(g, 0);
		return 0;
	}
	size_t n = strcspn(text, " ");
	const struct part *part = part_find(text, n);
	char *end = NULL;
	if (part && text[n])
		g->after = strtoll(text + n + 1, &end, 10);
	if (!end || *end || end == text + n + 1 || g->after < 0)
		return err_set(g->e, -PDH_USAGE, "after", "is not a place in an export");
	g->part = (size_t)(part - transfer_parts);
	return 0;
}

static int check_parts(struct page *g)
{
	for (size_t i = 0; i < g->p->parts.n; i++)
		if (!part_find(g->p->parts.v[i], strlen(g->p->parts.v[i])))
			return err_set(g->e, -PDH_USAGE, "parts",
				       "\"%.60s\" is not a part of an export",
				       g->p->parts.v[i]);
	return 0;
}

static int read_at(struct page *g, int64_t *ret)
{
	AUTO_STMT s = NULL;
	int r = db_query(g->w->db, Q_export_at, &s, g->e);

	if (r == 0)
		r = db_step(g->w->db, s, g->e);
	if (r > 0)
		*ret = db_int(s, 0);
	return r < 0 ? r : 0;
}

static int find_credential(struct page *g)
{
	struct held held;
	int r;

	if (!g->p->credential)
		return 0;
	r = held_find(g->w, g->p->credential, "credential", &held, g->e);
	if (r == 0)
		g->credential = held.id;
	return r;
}

static int find_activities(struct page *g)
{
	struct held_list held;
	int r = g->p->filter ? held_all(g->w, DATE_NONE, &held, g->e) : 0;

	return r < 0 || !g->p->filter
		       ? r
		       : activity_filter_ids(g->w, &held, g->p->filter, &g->ids, g->e);
}

int method_export_page(struct work *w, const struct export_page_params *p,
		       struct exported *ret, struct err *e)
{
	struct page g = {.w = w, .p = p, .credential = INT_NONE, .e = e};
	int r = check_parts(&g);

	if (r == 0)
		r = find_credential(&g);
	if (r == 0)
		r = find_activities(&g);
	if (r == 0)
		r = read_place(&g);
	if (r == 0)
		r = read_at(&g, &ret->at);
	if (r == 0)
		r = put_parts(&g);
	if (r == 0) {
		ret->text = arena_dup_n(w->arena, g.out.len ? g.out.data : "", g.out.len);
		if (g.part < PART_COUNT)
			ret->next = arena_printf(w->arena, "%s %" PRId64,
						 transfer_parts[g.part].name, g.after);
	}
	buf_done(&g.out);
	return r;
}
