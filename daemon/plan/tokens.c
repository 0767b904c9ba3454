/* The words of --add. */
#include "daemon/plan/plan.h"

#include "common/ascii.h"

#include <string.h>

static bool ends_quote(const char *p)
{
	return !*p || *p == ',' || ascii_is_space(*p);
}

/* The end of what is quoted from `p` on; NULL where `p` begins no quote. */
static const char *quote_end(const char *p)
{
	if (*p != '"' && *p != '\'')
		return NULL;
	for (const char *q = p + 1; *q; q++)
		if (*q == *p && ends_quote(q + 1))
			return q;
	return NULL;
}

const char *plan_tokens_read(const char *p, struct arena *a, struct plan_tokens *ret)
{
	*ret = (struct plan_tokens){0};
	while (*p && *p != ',') {
		if (ascii_is_space(*p)) {
			p++;
			continue;
		}
		const char *end = quote_end(p), *from = end ? p + 1 : p;
		bool quoted = end != NULL;
		if (!end)
			end = p + strcspn(p, ", \t\n");
		ret->v = arena_grow(a, ret->v, ret->n, sizeof(*ret->v));
		ret->v[ret->n++] = (struct plan_token){
			arena_dup_n(a, from, (size_t)(end - from)), quoted};
		p = end + quoted;
	}
	return *p ? p + 1 : p;
}

const char *plan_tokens_join(const struct plan_tokens *t, size_t from, size_t to,
			     const char *between, struct arena *a)
{
	const char *text = "";

	for (size_t i = from; i < to; i++)
		text = arena_printf(a, "%s%s%s", text, i > from ? between : "",
				    t->v[i].text);
	return text;
}
