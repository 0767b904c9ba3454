/* The scripts: each asks for the words that may stand at the cursor, one a line with what it means behind a tab; ":files"
 * stands for names of files. */
#include "client/help/complete.h"

#include <string.h>

#define ASK "pdh _complete --plain --no-spawn -- "

static const char bash[] =
	"# bash completion of pdh; made by: pdh completion bash\n"
	"_pdh() {\n"
	"\tlocal line=${COMP_LINE:0:COMP_POINT} words=() word cur quote='' cut value\n"
	/* Readline cuts at : and =, which belong to words here: what no blank stands before goes on with the word. */
	"\tfor word in \"${COMP_WORDS[@]:0:COMP_CWORD+1}\"; do\n"
	"\t\tif [[ ${#words[@]} -gt 0 && $line != [[:blank:]]* ]]; then\n"
	"\t\t\twords[${#words[@]}-1]+=$word\n"
	"\t\telse\n"
	"\t\t\twords+=(\"$word\")\n"
	"\t\tfi\n"
	"\t\tline=${line#\"${line%%[![:blank:]]*}\"}\n"
	"\t\tline=${line#\"$word\"}\n"
	"\tdone\n"
	"\tcur=${words[${#words[@]}-1]}\n"
	"\tcut=${cur%\"${COMP_WORDS[COMP_CWORD]}\"}\n"
	"\t[[ ${COMP_WORDS[COMP_CWORD]} != [:=]* ]] || cut=$cur\n"
	"\tif [[ $cur == [\\'\\\"]* ]]; then\n"
	"\t\tquote=${cur:0:1} cut='' cur=${cur:1}\n"
	"\tfi\n"
	"\tCOMPREPLY=()\n"
	"\twhile IFS=$'\\t' read -r value _; do\n"
	"\t\tif [[ $value == :files ]]; then\n"
	"\t\t\tcompopt -o default\n"
	"\t\t\tcontinue\n"
	"\t\tfi\n"
	"\t\t[[ -n $quote ]] || { value=$(printf %q \"$value\"); value=${value//\\\\,/,}; }\n"
	"\t\tCOMPREPLY+=(\"${value#\"$cut\"}\")\n"
	"\tdone < <(" ASK
	"\"${words[@]:1:${#words[@]}-2}\" \"${cur//\\\\/}.\" 2>/dev/null)\n"
	"\t[[ ${COMPREPLY[0]-} != *[=:\\<\\>] ]] || compopt -o nospace 2>/dev/null || true\n"
	"}\n"
	"complete -F _pdh pdh\n";

static const char zsh[] =
	"#compdef pdh\n"
	"# zsh completion of pdh; made by: pdh completion zsh\n"
	"_pdh() {\n"
	"\tlocal -a values\n"
	"\tlocal line value files='' open=''\n"
	"\tfor line in ${(f)\"$(" ASK
	"\"${(@)words[2,CURRENT-1]}\" \"${(Q)words[CURRENT]}.\" 2>/dev/null)\"}; do\n"
	"\t\tvalue=${line%%$'\\t'*}\n"
	"\t\tif [[ $value == :files ]]; then\n"
	"\t\t\tfiles=1\n"
	"\t\telse\n"
	"\t\t\t[[ $value != *[=:\\<\\>] ]] || open=1\n"
	"\t\t\tvalues+=(\"${value//:/\\\\:}:${line#*$'\\t'}\")\n"
	"\t\tfi\n"
	"\tdone\n"
	"\tif [[ -n $open ]]; then\n"
	"\t\t_describe -V pdh values -S ''\n"
	"\telif (( $#values )); then\n"
	"\t\t_describe -V pdh values\n"
	"\tfi\n"
	"\t[[ -z $files ]] || _files\n"
	"}\n"
	"_pdh \"$@\"\n";

static const char fish[] = "# fish completion of pdh; made by: pdh completion fish\n"
			   "function __pdh_complete\n"
			   "\tset -l words (commandline -opc)\n"
			   "\tset -e words[1]\n"
			   "\tset -l cur (commandline -ct)\n"
			   "\tfor line in (" ASK "$words \"$cur.\" 2>/dev/null)\n"
			   "\t\tif string match -q ':files*' -- $line\n"
			   "\t\t\t__fish_complete_path $cur\n"
			   "\t\telse\n"
			   "\t\t\techo -- $line\n"
			   "\t\tend\n"
			   "\tend\n"
			   "end\n"
			   "complete -c pdh -f -a '(__pdh_complete)'\n";

int complete_script(const char *shell, FILE *out, struct err *e)
{
	static const struct {
		const char *shell, *script;
	} shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};

	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(shell, shells[i].shell) == 0) {
			(void)fputs(shells[i].script, out);
			return 0;
		}
	}
	return err_set(e, -PDH_USAGE, "shell",
		       "shell is bash, zsh or fish, not \"%.40s\"", shell);
}
