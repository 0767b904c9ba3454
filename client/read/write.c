#include "client/read/write.h"

#include <jansson.h>
#include <string.h>

static void put(json_t *to, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value ? value : json_null()) < 0)
		oom();
}

static void put_text(json_t *to, const char *key, const char *text)
{
	put(to, key, text ? json_string(text) : NULL);
}

static void put_texts(json_t *to, const char *key, const struct texts *texts)
{
	json_t *list = json_array();

	for (size_t i = 0; i < texts->n; i++)
		if (json_array_append_new(list, json_string(texts->v[i])) < 0)
			oom();
	put(to, key, list);
}

static void put_day(json_t *to, const char *key, civil_day day)
{
	char iso[DATE_ISO_SIZE];

	date_format_iso(day, iso);
	put_text(to, key, date_is_day(day) ? iso : NULL);
}

/* Ends the line; the object is gone afterward. */
static int put_line(json_t *line, FILE *out)
{
	int r = json_dumpf(line, out, JSON_COMPACT);

	json_decref(line);
	return r < 0 || fputc('\n', out) == EOF ? -1 : 0;
}

static json_t *columns_of(const struct read_result *r)
{
	json_t *list = json_array();

	for (size_t i = 0; i < r->column_count; i++) {
		json_t *column = json_object();
		put_text(column, "field", r->columns[i].field);
		put_texts(column, "names", &r->columns[i].names);
		if (json_array_append_new(list, column) < 0)
			oom();
	}
	return list;
}

static int write_head(const struct read_result *r, const struct box *box, FILE *out)
{
	json_t *head = json_object(), *read = json_object(), *walls = json_object();

	put_text(head, "schema", "pdh.read/1");
	put_text(head, "layout", r->layout);
	put_text(head, "version", r->version);
	put_text(head, "title", r->title);
	put_text(head, "mark", r->mark);
	put_text(head, "saved", r->saved);
	put_text(read, "encoding", r->encoding);
	put_text(read, "separator", r->separator);
	put(read, "heading", r->heading > 0 ? json_integer(r->heading) : NULL);
	if (r->numbered)
		put(read, "numbered", json_true());
	put_text(read, "dates", r->dates);
	put_text(read, "decimal", r->decimal);
	put_text(read, "sheet", r->sheet);
	put_text(read, "sample", r->sample);
	put(head, "read", read);
	put(head, "columns", columns_of(r));
	put_texts(head, "unused", &r->unused);
	put(head, "calendar", json_boolean(r->calendar));
	put(head, "chosen", json_boolean(r->chosen));
	put(head, "proposal", json_boolean(r->proposal));
	put_texts(head, "notes", &r->notes);
	put(walls, "landlock", json_integer(box->landlock));
	put(walls, "filter", json_boolean(box->filter));
	put(head, "box", walls);
	return put_line(head, out);
}

static json_t *credit_of(const struct credit *c)
{
	json_t *credit = json_object();

	put(credit, "exact", json_integer(c->exact));
	put_text(credit, "unit", c->unit);
	return credit;
}

static json_t *activity_of(const struct read_activity *v)
{
	json_t *o = json_object();

	put_text(o, "title", v->title);
	put_day(o, "done_on", v->done_on);
	put_day(o, "from", v->from);
	put(o, "credit", v->credit.unit ? credit_of(&v->credit) : NULL);
	put_text(o, "kind", v->kind);
	put_text(o, "format", v->format);
	put_text(o, "role", v->role);
	put_texts(o, "topics", &v->topics);
	put_text(o, "provider", v->provider);
	put_text(o, "provider_id", v->provider_id);
	put_text(o, "place", v->place);
	put_text(o, "approval", v->approval);
	put_text(o, "course", v->course);
	put_texts(o, "split", &v->split);
	if (v->only.n)
		put_texts(o, "only", &v->only);
	if (v->except.n)
		put_texts(o, "except", &v->except);
	put(o, "duty", json_boolean(v->duty));
	put(o, "planned", json_boolean(v->planned));
	put_text(o, "note", v->note);
	put_text(o, "source_id", v->source_id);
	put_text(o, "proof", v->proof);
	return o;
}

static int write_row(const struct read_row *row, FILE *out)
{
	json_t *o = json_object();

	put_text(o, "schema", "pdh.row/1");
	put(o, "line", row->line > 0 ? json_integer(row->line) : NULL);
	if (row->state == READ_TAKEN)
		put(o, "activity", activity_of(&row->activity));
	if (row->state == READ_SKIPPED)
		put_text(o, "skipped", row->why);
	if (row->state == READ_BAD) {
		json_t *bad = json_object();
		put_text(bad, "field", row->field);
		put_text(bad, "text", row->text);
		put_text(bad, "why", row->why);
		put(o, "bad", bad);
	}
	if (row->state == READ_TAKEN)
		put_texts(o, "flags", &row->flags);
	put_texts(o, "cells", &row->cells);
	return put_line(o, out);
}

static int write_end(const struct read_result *r, FILE *out)
{
	static const char *const words[] = {"taken", "skipped", "bad"};
	int counts[3] = {0};
	json_t *o = json_object(), *end = json_object();

	for (size_t i = 0; i < r->n; i++)
		counts[r->rows[i].state]++;
	put(end, "rows", json_integer((json_int_t)r->n));
	for (size_t i = 0; i < 3; i++)
		put(end, words[i], json_integer(counts[i]));
	put(o, "end", end);
	return put_line(o, out);
}

int write_result(const struct read_result *r, const struct box *box, FILE *out)
{
	int failed = write_head(r, box, out);

	for (size_t i = 0; failed == 0 && i < r->n; i++)
		failed = write_row(&r->rows[i], out);
	if (failed == 0)
		failed = write_end(r, out);
	return failed < 0 || fflush(out) == EOF ? -1 : 0;
}

int write_error(const struct err *e, FILE *out)
{
	json_t *o = json_object(), *error = json_object();

	put_text(error, "code", err_kind(e->code)->word);
	put_text(error, "message", e->message);
	put_text(error, "field", e->field[0] ? e->field : NULL);
	put_text(error, "hint", e->hint[0] ? e->hint : NULL);
	put(o, "error", error);
	return put_line(o, out) < 0 || fflush(out) == EOF ? -1 : 0;
}
