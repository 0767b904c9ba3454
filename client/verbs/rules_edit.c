#include "client/verbs/rules_edit.h"

#include "client/verbs/rules_file.h"
#include "common/files.h"
#include "common/paths.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- requests ----------------------------------------------------------------------------------- */

/* The record of an answer; it stays in the arena. */
static int ask(struct call *c, enum method_id id, const void *params, void *ret,
	       struct err *e)
{
	struct answer ans;
	int r = call_method(c, &api_methods[id], params, false, &ans, e);

	if (r < 0)
		return r;
	memcpy(ret, ans.record, ans.method->result->size);
	answer_done(&ans);
	return 0;
}

/* The daemon may have been started with other folders than this shell knows. */
static int own_folder(struct call *c, const char **ret, struct err *e)
{
	struct pack_layer layers[PATH_PACK_LAYERS];
	struct daemon_status status;

	int r = ask(c, METHOD_daemon_status, NULL, &status, e);
	if (r < 0)
		return r;
	*ret = status.packs;
	if (*ret)
		return 0;
	r = path_packs(c->arena, layers, e);
	*ret = r < 0 ? NULL : layers[PATH_PACK_LAYERS - 1].folder;
	return r;
}

/* ---- the file ----------------------------------------------------------------------------------- */

static const char *skeleton(struct arena *a, const struct pack_row *p)
{
	return arena_printf(
		a,
		"# Your changes to %s. What is not said here stays as it is there.\n"
		"pack: %s\n"
		"extends: %s\n"
		"version: %s-own.1   # another one whenever you change a rule\n"
		"# drop: [a-rule]    # rules to leave out, by their id\n"
		"# sources:\n"
		"#   district: {title: My district's plan, mark: confirmed}\n"
		"# rules:            # one with an id that is there replaces it, others are "
		"added\n"
		"#   - {id: district, need: 6, where: {topic: literacy}, cite: district}\n"
		"# See the rules with: pdh rules show %s\n",
		p->pack, p->pack, p->pack, p->version, p->pack);
}

static int cannot_write(const char *path, struct err *e)
{
	return err_set(e, -PDH_STORAGE, NULL, "cannot write %.300s: %s", path,
		       strerror(errno));
}

/* Whole or not at all, and never over another: link() does not replace. 1: there was one. */
static int make_file(struct arena *a, const char *path, const char *text, struct err *e)
{
	const char *slash = strrchr(path, '/');
	char *draft = arena_printf(a, "%.*s/.draft-XXXXXX", (int)(slash - path), path);

	int r = path_make_parent(path, e);
	if (r < 0)
		return r;
	int fd = mkstemp(draft);
	if (fd < 0)
		return cannot_write(path, e);
	if (file_write_all(fd, text, strlen(text)) < 0 || fsync(fd) < 0)
		r = cannot_write(path, e);
	close(fd);
	if (r == 0 && link(draft, path) < 0)
		r = errno == EEXIST ? 1 : cannot_write(path, e);
	unlink(draft);
	return r;
}

/* 1: it is there already. */
static int prepare(struct call *c, const struct pack_edit_params *p, const char *path,
		   struct err *e)
{
	const struct pack_get_params get = {.pack = p->pack, .source = 1};
	struct packs packs;

	if (!strchr(p->pack, '/') && access(path, F_OK) == 0)
		return 1;
	int r = ask(c, METHOD_pack_get, &get, &packs, e);
	if (r < 0)
		return r;
	const struct pack_row *row = packs.packs.v;
	if (packs.packs.n == 0 || !row->text || !row->version)
		return err_set(e, -PDH_INCOMPATIBLE, NULL,
			       "the running pdhd does not hand out the files of packs");
	return make_file(c->arena, path,
			 p->overlay > 0 ? skeleton(c->arena, row) : row->text, e);
}

/* ---- the editor --------------------------------------------------------------------------------- */

static const char *find_editor(void)
{
	const char *visual = getenv("VISUAL"), *editor = getenv("EDITOR");

	return visual && *visual ? visual : editor && *editor ? editor : "vi";
}

/* The variables hold words for a shell, quotes and all, as every program takes them that opens an editor; or a path that
 * has blanks in it. Returns where it cannot. */
static void become_editor(const char *path)
{
	const char *editor = find_editor();
	AUTO_ARENA a = {NULL};

	if (strchr(editor, ' ') && access(editor, X_OK) == 0)
		execl(editor, editor, path, (char *)NULL);
	execl("/bin/sh", "sh", "-c", arena_printf(&a, "%s \"$@\"", editor), editor, path,
	      (char *)NULL);
}

static int run_editor(const char *path, struct err *e)
{
	void (*on_int)(int) = signal(SIGINT, SIG_IGN);
	void (*on_quit)(int) = signal(SIGQUIT, SIG_IGN);
	int status = -1;

	pid_t pid = fork();
	if (pid == 0) {
		(void)signal(SIGINT, on_int);
		(void)signal(SIGQUIT, on_quit);
		(void)signal(SIGXFSZ, SIG_DFL);
		become_editor(path);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	(void)signal(SIGINT, on_int);
	(void)signal(SIGQUIT, on_quit);
	if (pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	err_set(e, -PDH_FAILED, NULL, "the editor did not end well; the file is %.300s",
		path);
	return err_hint(e, "set VISUAL or EDITOR to the editor you use");
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static int check(struct call *c, struct pack_edited *ret, struct err *e)
{
	struct pack_check_params p = {.file = ret->file};
	struct pack_checked checked;

	int r = rules_file_read(ret->file, stdin, c->arena, &p.text, e);
	if (r == 0)
		r = ask(c, METHOD_pack_check, &p, &checked, e);
	if (r < 0)
		return r;
	ret->overlay = checked.extends != NULL;
	ret->rules = checked.rules;
	ret->examples = checked.examples;
	return 0;
}

int rules_edit(struct call *c, const struct pack_edit_params *p, bool editor,
	       struct pack_edited *ret, struct err *e)
{
	struct packs packs;
	const char *folder;
	struct err ignored;

	int r = own_folder(c, &folder, e);
	if (r < 0)
		return r;
	ret->pack = p->pack;
	ret->file = arena_printf(c->arena, "%s/%s.yaml", folder, p->pack);
	r = prepare(c, p, ret->file, e);
	if (r < 0)
		return r;
	ret->made = r == 0;
	r = editor ? run_editor(ret->file, e) : 0;
	if (r == 0)
		r = check(c, ret, e);
	/* What is broken is read too, so that status tells of it. */
	int reload = ask(c, METHOD_pack_reload, NULL, &packs, r < 0 ? &ignored : e);
	if (r == -PDH_REFUSED)
		err_hint(e, "until it is right it is not used: pdh rules edit %.80s",
			 p->pack);
	return r < 0 ? r : reload;
}
