#include "common/paths.h"

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
	*ret = arena_printf(a, "%s/%s", base, leaf);
	return 0;
}

int path_socket(struct arena *a, const char **ret, struct err *e)
{
	const struct sockaddr_un *un = NULL;
	const char *path = env_path("PDH_SOCKET"), *runtime = env_path("XDG_RUNTIME_DIR");

	if (!path && runtime)
		path = arena_printf(a, "%s/pdh/sock", runtime);
	if (!path)
		path = arena_printf(a, "/tmp/pdh-%u/sock", (unsigned)getuid());
	if (strlen(path) >= sizeof(un->sun_path)) {
		err_set(e, -PDH_USAGE, NULL,
			"the socket's path has %zu bytes and a socket takes %zu at the most: %.200s",
			strlen(path), sizeof(un->sun_path) - 1, path);
		return err_hint(e, "set PDH_SOCKET to a shorter path");
	}
	*ret = path;
	return 0;
}

const char *path_line(struct arena *a, const char *socket)
{
	static const char usual[] = "/sock";
	size_t n = strlen(socket), end = strlen(usual);

	if (n >= end && strcmp(socket + n - end, usual) == 0)
		return arena_printf(a, "%.*s/line", (int)(n - end), socket);
	return arena_printf(a, "%s.line", socket);
}

int path_database(struct arena *a, const char **ret, struct err *e)
{
	const char *path = env_path("PDH_DATABASE");

	if (!path)
		return xdg(a, "XDG_DATA_HOME", ".local/share", "pdh/pdh.db", ret, e);
	*ret = path;
	return 0;
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

int path_packs(struct arena *a, struct pack_layer ret[PATH_PACK_LAYERS], struct err *e)
{
	const char *shipped = env_path("PDH_PACKS"), *own;
	int r = shipped ? 0 : path_sibling(a, "../share/pdh/packs", &shipped, e);

	if (r == 0)
		r = xdg(a, "XDG_CONFIG_HOME", ".config", "pdh/packs", &own, e);
	if (r < 0)
		return r;
	ret[0] = (struct pack_layer){"shipped", shipped};
	ret[1] = (struct pack_layer){"system", "/etc/pdh/packs"};
	ret[2] = (struct pack_layer){"own", own};
	return 0;
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

/* The folder must be ours, and where everybody may make folders, nobody else's business. */
static int check_folder(const char *path, struct err *e)
{
	struct stat st;

	if (stat(path, &st) < 0)
		return err_set(e, -PDH_STORAGE, NULL,
			       "cannot look at the folder %.300s: %s", path,
			       strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(e, -PDH_STORAGE, NULL, "%.300s is not a folder", path);
	if (st.st_uid != getuid())
		return err_set(e, -PDH_STORAGE, NULL,
			       "the folder %.300s belongs to another user", path);
	if (strncmp(path, "/tmp/", 5) == 0 && (st.st_mode & 077) &&
	    strchr(path + 5, '/') == NULL)
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

int path_make_parent(const char *path, struct err *e)
{
	char folder[PATH_MAX];
	size_t n = strlen(path);

	if (n >= sizeof(folder) || *path != '/')
		return err_set(e, -PDH_USAGE, NULL, "%.300s is not an absolute path",
			       path);
	memcpy(folder, path, n + 1);
	char *slash = strrchr(folder, '/');
	if (slash == folder)
		return 0;
	*slash = '\0';
	int r = check_home(path, e);
	if (r == 0)
		r = make_folder(folder, e);
	return r < 0 ? r : check_folder(folder, e);
}
