#include "daemon/transfer/record_line.h"

#include <string.h>

static int unlike(const char *name, const char *what, struct err *e)
{
	return err_set(e, -PDH_REFUSED, NULL, "%s: %s", name, what);
}

/* ---- values ------------------------------------------------------------------------------------------- */

static int check_text(const struct part_value *v, enum kind k, const json_t *value,
		      struct arena *a, struct err *e)
{
	const char *text = json_string_value(value), *clean;

	if (!text)
		return unlike(v->name, "a text is wanted", e);
	if (!*text)
		return 0;
	if (k == KIND_SOURCE) /* its own reader says more */
		return 0;
	if (kind_check_text(k, text, strlen(text), a, &clean, e) < 0) {
		struct err was = *e;
		return err_set(e, -PDH_REFUSED, NULL, "%s: %.400s", v->name, was.message);
	}
	return strcmp(clean, text) == 0
		       ? 0
		       : unlike(v->name, "it is not written as pdh writes it", e);
}

static int check_day(const struct part_value *v, const json_t *value, struct err *e)
{
	const char *text = json_string_value(value);
	struct err ignored;
	civil_day day;

	return text && date_parse_iso(text, &day, &ignored) == 0
		       ? 0
		       : unlike(v->name, "a day is wanted, as 2026-03-14", e);
}

static int check_number(const struct part_value *v, const json_t *value, json_int_t least,
			json_int_t most, struct err *e)
{
	if (json_is_integer(value) && json_integer_value(value) >= least &&
	    json_integer_value(value) <= most)
		return 0;
	return unlike(v->name, "it is not a number that pdh writes there", e);
}

static int check_int(const struct part_value *v, const json_t *value, struct err *e)
{
	enum { MONTHS = 1200 }; /* as the wire has it */

	if (v->kind == KIND_ID) /* what no line has stands below */
		return check_number(v, value, v->gone == PART_GONE_STAYS ? -9 : 1,
				    INT64_MAX / 2, e);
	if (v->kind == KIND_SPAN)
		return check_number(v, value, 1, MONTHS, e);
	return check_number(v, value, -CREDIT_MAX, CREDIT_MAX, e);
}

/* {"exact": 9000000, "unit": "hour"} */
static int check_credit(const struct part_value *v, const json_t *value, struct err *e)
{
	const char *unit = json_string_value(json_object_get(value, "unit"));
	const char *known = unit ? credit_unit_find(unit) : NULL;

	if (json_object_size(value) != 2 || !known || strcmp(known, unit) != 0)
		return unlike(v->name, "exact and unit are wanted", e);
	return check_number(v, json_object_get(value, "exact"), 1, CREDIT_MAX, e);
}

static int check_part(const struct part_value *v, const json_t *part, struct arena *a,
		      struct err *e)
{
	int r = check_text(v, KIND_TOPIC, json_object_get(part, "topic"), a, e);

	if (r == 0 && json_object_size(part) != 2)
		r = unlike(v->name, "topic and exact are wanted", e);
	return r < 0 ? r
		     : check_number(v, json_object_get(part, "exact"), 1, CREDIT_MAX, e);
}

static int check_list(const struct part_value *v, const json_t *list, struct arena *a,
		      struct err *e)
{
	const json_t *member;
	size_t i;
	int r = json_is_array(list) ? 0 : unlike(v->name, "a list is wanted", e);

	json_array_foreach(list, i, member)
	{
		if (r < 0)
			break;
		if (v->kind == KIND_IDS)
			r = check_number(v, member, 1, INT64_MAX / 2, e);
		else if (v->kind == KIND_LIST)
			r = check_part(v, member, a, e);
		else
			r = check_text(v, v->kind == KIND_TOPICS ? KIND_TOPIC : KIND_TEXT,
				       member, a, e);
	}
	return r;
}

static int check_value(const struct part_value *v, const json_t *value, struct arena *a,
		       struct err *e)
{
	if (!value || json_is_null(value))
		return v->always ? unlike(v->name, "it is missing", e) : 0;
	if (v->list)
		return check_list(v, value, a, e);
	if (kind_is_text(v->kind))
		return check_text(v, v->kind, value, a, e);
	if (v->kind == KIND_DATE)
		return check_day(v, value, e);
	if (v->kind == KIND_CREDIT)
		return check_credit(v, value, e);
	if (v->kind == KIND_BOOL)
		return json_is_boolean(value)
			       ? 0
			       : unlike(v->name, "true or false is wanted", e);
	return check_int(v, value, e);
}

/* ---- the line ----------------------------------------------------------------------------------------- */

static int check_names(const struct part *part, json_t *line, struct err *e)
{
	const char *name;
	json_t *value;

	json_object_foreach(line, name, value) if (
		!part_value_find(
			part, name)) return err_set(e, -PDH_REFUSED, NULL,
						    "\"%.60s\" is nothing that %s have",
						    name, part->name);
	return 0;
}

int record_line_read(const struct part *part, const char *text, size_t n, struct arena *a,
		     json_t **ret, struct err *e)
{
	json_error_t why;
	json_t *line = json_loadb(text, n, JSON_REJECT_DUPLICATES, &why);
	int r = json_is_object(line)
			? check_names(part, line, e)
			: err_set(e, -PDH_REFUSED, NULL, "no record stands in it: %.100s",
				  line ? "it is not an object" : why.text);

	for (size_t i = 0; r == 0 && i < part->n; i++)
		r = check_value(&part->values[i],
				json_object_get(line, part->values[i].name), a, e);
	if (r < 0) {
		json_decref(line);
		return r;
	}
	*ret = line;
	return 0;
}

int64_t record_line_int(const json_t *line, const char *name)
{
	const json_t *value = json_object_get(line, name);

	return json_is_integer(value) ? json_integer_value(value) : INT_NONE;
}

const char *record_line_text(const json_t *line, const char *name)
{
	return json_string_value(json_object_get(line, name));
}

static void bind_credit(const json_t *credit, struct sqlite3_stmt *s)
{
	db_bind_int(s, ":credit", record_line_int(credit, "exact"));
	db_bind_text(s, ":credit_unit", record_line_text(credit, "unit"));
}

void record_line_bind(const struct part *part, const json_t *line, struct sqlite3_stmt *s)
{
	for (size_t i = 0; i < part->n; i++) {
		const struct part_value *v = &part->values[i];
		const json_t *value = json_object_get(line, v->name);
		char name[40];
		if (v->list || v->gone != PART_GONE_NONE || strcmp(v->name, "id") == 0)
			continue;
		snprintf(name, sizeof(name), ":%s", v->name);
		if (v->kind == KIND_CREDIT)
			bind_credit(value, s);
		else if (json_is_boolean(value))
			db_bind_int(s, name, json_is_true(value));
		else if (json_is_integer(value))
			db_bind_int(s, name, json_integer_value(value));
		else
			db_bind_text(s, name, json_string_value(value));
	}
}
