#include "client/verbs/export.h"

#include "client/out/pages.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- pieces ------------------------------------------------------------------------------------------- */

/* 1: the records changed. */
static int join_once(export_ask ask, void *data, struct buf *ret, struct err *e)
{
	struct exported piece;
	char after[80] = "";
	int64_t at = INT_NONE;

	ret->len = 0;
	do {
		shape_none(&shape_exported, &piece);
		int r = ask(data, *after ? after : NULL, &piece, e);
		if (r < 0)
			return r;
		if (at != INT_NONE && piece.at != at)
			return 1;
		at = piece.at;
		if (piece.text && buf_write(ret, piece.text, strlen(piece.text)) < 0)
			return err_set(e, -PDH_TOO_LARGE, NULL,
				       "the export is too large");
		snprintf(after, sizeof(after), "%s", piece.next ? piece.next : "");
	} while (*after);
	return 0;
}

int export_join(export_ask ask, void *data, struct buf *ret, struct err *e)
{
	int r = 1;

	for (int i = 0; r > 0 && i < PAGES_TRIES; i++)
		r = join_once(ask, data, ret, e);
	return r <= 0 ? r : pages_keep_changing(e);
}

/* ---- lines -------------------------------------------------------------------------------------------- */

static int damaged(struct err *e)
{
	return err_set(e, -PDH_BAD_FRAME, NULL, "cannot read the daemon's answer");
}

static void take_credential(struct export_lines *l, const json_t *o)
{
	char id[32];

	snprintf(id, sizeof(id), "%" JSON_INTEGER_FORMAT,
		 json_integer_value(json_object_get(o, "id")));
	if (json_object_set(l->aliases, id, json_object_get(o, "alias")) < 0)
		oom();
}

static int take_line(struct export_lines *l, const char *line, size_t n, bool is_activity,
		     struct err *e)
{
	json_error_t why;
	json_t *o = json_loadb(line, n, JSON_DISABLE_EOF_CHECK, &why);

	if (!json_is_object(o)) {
		json_decref(o);
		return damaged(e);
	}
	if (!is_activity) {
		take_credential(l, o);
		json_decref(o);
		return 0;
	}
	l->activities = arena_grow(l->arena, l->activities, l->n, sizeof(json_t *));
	l->activities[l->n++] = o;
	return 0;
}

int export_read(const struct buf *document, struct arena *a, struct export_lines *ret,
		struct err *e)
{
	static const char activities[] = "\"activities\":[";
	const char *p = document->data, *end = p + document->len;
	bool is_activity = false;
	int r = 0;

	*ret = (struct export_lines){.aliases = json_object(), .arena = a};
	while (r == 0 && p < end) {
		const char *newline = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((newline ? newline : end) - p);
		if (n >= strlen(activities))
			is_activity = is_activity ||
				      memcmp(p, activities, strlen(activities)) == 0;
		if (n > 1 && *p == '{' && p[1] == '"' && p != document->data)
			r = take_line(ret, p, n, is_activity, e);
		p += n + 1;
	}
	if (r < 0)
		export_done(ret);
	return r;
}

void export_done(struct export_lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		json_decref(l->activities[i]);
	json_decref(l->aliases);
	l->n = 0;
	l->aliases = NULL;
}

/* ---- values ------------------------------------------------------------------------------------------- */

const char *export_text(const json_t *activity, const char *key)
{
	const char *text = json_string_value(json_object_get(activity, key));

	return text ? text : "";
}

/* 3,600,000 has no decimal for a third; twelve places are nearer to it than to any other amount. */
static const char *amount_text(int64_t exact, struct arena *a)
{
	enum { PLACES = 12 };
	char places[PLACES + 1];
	int64_t rest = exact % CREDIT_ONE;
	size_t n = 0;

	for (; n < PLACES && (rest || n == 0); n++) {
		rest *= 10;
		places[n] = (char)('0' + rest / CREDIT_ONE);
		rest %= CREDIT_ONE;
	}
	places[n] = '\0';
	return arena_printf(a, "%" PRId64 ".%s", exact / CREDIT_ONE, places);
}

const char *export_credit(const json_t *credit, struct arena *a)
{
	const char *unit = export_text(credit, "unit");

	return arena_printf(
		a, "%s %s",
		amount_text(json_integer_value(json_object_get(credit, "exact")), a),
		credit_unit_brief(unit));
}

/* A semicolon within a part is doubled, so that it is none between two of them. */
static const char *doubled(const char *part, struct arena *a)
{
	const char *all = "", *cut;

	for (; (cut = strchr(part, ';')); part = cut + 1)
		all = arena_printf(a, "%s%.*s;;", all, (int)(cut - part), part);
	return arena_printf(a, "%s%s", all, part);
}

const char *export_list(const json_t *list, const char *between, struct arena *a)
{
	const char *all = "";
	const json_t *member;
	size_t i;

	json_array_foreach(list, i, member) all =
		arena_printf(a, "%s%s%s", all, i ? between : "",
			     *between == ';' ? doubled(json_string_value(member), a)
					     : json_string_value(member));
	return all;
}

const char *export_split(const json_t *activity, struct arena *a)
{
	const json_t *list = json_object_get(activity, "split"), *part;
	const char *unit = export_text(json_object_get(activity, "credit"), "unit");
	const char *all = "";
	size_t i;

	json_array_foreach(list, i, part) all = arena_printf(
		a, "%s%s%s=%s %s", all, i ? "; " : "",
		doubled(export_text(part, "topic"), a),
		amount_text(json_integer_value(json_object_get(part, "exact")), a),
		credit_unit_brief(unit));
	return all;
}

const char *export_scope(const struct export_lines *l, const json_t *activity,
			 const char *scope)
{
	const json_t *list = json_object_get(activity, "credentials"), *id;
	const char *all = "";
	size_t i;

	if (strcmp(export_text(activity, "scope"), scope) != 0)
		return "";
	json_array_foreach(list, i, id)
	{
		char key[32];
		snprintf(key, sizeof(key), "%" JSON_INTEGER_FORMAT,
			 json_integer_value(id));
		const char *alias = export_text(l->aliases, key);
		if (*alias)
			all = arena_printf(l->arena, "%s%s%s", all, *all ? ", " : "",
					   alias);
	}
	/* Else what counts for nothing would count for all. */
	return *all || strcmp(scope, "only") != 0 ? all : "(gone)";
}
