#include "common/paths.h"

#include "common/digest.h"

#include <errno.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* An environment variable that holds an absolute path, or NULL. */
static const char *env_path(const char *name)
{
	const char *v = getenv(name);

	return v && *v == '/' ? v : NULL;
}

static int home(const char **ret, struct err *e)
{
	const char *h = env_path("HOME");

	if (!h) {
		const struct passwd *pw = getpwuid(getuid());
		h = pw && pw->pw_dir && *pw->pw_dir == '/' ? pw->pw_dir : NULL;
	}
	if (!h)
		return err_set(e, -PDH_FAILED, NULL, "there is no home folder; set HOME");
	*ret = h;
	return 0;
}

#define USUAL_DATABASE ".local/share/pdh/pdh.db"

/* $NAME/leaf, or ~/fallback/leaf. */
static int xdg(struct arena *a, const char *name, const char *fallback, const char *leaf,
	       const char **ret, struct err *e)
{
	const char *base = env_path(name), *h = NULL;

	if (!base) {
		int r = home(&h, e);
		if (r < 0)
			return r;
		base = arena_printf(a, "%s/%s", h, fallback);
	}
	size_t n = strlen(base);
	while (n > 0 && base[n - 1] == '/')
		n--;
	*ret = arena_printf(a, "%.*s/%s", (int)n, base, leaf);
	return 0;
}

/* ---- the socket --------------------------------------------------------------------------------- */

/* Why a folder cannot be the person's runtime directory; NULL: it can. */
static const char *unfit(const char *folder)
{
	struct stat st;

	if (*folder != '/')
		return "is not an absolute path";
	if (stat(folder, &st) < 0)
		return errno == ENOENT ? "does not exist" : strerror(errno);
	if (!S_ISDIR(st.st_mode))
		return "is not a folder";
	return st.st_uid == getuid() ? NULL : "belongs to another user";
}

static const char *usual_runtime(struct arena *a)
{
	return arena_printf(a, "/run/user/%u", (unsigned)getuid());
}

void path_settle_runtime(void)
{
	AUTO_ARENA a = {0};
	const char *named = getenv("XDG_RUNTIME_DIR"), *usual = usual_runtime(&a);

	if (named && *named && !unfit(named))
		return;
	if (unfit(usual))
		unsetenv("XDG_RUNTIME_DIR");
	else
		setenv("XDG_RUNTIME_DIR", usual, 1);
}

/* The folder of the sockets. What the environment names is passed over, with a note, where it is another's: su and
 * containers leave it so. */
static const char *socket_folder(struct arena *a, const char **ret_note)
{
	const char *named = getenv("XDG_RUNTIME_DIR");
	const char *usual = usual_runtime(a);
	const char *why = named && *named ? unfit(named) : NULL, *folder;

	*ret_note = NULL;
	if (named && *named && !why)
		return arena_printf(a, "%s/pdh", named);
	if (!unfit(usual))
		folder = arena_printf(a, "%s/pdh", usual);
	else
		folder = arena_printf(a, "/tmp/pdh-%u", (unsigned)getuid());
	if (why)
		*ret_note = arena_printf(a,
					 "XDG_RUNTIME_DIR is %.100s, which %s; the "
					 "socket lies in %s instead",
					 named, why, folder);
	return folder;
}

static int check_length(const char *path, struct err *e)
{
	const struct sockaddr_un *un = NULL;

	if (strlen(path) < sizeof(un->sun_path))
		return 0;
	err_set(e, -PDH_USAGE, NULL,
		"the socket's path has %zu bytes and a socket takes %zu at the most: %.200s",
		strlen(path), sizeof(un->sun_path) - 1, path);
	return err_hint(e, "set PDH_SOCKET to a shorter path");
}

int path_sockets(struct arena *a, const char *database, struct path_sockets *ret,
		 struct err *e)
{
	const char *named = env_path("PDH_SOCKET"), *h = NULL;
	struct err ignored;

	*ret = (struct path_sockets){.named = named};
	if (named) {
		ret->own = ret->common = named;
		return check_length(named, e);
	}
	const char *folder = socket_folder(a, &ret->note);
	ret->common = arena_printf(a, "%s/sock", folder);
	ret->own = arena_printf(
		a, "%s/sock-%016llx", folder,
		(unsigned long long)digest_add(DIGEST_START, database, strlen(database)));
	ret->usual = home(&h, &ignored) == 0 &&
		     strcmp(database, arena_printf(a, "%s/" USUAL_DATABASE, h)) == 0;
	return check_length(ret->own, e);
}

const char *path_line(struct arena *a, const char *socket)
{
	static const char usual[] = "/sock";
	size_t n = strlen(socket), end = strlen(usual);

	if (n >= end && strcmp(socket + n - end, usual) == 0)
		return arena_printf(a, "%.*s/line", (int)(n - end), socket);
	return arena_printf(a, "%s.line", socket);
}

/* ---- the records, and what belongs to them -------------------------------------------------------- */

int path_database(struct arena *a, const char **ret, struct err *e)
{
	const char *path = getenv("PDH_DATABASE");

	if (!path || !*path)
		return xdg(a, "XDG_DATA_HOME", ".local/share", "pdh/pdh.db", ret, e);
	/* Passed over, it would be the usual record that is changed. */
	if (*path != '/')
		return err_set(e, -PDH_USAGE, NULL,
			       "PDH_DATABASE is \"%.200s\" and takes an absolute path",
			       path);
	*ret = path;
	return 0;
}

bool path_database_is_named(void)
{
	const char *path = getenv("PDH_DATABASE");

	return (path && *path) || env_path("XDG_DATA_HOME");
}

const char *path_evidence(struct arena *a, const char *database)
{
	static const char usual[] = "/pdh.db";
	size_t n = strlen(database), end = strlen(usual);

	if (n >= end && strcmp(database + n - end, usual) == 0)
		return arena_printf(a, "%.*s/evidence", (int)(n - end), database);
	return arena_printf(a, "%s.evidence", database);
}

int path_backups(struct arena *a, const char **ret, struct err *e)
{
	return xdg(a, "XDG_STATE_HOME", ".local/state", "pdh/backups", ret, e);
}

int path_state(struct arena *a, const char *name, const char **ret, struct err *e)
{
	return xdg(a, "XDG_STATE_HOME", ".local/state", arena_printf(a, "pdh/%s", name),
		   ret, e);
}

int path_sibling(struct arena *a, const char *name, const char **ret, struct err *e)
{
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (n <= 0)
		return err_set(e, -PDH_FAILED, NULL,
			       "cannot tell where this program lies: %s",
			       strerror(errno));
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	*ret = arena_printf(a, "%s/%s", self, name);
	return 0;
}

/* What is shipped, what the system has, what is one's own, of one kind of file. */
static int layers(struct arena *a, const char *variable, const char *kind,
		  struct pack_layer ret[PATH_PACK_LAYERS], struct err *e)
{
	const char *shipped = env_path(variable), *own;
	const char *beside = arena_printf(a, "../share/pdh/%s", kind);
	int r = shipped ? 0 : path_sibling(a, beside, &shipped, e);

	if (r == 0)
		r = xdg(a, "XDG_CONFIG_HOME", ".config", arena_printf(a, "pdh/%s", kind),
			&own, e);
	if (r < 0)
		return r;
	ret[0] = (struct pack_layer){"shipped", shipped};
	ret[1] = (struct pack_layer){"system", arena_printf(a, "/etc/pdh/%s", kind)};
	ret[2] = (struct pack_layer){"own", own};
	return 0;
}

int path_packs(struct arena *a, struct pack_layer ret[PATH_PACK_LAYERS], struct err *e)
{
	return layers(a, "PDH_PACKS", "packs", ret, e);
}

int path_layouts(struct arena *a, struct pack_layer ret[PATH_PACK_LAYERS], struct err *e)
{
	return layers(a, "PDH_LAYOUTS", "layouts", ret, e);
}

/* Makes a folder private if it is missing; its parents are made as well. */
static int make_folder(char *path, struct err *e)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return 0;
	char *slash = strrchr(path, '/');
	if (errno == ENOENT && slash && slash > path) {
		*slash = '\0';
		int r = make_folder(path, e);
		*slash = '/';
		if (r < 0)
			return r;
		if (mkdir(path, 0700) == 0 || errno == EEXIST)
			return 0;
	}
	return err_set(e, -PDH_STORAGE, NULL, "cannot make the folder %.300s: %s", path,
		       strerror(errno));
}

/* A folder that stands in /tmp, where everybody may make one of its name, or a link. */
static bool is_exposed(const char *path)
{
	return strncmp(path, "/tmp/", 5) == 0 && strchr(path + 5, '/') == NULL;
}

/* The folder must be ours, and where everybody may make folders, nobody else's business. */
static int check_folder(const char *path, struct err *e)
{
	bool exposed = is_exposed(path);
	struct stat st;

	if ((exposed ? lstat(path, &st) : stat(path, &st)) < 0)
		return err_set(e, -PDH_STORAGE, NULL,
			       "cannot look at the folder %.300s: %s", path,
			       strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(e, -PDH_STORAGE, NULL, "%.300s is not a folder", path);
	if (st.st_uid != getuid())
		return err_set(e, -PDH_STORAGE, NULL,
			       "the folder %.300s belongs to another user", path);
	if (exposed && (st.st_mode & 077))
		return err_set(e, -PDH_STORAGE, NULL,
			       "the folder %.300s may be entered by others; chmod 700 it",
			       path);
	return 0;
}

/* A home is never made: what is kept in one that came up by mistake would not be found again. */
static int check_home(const char *path, struct err *e)
{
	const char *h;
	struct err ignored;
	struct stat st;

	if (home(&h, &ignored) < 0 || strncmp(path, h, strlen(h)) != 0 ||
	    path[strlen(h)] != '/' || stat(h, &st) == 0)
		return 0;
	err_set(e, -PDH_FAILED, NULL, "your home folder %.300s %s%s", h,
		errno == ENOENT ? "does not exist" : "cannot be looked at: ",
		errno == ENOENT ? "" : strerror(errno));
	return err_hint(e, "set HOME to the right one");
}

/* The folder of `path`; "" for the root. */
static int parent_of(const char *path, char folder[PATH_MAX], struct err *e)
{
	size_t n = strlen(path);

	if (n >= PATH_MAX || *path != '/')
		return err_set(e, -PDH_USAGE, NULL, "%.300s is not an absolute path",
			       path);
	memcpy(folder, path, n + 1);
	*strrchr(folder, '/') = '\0';
	return 0;
}

int path_make_parent(const char *path, struct err *e)
{
	char folder[PATH_MAX];
	int r = parent_of(path, folder, e);

	if (r == 0 && *folder)
		r = check_home(path, e);
	if (r == 0 && *folder)
		r = make_folder(folder, e);
	return r == 0 && *folder ? check_folder(folder, e) : r;
}

int path_check_parent(const char *path, struct err *e)
{
	char folder[PATH_MAX];
	struct stat st;
	int r = parent_of(path, folder, e);

	if (r < 0 || !is_exposed(folder) || (lstat(folder, &st) < 0 && errno == ENOENT))
		return r;
	return check_folder(folder, e);
}
