/* pdh daemon status and stop, doctor, version, api. */
#include "client/show/answers.h"

#include "client/term/table.h"
#include "client/term/text.h"
#include "common/clock.h"

#include <string.h>

static const char *age_text(const struct show *v, int64_t seconds)
{
	enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

	if (seconds >= 2 * DAY)
		return show_count(v, seconds / DAY, "day", "days");
	if (seconds >= 2 * HOUR)
		return show_count(v, seconds / HOUR, "hour", "hours");
	if (seconds >= 2 * MINUTE)
		return show_count(v, seconds / MINUTE, "minute", "minutes");
	return show_count(v, seconds > 0 ? seconds : 0, "second", "seconds");
}

static const char *age_since(const struct show *v, int64_t began)
{
	return began == INT_NONE ? "?" : age_text(v, clock_now() - began);
}

static const char *number(const struct show *v, int64_t n)
{
	return n == INT_NONE ? "?" : arena_printf(v->s.a, "%lld", (long long)n);
}

static const char *joined(const struct show *v, const char *a, const char *b)
{
	return arena_printf(v->s.a, "%s%s%s", a, screen_dot(&v->s), b);
}

void show_daemon(const struct show *v, const struct daemon_status *r)
{
	enum { LABEL = 8, KIB_IN_MIB = 1024 };
	const char *clients = show_count(v, r->clients, "client", "clients");

	screen_line(&v->s,
		    "pdhd %s, level %s (works with clients from level %s), up %s, %s" NBSP
		    "MiB",
		    r->version ? r->version : "?", number(v, r->level),
		    number(v, r->compatible_since), age_since(v, r->started_at),
		    r->memory_kib == INT_NONE
			    ? "?"
			    : number(v, (r->memory_kib + KIB_IN_MIB / 2) / KIB_IN_MIB));
	screen_field(&v->s, LABEL, "socket", r->socket);
	screen_field(&v->s, LABEL, "database", r->database);
	screen_field(&v->s, LABEL, "process",
		     joined(v, number(v, r->pid),
			    arena_printf(v->s.a, "started by %s",
					 r->started_by ? started_by_word(r->started_by)
						       : "?")));
	screen_field(&v->s, LABEL, "clients",
		     joined(v, clients,
			    show_count(v, r->requests, "request answered",
				       "requests answered")));
	if (r->test_clock > 0)
		screen_field(&v->s, LABEL, "clock", "a test clock");
}

void show_stopped(const struct show *v, const struct daemon_status *r)
{
	if (r->pid == INT_NONE) {
		screen_line(&v->s, "pdhd was not running.");
		return;
	}
	if (r->requests == INT_NONE) {
		screen_line(&v->s,
			    "pdhd (process %lld) could not be asked and was told to end. "
			    "The next command starts it again.",
			    (long long)r->pid);
		return;
	}
	screen_line(&v->s,
		    "pdhd stopped after %s and %s. The next command starts it again.",
		    age_since(v, r->started_at),
		    show_count(v, r->requests, "request", "requests"));
}

/* ---- doctor ------------------------------------------------------------------------------------- */

static void show_finding(const struct show *v, const struct finding *f, int about)
{
	bool fail = f->level == FINDING_LEVEL_FAIL, warn = f->level == FINDING_LEVEL_WARN;
	const struct piece pieces[] = {
		{.text = fail ? "FAIL" : finding_level_word(f->level),
		 .width = 4,
		 .tint = fail	? TINT_BAD
			 : warn ? TINT_WARN
				: TINT_GOOD},
		{.text = f->about, .width = about, .gap = 3},
	};

	int at = screen_pieces(&v->s, 0, SHOW_INDENT, pieces, 2);
	int padding = about - text_width(text_safe(v->s.t, v->s.a, f->about));
	screen_beside(&v->s, at, padding + 3, 2 * SHOW_INDENT, f->text);
}

void show_checkup(const struct show *v, const struct checkup *r)
{
	int64_t problems = 0, warnings = 0;
	int about = 0;

	for (size_t i = 0; i < r->findings.n; i++) {
		const struct finding *f = &r->findings.v[i];
		int width = text_width(text_safe(v->s.t, v->s.a, f->about));
		about = width > about ? width : about;
		problems += f->level == FINDING_LEVEL_FAIL;
		warnings += f->level == FINDING_LEVEL_WARN;
	}
	for (size_t i = 0; i < r->findings.n; i++)
		show_finding(v, &r->findings.v[i], about);
	if (problems || warnings)
		screen_line(&v->s, "%s, %s.",
			    show_count(v, problems, "problem", "problems"),
			    show_count(v, warnings, "warning", "warnings"));
	else
		screen_line(&v->s, "All is well.");
}

/* ---- version, api ------------------------------------------------------------------------------- */

void show_version(const struct show *v, const struct version *r)
{
	screen_line(&v->s, "pdh %s, level %s", r->version ? r->version : PDH_VERSION,
		    number(v, r->level));
}

static size_t noun_length(const char *name)
{
	return strcspn(name, ".");
}

static bool same_noun(const char *a, const char *b)
{
	return noun_length(a) == noun_length(b) && memcmp(a, b, noun_length(a)) == 0;
}

void show_api(const struct show *v, const struct api *r)
{
	static const struct column columns[] = {
		{.head = "METHOD"},
		{.head = "COMMAND", .gap = 2, .drop = 2},
		{.head = "WHAT IT DOES", .gap = 2, .least = 12, .drop = 1}};
	struct table t = {.s = &v->s, .columns = columns, .n = 3};

	screen_line(&v->s, "pdhd %s, level %s, works with clients from level %s",
		    r->version ? r->version : "?", number(v, r->level),
		    number(v, r->compatible_since));
	screen_end(&v->s);
	for (size_t i = 0; i < r->methods.n; i++) {
		const struct api_method *m = &r->methods.v[i];
		if (i && !same_noun(m->name, r->methods.v[i - 1].name))
			table_row(&t);
		struct cell *cells = table_row(&t);
		cells[0].text = m->name;
		cells[1].text = m->verb && m->verb[0] != '_' ? m->verb : NULL;
		cells[2].text = m->doc;
	}
	table_print(&t);
	screen_end(&v->s);
	screen_line(&v->s, "%s, %s, %s, %s. All of it: pdh api --json, or pdh-json(7).",
		    show_count(v, (int64_t)r->methods.n, "method", "methods"),
		    show_count(v, (int64_t)r->records.n, "record", "records"),
		    show_count(v, (int64_t)r->kinds.n, "kind", "kinds"),
		    show_count(v, (int64_t)r->errors.n, "error", "errors"));
}
