#include "tests/support/transferred.h"

#include "daemon/upload/upload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

char *transferred_document(struct home *h, const char *params, int *pieces)
{
	char *text = NULL, *next = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&text, &n);
	int count = 0;

	do {
		json_t *p = json_loads(params, 0, NULL), *e;
		if (next)
			json_object_set_new(p, "after", json_string(next));
		free(next);
		json_t *r = home_try(h, "export.page", p, &e);
		assert_non_null(r);
		fputs(text_at(r, "text"), f);
		json_t *after = json_object_get(r, "next");
		next = json_is_string(after) ? strdup(json_string_value(after)) : NULL;
		json_decref(p);
		count++;
	} while (next);
	assert_int_equal(fclose(f), 0);
	if (pieces)
		*pieces = count;
	return text;
}

const char *transferred_upload(struct home *h, const char *text, const char *purpose)
{
	enum { PIECE = 256 << 10 };
	static char token[UPLOAD_TOKEN_SIZE];
	char params[96];
	size_t size = strlen(text);

	/* Only so many may be on their way. */
	snprintf(params, sizeof(params), "{\"token\": \"%s\"}", token);
	if (*token)
		home_call(h, "upload.drop", params);
	snprintf(params, sizeof(params), "{\"size\": %zu, \"purpose\": \"%s\"}", size,
		 purpose);
	snprintf(token, UPLOAD_TOKEN_SIZE, "%s",
		 text_at(home_call(h, "upload.begin", params), "token"));
	for (size_t sent = 0; sent < size;) {
		size_t n = size - sent < PIECE ? size - sent : PIECE;
		/* JSON wants whole characters. */
		while (sent + n < size && ((unsigned char)text[sent + n] & 0xc0) == 0x80)
			n--;
		json_t *e, *p = json_pack("{s:s, s:I, s:{s:s%}}", "token", token,
					  "offset", (json_int_t)sent, "data", "$bytes",
					  text + sent, n);
		assert_non_null(p);
		assert_non_null(home_try(h, "upload.write", p, &e));
		json_decref(p);
		sent += n;
	}
	return token;
}

json_t *transferred_load(struct home *h, const char *text, const char *params,
			 json_t **ret_error)
{
	json_t *p = json_loads(params, 0, NULL);

	assert_non_null(p);
	json_object_set_new(p, "upload",
			    json_string(transferred_upload(h, text, "records")));
	json_t *r = home_try(h, "records.load", p, ret_error);
	json_decref(p);
	return r;
}

char *transferred_replace(const char *text, const char *from, const char *to)
{
	char *all = NULL;
	const char *at;
	size_t n = 0;
	FILE *f = open_memstream(&all, &n);

	for (; (at = strstr(text, from)); text = at + strlen(from))
		fprintf(f, "%.*s%s", (int)(at - text), text, to);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	return all;
}
