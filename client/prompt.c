#include "client/prompt.h"

#include <stdio.h>
#include <string.h>

bool prompt_read(const char *path, civil_day today, struct arena *a, struct prompt *ret)
{
	char line[128];
	struct err e;
	civil_day day;
	FILE *f = fopen(path, "re");

	if (!f)
		return false;
	char *got = fgets(line, sizeof(line), f);
	(void)fclose(f);
	if (!got || !strchr(line, '\n'))
		return false;
	line[strcspn(line, "\n")] = '\0';
	char *space = strchr(line, ' ');
	if (space)
		*space = '\0';
	if (date_parse_iso(line, &day, &e) < 0 || day != today)
		return false;
	ret->as_of = day;
	ret->text = space ? arena_dup(a, space + 1) : NULL;
	return true;
}
