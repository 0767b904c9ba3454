#include "client/help/label.h"

#include "client/cli/blame.h"
#include "common/ascii.h"

#include <string.h>

static const char *upper(const char *word, struct arena *a)
{
	char *out = arena_dup(a, word);

	for (char *p = out; *p; p++)
		*p = ascii_upper(*p);
	return out;
}

const char *label_of_value(const struct field *f, struct arena *a)
{
	switch (f->kind) {
	case KIND_BOOL:
		return "";
	case KIND_DUE:
		return "DATE";
	case KIND_TOPICS:
		return "TOPIC";
	case KIND_ALIASES:
		return "CREDENTIAL";
	case KIND_ALIAS:
		return strcmp(f->name, "alias") == 0 ? "NAME" : "CREDENTIAL";
	case KIND_TEXTS:
	case KIND_NOTE:
		return "TEXT";
	case KIND_INT:
		return "N";
	case KIND_SPAN:
		return "LENGTH";
	case KIND_ITEM:
		return "KIND";
	default:
		return upper(kind_row(f->kind)->name, a);
	}
}

/* "--date,-d" and "DATE" are "--date, -d DATE" */
static const char *join(const char *flags, const char *value, struct arena *a)
{
	size_t n = strcspn(flags, ",");
	const char *rest = flags[n] ? arena_printf(a, ", %s", flags + n + 1) : "";

	return arena_printf(a, "%.*s%s%s%s", (int)n, flags, rest, *value ? " " : "",
			    value);
}

const char *label_of_param(const struct field *f, struct arena *a)
{
	char name[BLAME_SIZE];

	if (f->how[0] == '-')
		return join(f->how, label_of_value(f, a), a);
	return arena_printf(a, "%s%s", upper(blame_name(f, name), a),
			    strchr(f->how, '+') ? "..." : "");
}

const char *label_of_option(enum option_id id, struct arena *a)
{
	const struct option_row *row = &option_rows[id];

	if (row->takes == OPTION_MAYBE)
		return arena_printf(a, "%s[=%s]", row->flags, row->argument);
	return join(row->flags, row->argument, a);
}
