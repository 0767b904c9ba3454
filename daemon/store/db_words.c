#include "daemon/store/db_words.h"

#include "common/search.h"
#include "common/similar.h"

#include <sqlite3.h>

enum { TEXTS_MOST = 8 };

static void give(sqlite3_context *c, const char *text)
{
	sqlite3_result_text(c, text, -1, SQLITE_TRANSIENT);
}

static void fold(sqlite3_context *c, int n, sqlite3_value **v)
{
	AUTO_ARENA a = {NULL};
	const char *text = (const char *)sqlite3_value_text(v[0]);

	(void)n;
	if (text)
		give(c, similar_fold(text, &a));
}

static void finds(sqlite3_context *c, int n, sqlite3_value **v)
{
	AUTO_ARENA a = {NULL};
	const char *words = (const char *)sqlite3_value_text(v[0]);
	const char *texts[TEXTS_MOST + 1];
	size_t many = 0;

	if (!words)
		return;
	for (int i = 1; i < n && many < TEXTS_MOST; i++) {
		const char *text = (const char *)sqlite3_value_text(v[i]);
		if (text)
			texts[many++] = similar_fold(text, &a);
	}
	texts[many] = search_plain(texts, many, &a);
	sqlite3_result_int(c, search_finds(search_words(words, &a), texts, many + 1));
}

int db_words(struct sqlite3 *handle)
{
	const int how = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
	int r = sqlite3_create_function_v2(handle, "pdh_fold", 1, how, NULL, fold, NULL,
					   NULL, NULL);

	return r != SQLITE_OK ? r
			      : sqlite3_create_function_v2(handle, "pdh_finds", -1, how,
							   NULL, finds, NULL, NULL, NULL);
}
