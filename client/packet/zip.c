#include "client/packet/packet.h"

#include "common/date.h"

#include <string.h>
#include <sys/stat.h>
#include <zip.h>

#define FILE_MODE (UINT32_C(0100644) << 16)

static int fail(zip_t *z, const char *what, struct err *e)
{
	err_set(e, -PDH_STORAGE, NULL, "%.200s: %s", what, zip_strerror(z));
	zip_discard(z);
	return e->code;
}

/* Days in a zip begin with 1980. */
static zip_uint16_t dos_day(civil_day day)
{
	int year, month, of_month;

	date_split(day, &year, &month, &of_month);
	year = year < 1980 ? 1980 : year;
	return (zip_uint16_t)((year - 1980) << 9 | month << 5 | of_month);
}

static int add(zip_t *z, const char *path, const char *name, zip_uint16_t day)
{
	zip_source_t *from = zip_source_file(z, path, 0, -1);

	if (!from)
		return -1;
	zip_int64_t at = zip_file_add(z, name, from, ZIP_FL_ENC_UTF_8);
	if (at < 0) {
		zip_source_free(from);
		return -1;
	}
	zip_uint64_t i = (zip_uint64_t)at;
	return zip_set_file_compression(z, i, ZIP_CM_STORE, 0) < 0 ||
			       zip_file_set_dostime(z, i, 0, day, 0) < 0 ||
			       zip_file_set_external_attributes(z, i, 0, ZIP_OPSYS_UNIX,
								FILE_MODE) < 0
		       ? -1
		       : 0;
}

int packet_zip(const char *folder, const char *file, const char *day, struct err *e)
{
	AUTO_ARENA a = {NULL};
	struct packet_files files;
	const char *slash = strrchr(folder, '/');
	civil_day date;
	int why;

	int r = date_parse_iso(day, &date, e);
	if (r == 0)
		r = packet_list(folder, &a, &files, e);
	if (r < 0)
		return r;
	zip_t *z = zip_open(file, ZIP_CREATE | ZIP_EXCL, &why);
	if (!z)
		return err_set(e, -PDH_STORAGE, NULL, "%.200s cannot be made", file);
	for (size_t i = 0; i < files.n; i++) {
		const char *path = arena_printf(&a, "%s/%s", folder, files.v[i]);
		const char *name =
			arena_printf(&a, "%s/%s", slash ? slash + 1 : folder, files.v[i]);
		if (add(z, path, name, dos_day(date)) < 0)
			return fail(z, path, e);
	}
	return zip_close(z) < 0 ? fail(z, file, e) : 0;
}
