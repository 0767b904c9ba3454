#include "client/packet/packet.h"

#include "common/sha256.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define MANIFEST "manifest-sha256.txt"
#define TAGS	 "tagmanifest-sha256.txt"

static int hash(const char *path, char out[SHA256_TEXT_SIZE], struct err *e)
{
	static unsigned char piece[64 << 10];
	struct sha256 h;
	FILE *f = fopen(path, "re");
	size_t n;

	if (!f)
		return err_set(e, -PDH_FAILED, NULL, "%.200s: %s", path, strerror(errno));
	sha256_begin(&h);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		sha256_add(&h, piece, n);
	bool whole = !ferror(f);
	(void)fclose(f);
	if (!whole)
		return err_set(e, -PDH_FAILED, NULL, "%.200s cannot be read", path);
	sha256_text(&h, out);
	return 0;
}

static bool is_payload(const char *path)
{
	return strncmp(path, "data/", strlen("data/")) == 0;
}

/* As sha256sum reads it: two blanks between digest and path. */
static int write_manifest(const char *folder, const char *name, bool payload,
			  struct arena *a, struct err *e)
{
	const char *path = arena_printf(a, "%s/%s", folder, name);
	char digest[SHA256_TEXT_SIZE];
	struct packet_files files;
	int r = packet_list(folder, a, &files, e);

	if (r < 0)
		return r;
	FILE *out = fopen(path, "wxe");
	if (!out)
		return err_set(e, -PDH_STORAGE, NULL, "%.200s: %s", path,
			       strerror(errno));
	for (size_t i = 0; r == 0 && i < files.n; i++) {
		bool own = strcmp(files.v[i], "pdh.pub") == 0;
		if (own || is_payload(files.v[i]) != payload)
			continue;
		r = hash(arena_printf(a, "%s/%s", folder, files.v[i]), digest, e);
		if (r == 0)
			(void)fprintf(out, "%s  %s\n", digest, files.v[i]);
	}
	if (fclose(out) != 0 && r == 0)
		r = err_set(e, -PDH_STORAGE, NULL, "%.200s cannot be written", path);
	return r;
}

int packet_seal(const char *folder, struct err *e)
{
	AUTO_ARENA a = {NULL};
	int r = write_manifest(folder, MANIFEST, true, &a, e);

	return r < 0 ? r : write_manifest(folder, TAGS, false, &a, e);
}
