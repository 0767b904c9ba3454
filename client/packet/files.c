#include "client/packet/packet.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "0123456789 ._-";

static int add(const char *root, const char *below, struct arena *a,
	       struct packet_files *to, struct err *e);

static int add_one(const char *root, const char *path, struct arena *a,
		   struct packet_files *to, struct err *e)
{
	struct stat st;

	if (lstat(arena_printf(a, "%s/%s", root, path), &st) < 0)
		return err_set(e, -PDH_FAILED, NULL, "%.200s: %s", path, strerror(errno));
	if (S_ISDIR(st.st_mode))
		return add(root, path, a, to, e);
	if (!S_ISREG(st.st_mode))
		return err_set(e, -PDH_REFUSED, NULL, "%.200s is not a regular file",
			       path);
	to->v = arena_grow(a, to->n ? to->v : NULL, to->n, sizeof(*to->v));
	to->v[to->n++] = path;
	return 0;
}

static int add(const char *root, const char *below, struct arena *a,
	       struct packet_files *to, struct err *e)
{
	DIR *d = opendir(*below ? arena_printf(a, "%s/%s", root, below) : root);
	const struct dirent *one;
	int r = 0;

	if (!d)
		return err_set(e, -PDH_FAILED, NULL, "%.200s: %s", root, strerror(errno));
	while (r == 0 && (one = readdir(d))) {
		const char *name = one->d_name;
		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		if (name[strspn(name, allowed)])
			r = err_set(e, -PDH_REFUSED, NULL,
				    "a packet cannot have a file of the name \"%.80s\"",
				    name);
		else
			r = add_one(root,
				    *below ? arena_printf(a, "%s/%s", below, name)
					   : arena_dup(a, name),
				    a, to, e);
	}
	(void)closedir(d);
	return r;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int packet_list(const char *folder, struct arena *a, struct packet_files *ret,
		struct err *e)
{
	*ret = (struct packet_files){NULL, 0};
	int r = add(folder, "", a, ret, e);

	if (r == 0 && ret->n)
		qsort(ret->v, ret->n, sizeof(*ret->v), by_bytes);
	return r;
}
