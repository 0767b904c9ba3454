/* pdh-pdf: a document in JSON on standard input (client/doc/json.c), as PDF on standard output. It is a program of its own
 * because what it is made of takes longer to load than pdh takes for all it does.
 *
 *   pdh-pdf DAY     when the document was made, as 2026-03-14; SOURCE_DATE_EPOCH has the last word
 *
 * Exit status 0, or 1 with a sentence on standard error. */
#include "client/pdf/blocks.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { DAY_SIZE = 32 };

/* "2026-03-14T00:00:00Z": the same bytes on every run and in every zone. */
static bool read_day(const char *day, char out[DAY_SIZE])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	char *end = NULL;
	struct tm tm;

	if (epoch && *epoch) {
		time_t t = (time_t)strtoll(epoch, &end, 10);
		return *end == '\0' && gmtime_r(&t, &tm) &&
		       strftime(out, DAY_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0;
	}
	if (strlen(day) != strlen("2026-03-14") ||
	    strspn(day, "0123456789-") != strlen(day))
		return false;
	(void)snprintf(out, DAY_SIZE, "%sT00:00:00Z", day);
	return true;
}

static int fail(const char *text)
{
	(void)fprintf(stderr, "pdh-pdf: %s\n", text);
	return 1;
}

static void tell_unknown(const struct paper *p)
{
	if (p->unknown_n == 0)
		return;
	(void)fputs("pdh: note: no font here has", stderr);
	for (size_t i = 0; i < p->unknown_n; i++) {
		char text[8] = "";
		text[g_unichar_to_utf8(p->unknown[i], text)] = '\0';
		(void)fprintf(stderr, "%s %s (U+%04X)", i ? "," : "", text,
			      (unsigned)p->unknown[i]);
	}
	(void)fputs("; a box stands for each. Debian has fonts-noto-cjk and others\n",
		    stderr);
}

int main(int argc, char **argv)
{
	char day[DAY_SIZE];
	struct paper p;
	json_error_t e;

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	if (argc != 2 || !read_day(argv[1], day))
		return fail("it takes a day, such as 2026-03-14");
	json_t *document = json_loadf(stdin, JSON_REJECT_DUPLICATES, &e);
	const char *title = json_string_value(json_object_get(document, "title"));
	if (!title) {
		json_decref(document);
		return fail("the input is not a document");
	}
	if (!paper_begin(&p, stdout, title, day))
		return fail("no PDF can be made here");
	blocks_put(&p, document);
	json_decref(document);
	const char *wrong = paper_end(&p);
	if (wrong || fflush(stdout) != 0)
		return fail(wrong ? wrong : "the PDF cannot be written");
	tell_unknown(&p);
	return 0;
}
