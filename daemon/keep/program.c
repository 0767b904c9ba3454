/* pdhd --keep backup|restore|reset: what pdh runs, and its answer on standard output. */
#include "common/clock.h"
#include "common/paths.h"
#include "daemon/keep/keep.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(const char *name, const char *value)
{
	if (value)
		printf("%s %s\n", name, value);
}

static void say_number(const char *name, int64_t value)
{
	printf("%s %" PRId64 "\n", name, value);
}

static void say_done(const struct keep *k)
{
	say("folder", k->made ? k->made : k->folder);
	say("kept", k->kept);
	say_number("bytes", k->bytes);
	say_number("proofs", k->proofs_n);
	say_number("added", k->added);
	say_number("removed", k->removed);
	say_number("activities", k->activities);
	say_number("before", k->before);
	say_number("changes", k->changes);
}

static void say_error(const struct err *e)
{
	say("error", err_kind(e->code)->word);
	say("message", e->message);
	if (e->hint[0])
		say("hint", e->hint);
}

static int find_paths(struct keep *k, struct err *e)
{
	int r = path_database(k->arena, &k->database, e);

	if (r == 0)
		r = path_backups(k->arena, &k->backups, e);
	if (r == 0)
		k->proofs = path_evidence(k->arena, k->database);
	return r;
}

/* Words in pairs: what pdh gives is right, and whoever else calls this is told so. */
static int read_words(struct keep *k, int argc, char **argv, struct err *e)
{
	for (int i = 0; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "to") == 0)
			k->to = argv[i + 1];
		else if (strcmp(argv[i], "folder") == 0)
			k->folder = argv[i + 1];
		else if (strcmp(argv[i], "most") == 0)
			k->most = strtoll(argv[i + 1], NULL, 10);
		else if (strcmp(argv[i], "dry-run") == 0)
			k->dry_run = strcmp(argv[i + 1], "yes") == 0;
		else
			return err_set(e, -PDH_USAGE, NULL, "--keep knows no \"%.40s\"",
				       argv[i]);
	}
	if (k->most < KEEP_LEAST)
		k->most = KEEP_LEAST;
	return 0;
}

static int run(struct keep *k, const char *what, struct err *e)
{
	if (strcmp(what, "backup") == 0)
		return keep_backup(k, e);
	if (strcmp(what, "restore") == 0 && k->folder)
		return keep_restore(k, e);
	if (strcmp(what, "reset") == 0)
		return keep_reset(k, e);
	return err_set(e, -PDH_USAGE, NULL, "--keep takes backup, restore or reset");
}

int keep_main(int argc, char **argv)
{
	AUTO_ARENA a = {0};
	struct keep k = {.arena = &a, .most = KEEP_USUAL, .now = clock_now()};
	struct err e;
	int r = argc < 1 ? err_set(&e, -PDH_USAGE, NULL,
				   "--keep takes backup, restore or reset")
			 : read_words(&k, argc - 1, argv + 1, &e);

	if (r == 0)
		r = find_paths(&k, &e);
	if (r == 0)
		r = keep_take_turn(k.backups, &k, &e);
	if (r == 0)
		r = run(&k, argv[0], &e);
	if (r < 0)
		say_error(&e);
	else
		say_done(&k);
	return r < 0 ? err_kind(r)->exit_status : 0;
}
