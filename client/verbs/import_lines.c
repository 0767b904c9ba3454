/* Rows as JSON lines (pdh.row/1), in a file without a name, as they are sent to the daemon. */
#include "client/verbs/import.h"
#include "client/verbs/import_parts.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static json_t *list_of(const void *value)
{
	const struct texts *t = value;
	json_t *list = json_array();

	for (size_t i = 0; i < t->n; i++)
		(void)json_array_append_new(list, json_string(t->v[i]));
	return list;
}

static json_t *credit_of(const struct credit *c)
{
	return json_pack("{s:I,s:s}", "exact", (json_int_t)c->exact, "unit", c->unit);
}

static json_t *day_of(civil_day day)
{
	char iso[DATE_ISO_SIZE] = "none"; /* DATE_CLEAR */

	if (day != DATE_CLEAR)
		date_format_iso(day, iso);
	return json_string(iso);
}

static json_t *value_of(enum kind k, const void *value)
{
	if (kind_is_text(k))
		return json_string(*(const char *const *)value);
	if (kind_is_texts(k))
		return list_of(value);
	if (k == KIND_CREDIT)
		return credit_of(value);
	if (k == KIND_DATE)
		return day_of(*(const civil_day *)value);
	if (k == KIND_BOOL)
		return json_boolean(*(const int8_t *)value > 0);
	return kind_is_int(k) ? json_integer(*(const int64_t *)value) : NULL;
}

static json_t *row_of(const struct activity_add_params *row)
{
	const struct shape *s = &shape_activity_add_params;
	json_t *o = json_object();

	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		const void *value = field_in(f, row);
		if (!kind_is_none(f->kind, value))
			(void)json_object_set_new(o, f->name, value_of(f->kind, value));
	}
	return o;
}

static json_t *left_of(const struct import_row *row)
{
	json_t *o = json_object();

	if (row->line != INT_NONE)
		(void)json_object_set_new(o, "line", json_integer(row->line));
	(void)json_object_set_new(o, import_state_word(row->state),
				  json_string(row->why ? row->why : "?"));
	return o;
}

static bool put(json_t *o, FILE *to)
{
	bool put = o && json_dumpf(o, to, JSON_COMPACT) == 0 && fputc('\n', to) != EOF;

	json_decref(o);
	return put;
}

static bool put_all(const struct import_file *f, const struct import_run_params *p,
		    FILE *to)
{
	bool all = true;

	for (size_t i = 0; all && i < p->activities.n; i++)
		all = put(row_of(&p->activities.v[i]), to);
	for (size_t i = 0; all && i < f->head.rows.n; i++)
		all = put(left_of(&f->head.rows.v[i]), to);
	/* A file has a byte at least. */
	return all && fputc('\n', to) != EOF && fflush(to) == 0;
}

int import_lines(const struct import_file *f, const struct import_run_params *p,
		 struct err *e)
{
	int fd = memfd_create("rows", MFD_CLOEXEC), copy = fd < 0 ? -1 : dup(fd);
	FILE *to = copy < 0 ? NULL : fdopen(copy, "w");
	bool all = to && put_all(f, p, to);

	if (to)
		(void)fclose(to);
	else if (copy >= 0)
		(void)close(copy);
	if (all)
		return fd;
	err_set(e, -PDH_FAILED, NULL, "the rows cannot be put together: %s",
		strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return e->code;
}
