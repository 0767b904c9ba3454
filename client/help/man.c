/* pdh(1), in mdoc: what the tables know, and the sections that no table has. */
#include "client/help/man.h"

#include "client/help/examples.h"
#include "client/help/label.h"

#include <string.h>

#define MAN_DATE "November 30, 2026" /* of the last change of what pdh(1) says */

/* Text as roff takes it: no line begins as a request does, and what is typed keeps its dashes and backslashes. */
static void put(FILE *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		(void)fputs("\\&", out);
	for (const char *p = text; *p; p++) {
		if (p > text && p[-1] == ' ' && strchr(".,:;()[]?!|", *p) &&
		    (p[1] == ' ' || !p[1]))
			(void)fputs("\\&", out); /* a word, not the end of a sentence */
		if (*p == '\\')
			(void)fputs("\\e", out);
		else if (*p == '-')
			(void)fputs("\\-", out);
		else if (*p == '"')
			(void)fputs("\\(dq", out); /* a macro would take it for itself */
		else
			(void)putc(*p, out);
	}
	(void)putc('\n', out);
}

/* Each sentence on a line of its own, as the macros want it. */
static void put_sentences(FILE *out, const char *text, struct arena *a)
{
	for (const char *end; (end = strstr(text, ". ")); text = end + 2)
		put(out, arena_dup_n(a, text, (size_t)(end - text) + 1));
	put(out, text);
}

static void put_item(FILE *out, const char *label, const char *doc)
{
	(void)fputs(".It ", out);
	put(out, label);
	put(out, doc);
}

/* ---- commands ----------------------------------------------------------------------------------- */

static void put_places(FILE *out, const struct method *m, struct arena *a)
{
	for (char place = '1'; place <= '9'; place++)
		for (size_t i = 0; i < m->params->n; i++) {
			const struct field *f = &m->params->fields[i];
			if (f->how[0] == place)
				(void)fprintf(out, f->required ? " Ar %s" : " Op Ar %s",
					      label_of_param(f, a));
		}
}

static void put_params(FILE *out, const struct method *m, struct arena *a)
{
	size_t n = 0;

	for (size_t i = 0; i < m->params->n; i++) {
		const struct field *f = &m->params->fields[i];
		if (!f->how[0])
			continue;
		if (n++ == 0)
			(void)fputs(".Bl -tag -width Ds -compact\n", out);
		put_item(out, label_of_param(f, a), f->doc);
	}
	for (enum option_id o = 0; o < OPTION_COUNT; o++) {
		if (!*option_rows[o].verbs || option_rows[o].verbs[0] == '@' ||
		    !option_belongs(o, m))
			continue;
		if (n++ == 0)
			(void)fputs(".Bl -tag -width Ds -compact\n", out);
		put_item(out, label_of_option(o, a), option_rows[o].doc);
	}
	if (n)
		(void)fputs(".El\n", out);
}

static void put_command(FILE *out, const struct method *m)
{
	AUTO_ARENA a = {0};

	(void)fprintf(out, ".It Cm %s", m->verb);
	put_places(out, m, &a);
	(void)putc('\n', out);
	put(out, m->doc);
	put_params(out, m, &a);
	for (size_t i = 0; i < remark_count; i++)
		if (&api_methods[remarks[i].method] == m) {
			(void)fputs(".Pp\n", out);
			put_sentences(out, remarks[i].text, &a);
		}
}

static void put_commands(FILE *out)
{
	(void)fputs(".Sh COMMANDS\n"
		    "Flags may stand before or after words.\n"
		    ".Cm st , ls\nand\n.Cm cred\nare short for\n.Cm status , list\nand\n"
		    ".Cm credential .\n"
		    "Commands that change something also take\n.Fl \\-dry\\-run .\n",
		    out);
	for (size_t t = 0; t < task_count; t++) {
		(void)fprintf(out, ".Ss %s\n.Bl -tag -width Ds\n", tasks[t].title);
		for (size_t i = 0; i < METHOD_COUNT; i++)
			if (task_has(&tasks[t], &api_methods[i]))
				put_command(out, &api_methods[i]);
		(void)fputs(".El\n", out);
	}
}

static void put_options(FILE *out)
{
	AUTO_ARENA a = {0};

	(void)fputs(".Sh OPTIONS\nEvery command takes these, except that\n"
		    ".Fl \\-dry\\-run\nis for commands that change something.\n"
		    ".Bl -tag -width Ds\n",
		    out);
	for (enum option_id o = 0; o < OPTION_COUNT; o++)
		if (!*option_rows[o].verbs || option_rows[o].verbs[0] == '@')
			put_item(out, label_of_option(o, &a), option_rows[o].doc);
	(void)fputs(".El\n", out);
}

static void put_examples(FILE *out)
{
	(void)fputs(".Sh EXAMPLES\n.Bl -tag -width Ds\n", out);
	for (size_t i = 0; i < example_count; i++)
		put_item(out, examples[i].command, examples[i].what);
	(void)fputs(".El\n", out);
}

/* ---- sections ----------------------------------------------------------------------------------- */

static const char head[] =
	".Dd " MAN_DATE "\n"
	".Dt PDH 1\n"
	".Os\n"
	".Sh NAME\n"
	".Nm pdh\n"
	".Nd log professional development, and see what a license still needs\n"
	".Sh SYNOPSIS\n"
	".Nm\n"
	".Op Ar command\n"
	".Op Ar words ...\n"
	".Op Ar options\n"
	".Sh DESCRIPTION\n"
	".Nm\n"
	"keeps the hours of workshops and courses, the certificates and licenses they count for,\n"
	"and says what counts, what is still missing, and by when.\n"
	"The records are kept by\n"
	".Xr pdhd 8 ,\n"
	"which\n"
	".Nm\n"
	"starts when it is needed; nothing leaves the computer.\n"
	".Pp\n"
	"Without a command it is\n"
	".Cm status .\n"
	"Every change can be taken back with\n"
	".Cm undo .\n"
	"How dates, amounts and lengths of time are typed is in\n"
	".Xr pdh-dates 7 ,\n"
	"what scripts get in\n"
	".Xr pdh-json 7 ,\n"
	"and how a board's rules are written and corrected in\n"
	".Xr pdh-rules 5 .\n";

static const char bars[] =
	".Sh STATUS BARS\n"
	"The daemon keeps one line beside its socket,\n"
	".Pa $XDG_RUNTIME_DIR/pdh/line :\n"
	"the day, and what\n"
	".Cm prompt\n"
	"prints, such as\n"
	".Dq PD:2! ;\n"
	"nothing follows the day where nothing needs attention.\n"
	"It is replaced whole before a change is answered, and on a new day; a line of another day says "
	"nothing.\n"
	"A shell reads it without starting a program:\n"
	".Dl read -r pdh_day pdh_text < \\(dq$XDG_RUNTIME_DIR/pdh/line\\(dq\n"
	".Bl -tag -width Ds\n"
	".It Cm status Fl \\-format Li @waybar\n"
	"One JSON object: text, tooltip, and a class (ok, behind, lapsed or none) for its style.\n"
	"In its configuration: \"custom/pdh\": {\"exec\": \"pdh status --format @waybar\", "
	"\"return\\-type\": \"json\", \"interval\": 900}\n"
	".It Cm status Fl \\-format Li @i3blocks\n"
	"Three lines: everything, the characters of\n"
	".Cm prompt ,\n"
	"and a color.\n"
	"In its configuration, below [pdh]: command=pdh status --format @i3blocks and interval=900\n"
	".It Cm status Fl \\-format Li @tmux\n"
	"Everything on one line, in colors of tmux.\n"
	"In .tmux.conf: set -ag status-right '#(pdh status --format @tmux)'\n"
	".It Cm status Fl \\-format Li @starship\n"
	"The characters of\n"
	".Cm prompt\n"
	"alone.\n"
	"In starship.toml, below [custom.pdh]: command = \"pdh status --format @starship\" and when = true\n"
	".El\n";

static const char tail[] =
	".Sh ENVIRONMENT\n"
	".Bl -tag -width Ds\n"
	".It Ev PDH_DATABASE\n"
	"Absolute path of the records, used instead of the usual one.\n"
	"A second database has a daemon of its own.\n"
	".It Ev PDH_SOCKET\n"
	"Absolute path of the socket of the daemon, used instead of looking for it.\n"
	"A daemon there that keeps other records than\n"
	".Ev PDH_DATABASE\n"
	"or\n"
	".Ev XDG_DATA_HOME\n"
	"say refuses with 5.\n"
	".It Ev XDG_RUNTIME_DIR\n"
	"Where sockets lie.\n"
	"One that is missing, no folder, or another user's, as after\n"
	".Xr su 1 ,\n"
	"is passed over with a note on standard error.\n"
	".It Ev PDH_NO_SPAWN\n"
	"If set and not 0: never start the daemon, as with\n"
	".Fl \\-no\\-spawn .\n"
	".It Ev PDH_BARS\n"
	"If no: words in the place of bars, as with\n"
	".Fl \\-bars Cm no .\n"
	".It Ev PDH_PAGER , PAGER\n"
	"The pager for answers that are longer than the screen of a terminal;\n"
	".Ql less \\-FIRX\n"
	"where neither is set.\n"
	"The first that is set counts; none is used where it is empty or\n"
	".Ql cat ,\n"
	"with\n"
	".Fl \\-no\\-pager ,\n"
	"and where\n"
	".Ev TERM\n"
	"is not set or dumb.\n"
	".It Ev NO_COLOR , PDH_NO_COLOR , FORCE_COLOR , TERM\n"
	"No color where one of the first two is set or the terminal is dumb; color without a "
	"terminal\n"
	"with the third.\n"
	".It Ev COLUMNS\n"
	"Width of the output.\n"
	".It Ev LC_ALL , LC_CTYPE , LC_TIME , LC_NUMERIC , LANG\n"
	"Without UTF-8 the output is ASCII; whether 3/4/2026 is in March is told by\n"
	"the name of the locale, as\n"
	".Xr pdh-dates 7\n"
	"says.\n"
	".El\n"
	".Sh FILES\n"
	".Bl -tag -width Ds\n"
	".It Pa ~/.local/share/pdh/pdh.db\n"
	"The records, an SQLite database.\n"
	".It Pa ~/.local/share/pdh/evidence/\n"
	"The proofs, each under the SHA-256 of its bytes; beside another database NAME.evidence.\n"
	".It Pa ~/.local/state/pdh/\n"
	"The log of the daemon, backups, copies of the database from before a migration, and for ten minutes which commands\n"
	"had no answer.\n"
	".It Pa ~/.config/pdh/packs/\n"
	"Rules packs of your own; see\n"
	".Xr pdh-rules 5 .\n"
	".It Pa ~/.local/share/pdh/pdh.db.lock\n"
	"Says which daemon has the records, and at which socket; every command follows it.\n"
	".It Pa $XDG_RUNTIME_DIR/pdh/sock , $XDG_RUNTIME_DIR/pdh/line\n"
	"The socket of the daemon, and its line for prompts; in\n"
	".Pa /run/user/UID/pdh\n"
	"or\n"
	".Pa /tmp/pdh-UID\n"
	"where the variable is of no use, as in\n"
	".Xr cron 8 .\n"
	".El\n";

static const char daemon[] =
	".Sh WITHOUT A DAEMON\n"
	"Where no daemon can be started, as in a home that is read-only, or where one does not answer in "
	"time,\n"
	"commands that only read are answered from the database as it stands;\n"
	"a note on standard error says so and why, and the exit status is the usual one.\n"
	"Commands that change something fail with 7.\n"
	"Nothing of this is done with\n"
	".Fl \\-no\\-spawn\n"
	"or with a socket that is named.\n"
	".Pp\n"
	"A daemon whose socket was swept away binds it anew.\n"
	".Cm daemon stop\n"
	"ends the one that has the records, also where no socket leads to it.\n"
	"A daemon of another user is never spoken with.\n";

/* All that one number means, as one entry. */
static void put_exit_status(FILE *out, const struct err_kind *kinds, size_t n, int status)
{
	bool any = false;

	for (size_t i = 0; i < n; i++) {
		if (kinds[i].exit_status != status)
			continue;
		if (!any)
			(void)fprintf(out, ".It %d\n", status);
		(void)fprintf(out, "%s\n", kinds[i].text);
		any = true;
	}
}

static void put_exit_statuses(FILE *out)
{
	size_t n;
	const struct err_kind *kinds = err_kinds(&n);

	(void)fputs(".Sh EXIT STATUS\n.Bl -tag -width Ds\n.It 0\nDone.\n", out);
	for (int status = 1; status < PDH_EXIT_BEHIND; status++)
		put_exit_status(out, kinds, n, status);
	(void)fprintf(out, ".It %d\nOnly with\n.Fl \\-check :\n", PDH_EXIT_BEHIND);
	(void)fputs("a credential is behind, or something is due soon.\n", out);
	(void)fprintf(out, ".It %d\nOnly with\n.Fl \\-check :\n", PDH_EXIT_LAPSED);
	(void)fputs("a credential is late or has lapsed, or something is overdue.\n",
		    out);
	for (int status = PDH_EXIT_LAPSED + 1; status < 256; status++)
		put_exit_status(out, kinds, n, status);
	(void)fputs(".El\n", out);
}

void man_print(FILE *out)
{
	(void)fputs(head, out);
	put_commands(out);
	put_options(out);
	(void)fputs(bars, out);
	(void)fputs(daemon, out);
	(void)fputs(tail, out);
	put_exit_statuses(out);
	put_examples(out);
	(void)fputs(
		".Sh SEE ALSO\n.Xr pdh-layouts 5 ,\n.Xr pdh-rules 5 ,\n.Xr pdh-dates 7 ,\n.Xr pdh-filters 7 ,\n.Xr pdh-import 7 ,\n.Xr pdh-json 7 ,\n"
		".Xr pdh-query 7 ,\n.Xr pdh-reminders 7 ,\n.Xr pdhd 8\n",
		out);
}
