/* What must hold of the one table, and that no released part of it changed. */
#include "common/api.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void names_are_unique_and_said_in_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct method *m = &api_methods[i];
		size_t n = strlen(m->doc);
		assert_true(n > 5 && m->doc[n - 1] == '.' &&
			    isupper((unsigned char)m->doc[0]));
		assert_true(m->level >= 1 && m->level <= PDH_API_LEVEL);
		assert_true((m->access == ACCESS_LOCAL) == (m->name[0] == '\0'));
		for (size_t j = 0; j < i; j++) {
			assert_true(!m->name[0] ||
				    strcmp(m->name, api_methods[j].name) != 0);
			assert_true(!m->verb[0] ||
				    strcmp(m->verb, api_methods[j].verb) != 0);
		}
	}
}

static void check_shape(const struct shape *s)
{
	assert_true(s->n < 64); /* one bit for each while reading */
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];
		size_t n = strlen(f->doc);
		if (n < 4 || f->doc[n - 1] != '.')
			fail_msg("%s.%s says: %s", s->name, f->name, f->doc);
		assert_true((f->kind == KIND_LIST || f->kind == KIND_RECORD) ==
			    (f->of != NULL));
		assert_ptr_equal(shape_find(s, f->name, strlen(f->name)), f);
	}
}

static void every_field_is_documented(void **state)
{
	(void)state;
	for (size_t i = 0; i < METHOD_COUNT; i++)
		check_shape(api_methods[i].params);
	for (size_t i = 0; i < api_record_count; i++)
		check_shape(api_records[i]);
}

/* No flag of a verb is there twice, and places are filled from the first. */
static void command_lines_are_unambiguous(void **state)
{
	(void)state;
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct shape *s = api_methods[i].params;
		char seen[2048] = ",";
		int places = 0;
		for (size_t j = 0; j < s->n; j++) {
			char flags[64], *save;
			snprintf(flags, sizeof(flags), "%s", s->fields[j].how);
			if (isdigit((unsigned char)flags[0])) {
				assert_int_equal(flags[0] - '0', ++places);
				continue;
			}
			for (char *f = strtok_r(flags, ",", &save); f;
			     f = strtok_r(NULL, ",", &save)) {
				char key[64];
				snprintf(key, sizeof(key), ",%s,", f);
				if (strstr(seen, key))
					fail_msg("%s has %s twice", s->name, f);
				strcat(seen, key + 1);
			}
		}
	}
}

static void a_near_word_is_found_and_a_far_one_is_not(void **state)
{
	static const char *const words[] = {"log", "list", "status", "credential add"};

	(void)state;
	assert_string_equal(api_nearest("lst", words, 4), "list");
	assert_string_equal(api_nearest("statsu", words, 4), "status");
	assert_null(api_nearest("x", words, 4));
	assert_null(api_nearest("teleport", words, 4));
	assert_null(api_nearest("", words, 4));
}

/* A word that is one of a few is a word on the wire. */
static const char *wire_kind(enum kind k)
{
	return kind_words(k) ? "WORD" : kind_row(k)->name;
}

static void print_shape(FILE *f, const char *what, const struct shape *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct field *p = &s->fields[i];
		fprintf(f, "%s.%s %s%s%s%s\n", what, p->name, wire_kind(p->kind),
			p->of ? " of " : "", p->of ? p->of->name : "",
			p->required ? " needed" : "");
	}
}

/* One line for each thing a client may rely on. */
static void print_api(FILE *f)
{
	char what[96];

	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct method *m = &api_methods[i];
		if (m->access == ACCESS_LOCAL)
			continue;
		fprintf(f, "method %s %s -> %s\n", m->name, api_access_word(m->access),
			m->result->name);
		snprintf(what, sizeof(what), "  %s", m->name);
		print_shape(f, what, m->params);
	}
	for (size_t i = 0; i < api_record_count; i++) {
		fprintf(f, "record %s\n", api_records[i]->name);
		snprintf(what, sizeof(what), "  %s", api_records[i]->name);
		print_shape(f, what, api_records[i]);
	}
}

/* Lines are added to a level's file while it is not released, and never taken away after. To write the
 * file of a new level: PDH_WRITE_GOLDEN=1 make unit T=api */
static void nothing_released_has_changed(void **state)
{
	char *now, line[256];
	size_t n;
	FILE *f = open_memstream(&now, &n);

	(void)state;
	print_api(f);
	fclose(f);
	if (getenv("PDH_WRITE_GOLDEN")) {
		f = fopen("tests/golden/api-1.txt", "w");
		fputs(now, f);
		fclose(f);
	}
	f = fopen("tests/golden/api-1.txt", "r");
	assert_non_null(f);
	while (fgets(line, sizeof(line), f))
		if (!strstr(now, line))
			fail_msg("level 1 had: %s", line);
	fclose(f);
	free(now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_unique_and_said_in_words),
		cmocka_unit_test(every_field_is_documented),
		cmocka_unit_test(command_lines_are_unambiguous),
		cmocka_unit_test(a_near_word_is_found_and_a_far_one_is_not),
		cmocka_unit_test(nothing_released_has_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
