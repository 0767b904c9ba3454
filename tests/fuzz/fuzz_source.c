/* Any bytes as a file of others: refused in one sentence, or rows whose texts pdh would keep. */
#include "client/read/source.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct arena kept;
static struct layouts layouts;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	const struct pack_layer folders[PATH_PACK_LAYERS] = {
		{"shipped", "schema/layouts"},
		{"system", "/nowhere"},
		{"own", "/nowhere"}};

	(void)argc;
	(void)argv;
	layouts_load(folders, &kept, &layouts);
	if (layouts.faults.n || layouts.n == 0)
		abort();
	return 0;
}

static void check(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(enum kind k, const char *text, struct arena *a)
{
	const char *clean;
	struct err why;

	if (text)
		check(kind_check_text(k, text, strlen(text), a, &clean, &why) == 0);
}

static void check_row(const struct read_row *row, bool proposal, struct arena *a)
{
	const struct read_activity *v = &row->activity;

	check_text(KIND_NOTE, row->why, a);
	if (row->state != READ_TAKEN)
		return;
	check(v->title && *v->title && date_in_bounds(v->done_on));
	/* A badge may say no hours. */
	check(v->credit.unit || proposal);
	check(!v->credit.unit || (v->credit.exact > 0 && v->credit.exact <= CREDIT_MAX));
	check_text(KIND_TEXT, v->title, a);
	check_text(KIND_WORD, v->kind, a);
	check_text(KIND_PROVIDER, v->provider, a);
	check_text(KIND_NOTE, v->note, a);
	check_text(KIND_TEXT, v->source_id, a);
	for (size_t i = 0; i < v->topics.n; i++)
		check_text(KIND_TOPIC, v->topics.v[i], a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA a = {NULL};
	const struct decoder decoder = {0};
	struct read_options o = {.today = date_make(2026, 3, 14)};
	struct read_result result;
	struct err e = {0};

	/* The first byte chooses what a person may say. */
	if (size > 0 && (data[0] & 0x80) == 0) {
		o.unit = data[0] & 1 ? "hour" : NULL;
		o.dates = data[0] & 2 ? "d/m/y" : NULL;
		o.lenient = data[0] & 4;
	}
	if (source_read(&(struct source){(const char *)data, size, &layouts, &decoder},
			&o, &a, &result, &e) < 0) {
		check(*e.message && !strpbrk(e.message, "\t\r\n"));
		return 0;
	}
	for (size_t i = 0; i < result.n; i++)
		check_row(&result.rows[i], result.proposal, &a);
	return 0;
}
