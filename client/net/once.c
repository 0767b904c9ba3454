#include "client/net/once.h"

#include "common/clock.h"
#include "common/paths.h"
#include "common/replace.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { UNSURE_S = 10 * 60 }; /* as long as somebody wonders whether it worked */

static void make_key(char out[ONCE_SIZE])
{
	unsigned char bytes[(ONCE_SIZE - 1) / 2];

	out[0] = '\0';
	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		return;
	for (size_t i = 0; i < sizeof(bytes); i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

/* "epoch-seconds key"; false for a file that is not there, cannot be read, or is too old. */
static bool read_key(const char *path, char out[ONCE_SIZE])
{
	long long at = 0;
	char key[ONCE_SIZE] = "";
	FILE *f = fopen(path, "re");

	if (!f)
		return false;
	int n = fscanf(f, "%lld %32[0-9a-f]", &at, key);
	(void)fclose(f);
	int64_t age = clock_now() - at;
	if (n != 2 || strlen(key) != ONCE_SIZE - 1 || age < 0 || age >= UNSURE_S)
		return false;
	memcpy(out, key, ONCE_SIZE);
	return true;
}

void once_begin(struct once *o, uint64_t digest, struct arena *a)
{
	const char *name = arena_printf(a, "unsure/%016llx", (unsigned long long)digest);
	struct err ignored;

	*o = (struct once){0};
	if (path_state(a, name, &o->file, &ignored) < 0)
		o->file = NULL;
	o->again = o->file && read_key(o->file, o->key);
	if (!o->again)
		make_key(o->key);
}

/* Others that nobody asked about again. */
static void forget_old(const char *file)
{
	char path[4096], unused[ONCE_SIZE];
	size_t n = (size_t)(strrchr(file, '/') - file);

	if (n >= sizeof(path) - 32)
		return;
	memcpy(path, file, n);
	path[n] = '\0';
	DIR *d = opendir(path);
	for (struct dirent *entry; d && (entry = readdir(d));) {
		snprintf(path + n, sizeof(path) - n, "/%.20s", entry->d_name);
		if (entry->d_name[0] != '.' && !read_key(path, unused))
			(void)unlink(path);
	}
	if (d)
		(void)closedir(d);
}

/* Where it cannot be remembered, the sentence about it is all there is. */
void once_remember(const struct once *o)
{
	char line[64];
	struct err ignored;

	if (!o->file || !o->key[0] || path_make_parent(o->file, &ignored) < 0)
		return;
	int n = snprintf(line, sizeof(line), "%lld %s\n", (long long)clock_now(), o->key);
	(void)file_replace(o->file, line, (size_t)n, 0600, &ignored);
	forget_old(o->file);
}

void once_forget(const struct once *o)
{
	if (o->file)
		(void)unlink(o->file);
}
