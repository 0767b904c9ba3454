/* pdh import --save-layout: what the columns of a file were taken for becomes one of the person's own layouts. */
#include "client/verbs/import_parts.h"

#include "common/ascii.h"
#include "common/paths.h"
#include "common/replace.h"
#include "common/texts.h"
#include "common/yaml_text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME_MOST = 64, OWN = PATH_PACK_LAYERS - 1 };

/* As the layouts themselves want it; so it is no path either. */
int import_keep_name(const char *name, struct err *e)
{
	bool good = !name || (*name >= 'a' && *name <= 'z' && strlen(name) <= NAME_MOST);

	for (const char *p = name ? name : ""; good && *p; p++)
		good = (*p >= 'a' && *p <= 'z') || ascii_is_digit(*p) || *p == '-';
	return good ? 0
		    : err_set(e, -PDH_USAGE, "save_layout",
			      "a layout is named in lower-case letters, digits and -, "
			      "beginning with a letter; at most %d of them",
			      NAME_MOST);
}

static const char *path_in(const struct pack_layer *layer, const char *name,
			   struct arena *a)
{
	return arena_printf(a, "%s/%s.yaml", layer->folder, name);
}

/* One's own would stand in for the one of this name that others brought. */
static int check_others(const struct pack_layer *layers, const char *name,
			struct arena *a, struct err *e)
{
	for (size_t i = 0; i < OWN; i++)
		if (access(path_in(&layers[i], name, a), F_OK) == 0)
			return err_set(e, -PDH_DUPLICATE, "save_layout",
				       "%.60s is the name of a layout in %.200s; choose "
				       "another",
				       name, layers[i].folder);
	return 0;
}

/* 1: the file says just this; 0: there is none; -PDH_DUPLICATE: it says something else. */
static int compare(const char *path, const char *text, struct err *e)
{
	size_t n = strlen(text);
	FILE *f = fopen(path, "re");

	if (!f && errno == ENOENT)
		return 0;
	char *there = f ? calloc(1, n + 2) : NULL;
	bool same =
		there && fread(there, 1, n + 1, f) == n && memcmp(there, text, n) == 0;
	free(there);
	if (f)
		(void)fclose(f);
	if (same)
		return 1;
	err_set(e, -PDH_DUPLICATE, "save_layout", "%.300s is there and says otherwise",
		path);
	return err_hint(e, "choose another name, or remove it");
}

/* pdh-read looks into files of others, so its answer is checked too. */
static int check_text(const char *text, struct err *e)
{
	enum { TEXT_MOST = 256 << 10 };
	int line;

	if (!text)
		return err_set(
			e, -PDH_REFUSED, "save_layout",
			"a file of this kind has no columns; a layout is made of a "
			"table");
	if (strlen(text) > TEXT_MOST || yaml_text_fault(text, strlen(text), &line))
		return err_set(e, -PDH_REFUSED, "save_layout",
			       "no layout can be made of this heading");
	return 0;
}

int import_keep(struct import_file *f, const char *name, bool dry_run, struct arena *a,
		const char **ret_made, struct err *e)
{
	struct pack_layer layers[PATH_PACK_LAYERS];

	*ret_made = NULL;
	if (!name)
		return 0;
	int r = check_text(f->layout, e);
	if (r == 0)
		r = path_layouts(a, layers, e);
	if (r == 0)
		r = check_others(layers, name, a, e);
	if (r < 0)
		return r;
	const char *path = path_in(&layers[OWN], name, a);
	r = compare(path, f->layout, e);
	if (r != 0 || dry_run)
		return r < 0 ? r : 0;
	r = path_make_parent(path, e);
	if (r == 0)
		r = file_replace(path, f->layout, strlen(f->layout), 0644, e);
	if (r < 0)
		return r;
	*ret_made = path;
	texts_add(&f->head.notes,
		  arena_printf(a, "the next file with this heading is read by %s", path),
		  a);
	return 0;
}
