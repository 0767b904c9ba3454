/* The script for zsh: as that for bash, with what each word means beside it. */
#include "client/help/complete_words.h"

static const char head[] =
	"#compdef pdh\n"
	"# zsh completion of pdh; made by: pdh completion zsh\n"
	"\n"
	"_pdh_values() {\n"
	"\tlocal -a values\n"
	"\tlocal line\n"
	"\tfor line in ${(f)\"$(pdh _words \"$@\" --plain --no-spawn 2>/dev/null)\"}; do\n"
	"\t\tvalues+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\")\n"
	"\tdone\n"
	"\tif [[ $values[1] == *=:* ]]; then\n"
	"\t\t_describe -V $1 values -S ''\n"
	"\telse\n"
	"\t\t_describe -V $1 values\n"
	"\tfi\n"
	"}\n"
	"\n"
	"# The words that may follow a verb, or nothing.\n";

static const char walk[] =
	"_pdh() {\n"
	"\tlocal cur=$words[CURRENT] prev=$words[CURRENT-1] verb= word first= takes=\n"
	"\tlocal -i place=0 i\n"
	"\tfor ((i = 2; i < CURRENT; i++)); do\n"
	"\t\tword=$words[i]\n"
	"\t\t[[ -z $verb$takes ]] && word=$(_pdh_unalias \"$word\")\n"
	"\t\tif [[ -n $takes ]]; then\n"
	"\t\t\ttakes=\n"
	"\t\telif [[ $word == -* ]]; then\n"
	"\t\t\t[[ \" $_pdh_takes \" == *\" $word \"* ]] && takes=1\n"
	"\t\telif (( place == 0 )) && [[ \" $(_pdh_next \"$verb\") \" == *\" $word \"* ]]; then\n"
	"\t\t\tverb=${verb:+$verb }$word\n"
	"\t\telse\n"
	"\t\t\tplace+=1\n"
	"\t\t\tfirst=${first:-$word}\n"
	"\t\tfi\n"
	"\tdone\n"
	"\tif [[ -n $takes ]]; then\n"
	"\t\t_pdh_value \"$verb\" \"$prev\"\n"
	"\telif [[ $cur == -* ]]; then\n"
	"\t\t_pdh_flags \"$verb\"\n"
	"\telse\n"
	"\t\t(( place == 0 )) && compadd -- $(_pdh_next \"$verb\")\n"
	"\t\t_pdh_place \"$verb\" $((place + 1))\n"
	"\tfi\n"
	"}\n"
	"\n"
	"_pdh \"$@\"\n";

/* ---- flags with their descriptions -------------------------------------------------------------- */

struct described {
	FILE *out;
	const char *doc;
};

static void put_described(const char *flag, void *data)
{
	const struct described *d = data;
	AUTO_ARENA a = {0};

	(void)putc(' ', d->out);
	complete_quote(arena_printf(&a, "%s:%s", flag, d->doc), "'\\''", d->out);
}

static void put_options(FILE *out, const struct method *m)
{
	for (enum option_id o = 0; o < OPTION_COUNT; o++) {
		struct described d = {out, option_rows[o].doc};
		bool own = *option_rows[o].verbs;
		if (m ? own && option_belongs(o, m) : !own)
			complete_flags(option_rows[o].flags, put_described, &d);
	}
}

static void put_flags(FILE *out)
{
	(void)fputs("_pdh_flags() {\n\tlocal -a flags\n\tcase $1 in\n", out);
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct method *m = &api_methods[i];
		if (!complete_shown(m))
			continue;
		(void)fprintf(out, "\t'%s') flags=(", m->verb);
		for (size_t f = 0; f < m->params->n; f++) {
			struct described d = {out, m->params->fields[f].doc};
			complete_flags(m->params->fields[f].how, put_described, &d);
		}
		put_options(out, m);
		(void)fputs(") ;;\n", out);
	}
	(void)fputs("\tesac\n\tflags+=(", out);
	put_options(out, NULL);
	(void)fputs(")\n\t_describe -o flag flags\n}\n\n", out);
}

/* ---- the whole ---------------------------------------------------------------------------------- */

void complete_zsh(FILE *out)
{
	(void)fputs(head, out);
	complete_put_next(out);
	(void)fputs("_pdh_takes='", out);
	complete_put_takes(out);
	(void)fputs("'\n\n", out);
	put_flags(out);
	(void)fputs("_pdh_value() {\n\tcase \"$1 $2\" in\n", out);
	complete_put_cases(out, false, "compadd --", "_files");
	(void)fputs("\t*' --socket'|*' --schema') _files ;;\n\tesac\n}\n\n"
		    "_pdh_place() {\n\tcase \"$1 $2\" in\n",
		    out);
	complete_put_cases(out, true, "compadd --", "_files");
	(void)fputs(
		"\t'help '*) compadd -- all options $(_pdh_next '') ;;\n\tesac\n}\n\n",
		out);
	(void)fputs(walk, out);
}
