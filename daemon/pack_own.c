/* The pack of a person whose board has none. */
#include "daemon/pack_parts.h"

/* A text as YAML and JSON quote it. */
static const char *quoted(struct arena *a, const char *text)
{
	size_t n = 0;

	for (const char *p = text; *p; p++)
		n += *p == '"' || *p == '\\' ? 2 : 1;
	char *out = arena_alloc(a, n + 3), *to = out;
	*to++ = '"';
	for (const char *p = text; *p; p++) {
		if (*p == '"' || *p == '\\')
			*to++ = '\\';
		*to++ = *p;
	}
	*to = '"';
	return out;
}

const char *pack_own_text(struct arena *a, const char *id, const char *title,
			  const char *jurisdiction, int64_t required, int months)
{
	const char *where = "", *length = "", *need = "";

	if (jurisdiction && *jurisdiction)
		where = arena_printf(a, "jurisdiction: %s\n", quoted(a, jurisdiction));
	if (months > 0)
		length = arena_printf(a, "calendar: {length: %d months}\n", months);
	if (required > 0)
		need = arena_printf(a, "rules:\n  - {id: total, need: %s}\n",
				    amount_text(a, required));
	return arena_printf(a,
			    "pack: %s\n"
			    "version: 1\n"
			    "title: %s\n"
			    "%s"
			    "unit: hour\n"
			    "%s%s",
			    id, quoted(a, title), where, length, need);
}
