#include "client/verbs/import.h"

#include "client/verbs/reader.h"
#include "common/files.h"
#include "common/texts.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct reading {
	struct import_run_params *p;
	struct import_file *file;
	struct arena *arena;
	struct activity_add_params *rows;
	struct texts *flags;
	size_t n, local;
	struct import_row *others; /* skipped and bad */
	bool ended;
	struct err *e;
};

/* ---- options of pdh-read ------------------------------------------------------------------------------------------ */

static void add(struct texts *to, const char *option, const char *value, struct arena *a)
{
	if (!value)
		return;
	texts_add(to, option, a);
	texts_add(to, value, a);
}

static void add_each(struct texts *to, const char *option, const struct texts *values,
		     struct arena *a)
{
	for (size_t i = 0; i < values->n; i++)
		add(to, option, values->v[i], a);
}

/* As pdh-read takes it: "2.5h". */
static const char *hours_of(const struct credit *c, struct arena *a)
{
	char amount[CREDIT_TEXT_SIZE];

	credit_format(c->exact, amount);
	return arena_printf(a, "%s%s", amount, credit_unit_brief(c->unit));
}

static void options_of(const struct import_run_params *p, struct arena *a,
		       struct texts *ret)
{
	*ret = (struct texts){0};
	add(ret, "--name", file_name_of(p->file), a);
	add(ret, "--layout", p->layout, a);
	add(ret, "--dates", p->dates, a);
	add(ret, "--unit", p->unit, a);
	add(ret, "--hours", p->hours.unit ? hours_of(&p->hours, a) : NULL, a);
	add(ret, "--encoding", p->encoding, a);
	add(ret, "--separator", p->separator, a);
	add(ret, "--decimal", p->decimal, a);
	add(ret, "--sheet", p->sheet, a);
	add(ret, "--save-layout", p->save_layout, a);
	add_each(ret, "--map", &p->map, a);
	add_each(ret, "--where", &p->where, a);
	add_each(ret, "--match", &p->match, a);
	if (p->lenient > 0)
		texts_add(ret, "--lenient", a);
}

/* ---- its answer ------------------------------------------------------------------------------------------------------ */

/* A copy that pdh would keep; NULL for none. */
static const char *text_in(const struct reading *x, const json_t *o, const char *key,
			   enum kind k)
{
	const char *text = json_string_value(json_object_get(o, key)), *clean;
	struct err ignored;

	if (!text || !*text ||
	    kind_check_text(k, text, strlen(text), x->arena, &clean, &ignored) < 0)
		return NULL;
	return clean;
}

static struct texts texts_in(const struct reading *x, const json_t *o, const char *key)
{
	const json_t *list = json_object_get(o, key);
	struct texts all = {0};
	json_t *member;
	size_t i;

	json_array_foreach(list, i, member)
	{
		const char *text = json_string_value(member), *clean;
		struct err ignored;
		if (text && kind_check_text(KIND_TEXT, text, strlen(text), x->arena,
					    &clean, &ignored) == 0)
			texts_add(&all, clean, x->arena);
	}
	return all;
}

static civil_day day_in(const json_t *o, const char *key)
{
	const char *text = json_string_value(json_object_get(o, key));
	civil_day day;
	struct err ignored;

	return text && date_parse_iso(text, &day, &ignored) == 0 ? day : DATE_NONE;
}

static int64_t int_in(const json_t *o, const char *key)
{
	const json_t *value = json_object_get(o, key);

	return json_is_integer(value) ? json_integer_value(value) : INT_NONE;
}

static struct credit credit_in(const json_t *o)
{
	const json_t *credit = json_object_get(o, "credit");
	const char *unit = json_string_value(json_object_get(credit, "unit"));

	return (struct credit){unit ? int_in(credit, "exact") : 0,
			       unit ? credit_unit_find(unit) : NULL};
}

static void take_head(struct reading *x, const json_t *o)
{
	const json_t *read = json_object_get(o, "read"), *columns;
	struct imported *to = &x->file->head;
	json_t *column;
	size_t i;

	to->file = file_name_of(x->p->file);
	to->layout = text_in(x, o, "layout", KIND_WORD);
	to->version = text_in(x, o, "version", KIND_WORD);
	to->about = text_in(x, o, "title", KIND_TEXT);
	to->encoding = text_in(x, read, "encoding", KIND_TEXT);
	to->sample = text_in(x, read, "sample", KIND_TEXT);
	to->sheet = text_in(x, read, "sheet", KIND_TEXT);
	to->dates = text_in(x, read, "dates", KIND_WORD);
	to->heading = int_in(read, "heading");
	to->numbered = json_is_true(json_object_get(read, "numbered"));
	/* A daemon that is older is sent no more than it has to know. */
	if (to->numbered)
		x->p->numbered = true;
	to->notes = texts_in(x, o, "notes");
	to->unused = texts_in(x, o, "unused");
	const char *saved = json_string_value(json_object_get(o, "saved"));
	x->file->layout = saved ? arena_dup(x->arena, saved) : NULL;
	/* The next file says the same of its rows under this name. */
	if (saved) {
		to->layout = x->p->save_layout;
		to->version = "1";
	}
	x->file->calendar = json_is_true(json_object_get(o, "calendar"));
	x->file->chosen = json_is_true(json_object_get(o, "chosen"));
	x->file->proposal = json_is_true(json_object_get(o, "proposal"));
	columns = json_object_get(o, "columns");
	to->columns.v = arena_array(x->arena, json_array_size(columns) + 1,
				    sizeof(*to->columns.v));
	json_array_foreach(columns, i, column)
	{
		to->columns.v[to->columns.n++] = (struct import_column){
			.field = text_in(x, column, "field", KIND_WORD),
			.names = texts_in(x, column, "names")};
	}
}

static void take_error(struct reading *x, const json_t *error)
{
	const char *word = json_string_value(json_object_get(error, "code"));
	const char *field = json_string_value(json_object_get(error, "field"));
	const char *message = text_in(x, error, "message", KIND_NOTE);
	const char *hint = text_in(x, error, "hint", KIND_NOTE);
	int code = -PDH_REFUSED;
	size_t n;
	const struct err_kind *kinds = err_kinds(&n);

	for (size_t i = 0; word && i < n; i++)
		if (strcmp(kinds[i].word, word) == 0)
			code = -kinds[i].code;
	/* What has an option of its own says enough. */
	err_set(x->e, code, field ? field : "file", "%s%s%.400s",
		field ? "" : file_name_of(x->p->file), field ? "" : ": ",
		message ? message : "it cannot be read");
	if (hint)
		err_hint(x->e, "%s", hint);
}

static struct import_row *add_other(struct reading *x, const json_t *o,
				    enum import_state state)
{
	x->others = arena_grow(x->arena, x->others, x->local, sizeof(*x->others));
	struct import_row *row = &x->others[x->local++];

	shape_none(&shape_import_row, row);
	row->line = int_in(o, "line");
	row->state = state;
	return row;
}

static void take_bad(struct reading *x, const json_t *o, const json_t *bad)
{
	struct import_row *row = add_other(x, o, IMPORT_BAD);
	const char *field = text_in(x, bad, "field", KIND_WORD);
	const char *text = text_in(x, bad, "text", KIND_NOTE);
	const char *why = text_in(x, bad, "why", KIND_TEXT);

	if (field && strcmp(field, "credit") == 0)
		field = "hours";
	if (field && strcmp(field, "done_on") == 0)
		field = "date";
	row->why = arena_printf(x->arena, "%s%s%.100s%s: %s", field ? field : "it",
				text ? " \"" : "", text ? text : "", text ? "\"" : "",
				why ? why : "unreadable");
}

static void take_activity(struct reading *x, const json_t *o, const json_t *v)
{
	struct activity_add_params *to;

	x->rows = arena_grow(x->arena, x->rows, x->n, sizeof(*x->rows));
	x->flags = arena_grow(x->arena, x->flags, x->n, sizeof(*x->flags));
	to = &x->rows[x->n];
	shape_none(&shape_activity_add_params, to);
	to->line = int_in(o, "line");
	to->title = text_in(x, v, "title", KIND_TEXT);
	to->done_on = day_in(v, "done_on");
	to->from = day_in(v, "from");
	to->credit = credit_in(v);
	to->kind = text_in(x, v, "kind", KIND_WORD);
	to->format = text_in(x, v, "format", KIND_WORD);
	to->role = text_in(x, v, "role", KIND_WORD);
	to->provider = text_in(x, v, "provider", KIND_PROVIDER);
	to->provider_id = text_in(x, v, "provider_id", KIND_WORD);
	to->place = text_in(x, v, "place", KIND_TEXT);
	to->approval = text_in(x, v, "approval", KIND_WORD);
	to->course = text_in(x, v, "course", KIND_TEXT);
	to->note = text_in(x, v, "note", KIND_NOTE);
	to->source_id = text_in(x, v, "source_id", KIND_TEXT);
	to->topics = texts_in(x, v, "topics");
	to->split = texts_in(x, v, "split");
	to->only = texts_in(x, v, "only");
	to->except = texts_in(x, v, "except");
	if (json_is_true(json_object_get(v, "duty")))
		to->duty = 1;
	if (json_is_true(json_object_get(v, "planned")))
		to->planned = 1;
	x->flags[x->n] = texts_in(x, o, "flags");
	if (to->title && to->credit.unit && date_is_day(to->done_on)) {
		x->n++;
		return;
	}
	struct import_row *row = add_other(x, o, IMPORT_BAD);
	row->title = to->title;
	row->done_on = to->done_on;
	row->why = to->credit.unit ? "it has no title or day"
				   : "it says no hours; --hours 2h says how many";
}

static int take_line(struct reading *x, const json_t *o)
{
	const json_t *error = json_object_get(o, "error"),
		     *bad = json_object_get(o, "bad");
	const json_t *activity = json_object_get(o, "activity");
	const char *schema = json_string_value(json_object_get(o, "schema"));

	if (error) {
		take_error(x, error);
		return x->e->code;
	}
	if (json_object_get(o, "end"))
		x->ended = true;
	else if (schema && strcmp(schema, "pdh.read/1") == 0)
		take_head(x, o);
	else if (activity)
		take_activity(x, o, activity);
	else if (bad)
		take_bad(x, o, bad);
	else
		add_other(x, o, IMPORT_SKIPPED)->why =
			text_in(x, o, "skipped", KIND_TEXT);
	return 0;
}

static int take_lines(struct reading *x, const struct buf *answer)
{
	const char *p = answer->data, *end = p + answer->len;
	int r = 0;

	while (r == 0 && p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((newline ? newline : end) - p);
		json_error_t why;
		json_t *o = json_loadb(p, n, 0, &why);
		r = json_is_object(o) ? take_line(x, o)
				      : err_set(x->e, -PDH_FAILED, NULL,
						"the answer of pdh-read is damaged");
		json_decref(o);
		p += n + 1;
	}
	if (r == 0 && !x->ended)
		return err_set(x->e, -PDH_FAILED, NULL,
			       "the answer of pdh-read was cut off");
	return r;
}

int import_read(struct import_run_params *p, struct arena *a, struct import_file *ret,
		struct err *e)
{
	struct reading x = {.p = p, .file = ret, .arena = a, .e = e};
	AUTO_BUF answer = {0};
	struct texts options;

	memset(ret, 0, sizeof(*ret));
	shape_none(&shape_imported, &ret->head);
	int fd = reader_open(p->file, e);
	if (fd < 0)
		return fd;
	options_of(p, a, &options);
	(void)fstat(fd, &ret->read);
	int r = reader_run(fd, &options, a, &answer, e);
	(void)close(fd);
	if (r == 0)
		r = take_lines(&x, &answer);
	if (r < 0)
		return r;
	p->activities.n = x.n;
	p->activities.v = x.rows ? x.rows : arena_alloc(a, sizeof(*x.rows));
	p->layout = ret->head.layout;
	p->version = ret->head.version;
	ret->flags = (struct list){x.n, x.flags};
	ret->head.rows.n = x.local;
	ret->head.rows.v = x.others;
	return 0;
}

/* ---- what may be stored ------------------------------------------------------------------------------------------------ */

static const struct import_row *first_bad(const struct import_file *f)
{
	for (size_t i = 0; i < f->head.rows.n; i++)
		if (f->head.rows.v[i].state == IMPORT_BAD)
			return &f->head.rows.v[i];
	return NULL;
}

/* What cannot be taken, however much a person wants it. */
static int check_take(const struct import_file *f, const struct import_run_params *p,
		      struct err *e)
{
	for (size_t i = 0; i < p->take.n; i++)
		for (size_t k = 0; k < f->head.rows.n; k++)
			if (f->head.rows.v[k].line == p->take.v[i])
				return err_set(e, -PDH_USAGE, "take",
					       "%s %lld cannot be taken: %s",
					       f->head.numbered > 0 ? "row" : "line",
					       (long long)p->take.v[i],
					       f->head.rows.v[k].why);
	return 0;
}

int import_check(const struct import_file *f, const struct import_run_params *p,
		 const struct options *o, struct err *e)
{
	const struct import_row *bad = first_bad(f);

	if (p->strict > 0 && bad)
		return err_set(e, -PDH_REFUSED, NULL,
			       "%s %lld: %s; nothing written, since --strict",
			       f->head.numbered > 0 ? "row" : "line",
			       (long long)bad->line, bad->why);
	int r = check_take(f, p, e);
	if (r < 0 || o->dry_run)
		return r;
	if (f->calendar && p->match.n == 0 && !f->chosen)
		return err_set(e, -PDH_USAGE, "match",
			       "a calendar has more than professional development; say "
			       "which events, as in --match \"PD,webinar\"");
	if (o->yes || p->ask > 0)
		return 0;
	if (f->calendar)
		return err_set(e, -PDH_USAGE, NULL,
			       "events are taken with --ask, one by one, or all with "
			       "--yes; -n shows them first");
	if (f->proposal)
		return err_set(e, -PDH_USAGE, NULL,
			       "what a badge or certificate says, and hours that two "
			       "times alone tell, are taken with --yes; -n shows them "
			       "first");
	return 0;
}

/* ---- both answers -------------------------------------------------------------------------------------------------------- */

static int64_t line_of(const struct import_row *row)
{
	return row->line == INT_NONE ? INT64_MAX : row->line;
}

static int by_line(const void *a, const void *b)
{
	int64_t x = line_of(a), y = line_of(b);

	return (x > y) - (x < y);
}

static int64_t count(const struct imported *r, enum import_state state)
{
	int64_t n = 0;

	for (size_t i = 0; i < r->rows.n; i++)
		n += r->rows.v[i].state == state;
	return n;
}

static void join_rows(const struct import_file *f, struct arena *a, struct imported *ret)
{
	size_t n = ret->rows.n + f->head.rows.n;
	struct import_row *rows = arena_array(a, n + 1, sizeof(*rows));
	const struct texts *flags = f->flags.v;

	for (size_t i = 0; i < ret->rows.n; i++) {
		rows[i] = ret->rows.v[i];
		if (i < f->flags.n && rows[i].state == IMPORT_NEW)
			rows[i].flags = flags[i];
	}
	if (f->head.rows.n)
		memcpy(rows + ret->rows.n, f->head.rows.v,
		       f->head.rows.n * sizeof(*rows));
	qsort(rows, n, sizeof(*rows), by_line);
	ret->rows.n = n;
	ret->rows.v = rows;
}

void import_join(const struct import_file *f, struct arena *a, struct imported *ret)
{
	const struct imported *h = &f->head;

	ret->file = h->file;
	ret->layout = h->layout;
	ret->version = h->version;
	ret->about = h->about;
	ret->encoding = h->encoding;
	ret->sample = h->sample;
	ret->sheet = h->sheet;
	ret->heading = h->heading;
	ret->numbered = h->numbered;
	ret->dates = h->dates;
	ret->columns = h->columns;
	ret->unused = h->unused;
	for (size_t i = 0; i < h->notes.n; i++)
		texts_add(&ret->notes, h->notes.v[i], a);
	join_rows(f, a, ret);
	ret->skipped = count(ret, IMPORT_SKIPPED);
	ret->bad = count(ret, IMPORT_BAD);
}
