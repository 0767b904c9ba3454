#include "client/out/pages.h"

#include "client/out/rows.h"

#include <string.h>

enum { PAGE = 1000 }; /* rows; the most that a method gives at once */

static const struct field *find(const struct shape *s, const char *name)
{
	return shape_find(s, name, strlen(name));
}

/* The parameter that takes what the page before gave as `next`. */
static const struct field *place_of(const struct method *m)
{
	const struct field *after = find(m->params, "after");

	return after ? after : find(m->params, "before");
}

bool pages_are(const struct method *m)
{
	return m->access == ACCESS_READ && rows_field(m->result) &&
	       find(m->result, "next") && find(m->params, "limit") && place_of(m);
}

int pages_wanted(const struct method *m, void *params, bool all, int64_t *ret,
		 struct err *e)
{
	int64_t limit = *(int64_t *)field_at(find(m->params, "limit"), params);

	if (limit == INT_NONE) {
		*ret = PAGES_ALL;
		return all;
	}
	if (limit < 1)
		return err_set(e, -PDH_USAGE, "limit", "must be 1 or more");
	*ret = limit;
	return 1;
}

/* ---- one page after the other ------------------------------------------------------------------- */

/* One walk through the pages. */
struct walk {
	const struct pages *p;
	int64_t left; /* rows; INT64_MAX: all */
	int64_t page; /* rows at a time */
};

static void set_limit(const struct walk *w)
{
	const struct method *m = w->p->method;
	int64_t limit = w->left < w->page ? w->left : w->page;

	memcpy(field_at(find(m->params, "limit"), w->p->params), &limit, sizeof(limit));
}

/* Rows with long notes may be more than an answer holds: then fewer are asked for at a time. */
static int ask(struct walk *w, struct answer *ret, struct err *e)
{
	const struct pages *p = w->p;
	int s;

	do {
		set_limit(w);
		s = call_method(p->call, p->method, p->params, false, ret, e);
	} while (s == -PDH_TOO_LARGE && (w->page /= 4) > 0);
	return s;
}

static int64_t rows_in(const struct answer *page)
{
	struct rows rows;

	rows_of(page->method->result, page->record, &rows);
	return (int64_t)rows.n;
}

/* Goes on behind a page; false where there is nothing more, or nothing more is wanted. The place is kept in `to`. */
static bool go_on(struct walk *w, const struct answer *page, struct arena *to)
{
	const struct method *m = w->p->method;
	const struct field *next = find(m->result, "next"), *place = place_of(m);
	const void *value = field_in(next, page->record);

	w->left -= w->left == INT64_MAX ? 0 : rows_in(page);
	if (kind_is_none(next->kind, value) || w->left <= 0)
		return false;
	if (kind_is_text(next->kind)) {
		const char *text = arena_dup(to, *(const char *const *)value);
		memcpy(field_at(place, w->p->params), &text, sizeof(text));
	} else {
		memcpy(field_at(place, w->p->params), value, sizeof(int64_t));
	}
	return true;
}

/* The parameters as they were typed are put back at the end. */
static void *keep_params(const struct pages *p, struct arena *a)
{
	void *kept = arena_alloc(a, p->method->params->size);

	return memcpy(kept, p->params, p->method->params->size);
}

static struct walk begin(const struct pages *p)
{
	return (struct walk){p, p->most == PAGES_ALL ? INT64_MAX : p->most, PAGE};
}

int pages_each(const struct pages *p, pages_fn *fn, void *data, struct err *e)
{
	struct arena *own = p->call->arena;
	void *typed = keep_params(p, own);
	struct walk w = begin(p);
	bool more = true;
	int s = 0;

	while (s == 0 && more) {
		AUTO_ARENA a = {NULL};
		struct answer page;
		p->call->page = &a;
		s = ask(&w, &page, e);
		if (s < 0)
			break;
		s = fn(data, &page, &a, e);
		more = go_on(&w, &page, own);
		answer_done(&page);
	}
	p->call->page = NULL;
	memcpy(p->params, typed, p->method->params->size);
	return s;
}

/* ---- as one ------------------------------------------------------------------------------------- */

/* The value of a field of an answer as it was sent. */
static msgpack_object *value_in(const struct answer *page, const char *name)
{
	const msgpack_object *map = page->raw;

	for (uint32_t i = 0; i < map->via.map.size; i++) {
		msgpack_object_kv *kv = &map->via.map.ptr[i];
		if (kv->key.via.str.size == strlen(name) &&
		    memcmp(kv->key.via.str.ptr, name, strlen(name)) == 0)
			return &kv->val;
	}
	return NULL;
}

struct joining {
	struct answer *v; /* pages, in the arena of the call */
	size_t n, rows;
};

/* The rows of a page as they were sent. */
static msgpack_object_array sent_rows(const struct answer *page, const struct field *rows)
{
	const msgpack_object *sent = value_in(page, rows->name);
	bool list = sent && sent->type == MSGPACK_OBJECT_ARRAY;

	return list ? sent->via.array : (msgpack_object_array){0, NULL};
}

static void join_sent(const struct joining *j, const struct field *rows, struct arena *a)
{
	msgpack_object *to = value_in(&j->v[0], rows->name);
	msgpack_object *next = value_in(&j->v[0], "next"),
		       *last = value_in(&j->v[j->n - 1], "next");
	msgpack_object_array all = {0, arena_array(a, j->rows + 1, sizeof(*to))};

	for (size_t i = 0; i < j->n; i++) {
		msgpack_object_array page = sent_rows(&j->v[i], rows);
		for (uint32_t k = 0; k < page.size && all.size < j->rows; k++)
			all.ptr[all.size++] = page.ptr[k];
	}
	if (to)
		*to = (msgpack_object){.type = MSGPACK_OBJECT_ARRAY, .via.array = all};
	if (next && last)
		*next = *last;
}

/* Puts the rows of all pages into the first, and `next` of the last. */
static void join(const struct joining *j, struct arena *a)
{
	const struct shape *result = j->v[0].method->result;
	const struct field *list = rows_field(result), *next = find(result, "next");
	const size_t size = list->of->size;
	char *v = arena_array(a, j->rows + 1, size);
	struct list all = {0, v};
	struct rows rows;

	for (size_t i = 0; i < j->n; i++) {
		rows_of(result, j->v[i].record, &rows);
		if (rows.n)
			memcpy(v + all.n * size, rows.v, rows.n * size);
		all.n += rows.n;
	}
	memcpy(field_at(list, j->v[0].record), &all, sizeof(all));
	memcpy(field_at(next, j->v[0].record), field_in(next, j->v[j->n - 1].record),
	       kind_row(next->kind)->size);
	join_sent(j, list, a);
}

static int ask_all(const struct pages *p, struct joining *j, struct err *e)
{
	struct arena *a = p->call->arena;
	struct walk w = begin(p);
	int s;

	do {
		struct answer page;
		s = ask(&w, &page, e);
		if (s < 0)
			return s;
		j->v = arena_grow(a, j->v, j->n, sizeof(*j->v));
		j->v[j->n++] = page;
		j->rows += (size_t)rows_in(&page);
	} while (go_on(&w, &j->v[j->n - 1], a));
	return 0;
}

int pages_join(const struct pages *p, struct answer *ret, struct err *e)
{
	struct arena *a = p->call->arena;
	void *typed = keep_params(p, a);
	struct joining j = {NULL, 0, 0};

	int s = ask_all(p, &j, e);
	memcpy(p->params, typed, p->method->params->size);
	if (s < 0) {
		for (size_t i = 0; i < j.n; i++)
			answer_done(&j.v[i]);
		return s;
	}
	if (j.n > 1)
		join(&j, a);
	*ret = j.v[0];
	ret->pages = j.v + 1;
	ret->pages_n = j.n - 1;
	return 0;
}

int pages_keep_changing(struct err *e)
{
	err_set(e, -PDH_BUSY, NULL, "the records keep changing; nothing was written");
	return err_hint(e, "try again when nothing else writes");
}
