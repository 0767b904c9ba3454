/* Facts: what a pack asks and only the person knows. */
#include "common/api.h"
#include "daemon/pack_parts.h"

#include <string.h>
#include <strings.h>

const struct pack_fact *declared_fact(const struct pack *p, const char *name)
{
	for (size_t i = 0; i < p->fact_count; i++)
		if (strcmp(p->facts[i].name, name) == 0)
			return &p->facts[i];
	return NULL;
}

bool is_number(const struct pack_fact *f)
{
	return f && strcmp(f->type, fact_types[FACT_NUMBER]) == 0;
}

static int not_asked(const struct pack *p, const char *name, const struct texts *asked,
		     struct arena *a, struct err *e)
{
	const char *near = nearest(name, asked->v, asked->n);

	if (!asked->n)
		return err_set(e, -PDH_USAGE, "facts",
			       "%s asks for no facts, so not for \"%.40s\"", p->id, name);
	err_set(e, -PDH_USAGE, "facts",
		"%s does not ask for \"%.40s\"; it asks for %.300s", p->id, name,
		fact_list(asked, "and", a));
	return near ? err_hint(e, "did you mean \"%.60s\"?", near) : e->code;
}

int pack_fact_find(const struct pack *p, const char *name, struct arena *a,
		   const struct pack_fact **ret, struct err *e)
{
	struct texts asked = {p->fact_count,
			      arena_array(a, p->fact_count, sizeof(*asked.v))};

	for (size_t i = 0; i < p->fact_count; i++) {
		asked.v[i] = p->facts[i].name;
		if (strcasecmp(asked.v[i], name) == 0) {
			*ret = &p->facts[i];
			return 0;
		}
	}
	return not_asked(p, name, &asked, a, e);
}

int pack_fact_check(const struct pack *p, const char *name, const char *value,
		    struct arena *a, const char **ret, struct err *e)
{
	const struct pack_fact *f;
	int r = pack_fact_find(p, name, a, &f, e);

	return r < 0 ? r : fact_read(f, value, a, ret, e);
}
