/* What the scripts for bash and zsh have in common: case statements over verbs, flags and places. */
#include "client/cli/verb.h"
#include "client/help/complete_words.h"

#include <string.h>

static void put_group(const char *group, void *data)
{
	AUTO_ARENA a = {0};

	(void)fprintf(data, "\t'%s') echo '%s' ;;\n", group,
		      complete_next_words(group, &a));
}

void complete_put_next(FILE *out)
{
	(void)fputs("_pdh_next() {\n\tcase $1 in\n", out);
	complete_groups(put_group, out);
	(void)fputs("\tesac\n}\n\n_pdh_unalias() {\n\tcase $1 in\n", out);
	for (size_t i = 0; i < VERB_ALIASES; i++)
		(void)fprintf(out, "\t%s) echo %s ;;\n", verb_aliases[i].word,
			      verb_aliases[i].verb);
	(void)fputs("\t*) echo \"$1\" ;;\n\tesac\n}\n\n", out);
}

static void put_flag(const char *flag, void *data)
{
	(void)fprintf(data, " %s", flag);
}

void complete_put_takes(FILE *out)
{
	for (size_t i = 0; i < METHOD_COUNT; i++)
		for (size_t f = 0; f < api_methods[i].params->n; f++)
			if (api_methods[i].params->fields[f].kind != KIND_BOOL)
				complete_flags(api_methods[i].params->fields[f].how,
					       put_flag, out);
	for (size_t i = 0; i < OPTION_COUNT; i++)
		if (option_rows[i].takes == OPTION_VALUE)
			complete_flags(option_rows[i].flags, put_flag, out);
}

struct pattern {
	FILE *out;
	const char *verb;
	const char *separator;
};

static void put_pattern(const char *flag, void *data)
{
	struct pattern *p = data;

	(void)fprintf(p->out, "%s'%s %s'", p->separator, p->verb, flag);
	p->separator = "|";
}

/* The commands of a shell that complete something other than values in use. */
struct commands {
	const char *fixed, *files;
};

static void put_case(FILE *out, const struct method *m, const struct field *f,
		     const struct commands *commands)
{
	struct pattern p = {out, m->verb, ""};
	const char *source = complete_source(f, m);

	(void)putc('\t', out);
	if (f->how[0] == '-')
		complete_flags(f->how, put_pattern, &p);
	else
		(void)fprintf(out, f->how[1] == '+' ? "'%s '*" : "'%s %c'", m->verb,
			      f->how[0]);
	(void)putc(')', out);
	/* What facts there are hangs on the credential, or pack, that the command is about. */
	if (*source)
		(void)fprintf(out, " _pdh_values %s%s", source,
			      strcmp(source, "fact") == 0 ? " \"$first\"" : "");
	else if (*complete_fixed(f))
		(void)fprintf(out, " %s %s", commands->fixed, complete_fixed(f));
	if (complete_files(f, m))
		(void)fprintf(out, "%s %s", *source ? ";" : "", commands->files);
	(void)fputs(" ;;\n", out);
}

static bool completes(const struct field *f, const struct method *m)
{
	return *complete_source(f, m) || *complete_fixed(f) || complete_files(f, m);
}

void complete_put_cases(FILE *out, bool place, const char *fixed, const char *files)
{
	const struct commands commands = {fixed, files};

	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const struct method *m = &api_methods[i];
		for (size_t j = 0; complete_shown(m) && j < m->params->n; j++) {
			const struct field *f = &m->params->fields[j];
			if (f->how[0] && (f->how[0] != '-') == place && completes(f, m))
				put_case(out, m, f, &commands);
		}
	}
}
