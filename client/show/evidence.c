/* Proofs, and files on their way to the daemon. */
#include "client/show/answers.h"

#include "client/term/table.h"
#include "client/term/text.h"

enum { DIGEST_SHOWN = 8 };

/* "188 KB", as file managers write it. */
static const char *bytes_text(const struct show *v, int64_t n)
{
	if (n < 1000)
		return show_count(v, n, "byte", "bytes");
	if (n < 1000000)
		return arena_printf(v->s.a, "%lld" NBSP "KB",
				    (long long)(n + 500) / 1000);
	return arena_printf(v->s.a, "%lld.%lld" NBSP "MB", (long long)(n / 1000000),
			    (long long)(n % 1000000 / 100000));
}

static const char *link_text(const struct show *v, const struct evidence_link *of)
{
	if (of->activity != INT_NONE)
		return arena_printf(v->s.a, "#%lld", (long long)of->activity);
	if (of->item != INT_NONE)
		return arena_printf(v->s.a, "item" NBSP "%lld", (long long)of->item);
	if (of->import != INT_NONE)
		return arena_printf(v->s.a, "import" NBSP "%lld", (long long)of->import);
	return of->credential ? of->credential : "";
}

/* "#140, #212"; "nothing any more" where all of it is gone. */
static const char *links_text(const struct show *v, const struct evidence *p)
{
	const char *all = p->of.n ? "" : "nothing any more";

	for (size_t i = 0; i < p->of.n; i++)
		all = arena_printf(v->s.a, "%s%s%s", all, i ? ", " : "",
				   link_text(v, &p->of.v[i]));
	return all;
}

/* "#88 #91 #163 and 5 more" */
static const char *unproved_text(const struct show *v, const struct unproved *p, size_t n)
{
	enum { MOST = 10 };
	const char *all = "";

	for (size_t i = 0; i < n && i < MOST; i++)
		all = arena_printf(v->s.a, "%s%s#%lld", all, i ? " " : "",
				   (long long)p[i].id);
	return n > MOST ? arena_printf(v->s.a, "%s and %zu more", all, n - MOST) : all;
}

/* ---- one ---------------------------------------------------------------------------------------- */

static void show_proof_line(const struct show *v, const struct evidence *p,
			    const char *what)
{
	const char *wanted = p->keep_until == DATE_NONE
				     ? ""
				     : arena_printf(v->s.a, ", wanted until %s",
						    show_day(v, p->keep_until));

	screen_line(&v->s, "%s  %s %s (proof" NBSP "%lld, %s, sha256" NBSP "%.*s)%s",
		    links_text(v, p), p->name, what, (long long)p->id,
		    bytes_text(v, p->size), DIGEST_SHOWN, p->sha256 ? p->sha256 : "",
		    wanted);
}

static const char *verb_of(const struct show *v, const struct attached *r)
{
	bool removes = v->m == &api_methods[METHOD_evidence_remove];

	if (r->dry_run > 0)
		return removes ? "would be taken off" : "would be kept";
	return removes ? "taken off" : "kept";
}

/* Of one that proves something else still, which a note says. */
static bool is_partly(const struct show *v)
{
	const struct evidence_remove_params *p = v->params;

	return v->m == &api_methods[METHOD_evidence_remove] && p &&
	       (p->from.n || p->item != INT_NONE || p->credential);
}

void show_attached(const struct show *v, const struct attached *r)
{
	if (is_partly(v))
		screen_line(&v->s, "%s (proof" NBSP "%lld) %s.", r->evidence.v->name,
			    (long long)r->evidence.v->id, verb_of(v, r));
	for (size_t i = 0; i < r->evidence.n && !is_partly(v); i++)
		show_proof_line(v, &r->evidence.v[i], verb_of(v, r));
	show_notes(v, &r->notes);
	if (r->missing > 0)
		screen_line(&v->s, "%s proof: pdh evidence --missing",
			    show_count(v, r->missing, "entry still lacks",
				       "entries still lack"));
	show_undo_hint(v, r->dry_run > 0, r->op);
}

/* ---- lists -------------------------------------------------------------------------------------- */

enum { ID, NAME, SIZE, OF, UNTIL, STATE, COLUMNS };

static const struct column columns[COLUMNS] = {
	[ID] = {"ID", .right = true},
	[NAME] = {"NAME", .gap = 2, .least = 20, .below = true},
	[SIZE] = {"SIZE", .gap = 2, .right = true, .drop = 1},
	[OF] = {"PROVES", .gap = 2, .least = 8},
	[UNTIL] = {"KEEP UNTIL", .gap = 2, .drop = 2},
	[STATE] = {"", .gap = 2},
};

static void show_rows(const struct show *v, const struct evidence *p, size_t n)
{
	struct table t = {.s = &v->s, .columns = columns, .n = COLUMNS};

	for (size_t i = 0; i < n; i++) {
		struct cell *cells = table_row(&t);
		bool kept = p[i].state == PROOF_KEPT;
		cells[ID].text = arena_printf(v->s.a, "%lld", (long long)p[i].id);
		cells[NAME].text = p[i].name;
		cells[SIZE].text = bytes_text(v, p[i].size);
		cells[OF].text = links_text(v, &p[i]);
		cells[UNTIL].text = show_day(v, p[i].keep_until);
		cells[STATE].text = kept ? NULL : proof_state_word(p[i].state);
		cells[STATE].tint = TINT_BAD;
	}
	table_print(&t);
}

static void show_missing(const struct show *v, const struct unproved *p, size_t n)
{
	static const struct column heads[] = {
		{"ID", .right = true},
		{"DATE", .gap = 2},
		{"TITLE", .gap = 2, .least = 24, .below = true},
		{"FOR", .gap = 2},
	};
	struct table t = {.s = &v->s, .columns = heads, .n = 4};

	for (size_t i = 0; i < n; i++) {
		struct cell *cells = table_row(&t);
		cells[0].text = arena_printf(v->s.a, "%lld", (long long)p[i].id);
		cells[1].text = show_day(v, p[i].done_on);
		cells[2].text = p[i].title;
		cells[3].text = p[i].credential;
	}
	table_print(&t);
	screen_line(&v->s, "Keep it: pdh attach ID FILE");
}

static void show_orphans(const struct show *v, const struct stray *p, size_t n)
{
	static const struct column heads[] = {
		{"SHA256", .least = 12},
		{"SIZE", .gap = 2, .right = true},
		{"WRITTEN", .gap = 2},
	};
	struct table t = {.s = &v->s, .columns = heads, .n = 3};

	for (size_t i = 0; i < n; i++) {
		struct cell *cells = table_row(&t);
		cells[0].text = p[i].sha256;
		cells[1].text = bytes_text(v, p[i].size);
		cells[2].text = show_day(v, p[i].since);
	}
	table_print(&t);
}

static bool asks_for(const struct show *v, bool orphans)
{
	const struct evidence_list_params *p = v->params;

	return p && (orphans ? p->orphans > 0 : p->missing > 0);
}

void show_proofs(const struct show *v, const struct proofs *r)
{
	if (r->missing.n)
		show_missing(v, r->missing.v, r->missing.n);
	else if (asks_for(v, false))
		screen_line(&v->s, "No entry lacks a proof that its rules want kept.");
	if (r->orphans.n)
		show_orphans(v, r->orphans.v, r->orphans.n);
	else if (asks_for(v, true))
		screen_line(&v->s, "Every file among the proofs is in use.");
	if (asks_for(v, false) || asks_for(v, true))
		return;
	if (r->evidence.n)
		show_rows(v, r->evidence.v, r->evidence.n);
	else
		screen_line(&v->s, "Nothing found.");
	if (r->files > 0)
		screen_line(&v->s, "%s kept, %s.",
			    show_count(v, r->files, "proof is", "proofs are"),
			    bytes_text(v, r->bytes));
	if (r->next)
		screen_line(&v->s,
			    "Later ones are not shown; --all and --limit reach them.");
}

/* ---- files -------------------------------------------------------------------------------------- */

void show_evidence_piece(const struct show *v, const struct evidence_piece *r)
{
	screen_line(&v->s, "%s: %lld of %lld bytes", r->name ? r->name : "",
		    (long long)r->data.n, (long long)r->size);
}

void show_evidence_saved(const struct show *v, const struct evidence_saved *r)
{
	if (!show_is(r->file, "-"))
		screen_line(&v->s, "Proof" NBSP "%lld is in %s (%s).", (long long)r->id,
			    r->file ? r->file : "", bytes_text(v, r->size));
}

static void show_bad(const struct show *v, const struct evidence *p, size_t n,
		     const char *what)
{
	for (size_t i = 0; i < n; i++)
		screen_line(&v->s, "Proof" NBSP "%lld, %s of %s: %s", (long long)p[i].id,
			    p[i].name, links_text(v, &p[i]), what);
}

static bool is_all(const struct show *v)
{
	const struct evidence_check_params *p = v->params;

	return !p || p->id == INT_NONE;
}

void show_evidence_checked(const struct show *v, const struct evidence_checked *r)
{
	bool good = r->damaged.n + r->absent.n == 0;

	show_bad(v, r->damaged.v, r->damaged.n, "the file is not what was stored");
	show_bad(v, r->absent.v, r->absent.n, "the file is not there");
	if (good)
		screen_line(&v->s,
			    r->checked == 0   ? "There are no proofs to check."
			    : r->checked == 1 ? "%s, as it was stored."
					      : "%s, all as they were stored.",
			    show_count(v, r->checked, "file", "files"));
	else
		screen_line(&v->s, "Attach them again, or take them from a backup.");
	if (r->missing.n)
		screen_line(&v->s, "Without proof in their cycle: %s",
			    unproved_text(v, r->missing.v, r->missing.n));
	if (r->orphans.n && is_all(v))
		screen_line(&v->s, "%s no longer used: pdh evidence --orphans",
			    show_count(v, (int64_t)r->orphans.n, "file", "files"));
}

void show_evidence_purged(const struct show *v, const struct evidence_purged *r)
{
	screen_line(&v->s, "%s %s, %s.", r->dry_run > 0 ? "Would remove" : "Removed",
		    show_count(v, (int64_t)r->removed.n, "file", "files"),
		    bytes_text(v, r->bytes));
	if (r->later > 0)
		screen_line(&v->s,
			    "%s younger than 30 days, since pdh undo may want them.",
			    show_count(v, r->later, "file stays, being",
				       "files stay, being"));
}

void show_upload(const struct show *v, const struct upload *r)
{
	if (r->size == INT_NONE)
		screen_line(&v->s, "%s is forgotten.", r->token);
	else
		screen_line(&v->s, "%s: %lld of %lld bytes have come.", r->token,
			    (long long)r->got, (long long)r->size);
}
