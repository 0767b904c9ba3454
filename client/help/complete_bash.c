/* The script for bash. It keeps to what bash has itself, since bash-completion need not be there. */
#include "client/help/complete_words.h"

/* `verb` grows with each word that continues it; a flag that takes a value takes the next word along. */
static const char head[] =
	"# bash completion of pdh; made by: pdh completion bash\n"
	"\n"
	"_pdh_values() {\n"
	"\tlocal IFS=$'\\n' value typed\n"
	"\ttyped=${cur//\\\\/}\n"
	"\tfor value in $(pdh _words \"$@\" --plain --no-spawn 2>/dev/null | cut -f 1); do\n"
	"\t\t[[ $value == \"$typed\"* ]] && COMPREPLY+=(\"$(printf %q \"$value\")\")\n"
	"\tdone\n"
	"\t[[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null || true\n"
	"}\n"
	"\n"
	"# Of the words given.\n"
	"_pdh_list() {\n"
	"\tlocal IFS=$' \\t\\n'\n"
	"\tmapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W \"$*\" -- \"$cur\")\n"
	"}\n"
	"\n"
	"# The words that may follow a verb, or nothing.\n";

static const char walk[] =
	"_pdh() {\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
	"\tlocal verb='' word first='' place=0 i takes=''\n"
	"\tCOMPREPLY=()\n"
	"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	"\t\tword=${COMP_WORDS[i]}\n"
	"\t\t[[ -z $verb$takes ]] && word=$(_pdh_unalias \"$word\")\n"
	"\t\tif [[ -n $takes ]]; then\n"
	"\t\t\ttakes=\n"
	"\t\telif [[ $word == -* ]]; then\n"
	"\t\t\t[[ \" $_pdh_takes \" == *\" $word \"* ]] && takes=1\n"
	"\t\telif [[ $place == 0 && \" $(_pdh_next \"$verb\") \" == *\" $word \"* ]]; then\n"
	"\t\t\tverb=${verb:+$verb }$word\n"
	"\t\telse\n"
	"\t\t\tplace=$((place + 1))\n"
	"\t\t\tfirst=${first:-$word}\n"
	"\t\tfi\n"
	"\tdone\n"
	"\tif [[ -n $takes ]]; then\n"
	"\t\t_pdh_value \"$verb\" \"$prev\"\n"
	"\telif [[ $cur == -* ]]; then\n"
	"\t\t_pdh_list \"$(_pdh_flags \"$verb\") $_pdh_options\"\n"
	"\telse\n"
	"\t\t[[ $place == 0 ]] && _pdh_list \"$(_pdh_next \"$verb\")\"\n"
	"\t\t_pdh_place \"$verb\" $((place + 1))\n"
	"\tfi\n"
	"}\n"
	"\n"
	"complete -F _pdh pdh\n";

static void put_flag(const char *flag, void *data)
{
	(void)fprintf(data, "%s ", flag);
}

static void put_sets(FILE *out)
{
	(void)fputs("_pdh_takes='", out);
	complete_put_takes(out);
	(void)fputs("'\n_pdh_options='", out);
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (!*option_rows[i].verbs)
			complete_flags(option_rows[i].flags, put_flag, out);
	(void)fputs("'\n\n", out);
}

static void put_flags(FILE *out)
{
	(void)fputs("_pdh_flags() {\n\tcase $1 in\n", out);
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct method *m = &api_methods[i];
		if (!complete_shown(m))
			continue;
		(void)fprintf(out, "\t'%s') echo '", m->verb);
		for (size_t f = 0; f < m->params->n; f++)
			complete_flags(m->params->fields[f].how, put_flag, out);
		for (enum option_id o = 0; o < OPTION_COUNT; o++)
			if (*option_rows[o].verbs && option_belongs(o, m))
				complete_flags(option_rows[o].flags, put_flag, out);
		(void)fputs("' ;;\n", out);
	}
	(void)fputs("\tesac\n}\n\n", out);
}

void complete_bash(FILE *out)
{
	(void)fputs(head, out);
	complete_put_next(out);
	put_sets(out);
	put_flags(out);
	(void)fputs("_pdh_value() {\n\tcase \"$1 $2\" in\n", out);
	complete_put_cases(out, false, "_pdh_list", "compopt -o default");
	(void)fputs("\t*' --socket'|*' --schema') compopt -o default ;;\n\tesac\n}\n\n"
		    "_pdh_place() {\n\tcase \"$1 $2\" in\n",
		    out);
	complete_put_cases(out, true, "_pdh_list", "compopt -o default");
	(void)fputs(
		"\t'help '*) _pdh_list all options \"$(_pdh_next '')\" ;;\n\tesac\n}\n\n",
		out);
	(void)fputs(walk, out);
}
