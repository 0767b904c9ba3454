#include "client/verbs/prompt.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file may lie in /tmp, where another user could have put something that waits, or that is not to be believed. */
static FILE *open_own(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return NULL;
	bool own = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_uid == getuid();
	FILE *f = own ? fdopen(fd, "r") : NULL;
	if (!f)
		close(fd);
	return f;
}

bool prompt_read(const char *path, civil_day today, struct arena *a, struct prompt *ret)
{
	char line[128];
	struct err e;
	civil_day day;
	FILE *f = open_own(path);

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
