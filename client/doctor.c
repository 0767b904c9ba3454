#include "client/doctor.h"

#include "client/sandbox.h"
#include "common/clock.h"
#include "common/paths.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

struct doctor {
	struct call *call;
	struct arena *a;
	struct finding *v;
	size_t n;
};

static void add(struct doctor *d, const char *level, const char *about, const char *text)
{
	d->v = arena_grow(d->a, d->v, d->n, sizeof(*d->v));
	d->v[d->n++] = (struct finding){.level = level, .about = about, .text = text};
}

static void add_error(struct doctor *d, const char *about, const struct err *e)
{
	add(d, "fail", about,
	    e->hint[0] ? arena_printf(d->a, "%s; %s", e->message, e->hint)
		       : arena_dup(d->a, e->message));
}

/* ---- the daemon --------------------------------------------------------------------------------- */

static void look_at_version(struct doctor *d, const struct daemon_status *s)
{
	const char *version = s->version ? s->version : "?";

	if (strcmp(version, PDH_VERSION) == 0 && s->level == PDH_API_LEVEL)
		add(d, "ok", "daemon",
		    arena_printf(d->a, "answers, version %s as pdh", version));
	else
		add(d, "warn", "daemon",
		    arena_printf(
			    d->a,
			    "answers, but is version %s and pdh is %s; end it with pdh "
			    "daemon stop and the installed one starts",
			    version, PDH_VERSION));
}

static void look_at_sandbox(struct doctor *d, const struct daemon_status *s)
{
	const char *text = sandbox_look(s, d->a);

	if (text)
		add(d, "ok", "sandbox", text);
}

/* What others may read is refused by the daemon when it makes it, but may have been changed since. */
static void look_at_mode(struct doctor *d, const char *about, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		add(d, "fail", about,
		    arena_printf(d->a, "%s: %s", path, strerror(errno)));
	else if (st.st_uid != getuid())
		add(d, "fail", about,
		    arena_printf(d->a, "%s belongs to another user", path));
	else if (st.st_mode & (S_IRWXG | S_IRWXO))
		add(d, "warn", about,
		    arena_printf(d->a, "others can reach %s: chmod go= '%s'", path,
				 path));
	else
		add(d, "ok", about, arena_printf(d->a, "%s is yours alone", path));
}

static const char *folder_of(struct doctor *d, const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash || slash == path ? "/"
				       : arena_dup_n(d->a, path, (size_t)(slash - path));
}

/* ---- folders that other programs copy ----------------------------------------------------------- */

static bool is_named(const char *path, const char *name)
{
	size_t n = strlen(name);

	for (const char *p = strstr(path, name); p; p = strstr(p + 1, name))
		if (p > path && p[-1] == '/' && (p[n] == '/' || !p[n]))
			return true;
	return false;
}

/* The service whose folder `path` lies in, by its usual name or by the mark it leaves. */
static const char *synced_by(struct doctor *d, const char *path)
{
	static const char *const names[] = {"Dropbox",	 "OneDrive",	"Google Drive",
					    "Nextcloud", "ownCloud",	"MEGA",
					    "pCloud",	 "pCloudDrive", "Syncthing"};
	static const char *const marks[] = {".stfolder", ".dropbox", ".sync",
					    ".owncloudsync.log"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (is_named(path, names[i]))
			return names[i];
	for (const char *at = folder_of(d, path); strcmp(at, "/") != 0;
	     at = folder_of(d, at))
		for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
			if (access(arena_printf(d->a, "%s/%s", at, marks[i]), F_OK) == 0)
				return "a program that synchronises";
	return NULL;
}

/* f_type of statfs(2); write-ahead logging needs shared memory, which these do not give. */
static bool is_on_network(const char *path)
{
	static const long types[] = {0x6969 /* NFS */, 0xff534d42 /* CIFS */,
				     0xfe534d42 /* SMB2 */, 0x01021997 /* 9P */};
	struct statfs fs;

	if (statfs(path, &fs) < 0)
		return false;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if ((long)fs.f_type == types[i])
			return true;
	return false;
}

static void look_at_folder(struct doctor *d, const char *database)
{
	const char *by = synced_by(d, database);

	if (by)
		add(d, "warn", "folder",
		    arena_printf(d->a,
				 "%s copies %s while it is written, which can damage it; "
				 "set PDH_DATABASE to a place outside",
				 by, database));
	else if (is_on_network(database))
		add(d, "warn", "folder",
		    arena_printf(d->a,
				 "%s lies on a network file system, which cannot hold it "
				 "safely; set PDH_DATABASE to a local place",
				 database));
	else
		add(d, "ok", "folder", "the database lies in no synchronised folder");
}

/* ---- the clock ---------------------------------------------------------------------------------- */

static void look_at_clock(struct doctor *d)
{
	enum { MADE_IN = 2026 };
	char today[DATE_ISO_SIZE];

	if (clock_is_test() || clock_today() >= date_make(MADE_IN, 1, 1))
		return;
	date_format_iso(clock_today(), today);
	add(d, "fail", "clock",
	    arena_printf(d->a,
			 "the computer's clock says %s; every deadline would be wrong",
			 today));
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static void look_at_database(struct doctor *d)
{
	const struct checkup *found;
	struct answer ans;
	struct err e = {0};
	const int usual = d->call->peer.timeout_ms;

	/* A large database takes its time. */
	d->call->peer.timeout_ms = usual > 60000 ? usual : 60000;
	int r = call_method(d->call, &api_methods[METHOD_daemon_check], NULL, false, &ans,
			    &e);
	d->call->peer.timeout_ms = usual;
	if (r < 0) {
		add_error(d, "database", &e);
		return;
	}
	found = ans.record;
	for (size_t i = 0; i < found->findings.n; i++)
		add(d, found->findings.v[i].level, found->findings.v[i].about,
		    found->findings.v[i].text);
	answer_done(&ans);
}

void doctor_look(struct call *c, struct arena *a, struct checkup *ret)
{
	struct doctor d = {.call = c, .a = a};
	const struct daemon_status *s;
	struct answer ans;
	struct err e = {0};

	look_at_clock(&d);
	if (call_method(c, &api_methods[METHOD_daemon_status], NULL, false, &ans, &e) <
	    0) {
		add_error(&d, "daemon", &e);
	} else {
		s = ans.record;
		look_at_version(&d, s);
		look_at_sandbox(&d, s);
		look_at_mode(&d, "socket", folder_of(&d, c->peer.path));
		if (s->database) {
			look_at_mode(&d, "database", s->database);
			look_at_folder(&d, s->database);
		}
		answer_done(&ans);
		look_at_database(&d);
	}
	ret->findings.v = d.v;
	ret->findings.n = d.n;
}

int doctor_exit_status(const struct checkup *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (c->findings.v[i].level && strcmp(c->findings.v[i].level, "fail") == 0)
			return 1;
	return 0;
}
