#include "client/show/show.h"

#include "client/cli/options.h"
#include "client/show/answers.h"
#include "common/clock.h"

static void show_get(const struct show *v, const struct credentials *r)
{
	for (size_t i = 0; i < r->credentials.n; i++)
		show_credential(v, &r->credentials.v[i]);
}

static void show_status_either(const struct show *v, const struct status *r)
{
	if (v->one_line)
		show_status_short(v, r);
	else
		show_status(v, r);
}

static void show_packs_or_outdated(const struct show *v, const struct packs *r)
{
	const struct pack_list_params *p = v->params;

	if (p && p->outdated > 0)
		show_packs_outdated(v, r);
	else
		show_packs(v, r);
}

static void choose(const struct show *v, enum method_id id, const void *record)
{
	switch (id) {
#define FACE(method, function)       \
	case METHOD_##method:        \
		function(v, record); \
		return;
#include "client/show/faces.def"
	case METHOD_COUNT:
		return;
	}
}

int show_answer(const struct method *m, const void *params, const void *record,
		const struct options *o, const struct term *t, FILE *out)
{
	AUTO_ARENA a = {0};
	struct show v = {
		.s = {.t = t, .a = &a, .out = out, .width = t->width},
		.m = m,
		.params = params,
		.today = clock_today(),
		.one_line = o->short_,
	};

	if (o->quiet &&
	    (m->access == ACCESS_WRITE || o->save || m == &api_methods[METHOD_attach]))
		return 0;
	choose(&v, (enum method_id)(m - api_methods), record);
	return fflush(out) == 0 && !ferror(out) ? 0 : -1;
}
