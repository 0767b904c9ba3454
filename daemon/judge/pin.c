#include "daemon/judge/pin.h"

#include <stdlib.h>
#include <string.h>

struct pin {
	struct pin *next;
	int64_t id;
	struct arena arena;
	struct pack pack;
};

enum { PINS_MAX = 256 };

/* A rule set's number may be given again after a rollback, so the text decides. */
static const struct pack *find(const struct pins *pins, int64_t id, const char *body,
			       size_t n)
{
	for (const struct pin *p = pins->head; p; p = p->next)
		if (p->id == id && p->pack.text_len == n &&
		    memcmp(p->pack.text, body, n) == 0)
			return &p->pack;
	return NULL;
}

int pins_get(struct pins *pins, int64_t id, const char *body, size_t n,
	     const struct pack **ret, struct err *e)
{
	struct err why;

	*ret = find(pins, id, body, n);
	if (*ret)
		return 0;
	struct pin *p = calloc(1, sizeof(*p));
	if (!p)
		oom();
	if (pack_parse(body, n, "stored rules", &p->arena, &p->pack, &why) < 0) {
		arena_done(&p->arena);
		free(p);
		return err_set(e, -PDH_CORRUPT, NULL,
			       "the rules of a cycle cannot be read: %.400s",
			       why.message);
	}
	p->id = id;
	p->pack.layer = "pinned";
	p->next = pins->head;
	pins->head = p;
	pins->count++;
	*ret = &p->pack;
	return 0;
}

void pins_done(struct pins *pins)
{
	while (pins->head) {
		struct pin *p = pins->head;
		pins->head = p->next;
		arena_done(&p->arena);
		free(p);
	}
	pins->count = 0;
}

void pins_trim(struct pins *pins)
{
	if (pins->count > PINS_MAX)
		pins_done(pins);
}
