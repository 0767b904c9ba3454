/* reminder.channel, and the settings it shows. */
#include "daemon/remind/channel.h"

#include "common/argv.h"
#include "daemon/method.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = "command:";

enum channel channel_of_way(const char *way)
{
	if (strncmp(way, prefix, sizeof(prefix) - 1) == 0)
		return CHANNEL_COMMAND;
	if (strcmp(way, "desk") == 0)
		return CHANNEL_DESKTOP;
	return channel_of(way);
}

bool channel_is_usable(const struct channels *c, const char *way)
{
	enum channel channel = channel_of_way(way);

	if (channel == CHANNEL_NONE || c->v[channel].off)
		return false;
	if (channel == CHANNEL_MAIL)
		return c->v[channel].address != NULL;
	if (channel == CHANNEL_COMMAND)
		return c->v[channel].program || strchr(way, ':');
	return channel == CHANNEL_DESKTOP || c->v[channel].file;
}

/* "~/bin/tell-hr" in full; other words as they are. */
static const char *at_home(const char *word, struct arena *a)
{
	const char *home = getenv("HOME");

	return home && strncmp(word, "~/", 2) == 0
		       ? arena_printf(a, "%s/%s", home, word + 2)
		       : word;
}

/* A path with blanks in it that nobody put in quotes. */
static bool is_one_program(const char *text)
{
	struct stat st;

	return *text == '/' && strchr(text, ' ') && stat(text, &st) == 0 &&
	       S_ISREG(st.st_mode) && access(text, X_OK) == 0;
}

char **channel_argv(const char *program, const char *last, struct arena *a)
{
	const char *whole = at_home(program, a);
	char **argv;
	size_t n = 1;

	if (is_one_program(whole)) {
		argv = arena_array(a, 3, sizeof(char *));
		argv[0] = arena_dup(a, whole);
	} else {
		(void)argv_split(program, a, &argv, &n, NULL);
		for (size_t i = 0; i < n; i++)
			argv[i] = arena_dup(a, at_home(argv[i], a));
	}
	if (last)
		argv[n++] = arena_dup(a, last);
	return argv;
}

/* -PDH_USAGE where its words cannot be told apart. */
static int check_program(const char *program, const char *field, struct arena *a,
			 struct err *e)
{
	char **argv;
	size_t n;

	if (is_one_program(at_home(program, a)))
		return 0;
	int r = argv_split(program, a, &argv, &n, e);
	if (r < 0)
		snprintf(e->field, sizeof(e->field), "%s", field);
	return r;
}

int channel_read_way(const char *word, const char *field, struct arena *a,
		     const char **ret, struct err *e)
{
	bool own = strncmp(word, prefix, sizeof(prefix) - 1) == 0;
	const char *program = own ? word + sizeof(prefix) - 1 : "";
	enum channel channel = channel_of_way(word);
	const char *near;

	*ret = channel ? channel_word(channel) : word;
	if (own && program[strspn(program, " ")]) {
		*ret = arena_printf(a, "%s%s", prefix, at_home(program, a));
		return check_program(program, field, a, e);
	}
	if (!own && channel && channel != CHANNEL_CALENDAR)
		return 0;
	near = api_nearest(word, kind_words(KIND_CHANNEL), CHANNEL_CALENDAR - 1);
	err_set(e, -PDH_USAGE, field,
		"\"%.40s\" is not desktop, mail, command or command:PROGRAM", word);
	return near ? err_hint(e, "did you mean \"%s\"?", near) : e->code;
}

/* ---- stored --------------------------------------------------------------------------------- */

int channels_read(struct work *w, struct channels *ret, struct err *e)
{
	AUTO_STMT s = NULL;
	int r = db_query(w->db, Q_channel_list, &s, e);

	*ret = (struct channels){0};
	for (enum channel i = CHANNEL_DESKTOP; i < CHANNEL_VALUES; i++)
		ret->v[i] = (struct channel_setting){.name = channel_word(i),
						     .seconds = CHANNEL_SECONDS};
	while (r >= 0 && (r = db_step(w->db, s, e)) > 0) {
		enum channel channel = channel_of_way(db_word(s, 0));
		if (channel == CHANNEL_NONE)
			continue;
		struct channel_setting *c = &ret->v[channel];
		c->off = db_int(s, 1) > 0;
		c->address = db_text(s, 2, w->arena);
		c->program = db_text(s, 3, w->arena);
		c->file = db_text(s, 4, w->arena);
		if (db_int(s, 5) != INT_NONE)
			c->seconds = db_int(s, 5);
	}
	return r;
}

static int store(struct work *w, const struct channel_setting *c, struct err *e)
{
	return DB_DO(w->db, Q_channel_set, e, DB_TEXT(":name", c->name),
		     DB_INT(":off", c->off), DB_TEXT(":address", c->address),
		     DB_TEXT(":program", c->program), DB_TEXT(":file", c->file),
		     DB_INT(":seconds",
			    c->seconds == CHANNEL_SECONDS ? INT_NONE : c->seconds));
}

/* ---- the method ------------------------------------------------------------------------------ */

/* One address, as it stands in a header and after sendmail has read it: nothing that could end the one or mean more to
 * the other. A name without @ is a user of this machine. */
static bool is_address(const char *text)
{
	static const char fine[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/"
		"=?^_`{}~-@";
	const char *at = strchr(text, '@');
	size_t n = strlen(text);

	return n > 0 && n <= 254 && strspn(text, fine) == n && *text != '-' &&
	       (!at || (at > text && at[1] && !strchr(at + 1, '@')));
}

static int not_of(struct err *e, const char *field, const char *channel)
{
	return err_set(e, -PDH_USAGE, field, "is not a setting of %s", channel);
}

/* An empty text takes a setting away. */
static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

static int set_texts(struct work *w, struct channel_setting *c,
		     const struct reminder_channel_params *p, struct err *e)
{
	enum channel channel = channel_of_way(c->name);

	if (p->to && channel != CHANNEL_MAIL)
		return not_of(e, "to", c->name);
	if (p->program && channel != CHANNEL_MAIL && channel != CHANNEL_COMMAND)
		return not_of(e, "program", c->name);
	if (p->file && channel != CHANNEL_CALENDAR)
		return not_of(e, "file", c->name);
	if (p->to && *p->to && !is_address(p->to))
		return err_set(e, -PDH_USAGE, "to",
			       "\"%.60s\" is not one address such as dana@example.org",
			       p->to);
	if (p->file && *p->file && *p->file != '/')
		return err_set(e, -PDH_USAGE, "file", "is a path that begins with /");
	if (p->program && check_program(p->program, "program", w->arena, e) < 0)
		return e->code;
	if (p->to)
		c->address = or_null(p->to);
	if (p->program)
		c->program = or_null(p->program);
	if (p->file)
		c->file = or_null(p->file);
	return 0;
}

static int change(struct work *w, struct channels *all,
		  const struct reminder_channel_params *p, struct err *e)
{
	bool told = p->to || p->program || p->file || p->seconds != INT_NONE ||
		    p->off > 0 || p->on > 0;
	enum channel channel = p->channel ? channel_of_way(p->channel) : CHANNEL_NONE;

	if (p->channel && (channel == CHANNEL_NONE || strchr(p->channel, ':')))
		return err_set(e, -PDH_USAGE, "channel",
			       "\"%.40s\" is not desktop, mail, command or calendar",
			       p->channel);
	if (!told)
		return 0;
	if (!p->channel)
		return err_set(e, -PDH_USAGE, "channel",
			       "say which: desktop, mail, command or calendar");
	if (p->off > 0 && p->on > 0)
		return err_set(e, -PDH_USAGE, "off", "goes without --on");
	struct channel_setting *c = &all->v[channel];
	int r = set_texts(w, c, p, e);
	if (r < 0)
		return r;
	if (p->seconds != INT_NONE)
		c->seconds = p->seconds;
	c->off = p->off > 0 || (c->off && p->on <= 0);
	w->what = arena_printf(w->arena, "set channel %s", c->name);
	return store(w, c, e);
}

static int last_outcome(struct work *w, const char *name, struct channel_shown *ret,
			struct err *e)
{
	AUTO_STMT s = NULL;
	int r = DB_GET(w->db, Q_reminder_log_outcome, &s, e, DB_TEXT(":channel", name));

	if (r <= 0)
		return r;
	ret->outcome = send_outcome_of(db_word(s, 0));
	ret->at = db_int(s, 1);
	ret->said = db_text(s, 2, w->arena);
	return 0;
}

static int show(struct work *w, const struct channels *all, const char *only,
		struct channels_shown *ret, struct err *e)
{
	int r = 0;

	ret->channels.v = arena_array(w->arena, CHANNEL_VALUES, sizeof(*ret->channels.v));
	for (enum channel i = CHANNEL_DESKTOP; r == 0 && i < CHANNEL_VALUES; i++) {
		const struct channel_setting *c = &all->v[i];
		if (only && channel_of_way(only) != i)
			continue;
		struct channel_shown *shown = &ret->channels.v[ret->channels.n++];
		shape_none(&shape_channel_shown, shown);
		shown->channel = i;
		shown->state = c->off ? CHANNEL_STATE_OFF
			       : channel_is_usable(all, c->name)
				       ? CHANNEL_STATE_ON
				       : CHANNEL_STATE_NOT_SET_UP;
		shown->to = c->address;
		shown->program = c->program;
		shown->file = c->file;
		shown->seconds = c->seconds;
		r = last_outcome(w, c->name, shown, e);
	}
	return r;
}

int method_reminder_channel(struct work *w, const struct reminder_channel_params *p,
			    struct channels_shown *ret, struct err *e)
{
	struct channels all;
	int r = channels_read(w, &all, e);

	if (r == 0)
		r = change(w, &all, p, e);
	if (r == 0)
		r = show(w, &all, p->channel, ret, e);
	if (r < 0)
		return r;
	ret->dry_run = w->dry_run;
	return 0;
}
