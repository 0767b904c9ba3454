/* Replays inputs through a fuzz harness without a fuzzer: each argument is a file, or a
 * folder of files. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static void die(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(1);
}

/* The input is copied into a block of exactly its size, so that a sanitizer sees each
 * byte read past it. */
static void replay_file(const char *path, size_t size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(size + (size == 0));
	if (!f || !data || fread(data, 1, size, f) != size)
		die(path);

	LLVMFuzzerTestOneInput(data, size);
	free(data);
	(void)fclose(f);
}

static size_t replay(const char *path);

static size_t replay_folder(const char *path)
{
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, alphasort);
	if (n < 0)
		die(path);

	size_t replayed = 0;
	for (int i = 0; i < n; i++) {
		char child[4096];
		snprintf(child, sizeof child, "%s/%s", path, entries[i]->d_name);
		if (entries[i]->d_name[0] != '.')
			replayed += replay(child);
		free(entries[i]);
	}
	free(entries);
	return replayed;
}

static size_t replay(const char *path)
{
	struct stat st;
	if (stat(path, &st) < 0)
		die(path);
	if (S_ISDIR(st.st_mode))
		return replay_folder(path);
	replay_file(path, (size_t)st.st_size);
	return 1;
}

int main(int argc, char **argv)
{
	if (LLVMFuzzerInitialize)
		LLVMFuzzerInitialize(&argc, &argv);

	size_t replayed = 0;
	for (int i = 1; i < argc; i++)
		replayed += replay(argv[i]);
	printf("%zu inputs replayed\n", replayed);
	return replayed == 0;
}
