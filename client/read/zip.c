#include "client/read/zip.h"

#include <zip.h>

int zip_file_open(struct zip_file *z, const char *bytes, size_t n, size_t most,
		  struct err *e)
{
	zip_error_t why;

	zip_error_init(&why);
	*z = (struct zip_file){.left = most, .most = most};
	zip_source_t *source = zip_source_buffer_create(bytes, n, 0, &why);
	if (source)
		z->zip = zip_open_from_source(source, ZIP_RDONLY, &why);
	if (source && !z->zip)
		zip_source_free(source);
	if (!z->zip)
		err_set(e, -PDH_REFUSED, NULL,
			"it is packed in a way that cannot be read: %s",
			zip_error_strerror(&why));
	zip_error_fini(&why);
	return z->zip ? 0 : e->code;
}

void zip_file_close(struct zip_file *z)
{
	zip_discard(z->zip);
	z->zip = NULL;
}

bool zip_file_has(const struct zip_file *z, const char *name)
{
	return zip_name_locate(z->zip, name, 0) >= 0;
}

static int refuse(const char *name, const char *what, struct err *e)
{
	return err_set(e, -PDH_REFUSED, NULL, "%.80s in it %s", name, what);
}

static int too_large(const struct zip_file *z, struct err *e)
{
	return err_set(e, -PDH_TOO_LARGE, NULL, "more than %zu MiB unpacked",
		       z->most >> 20);
}

int zip_file_member(struct zip_file *z, const char *name, struct arena *a,
		    const char **ret, size_t *ret_n, struct err *e)
{
	zip_stat_t st;
	zip_int64_t got = 1;
	size_t n = 0;

	if (zip_stat(z->zip, name, 0, &st) < 0 || !(st.valid & ZIP_STAT_SIZE))
		return refuse(name, "is missing", e);
	if (st.size > z->left)
		return too_large(z, e);
	zip_file_t *f = zip_fopen(z->zip, name, 0);
	if (!f)
		return refuse(name, "cannot be unpacked", e);
	char *text = arena_alloc(a, st.size + 1);
	while (got > 0 && n < st.size) {
		got = zip_fread(f, text + n, st.size - n);
		n += got > 0 ? (size_t)got : 0;
	}
	/* What says that it is smaller than it is. */
	char more;
	bool longer = got >= 0 && n == st.size && zip_fread(f, &more, 1) > 0;
	(void)zip_fclose(f);
	if (longer)
		return refuse(name, "is longer than it says", e);
	if (got < 0 || n < st.size)
		return refuse(name, "is damaged", e);
	z->left -= n;
	*ret = text;
	*ret_n = n;
	return 0;
}
