#include "client/verbs/doctor.h"

#include "client/verbs/reader.h"
#include "client/verbs/sandbox.h"
#include "client/verbs/synced.h"
#include "common/clock.h"
#include "common/paths.h"
#include "common/texts.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct doctor {
	struct call *call;
	struct arena *a;
	struct finding *v;
	size_t n;
};

static void add(struct doctor *d, enum finding_level level, const char *about,
		const char *text)
{
	d->v = arena_grow(d->a, d->v, d->n, sizeof(*d->v));
	d->v[d->n++] = (struct finding){.level = level, .about = about, .text = text};
}

static void add_error(struct doctor *d, const char *about, const struct err *e)
{
	add(d, FINDING_LEVEL_FAIL, about,
	    e->hint[0] ? arena_printf(d->a, "%s; %s", e->message, e->hint)
		       : arena_dup(d->a, e->message));
}

/* ---- the daemon --------------------------------------------------------------------------------- */

static void look_at_version(struct doctor *d, const struct daemon_status *s)
{
	const char *version = s->version ? s->version : "?";

	if (strcmp(version, PDH_VERSION) == 0 && s->level == PDH_API_LEVEL)
		add(d, FINDING_LEVEL_OK, "daemon",
		    arena_printf(d->a, "answers, version %s as pdh", version));
	else
		add(d, FINDING_LEVEL_WARN, "daemon",
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
		add(d, FINDING_LEVEL_OK, "sandbox", text);
}

/* What others may read is refused by the daemon when it makes it, but may have been changed since. */
static void look_at_mode(struct doctor *d, const char *about, const char *path)
{
	struct stat st;

	if (stat(path, &st) < 0)
		add(d, FINDING_LEVEL_FAIL, about,
		    arena_printf(d->a, "%s: %s", path, strerror(errno)));
	else if (st.st_uid != getuid())
		add(d, FINDING_LEVEL_FAIL, about,
		    arena_printf(d->a, "%s belongs to another user", path));
	else if (st.st_mode & (S_IRWXG | S_IRWXO))
		add(d, FINDING_LEVEL_WARN, about,
		    arena_printf(d->a, "others can reach %s: chmod go= '%s'", path,
				 path));
	else
		add(d, FINDING_LEVEL_OK, about,
		    arena_printf(d->a, "%s is yours alone", path));
}

static const char *folder_of(struct doctor *d, const char *path)
{
	const char *slash = strrchr(path, '/');

	return !slash || slash == path ? "/"
				       : arena_dup_n(d->a, path, (size_t)(slash - path));
}

/* ---- folders that other programs copy ----------------------------------------------------------- */

static void look_at_folder(struct doctor *d, const char *database)
{
	const char *by = synced_by(database, d->a);
	const char *remote = synced_remote(database, d->a);

	if (by)
		add(d, FINDING_LEVEL_WARN, "folder",
		    arena_printf(d->a,
				 "%s copies %s while it is written, which can damage it; "
				 "set PDH_DATABASE to a place outside",
				 by, database));
	else if (remote)
		add(d, FINDING_LEVEL_WARN, "folder",
		    arena_printf(d->a,
				 "%s lies on a network file system (%s), which cannot "
				 "hold it safely; set PDH_DATABASE to a local place",
				 database, remote));
	else
		add(d, FINDING_LEVEL_OK, "folder",
		    "the database lies in no synchronized folder");
}

/* ---- the clock ---------------------------------------------------------------------------------- */

static void look_at_clock(struct doctor *d)
{
	enum { MADE_IN = 2026 };
	char today[DATE_ISO_SIZE];

	if (clock_is_test() || clock_today() >= date_make(MADE_IN, 1, 1))
		return;
	date_format_iso(clock_today(), today);
	add(d, FINDING_LEVEL_FAIL, "clock",
	    arena_printf(d->a,
			 "the computer's clock says %s; every deadline would be wrong",
			 today));
}

/* ---- files of others ---------------------------------------------------------------------------- */

static void look_at_reader(struct doctor *d)
{
	enum finding_level level;
	const char *text = reader_box(d->a, &level);

	add(d, level, "reader", text);
}

/* ---- backups ------------------------------------------------------------------------------------ */

/* The day in the name of a backup: "2026-03-14T093000". */
static int is_backup(const struct dirent *entry)
{
	char day[DATE_ISO_SIZE];
	struct err ignored;
	civil_day d;

	snprintf(day, sizeof(day), "%.10s", entry->d_name);
	return strlen(entry->d_name) >= strlen("2026-03-14T093000") &&
	       entry->d_name[10] == 'T' && date_parse_iso(day, &d, &ignored) == 0;
}

static civil_day last_backup(const char *folder)
{
	struct dirent **v = NULL;
	int n = scandir(folder, &v, is_backup, alphasort);
	char day[DATE_ISO_SIZE];
	civil_day last = DATE_NONE;
	struct err ignored;

	if (n > 0) {
		snprintf(day, sizeof(day), "%.10s", v[n - 1]->d_name);
		(void)date_parse_iso(day, &last, &ignored);
	}
	for (int i = 0; i < n; i++)
		free(v[i]);
	free(v);
	return last;
}

static void look_at_backups(struct doctor *d)
{
	enum { LONG = 31 };
	const char *folder;
	struct err e;

	if (path_backups(d->a, &folder, &e) < 0)
		return;
	civil_day last = last_backup(folder);
	int64_t days = last == DATE_NONE ? 0 : (int64_t)clock_today() - last;
	if (last == DATE_NONE)
		add(d, FINDING_LEVEL_WARN, "backup", "there is none yet: pdh backup");
	else
		add(d, days > LONG ? FINDING_LEVEL_WARN : FINDING_LEVEL_OK, "backup",
		    arena_printf(d->a, "the last is of %s%s", texts_day(d->a, last),
				 days > LONG ? arena_printf(d->a,
							    ", %lld days ago: pdh backup",
							    (long long)days)
					     : ""));
}

/* ---- the whole ---------------------------------------------------------------------------------- */

/* Where no daemon answers the database is read all the same, if it can be. */
static void look_at_database(struct doctor *d, bool answers)
{
	const struct checkup *found;
	struct answer ans;
	struct err e = {0};
	const int usual = d->call->peer.timeout_ms;

	/* A large database takes its time. */
	if (answers && usual < 60000)
		d->call->peer.timeout_ms = 60000;
	int r = call_method(d->call, &api_methods[METHOD_daemon_check], NULL, false, &ans,
			    &e);
	d->call->peer.timeout_ms = usual;
	if (r < 0) {
		if (answers || d->call->read_only)
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
	if (c->find.sockets.note)
		add(&d, FINDING_LEVEL_WARN, "socket", c->find.sockets.note);
	if (call_method(c, &api_methods[METHOD_daemon_status], NULL, false, &ans, &e) <
	    0) {
		add_error(&d, "daemon", &e);
		look_at_database(&d, false);
	} else {
		s = ans.record;
		look_at_version(&d, s);
		look_at_sandbox(&d, s);
		look_at_mode(&d, "socket", folder_of(&d, c->peer.path));
		/* What is not there any more the daemon has more to say about. */
		if (s->database && access(s->database, F_OK) == 0) {
			look_at_mode(&d, "database", s->database);
			look_at_folder(&d, s->database);
		}
		answer_done(&ans);
		look_at_database(&d, true);
	}
	look_at_reader(&d);
	look_at_backups(&d);
	ret->findings.v = d.v;
	ret->findings.n = d.n;
}

int doctor_exit_status(const struct checkup *c)
{
	for (size_t i = 0; i < c->findings.n; i++)
		if (c->findings.v[i].level == FINDING_LEVEL_FAIL)
			return 1;
	return 0;
}
