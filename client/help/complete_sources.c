/* Which values in use, and whether files, a parameter takes. */
#include "client/help/complete.h"

#include <string.h>

/* Lists of word.list by what a parameter is called; first those of one command. */
static const struct {
	const char *verb, *name; /* verb: how it begins; "" for all */
	enum kind kind;
	const char *sources[2];
} by_name[] = {
	{"path", "pack", KIND_TEXT, {"pack", "alias"}},
	{"path", "from", KIND_TEXT, {"alias"}},
	{"path", "add", KIND_TOPIC, {"endorsement"}},
	{"", "path", KIND_WORD, {"path"}},
	{"", "rules", KIND_TEXTS, {"alias", "pack"}},
	{"", "packs", KIND_TEXTS, {"pack"}},
	{"", "facts", KIND_TEXTS, {"fact"}},
	{"", "split", KIND_TEXTS, {"topic"}},
	{"", "rename", KIND_TEXTS, {"topic"}},
	{"watch", "event", KIND_TEXTS, {"event"}},
	{"", "endorsements", KIND_TOPICS, {"endorsement"}},
	{"remind", "channels", KIND_TOPICS, {NULL}},
	{"import", "take", KIND_IDS, {NULL}},
	{"", "entry", KIND_PATHS, {"id"}},
	{"", "kind", KIND_WORD, {"word"}},
	{"", "format", KIND_WORD, {"format"}},
	{"", "role", KIND_WORD, {"role"}},
	{"", "provider_id", KIND_WORD, {"provider-id"}},
	{"have", "level", KIND_WORD, {NULL}},
	{"", "level", KIND_WORD, {"level"}},
	{"", "subject", KIND_WORD, {"subject"}},
	{"", "reminder", KIND_WORD, {"reminder"}},
	{"", "place", KIND_TEXT, {"place"}},
	{"", "course", KIND_TEXT, {"course"}},
	{"import", "import", KIND_INT, {"import"}},
	{"credential item", "id", KIND_INT, {"item"}},
	{"", "item", KIND_INT, {"item"}},
	{"have", "id", KIND_INT, {"have"}},
	{"evidence", "id", KIND_INT, {"proof"}},
};

static const char *of_kind(const struct field *f)
{
	switch (f->kind) {
	case KIND_ALIAS:
	case KIND_ALIASES:
		return f->how[0] == '-' && strcmp(f->name, "alias") == 0 ? NULL : "alias";
	case KIND_TOPIC:
	case KIND_TOPICS:
		return "topic";
	case KIND_PROVIDER:
		return "provider";
	case KIND_PACK:
		return "pack";
	case KIND_CYCLE:
		return "cycle";
	case KIND_ID:
	case KIND_IDS:
		return "id";
	case KIND_OP:
		return "op";
	default:
		return NULL;
	}
}

void complete_sources(struct completion *c, const struct field *f, const struct method *m)
{
	for (size_t i = 0; i < sizeof(by_name) / sizeof(by_name[0]); i++) {
		if (by_name[i].kind != f->kind || strcmp(by_name[i].name, f->name) != 0 ||
		    strncmp(m->verb, by_name[i].verb, strlen(by_name[i].verb)) != 0)
			continue;
		c->sources[0] = by_name[i].sources[0];
		c->sources[1] = by_name[i].sources[1];
		return;
	}
	if (of_kind(f))
		c->sources[0] = of_kind(f);
}

bool complete_files(const struct field *f, const struct method *m)
{
	return f->kind == KIND_PATH || f->kind == KIND_PATHS ||
	       strcmp(f->how, "--program") == 0 ||
	       (f->kind == KIND_TEXTS &&
		(m == &api_methods[METHOD_pack_test] || strcmp(f->name, "rules") == 0));
}
