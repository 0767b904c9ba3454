#include "client/help/complete.h"

#include "client/help/complete_words.h"

#include <string.h>

const char *complete_source(const struct field *f, const struct method *m)
{
	switch (f->kind) {
	case KIND_ALIAS:
	case KIND_ALIASES:
		return f->how[0] == '-' && strcmp(f->name, "alias") == 0 ? "" : "alias";
	case KIND_TOPIC:
	case KIND_TOPICS:
		return strcmp(f->name, "endorsements") == 0 ? "" : "topic";
	case KIND_PROVIDER:
		return "provider";
	case KIND_PACK:
		return "pack";
	case KIND_ID:
	case KIND_IDS:
		return "id";
	case KIND_OP:
		return "op";
	case KIND_INT:
		return strncmp(m->name, "item.", 5) == 0 ? "item" : "";
	case KIND_TEXTS:
		if (strcmp(f->name, "packs") == 0)
			return "pack";
		return strcmp(f->name, "facts") == 0 ? "fact" : "";
	case KIND_WORD:
		return strcmp(f->name, "kind") == 0	  ? "word"
		       : strcmp(f->name, "subject") == 0  ? "subject"
		       : strcmp(f->name, "reminder") == 0 ? "reminder"
							  : "";
	default:
		return "";
	}
}

bool complete_files(const struct field *f, const struct method *m)
{
	return f->kind == KIND_PATH ||
	       (m == &api_methods[METHOD_pack_test] && f->kind == KIND_TEXTS);
}

const char *complete_fixed(const struct field *f)
{
	if (f->kind == KIND_ITEM)
		return "clearance exam fee course other";
	if (strcmp(f->name, "shell") == 0)
		return "bash zsh fish";
	return "";
}

bool complete_shown(const struct method *m)
{
	return m->verb[0] && m->verb[0] != '_';
}

const char *complete_next_words(const char *before, struct arena *a)
{
	const char *all = " ";
	size_t skip = strlen(before);

	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const char *verb = api_methods[i].verb;
		bool below = complete_shown(&api_methods[i]) &&
			     strncmp(verb, before, skip) == 0 &&
			     (!skip || verb[skip] == ' ');
		if (!below)
			continue;
		const char *rest = verb + skip + (skip > 0);
		const char *word =
			arena_printf(a, " %.*s ", (int)strcspn(rest, " "), rest);
		if (!strstr(all, word))
			all = arena_printf(a, "%s%s", all, word + 1);
	}
	return all[1] ? arena_dup_n(a, all + 1, strlen(all) - 2) : "";
}

/* Whether a command before the one at `i` is of the group too. */
static bool seen_before(size_t i, const char *group, size_t n)
{
	for (size_t k = 0; k < i; k++)
		if (complete_shown(&api_methods[k]) &&
		    strncmp(api_methods[k].verb, group, n) == 0 &&
		    api_methods[k].verb[n] == ' ')
			return true;
	return false;
}

void complete_groups(complete_group_fn fn, void *data)
{
	AUTO_ARENA a = {0};

	fn("", data);
	for (size_t i = 0; i < METHOD_COUNT; i++) {
		const char *verb = api_methods[i].verb;
		if (!complete_shown(&api_methods[i]))
			continue;
		for (const char *p = strchr(verb, ' '); p; p = strchr(p + 1, ' '))
			if (!seen_before(i, verb, (size_t)(p - verb)))
				fn(arena_dup_n(&a, verb, (size_t)(p - verb)), data);
	}
}

void complete_quote(const char *text, const char *escape, FILE *out)
{
	(void)putc('\'', out);
	for (const char *p = text; *p; p++) {
		if (*p == '\'')
			(void)fputs(escape, out);
		else
			(void)putc(*p, out);
	}
	(void)putc('\'', out);
}

void complete_flags(const char *flags, complete_flag_fn fn, void *data)
{
	for (const char *p = flags; *p == '-'; p += *p == ',') {
		char flag[32];
		size_t n = strcspn(p, ",");
		if (n < sizeof(flag)) {
			memcpy(flag, p, n);
			flag[n] = '\0';
			fn(flag, data);
		}
		p += n;
	}
}

int complete_print(const char *shell, FILE *out, struct err *e)
{
	static const struct {
		const char *shell;
		void (*print)(FILE *out);
	} shells[] = {
		{"bash", complete_bash}, {"zsh", complete_zsh}, {"fish", complete_fish}};

	for (size_t i = 0; i < sizeof(shells) / sizeof(shells[0]); i++) {
		if (strcmp(shell, shells[i].shell) == 0) {
			shells[i].print(out);
			return 0;
		}
	}
	return err_set(e, -PDH_USAGE, "shell",
		       "shell is bash, zsh or fish, not \"%.40s\"", shell);
}
