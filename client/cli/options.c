#include "client/cli/options.h"

#include <string.h>

const struct option_row option_rows[OPTION_COUNT] = {
#define OPTION(id, flags, takes, argument, verbs, doc) \
	{flags, OPTION_##takes, argument, verbs, doc},
#include "client/cli/options.def"
};

bool flag_among(const char *flags, const char *flag)
{
	size_t n = strlen(flag);

	for (const char *p = flags; n && *p;) {
		size_t len = strcspn(p, ",");
		if (len == n && memcmp(p, flag, n) == 0)
			return true;
		p += len + (p[len] == ',');
	}
	return false;
}

bool option_belongs(enum option_id id, const struct method *m)
{
	const char *verbs = option_rows[id].verbs;

	if (!*verbs)
		return true;
	if (m->access == ACCESS_WRITE && flag_among(verbs, "@write"))
		return true;
	return flag_among(verbs, m->verb);
}
