#include "client/cli/args.h"

#include "client/cli/args_log.h"
#include "client/cli/args_option.h"
#include "client/cli/asked.h"
#include "client/cli/blame.h"
#include "client/cli/input.h"
#include "client/cli/verb.h"
#include "common/ascii.h"
#include "common/filter.h"
#include "common/texts.h"

#include <string.h>

/* One reading of a command line. */
struct reader {
	const struct kind_context *c;
	struct command *command;
	FILE *in;
	bool in_used;	  /* standard input has been read for a value */
	bool explains;	  /* --help or --version is there, so no value is looked at */
	uint64_t seen;	  /* fields that were given, by their place in the shape */
	size_t place;	  /* words taken so far */
	const char *rest; /* the words of a "2+" of one text, joined */
	struct texts
		words; /* those of pdh log: which are the amount is told by all of them */
	struct err *e;
};

static uint64_t bit_of(const struct reader *rd, const struct field *f)
{
	return UINT64_C(1) << (f - rd->command->method->params->fields);
}

static bool is_list(const struct field *f)
{
	return kind_is_texts(f->kind) || f->kind == KIND_IDS;
}

/* Reads standard input where the value says so. */
static int resolve(struct reader *rd, const struct field *f, const char **text)
{
	size_t most = 2 * kind_row(f->kind)->most, n;
	char *read;

	if ((f->kind != KIND_NOTE && f->kind != KIND_NUMBER) || strcmp(*text, "-") != 0)
		return 0;
	if (rd->in_used)
		return err_set(rd->e, -PDH_USAGE, NULL,
			       "standard input can be read for one value only");
	rd->in_used = true;
	int r = input_read(rd->in, most, rd->c->arena, &read, &n, rd->e);
	if (r == 0 && strlen(read) != n)
		r = err_set(rd->e, -PDH_USAGE, NULL,
			    "standard input holds something that is not text");
	if (r == 0)
		*text = read;
	return r;
}

/* It is sent as it was typed; a slip is told before anything is. */
static int check_filter(const struct reader *rd, const char *const *text)
{
	struct filter_node *ignored;

	return filter_parse(*text, rd->c->today, NULL, rd->c->arena, &ignored, rd->e);
}

/* After --since and --until a period may stand for its first or last day. */
static int read_value(struct reader *rd, const struct field *f, const char *flag,
		      const char *text)
{
	void *to = field_at(f, rd->command->params);
	const bool last = flag && strcmp(flag, "--until") == 0;

	if (f->kind == KIND_DATE && (last || (flag && strcmp(flag, "--since") == 0)))
		return kind_end_from_text(text, rd->c, last, to, rd->e);
	int r = kind_from_text(f->kind, text, rd->c, to, rd->e);
	return r == 0 && f->kind == KIND_FILTER ? check_filter(rd, to) : r;
}

static int set(struct reader *rd, const struct field *f, const char *typed,
	       const char *text)
{
	if (rd->explains)
		return 0;
	int r = resolve(rd, f, &text);
	if (r == 0 && !*text && is_list(f) && !f->clears)
		r = err_set(rd->e, -PDH_USAGE, NULL, "is empty; it takes %s",
			    kind_row(f->kind)->hint);
	if (r == 0)
		r = read_value(rd, f, typed, text);
	if (r == 0)
		r = field_check(f, field_at(f, rd->command->params), rd->e);
	if (r < 0) {
		rd->e->field[0] = '\0';
		blame_field(rd->e, f, typed);
	}
	return r;
}

/* ---- flags -------------------------------------------------------------------------------------- */

static const struct field *field_of_flag(const struct shape *s, const char *flag)
{
	for (size_t i = 0; i < s->n; i++)
		if (flag_among(s->fields[i].how, flag))
			return &s->fields[i];
	return NULL;
}

static int unknown_flag(struct reader *rd, const char *flag)
{
	enum { MOST = 160 };
	const struct method *m = rd->command->method;
	const char *known[MOST];
	size_t n = 0;

	for (size_t i = 0; i < m->params->n + OPTION_COUNT; i++) {
		size_t o = i - m->params->n;
		const char *flags = i < m->params->n ? m->params->fields[i].how
				    : option_belongs((enum option_id)o, m)
					    ? option_rows[o].flags
					    : "";
		for (const char *p = flags; *p == '-' && n < MOST; p += strspn(p, ",")) {
			known[n++] = arena_dup_n(rd->c->arena, p, strcspn(p, ","));
			p += strcspn(p, ",");
		}
	}
	const char *near = api_nearest(flag, known, n);
	const char *verb = rd->command->bare ? "" : m->verb;
	err_set(rd->e, -PDH_USAGE, NULL, "pdh %s%shas no flag %.40s", verb,
		*verb ? " " : "", flag);
	return near ? err_hint(rd->e, "did you mean %s?", near)
		    : err_hint(rd->e, "pdh help %s lists its flags", m->verb);
}

/* The value after a flag. What looks like a flag is no value, so that a forgotten value is noticed. */
static int value_after(struct reader *rd, const char *flag, const char *next,
		       const char *argument, const char **ret)
{
	if (!next) {
		err_set(rd->e, -PDH_USAGE, NULL, "%s needs a value", flag);
		return err_hint(rd->e, "it takes %s", argument);
	}
	if (verb_is_flag(next)) {
		err_set(rd->e, -PDH_USAGE, NULL, "%s needs a value before %.40s", flag,
			next);
		return err_hint(rd->e,
				"a value that begins with a dash is written %s=%.40s",
				flag, next);
	}
	*ret = next;
	return 0;
}

/* "credential rm, import" */
static const char *verbs_of(const struct option_row *row, struct arena *a)
{
	const char *all = "";

	if (row->verbs[0] == '@')
		return "commands that change something";
	for (const char *p = row->verbs; *p;) {
		size_t n = strcspn(p, ",");
		all = arena_printf(a, "%s%s%.*s", all, *all ? ", " : "", (int)n, p);
		p += n + (p[n] == ',');
	}
	return all;
}

static int set_param(struct reader *rd, const struct field *f, const char *flag,
		     const char *value, const char *next, int *ret_taken)
{
	if ((rd->seen & bit_of(rd, f)) && !is_list(f))
		return err_set(rd->e, -PDH_USAGE, f->name, "%s is given twice", flag);
	rd->seen |= bit_of(rd, f);
	if (f->kind == KIND_BOOL && !value)
		value = "yes";
	*ret_taken = !value;
	int r = value ? 0 : value_after(rd, flag, next, kind_row(f->kind)->hint, &value);
	return r < 0 ? r : set(rd, f, flag, value);
}

static int set_option(struct reader *rd, enum option_id id, const char *flag,
		      const char *value, const char *next, int *ret_taken)
{
	const struct option_row *row = &option_rows[id];

	if (!option_belongs(id, rd->command->method))
		return err_set(rd->e, -PDH_USAGE, NULL, "%s is for %s", flag,
			       verbs_of(row, rd->c->arena));
	*ret_taken = row->takes == OPTION_VALUE && !value;
	if (*ret_taken) {
		int r = value_after(rd, flag, next, row->argument, &value);
		if (r < 0)
			return r;
	}
	return option_set(&rd->command->options, id, flag, value, rd->c->arena, rd->e);
}

/* "--planned=no" is cut at its "="; *ret_taken: the next word was its value. */
static int take_flag(struct reader *rd, const char *word, const char *next,
		     int *ret_taken)
{
	const char *equals = strchr(word, '='), *value = equals ? equals + 1 : NULL;
	const char *flag =
		equals ? arena_dup_n(rd->c->arena, word, (size_t)(equals - word)) : word;
	const struct shape *s = rd->command->method->params;

	*ret_taken = 0;
	const struct field *f = field_of_flag(s, flag);
	if (f)
		return set_param(rd, f, flag, value, next, ret_taken);
	enum option_id id = option_find(flag);
	if (id < OPTION_COUNT)
		return set_option(rd, id, flag, value, next, ret_taken);
	if (strncmp(flag, "--no-", 5) == 0 && !value)
		f = field_of_flag(s, arena_printf(rd->c->arena, "--%s", flag + 5));
	if (f && f->kind == KIND_BOOL)
		return set_param(rd, f, flag, "no", NULL, ret_taken);
	return unknown_flag(rd, flag);
}

/* ---- words -------------------------------------------------------------------------------------- */

/* The field of the next place: "1" or "2" of that number, or the "1+" that takes all from there. */
static const struct field *field_of_place(const struct shape *s, size_t place)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *how = s->fields[i].how;
		if (!ascii_is_digit(*how))
			continue;
		size_t from = (size_t)(*how - '0');
		if (place == from || (place > from && how[1] == '+'))
			return &s->fields[i];
	}
	return NULL;
}

/* The words of pdh log: an amount, and a title. */
static int set_log(struct reader *rd)
{
	const struct shape *s = rd->command->method->params;
	const struct field *credit = field_of_place(s, 1), *title = field_of_place(s, 2);
	const char *words, *amount;

	if (rd->words.n == 0 || rd->command->method != &api_methods[METHOD_activity_add])
		return 0;
	args_log_words(&rd->words, rd->c->arena, &amount, &words);
	rd->seen |= bit_of(rd, credit);
	int r = set(rd, credit, NULL, amount);
	if (r < 0 || !words)
		return r;
	rd->seen |= bit_of(rd, title);
	return set(rd, title, NULL, words);
}

static const struct field *filter_of(const struct reader *rd)
{
	return shape_find(rd->command->method->params, "filter", strlen("filter"));
}

/* A place of numbers where words may be a filter as well. */
static bool is_choice(const struct reader *rd, const struct field *f)
{
	return f->kind == KIND_IDS && filter_of(rd);
}

/* "3", "#3", "3,5,9", and where `ranges` "3-7" and "3..7". */
static bool is_numbers(const char *word, bool ranges)
{
	size_t n = strspn(word, ranges ? "0123456789,#-." : "0123456789,#");

	return n && !word[n] && strpbrk(word, "0123456789");
}

/* "id:3-7 or id:9" of numbers, else the words as they are. */
static const char *filter_text(const struct reader *rd, bool numbers)
{
	const char *all = "";

	for (size_t i = 0; i < rd->words.n; i++)
		all = arena_printf(rd->c->arena, "%s%s%s%s", all,
				   !i	     ? ""
				   : numbers ? " or "
					     : " ",
				   numbers ? "id:" : "", rd->words.v[i]);
	return all;
}

/* The words of pdh edit and pdh rm: numbers, or a filter, of which ranges of numbers are one. */
static int set_choice(struct reader *rd)
{
	const struct field *ids = field_of_place(rd->command->method->params, 1),
			   *filter = ids && is_choice(rd, ids) ? filter_of(rd) : NULL;
	size_t plain = 0, numbers = 0;
	int r = 0;

	if (!filter || rd->words.n == 0)
		return 0;
	for (size_t i = 0; i < rd->words.n; i++) {
		plain += is_numbers(rd->words.v[i], false);
		numbers += is_numbers(rd->words.v[i], true);
	}
	if (rd->seen & bit_of(rd, filter))
		return err_set(
			rd->e, -PDH_USAGE, NULL,
			"entries are named by numbers or by a filter, not by both");
	if (numbers != rd->words.n && is_numbers(rd->words.v[0], true)) {
		err_set(rd->e, -PDH_USAGE, NULL,
			"numbers and words of a filter do not go together");
		return err_hint(rd->e, "in a filter, numbers are written id:3-7");
	}
	for (size_t i = 0; r == 0 && plain == rd->words.n && i < plain; i++)
		r = set(rd, ids, NULL, rd->words.v[i]);
	rd->seen |= bit_of(rd, plain == rd->words.n ? ids : filter);
	if (plain == rd->words.n)
		return r;
	return set(rd, filter, NULL, filter_text(rd, numbers == rd->words.n));
}

static int check_choice(struct reader *rd)
{
	const struct method *m = rd->command->method;
	const struct field *ids = field_of_place(m->params, 1);
	char usage[USAGE_SIZE];

	if (!ids || !is_choice(rd, ids) ||
	    (rd->seen & (bit_of(rd, ids) | bit_of(rd, filter_of(rd)))))
		return 0;
	blame_usage(m, usage);
	err_set(rd->e, -PDH_USAGE, NULL,
		"Which activities? Give their numbers or a filter (pdh list).");
	return err_hint(rd->e, "%s", usage);
}

static int take_word(struct reader *rd, const char *word)
{
	struct command *cmd = rd->command;
	const struct field *f = field_of_place(cmd->method->params, ++rd->place);
	char usage[USAGE_SIZE];

	if (rd->explains)
		return 0;
	if (cmd->method == &api_methods[METHOD_activity_add] && rd->place == 1 &&
	    strcmp(word, "-") == 0) {
		cmd->lines = true;
		return 0;
	}
	if (!f || cmd->lines) {
		blame_usage(cmd->method, usage);
		err_set(rd->e, -PDH_USAGE, NULL, "unexpected word \"%.60s\"", word);
		return err_hint(rd->e, "%s", usage);
	}
	if (cmd->method == &api_methods[METHOD_activity_add] || is_choice(rd, f)) {
		texts_add(&rd->words, word, rd->c->arena);
		return 0;
	}
	rd->seen |= bit_of(rd, f);
	if (f->how[1] == '+' && kind_is_text(f->kind)) {
		rd->rest = rd->rest ? arena_printf(rd->c->arena, "%s %s", rd->rest, word)
				    : word;
		return 0;
	}
	return set(rd, f, NULL, word);
}

/* The joined words become one value once all are there. */
static int set_rest(struct reader *rd)
{
	const struct shape *s = rd->command->method->params;

	for (size_t i = 0; rd->rest && i < s->n; i++)
		if (strchr(s->fields[i].how, '+'))
			return set(rd, &s->fields[i], NULL, rd->rest);
	return 0;
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static int read_all(struct reader *rd, int argc, char **argv, size_t verb_words_left)
{
	bool flags = true;
	int r = 0, taken;

	for (int i = 1; r == 0 && i < argc; i++) {
		if (flags && strcmp(argv[i], "--") == 0) {
			flags = false;
		} else if (flags && verb_is_flag(argv[i])) {
			r = take_flag(rd, argv[i], argv[i + 1], &taken);
			i += taken;
		} else if (verb_words_left > 0) {
			verb_words_left--;
		} else {
			r = take_word(rd, argv[i]);
		}
	}
	if (r == 0)
		r = set_log(rd);
	if (r == 0)
		r = set_choice(rd);
	return r < 0 ? r : set_rest(rd);
}

static int check_required(struct reader *rd)
{
	const struct method *m = rd->command->method;
	char name[BLAME_SIZE], usage[USAGE_SIZE];

	for (size_t i = 0; i < m->params->n; i++) {
		const struct field *f = &m->params->fields[i];
		if (!f->required || (rd->seen & bit_of(rd, f)))
			continue;
		blame_usage(m, usage);
		const char *question = asked_question(m, f);
		if (question)
			err_set(rd->e, -PDH_USAGE, f->name, "%s", question);
		else
			err_set(rd->e, -PDH_USAGE, f->name, "Give the %s: %s",
				blame_name(f, name), f->doc);
		return err_hint(rd->e, "%s", usage);
	}
	return 0;
}

/* With `log -` everything comes from the lines; only what speaks about all of them may be said. */
static int check_lines(struct reader *rd)
{
	const struct method *m = rd->command->method;
	const struct field *similar = shape_find(m->params, "similar", strlen("similar"));
	char name[BLAME_SIZE];

	for (size_t i = 0; rd->command->lines && i < m->params->n; i++) {
		const struct field *f = &m->params->fields[i];
		if (f != similar && (rd->seen & bit_of(rd, f)))
			return err_set(
				rd->e, -PDH_USAGE, f->name,
				"%s belongs in the lines when they are read with -",
				blame_name(f, name));
	}
	return 0;
}

/* With --save a plan is kept: what --add names, and nothing else can be. */
static int check_save(struct reader *rd)
{
	const struct options *o = &rd->command->options;
	const struct plan_get_params *p = rd->command->params;

	if (rd->command->method != &api_methods[METHOD_plan_get])
		return 0;
	if (o->save && !p->add.v)
		return err_set(rd->e, -PDH_USAGE, "add", "--save needs --add");
	if (o->dry_run && !o->save)
		return err_set(
			rd->e, -PDH_USAGE, NULL,
			"--dry-run goes with --save; without it nothing is stored");
	return 0;
}

static bool explains(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		enum option_id id = option_find(argv[i]);
		if (id == OPT_HELP || id == OPT_VERSION)
			return true;
	}
	return false;
}

bool args_want_json(int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strcmp(argv[i], "--json") == 0 || strncmp(argv[i], "--json=", 7) == 0)
			return true;
	return false;
}

int args_read(int argc, char **argv, const struct kind_context *c, FILE *in,
	      struct command *ret, struct err *e)
{
	struct command command = {.options = {.timeout_ms = TIMEOUT_MS}};
	struct reader rd = {.c = c,
			    .command = &command,
			    .in = in,
			    .explains = explains(argc, argv),
			    .e = e};
	struct verb verb;

	int r = verb_find(argc, argv, &verb, e);
	if (r < 0)
		return r;
	command.bare = !verb.method;
	command.method = verb.method ? verb.method : &api_methods[METHOD_status_get];
	command.params = arena_alloc(c->arena, command.method->params->size);
	shape_none(command.method->params, command.params);
	r = read_all(&rd, argc, argv, verb.words);
	if (r == 0)
		r = option_check(&command.options, e);
	if (r == 0 && !rd.explains)
		r = check_lines(&rd);
	if (r == 0 && !rd.explains)
		r = check_save(&rd);
	if (r == 0 && !rd.explains)
		r = check_required(&rd);
	if (r == 0 && !rd.explains)
		r = check_choice(&rd);
	if (r == 0)
		*ret = command;
	return r;
}
