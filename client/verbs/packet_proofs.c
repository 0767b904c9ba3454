/* The proofs in a packet, each under the name of its entry. */
#include "client/verbs/packet_parts.h"

#include "client/out/pages.h"
#include "client/verbs/attach.h"
#include "client/verbs/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_listed(const struct transcript *t, int64_t id)
{
	for (size_t i = 0; i < t->entries.n; i++)
		if (t->entries.v[i].activity->id == id)
			return true;
	return false;
}

/* Of an entry of the cycle, of the credential itself, or of one of its items. */
static bool belongs(const struct packing *k, const struct evidence_link *l)
{
	if (l->activity != INT_NONE)
		return is_listed(k->p->transcript->record, l->activity);
	return l->credential && strcmp(l->credential, k->p->audited->alias) == 0;
}

static const char *name_of(const struct packing *k, const struct evidence *e,
			   const struct evidence_link *l, size_t which)
{
	struct arena *a = k->r->c->arena;
	civil_day day = l->day == DATE_NONE ? e->received_on : l->day;
	const char *title = l->title ? l->title : e->name;
	const char *name;

	if (l->activity != INT_NONE)
		return packet_proof_name(l->activity, day, title, which, e->media_type,
					 a);
	name = packet_proof_name(l->item == INT_NONE ? e->id : l->item, day, title, which,
				 e->media_type, a);
	return arena_printf(a, "%s %s", l->item == INT_NONE ? "credential" : "item",
			    name);
}

/* The first name that none has yet: an entry may have several proofs. */
static const char *free_path(const struct packing *k, const struct evidence *e,
			     const struct evidence_link *l)
{
	struct arena *a = k->r->c->arena;
	const char *name;
	size_t which = 1;

	do
		name = arena_printf(a, "data/proofs/%s", name_of(k, e, l, which++));
	while (access(arena_printf(a, "%s/%s", k->bag, name), F_OK) == 0);
	return name;
}

static int put_proof(struct packing *k, const struct evidence *e,
		     const struct evidence_link *l)
{
	struct arena *a = k->r->c->arena;
	const char *path = free_path(k, e, l);
	const struct evidence_save_params p = {
		.id = e->id, .file = arena_printf(a, "%s/%s", k->bag, path)};
	struct evidence_saved saved;

	int s = attach_save(k->r, &p, &saved);
	if (s < 0)
		return s;
	k->proofs = arena_grow(a, k->proof_count ? k->proofs : NULL, k->proof_count,
			       sizeof(*k->proofs));
	k->proofs[k->proof_count++] = (struct packed_proof){e->id, e->sha256, path};
	return 0;
}

int packet_put_proofs(struct packing *k)
{
	struct evidence_list_params p;
	const struct pages pages = {&k->r->call, &api_methods[METHOD_evidence_list], &p,
				    PAGES_ALL};
	struct answer ans;
	const char *folder = arena_printf(k->r->c->arena, "%s/data/proofs", k->bag);
	bool made = false;

	shape_none(&shape_evidence_list_params, &p);
	int s = pages_join(&pages, &ans, k->e);
	if (s < 0)
		return s;
	const struct proofs *all = ans.record;
	for (size_t i = 0; s == 0 && i < all->evidence.n; i++) {
		const struct evidence *e = &all->evidence.v[i];
		for (size_t l = 0; s == 0 && l < e->of.n; l++) {
			if (!belongs(k, &e->of.v[l]))
				continue;
			if (!made && mkdir(folder, 0700) < 0)
				s = err_set(k->e, -PDH_STORAGE, NULL, "%.200s: %s",
					    folder, strerror(errno));
			made = true;
			s = s < 0 ? s : put_proof(k, e, &e->of.v[l]);
		}
	}
	answer_done(&ans);
	return s;
}

/* What was hashed in the packet is what was stored, or there is no packet. */
int packet_check_proofs(struct packing *k)
{
	struct arena *a = k->r->c->arena;
	const char *manifest;
	size_t n;

	if (k->proof_count == 0)
		return 0;
	int fd = open(arena_printf(a, "%s/manifest-sha256.txt", k->bag),
		      O_RDONLY | O_CLOEXEC);
	int s = fd < 0 ? err_set(k->e, -PDH_FAILED, NULL, "the packet has no manifest")
		       : tool_read(fd, a, &manifest, &n, k->e);
	if (fd >= 0)
		(void)close(fd);
	for (size_t i = 0; s == 0 && i < k->proof_count; i++) {
		const struct packed_proof *p = &k->proofs[i];
		if (strstr(manifest, arena_printf(a, "%s  %s\n", p->sha256, p->path)))
			continue;
		s = err_set(k->e, -PDH_FAILED, NULL,
			    "the file of proof %lld is damaged; nothing was written",
			    (long long)p->id);
		err_hint(k->e, "take it from a backup: pdh evidence check");
	}
	return s;
}
