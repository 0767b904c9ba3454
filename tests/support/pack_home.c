#include "tests/support/pack_home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

int pack_home_open(void **state)
{
	static const char *const names[] = {"shipped", "system", "own"};
	struct pack_home *h = calloc(1, sizeof(*h));
	struct pack_layer layers[PATH_PACK_LAYERS];
	const char *tmp = getenv("TMPDIR");

	assert_non_null(h);
	snprintf(h->folder, sizeof(h->folder), "%.40s/pdh-packs-XXXXXX",
		 tmp ? tmp : "/tmp");
	assert_non_null(mkdtemp(h->folder));
	for (size_t i = 0; i < PATH_PACK_LAYERS; i++) {
		const char *path = arena_printf(&h->arena, "%s/%s", h->folder, names[i]);
		assert_int_equal(mkdir(path, 0700), 0);
		layers[i] = (struct pack_layer){names[i], path};
	}
	h->library = pack_library_new(layers);
	*state = h;
	return 0;
}

int pack_home_close(void **state)
{
	struct pack_home *h = *state;

	pack_library_free(h->library);
	int r = system(arena_printf(&h->arena, "rm -rf %s", h->folder));
	arena_done(&h->arena);
	free(h);
	return r;
}

void pack_home_put(struct pack_home *h, const char *layer, const char *name,
		   const char *text)
{
	FILE *f = fopen(arena_printf(&h->arena, "%s/%s/%s", h->folder, layer, name), "w");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

const struct pack *pack_home_find(struct pack_home *h, const char *id)
{
	const struct pack *p;
	struct err e;

	if (pack_library_find(h->library, id, &p, &e) < 0)
		fail_msg("%s", e.message);
	return p;
}

void pack_home_told(struct pack_home *h, const char *says)
{
	const struct pack *const *packs;
	struct texts problems;
	size_t n;

	pack_library_all(h->library, &packs, &n, &problems);
	for (size_t i = 0; i < problems.n; i++) {
		size_t len = strlen(problems.v[i]), want = strlen(says);
		if (len >= want && strcmp(problems.v[i] + len - want, says) == 0)
			return;
		print_error("told: %s\n", problems.v[i]);
	}
	fail_msg("nothing says %s", says);
}
