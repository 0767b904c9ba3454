/* daemon.status, daemon.stop and daemon.check */
#include "common/clock.h"
#include "common/texts.h"
#include "daemon/evidence/evidence.h"
#include "daemon/method.h"
#include "daemon/pack/pack.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void fill_status(struct work *w, struct daemon_status *ret)
{
	struct daemon_info *d = w->daemon;
	struct rusage use;

	if (!d->pid)
		d->pid = getpid();
	/* Costs more than all the rest: requests that came together share it. */
	if (!d->memory_kib && getrusage(RUSAGE_SELF, &use) == 0)
		d->memory_kib = use.ru_maxrss;
	ret->version = PDH_VERSION;
	ret->level = PDH_API_LEVEL;
	ret->compatible_since = PDH_API_COMPATIBLE_SINCE;
	ret->pid = d->pid;
	ret->started_at = d->started_at;
	ret->started_by = d->started_by;
	ret->memory_kib = d->memory_kib;
	ret->socket = d->socket;
	ret->database = db_path(w->db);
	ret->packs = pack_library_own_folder(w->packs);
	ret->clients = d->clients;
	ret->requests = d->requests;
	ret->test_clock = clock_is_test();
}

int method_daemon_status(struct work *w, const struct daemon_status_params *p,
			 struct daemon_status *ret, struct err *e)
{
	(void)p;
	(void)e;
	fill_status(w, ret);
	return 0;
}

int method_daemon_stop(struct work *w, const struct daemon_stop_params *p,
		       struct daemon_status *ret, struct err *e)
{
	(void)p;
	(void)e;
	fill_status(w, ret);
	w->next |= NEXT_STOP;
	return 0;
}

struct findings {
	struct finding *v;
	size_t n;
};

static void add(struct work *w, struct findings *f, enum finding_level level,
		const char *about, const char *text)
{
	f->v = arena_grow(w->arena, f->v, f->n, sizeof(*f->v));
	f->v[f->n++] = (struct finding){.level = level, .about = about, .text = text};
}

static int check_database(struct work *w, struct findings *f, struct err *e)
{
	const char *complaint;
	int r = db_check(w->db, w->arena, &complaint, e);

	if (r < 0)
		return r;
	if (complaint)
		add(w, f, FINDING_LEVEL_FAIL, "database",
		    arena_printf(w->arena, "%s is damaged: %s", db_path(w->db),
				 complaint));
	else
		add(w, f, FINDING_LEVEL_OK, "database",
		    arena_printf(w->arena, "%s is sound, %lld KiB", db_path(w->db),
				 (long long)(db_size(w->db) / 1024)));
	return 0;
}

static void check_packs(struct work *w, struct findings *f)
{
	const struct pack *const *all;
	struct texts problems;
	size_t n;

	pack_library_all(w->packs, &all, &n, &problems);
	for (size_t i = 0; i < problems.n; i++)
		add(w, f, FINDING_LEVEL_WARN, "rules",
		    arena_dup(w->arena, problems.v[i]));
	if (n == 0)
		add(w, f, FINDING_LEVEL_FAIL, "rules", "no rules packs were found");
	else
		add(w, f, FINDING_LEVEL_OK, "rules",
		    arena_printf(w->arena, "%zu packs can be used", n));
}

static void check_clock(struct work *w, struct findings *f)
{
	if (clock_is_test())
		add(w, f, FINDING_LEVEL_WARN, "clock",
		    arena_printf(w->arena,
				 "the daemon's clock is a test clock; it says %s",
				 texts_day(w->arena, w->today)));
	else
		add(w, f, FINDING_LEVEL_OK, "clock",
		    arena_printf(w->arena, "today is %s", texts_day(w->arena, w->today)));
}

static const char *offset_text(struct arena *a, int64_t minutes)
{
	int64_t n = minutes < 0 ? -minutes : minutes;

	return arena_printf(a, "UTC%c%02lld:%02lld", minutes < 0 ? '-' : '+',
			    (long long)n / 60, (long long)n % 60);
}

/* A daemon that runs on from before a journey, or that a service started without TZ. */
static void check_zone(struct work *w, struct findings *f)
{
	int64_t own = clock_zone(w->now);

	if (w->zone == INT_NONE || w->zone == own)
		return;
	add(w, f, FINDING_LEVEL_WARN, "zone",
	    arena_printf(
		    w->arena,
		    "it is %s here and %s for pdhd: days are judged by yours, and "
		    "reminders go by the clock of pdhd. To start the next one in your "
		    "zone: pdh daemon stop",
		    offset_text(w->arena, w->zone), offset_text(w->arena, own)));
}

/* What could not be sent in the last month, of which the latest is named. */
static int check_deliveries(struct work *w, struct findings *f, struct err *e)
{
	enum { MONTH = 30 * 86400 };
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_delivery_failed, &s, e, DB_INT(":since", w->now - MONTH));

	if (r == 0)
		add(w, f, FINDING_LEVEL_OK, "reminders",
		    "every reminder of the last 30 days was sent");
	if (r <= 0)
		return r;
	const char *reminder = db_text(s, 0, w->arena);
	const char *channel = db_text(s, 1, w->arena);
	add(w, f, FINDING_LEVEL_WARN, "reminders",
	    arena_printf(
		    w->arena,
		    "%s could not be sent through %s: %s. See: pdh remind log; or change "
		    "it: pdh remind channel",
		    reminder, channel, db_word(s, 2)));
	return 0;
}

static const char *proofs_text(struct work *w, const struct evidence_look *l)
{
	const char *text = arena_printf(w->arena, "%zu %s kept", l->files,
					l->files == 1 ? "proof is" : "proofs are");

	if (l->orphans)
		text = arena_printf(w->arena,
				    "%s; %zu more are no longer used: pdh evidence "
				    "--orphans",
				    text, l->orphans);
	return text;
}

/* Nobody is told of it unasked, since proofs may lie elsewhere; but here it was asked. */
static int check_unproved(struct work *w, struct findings *f, struct err *e)
{
	struct list missing;
	int r = proof_missing_all(w, &missing, e);

	if (r == 0 && missing.n)
		add(w, f, FINDING_LEVEL_OK, "proofs",
		    arena_printf(
			    w->arena,
			    "none is kept here; %zu %s would want one in an audit: pdh "
			    "evidence --missing",
			    missing.n, missing.n == 1 ? "entry" : "entries"));
	return r;
}

/* Whether the files of the proofs are there; whether they are what was stored takes pdh evidence check. */
static int check_proofs(struct work *w, struct findings *f, struct err *e)
{
	struct evidence_look look;
	int r = evidence_look(w, &look, e);

	if (r < 0)
		return r;
	if (look.files + look.orphans == 0)
		return check_unproved(w, f, e);
	if (look.absent)
		add(w, f, FINDING_LEVEL_FAIL, "proofs",
		    arena_printf(w->arena,
				 "of %zu %s the file of %zu is not there, or not whole: "
				 "pdh evidence check names %s",
				 look.files, look.files == 1 ? "proof" : "proofs",
				 look.absent, look.absent == 1 ? "it" : "them"));
	else
		add(w, f, FINDING_LEVEL_OK, "proofs", proofs_text(w, &look));
	return 0;
}

int method_daemon_check(struct work *w, const struct daemon_check_params *p,
			struct checkup *ret, struct err *e)
{
	struct findings f = {NULL, 0};
	int there = db_look(w->db, e), r = 0;

	(void)p;
	if (there < 0)
		add(w, &f, FINDING_LEVEL_FAIL, "database",
		    arena_printf(w->arena, "%s; %s", e->message, e->hint));
	else
		r = check_database(w, &f, e);
	check_packs(w, &f);
	check_clock(w, &f);
	check_zone(w, &f);
	if (r == 0 && there >= 0)
		r = check_deliveries(w, &f, e);
	if (r == 0 && there >= 0)
		r = check_proofs(w, &f, e);
	if (r < 0)
		return r;
	ret->findings.v = f.v;
	ret->findings.n = f.n;
	return 0;
}
