/* pdh backup, restore and reset: pdhd does it in a process of its own, so that no daemon waits for it. */
#include "client/verbs/ask.h"
#include "client/verbs/run_parts.h"
#include "common/files.h"
#include "common/paths.h"
#include "common/texts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_NO_PROGRAM = 127 };

/* ---- the program -------------------------------------------------------------------------------------- */

/* Its log is for a daemon. */
static _Noreturn void become(char *const *words, int out)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 ||
	    dup2(out, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0)
		_exit(EXIT_NO_PROGRAM);
	execv(words[0], words);
	_exit(EXIT_NO_PROGRAM);
}

static int run_program(struct run *r, char *const *words, struct buf *ret)
{
	int ends[2], status = 0;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_set(r->e, -PDH_FAILED, NULL, "cannot start pdhd: %s",
			       strerror(errno));
	pid_t child = fork();
	if (child == 0)
		become(words, ends[1]);
	(void)close(ends[1]);
	int s = child < 0 ? -1 : file_read_all(ends[0], ret);
	(void)close(ends[0]);
	while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	(void)buf_write(ret, "", 1);
	return s == 0 && ret->len > 1
		       ? 0
		       : err_set(r->e, -PDH_FAILED, NULL,
				 "pdhd, which does this, could not be started or was ended");
}

/* ---- its answer --------------------------------------------------------------------------------------- */

struct kept_answer {
	const char *error, *message, *hint, *folder, *kept;
	int64_t bytes, proofs, added, removed, activities, before, changes;
};

static void take(struct kept_answer *to, const char *name, const char *value)
{
	const struct {
		const char *name, **text;
		int64_t *number;
	} all[] = {
		{"error", &to->error, NULL},	 {"message", &to->message, NULL},
		{"hint", &to->hint, NULL},	 {"folder", &to->folder, NULL},
		{"kept", &to->kept, NULL},	 {"bytes", NULL, &to->bytes},
		{"proofs", NULL, &to->proofs},	 {"added", NULL, &to->added},
		{"removed", NULL, &to->removed}, {"activities", NULL, &to->activities},
		{"before", NULL, &to->before},	 {"changes", NULL, &to->changes},
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (strcmp(all[i].name, name) != 0)
			continue;
		if (all[i].text)
			*all[i].text = value;
		else
			*all[i].number = strtoll(value, NULL, 10);
	}
}

static int blame(struct run *r, const struct kept_answer *ans)
{
	int code = PDH_FAILED;
	size_t n;
	const struct err_kind *kinds = err_kinds(&n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(kinds[i].word, ans->error) == 0)
			code = kinds[i].code;
	err_set(r->e, -code, NULL, "%s", ans->message ? ans->message : "it failed");
	if (ans->hint)
		err_hint(r->e, "%s", ans->hint);
	return -code;
}

static int keep(struct run *r, const struct texts *words, struct kept_answer *ret)
{
	struct arena *a = r->c->arena;
	const char *program;
	char **v = arena_array(a, words->n + 3, sizeof(*v)), *rest = NULL;
	AUTO_BUF text = {0};
	int s = path_sibling(a, "pdhd", &program, r->e);

	if (s < 0)
		return s;
	v[0] = arena_dup(a, program);
	v[1] = arena_dup(a, "--keep");
	for (size_t i = 0; i < words->n; i++)
		v[i + 2] = arena_dup(a, words->v[i]);
	v[words->n + 2] = NULL;
	s = run_program(r, v, &text);
	if (s < 0)
		return s;
	*ret = (struct kept_answer){.error = NULL};
	char *lines = arena_dup(a, text.data);
	for (char *line = strtok_r(lines, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		char *space = strchr(line, ' ');
		if (!space)
			continue;
		*space = '\0';
		take(ret, line, space + 1);
	}
	return ret->error ? blame(r, ret) : 0;
}

/* A path means the same wherever the program is started. */
static int add_path(struct run *r, struct texts *words, const char *name,
		    const char *path)
{
	char folder[4096];

	texts_add(words, name, r->c->arena);
	if (*path == '/') {
		texts_add(words, path, r->c->arena);
		return 0;
	}
	if (!getcwd(folder, sizeof(folder)))
		return err_set(r->e, -PDH_FAILED, NULL, "cannot tell the folder: %s",
			       strerror(errno));
	texts_add(words, arena_printf(r->c->arena, "%s/%s", folder, path), r->c->arena);
	return 0;
}

static void add_dry_run(struct run *r, struct texts *words)
{
	texts_add(words, "dry-run", r->c->arena);
	texts_add(words, r->o->dry_run ? "yes" : "no", r->c->arena);
}

/* ---- verbs -------------------------------------------------------------------------------------------- */

int own_backup(struct run *r)
{
	enum { LEAST = 3 };
	const struct backup_params *p = r->command->params;
	struct texts words = {0};
	struct kept_answer ans;
	struct backed_up done;

	if (p->keep != INT_NONE && p->keep < LEAST)
		return err_set(r->e, -PDH_USAGE, "keep",
			       "must be %d or more: fewer backups are too few", LEAST);
	texts_add(&words, "backup", r->c->arena);
	if (p->keep != INT_NONE) {
		texts_add(&words, "most", r->c->arena);
		texts_add(&words, arena_printf(r->c->arena, "%lld", (long long)p->keep),
			  r->c->arena);
	}
	int s = p->to ? add_path(r, &words, "to", p->to) : 0;
	if (s == 0)
		s = keep(r, &words, &ans);
	if (s < 0)
		return s;
	shape_none(&shape_backed_up, &done);
	done.folder = ans.folder;
	done.bytes = ans.bytes;
	done.proofs = ans.proofs;
	done.added = ans.added;
	done.removed = ans.removed;
	return output_give_local(r, &done);
}

static int give_restored(struct run *r, const struct kept_answer *ans)
{
	struct restored done;

	shape_none(&shape_restored, &done);
	done.dry_run = r->o->dry_run;
	done.folder = ans->folder;
	done.activities = ans->activities;
	done.proofs = ans->proofs;
	done.before = ans->before;
	done.changes = ans->changes;
	done.kept = ans->kept;
	return output_give_local(r, &done);
}

int own_restore(struct run *r)
{
	const struct restore_params *p = r->command->params;
	struct texts words = {0};
	struct kept_answer ans;

	texts_add(&words, "restore", r->c->arena);
	add_dry_run(r, &words);
	int s = add_path(r, &words, "folder", p->folder);
	if (s == 0)
		s = keep(r, &words, &ans);
	return s < 0 ? s : give_restored(r, &ans);
}

/* What a person without a name types. */
static int read_name(struct run *r, const char **ret)
{
	struct status_get_params p;
	struct answer ans;

	shape_none(&shape_status_get_params, &p);
	int s = call_method(&r->call, &api_methods[METHOD_status_get], &p, false, &ans,
			    r->e);

	if (s < 0)
		return s;
	const struct status *status = ans.record;
	*ret = status->person && *status->person ? arena_dup(r->c->arena, status->person)
						 : "reset";
	answer_done(&ans);
	return 0;
}

static int confirm(struct run *r, const char *typed)
{
	char line[ASK_SIZE];
	const char *name;
	int s = read_name(r, &name);

	if (s < 0)
		return s;
	if (!typed && questions_may_ask(r) &&
	    ask_line(&r->questions, stdin, stderr,
		     arena_printf(r->c->arena,
				  "Every record goes. Type \"%s\" to begin anew", name),
		     NULL, line))
		typed = line;
	else if (typed && !r->o->yes)
		typed = NULL;
	if (typed && strcmp(typed, name) == 0)
		return 0;
	err_set(r->e, -PDH_USAGE, NULL, "nothing was reset: %s",
		typed ? "that is another name" : "it wants --yes and the name");
	return err_hint(r->e, "pdh reset --yes \"%s\"", name);
}

int own_reset(struct run *r)
{
	const struct reset_params *p = r->command->params;
	struct texts words = {0};
	struct kept_answer ans;
	int s = r->o->dry_run ? 0 : confirm(r, p->name);

	texts_add(&words, "reset", r->c->arena);
	add_dry_run(r, &words);
	if (s == 0)
		s = keep(r, &words, &ans);
	return s < 0 ? s : give_restored(r, &ans);
}
