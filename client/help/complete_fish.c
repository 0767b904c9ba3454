/* The script for fish. */
#include "client/cli/verb.h"
#include "client/help/complete_words.h"

#include <string.h>

static const char head[] =
	"# fish completion of pdh; made by: pdh completion fish\n"
	"\n"
	"function __pdh_words\n"
	"\tpdh _words $argv --plain --no-spawn 2>/dev/null\n"
	"end\n"
	"\n"
	"# The verb that the words so far make, and the first word after it.\n"
	"function __pdh_split\n"
	"\tset -l words (commandline -opc)\n"
	"\tset -e words[1]\n"
	"\tset -l verb\n"
	"\tset -l first\n"
	"\tset -l takes 0\n"
	"\tfor word in $words\n"
	"\t\ttest -z \"$verb\"; and set word (__pdh_unalias $word)\n"
	"\t\tif test $takes = 1\n"
	"\t\t\tset takes 0\n"
	"\t\telse if string match -q -- '-*' $word\n"
	"\t\t\tcontains -- $word $__pdh_takes; and set takes 1\n"
	"\t\telse\n"
	"\t\t\tset -l longer (string trim -- \"$verb $word\")\n"
	"\t\t\tif not contains -- $longer $__pdh_verbs\n"
	"\t\t\t\tset first $word\n"
	"\t\t\t\tbreak\n"
	"\t\t\tend\n"
	"\t\t\tset verb $longer\n"
	"\t\tend\n"
	"\tend\n"
	"\techo $verb\n"
	"\techo $first\n"
	"end\n"
	"\n"
	"function __pdh_first\n"
	"\tset -l split (__pdh_split)\n"
	"\techo $split[2]\n"
	"end\n"
	"\n"
	"function __pdh_is\n"
	"\tset -l split (__pdh_split)\n"
	"\ttest \"$split[1]\" = \"$argv[1]\"\n"
	"end\n"
	"\n"
	"complete -c pdh -f\n";

static void quote(const char *text, FILE *out)
{
	complete_quote(text, "\\'", out);
}

static void put_prefix(const char *group, void *data)
{
	if (!*group)
		return;
	(void)putc(' ', data);
	quote(group, data);
}

static void put_aliases(FILE *out)
{
	(void)fputs("function __pdh_unalias\n\tswitch $argv[1]\n", out);
	for (size_t i = 0; i < VERB_ALIASES; i++)
		(void)fprintf(out, "\t\tcase %s\n\t\t\techo %s\n", verb_aliases[i].word,
			      verb_aliases[i].verb);
	(void)fputs("\t\tcase '*'\n\t\t\techo -- $argv[1]\n\tend\nend\n\n", out);
}

static void put_sets(FILE *out)
{
	(void)fputs("set -g __pdh_verbs", out);
	complete_groups(put_prefix, out);
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (complete_shown(&api_methods[i])) {
			(void)putc(' ', out);
			quote(api_methods[i].verb, out);
		}
	(void)fputs("\nset -g __pdh_takes", out);
	complete_put_takes(out);
	(void)putc('\n', out);
}

/* ---- one line each ------------------------------------------------------------------------------ */

static void put_condition(FILE *out, const char *verb)
{
	(void)fputs("complete -c pdh", out);
	if (verb)
		(void)fprintf(out, " -n \"__pdh_is '%s'\"", verb);
}

static void put_one_flag(const char *flag, void *data)
{
	bool is_long = strncmp(flag, "--", 2) == 0;

	(void)fprintf(data, is_long ? " -l %s" : " -s %s", flag + (is_long ? 2 : 1));
}

static void put_source(FILE *out, const char *source, const char *fixed)
{
	if (strcmp(source, "fact") == 0)
		(void)fputs(" -a '(__pdh_words fact (__pdh_first))'", out);
	else if (*source)
		(void)fprintf(out, " -a '(__pdh_words %s)'", source);
	else if (*fixed)
		(void)fprintf(out, " -a '%s'", fixed);
}

static void put_param(FILE *out, const struct method *m, const struct field *f)
{
	const char *source = complete_source(f, m), *fixed = complete_fixed(f);

	if (f->how[0] == '-') {
		put_condition(out, m->verb);
		complete_flags(f->how, put_one_flag, out);
		if (f->kind != KIND_BOOL)
			(void)fputs(" -x", out);
		put_source(out, source, fixed);
		(void)fputs(" -d ", out);
		quote(f->doc, out);
		(void)putc('\n', out);
	} else if (f->how[0] && (*source || *fixed || complete_files(f, m))) {
		put_condition(out, m->verb);
		put_source(out, source, fixed);
		if (complete_files(f, m))
			(void)fputs(" -F", out);
		(void)putc('\n', out);
	}
}

static void put_option(FILE *out, const char *verb, enum option_id id)
{
	put_condition(out, verb);
	complete_flags(option_rows[id].flags, put_one_flag, out);
	if (option_rows[id].takes == OPTION_VALUE)
		(void)fputs(" -r", out);
	(void)fputs(" -d ", out);
	quote(option_rows[id].doc, out);
	(void)putc('\n', out);
}

static void put_group(const char *group, void *data)
{
	AUTO_ARENA a = {0};

	put_condition(data, group);
	(void)fprintf(data, " -a '%s'\n", complete_next_words(group, &a));
}

static void put_method(FILE *out, const struct method *m)
{
	for (size_t i = 0; i < m->params->n; i++)
		put_param(out, m, &m->params->fields[i]);
	for (enum option_id o = 0; o < OPTION_COUNT; o++)
		if (*option_rows[o].verbs && option_belongs(o, m))
			put_option(out, m->verb, o);
}

void complete_fish(FILE *out)
{
	put_sets(out);
	put_aliases(out);
	(void)fputs(head, out);
	complete_groups(put_group, out);
	for (size_t i = 0; i < METHOD_COUNT; i++)
		if (complete_shown(&api_methods[i]))
			put_method(out, &api_methods[i]);
	for (enum option_id o = 0; o < OPTION_COUNT; o++)
		if (!*option_rows[o].verbs)
			put_option(out, NULL, o);
	put_condition(out, "help");
	(void)fputs(" -a 'all options ", out);
	AUTO_ARENA a = {0};
	(void)fprintf(out, "%s'\n", complete_next_words("", &a));
}
