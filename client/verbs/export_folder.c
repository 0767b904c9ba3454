/* Activities as text, a file for each year, for eyes and for version control. */
#include "client/verbs/export.h"

#include "common/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { YEAR = 4, FIRST_LINE = 80 };

static void put(struct buf *b, const char *text)
{
	(void)buf_write(b, text, strlen(text)); /* without a ceiling */
}

static void first_line(const char *year, char ret[FIRST_LINE])
{
	snprintf(ret, FIRST_LINE, "Activities of %.4s, as pdh export --text wrote them\n",
		 year);
}

/* Further lines of a note stand below its first. */
static void put_field(struct buf *b, const char *name, const char *text)
{
	if (!*text)
		return;
	put(b, "  ");
	put(b, name);
	for (size_t n = strlen(name); n < 12; n++)
		put(b, " ");
	for (; *text; text++) {
		(void)buf_write(b, text, 1);
		if (*text == '\n')
			put(b, "              ");
	}
	put(b, "\n");
}

static void put_activity(struct buf *b, const struct export_lines *l, const json_t *o)
{
	static const char *const texts[] = {"provider", "provider_id", "place",
					    "approval", "course"};
	struct arena *a = l->arena;

	put(b, "\n");
	put(b, export_text(o, "done_on"));
	put(b, "  ");
	put(b, export_text(o, "title"));
	put(b, "\n");
	put_field(b, "credit", export_credit(json_object_get(o, "credit"), a));
	put_field(b, "first day", export_text(o, "from"));
	put_field(b, "kind", export_text(o, "kind"));
	put_field(b, "format", export_text(o, "format"));
	put_field(b, "role", export_text(o, "role"));
	put_field(b, "topics", export_list(json_object_get(o, "topics"), ", ", a));
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		put_field(b, i == 1 ? "number" : texts[i], export_text(o, texts[i]));
	put_field(b, "split", export_split(o, a));
	put_field(b, "planned", json_is_true(json_object_get(o, "planned")) ? "yes" : "");
	put_field(b, "duty time", json_is_true(json_object_get(o, "duty")) ? "yes" : "");
	put_field(b, "only for", export_scope(l, o, "only"));
	put_field(b, "not for", export_scope(l, o, "except"));
	put_field(b, "note", export_text(o, "note"));
	put_field(b, "uid", export_text(o, "uid"));
}

static int by_day(const void *x, const void *y)
{
	const json_t *a = *(json_t *const *)x, *b = *(json_t *const *)y;
	int days = strcmp(export_text(a, "done_on"), export_text(b, "done_on"));
	json_int_t i = json_integer_value(json_object_get(a, "id"));
	json_int_t k = json_integer_value(json_object_get(b, "id"));

	return days ? days : (i > k) - (i < k);
}

static bool says_the_same(const char *path, const struct buf *text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	bool same = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
		    st.st_size == (off_t)text->len;
	char *there = same ? malloc(text->len + 1) : NULL;

	same = there && read(fd, there, text->len) == (ssize_t)text->len &&
	       memcmp(there, text->data, text->len) == 0;
	free(there);
	if (fd >= 0)
		(void)close(fd);
	return same;
}

static int write_year(const struct export_lines *l, size_t from, size_t to,
		      const char *folder, struct err *e)
{
	const char *year = export_text(l->activities[from], "done_on");
	const char *path = arena_printf(l->arena, "%s/%.4s.txt", folder, year);
	char first[FIRST_LINE];
	AUTO_BUF text = {0};

	first_line(year, first);
	put(&text, first);
	for (size_t i = from; i < to; i++)
		put_activity(&text, l, l->activities[i]);
	return says_the_same(path, &text)
		       ? 0
		       : file_replace(path, text.data, text.len, 0600, e);
}

static bool is_of_year(const char *name)
{
	return strlen(name) == strlen("2026.txt") && strspn(name, "0123456789") == YEAR &&
	       strcmp(name + YEAR, ".txt") == 0;
}

static bool has_year(const struct export_lines *l, const char *year)
{
	for (size_t i = 0; i < l->n; i++)
		if (strncmp(export_text(l->activities[i], "done_on"), year, YEAR) == 0)
			return true;
	return false;
}

/* Only what begins as pdh begins it. */
static void remove_stale(const char *folder, const char *name, struct arena *a)
{
	const char *path = arena_printf(a, "%s/%s", folder, name);
	char first[FIRST_LINE], there[FIRST_LINE] = "";
	FILE *f = fopen(path, "re");

	first_line(name, first);
	if (f && fgets(there, sizeof(there), f) && strcmp(there, first) == 0)
		(void)unlink(path);
	if (f)
		(void)fclose(f);
}

static void remove_others(const struct export_lines *l, const char *folder)
{
	DIR *d = opendir(folder);
	const struct dirent *entry;

	while (d && (entry = readdir(d)))
		if (is_of_year(entry->d_name) && !has_year(l, entry->d_name))
			remove_stale(folder, entry->d_name, l->arena);
	if (d)
		(void)closedir(d);
}

int export_folder(const struct export_lines *l, const char *folder, bool all,
		  struct err *e)
{
	int r = 0;

	if (mkdir(folder, 0700) < 0 && errno != EEXIST)
		return err_set(e, -PDH_STORAGE, NULL, "cannot make %.300s: %s", folder,
			       strerror(errno));
	qsort(l->activities, l->n, sizeof(json_t *), by_day);
	for (size_t from = 0, to; r == 0 && from < l->n; from = to) {
		const char *year = export_text(l->activities[from], "done_on");
		for (to = from + 1;
		     to < l->n &&
		     strncmp(export_text(l->activities[to], "done_on"), year, YEAR) == 0;)
			to++;
		r = write_year(l, from, to, folder, e);
	}
	if (r == 0 && all)
		remove_others(l, folder);
	return r;
}
