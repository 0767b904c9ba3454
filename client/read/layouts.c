#include "client/read/layouts.h"

#include "common/api.h"
#include "common/texts.h"
#include "common/yaml.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The text of a regular file, one byte more than a layout may have at most; NULL where it cannot be read. */
static char *read_file(const char *path, struct arena *a, size_t *ret_n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char *text = NULL;
	ssize_t got = 1;

	if (fd < 0)
		return NULL;
	*ret_n = 0;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		text = arena_alloc(a, YAML_SIZE_MAX + 2);
	while (text && got > 0 && *ret_n <= YAML_SIZE_MAX) {
		got = read(fd, text + *ret_n, YAML_SIZE_MAX + 1 - *ret_n);
		*ret_n += got > 0 ? (size_t)got : 0;
	}
	(void)close(fd);
	return got < 0 ? NULL : text;
}

static void take(struct layouts *l, struct layout *layout, struct arena *a)
{
	l->v = arena_grow(a, l->v, l->n, sizeof(struct layout *));
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i]->id, layout->id) == 0) {
			l->v[i] = layout;
			return;
		}
	memmove(l->v + 1, l->v, l->n * sizeof(struct layout *));
	l->v[0] = layout;
	l->n++;
}

static void load_file(const struct pack_layer *folder, const char *file, struct arena *a,
		      struct layouts *l)
{
	AUTO_ARENA scratch = {NULL};
	const char *path = arena_printf(a, "%s/%s", folder->folder, file);
	struct layout *layout = arena_alloc(a, sizeof(*layout));
	struct err e;
	size_t n;
	char *text = read_file(path, &scratch, &n);

	if (!text)
		texts_add(&l->faults, arena_printf(a, "%s cannot be read", path), a);
	else if (layout_parse(text, n, path, a, layout, &e) < 0)
		texts_add(&l->faults, arena_dup(a, e.message), a);
	else {
		layout->layer = folder->name;
		take(l, layout, a);
	}
}

static int is_layout(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return entry->d_name[0] != '.' && n > 5 &&
	       strcmp(entry->d_name + n - 5, ".yaml") == 0;
}

void layouts_load(const struct pack_layer folders[PATH_PACK_LAYERS], struct arena *a,
		  struct layouts *ret)
{
	*ret = (struct layouts){0};
	for (size_t i = 0; i < PATH_PACK_LAYERS; i++) {
		struct dirent **files;
		int n = scandir(folders[i].folder, &files, is_layout, alphasort);
		for (int k = 0; k < n; k++) {
			load_file(&folders[i], files[k]->d_name, a, ret);
			free(files[k]);
		}
		if (n >= 0)
			free(files);
	}
}

const struct layout *layouts_find(const struct layouts *l, const char *id,
				  const char **near, struct arena *a)
{
	const char **ids = arena_array(a, l->n + 1, sizeof(*ids));

	for (size_t i = 0; i < l->n; i++) {
		if (strcmp(l->v[i]->id, id) == 0)
			return l->v[i];
		ids[i] = l->v[i]->id;
	}
	*near = api_nearest(id, ids, l->n);
	return NULL;
}
