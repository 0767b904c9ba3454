/* Judges a record of many entries under the shipped pack that has the most rules, and adds
 * the same entries up in SQL, in turn; prints the medians in nanoseconds, ours first, and
 * the name of the pack. judge ENTRIES ROUNDS PACK... */
#include "daemon/judge/classes.h"
#include "daemon/pack/file.h"
#include "daemon/pack/pack.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct bench {
	struct arena arena;
	struct pack pack; /* the richest */
	struct classes classes;
	struct entry *entries;
	size_t n;
	sqlite3 *db;
	sqlite3_stmt *sum;
};

static void die(const char *what)
{
	fprintf(stderr, "judge: %s\n", what);
	exit(1);
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void load(struct bench *b, const char *path)
{
	struct pack p;
	struct err e;
	char *text;
	size_t n;

	if (pack_file_read(path, &text, &n) ||
	    pack_parse(text, n, path, &b->arena, &p, &e))
		die(path);
	free(text);
	if (p.rules.n > b->pack.rules.n)
		b->pack = p;
}

/* The words that the pack's selectors ask for, so that its rules have something to do. */
static const char *word_of(const struct ruleset *rules, enum rule_attr attr, size_t which)
{
	const char *found = NULL;

	for (size_t i = 0, n = 0; i < rules->where_count; i++)
		for (size_t t = 0; t < rules->wheres[i].n; t++) {
			const struct where_term *term = &rules->wheres[i].terms[t];
			if (term->attr == attr && (!found || n == which % 8))
				found = term->words.v[which % term->words.n];
			n += term->attr == attr;
		}
	return which % 4 ? found : NULL;
}

static void fill(struct bench *b)
{
	civil_day from = date_make(2021, 7, 1);
	sqlite3_stmt *insert;

	b->entries = calloc(b->n, sizeof(*b->entries));
	if (!b->entries || sqlite3_open(":memory:", &b->db) ||
	    sqlite3_exec(
		    b->db,
		    "CREATE TABLE activity (id INTEGER PRIMARY KEY, done_on TEXT NOT "
		    "NULL, credit INTEGER NOT NULL) STRICT;"
		    "CREATE INDEX activity_by_day ON activity (done_on);",
		    NULL, NULL, NULL) ||
	    sqlite3_prepare_v2(b->db, "INSERT INTO activity VALUES (?, ?, ?)", -1,
			       &insert, NULL))
		die("database");
	for (size_t i = 0; i < b->n; i++) {
		const struct ruleset *rules = &b->pack.rules;
		const struct entry_words words = {
			.kind = word_of(rules, ATTR_KIND, i % 23),
			.format = word_of(rules, ATTR_FORMAT, i % 7),
			.topics = word_of(rules, ATTR_TOPIC, i % 31),
			.approval = "approved",
			.unit = "hour",
		};
		char day[DATE_ISO_SIZE];
		b->entries[i] =
			(struct entry){.id = (int64_t)i + 1,
				       .amount = (1 + (int64_t)i % 5) * CREDIT_ONE / 2,
				       .done_on = from + (civil_day)(i * 1800 / b->n),
				       .class = classes_of(&b->classes, &words)};
		date_format_iso(b->entries[i].done_on, day);
		sqlite3_bind_int64(insert, 1, b->entries[i].id);
		sqlite3_bind_text(insert, 2, day, -1, SQLITE_TRANSIENT);
		sqlite3_bind_int64(insert, 3, b->entries[i].amount);
		if (sqlite3_step(insert) != SQLITE_DONE)
			die("insert");
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	if (sqlite3_prepare_v2(b->db,
			       "SELECT sum(credit) FROM activity WHERE done_on BETWEEN "
			       "'2021-07-01' AND '2026-06-30'",
			       -1, &b->sum, NULL))
		die("sum");
}

static int64_t judge(const struct bench *b)
{
	const struct rule_facts nobody = {.issued = DATE_NONE};
	struct arena a = {NULL};
	struct verdict v;

	int64_t begun = now_ns();
	rules_evaluate(&(struct rules_case){.rules = &b->pack.rules,
					    .period = {date_make(2021, 7, 1),
						       date_make(2026, 6, 30)},
					    .day = date_make(2026, 6, 30),
					    .facts = &nobody,
					    .classes = b->classes.v,
					    .class_count = b->classes.n,
					    .entries = b->entries,
					    .n = b->n},
		       &a, &v);
	arena_done(&a);
	return now_ns() - begun;
}

static int64_t add_up(const struct bench *b)
{
	int64_t begun = now_ns();

	if (sqlite3_step(b->sum) != SQLITE_ROW || sqlite3_column_int64(b->sum, 0) <= 0)
		die("sum");
	sqlite3_reset(b->sum);
	return now_ns() - begun;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	enum { ROUNDS_MAX = 1000 };
	static int64_t ours[ROUNDS_MAX], floor[ROUNDS_MAX];
	struct bench b = {.n = argc > 3 ? strtoul(argv[1], NULL, 10) : 0};
	size_t rounds = argc > 3 ? strtoul(argv[2], NULL, 10) : 0;

	if (b.n == 0 || rounds == 0 || rounds > ROUNDS_MAX)
		die("judge ENTRIES ROUNDS PACK...");
	for (int i = 3; i < argc; i++)
		load(&b, argv[i]);
	fill(&b);
	for (size_t i = 0; i < rounds; i++) {
		ours[i] = judge(&b);
		floor[i] = add_up(&b);
	}
	qsort(ours, rounds, sizeof(*ours), by_size);
	qsort(floor, rounds, sizeof(*floor), by_size);
	printf("%lld %lld %s\n", (long long)ours[rounds / 2],
	       (long long)floor[rounds / 2], b.pack.id);
	sqlite3_finalize(b.sum);
	sqlite3_close(b.db);
	classes_done(&b.classes);
	arena_done(&b.arena);
	free(b.entries);
	return 0;
}
